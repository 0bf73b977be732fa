"""Tab in the real window: from the toolbar through panels and views to the status line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.main_window import MainWindow
from app.window.views import Views
from app.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")
KEY = Qt.Key


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    made.doors.asks = False
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
    made.build_views()
    with qtbot.waitSignal(made.workspace.player.frame_arrived):
        made.open_path("sample:iris")
    with qtbot.waitSignal(made.workspace.player.frame_arrived):
        made.actions_["run.step_update"].trigger()
    yield made
    made.close()


def views_of(window: MainWindow) -> Views:
    assert window.views is not None
    return window.views


def round_trip(window: MainWindow, key: Qt.Key = KEY.Key_Tab) -> list[QWidget]:
    """Where the focus goes from the first button of the toolbar until it is there again."""
    first = window.toolbar.widgetForAction(window.actions_["file.open"])
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = [first]
    for _ in range(300):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus is first:
            return seen
        seen.append(focus)
    raise AssertionError("the way of Tab never comes back")


def areas(window: MainWindow) -> dict[str, QWidget]:
    parts: dict[str, QWidget] = {"toolbar": window.toolbar, "panels": window.panels}
    panes = views_of(window).panes
    return {**parts, **panes, "time": window.timing.line, "status": window.status}


def names(window: MainWindow, way: list[QWidget]) -> list[str]:
    """The areas on the way, each as often as it is entered."""
    known = areas(window)
    found = [next(name for name, a in known.items() if a.isAncestorOf(w)) for w in way]
    return [name for name, _ in groupby(found)]


ORDER = ["toolbar", "panels", "main", "first", "second", "third", "time", "status"]


def test_tab_goes_as_one_reads_and_back_the_same_way(window: MainWindow) -> None:
    way = round_trip(window)
    assert names(window, way) == ORDER
    assert len(set(way)) == len(way)
    back = round_trip(window, KEY.Key_Backtab)
    assert [back[0], *reversed(back[1:])] == way


def test_of_a_view_the_header_comes_first_and_the_picture_is_one_stop(window: MainWindow) -> None:
    way, pane = round_trip(window), views_of(window).panes["first"]
    inside = [widget for widget in way if pane.isAncestorOf(widget)]
    assert inside[0] is pane.chooser
    assert pane.showing is not None
    pictures = [w for w in inside if pane.showing.widget.isAncestorOf(w)]
    assert pictures == inside[-len(pictures) :]
    assert inside.index(pane.enlarge) == len(inside) - len(pictures) - 1


def test_views_that_come_later_stand_in_their_place(window: MainWindow, qtbot: QtBot) -> None:
    views_of(window).place("main", "confusion")
    views_of(window).place("second", "pair")
    views_of(window).show_below(True)
    qtbot.wait(50)  # the order is made when all is in its place
    order = list(ORDER)
    order.insert(3, "below")
    assert names(window, round_trip(window)) == order


def test_everything_on_the_way_has_a_name(window: MainWindow) -> None:
    for widget in round_trip(window):
        text = getattr(widget, "text", str)()
        assert widget.accessibleName() or text, widget
        assert widget.isVisible()
        assert widget.isEnabled()


def test_a_view_that_is_shown_by_its_key_gets_the_focus(window: MainWindow) -> None:
    QTest.keyClick(window, KEY.Key_2, Qt.KeyboardModifier.AltModifier)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert views_of(window).view("loss").isAncestorOf(focus)
