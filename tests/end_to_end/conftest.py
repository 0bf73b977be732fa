"""The real window, shown, with settings of its own and nothing open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace
from tests.end_to_end.pupil import Pupil


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def asks() -> bool:
    """Whether the window may open dialogs by itself."""
    return False


@pytest.fixture
def bare(qtbot: QtBot, settings: Settings, asks: bool) -> Iterator[MainWindow]:
    """The window before its views are built."""
    made = MainWindow(Workspace(), settings)
    made.doors.asks = asks
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.doors.asks = False
    made.close()


@pytest.fixture
def window(bare: MainWindow) -> MainWindow:
    """The window with its views, before anything is open."""
    bare.build_views()
    return bare


@pytest.fixture
def pupil(window: MainWindow, qtbot: QtBot) -> Pupil:
    """Who walks a lesson, at full speed."""
    window.speed.set_value(None)
    return Pupil(window, qtbot)
