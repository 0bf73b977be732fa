"""The one judge of which activation goes with which loss, with one sentence of why.

The menus, the command line and the card on the screen all ask `pair`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from slp_core.errors import ConfigError
from slp_core.network.activations import ACTIVATIONS, Activation
from slp_core.network.losses import LOSSES, Loss
from slp_core.network.reasons import error_signal, error_signal_latex, reason

_Row = TypeVar("_Row")
Status = Literal["canonical", "works", "saturates", "cannot_learn", "undefined"]
Targets = tuple[int, int] | Literal["one_hot", "real"]

_CANONICAL = frozenset(
    {
        ("sigmoid", "cross_entropy"),
        ("softmax", "cross_entropy"),
        ("identity", "quadratic"),
        ("step", "perceptron"),
    }
)
_MARGIN_LOSSES = frozenset({"hinge", "squared_hinge", "perceptron"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The judgement on one activation with one loss.

    Attributes
    ----------
    activation, loss
        Keys of the two rows.
    status
        canonical: made for each other, the error signal is a - y (step and perceptron: as their
        targets are -1 and 1, -y for each mistake). works: learns from every start.
        saturates: learns, but a sure and wrong output gets next to no signal. cannot_learn: the
        gradient is 0 everywhere. undefined: the loss does not exist for some outputs.
    reason
        One sentence of why.
    targets
        How classes are coded: (0, 1), (-1, 1), "one_hot" (1 for the class, 0 for the others), or
        "real" (any number; classes as -1 and 1).
    error_signal, latex
        dL/dv for one sample, in Unicode and for LaTeX.
    """

    activation: str
    loss: str
    status: Status
    reason: str
    targets: Targets
    error_signal: str
    latex: str

    @property
    def label(self) -> str:
        """For example "Sigmoid + Cross-entropy"."""
        return f"{ACTIVATIONS[self.activation].label} + {LOSSES[self.loss].label}"

    @property
    def coupled(self) -> bool:
        """Whether one output's error signal depends on the other outputs' scores (softmax)."""
        return not ACTIVATIONS[self.activation].elementwise and LOSSES[self.loss].space == "output"

    @property
    def target_values(self) -> tuple[float, float]:
        """The two numbers that code "not this class" and "this class"."""
        if self.targets == "one_hot":
            return (0.0, 1.0)
        if self.targets == "real":
            return (-1.0, 1.0)
        return (float(self.targets[0]), float(self.targets[1]))


@cache
def pair(activation: str, loss: str) -> Pair:
    """Judge an activation with a loss.

    Parameters
    ----------
    activation, loss
        Keys of `ACTIVATIONS` and `LOSSES`.

    Raises
    ------
    ConfigError
        When a key is unknown; ``allowed`` lists the known ones.
    """
    f = _row("activation", activation, ACTIVATIONS)
    cost = _row("loss", loss, LOSSES)
    status = _status(f, cost)
    return Pair(
        activation=activation,
        loss=loss,
        status=status,
        reason=reason(activation, loss),
        targets=_targets(activation, loss),
        error_signal=error_signal(activation, loss),
        latex=error_signal_latex(activation, loss),
    )


def _row(field: str, key: str, rows: Mapping[str, _Row]) -> _Row:
    if key not in rows:
        allowed = tuple(rows)
        raise ConfigError(
            f"There is no {field} {key!r}; choose one of {', '.join(allowed)}.",
            field=field,
            value=key,
            allowed=allowed,
        )
    return rows[key]


def _status(f: Activation, cost: Loss) -> Status:
    if (f.key, cost.key) in _CANONICAL:
        return "canonical"
    if cost.space == "score":
        return "works"
    if f.key == "step":
        return "cannot_learn"
    if cost.key == "cross_entropy":
        return "works" if f.range == (0.0, 1.0) else "undefined"
    return "saturates" if any(f.dead) else "works"


def _targets(activation: str, loss: str) -> Targets:
    if loss in _MARGIN_LOSSES:
        return (-1, 1)
    if activation == "softmax":
        return "one_hot"
    if loss == "cross_entropy":
        return (0, 1)
    if activation in ("tanh", "softsign"):
        return (-1, 1)
    return "real" if activation == "identity" else (0, 1)
