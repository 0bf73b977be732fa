"""Races on the landscape through the real window, with real keys and clicks."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.plots.landscape_view import LandscapeView
from app.runs_look import line_color
from app.window.main_window import MainWindow
from tests.app.plots.examples import under
from tests.app.workspace_examples import is_open

pytestmark = pytest.mark.qt_log_ignore("does not support")

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    space = window.workspace
    space.open("sample:two_gaussians")
    qtbot.waitUntil(
        lambda: is_open(space, "sample:two_gaussians") and space.player.snapshot is not None,
        timeout=10_000,
    )
    window.resize(1366, 768)
    return window


def live(window: MainWindow) -> tuple[RunMoment, ...]:
    return window.workspace.runs.live(window.workspace.player.frame)


def landscape(window: MainWindow) -> LandscapeView:
    assert window.views is not None
    assert window.views.arrangement()["main"] == "landscape"
    found = window.views.view("landscape")
    assert isinstance(found, LandscapeView)
    return found


def start_at(view: LandscapeView, x: float, y: float) -> None:
    pixel = view.canvas.place_of(x, y).toPoint()
    target = under(view.canvas, pixel)
    QTest.mouseClick(
        target,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        target.mapFrom(view.canvas, pixel),
    )
    QTest.mouseClick(view.stage.start, Qt.MouseButton.LeftButton)


def test_one_key_races_four_optimizers_and_one_undo_ends_it(window: MainWindow, qtbot: QtBot):
    QTest.keyClick(window, Qt.Key.Key_O, CTRL | ALT)
    qtbot.waitUntil(lambda: len(live(window)) == 4, timeout=10_000)
    view = landscape(window)
    qtbot.waitUntil(lambda: len(view.picture.legend.texts) >= 4, timeout=10_000)
    assert [text.split(" · ")[1] for text in view.picture.legend.texts[:4]] == [
        "GD",
        "Momentum",
        "Adam",
        "Newton",
    ]
    assert "Adam at 0.05" in window.status.message.text()
    QTest.keyClick(window, Qt.Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: {run.snapshot.update for run in live(window)} == {10})
    paths = [layer.color for layer in view.picture.paths]
    theme = window.appearance.current
    assert sorted(paths) == sorted(line_color(theme, n) for n in range(4))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: len(live(window)) == 1)
    assert live(window)[0].config.optimizer == "gd"


def test_a_click_starts_all_of_them_from_there(window: MainWindow, qtbot: QtBot):
    QTest.keyClick(window, Qt.Key.Key_O, CTRL | ALT)
    qtbot.waitUntil(lambda: len(live(window)) == 4, timeout=10_000)
    QTest.keyClick(window, Qt.Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: live(window)[3].snapshot.update == 10)
    view = landscape(window)
    qtbot.waitUntil(lambda: view.picture.survey is not None, timeout=10_000)
    start_at(view, -1.0, 2.0)
    qtbot.waitUntil(lambda: {run.snapshot.update for run in live(window)} == {0})
    starts = np.array([run.snapshot.parameters.flat() for run in live(window)])
    assert (starts == starts[0]).all()
    assert starts[0, :2] == pytest.approx([-1.0, 2.0], abs=0.1)
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(
        lambda: len(live(window)) == 4 and not live(window)[0].snapshot.parameters.W.any()
    )


def test_the_button_of_the_landscape_races_too(window: MainWindow, qtbot: QtBot):
    assert window.views is not None
    window.views.place("first", "landscape")
    view = window.views.view("landscape")
    button = view.findChild(QToolButton, "race") or window.findChild(QToolButton, "race")
    assert isinstance(button, QToolButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(live(window)) == 4, timeout=10_000)
    landscape(window)
