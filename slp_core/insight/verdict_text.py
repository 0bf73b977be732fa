"""The sentences of verdicts, and the lines of their evidence."""

from __future__ import annotations

import math
from collections.abc import Iterator

from slp_core.insight.monitors_facts import LATE, Facts, limit_text, way_text
from slp_core.insight.monitors_rules import epochs_needed


def figure(value: float, digits: int = 4) -> str:
    """A number with so many digits, or the words for one that is none any more."""
    return f"{value:.{digits}g}" if math.isfinite(value) else "no finite number"


def far_from_best(facts: Facts) -> str:
    """How much is left, for the middle of a sentence; nothing if that is not known."""
    gap, lowest = facts.gap, facts.lowest
    if gap is None or lowest is None:
        return ""
    if gap > 1.0:
        return f", worse than a constant answer (the best is {lowest:.4g})"
    return f", {way_text(gap)} of the way short of the best, {lowest:.4g}"


def running_away(facts: Facts) -> str:
    """A loss that climbs."""
    snapshot = facts.snapshot
    return (
        f"The loss runs away: {snapshot.loss:.4g} at update {snapshot.update}, "
        f"{snapshot.best_loss:.4g} at its best (update {snapshot.best_update}). "
        f"Lower the learning rate, now {snapshot.learning_rate:.4g}."
    )


def restless(facts: Facts) -> str:
    """A perceptron on classes that no line separates: its rate only scales the weights."""
    snapshot = facts.snapshot
    right = "" if snapshot.accuracy is None else f", {snapshot.accuracy:.1%} right at present"
    return (
        f"The perceptron does not come to rest (loss {snapshot.loss:.4g}{right}): it only would on "
        "a line without errors. Cross-entropy or a falling rate settles."
    )


def caught_advice(facts: Facts, learns_when_wrong: bool) -> str:
    """What gets samples out of saturation: the start is to blame only where the rate is not."""
    if learns_when_wrong:
        return "Lower the rate or scale the features."
    if facts.rate_share is not None and facts.rate_share > 1.0:
        too_large = limit_text(facts.rate_share, 2)
        return f"The rate, {too_large}, threw them there; cross-entropy would pull them back."
    config = facts.snapshot.config
    if config.start is None and config.initializer == "zeros":
        return "Cross-entropy would pull them back, or start again at a rate that is not too large."
    return "Cross-entropy would pull them back; so would a smaller start."


def settled(facts: Facts) -> str:
    """A gradient that has gone."""
    first = float(facts.column("gradient_norm")[0])
    made = facts.snapshot.update - facts.begin
    return (
        f"The loss is {facts.snapshot.loss:.4g} and the gradient norm has gone "
        f"from {first:.3g} to {facts.snapshot.gradient_norm:.3g} in {made} updates."
    )


def moving(facts: Facts, flat: float) -> str:
    """A run that is under way: what it gained of late, and what is left where that is known."""
    snapshot = facts.snapshot
    update, halfway = facts.halfway
    fallen = halfway - snapshot.loss
    course = (
        f"{halfway:.4g} at update {update}, {snapshot.loss:.4g} at update {snapshot.update}; "
        f"gradient norm {snapshot.gradient_norm:.3g}{_left(facts)}."
    )
    if fallen <= flat * abs(snapshot.loss):
        return f"The loss no longer falls: {course}"
    return f"Still falling, by {way_text(fallen / abs(halfway))} since half-way: {course}"


def _left(facts: Facts) -> str:
    gap = facts.gap
    if gap is None:
        return ""
    needed = epochs_needed(facts)
    more = f", about {rounded(needed)} epochs at this pace" if 0.0 < needed < 1e9 else ""
    if gap > 1.0:
        return f"; worse than a constant answer, and the best is {facts.lowest:.4g}{more}"
    way = f"{way_text(gap)} of the way from a constant answer to the best, {facts.lowest:.4g},"
    return f"; {way} is left{more}"


def rounded(number: float) -> str:
    """Two digits, upwards: an estimate that does not pretend to be more."""
    if number > 1e6:
        return f"{number:.1e}"
    digits = 10 ** max(int(math.log10(max(number, 1.0))) - 1, 0)
    return f"{int(math.ceil(number / digits) * digits):,}"


def evidence(facts: Facts, separable: bool | None) -> tuple[str, ...]:
    """The figures, one line each."""
    return tuple(_lines(facts, separable))


def _lines(facts: Facts, separable: bool | None) -> Iterator[str]:
    snapshot = facts.snapshot
    if not facts.count:
        return
    update, halfway = facts.halfway
    yield (
        f"Loss {facts.first_loss:.4g} at the start, {halfway:.4g} at update {update}, "
        f"{figure(snapshot.loss)} now."
    )
    if facts.best is not None:
        yield facts.best.text
    yield from _above(facts)
    if facts.gap is not None:
        yield (
            f"{way_text(facts.gap)} of the way from a constant answer to the best is left."
            if facts.gap <= 1.0
            else "A constant answer would do better."
        )
    first = float(facts.column("gradient_norm")[0])
    yield f"Gradient norm {first:.3g} at the start, {figure(snapshot.gradient_norm, 3)} now."
    if facts.rate_share is not None:
        yield (
            f"Learning rate {snapshot.learning_rate:.4g}: {limit_text(facts.rate_share)}, "
            f"{facts.stable_rate:.4g}."
        )
    yield from _shares(facts)
    yield from _validation(facts)
    if separable is not None:
        can = "can" if separable else "cannot"
        yield f"One layer {can} separate the classes."


def _above(facts: Facts) -> Iterator[str]:
    """How far the loss lies above the best, where that is not 0."""
    lowest, loss = facts.lowest, facts.snapshot.loss
    if lowest is None or not lowest > 0.0 or not math.isfinite(loss):
        return
    share = loss / lowest - 1.0
    if share >= 9.0:
        yield f"The loss is {1.0 + share:.3g} times the best that one layer can reach."
    elif share >= 5e-4:
        yield f"The loss is {way_text(share)} above the best that one layer can reach."


def _shares(facts: Facts) -> Iterator[str]:
    turn, flat = facts.last("turn"), facts.last("saturated")
    if facts.full_batch and facts.count > LATE and not math.isnan(turn):
        yield f"Cosine of the last gradient with the step before it: {turn:.2f}."
    if flat > 0.0:
        wrong, update = facts.last("saturated_wrong"), facts.last("update")
        late = "" if update == facts.snapshot.update else f" at update {update:.0f}"
        is_ = "was" if late else "is"
        yield (
            f"The activation {is_} flat for {flat:.1%} of the samples{late}; "
            f"{wrong:.1%} flat and wrong."
        )
    if facts.last("largest_class") >= 1.0:
        yield "Every sample is decided for the same class."


def _validation(facts: Facts) -> Iterator[str]:
    held = facts.snapshot.validation_loss
    if held is not None:
        low = float(facts.column("validation_loss").min())
        yield f"Validation loss {held:.4g} now, {low:.4g} at its best."
