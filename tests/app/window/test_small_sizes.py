"""The window on small screens: the panels show all they hold, whatever is unfolded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.panels.form import IconButton
from app.settings import MORE_OPEN, THEME, Settings
from app.sources import DataOptions
from app.theme import THEMES
from app.window.main_window import MainWindow
from app.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")


@pytest.fixture(params=THEMES)
def window(request: pytest.FixtureRequest, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    settings = Settings(tmp_path / "settings.ini")
    settings.set(THEME, request.param)
    settings.set(MORE_OPEN, ["data", "classes", "points", "model", "training"])
    made = MainWindow(Workspace(), settings)
    made.doors.asks = False
    qtbot.addWidget(made)
    made.resize(1024, 736)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


def cut(panel: QWidget) -> list[str]:
    """Names of what goes beyond the edge of a panel, or is a button lower than its text."""
    found: list[str] = []
    for child in panel.findChildren(QWidget):
        if child.isVisible() and not child.isWindow():
            right = child.mapTo(panel, child.rect().bottomRight()).x()
            low = isinstance(child, IconButton) and child.height() < child.sizeHint().height()
            if low or right > panel.rect().right():
                found.append(f"{type(child).__name__} {child.accessibleName()} {child.size()}")
    return found


@pytest.mark.parametrize("name", ["two_gaussians", "penguins"])
def test_no_field_is_cut_with_all_folds_open(window: MainWindow, qtbot: QtBot, name: str):
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.workspace.open(f"sample:{name}", DataOptions(validation=0.3))
    panels = window.panels
    column = panels.widget()
    assert column is not None
    qtbot.waitUntil(lambda: panels.viewport().width() >= column.minimumSizeHint().width())
    qtbot.waitUntil(lambda: column.width() == panels.viewport().width())
    three = (panels.data, panels.model, panels.training)
    qtbot.waitUntil(lambda: [name for panel in three for name in cut(panel)] == [])


def test_what_is_said_in_the_toolbar_is_whole(window: MainWindow, qtbot: QtBot):
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.workspace.open("sample:iris", DataOptions(validation=0.3))
    assert window.toolbar.sizeHint().width() <= window.toolbar.width()
    assert cut(window.readout) == []
    assert window.readout.width() >= window.readout.sizeHint().width()
