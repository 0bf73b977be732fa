"""Monitors of a run: L1 to L15, from its record. The same run always has the same findings."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.insight import monitors_rules as rules
from slp_core.insight.findings import MOST_ROWS, Finding, Fix, Level, changes
from slp_core.insight.gradient.followed import Followed
from slp_core.insight.monitors_facts import Facts, facts_of, limit_text, way_text
from slp_core.insight.monitors_leak import too_good
from slp_core.insight.optimum import BestLoss
from slp_core.insight.verdict_text import far_from_best, restless, rounded
from slp_core.insight.verdict_typed import typed_findings
from slp_core.network import coding
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import score_blocks
from slp_core.training.problem import pose
from slp_core.training.snapshot import Snapshot
from slp_core.training.tally import saturated

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset


def monitor(
    snapshot: Snapshot,
    dataset: Dataset | None = None,
    best: BestLoss | None = None,
    stable_rate: float | None = None,
    followed: Followed | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with a run as it stands, in the order of the ids.

    Parameters
    ----------
    dataset
        The data it runs on: names the points concerned, and lets L6 and L15 look for the cause.
    best, stable_rate
        The best reachable loss and the largest stable rate of the settings, where they are known;
        L4, L5, L8 and L12 need them.
    followed
        What is known of a typed gradient that the steps follow.
    """
    facts = facts_of(snapshot, best, stable_rate)
    with np.errstate(all="ignore"):  # weights that ran away overflow here as well
        found = [check(facts, dataset) for check in _MONITORS]
    seen = tuple(row for row in found if row is not None)
    misled = followed is not None and followed.misleads
    return typed_findings(seen, facts, followed) if misled and followed else seen


