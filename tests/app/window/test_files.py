from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.window import files
from app.window.files import ask_export, dropped_path, is_weights


def test_a_drop_is_one_local_file():
    data = QMimeData()
    assert dropped_path(data) is None
    data.setUrls([QUrl.fromLocalFile("/home/data[1].csv")])
    assert dropped_path(data) == "/home/data[1].csv"
    data.setUrls([QUrl.fromLocalFile("/a.csv"), QUrl.fromLocalFile("/b.csv")])
    assert dropped_path(data) is None


@pytest.mark.parametrize(
    ("name", "expected"), [("w.JSON", True), ("w.npz", True), ("d.csv", False)]
)
def test_weights_are_known_by_their_ending(name: str, expected: bool):
    assert is_weights(name) is expected


def test_a_name_completed_by_its_kind_is_asked_about_before_it_is_replaced(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []

    def typed(*_: object) -> tuple[str, str]:
        return str(tmp_path / "w"), "NumPy arrays (*.npz)"

    def refuse(_parent: QWidget, path: Path) -> bool:
        asked.append(path.name)
        return False

    monkeypatch.setattr(QFileDialog, "getSaveFileName", typed)
    monkeypatch.setattr(files, "may_replace", refuse)
    assert ask_export(parent, tmp_path) == tmp_path / "w.npz"
    (tmp_path / "w.npz").write_bytes(b"")
    assert ask_export(parent, tmp_path) is None
    assert asked == ["w.npz"]
