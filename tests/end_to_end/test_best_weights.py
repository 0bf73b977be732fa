"""The best weights of a run: going to them, and exporting them, with real keys."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.sources import DataOptions
from app.window.main_window import MainWindow
from slp_core.storage.formats import load_model
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot
from tests.app.workspace_examples import is_open

pytestmark = pytest.mark.qt_log_ignore("does not support")

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BOUNCING = TrainingConfig(optimizer="momentum", learning_rate=30.0)


def trained(window: MainWindow, qtbot: QtBot, validation: float = 0.0) -> Snapshot:
    """A run whose loss bounces, so that the best is not the last."""
    space = window.workspace
    choice = replace(DataOptions(), validation=validation)
    space.open("sample:moons", choice, BOUNCING)
    qtbot.waitUntil(
        lambda: is_open(space, "sample:moons") and space.player.snapshot is not None,
        timeout=10_000,
    )
    for _ in range(6):
        before = space.player.position
        QTest.keyClick(window, Qt.Key.Key_Right, CTRL)
        qtbot.waitUntil(lambda before=before: space.player.position == before + 10)
    last = space.player.last
    assert last is not None
    return last


@pytest.mark.parametrize("validation", [0.0, 0.3])
def test_one_key_goes_to_the_best_weights(window: MainWindow, qtbot: QtBot, validation: float):
    last = trained(window, qtbot, validation)
    assert last.best is not None
    assert last.best.update < last.update
    assert last.best.by_validation == bool(validation)
    player, best = window.workspace.player, last.best
    QTest.keyClick(window, Qt.Key.Key_B, SHIFT)
    qtbot.waitUntil(lambda: player.position == best.update)
    now = player.snapshot
    assert now is not None
    np.testing.assert_array_equal(now.parameters.flat(), last.best.parameters.flat())
    word = "validation" if validation else "training"
    assert f"smallest {word} loss" in window.status.message.text()
    QTest.keyClick(window, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: player.position == 0)
    QTest.keyClick(
        window, Qt.Key.Key_B, SHIFT
    )  # the best of the whole run, not of what lies before
    qtbot.waitUntil(lambda: player.position == best.update)


def test_the_best_weights_are_exported_wherever_the_run_is(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    last = trained(window, qtbot)
    assert last.best is not None
    target, suggested = tmp_path / "best.json", list[Path]()

    def ask(_parent: object, suggestion: Path) -> Path:
        suggested.append(suggestion)
        return target

    monkeypatch.setattr("app.window.files.ask_export", ask)
    QTest.keyClick(window, Qt.Key.Key_E, CTRL | SHIFT)
    model = load_model(target)
    np.testing.assert_array_equal(model.parameters.flat(), last.best.parameters.flat())
    assert suggested[0].name.endswith("-best-weights.json")
    assert model.metrics["loss"] == pytest.approx(last.best.loss, rel=1e-12)
    assert model.metrics["update"] == model.metrics["epoch"] == last.best.update
    assert f"update {last.best.update:,}" in window.status.message.text()


def test_without_data_there_is_nothing_to_go_to(window: MainWindow):
    for key in ("run.to_best", "file.export_best", "run.race", "run.race_rates"):
        assert not window.actions_[key].isEnabled()
