"""Which plane a landscape is drawn over: two weights, or the main directions of the path."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.icons import icon
from app.plots.landscape_scene import Axes, flat_name
from app.plots.weights_path import path_of
from app.plots.weights_picker import Choice, Picker
from app.plots.weights_reading import Shown
from app.theme import Theme

_MODES = (
    Choice(
        "weights",
        "Two weights",
        "Each axis is one weight; all others are held.",
        short="Weights",
    ),
    Choice(
        "path",
        "Main directions of the path",
        "The plane that follows the path of training best.",
        short="Path",
    ),
)
RACE = (
    "Race optimizers: four runs from here on, each with another optimizer at its usual rate, from"
    " the same start; undo ends the race."
)
_LONGEST = 12
"""Letters of a weight on its button: its axis has the whole name."""


class LandscapeHeader(QWidget):
    """A choice of the plane, and of the two weights."""

    changed = Signal()
    race_asked = Signal()
    """Optimizers shall race here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mode = Picker("Plane", "What the landscape is drawn over.")
        right, up = "The weight that grows to the right.", "The weight that grows upwards."
        self.first = Picker("Weight to the right", right, most=_LONGEST)
        self.second = Picker("Weight upwards", up, most=_LONGEST)
        self._of: tuple[object, ...] = ()
        self._unmoved = False
        """Nobody has chosen, and nothing had moved to choose by."""
        self.mode.set_choices(_MODES)
        self.mode.set_value("weights")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for picker in (self.first, self.second, self.mode):
            line.addWidget(picker)
            picker.value_changed.connect(self._on_picked)
        self.race = _race_button()
        self.race.clicked.connect(self.race_asked)
        line.addWidget(self.race)

    @property
    def axes(self) -> Axes:
        """What is chosen."""
        if self.mode.value() == "path":
            return Axes()
        return Axes(int(self.first.value() or 0), int(self.second.value() or 0))

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        for picker in (self.mode, self.first, self.second):
            picker.set_theme(theme)
        self.race.setIcon(icon("race", theme))

    def offer(self, now: Shown) -> None:
        """The weights of these data; the two that have moved most are chosen at first."""
        key = (now.terms, now.outputs)
        if key == self._of and not self._unmoved:
            return
        if key != self._of:
            self._of = key
            choices = _choices(now)
            for picker in (self.first, self.second):
                picker.set_choices(choices)
            self._set(*_first_two(now))
            self._unmoved = True
        moved = _most_moved(now)
        if moved is not None:
            self._set(*moved)
            self._unmoved = False

    def _set(self, first: int, second: int) -> None:
        self.first.set_value(str(first))
        self.second.set_value(str(second))
        self._refuse_twins()

    def _refuse_twins(self) -> None:
        """One weight cannot be both axes; two names that are cut are told apart."""
        for picker, other in ((self.first, self.second), (self.second, self.first)):
            picker.set_beside(other.word)
            picker.set_choices(
                choice._replace(refusal="This weight is the other axis already.")
                if choice.key == other.value()
                else choice._replace(refusal="")
                for choice in picker.choices()
            )

    def _on_picked(self, _key: str) -> None:
        self._unmoved = False
        self._refuse_twins()
        for picker in (self.first, self.second):
            picker.setVisible(self.mode.value() == "weights")
        self.changed.emit()


def _race_button() -> QToolButton:
    """Starts a race; as quiet as the other buttons of a header."""
    button = QToolButton()
    button.setObjectName("race")
    button.setAutoRaise(True)
    button.setIconSize(QSize(16, 16))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(RACE)
    button.setAccessibleName("Race optimizers")
    button.setAccessibleDescription(RACE)
    return button


def _first_two(now: Shown) -> tuple[int, int]:
    """The first two terms of the first output; the only term and its bias."""
    d, k = len(now.terms), len(now.outputs)
    return (0, k) if d > 1 else (0, d * k)


def _most_moved(now: Shown) -> tuple[int, int] | None:
    """The two weights that have moved most, in their order; None while there are none."""
    if len(now.terms) == 1:
        return None
    _, path = path_of(now.run)
    moved = np.abs(path[-1].W - path[0].W).ravel()
    if not (np.isfinite(moved).all() and np.count_nonzero(moved) > 1):
        return None
    first, second = sorted(np.argsort(-moved, kind="stable")[:2].tolist())
    return first, second


def _choices(now: Shown) -> tuple[Choice, ...]:
    """Every weight and bias, by output where there are several."""
    d, k = len(now.terms), len(now.outputs)
    order = [t * k + o for o in range(k) for t in range(d)]
    if k == 1:
        return tuple(_choice(now, n) for n in (*order, d))
    found: list[Choice] = []
    for output in range(k):
        group = now.outputs[output]
        numbers = (*order[output * d : (output + 1) * d], d * k + output)
        found += [_choice(now, n, group) for n in numbers]
    return tuple(found)


def _choice(now: Shown, number: int, group: str = "") -> Choice:
    name = flat_name(now, number)
    return Choice(str(number), name, "", group, short=name.removeprefix("w "))
