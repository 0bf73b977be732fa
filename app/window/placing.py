"""Where the window, its panes and its splitters stood the last time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.settings import SHOW_TABLE, Settings
from app.window.switches import Switches

SIZE = (1440, 900)
LEAST = (760, 520)
FRAME = QSize(0, 32)
"""Room for the title bar, which Qt does not count."""

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window was: its state, and its sizes now and when it is neither large nor full."""

    state: Qt.WindowState
    area: QRect
    normal: QRect

    @classmethod
    def of(cls, window: QWidget) -> Place:
        """Where a window is now."""
        return cls(window.windowState(), window.geometry(), window.normalGeometry())

    def restore(self, window: QWidget) -> None:
        """Put it there again, or on a screen that is still there."""
        window.setWindowState(Qt.WindowState.WindowNoState)
        area = self.area if self.state == Qt.WindowState.WindowNoState else self.normal
        if not any(screen.geometry().intersects(area) for screen in QGuiApplication.screens()):
            area = QRect(area)
            area.moveCenter(QGuiApplication.primaryScreen().availableGeometry().center())
        window.setGeometry(area)
        window.setWindowState(self.state)


def begin(window: QWidget) -> None:
    """Give a new window the size it has the first time."""
    window.setMinimumSize(*LEAST)
    window.resize(QSize(*SIZE).boundedTo(window.screen().availableSize() - FRAME))


def fits(window: QWidget, room: QSize) -> bool:
    """Whether a window can be made as small as that."""
    needed = window.minimumSizeHint()
    return needed.width() <= room.width() and needed.height() <= room.height()


def restore(window: MainWindow) -> None:
    """Put the window and its panels where they were."""
    layout = window.settings.layout
    window.restoreGeometry(layout("window/geometry"))
    window.restoreState(layout("window/state"))
    window.split.restoreState(layout("window/panels_splitter"))


def restore_views(views: Views, settings: Settings) -> None:
    """Put the handles between the panes where they were, and the switches of the views."""
    Switches(views, settings)
    views.restoreState(settings.layout("window/views_splitter"))
    views.side.restoreState(settings.layout("window/side_splitter"))
    views.center.restoreState(settings.layout("window/center_splitter"))
    views.show_below(settings.get(SHOW_TABLE))


def save(window: MainWindow) -> None:
    """Remember all of it, as it is without a presenter."""
    window.presenting.leave()
    settings, views = window.settings, window.views
    settings.set_layout("window/geometry", window.saveGeometry())
    settings.set_layout("window/state", window.saveState())
    settings.set_layout("window/panels_splitter", window.split.saveState())
    if views is not None:
        settings.set_layout("window/views_splitter", views.saveState())
        settings.set_layout("window/side_splitter", views.side.saveState())
        settings.set_layout("window/center_splitter", views.center.saveState())
        settings.set_panes(views.arrangement())
    settings.save()
