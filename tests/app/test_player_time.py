from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from app.player import Player
from app.training.messages import Branch, Frame
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig


class Screen(QObject):
    """Paints at once, and remembers what it was told."""

    def __init__(self, player: Player) -> None:
        super().__init__()
        self._player = player
        self.branches: list[Branch] = []
        self.extended: list[int] = []
        player.frame_arrived.connect(self.paint)
        player.branched.connect(self.branches.append)
        player.extended.connect(self.extended.append)

    @Slot(object)
    def paint(self, frame: Frame) -> None:
        self._player.acknowledge(frame.number)


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    made = Player()
    yield made
    made.shut_down()


@pytest.fixture
def screen(player: Player) -> Screen:
    return Screen(player)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_sample("two_gaussians")


def settings(dataset: Dataset, **values: object) -> TrainingConfig:
    config = TrainingConfig(batch_size=32, epochs=100, learning_rate=0.1)
    return replace(config, **values).resolved(dataset)  # pyright: ignore[reportArgumentType] - settings of the tests' own


def run_to_the_end(player: Player, dataset: Dataset, qtbot: QtBot) -> None:
    """100 epochs of 7 updates."""
    player.load(dataset, settings(dataset), play=True)
    qtbot.waitUntil(lambda: player.position == 700 and not player.playing, timeout=20_000)


def test_the_player_says_where_it_is_and_how_far_it_has_been(
    player: Player, screen: Screen, dataset: Dataset, qtbot: QtBot
) -> None:
    assert (player.position, player.reached, player.earliest, player.seeking) == (0, 0, 0, False)
    run_to_the_end(player, dataset, qtbot)
    player.seek(123)
    assert player.seeking
    qtbot.waitUntil(lambda: not player.seeking)
    assert (player.position, player.reached, player.earliest) == (123, 700, 0)
    player.step_back()
    player.step_back(10)
    player.step_back(None)
    qtbot.waitUntil(lambda: not player.seeking)
    assert player.position == 105
    assert screen.branches == []


def test_a_seek_pauses(player: Player, screen: Screen, dataset: Dataset, qtbot: QtBot) -> None:
    player.load(dataset, settings(dataset, epochs=10**6), play=True)
    qtbot.waitUntil(lambda: player.position > 100, timeout=20_000)
    player.seek(50)
    assert not player.playing
    qtbot.waitUntil(lambda: player.position == 50)
    assert screen.extended == []


def test_playing_from_the_past_of_a_finished_run_ends_where_it_ended(
    player: Player, screen: Screen, dataset: Dataset, qtbot: QtBot
) -> None:
    run_to_the_end(player, dataset, qtbot)
    player.seek(300)
    player.play()  # before the earlier moment is on the screen
    qtbot.waitUntil(lambda: player.position == 700 and not player.playing, timeout=20_000)
    assert screen.extended == []
    assert player.snapshot is not None
    assert player.snapshot.stop is not None
    player.play()
    qtbot.waitUntil(lambda: player.position == 1400, timeout=20_000)
    assert screen.extended == [100]


def test_other_settings_in_the_past_leave_a_branch(
    player: Player, screen: Screen, dataset: Dataset, qtbot: QtBot
) -> None:
    run_to_the_end(player, dataset, qtbot)
    player.seek(300)
    player.configure(settings(dataset, learning_rate=0.7))
    qtbot.waitUntil(lambda: len(screen.branches) == 1)
    (left,) = screen.branches[0].left
    assert left.snapshot.update == 700
    assert left.snapshot.stop is not None
    qtbot.waitUntil(lambda: player.reached == 300)


def test_nothing_is_sought_while_nothing_is_open(player: Player) -> None:
    player.seek(5)
    player.step_back()
    assert not player.seeking
