"""The MODEL panel: activation, loss, the pair card, where the weights start, penalties."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Literal, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QMenu, QToolButton, QWidget

from app.panels.choice_box import ChoiceBox, Option
from app.panels.compare_menu import HINT, CompareMenu, others
from app.panels.form import Disclosure, Form, Heading, IconButton, changed, line, panel_column
from app.panels.model_words import (
    TargetRange,
    activation_refusals,
    classic_refusal,
    loss_refusals,
    marks,
)
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.panels.pair_card import PairCard
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.initializers import INITIALIZERS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.network.presets import CLASSICS
from slp_core.training.config import CLASS_WEIGHTS, TrainingConfig
from slp_core.training.resolution import partners

PENALTY = Limits(low=0.0)
SEED = Limits(low=0, high=2**31 - 1, whole=True, ladder="one")
FOLDED = {
    "seed": "seed",
    "bias": "bias",
    "l1": "L1 penalty",
    "l2": "L2 penalty",
    "class_weights": "weighting",
}
"""What the fold holds, in words."""
WEIGHT_WORDS = {"none": "each sample", "balanced": "each class"}


class ModelPanel(QWidget):
    """A function of one `TrainingConfig`, of which it edits what makes the model and its start.

    An activation or loss that the configuration leaves open is shown as it will be decided.
    """

    value_changed = Signal(object)
    """The new `TrainingConfig`, after an edit by a person."""
    compare_asked = Signal(object)
    """Changes of settings (name -> value) that a second run beside this one is to have."""

    def __init__(self) -> None:
        super().__init__()
        self._value = TrainingConfig()
        self._task = "binary"
        self._range: TargetRange = None
        self._build_fields()
        self._lay_out()
        self._connect()
        self.set_value(self._value, self._task)

    def value(self) -> TrainingConfig:
        """The settings, all of them: those this panel does not edit are as they were set."""
        return self._value

    def set_value(
        self, config: TrainingConfig, task: str, target_range: TargetRange = None
    ) -> None:
        """Show settings for a task; says nothing.

        ``target_range`` is the smallest and largest number of a numeric target: with it, the
        activations that cannot reach it are greyed.
        """
        self._value, self._task, self._range = config, task, target_range
        self.l1.set_value(config.l1)
        self.l2.set_value(config.l2)
        self.bias.setChecked(config.bias)
        self.initializer.set_value(config.initializer)
        self.seed.set_value(config.seed)
        self.class_weights.set_value(config.class_weights)
        no_classes = "A numeric target has no classes to weigh." if task == "regression" else ""
        self.class_weights.set_refusals({"balanced": no_classes})
        self.more.set_changed(changed(config, TrainingConfig(), FOLDED))
        self._show_pair()

    def classic(self, key: str) -> QAction:
        """The menu entry of a classic."""
        return self._classics[key]

    def _build_fields(self) -> None:
        self.classics = IconButton("classics", "Well-known methods in one click.", "Classics ▾")
        self.classics.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.classics.setMenu(self._classics_menu())
        self.activation = ChoiceBox(f"What turns the score v into the output a. {HINT}")
        self.activation.set_options(_options(ACTIVATIONS))
        self.loss = ChoiceBox(f"How wrong an output is. {HINT}")
        self.loss.set_options(_options(LOSSES))
        self.card = PairCard()
        self.initializer = ChoiceBox("The weights that training starts from.")
        self.initializer.set_options(_options(INITIALIZERS))
        self.seed = NumberField(SEED, "Decides the drawn weights and the order of the samples.")
        self.die = IconButton("die", "Draw another seed.")
        self.bias = QCheckBox("Add a bias &b")
        self.bias.setToolTip("Lets the boundary lie away from the origin.")
        self.l1 = NumberField(PENALTY, "Adds l1 · Σ|w| to the loss: pushes weights to exactly 0.")
        self.l2 = NumberField(PENALTY, "Adds l2/2 · Σw² to the loss: keeps weights small.")
        self.class_weights = ChoiceBox("How much the samples of each class count.")
        self.class_weights.set_options(
            Option(key, WEIGHT_WORDS.get(key, key), text) for key, text in CLASS_WEIGHTS.items()
        )

    def _classics_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self._classics: dict[str, QAction] = {}
        for row in sorted(CLASSICS.values(), key=lambda row: row.year):
            # With a parent of its own: what addAction(text) returns belongs to Python alone.
            action = QAction(f"{row.label}\t{row.year}", menu)
            action.setData(row.key)
            menu.addAction(action)
            self._classics[row.key] = action
        return menu

    def _lay_out(self) -> None:
        heading = Heading("model", "Model")
        heading.add(self.classics)
        form, start, folded = Form(), Form(), Form()
        form.row("&Activation", self.activation)
        form.row("&Loss", self.loss)
        start.row("I&nitializer", self.initializer)
        folded.row("See&d", line(self.seed, self.die), self.seed)
        folded.wide(self.bias)
        folded.row("L1 penalty", self.l1)
        folded.row("L2 penalty", self.l2)
        folded.row("&Weighting", self.class_weights)
        self.more = Disclosure("More", folded, "Show seed, bias, penalties and class weights.")
        column = panel_column(self)
        for part in (heading, form, self.card, start, self.more):
            column.addWidget(part)

    def _connect(self) -> None:
        for field in (self.activation, self.loss, self.initializer, self.class_weights):
            field.value_changed.connect(self._edited)
        for field in (self.l1, self.l2, self.seed):
            field.value_changed.connect(self._edited)
        self.bias.clicked.connect(self._edited)
        self.die.clicked.connect(self._throw)
        for name, box in (
            ("activation", self.activation),
            ("loss", self.loss),
            ("class_weights", self.class_weights),
        ):
            menu = CompareMenu(box, partial(others, box))
            menu.asked.connect(partial(self._compare, name))
        self.classics.menu().triggered.connect(self._classic_chosen)

    @Slot()
    def _edited(self) -> None:
        activation, loss = partners(self._value, self._task)
        chosen = (self.activation.value(), self.loss.value())
        # A pair that was left open stays open until a person touches it.
        decided = (
            {"activation": chosen[0], "loss": chosen[1]} if chosen != (activation, loss) else {}
        )
        weights = cast(Literal["none", "balanced"], self.class_weights.value() or "none")
        value = replace(
            self._value,
            bias=self.bias.isChecked(),
            initializer=self.initializer.value() or "zeros",
            seed=int(self.seed.value() or 0),
            l1=float(self.l1.value() or 0.0),
            l2=float(self.l2.value() or 0.0),
            class_weights=weights,
            **cast(dict[str, Any], decided),
        )
        self._tell(value)

    def _compare(self, name: str, key: str) -> None:
        self.compare_asked.emit({name: key})

    @Slot()
    def _throw(self) -> None:
        """Another seed, small enough to be said aloud."""
        self.seed.set_value(random.randrange(10_000))  # noqa: S311 - a start, not a secret
        self._edited()

    @Slot(QAction)
    def _classic_chosen(self, action: QAction) -> None:
        settings = cast(dict[str, Any], dict(CLASSICS[action.data()].settings))
        self._tell(replace(self._value, **settings))

    def _tell(self, value: TrainingConfig) -> None:
        if value != self._value:
            self.set_value(value, self._task, self._range)
            self.value_changed.emit(value)

    def _show_pair(self) -> None:
        """Pair, card, and what may go with the other half of the pair."""
        activation, loss = partners(self._value, self._task)
        self.activation.set_value(activation)
        self.loss.set_value(loss)
        self.card.set_value(pair(activation, loss), self._task)
        self.activation.set_refusals(activation_refusals(loss, self._task, self._range))
        self.loss.set_refusals(loss_refusals(activation, self._task, self._range))
        self.activation.set_marks(marks([(key, pair(key, loss)) for key in ACTIVATIONS]))
        self.loss.set_marks(marks([(key, pair(activation, key)) for key in LOSSES]))
        for key, action in self._classics.items():
            reason = classic_refusal(key, self._task)
            action.setEnabled(not reason)
            action.setToolTip(reason or CLASSICS[key].summary)


def _options(rows: Mapping[str, Any]) -> list[Option]:
    """What is in parentheses is left out where there is no room."""
    return [
        Option(row.key, row.label, f"{row.formula}\n{row.summary}", row.label.split(" (")[0])
        for row in rows.values()
    ]
