from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.window import status
from app.window.status import StatusLine, status_text
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    return made


def test_the_sentence_follows_the_run():
    dataset = load_sample("two_gaussians")
    trainer = Trainer(dataset, TrainingConfig(epochs=3).resolved(dataset))
    assert "Ready" in status_text(trainer.snapshot(), playing=False)
    assert "Training" in status_text(trainer.snapshot(), playing=True)
    trainer.advance(max_updates=1)
    assert status_text(trainer.snapshot(), playing=False) == "Paused after 1 update."
    trainer.advance()
    stop = trainer.stop
    assert stop is not None
    said = status_text(trainer.snapshot(), playing=False)
    assert said.startswith(stop.text)
    assert said.endswith("Press Play to train on.")


def test_a_note_gives_way_to_the_state_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(status, "NOTE_SECONDS", 0)
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_state("state")
    line.show_note("note")
    assert line.message.text() == "note"
    line.show_state("another state")
    assert line.message.text() == "note"
    qtbot.waitUntil(lambda: line.message.text() == "another state")


def test_long_work_is_shown_and_can_be_cancelled(line: StatusLine, qtbot: QtBot):
    line.show()
    line.show_state("state")
    line.show_work("Reading big.csv", 0.5)
    assert line.message.text() == "Reading big.csv …"
    assert line.progress.value() == 500
    with qtbot.waitSignal(line.cancel_asked):
        line.cancel.click()
    line.show_work("", 1.0)
    assert line.message.text() == "state"
    assert not line.cancel.isVisible()
