"""Exact answers to look at: the best weights, a line without errors, rows that prove something."""

from __future__ import annotations

from itertools import count
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.moment import Told
from slp_core.network.parameters import Parameters

BEST: Final = "Go to the best weights"
APART: Final = "Go to a line without errors"
PROOF: Final = "Select the rows that prove it"
FLOOR: Final = "Select the rows that contradict each other"
_TIPS: Final = {
    BEST: "Go on from the weights with the best loss; undo brings back the present ones.",
    APART: "Go on from weights that get every sample right; undo brings back the present ones.",
    PROOF: "Rows of two classes of which a mix is one and the same point: no line parts them.",
    FLOOR: "Rows with equal inputs and different targets: no model gets all of them right.",
}
_GESTURES = count(1_000_000)
"""Numbers of their own, so that no two steps of undo become one."""


class AnswerLinks(QWidget):
    """A function of one `Told`: a link for each answer that can be shown."""

    parameters_edited = Signal(object, str, int)
    """Weights to go on from, what that is called, and a number of its own."""
    places_asked = Signal(object)
    """Places (r,) of the training samples that are to be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._weights: dict[str, Parameters] = {}
        self._places: dict[str, tuple[int, ...]] = {}
        self.buttons = {text: self._button(text) for text in _TIPS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for button in self.buttons.values():
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(None)

    def set_value(self, told: Told | None) -> None:
        """Offer what there is."""
        self._weights, self._places = _weights(told), _places(told)
        for text, button in self.buttons.items():
            button.setVisible(text in self._weights or text in self._places)
        self.setVisible(bool(self._weights or self._places))

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setFlat(True)
        button.setProperty("role", "link")
        button.setToolTip(_TIPS[text])
        button.setAccessibleDescription(_TIPS[text])
        button.clicked.connect(lambda: self._ask(text))
        return button

    def _ask(self, text: str) -> None:
        if text in self._weights:
            self.parameters_edited.emit(self._weights[text], text, next(_GESTURES))
        elif text in self._places:
            self.places_asked.emit(self._places[text])


def _weights(told: Told | None) -> dict[str, Parameters]:
    """Weights that the model of now can take."""
    if told is None or told.diagnosis is None:
        return {}
    answers, now = told.diagnosis.answers, told.snapshot.parameters
    found: dict[str, Parameters] = {}
    if answers.best.attained:
        found |= _fitting(BEST, answers.best.parameters, now)
    if answers.separability is not None:
        found |= _fitting(APART, answers.separability.weights, now)
    return found


def _fitting(text: str, weights: Parameters | None, now: Parameters) -> dict[str, Parameters]:
    """The weights, where the model has the shape for them."""
    fits = weights is not None and weights.W.shape == now.W.shape and weights.is_finite
    return {text: weights} if fits and weights is not None else {}


def _places(told: Told | None) -> dict[str, tuple[int, ...]]:
    """Rows that prove something."""
    if told is None or told.diagnosis is None:
        return {}
    answers = told.diagnosis.answers
    found: dict[str, tuple[int, ...]] = {}
    if answers.separability is not None and answers.separability.rows:
        found[PROOF] = answers.separability.rows
    if answers.floor.rows.size:
        found[FLOOR] = tuple(answers.floor.rows.tolist())
    return found
