"""The order in which Tab goes through the window: as it is read, from the top left.

Qt's own order is that in which widgets were made, but views come and go, and change places. It is
not mended by `QWidget.setTabOrder`: that does not move views which pass the focus on to a part.
(`nextInFocusChain` is kept away from: with PySide 6.11 a walk along it ended the process later.)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


def move_focus(window: MainWindow, forward: bool) -> bool:
    """Give the focus to the next stop, or to the one before; False if there is none."""
    stops = tab_stops(window)
    if not stops:
        return False
    here = _stop_of(QApplication.focusWidget(), stops)
    if here is None:
        there = stops[0 if forward else -1]
    else:
        there = stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]
    reason = Qt.FocusReason
    there.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    return True


def tab_stops(window: MainWindow) -> list[QWidget]:
    """Where Tab stops now, in order."""
    free = [widget for widget in window.findChildren(QWidget) if _takes_tab(widget, window)]
    stops: list[QWidget] = []
    for area in _areas(window):
        inside = [widget for widget in free if widget is area or area.isAncestorOf(widget)]
        stops.extend(inside)
        free = [widget for widget in free if widget not in inside]
    return stops


def _areas(window: MainWindow) -> Iterator[QWidget]:
    """All parts of the window from the top left; a part stands before its whole."""
    yield from (window.toolbar, window.panels, window.banner)
    if window.teaching is not None:
        yield window.teaching.strip
    if window.easel is not None:
        yield window.easel.bar
    if window.views is not None:
        for pane in window.views.panes.values():
            yield pane.chooser
            if pane.showing is not None and pane.showing.header is not None:
                yield pane.showing.header
            yield from (pane.picture, pane.enlarge, pane)
        yield window.timing.line
    yield from (window.middle, window.status, window)


def _stop_of(widget: QWidget | None, stops: list[QWidget]) -> QWidget | None:
    """The stop that has the focus, itself or in a part of it."""
    while widget is not None and widget not in stops:
        widget = widget.parentWidget()
    return widget


def _takes_tab(widget: QWidget, window: QWidget) -> bool:
    there = (
        widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusProxy() is None
    )
    return there and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
