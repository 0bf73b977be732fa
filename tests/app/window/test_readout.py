from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.numbers import number_text, share_text
from app.window.readout import Readout
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


def test_the_numbers_are_those_of_the_snapshot(qtbot: QtBot):
    readout = Readout()
    qtbot.addWidget(readout)
    dataset = load_sample("two_gaussians")
    trainer = Trainer(dataset, TrainingConfig(epochs=30).resolved(dataset))
    trainer.advance()
    snapshot = trainer.snapshot()
    readout.show_snapshot(snapshot)
    assert "epoch 30" in readout.text()
    assert number_text(snapshot.loss) in readout.text()
    assert share_text(snapshot.accuracy) in readout.text()
    assert "validation" not in readout.text()


def test_what_has_no_room_is_told_all_the_same(qtbot: QtBot):
    readout = Readout()
    qtbot.addWidget(readout)
    readout.show_best(False)
    readout.show_epoch(False)
    assert readout.text() == "epoch –, loss –, best –, accuracy –"
    readout.show_validation(True)
    assert readout.text().endswith(", validation –")


def test_a_numeric_target_shows_r2(qtbot: QtBot):
    readout = Readout()
    qtbot.addWidget(readout)
    dataset = load_sample("noisy_line")
    readout.show_snapshot(Trainer(dataset, TrainingConfig().resolved(dataset)).snapshot())
    assert "R²" in readout.text()


def test_the_width_does_not_change_with_the_numbers(qtbot: QtBot):
    readout = Readout()
    qtbot.addWidget(readout)
    dataset = load_sample("two_gaussians")
    trainer = Trainer(dataset, TrainingConfig().resolved(dataset))
    readout.show_snapshot(trainer.snapshot())
    before = readout.sizeHint().width()
    trainer.advance(max_updates=321)
    readout.show_snapshot(trainer.snapshot())
    assert readout.sizeHint().width() == before
