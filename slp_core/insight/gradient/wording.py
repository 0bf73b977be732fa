"""The report in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from slp_core.insight.gradient.compare import RIGHT, WRONG, judge, largest
from slp_core.insight.gradient.judging import Judgement
from slp_core.insight.gradient.report import NamedMistake, Part, Verdict

_SHOWN_NAMES: Final = 6
_OF_ONE_LINE: Final = frozenset(
    {"transposed", "bias_forgotten", "penalty_forgotten", "penalty_on_bias"}
    | {"penalty_factor", "penalty_averaged"}
)
"""Mistakes that stand in one line by their nature."""


def message(judgement: Judgement, verdict: Verdict, mistakes: Sequence[NamedMistake]) -> str:
    """One or two sentences: the verdict and the numbers it rests on."""
    error, n = judgement.max_relative_error, len(judgement.points[0].V)
    count = len(judgement.points)
    where = f"{n} sample{'s' * (n != 1)} at {count} point{'s' * (count != 1)}"
    if mistakes:
        more = ". Besides, dW differs in a way that is not known"
        rest = more if judgement.unexplained(mistakes) else ""
        why = " ".join(mistake.sentence for mistake in mistakes)
        return f"Wrong: {titles(mistakes, judgement.case.bias)}{rest}. {why}"
    facts = [fact for typed in judgement.typed for fact in typed.facts]
    if error is not None and not math.isfinite(error) and facts:
        start = "Right on paper, but" if verdict == "suspicious" else "Wrong:"
        return f"{start} the numbers leave the finite range: {facts[0]}."
    if verdict == "right":
        return (
            f"Right on {where}: the largest relative error is {_number(error)}"
            f" ({_confirmed(judgement)})."
        )
    if verdict == "suspicious":
        return (
            f"Suspicious: a relative error of {_number(error)} on {where} is more than rounding"
            f" ({RIGHT:g}) and less than a plain mistake ({WRONG:g})."
        )
    return (
        f"Wrong on {where}, and not by a known mistake: the largest relative error is"
        f" {_number(error)}, the cosine to the true gradient {_number(judgement.cosine)}."
    )


def titles(mistakes: Sequence[NamedMistake], bias: bool = False) -> str:
    """The mistakes in a few words."""
    texts = [f"{row.title[0].lower()}{row.title[1:]}" for row in mistakes]
    where = mistakes[0].where if mistakes else ()
    shared = not any(row.id in _OF_ONE_LINE for row in mistakes)
    only = f" (in {where[0]} only)" if bias and shared and len(where) == 1 else ""
    listed = " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1]))) if texts else ""
    return listed + only


def known(judgement: Judgement) -> tuple[str, ...]:
    """What can be said of a wrong gradient that no known mistake explains."""
    typed = judgement.typed[0]
    given = {"W": typed.W is not None, "b": typed.b is not None}
    missing = [f"There is no gradient in {name}." for name, there in given.items() if not there]
    wrong = [row for row in judgement.parts() if row.verdict != "right" and given[row.name[0]]]
    return (*missing, *(text for row in wrong for text in _ratio(row)), *_where(judgement))


def _ratio(row: Part) -> list[str]:
    if row.ratio is None or row.spread is None:
        return []
    if row.spread <= 1e-6 and abs(row.ratio - 1.0) <= 1e-6:
        return []
    if row.ratio == row.spread == 0.0:
        return [f"{row.name}: yours is 0."]
    if row.spread <= 1e-6 * abs(row.ratio):
        return [f"{row.name}: yours is {row.ratio:.6g} times the true gradient everywhere."]
    cosine = "" if row.cosine is None else f", cosine {row.cosine:.3g}"
    return [
        f"{row.name}: the median of yours / true is {row.ratio:.3g}, and half of the components lie"
        f" within {row.spread:.2g} of it{cosine}."
    ]


def _where(judgement: Judgement) -> list[str]:
    """Which rows (features) and columns (outputs) of W differ, where not all do."""
    group = [at_point[0] for at_point in judgement.blocks]
    if any(block.yours is None for block in group):
        return []
    errors = np.nanmax(np.stack([np.nan_to_num(block.errors) for block in group]), axis=0)
    bad = errors >= RIGHT
    found: list[str] = []
    for axis, name in ((1, "feature"), (0, "output")):
        wrong = bad.any(axis=axis)
        if 0 < wrong.sum() < len(wrong):
            numbers = [str(int(i) + 1) for i in np.flatnonzero(wrong)]
            more = ", ..." if len(numbers) > _SHOWN_NAMES else ""
            listed = ", ".join(numbers[:_SHOWN_NAMES])
            verb = "differs" if len(numbers) == 1 else "differ"
            plural = name if len(numbers) == 1 else f"{name}s"
            found.append(f"Only {plural} {listed}{more} of {len(wrong)} {verb}.")
    of_b = [at_point[1] for at_point in judgement.blocks if len(at_point) > 1]
    if of_b and all(judge(largest(block.errors)) == "right" for block in of_b):
        found.append("The gradient in b is right.")
    return found


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.2g}"


def _confirmed(judgement: Judgement) -> str:
    """Whether a difference could say anything at all."""
    if any(np.isfinite(block.numeric).any() for row in judgement.blocks for block in row):
        return f"the centred difference agrees to {_number(judgement.numeric_error)}"
    return "against the program's own gradient"
