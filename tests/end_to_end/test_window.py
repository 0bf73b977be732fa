"""The whole program through its real window, with real events."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace
from slp_core.data.samples import sample_table
from slp_core.storage.model import load_model
from tests.app.workspace_examples import is_open


@pytest.fixture
def iris(tmp_path: Path) -> Path:
    table = sample_table("iris")
    rows = zip(*(column.texts() for column in table.columns), strict=True)
    lines = [",".join(table.names), *(",".join(map(str, row)) for row in rows)]
    path = tmp_path / "iris.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def updates(space: Workspace) -> int:
    """Updates made by the run on the screen, -1 before its first frame."""
    return space.player.snapshot.update if space.player.snapshot is not None else -1


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_open_play_pause_export_and_predict(
    window: MainWindow, qtbot: QtBot, iris: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    space = window.workspace
    drop(window, iris)
    qtbot.waitUntil(lambda: space.current is not None and space.player.snapshot is not None)
    window.speed.set_value(None)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: updates(space) > 200)
    QTest.keyClick(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: space.player.frame is not None and not space.player.frame.playing)

    target = tmp_path / "weights.json"

    def ask(_parent: object, _suggestion: Path) -> Path:
        return target

    monkeypatch.setattr("app.window.files.ask_export", ask)
    window.actions_["file.export_weights"].trigger()
    assert str(target) in window.status.message.text()

    assert space.current is not None
    assert space.player.snapshot is not None
    dataset, model = space.current.dataset, load_model(target)
    assert model.metrics["verdict_kind"] in ("improving", "converged", "separable")
    assert model.metrics["verdict"].endswith(".")
    inputs = dataset.preparation.inverse_linear(dataset.X)
    right = model.predict(inputs) == np.array(dataset.classes, object)[dataset.labels]
    assert right.mean() == pytest.approx(space.player.snapshot.accuracy)
    assert f"{100 * right.mean():.1f} %" in window.readout.text()


def test_exported_weights_load_back_to_the_same_picture(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    space = window.workspace
    space.open("sample:two_gaussians")
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    space.player.step(40)
    qtbot.waitUntil(lambda: updates(space) == 40)
    assert space.player.snapshot is not None
    before = space.player.snapshot
    path = tmp_path / "w.npz"
    model = space.model()
    assert model is not None
    model.save(path)
    window.actions_["run.restart_same"].trigger()
    qtbot.waitUntil(lambda: updates(space) == 0)
    drop(window, path)
    qtbot.waitUntil(
        lambda: (
            space.player.snapshot is not None
            and space.player.snapshot.update == 0
            and space.player.snapshot.loss == pytest.approx(before.loss)
        )
    )
    np.testing.assert_allclose(space.player.snapshot.parameters.W, before.parameters.W, rtol=1e-12)


@pytest.mark.parametrize(
    "content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"a,b\n", b"just one line"]
)
def test_a_file_that_cannot_be_used_ends_in_a_sentence(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, content: bytes
):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    drop(window, path)
    qtbot.waitUntil(lambda: window.banner.problem is not None)
    problem = window.banner.problem
    assert problem is not None
    assert problem.expected
    assert window.banner.isVisible()


@pytest.mark.parametrize(
    "sample",
    ["two_gaussians", "xor", "circles", "moons", "three_blobs", "iris", "digits", "noisy_line"],
)
def test_every_built_in_set_opens_and_learns(window: MainWindow, qtbot: QtBot, sample: str):
    space = window.workspace
    space.open(f"sample:{sample}")
    qtbot.waitUntil(lambda: space.player.snapshot is not None, timeout=10_000)
    assert space.player.snapshot is not None
    first = space.player.snapshot.loss
    window.speed.set_value(None)
    window.actions_["run.play"].trigger()
    qtbot.waitUntil(lambda: updates(space) > 60, timeout=20_000)
    assert space.player.snapshot.loss <= first


def test_opening_shows_the_name_of_the_data(window: MainWindow, qtbot: QtBot):
    space = window.workspace
    space.open("sample:two_gaussians")
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    bar = window.panels.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    space.open("sample:iris")
    qtbot.waitUntil(lambda: is_open(space, "sample:iris"))
    assert bar.value() == 0
    assert window.windowTitle().startswith("Iris")


def test_closing_the_window_while_it_trains(window: MainWindow, qtbot: QtBot):
    window.workspace.open("sample:digits", play=True)
    qtbot.waitUntil(lambda: window.workspace.player.playing)
    window.close()
    assert not window.isVisible()


def test_window_and_settings_are_remembered(qtbot: QtBot, tmp_path: Path):
    settings = tmp_path / "settings.ini"
    before = (0, 0)
    for round_ in range(2):
        window = MainWindow(Workspace(), Settings(settings))
        qtbot.addWidget(window)
        if round_ == 0:
            window.resize(0, 700)  # as narrow as it gets: the test screen is small
            window.speed.set_value(10.0)
            window.appearance.choose("dark")
        else:
            window.restore_place()
        with qtbot.waitExposed(window):
            window.show()
        if round_ == 0:
            before = (window.width(), window.height())
        else:
            assert (window.width(), window.height()) == before
            assert window.speed.value() == 10.0
            assert window.appearance.current.key == "dark"
        window.close()


def test_an_unforeseen_exception_in_a_slot_is_shown_and_the_window_lives_on(
    window: MainWindow, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
):
    from app.window.crash import CrashReporter

    with qtbot.captureExceptions() as caught:
        reporter = CrashReporter(window.show_problem, window)
        reporter.hook(ValueError, ValueError("surprise"), None)
    assert len(caught) == 1  # still printed as before
    qtbot.waitUntil(lambda: window.banner.problem is not None)
    assert window.banner.problem is not None
    assert "surprise" in window.banner.problem.details
    assert window.isVisible()
