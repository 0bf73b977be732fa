"""The presenter in the real window: what it shows, its keys, and that all is as before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.formulas.background import Typesetter
from app.lab.view import GradientLab
from app.settings import POINTER, TEXT_SCALE, THEME, Settings
from app.view_kinds import VIEW_KINDS
from app.window.main_window import MainWindow
from app.window.presenting import HOW_TO_LEAVE
from app.window.views import Views
from app.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")
KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    made.doors.asks = False
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.build_views()
    with qtbot.waitSignal(made.workspace.player.frame_arrived):
        made.open_path("sample:iris")
    yield made
    made.close()


def views_of(window: MainWindow) -> Views:
    assert window.views is not None
    return window.views


def press(window: MainWindow, key: Qt.Key) -> None:
    """Press a key as the system does, so that the window hears of it before its widgets."""
    handle = window.windowHandle()
    assert isinstance(handle, QWindow)
    QTest.keyClick(handle, key)


def looks(window: MainWindow) -> dict[str, object]:
    """Everything that a presenter changes."""
    views = views_of(window)
    return {
        "state": window.windowState(),
        "area": window.geometry(),
        "theme": window.appearance.current,
        "text": window.settings.get(TEXT_SCALE),
        "choice": window.settings.get(THEME),
        "views": views.arrangement(),
        "enlarged": views.enlarged,
        "panes": {key: pane.isVisible() for key, pane in views.panes.items()},
        "sizes": [s.sizes() for s in (window.split, views, views.side)],
        "shown": [
            widget.isVisible()
            for widget in (
                window.menuBar(),
                window.panels,
                window.toolbar,
                window.status,
                window.timing.line,
                window.presenting.strip,
                window.presenting.ring,
            )
        ],
        "checked": window.actions_["view.presenter"].isChecked(),
    }


@pytest.mark.parametrize("leave", [KEY.Key_Escape, KEY.Key_F11, KEY.Key_F5])
def test_one_key_dresses_the_window_and_another_puts_all_back(
    window: MainWindow, leave: Qt.Key
) -> None:
    before = looks(window)
    press(window, KEY.Key_F11)
    theme, strip = window.appearance.current, window.presenting.strip
    assert window.isFullScreen()
    assert theme.key == "projector"
    assert theme.line_width > 3
    for away in (window.menuBar(), window.panels, window.toolbar, window.status):
        assert not away.isVisible()
    assert strip.isVisible()
    assert strip.verdict.text() == HOW_TO_LEAVE
    assert strip.readout.text().endswith(window.readout.text())  # which may have less room

    press(window, KEY.Key_PageDown)
    window.actions_["view.next_theme"].trigger()
    window.actions_["view.larger_text"].trigger()
    window.actions_["view.table"].trigger()
    press(window, leave)
    assert looks(window) == before


@pytest.mark.parametrize("state", [Qt.WindowState.WindowMaximized, Qt.WindowState.WindowFullScreen])
def test_a_large_window_is_as_large_again(
    window: MainWindow, state: Qt.WindowState, qtbot: QtBot
) -> None:
    small = window.geometry()
    window.setWindowState(state)
    views_of(window).enlarge("first")
    qtbot.waitUntil(lambda: window.geometry() != small)
    before = looks(window)
    press(window, KEY.Key_F11)
    press(window, KEY.Key_Escape)
    assert looks(window) == before


def test_the_panels_are_as_narrow_again(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:saturated_start")
    window.resize(1366, 740)
    window.split.setSizes([0, 9999])
    qtbot.wait(50)
    before = window.split.sizes()
    press(window, KEY.Key_F11)
    qtbot.waitUntil(lambda: window.panels.minimumWidth() > before[0] + 10)
    press(window, KEY.Key_Escape)
    assert window.split.sizes() == before
    qtbot.wait(50)
    assert window.split.sizes() == before


def test_the_panels_follow_the_size_of_the_type_both_ways(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1366, 740)
    window.split.setSizes([0, 9999])
    qtbot.wait(50)
    before = window.split.sizes()
    for _ in range(2):
        window.actions_["view.smaller_text"].trigger()
    qtbot.waitUntil(lambda: window.split.sizes()[0] < before[0] - 10)


def test_page_keys_turn_the_main_pane_wherever_the_focus_is(window: MainWindow) -> None:
    views = views_of(window)
    first = views.arrangement()
    press(window, KEY.Key_F11)
    views.table.setFocus()  # it has a use of its own for these keys
    press(window, KEY.Key_PageDown)
    assert views.arrangement()["main"] == "table"
    press(window, KEY.Key_PageDown)
    assert views.arrangement() == {**first, "main": "loss", "first": "decision"}
    press(window, KEY.Key_PageUp)
    press(window, KEY.Key_PageUp)
    assert views.arrangement() == first
    press(window, KEY.Key_PageUp)
    assert views.arrangement()["main"] == list(VIEW_KINDS)[-1]


def test_what_says_nothing_of_these_data_is_passed_over(window: MainWindow) -> None:
    press(window, KEY.Key_F11)
    seen: set[str] = set()
    for _ in VIEW_KINDS:
        press(window, KEY.Key_PageDown)
        seen.add(views_of(window).arrangement()["main"])
    assert seen == set(VIEW_KINDS) - {"residuals", "beside"}
    for typesetter in views_of(window).view("formulas").findChildren(Typesetter):
        typesetter.shut_down()  # the program does it when it ends


def test_views_are_turned_without_a_presenter_too(window: MainWindow) -> None:
    first = views_of(window).arrangement()
    for _ in range(3):
        window.actions_["view.next_view"].trigger()
    for _ in range(3):
        window.actions_["view.previous_view"].trigger()
    assert views_of(window).arrangement() == first


def test_a_lesson_turns_first(window: MainWindow, qtbot: QtBot) -> None:
    teaching = window.teaching
    assert teaching is not None
    press(window, KEY.Key_F11)
    window.actions_["question.pairs"].trigger()
    qtbot.waitUntil(lambda: teaching.settled, timeout=30_000)
    before = views_of(window).arrangement()
    press(window, KEY.Key_PageDown)
    value = teaching.strip.value()
    assert value is not None
    assert value.step == 1
    qtbot.waitUntil(lambda: teaching.settled, timeout=30_000)
    press(window, KEY.Key_PageUp)
    press(window, KEY.Key_PageUp)  # there is no step before the first: nothing turns
    qtbot.waitUntil(lambda: teaching.settled, timeout=30_000)
    assert views_of(window).arrangement() == before
    press(window, KEY.Key_Escape)
    assert views_of(window).arrangement() == before  # the lesson goes on


def test_space_plays_and_the_strip_steps_and_sets_the_speed(
    window: MainWindow, qtbot: QtBot
) -> None:
    player, strip = window.workspace.player, window.presenting.strip
    press(window, KEY.Key_F11)
    press(window, KEY.Key_Space)
    qtbot.waitUntil(lambda: player.playing)
    press(window, KEY.Key_Space)
    qtbot.waitUntil(lambda: not player.playing)
    window.actions_["run.restart_same"].trigger()
    qtbot.waitUntil(lambda: player.snapshot is not None and player.snapshot.update == 0)
    step = next(b for b in strip.buttons if b.defaultAction().objectName() == "run.step_update")
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: player.snapshot is not None and player.snapshot.update == 1)
    assert strip.readout.text().endswith(window.readout.text())  # which may have less room
    strip.speed.set_value(None)
    assert window.speed.value() is None
    window.actions_["run.slower"].trigger()
    assert strip.speed.value() == window.speed.value() == 10_000


def test_a_typed_text_keeps_its_keys(window: MainWindow, qtbot: QtBot) -> None:
    press(window, KEY.Key_F11)
    views_of(window).show_view("lab")
    lab = views_of(window).view("lab")
    assert isinstance(lab, GradientLab)
    lab.editor.setFocus()
    qtbot.waitUntil(lab.editor.hasFocus)
    before = views_of(window).arrangement()
    press(window, KEY.Key_PageDown)
    assert views_of(window).arrangement() == before


def test_the_ring_follows_the_mouse_and_can_be_switched_off(window: MainWindow) -> None:
    ring, handle = window.presenting.ring, window.windowHandle()
    assert isinstance(handle, QWindow)
    QTest.mouseMove(handle, QPoint(200, 200))
    assert not ring.isVisible()
    press(window, KEY.Key_F11)
    QTest.mouseMove(handle, QPoint(300, 200))
    assert ring.isVisible()
    assert (ring.geometry().center() - QPoint(300, 200)).manhattanLength() <= 2
    below = window.childAt(300, 200)
    assert below is not None
    assert below is not ring  # clicks go through
    shown = ring.grab().toImage()
    assert shown.pixelColor(shown.rect().center()).alpha() == 0
    QApplication.sendEvent(handle, QEvent(QEvent.Type.Leave))
    assert not ring.isVisible()
    place = QPointF(10, 10)
    QApplication.sendEvent(handle, QEnterEvent(place, place, place))
    press(window, KEY.Key_H)
    QTest.mouseMove(handle, QPoint(350, 200))
    assert not ring.isVisible()
    assert not window.settings.get(POINTER)


def test_a_closed_presenter_opens_as_it_worked(window: MainWindow) -> None:
    area = window.geometry()
    press(window, KEY.Key_F11)
    window.close()
    again = MainWindow(Workspace(), window.settings)
    again.restore_place()
    assert not again.isFullScreen()
    assert abs(again.geometry().width() - area.width()) <= 8
    assert not again.toolbar.isHidden()
    again.close()


def test_larger_text_in_a_talk_is_remembered_for_the_next(window: MainWindow) -> None:
    press(window, KEY.Key_F11)
    window.actions_["view.smaller_text"].trigger()
    small = window.appearance.current.font_size
    press(window, KEY.Key_F11)
    press(window, KEY.Key_F11)
    assert window.appearance.current.font_size == pytest.approx(small)
