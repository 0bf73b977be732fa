"""One sentence about a run, with the numbers it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from slp_core.training.history import History
from slp_core.training.snapshot import Snapshot

VerdictKind = Literal[
    "not_finite",
    "diverged",
    "bouncing",
    "saturated",
    "penalty_dominates",
    "too_slow",
    "overfitting",
    "gradient_suspect",
    "separable",
    "converged",
    "improving",
]

_FLAT: Final = 1e-3
"""A loss that moved by less than this share over the second half of the run is flat."""
_SMALL_GRADIENT: Final = 1e-3
"""A gradient counts as small against the first one of the same run: no absolute limit fits all."""
_CLIMB: Final = 2.0
"""A loss this many times its best, and its value half-way, is running away."""
_NOT_CONVEX: Final = " The objective is not convex: other starts may end lower."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run came to: a key for programs, a sentence for people."""

    kind: VerdictKind
    text: str


def judge(snapshot: Snapshot) -> Verdict:
    """The verdict on a run as it stands at ``snapshot``.

    Where the objective is convex in the weights, a vanishing gradient means the best there is.
    Elsewhere only an optimizer that came to rest counts, and the sentence says what is not known:
    a flat loss may be a plateau.
    """
    stop = snapshot.stop
    if stop is not None and stop.kind == "not_finite":
        return Verdict("not_finite", stop.text)
    snapshot = _since_objective(snapshot)
    if snapshot.update == _begin(snapshot):
        return Verdict("improving", _not_moved(snapshot))
    if _runs_away(snapshot):
        return Verdict("diverged", _running_away(snapshot))
    at_rest = _ended_at_rest(snapshot)
    convex = _is_convex(snapshot)
    if _gradient_vanished(snapshot) and (at_rest or (convex and _is_flat(snapshot))):
        return Verdict("converged", _settled(snapshot) + ("" if convex else _NOT_CONVEX))
    if at_rest:
        return Verdict("improving", f"No step lowers the loss any further. {_settled(snapshot)}")
    return Verdict("improving", _moving(snapshot))


def _since_objective(snapshot: Snapshot) -> Snapshot:
    """The same with the points alone whose losses and gradients belong to one objective."""
    history = snapshot.history
    comparable = History(history.table[:, snapshot.objective_point :], history.checkpoints)
    return replace(snapshot, history=comparable)


def _begin(snapshot: Snapshot) -> int:
    """The update of the first comparable point; the present one if there is none."""
    history = snapshot.history
    return int(history.update[0]) if len(history) else snapshot.update


def _not_moved(snapshot: Snapshot) -> str:
    if snapshot.objective_point:
        return f"The objective has just changed; the loss is now {snapshot.loss:.4g}."
    return f"No update has been made; the loss is {snapshot.loss:.4g}."


def _halfway(history: History, update: int) -> tuple[int, float]:
    """(update, loss) of the last point in the first half of the run."""
    updates = history.update
    point = max(int((updates <= (updates[0] + update) // 2).sum()) - 1, 0)
    return int(updates[point]), float(history.loss[point])


def _runs_away(snapshot: Snapshot) -> bool:
    first = float(snapshot.history.loss[0])
    _, halfway = _halfway(snapshot.history, snapshot.update)
    # The perceptron's loss is 0 at a start of zeros, hence the comparison with half-way as well.
    return snapshot.loss > max(_CLIMB * snapshot.best_loss, _CLIMB * halfway, first)


def _running_away(snapshot: Snapshot) -> str:
    return (
        f"The loss runs away: {snapshot.loss:.4g} at update {snapshot.update}, "
        f"{snapshot.best_loss:.4g} at its best (update {snapshot.best_update}). "
        f"Lower the learning rate, now {snapshot.learning_rate:.4g}."
    )


def _is_convex(snapshot: Snapshot) -> bool:
    """Whether the objective of the pair is convex in the weights.

    Every loss here is convex in a linear output; cross-entropy with sigmoid, softmax or probit
    is convex in the score (their logarithms are concave); the perceptron's lives on the score.
    """
    activation, loss = snapshot.config.activation, snapshot.config.loss
    log_concave = activation in ("sigmoid", "softmax", "probit") and loss == "cross_entropy"
    return log_concave or activation == "identity" or loss == "perceptron"


def _is_flat(snapshot: Snapshot) -> bool:
    _, halfway = _halfway(snapshot.history, snapshot.update)
    return abs(halfway - snapshot.loss) <= _FLAT * abs(snapshot.loss)


def _ended_at_rest(snapshot: Snapshot) -> bool:
    """Whether the optimizer itself found nothing more to do."""
    return snapshot.stop is not None and snapshot.stop.kind == "converged"


def _gradient_vanished(snapshot: Snapshot) -> bool:
    """Against the first one; one that was 0 from the start has not vanished."""
    first = float(snapshot.history.gradient_norm[0])
    return first > 0.0 and snapshot.gradient_norm <= _SMALL_GRADIENT * first


def _settled(snapshot: Snapshot) -> str:
    first = float(snapshot.history.gradient_norm[0])
    made = snapshot.update - _begin(snapshot)
    return (
        f"The loss is {snapshot.loss:.4g} and the gradient norm has gone "
        f"from {first:.3g} to {snapshot.gradient_norm:.3g} in {made} updates."
    )


def _moving(snapshot: Snapshot) -> str:
    update, halfway = _halfway(snapshot.history, snapshot.update)
    fallen = halfway - snapshot.loss
    course = (
        f"{halfway:.4g} at update {update}, {snapshot.loss:.4g} at update {snapshot.update}; "
        f"gradient norm {snapshot.gradient_norm:.3g}."
    )
    if fallen <= _FLAT * abs(snapshot.loss):
        return f"The loss no longer falls: {course}"
    return f"Still falling, by {fallen / abs(halfway):.2g} of itself since half-way: {course}"
