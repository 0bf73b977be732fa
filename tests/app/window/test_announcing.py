"""What a screen reader hears while training goes on: not thirty numbers a second."""

from __future__ import annotations

from itertools import pairwise
from time import monotonic

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.panels import seldom
from app.window import status
from app.window.readout import Readout
from app.window.status import StatusLine
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def trainer() -> Trainer:
    dataset = load_sample("iris")
    return Trainer(dataset, TrainingConfig(epochs=100).resolved(dataset))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """Announcements, each with its moment."""
    found: list[tuple[float, str]] = []

    def hear(event: object) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            found.append((monotonic(), event.message()))

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    return found


def test_sentence_and_numbers_are_announced_at_most_once_a_second(
    qtbot: QtBot, heard: list[tuple[float, str]]
) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    heard.clear()
    qtbot.wait(seldom.SECOND + 50)
    for number in range(25):
        line.show_state(f"State {number}.")
        line.hear_numbers(f"loss {number}")
        qtbot.wait(50)
    qtbot.waitUntil(lambda: len(heard) >= 2 and heard[-1][1].startswith("State 24."))
    times = [moment for moment, _ in heard]
    assert all(b - a > 0.9 for a, b in pairwise(times))
    assert len(heard) <= 4


def test_what_is_announced_is_the_verdict_with_the_numbers(
    qtbot: QtBot, heard: list[tuple[float, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seldom, "SECOND", 1)
    monkeypatch.setattr(status, "NUMBERS_EVERY", 1)
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_state("Paused after 3 updates.")
    line.hear_numbers("epoch 3, loss 0.5, accuracy 90 %")
    qtbot.waitUntil(lambda: any("accuracy 90 %" in text for _, text in heard))
    assert heard[-1][1] == "Paused after 3 updates. epoch 3, loss 0.5, accuracy 90 %"


def test_numbers_have_names_that_change_seldom(qtbot: QtBot, trainer: Trainer) -> None:
    """A label whose accessible name is empty tells a screen reader of each text that it gets."""
    readout, told = Readout(), list[str]()
    qtbot.addWidget(readout)
    readout.told.connect(told.append)
    readout.show_snapshot(trainer.snapshot())
    first = readout.text()
    assert told == [first]
    named = [label.accessibleName() for label in readout.findChildren(QLabel)]
    assert all(named)
    for _ in range(20):
        trainer.advance(max_updates=1)
        readout.show_snapshot(trainer.snapshot())
    assert told == [first]
    assert [label.accessibleName() for label in readout.findChildren(QLabel)] == named
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[1] == readout.text() != first
    said = " ".join(label.accessibleName() for label in readout.findChildren(QLabel))
    assert f"loss {readout.text().split('loss ')[1].split(',')[0]}" in said
