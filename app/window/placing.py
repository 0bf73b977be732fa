"""Where the window, its panes and its splitters stood the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.settings import Settings

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views


def restore(window: MainWindow) -> None:
    """Put the window and its panels where they were."""
    layout = window.settings.layout
    window.restoreGeometry(layout("window/geometry"))
    window.restoreState(layout("window/state"))
    window.split.restoreState(layout("window/panels_splitter"))


def restore_views(views: Views, settings: Settings) -> None:
    """Put the handles between the panes where they were."""
    views.restoreState(settings.layout("window/views_splitter"))
    views.side.restoreState(settings.layout("window/side_splitter"))
    views.center.restoreState(settings.layout("window/center_splitter"))


def save(window: MainWindow) -> None:
    """Remember all of it."""
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
