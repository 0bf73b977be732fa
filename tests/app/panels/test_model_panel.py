from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.model_panel import ModelPanel
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.network.presets import CLASSICS
from slp_core.training.config import TrainingConfig
from tests.app.conftest import Ear

TASKS = ("binary", "multiclass", "regression")


@pytest.fixture
def panel(qtbot: QtBot) -> ModelPanel:
    made = ModelPanel()
    qtbot.addWidget(made)
    return made


def test_an_open_pair_is_shown_as_it_will_be(panel: ModelPanel) -> None:
    shown: dict[str, tuple[str | None, str | None]] = {}
    for task in TASKS:
        panel.set_value(TrainingConfig(), task)
        shown[task] = (panel.activation.value(), panel.loss.value())
    assert shown == {
        "binary": ("sigmoid", "cross_entropy"),
        "multiclass": ("softmax", "cross_entropy"),
        "regression": ("identity", "quadratic"),
    }


@pytest.mark.parametrize(
    "config",
    [
        TrainingConfig(),
        TrainingConfig(activation="tanh", loss="hinge", l1=0.1, l2=1e-3, bias=False),
        TrainingConfig(initializer="xavier", seed=12, class_weights="balanced", epochs=7),
    ],
)
def test_value_comes_back_and_setting_is_silent(
    panel: ModelPanel, heard: Ear, config: TrainingConfig
) -> None:
    told = heard(panel.value_changed)
    panel.set_value(config, "binary")
    assert (panel.value(), told) == (config, [])
    assert panel.bias.isChecked() == config.bias
    assert panel.l1.value() == config.l1


def test_each_field_edits_its_part_and_leaves_the_pair_open(panel: ModelPanel, heard: Ear) -> None:
    panel.set_value(TrainingConfig(epochs=7), "binary")
    told = heard(panel.value_changed)
    panel.bias.click()
    QTest.keyClick(panel.l1, Qt.Key.Key_Up)
    QTest.keyClick(panel.l2, Qt.Key.Key_PageUp)
    QTest.keyClick(panel.seed, Qt.Key.Key_Up)
    QTest.keyClick(panel.initializer, Qt.Key.Key_Down)
    QTest.keyClick(panel.class_weights, Qt.Key.Key_Down)
    assert len(told) == 6
    last = told[-1]
    assert (last.bias, last.l1, last.seed, last.epochs) == (False, 0.001, 1, 7)
    assert (last.initializer, last.class_weights) == ("normal", "balanced")
    assert (last.activation, last.loss) == (None, None)


def test_choosing_an_activation_settles_the_pair(panel: ModelPanel, heard: Ear) -> None:
    panel.set_value(TrainingConfig(loss="quadratic"), "binary")
    told = heard(panel.value_changed)
    panel.activation.activated.emit(list(ACTIVATIONS).index("sigmoid"))
    panel.loss.activated.emit(list(LOSSES).index("cross_entropy"))
    assert [(c.activation, c.loss) for c in told] == [
        ("sigmoid", "quadratic"),
        ("sigmoid", "cross_entropy"),
    ]
    assert panel.card.value() == pair("sigmoid", "cross_entropy")


def test_what_cannot_be_is_greyed_with_the_reason(panel: ModelPanel) -> None:
    for activation in ACTIVATIONS:
        for loss in LOSSES:
            panel.set_value(TrainingConfig(activation=activation, loss=loss), "binary")
            check_greys(panel, activation, loss)


def check_greys(panel: ModelPanel, activation: str, loss: str) -> None:
    for key in LOSSES:
        judged = pair(activation, key)
        assert panel.loss.is_refused(key) == (judged.status == "undefined")
        if judged.status == "undefined":
            assert panel.loss.tip_of(key) == judged.reason
    for key in ACTIVATIONS:
        refused = pair(key, loss).status == "undefined"
        assert panel.activation.is_refused(key) == refused


def test_what_learns_badly_is_marked(panel: ModelPanel) -> None:
    panel.set_value(TrainingConfig(activation="sigmoid", loss="quadratic"), "binary")
    assert panel.loss.mark() is not None
    panel.set_value(TrainingConfig(activation="sigmoid", loss="cross_entropy"), "binary")
    assert panel.loss.mark() is None
    assert panel.loss.tip_of("quadratic").startswith("Saturates: ")


def test_a_numeric_target_refuses_what_separates_classes(panel: ModelPanel) -> None:
    panel.set_value(TrainingConfig(), "regression")
    assert panel.activation.is_refused("softmax")
    assert panel.loss.is_refused("hinge")
    assert not panel.activation.is_refused("sigmoid")
    assert panel.class_weights.is_refused("balanced")
    panel.set_value(TrainingConfig(), "regression", (-3.0, 40.0))
    assert panel.activation.is_refused("sigmoid")
    assert "-3" in panel.activation.tip_of("sigmoid")
    assert not panel.activation.is_refused("identity")


def test_from_every_allowed_pair_something_else_can_be_chosen(panel: ModelPanel) -> None:
    for activation in ACTIVATIONS:
        for loss in LOSSES:
            if pair(activation, loss).status == "undefined":
                continue
            panel.set_value(TrainingConfig(activation=activation, loss=loss), "binary")
            assert not panel.loss.is_refused(loss)
            assert sum(not panel.loss.is_refused(key) for key in LOSSES) > 1


@pytest.mark.parametrize("key", CLASSICS)
def test_a_classic_is_one_click(panel: ModelPanel, heard: Ear, key: str) -> None:
    row = CLASSICS[key]
    panel.set_value(TrainingConfig(epochs=7, seed=3), row.tasks[0])
    told = heard(panel.value_changed)
    panel.classic(key).trigger()
    config = panel.value()
    assert {name: getattr(config, name) for name in row.settings} == dict(row.settings)
    assert (config.epochs, config.seed) == (row.settings.get("epochs", 7), 3)
    assert told == [config]


def test_classics_that_do_not_fit_the_task_say_why(panel: ModelPanel) -> None:
    panel.set_value(TrainingConfig(), "regression")
    for key, row in CLASSICS.items():
        fits = "regression" in row.tasks
        assert panel.classic(key).isEnabled() == fits
        assert fits or "not for" in panel.classic(key).toolTip()


def test_the_die_draws_another_seed(panel: ModelPanel, heard: Ear) -> None:
    panel.set_value(TrainingConfig(seed=999_999), "binary")
    told = heard(panel.value_changed)
    panel.die.click()
    assert len(told) == 1
    assert 0 <= told[0].seed < 10_000


def test_the_fold_shows_what_a_classic_leaves_behind(panel: ModelPanel) -> None:
    panel.set_value(TrainingConfig(), "binary")
    assert panel.more.text() == "More"
    panel.classic("linear_svm").trigger()
    left = panel.value()
    assert left.l2 > 0.0
    assert panel.more.text() == "More •"
    assert "L2 penalty" in panel.more.tip()
    panel.set_value(TrainingConfig(), "binary")
    assert "•" not in panel.more.text()
    assert "L2 penalty" not in panel.more.tip()
