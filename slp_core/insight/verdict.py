"""One sentence about a run, with the numbers it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from slp_core.insight import monitors_rules as rules
from slp_core.insight.gradient.followed import Followed
from slp_core.insight.monitors_facts import Facts, facts_of, way_text
from slp_core.insight.optimum import BestLoss
from slp_core.insight.optimum_problem import is_convex
from slp_core.insight.verdict_text import (
    caught_advice,
    evidence,
    far_from_best,
    moving,
    restless,
    running_away,
    settled,
)
from slp_core.insight.verdict_typed import typed_line, typed_text
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

FLAT: Final = 1e-3
"""A loss that moved by less than this share over the second half of the run is flat."""
SMALL_GRADIENT: Final = 1e-3
"""A gradient counts as small against the first one of the same run: no absolute limit fits all."""
REACHED: Final = 0.01
"""Share of the way that may be left at the best."""
NEAR: Final = 0.1
"""Share of the way within which the noise of mini-batches counts as having arrived."""
_NOT_CONVEX: Final = " The objective is not convex: other starts may end lower."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run came to: a key for programs, a sentence for people.

    ``evidence`` holds the figures behind it, one line each: the answer to "why?".
    """

    kind: VerdictKind
    text: str
    evidence: tuple[str, ...] = ()


def judge(
    snapshot: Snapshot,
    best: BestLoss | None = None,
    stable_rate: float | None = None,
    separable: bool | None = None,
    followed: Followed | None = None,
) -> Verdict:
    """The verdict on a run as it stands at ``snapshot``.

    Parameters
    ----------
    best, stable_rate, separable
        The exact answers for these data and settings. With the best reachable loss, "converged or
        stuck" is a subtraction. Without it, where the objective is convex in the weights, a
        vanishing gradient means the best there is; elsewhere only an optimizer that came to rest
        counts, and the sentence says what is not known: a flat loss may be a plateau.
    followed
        What is known of a typed gradient that the steps follow in place of the objective's.
    """
    facts = facts_of(snapshot, best, stable_rate)
    with np.errstate(all="ignore"):
        lines = evidence(facts, separable)
        if followed is not None and followed.misleads:
            return Verdict(_misled(snapshot), typed_text(facts, followed), lines)
        if followed is not None:
            lines = (typed_line(followed), *lines)
        kind, text = _decide(facts, separable)
        return Verdict(kind, text, lines)


def _misled(snapshot: Snapshot) -> VerdictKind:
    ended = snapshot.stop is not None and snapshot.stop.kind == "not_finite"
    return "not_finite" if ended else "gradient_suspect"


def _decide(facts: Facts, separable: bool | None) -> tuple[VerdictKind, str]:
    snapshot = facts.snapshot
    if snapshot.stop is not None and snapshot.stop.kind == "not_finite":
        return "not_finite", snapshot.stop.text
    if snapshot.update == facts.begin:
        return "improving", _not_moved(snapshot)
    return (
        _wrong(facts)
        or _arrived(facts, separable)
        or _stuck(facts)
        or _without_measure(facts)
        or ("improving", moving(facts, FLAT))
    )


def _not_moved(snapshot: Snapshot) -> str:
    if snapshot.objective_point:
        return f"Data or settings were just changed; the loss is now {snapshot.loss:.4g}."
    return f"No update has been made; the loss is {snapshot.loss:.4g}."


def _wrong(facts: Facts) -> tuple[VerdictKind, str] | None:
    """What is a fault however low the loss may be."""
    if (seen := rules.breaks_promise(facts)) is not None:
        sign = ": its sign, or that of a part, is wrong" if seen.figure < 0.0 else ""
        return "gradient_suspect", (
            f"Check the gradient{sign}. Its steps do {seen.figure:.3g} times what they promise at "
            f"a stable rate; the loss went from {facts.first_loss:.4g} to "
            f"{facts.snapshot.loss:.4g}."
        )
    if rules.runs_away(facts) is not None:
        return "diverged", running_away(facts)
    if (seen := rules.overfits(facts)) is not None:
        return "overfitting", (
            f"Overfits: since update {seen.since} the validation loss has risen by "
            f"{seen.figure:.0%}, to {facts.last('validation_loss'):.4g}, while the training loss "
            f"fell to {facts.snapshot.loss:.4g}. Stop there, or add a penalty."
        )
    return None


def _arrived(facts: Facts, separable: bool | None) -> tuple[VerdictKind, str] | None:
    """Where nothing more is to be had."""
    snapshot, gap = facts.snapshot, facts.gap
    if rules.separated(facts) is not None and rules.too_slow(facts) is None:
        return "separable", (
            "Every training sample is right, and the weights go on growing: a boundary without "
            f"errors has no finite optimum. The loss, {snapshot.loss:.4g}, can only creep towards "
            "its least value. Not a fault."
        )
    if (seen := rules.held_back(facts)) is not None:
        return "penalty_dominates", (
            f"The penalty dominates: it cancels the pull of the data with {seen.figure:.0%} of "
            f"what could be learnt left (loss {snapshot.loss:.4g}). Lower it."
        )
    if gap is None or gap > REACHED:
        return None
    return "converged", _as_good(facts, separable)


