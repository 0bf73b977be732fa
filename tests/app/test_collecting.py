"""Cycles are collected in the GUI thread, and nowhere else."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.collecting import Collector, collect_due


class Knot:
    """An object in a cycle with itself."""

    def __init__(self, ended: list[str]) -> None:
        self.me = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread().name))


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    """A collector at work, in a process that collects by itself otherwise."""
    gc.enable()
    collector = Collector()
    collector.start()
    yield collector
    collector.stop()
    gc.disable()


def allocate_much() -> None:
    """More than any threshold of the interpreter's."""
    kept = [[number] for number in range(200_000)]
    del kept


def test_another_thread_collects_nothing(collector: Collector) -> None:
    ended: list[str] = []
    Knot(ended)
    thread = threading.Thread(target=allocate_much)
    thread.start()
    thread.join()
    assert ended == []


def test_the_gui_thread_does_by_itself(collector: Collector, qtbot: QtBot) -> None:
    ended: list[str] = []
    Knot(ended)
    kept = [[number] for number in range(20_000)]
    qtbot.waitUntil(lambda: ended == [threading.current_thread().name])
    assert len(kept) == 20_000


def test_what_is_set_aside_is_still_there_and_comes_back(collector: Collector) -> None:
    collector.set_aside()
    assert gc.get_freeze_count() > 1_000
    collector.stop()
    assert gc.get_freeze_count() == 0


def test_it_leaves_things_as_they_were(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    gc.disable()
    collector.start()
    collector.stop()
    assert not gc.isenabled()
    gc.enable()


def test_nothing_is_done_before_it_is_due() -> None:
    gc.collect()
    assert collect_due() is None


def test_the_oldest_generation_that_is_due_is_collected() -> None:
    gc.collect()
    kept = [[number] for number in range(5_000)]
    assert collect_due() == 0
    assert collect_due() is None
    assert len(kept) == 5_000
