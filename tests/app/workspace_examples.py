"""A workspace to test with, and something that listens to it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.origins import origin_from
from app.preparation import Prepared
from app.training.messages import Frame
from app.workspace import Workspace
from slp_core.training.snapshot import Snapshot


class Listener(QObject):
    """Stands for the window: paints every frame at once and keeps what it was told."""

    def __init__(self, space: Workspace) -> None:
        super().__init__()
        self.space = space
        self.frames: list[Frame] = []
        self.opened: list[Prepared] = []
        self.prepared: list[Prepared] = []
        self.notes: list[str] = []
        self.errors: list[Exception] = []
        space.player.frame_arrived.connect(self.paint)
        space.opened.connect(self.opened.append)
        space.prepared.connect(self.prepared.append)
        space.noted.connect(self.notes.append)
        space.refused.connect(self.errors.append)

    @Slot(object)
    def paint(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.space.player.acknowledge(frame.number)


def is_open(space: Workspace, source: str) -> bool:
    return space.current is not None and space.current.origin == origin_from(source)


def opened(space: Workspace, qtbot: QtBot, source: str = "sample:two_gaussians") -> Prepared:
    space.open(source)
    qtbot.waitUntil(
        lambda: (
            is_open(space, source)
            and space.current is not None
            and space.player.snapshot is not None
            and space.player.snapshot.config == space.current.config
        ),
        timeout=10_000,
    )
    assert space.current is not None
    return space.current


def snapshot(space: Workspace) -> Snapshot:
    assert space.player.snapshot is not None
    return space.player.snapshot


def settled(space: Workspace, qtbot: QtBot) -> Prepared:
    """What is true once all jobs have answered."""
    qtbot.wait(250)
    assert space.current is not None
    return space.current


def live(space: Workspace) -> tuple[RunMoment, ...]:
    return space.runs.live(space.player.frame)


def wait_for_runs(space: Workspace, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(live(space)) == count == len(space.runs.lanes))


def train(space: Workspace, qtbot: QtBot, updates: int) -> None:
    before = snapshot(space).update
    space.player.step(updates)
    qtbot.waitUntil(lambda: snapshot(space).update == before + updates)
