"""Walking in the time of a run, through the real window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import LOG_TIME_LINE, Settings
from app.window.main_window import MainWindow

K = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A run of 7 updates an epoch that has made 700."""
    space = window.workspace
    space.open("sample:two_gaussians")
    qtbot.waitUntil(lambda: space.current is not None and space.player.snapshot is not None)
    assert space.current is not None
    wanted = replace(space.current.wanted, batch_size=32, learning_rate=0.1, epochs=10**6)
    space.configure(wanted)
    qtbot.waitUntil(lambda: space.current is not None and space.current.wanted == wanted)
    space.player.step(700)
    arrive(window, qtbot, 700)
    return window


def arrive(window: MainWindow, qtbot: QtBot, update: int) -> None:
    qtbot.waitUntil(lambda: window.timing.line.value().position == update, timeout=20_000)


def loss(window: MainWindow) -> float:
    assert window.workspace.player.snapshot is not None
    return window.workspace.player.snapshot.loss


def test_keys_walk_in_time_and_come_to_the_same_numbers(window: MainWindow, qtbot: QtBot) -> None:
    last = loss(window)
    for key, modifier, update in (
        (K.Key_Left, None, 699),
        (K.Key_Left, CONTROL, 689),
        (K.Key_Left, SHIFT, 686),
        (K.Key_Right, None, 687),
        (K.Key_Home, None, 0),
        (K.Key_Right, SHIFT, 7),
        (K.Key_Right, CONTROL, 17),
        (K.Key_End, None, 700),
    ):
        QTest.keyClick(window, key, modifier or Qt.KeyboardModifier.NoModifier)
        arrive(window, qtbot, update)
    assert loss(window) == last
    assert window.workspace.runs.kept.runs == ()


def test_keys_do_the_same_while_the_time_line_has_the_focus(
    window: MainWindow, qtbot: QtBot
) -> None:
    track = window.timing.line.track
    track.setFocus()
    QTest.keyClick(track, K.Key_Left)
    arrive(window, qtbot, 699)
    QTest.keyClick(track, K.Key_Home)
    arrive(window, qtbot, 0)
    QTest.keyClick(track, K.Key_End)
    arrive(window, qtbot, 700)
    QTest.keyClick(track, K.Key_Right)  # there is no moment after it: it is trained
    arrive(window, qtbot, 701)


def test_dragging_shows_earlier_moments_and_what_lay_ahead_is_kept_on_another_way(
    window: MainWindow, qtbot: QtBot
) -> None:
    line, space, last = window.timing.line, window.workspace, loss(window)
    track = line.track
    places = [QPoint(round(track.x_of(update)), track.height() // 2) for update in (500, 300)]
    QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(track, places[1])
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=places[1])
    there = track.shown()
    assert there == pytest.approx(300, abs=2)
    arrive(window, qtbot, there)
    assert line.value().reached == 700
    assert space.current is not None
    space.configure(replace(space.current.wanted, learning_rate=0.01))
    qtbot.waitUntil(lambda: len(space.runs.kept.runs) == 1, timeout=20_000)
    (kept,) = space.runs.kept.runs
    assert (kept.snapshot.update, kept.snapshot.loss) == (700, last)
    assert not kept.live
    assert kept.config.learning_rate == 0.1
    qtbot.waitUntil(lambda: line.value().reached == there)
    assert [update for update, _ in line.value().marks] == [0, there]


def test_a_run_that_is_left_from_an_earlier_moment_is_kept_to_its_end(
    window: MainWindow, qtbot: QtBot
) -> None:
    best = window.timing.line.value().best
    QTest.keyClick(window, K.Key_Home)
    arrive(window, qtbot, 0)
    assert window.timing.line.value().best == best
    QTest.keyClick(window, K.Key_R, CONTROL)
    qtbot.waitUntil(lambda: window.timing.line.value().reached == 0)
    (kept,) = window.workspace.runs.kept.runs
    assert kept.snapshot.update == 700


def test_marks_ahead_are_on_the_time_line_alone(window: MainWindow, qtbot: QtBot) -> None:
    space, line = window.workspace, window.timing.line
    assert space.current is not None
    space.configure(replace(space.current.wanted, learning_rate=0.01))
    qtbot.waitUntil(lambda: [update for update, _ in line.value().marks] == [0, 700])
    QTest.keyClick(window, K.Key_Left)
    arrive(window, qtbot, 699)
    assert [update for update, _ in line.value().marks] == [0, 700]
    (run,) = space.runs.live(space.player.frame)
    assert [update for update, _ in run.marks] == [0]


def test_the_choice_of_the_scale_is_remembered(window: MainWindow, settings: Settings) -> None:
    assert not settings.get(LOG_TIME_LINE)
    window.timing.line.log_changed.emit(True)
    assert settings.get(LOG_TIME_LINE)