def _not_finite(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    stop = facts.snapshot.stop
    if stop is None or stop.kind != "not_finite":
        return None
    details = stop.not_finite
    rows: tuple[int, ...] = ()
    if details is not None and details.quantity in ("score", "loss") and details.where:
        rows = (details.where[0],)
    end = facts.snapshot.update
    fix, start = _back(facts)
    return Finding("L1", "fault", stop.text, fix, (end, end), rows, start=start)


def _confidently_wrong(facts: Facts, dataset: Dataset | None) -> Finding | None:
    seen = rules.caught(facts)
    if seen is None or not rules.learns_when_wrong(facts):
        return None
    text = (
        f"{seen.figure:.0%} of the samples are wrong with certainty (the activation is flat "
        f"there), and the loss stays at {facts.snapshot.loss:.4g}{far_from_best(facts)}."
    )
    rows = _wrong_rows(facts, dataset)
    return Finding("L2", "caution", text, _half(facts), _to_now(facts, seen.since), rows)


def _bounces(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.bounces(facts)
    if seen is None:
        return None
    if facts.pair.loss == "perceptron":
        fix = Fix("Let the rate fall", changes(schedule="cosine"))
        return Finding("L3", "note", restless(facts), fix, _to_now(facts, seen.since))
    how = (
        f"successive gradients point against each other (cosine {seen.figure:.2f})"
        if seen.figure < 0.0
        else f"the loss rose in {seen.figure:.0%} of the last updates"
    )
    text = f"It jumps across the valley: {how}, and the loss stays at {facts.snapshot.loss:.4g}"
    text += f"{far_from_best(facts)}{_of_limit(facts)}."
    return Finding("L3", "fault", text, _half(facts), _to_now(facts, seen.since))


def _too_slow(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.too_slow(facts)
    if seen is None or facts.stable_rate is None:
        return None
    needed = "no end" if math.isinf(seen.figure) else f"{rounded(seen.figure)} more epochs"
    text = (
        f"Too slow: {way_text(facts.gap or 0.0)} of the way is left, and at this pace it takes "
        f"{needed}; the rate {facts.snapshot.learning_rate:.4g} could be {facts.stable_rate:.4g}."
    )
    return Finding("L4", "caution", text, _half(facts), _to_now(facts, seen.since))


def _climbs(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.breaks_promise(facts)
    if seen is None:
        return None
    text = (
        f"The steps do {seen.figure:.3g} times what their gradient promises, although the rate is "
        "stable: what is followed is not the gradient of this loss"
    )
    text += ". Its sign, or that of a part, is wrong." if seen.figure < 0.0 else "."
    return Finding("L5", "fault", text, None, _to_now(facts, seen.since))


def _one_class(facts: Facts, dataset: Dataset | None) -> Finding | None:
    seen = rules.one_class(facts)
    if seen is None:
        return None
    level, why, fix = _why_one_class(facts, dataset)
    text = f"Every sample is decided for the same class: {why}."
    return Finding("L6", level, text, fix, _to_now(facts, seen.since))


def _why_one_class(facts: Facts, dataset: Dataset | None) -> tuple[Level, str, Fix | None]:
    """NaN, ties, saturation, imbalance, in this order."""
    snapshot = facts.snapshot
    if snapshot.stop is not None and snapshot.stop.kind == "not_finite":
        return "fault", "numbers that are not finite decide for the first one", _half(facts)
    if not snapshot.parameters.W.any():
        return "caution", "all weights are 0, so that all scores are equal", None
    if facts.last("saturated") > 0.5:
        return "fault", f"the activation is flat for {facts.last('saturated'):.0%}", _SMALLER
    if dataset is not None and dataset.task != "regression":
        share = float(np.bincount(dataset.labels).max() / dataset.samples)
        if share > 1.5 / len(dataset.classes):
            fix = Fix("Let every class count the same", changes(class_weights="balanced"))
            return "caution", f"{share:.0%} of the samples belong to it, and no line pays", fix
    return "caution", "the scores of one class are the largest everywhere", None


_SMALLER = Fix("Start from zeros", changes(initializer="zeros", start=None))


def _trap(facts: Facts, dataset: Dataset | None) -> Finding | None:
    seen = rules.caught(facts)
    if seen is None or rules.learns_when_wrong(facts):
        return None
    snapshot = facts.snapshot
    text = (
        f"{seen.figure:.0%} of the samples are saturated and wrong: their slope is below 0.01, so "
        f"that they barely pull, and the loss stays at {snapshot.loss:.4g}{far_from_best(facts)}."
    )
    fix = None
    if snapshot.config.activation in ("sigmoid", "softmax", "probit"):
        here = changes(loss="cross_entropy", start=snapshot.parameters)
        fix = Fix("Go on from here with cross-entropy", here)
    span, rows = _to_now(facts, seen.since), _wrong_rows(facts, dataset)
    return Finding("L8", "fault", text, fix, span, rows, start=snapshot.parameters)


def _diverges(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.runs_away(facts)
    if seen is None or rules.breaks_promise(facts) is not None:
        return None
    snapshot = facts.snapshot
    text = (
        f"The loss runs away: {snapshot.loss:.4g} now, {snapshot.best_loss:.4g} at its best "
        f"(update {snapshot.best_update}){_of_limit(facts)}."
    )
    fix, start = _back(facts)
    return Finding("L10", "fault", text, fix, _to_now(facts, seen.since), start=start)


def _noisy(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.noisy(facts)
    if seen is None:
        return None
    batch = facts.snapshot.config.batch_size
    text = (
        f"The loss rose in {seen.figure:.0%} of the last points: the noise of batches of {batch}, "
        "no fault."
    )
    fix = Fix("Let the rate fall", changes(schedule="cosine"))
    return Finding("L11", "note", text, fix, _to_now(facts, seen.since))


def _held_back(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.held_back(facts)
    if seen is None:
        return None
    config = facts.snapshot.config
    names = [name for name in ("l1", "l2") if getattr(config, name)]
    shown = " and ".join(f"{name} = {getattr(config, name):g}" for name in names)
    text = (
        f"The penalty holds it back: with {shown} the pull of the data is cancelled while "
        f"{seen.figure:.0%} of what could be learnt is left."
    )
    fix = Fix("A tenth of it", changes(**{name: 0.1 * getattr(config, name) for name in names}))
    return Finding("L12", "caution", text, fix, _to_now(facts, seen.since))


def _overfits(facts: Facts, _dataset: Dataset | None) -> Finding | None:
    seen = rules.overfits(facts)
    if seen is None:
        return None
    held = facts.column("validation_loss")
    text = (
        f"The validation loss has risen by {seen.figure:.0%} since update {seen.since} "
        f"({np.nanmin(held):.4g} to {held[-1]:.4g}), while the training loss went on falling."
    )
    fix = Fix("Add an l2 penalty of 0.01", changes(l2=max(0.01, 10.0 * facts.snapshot.config.l2)))
    return Finding("L14", "caution", text, fix, _to_now(facts, seen.since))


_MONITORS: Final[tuple[Callable[[Facts, Dataset | None], Finding | None], ...]] = (
    _not_finite, _confidently_wrong, _bounces, _too_slow, _climbs, _one_class, _trap, _diverges,
    _noisy, _held_back, _overfits, too_good,
)  # fmt: skip


def _half(facts: Facts) -> Fix | None:
    """Half the largest stable rate, or half the present one where that is less or unknown."""
    rate, limit = facts.snapshot.learning_rate, facts.stable_rate
    wanted = 0.5 * rate if limit is None or not math.isfinite(limit) else 0.5 * limit
    if wanted == rate:
        return None
    return Fix(f"Set the rate to {wanted:.3g}", changes(learning_rate=wanted))


def _back(facts: Facts) -> tuple[Fix | None, Parameters | None]:
    """A lower rate, from the best weights: those of now are too far off for any rate."""
    fix, best = _half(facts), facts.snapshot.best
    if fix is None or best is None or not best.parameters.is_finite:
        return fix, None
    label = f"Go back to the best weights, with a rate of {fix.changes['learning_rate']:.3g}"
    return Fix(label, fix.changes), best.parameters


def _to_now(facts: Facts, since: int) -> tuple[int, int]:
    return since, facts.snapshot.update


def _of_limit(facts: Facts) -> str:
    share = facts.rate_share
    return "" if share is None else f"; the rate is {limit_text(share, 2)}"


def _wrong_rows(facts: Facts, dataset: Dataset | None) -> tuple[int, ...]:
    """Places of the samples that are saturated and wrong."""
    if dataset is None:
        return ()
    config: TrainingConfig = facts.snapshot.config
    problem = pose(dataset, config)
    part, found = problem.training, list[int]()
    if not problem.classes:
        return ()
    for rows, V in score_blocks(part, facts.snapshot.parameters):
        Z = problem.objective.outputs(V)
        wrong = coding.decide(Z, V, problem.pair, problem.classes) != part.labels[rows]
        found += (np.flatnonzero(saturated(problem, V, Z) & wrong) + rows.start).tolist()
        if len(found) >= MOST_ROWS:
            break
    return tuple(found[:MOST_ROWS])
