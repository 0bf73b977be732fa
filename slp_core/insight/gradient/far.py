"""A gradient far from the start: right on paper, and yet its numbers may leave the finite range."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.insight.formula.facts import Fact
from slp_core.insight.gradient.case import Case, point_at, random_parameters
from slp_core.insight.gradient.subject import FormulaSubject

FAR: Final = 1_000.0
"""Spread of the scores: exp overflows from 709.8 on, and pixels of 0 to 255 with a first step of
0.5 bring scores there in one update."""


def lost_far_out(subject: FormulaSubject, case: Case, seed: int) -> Fact | None:
    """What first leaves the finite numbers at scores of a thousand and spoils the gradient.

    None where the gradient stays finite, and where the program's own does not either.
    """
    parameters = random_parameters(case, FAR, np.random.default_rng(seed))
    point = point_at(case, parameters, f"scores of about {FAR:,.0f}")
    true = (point.dW, point.data_b)
    typed = subject.at(point)
    ours = [part for part in (typed.W, typed.b) if part is not None]
    if not _finite(true) or _finite(ours) or not typed.facts:
        return None
    return typed.facts[0]


def said(fact: Fact) -> str:
    """The remark for a report."""
    return (
        f"Right on paper, but at scores of about {FAR:,.0f} {fact};"
        " the pair's own gradient stays finite there."
    )


def _finite(parts: Iterable[Float64s]) -> bool:
    return all(bool(np.isfinite(part).all()) for part in parts)
