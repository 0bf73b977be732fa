"""Every view of the workbench, declared once: panes, menus and shortcuts read these rows.

How a view is built is the window's business, see ``app.window.view_builders``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewKind:
    """One view. ``text`` is the menu's, with its mnemonic; ``summary`` is one sentence."""

    key: str
    label: str
    text: str
    summary: str
    shortcut: str = ""


VIEW_KINDS: Mapping[str, ViewKind] = MappingProxyType(
    {
        kind.key: kind
        for kind in (
            ViewKind(
                key="decision",
                label="Decision",
                text="&Decision",
                summary="What the model says everywhere, and the samples it learns from.",
                shortcut="Alt+1",
            ),
            ViewKind(
                key="table",
                label="Table",
                text="&Table",
                summary="The rows, with what the model says of each.",
                shortcut="Alt+6",
            ),
            ViewKind(
                key="loss",
                label="Loss",
                text="&Loss",
                summary="The objective over the training and the validation samples.",
                shortcut="Alt+2",
            ),
            ViewKind(
                key="gradient",
                label="Gradient norm",
                text="&Gradient norm",
                summary="How long the gradient was: small where the loss is flat.",
                shortcut="Alt+3",
            ),
            ViewKind(
                key="step",
                label="Step size",
                text="Step si&ze",
                summary="By how much of their length each update changes the weights.",
            ),
            ViewKind(
                key="rate",
                label="Learning rate",
                text="Learning rate and sc&hedule",
                summary="The rate in force: the setting after its schedule and line search.",
            ),
            ViewKind(
                key="accuracy",
                label="Accuracy",
                text="&Accuracy",
                summary="How the accuracy (R² for a numeric target) went.",
                shortcut="Alt+4",
            ),
            ViewKind(
                key="activation",
                label="Activation",
                text="Acti&vation",
                summary="The activation, its slope and the samples' scores.",
                shortcut="Alt+5",
            ),
            ViewKind(
                key="pair",
                label="Pair plot",
                text="&Pair plot",
                summary="Loss and error signal over the score: saturated samples are stuck.",
            ),
            ViewKind(
                key="sample",
                label="One sample",
                text="&One sample",
                summary="A row followed through: score, output, loss, and what it adds to dW.",
            ),
            ViewKind(
                key="formulas",
                label="Formulas",
                text="Form&ulas",
                summary="The equations of the pair, typeset, with the numbers of now.",
            ),
            ViewKind(
                key="confusion",
                label="Confusion matrix",
                text="&Confusion matrix",
                summary="Which class is taken for which; a cell selects its rows.",
            ),
            ViewKind(
                key="roc",
                label="ROC curve",
                text="&ROC curve",
                summary="How well the scores separate the classes, at every threshold.",
            ),
            ViewKind(
                key="probabilities",
                label="Probabilities",
                text="Pro&babilities",
                summary="How sure the model is of each class, and how often it is right to be.",
            ),
            ViewKind(
                key="residuals",
                label="Residuals",
                text="Re&siduals",
                summary="Predicted against true numbers, and what is left over.",
            ),
            ViewKind(
                key="scores",
                label="Distances",
                text="D&istances",
                summary="How far each row lies from the boundary: exact in any dimension.",
            ),
            ViewKind(
                key="weights",
                label="Weights",
                text="&Weights",
                summary="All weights: bars, numbers to type, lines over time, pictures.",
            ),
            ViewKind(
                key="landscape",
                label="Loss landscape",
                text="Loss landscap&e",
                summary="The loss over two weights or the path's plane; start anywhere on it.",
            ),
            ViewKind(
                key="runs",
                label="Runs",
                text="Ru&ns",
                summary="All runs with the settings in which they differ, and how far they got.",
                shortcut="Alt+7",
            ),
            ViewKind(
                key="beside",
                label="Side by side",
                text="Side b&y side",
                summary="The decision views of the runs that are compared, with one range.",
                shortcut="Alt+8",
            ),
            ViewKind(
                key="lab",
                label="Gradient lab",
                text="Chec&k a gradient",
                summary="Type the gradient you derived: its mistakes get their names.",
                shortcut="Alt+9",
            ),
            ViewKind(
                key="experiments",
                label="Experiments",
                text="E&xperiments",
                summary="Five short runs that tell data, model and rate apart, one click each.",
            ),
            ViewKind(
                key="findings",
                label="Findings",
                text="&Findings",
                summary="The verdict with its evidence, exact answers, and all that was found.",
            ),
        )
    }
)

PANES: Mapping[str, str] = MappingProxyType(
    {
        "main": "decision",
        "below": "table",
        "first": "loss",
        "second": "gradient",
        "third": "activation",
    }
)
"""Every pane of the window, with the view it shows at first."""
