from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.training_panel import TrainingPanel
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from tests.app.conftest import Ear


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingPanel:
    made = TrainingPanel()
    qtbot.addWidget(made)
    made.set_value(TrainingConfig(), 4.0, 150)
    return made


def write(field: object, text: str) -> None:
    from app.panels.number_field import NumberField

    assert isinstance(field, NumberField)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig(),
        TrainingConfig(learning_rate=0.123456789, optimizer="momentum", momentum=0.5),
        TrainingConfig(batch_size=32, epochs=5, schedule="cosine", clip_norm=1.5),
        TrainingConfig(stop_loss=0.1, stop_gradient=1e-6, stop_seconds=60.0, patience=20),
        TrainingConfig(activation="tanh", loss="hinge", seed=4, l2=0.5),
    ],
)
def test_value_comes_back_and_setting_is_silent(
    panel: TrainingPanel, heard: Ear, config: TrainingConfig
) -> None:
    told = heard(panel.value_changed)
    panel.set_value(config, 4.0, 150)
    assert (panel.value(), told) == (config, [])
    panel.epochs.value_changed.emit(config.epochs)
    assert (panel.value(), told) == (config, [])


def test_auto_shows_the_rate_that_is_in_force(panel: TrainingPanel) -> None:
    assert panel.rate.auto.isChecked()
    assert panel.rate.field.value() == 2.0
    panel.set_value(TrainingConfig(), 4.0, 150, 1.25)
    assert panel.rate.field.value() == 1.25
    panel.set_value(TrainingConfig(optimizer="adam"), 4.0, 150)
    assert panel.rate.field.value() == OPTIMIZERS["adam"].fixed_rate


