"""What is said of a run whose steps follow a typed gradient that is not that of the loss."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from slp_core.insight.findings import Finding, Fix, changes
from slp_core.insight.gradient.followed import Followed
from slp_core.insight.monitors_facts import Facts, limit_text
from slp_core.insight.verdict_text import far_from_best, figure

_CAUSED: Final = ("L2", "L3", "L4", "L5", "L8", "L10")
"""Monitors that blame rate, start or pair for what the formula does."""
_SAME: Final = 1e-3
"""A loss that moved by less than this share of itself has not moved."""
_REWRITE: Final = (
    "Write it so that nothing overflows, as softmax(V) and sigmoid(V) do: no learning rate does it."
)
_NAMES: Final = {
    "overflows": "Your formula overflows",
    "scaled": "Your formula has a wrong factor",
    "still": "Your formula moves nothing",
}
_MEND: Final = "Mend the formula: no learning rate does it."


def typed_text(facts: Facts, followed: Followed) -> str:
    """One sentence: what it follows, and what has come of it."""
    said = f"This run follows your formula, which {followed.clause}. {_came_of_it(facts)}"
    return f"{said.rstrip()} {_advice(facts, followed)}"


def typed_line(followed: Followed) -> str:
    """A line of evidence."""
    return f"The steps follow your formula, which {followed.clause}."


def typed_findings(
    found: tuple[Finding, ...], facts: Facts, followed: Followed
) -> tuple[Finding, ...]:
    """The findings without those that blame something else, and with one that names the cause."""
    advice = _advice(facts, followed)
    cause = Finding(
        "L5",
        "fault",
        f"This run follows your formula, which {followed.clause}. {_came_of_it(facts)}".rstrip(),
        Fix(
            "Show it in the gradient lab",
            changes(source=followed.typed.source, convention=followed.typed.convention),
            "gradient",
        ),
        (facts.begin, facts.snapshot.update),
        hint=advice,
        name=_NAMES.get(followed.course, "Your formula is a different gradient"),
    )
    kept = [
        replace(
            row, fix=None, text=_bare(row.text), hint=f"The last finite weights are kept. {advice}"
        )
        if row.id == "L1"
        else row
        for row in found
        if row.id not in _CAUSED
    ]
    before = [row for row in kept if row.id == "L1"]
    return (*before, cause, *(row for row in kept if row.id != "L1"))


def _bare(text: str) -> str:
    """The first sentence: what comes after it is advice on the rate."""
    return text.split(". ")[0].rstrip(".") + "."


def _came_of_it(facts: Facts) -> str:
    snapshot = facts.snapshot
    if snapshot.stop is not None and snapshot.stop.kind == "not_finite":
        details = snapshot.stop.not_finite
        what = "loss" if details is None else details.quantity
        return f"After update {snapshot.update} its {what} is no longer finite."
    if snapshot.update == facts.begin:
        return ""
    first, now = facts.first_loss, snapshot.loss
    course = f"from {figure(first)} to {figure(now)}"
    if abs(now - first) <= _SAME * abs(first):
        return f"The loss stays at {figure(now)}{far_from_best(facts)}."
    if now > first:
        return f"The loss climbed {course}."
    return f"The loss fell {course} all the same{far_from_best(facts)}: a falling loss is no proof."


def _advice(facts: Facts, followed: Followed) -> str:
    if followed.course == "overflows":
        return _REWRITE
    if followed.course != "scaled" or followed.ratio is None:
        return _MEND
    if facts.rate_share is None:
        return "Mend the factor."
    rate, share = facts.snapshot.learning_rate * followed.ratio, facts.rate_share * followed.ratio
    return f"Its steps are those of a rate of {rate:.3g}, {limit_text(share)}: mend the factor."
