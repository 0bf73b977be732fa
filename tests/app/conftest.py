"""What the tests of the application share: an ear for signals, a workspace, the light theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.theme import THEMES, apply, current_theme
from app.workspace import Workspace
from tests.app.workspace_examples import Listener

Ear = Callable[[SignalInstance], list[Any]]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    """Every test starts in the light theme, applied once: it polishes every widget there is."""
    if current_theme() is not THEMES["light"]:
        apply(qapp, THEMES["light"])


@pytest.fixture
def heard() -> Ear:
    """Collects what a signal carries, from now on."""

    def listen(signal: SignalInstance) -> list[Any]:
        values: list[Any] = []

        def keep(*arguments: Any) -> None:
            values.append(arguments[0] if len(arguments) == 1 else arguments)

        signal.connect(keep)
        return values

    return listen


@pytest.fixture
def space(qtbot: QtBot) -> Iterator[Workspace]:
    made = Workspace()
    yield made
    made.shut_down()


@pytest.fixture
def listener(space: Workspace) -> Listener:
    return Listener(space)
