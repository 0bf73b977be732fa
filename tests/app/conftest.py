from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.workspace import Workspace
from tests.app.workspace_examples import Listener


@pytest.fixture
def space(qtbot: QtBot) -> Iterator[Workspace]:
    made = Workspace()
    yield made
    made.shut_down()


@pytest.fixture
def listener(space: Workspace) -> Listener:
    return Listener(space)
