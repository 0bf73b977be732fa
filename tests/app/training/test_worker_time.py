from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Slot
from pytestqt.qtbot import QtBot

from app.training import worker as worker_module
from app.training.messages import (
    Branch,
    Configure,
    Load,
    Order,
    Pause,
    Play,
    Seek,
    Step,
    StepBack,
)
from app.training.worker import Worker
from slp_core.data.dataset import Dataset
from tests.app.training.test_worker import Window, dataset, plan, window, worker

__all__ = ["dataset", "window", "worker"]


class Watcher(Window):
    def __init__(self, worker: Worker) -> None:
        super().__init__(worker)
        self.branches: list[Branch] = []
        worker.branched.connect(self.note)

    @Slot(object)
    def note(self, branch: Branch) -> None:
        self.branches.append(branch)


@pytest.fixture
def trained(worker: Worker, dataset: Dataset, qtbot: QtBot) -> Watcher:
    """A run of 700 updates, 7 to an epoch."""
    watcher = Watcher(worker)
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Step(700))
    qtbot.waitUntil(lambda: watcher.update == 700, timeout=20_000)
    return watcher


def ask(watcher: Watcher, qtbot: QtBot, *orders: Order) -> int:
    """Give orders to go somewhere; where the runs are when the last has been carried out."""
    sought = watcher.frames[-1].sought
    for order in orders:
        watcher.worker.give(order)
    moves = sum(isinstance(order, Seek | StepBack) for order in orders)
    qtbot.waitUntil(lambda: watcher.frames[-1].sought == sought + moves, timeout=20_000)
    return watcher.update


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ((Seek(300),), 300),
        ((Seek(-5),), 0),
        ((Seek(10**9),), 700),
        ((Seek(300), Seek(20), Seek(450)), 450),
        ((StepBack(),), 699),
        ((StepBack(10), StepBack(10)), 680),
        ((StepBack(None),), 693),
        ((Seek(24), StepBack(None)), 21),
        ((Seek(21), StepBack(None)), 14),
        ((Seek(3), StepBack(10)), 0),
    ],
)
def test_runs_go_where_they_are_sent(
    trained: Watcher, qtbot: QtBot, orders: tuple[Order, ...], expected: int
) -> None:
    assert ask(trained, qtbot, *orders) == expected
    frame = trained.frames[-1]
    assert (frame.reached, frame.earliest, frame.playing) == (700, 0, False)
    assert frame.update == expected


def test_steps_forward_go_the_same_way_again(trained: Watcher, qtbot: QtBot) -> None:
    last = trained.frames[-1].snapshots[0][1].parameters.flat().tolist()
    ask(trained, qtbot, Seek(690))
    trained.worker.give(Step(10))
    qtbot.waitUntil(lambda: trained.update == 700)
    assert trained.frames[-1].snapshots[0][1].parameters.flat().tolist() == last
    trained.worker.give(Step(1))
    qtbot.waitUntil(lambda: trained.update == 701)
    assert trained.frames[-1].reached == 701
    assert trained.branches == []


def test_seeking_pauses_and_play_goes_on_from_there(trained: Watcher, qtbot: QtBot) -> None:
    trained.worker.give(Play())
    qtbot.waitUntil(lambda: trained.update > 800, timeout=20_000)
    ask(trained, qtbot, Seek(100))
    assert not trained.frames[-1].playing
    qtbot.wait(30)
    assert trained.update == 100
    reached = trained.frames[-1].reached
    trained.worker.give(Play())
    qtbot.waitUntil(lambda: trained.update > reached, timeout=20_000)
    assert trained.branches == []


def test_what_is_ordered_after_a_seek_happens_where_it_leads(
    trained: Watcher, dataset: Dataset, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BURST_SECONDS", 0.0)  # one update at a time
    other = replace(plan(dataset).config, learning_rate=0.01)
    orders = (Seek(333), Configure(1, 1, other), Pause(), Seek(300), Seek(333))
    ask(trained, qtbot, *orders)
    (branch,) = trained.branches
    assert branch.update == 333
    assert (branch.left[0].run, branch.left[0].snapshot.update) == (1, 700)
    assert [change.update for change in trained.frames[-1].changes] == [333]
    assert trained.frames[-1].reached == 333


def test_playing_on_before_a_change_takes_the_latest_settings_along(
    trained: Watcher, dataset: Dataset, qtbot: QtBot
) -> None:
    trained.worker.give(Configure(1, 1, replace(plan(dataset).config, learning_rate=0.01)))
    trained.worker.give(Step(100))
    qtbot.waitUntil(lambda: trained.update == 800)
    ask(trained, qtbot, Seek(500))
    assert [change.update for change in trained.frames[-1].changes] == [700]
    trained.worker.give(Play())
    qtbot.waitUntil(lambda: bool(trained.branches))
    trained.worker.give(Pause())
    qtbot.waitUntil(lambda: not trained.frames[-1].playing)
    assert trained.branches[0].left[0].snapshot.update == 800
    assert [change.update for change in trained.frames[-1].changes] == [500]


def test_a_newer_moment_replaces_one_that_takes_long(
    trained: Watcher, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "BURST_SECONDS", 0.0)
    monkeypatch.setattr(worker_module, "SEEK_PATIENCE", 0.0)
    before = len(trained.frames)
    assert ask(trained, qtbot, *[Seek(update) for update in range(690, 300, -1)]) == 301
    assert len(trained.frames) < before + 390


def test_loading_ends_a_seek(trained: Watcher, dataset: Dataset, qtbot: QtBot) -> None:
    trained.worker.give(Seek(350))
    trained.worker.give(Load(2, (plan(dataset),)))
    qtbot.waitUntil(lambda: trained.frames[-1].generation == 2)
    qtbot.wait(30)
    assert trained.update == 0
    assert trained.frames[-1].reached == 0