def _as_good(facts: Facts, separable: bool | None) -> str:
    snapshot, lowest = facts.snapshot, facts.lowest or 0.0
    best = facts.best
    sure = "" if best is not None and best.exact else f" {best.starts if best else 0} starts found"
    under = " under this penalty" if snapshot.config.l1 + snapshot.config.l2 > 0.0 else ""
    text = f"As good as one layer gets{under}: loss {snapshot.loss:.4g}, best{sure} {lowest:.4g}"
    if snapshot.accuracy is not None:
        text += f", accuracy {snapshot.accuracy:.1%}"
    elif snapshot.r2 is not None:
        text += f", R² {snapshot.r2:.3f}"
    text += "."
    if snapshot.accuracy is not None and snapshot.accuracy < 0.9 and separable is not True:
        text += " For more, add features: products of them (a higher degree), or others."
    return text


def _stuck(facts: Facts) -> tuple[VerdictKind, str] | None:
    """Flat, or nearly, far from the best: why, in the order of how sure the reason is."""
    snapshot = facts.snapshot
    if facts.pair.status == "cannot_learn":
        return "saturated", f"Cannot learn: {facts.pair.reason} The loss stays {snapshot.loss:.4g}."
    if (seen := rules.bounces(facts)) is not None:
        if facts.pair.loss == "perceptron":
            return "bouncing", restless(facts)
        how = f"cosine {seen.figure:.2f}" if seen.figure < 0.0 else f"{seen.figure:.0%} rising"
        return "bouncing", (
            f"Bounces across the valley since update {seen.since} ({how}) at a loss of "
            f"{snapshot.loss:.4g}{far_from_best(facts)}. Lower the learning rate, now "
            f"{snapshot.learning_rate:.4g}."
        )
    if (seen := rules.caught(facts)) is not None:
        mend = caught_advice(facts, rules.learns_when_wrong(facts))
        return "saturated", (
            f"Stuck: {seen.figure:.0%} of the samples are saturated and wrong, and the loss went "
            f"from {facts.first_loss:.4g} to {snapshot.loss:.4g} only{far_from_best(facts)}. {mend}"
        )
    if (seen := rules.too_slow(facts)) is not None:
        share = facts.rate_share or 0.0
        return "too_slow", (
            f"Too slow: {way_text(facts.gap or 0.0)} of the way is left at loss "
            f"{snapshot.loss:.4g}, and the rate {snapshot.learning_rate:.4g} is {share:.2g} of "
            "the largest stable one."
        )
    return _noise(facts)


def _noise(facts: Facts) -> tuple[VerdictKind, str] | None:
    """Mini-batches that have come as close as they get: no fault."""
    seen, gap = rules.noisy(facts), facts.gap
    if seen is None or gap is None or not facts.stalled:
        return None
    kind: VerdictKind = "converged" if gap <= NEAR else "improving"
    return kind, (
        f"As close as batches of {facts.snapshot.config.batch_size} get at this rate: loss "
        f"{facts.snapshot.loss:.4g}{far_from_best(facts)}. No fault: a falling rate or larger "
        "batches come closer."
    )


def _without_measure(facts: Facts) -> tuple[VerdictKind, str] | None:
    """By the gradient alone: the best loss is not known, or belongs to another valley."""
    snapshot = facts.snapshot
    at_rest = snapshot.stop is not None and snapshot.stop.kind == "converged"
    convex = is_convex(facts.pair)
    if _gradient_vanished(facts):
        if facts.gap is None and (at_rest or (convex and _is_flat(facts))):
            return "converged", settled(facts) + ("" if convex else _NOT_CONVEX)
        if facts.gap is not None and not convex and _is_flat(facts):
            lower = f" Other starts end lower, at {facts.lowest:.4g}."
            return "converged", f"At rest in a local optimum. {settled(facts)}{lower}"
    if at_rest:
        return "improving", f"No step lowers the loss any further. {settled(facts)}"
    return None


def _is_flat(facts: Facts) -> bool:
    return abs(facts.halfway[1] - facts.snapshot.loss) <= FLAT * abs(facts.snapshot.loss)


def _gradient_vanished(facts: Facts) -> bool:
    """Against the first one; one that was 0 from the start has not vanished."""
    first = float(facts.column("gradient_norm")[0])
    return first > 0.0 and facts.snapshot.gradient_norm <= SMALL_GRADIENT * first