def test_a_typed_rate_ends_auto(panel: TrainingPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    write(panel.rate.field, "0,5")
    assert told == [TrainingConfig(learning_rate=0.5)]
    assert not panel.rate.auto.isChecked()
    assert panel.rate.slider.number() == 0.5


def test_a_moved_slider_ends_auto_and_back(panel: TrainingPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    QTest.keyClick(panel.rate.slider, Qt.Key.Key_PageDown)
    assert told[-1].learning_rate == pytest.approx(0.2, rel=0.03)
    assert panel.rate.field.value() == told[-1].learning_rate
    panel.rate.auto.click()
    assert told[-1] == TrainingConfig()
    assert panel.rate.field.value() == 2.0
    panel.rate.auto.click()
    assert told[-1] == TrainingConfig(learning_rate=2.0)


def test_the_limit_is_said(panel: TrainingPanel) -> None:
    assert panel.rate.caption.text() == "Stable up to 4"
    panel.set_value(TrainingConfig(learning_rate=5.0), 4.0, 150)
    assert panel.rate.caption.text() == "Unstable above 4"
    assert panel.rate.slider.is_beyond()
    panel.set_value(TrainingConfig(learning_rate=5.0, optimizer="adam"), 4.0, 150)
    assert panel.rate.caption.text() == "No limit of stability applies"
    panel.set_value(TrainingConfig(learning_rate=5.0), None, 150)
    assert not panel.rate.slider.is_beyond()


@pytest.mark.parametrize("mark", [1e-9, 1e-3, 0.2, 3.9, 800.0, 1e7])
def test_the_mark_is_on_the_slider(panel: TrainingPanel, mark: float) -> None:
    panel.set_value(TrainingConfig(), mark, 150)
    slider = panel.rate.slider
    assert slider.number() == mark / 2
    slider.set_number(mark)
    assert 0 < slider.value() < slider.maximum() or mark < 1e-8


def test_each_field_edits_its_part(panel: TrainingPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    QTest.keyClick(panel.optimizer, Qt.Key.Key_Down)
    QTest.keyClick(panel.schedule, Qt.Key.Key_Down)
    write(panel.momentum, "0.5")
    write(panel.batch, "16")
    write(panel.epochs, "1e4")
    for name, text in (
        ("clip_norm", "2"),
        ("stop_loss", "0.1"),
        ("stop_gradient", "1e-6"),
        ("stop_seconds", "30"),
        ("patience", "5"),
    ):
        write(panel.optional[name], text)
    assert len(told) == 10
    assert told[-1] == TrainingConfig(
        optimizer="momentum",
        schedule="step",
        momentum=0.5,
        batch_size=16,
        epochs=10_000,
        clip_norm=2.0,
        stop_loss=0.1,
        stop_gradient=1e-6,
        stop_seconds=30.0,
        patience=5,
    )
    write(panel.batch, "full")
    assert told[-1].batch_size == "full"


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_momentum_is_greyed_where_it_does_nothing(panel: TrainingPanel, key: str) -> None:
    panel.set_value(TrainingConfig(optimizer=key), 4.0, 150)
    uses = OPTIMIZERS[key].uses_momentum
    assert panel.momentum.isEnabled() == uses
    assert uses or "no momentum" in panel.momentum.toolTip()
    assert panel.batch.isEnabled() != OPTIMIZERS[key].full_batch


def test_optimizers_that_cannot_be_say_why(panel: TrainingPanel) -> None:
    panel.set_value(TrainingConfig(batch_size=8), 4.0, 150)
    assert panel.optimizer.is_refused("newton")
    assert "batch size to full" in panel.optimizer.tip_of("newton")
    panel.set_value(TrainingConfig(l1=0.1), 4.0, 150)
    assert "l1" in panel.optimizer.tip_of("lbfgs")
    panel.set_value(TrainingConfig(), 4.0, 150)
    assert not panel.optimizer.is_refused("newton")


def test_a_batch_larger_than_the_data_is_marked(panel: TrainingPanel) -> None:
    panel.batch.selectAll()
    QTest.keyClicks(panel.batch, "151")
    assert "at most 150" in panel.batch.problem


def test_editing_one_thing_keeps_all_others(panel: TrainingPanel, heard: Ear) -> None:
    config = TrainingConfig(activation="tanh", loss="hinge", l2=0.5, seed=9, learning_rate=1 / 3)
    panel.set_value(config, 4.0, 150)
    told = heard(panel.value_changed)
    write(panel.epochs, "5")
    assert told == [replace(config, epochs=5)]


@pytest.mark.parametrize(
    ("optimizer", "largest", "words"),
    [
        ("gd", 4.0, "half the largest stable rate"),
        ("gd", None, "no limit"),
        ("adam", 4.0, "0.05, the usual rate for Adam"),
        ("lbfgs", None, "1, the usual rate for L-BFGS"),
    ],
)
def test_auto_says_where_its_rate_comes_from(
    panel: TrainingPanel, optimizer: str, largest: float | None, words: str
) -> None:
    panel.set_value(TrainingConfig(optimizer=optimizer), largest, 150)
    assert words in panel.rate.auto.toolTip()
    assert panel.rate.auto.accessibleDescription() == panel.rate.auto.toolTip()


def test_the_fold_says_what_is_not_as_usual(panel: TrainingPanel) -> None:
    assert panel.more.text() == "More"
    write(panel.optional["patience"], "5")
    assert panel.more.text() == "More •"
    assert panel.more.tip().endswith("Not as usual: Patience.")


def test_the_rate_says_where_its_limit_comes_from(panel: TrainingPanel) -> None:
    panel.set_value(TrainingConfig(learning_rate=1.0), 4.0, 100)
    assert "2 / 0.5, the largest curvature" in panel.rate.slider.toolTip()
    assert "Stable up to 4" in panel.rate.slider.toolTip()
    panel.set_value(TrainingConfig(optimizer="momentum", learning_rate=1.0), 7.6, 100)
    assert "3.8 / 0.5" in panel.rate.slider.toolTip()
    panel.set_value(TrainingConfig(batch_size=16, learning_rate=1.0), 4.0, 100)
    assert "batches of 16" in panel.rate.slider.toolTip()
    panel.set_value(TrainingConfig(optimizer="adam"), 4.0, 100)
    assert "scales its own steps" in panel.rate.slider.toolTip()
