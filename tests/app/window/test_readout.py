from __future__ import annotations

import math

import pytest
from pytestqt.qtbot import QtBot

from app.window.readout import Readout, loss_text, share_text
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.22644, "0.2264"),
        (12345.678, "1.235e+04"),
        (99999.0, "1e+05"),
        (1.2345e-10, "1.23e-10"),
        (-9.85, "-9.85"),
        (1.7976931348623157e308, "1.80e+308"),
        (math.nan, "NaN"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_losses_are_short_whatever_their_size(value: float, text: str):
    assert loss_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.9, "90.0 %"), (1.0, "100.0 %"), (0.99999, "> 99.9 %"), (0.0, "0.0 %")],
)
def test_a_hundred_percent_means_all(value: float | None, text: str):
    assert share_text(value) == text


def test_the_numbers_are_those_of_the_snapshot(qtbot: QtBot):
    readout = Readout()
    qtbot.addWidget(readout)
    dataset = load_sample("two_gaussians")
    trainer = Trainer(dataset, TrainingConfig(epochs=30).resolved(dataset))
    trainer.advance()
    snapshot = trainer.snapshot()
    readout.show_snapshot(snapshot)
    assert "epoch 30" in readout.text()
    assert loss_text(snapshot.loss) in readout.text()
    assert share_text(snapshot.accuracy) in readout.text()
    assert "validation" not in readout.text()


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
