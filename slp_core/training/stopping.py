"""Why a run ended: a value for programs, a sentence with the numbers for people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from slp_core.training.config import TrainingConfig

StopKind = Literal[
    "epochs", "loss", "gradient", "seconds", "patience", "not_finite", "user", "converged"
]
Quantity = Literal["score", "loss", "gradient", "weights"]


@dataclass(frozen=True, slots=True)
class NotFinite:
    """The first quantity that left the finite numbers.

    ``where`` is the index of its first bad element: (sample, output) of a score, (sample,) of a
    loss, (term, output) of a weight or its gradient, (output,) of a bias or its gradient, () of a
    sum over everything. ``count`` of ``size`` elements were bad, and ``update`` updates were made
    before.
    """

    quantity: Quantity
    where: tuple[int, ...]
    count: int
    size: int
    update: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended; ``not_finite`` carries the details of that kind, else None."""

    kind: StopKind
    text: str
    not_finite: NotFinite | None = None


class Patience:
    """Counts the epochs since the watched loss was last better."""

    def __init__(self, epoch: int = 0) -> None:
        """Begin to count at ``epoch``, with whatever the loss is there or at the next one seen."""
        self.best = math.inf
        self.best_epoch = epoch
        self._epoch = epoch - 1

    def see(self, epoch: int, loss: float) -> None:
        """The loss at the end of an epoch; an epoch seen before changes nothing."""
        if epoch <= self._epoch:
            return
        self._epoch = epoch
        if loss < self.best:
            self.best, self.best_epoch = loss, epoch

    @property
    def waited(self) -> int:
        """Epochs since the best one."""
        return max(self._epoch - self.best_epoch, 0)


def watches_values(config: TrainingConfig) -> bool:
    """Whether a stop rule wants to see the loss at the end of every epoch."""
    rules = (config.stop_loss, config.stop_gradient, config.patience)
    return any(rule is not None for rule in rules)


def epochs_stop(config: TrainingConfig, epoch: int) -> Stop | None:
    """The end of a run that has made its epochs."""
    if epoch < config.epochs:
        return None
    return Stop("epochs", f"All {config.epochs} epochs are done.")


def value_stop(
    config: TrainingConfig, epoch: float, loss: float, gradient_norm: float
) -> Stop | None:
    """The end of a run whose loss or gradient norm is small enough."""
    if config.stop_loss is not None and loss <= config.stop_loss:
        return Stop(
            "loss", f"The loss {loss:.6g} reached {config.stop_loss:g} after {epoch:.6g} epochs."
        )
    if config.stop_gradient is not None and gradient_norm <= config.stop_gradient:
        return Stop(
            "gradient",
            f"The gradient norm {gradient_norm:.3g} reached {config.stop_gradient:g}"
            f" after {epoch:.6g} epochs.",
        )
    return None


def patience_stop(config: TrainingConfig, patience: Patience, watched: str) -> Stop | None:
    """The end of a run whose watched loss has not got better for too long."""
    if config.patience is None or patience.waited < config.patience:
        return None
    best = f"; its best was {patience.best:.6g} at epoch {patience.best_epoch}"
    return Stop(
        "patience",
        f"The {watched} loss has not got better for {patience.waited} epochs"
        f"{best if math.isfinite(patience.best) else ''}.",
    )


def seconds_stop(config: TrainingConfig, seconds: float) -> Stop | None:
    """The end of a run that has used its time."""
    if config.stop_seconds is None or seconds < config.stop_seconds:
        return None
    return Stop("seconds", f"The {config.stop_seconds:g} seconds are used up.")


def converged_stop(updates: int, gradient_norm: float) -> Stop:
    """The end of a run whose optimizer finds nothing better in its direction."""
    return Stop(
        "converged",
        f"Converged after {updates} updates: no step lowers the loss any further"
        f" (gradient norm {gradient_norm:.3g}).",
    )


def not_finite_stop(found: NotFinite, reached: int) -> Stop:
    """The end of a run that left the finite numbers.

    ``reached`` updates had led to where they were left: one more than ``found`` has if the last of
    them was taken back.
    """
    first = f", first at {_place(found)}" if found.where else ""
    many = f"{found.count} of {found.size} values{first}"
    values = "" if found.quantity == "loss" else f" ({many})"
    if reached == 0:
        text = (
            f"The {found.quantity} is not finite at the start{values}, so no update can be made."
            " Start from smaller weights, scale the features or choose another loss."
        )
    elif reached > found.update:
        text = (
            f"Stopped in update {reached}: the {found.quantity} is no longer finite{values}."
            " The weights before it are kept; lower the learning rate or scale the features."
        )
    else:
        text = (
            f"Stopped after update {reached}: the {found.quantity} is no longer finite{values}."
            " Start again with a lower learning rate, or scale the features."
        )
    return Stop("not_finite", text, found)


def _place(found: NotFinite) -> str:
    where = found.where
    if found.quantity in ("score", "loss"):
        names = ("sample", "output")
    else:
        names = ("term", "output") if len(where) == 2 else ("bias of output",)
    return ", ".join(f"{name} {i + 1}" for name, i in zip(names, where, strict=False))
