"""Mends one of several mistakes of a formula and leaves the others as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from time import monotonic
from typing import Final

from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.formula.limits import Cancelled, check_cancelled
from slp_core.insight.formula.source import read_formula
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.repair import repaired
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.rewrites import REWRITES
from slp_core.insight.gradient.typed_text import Setting, TypedText
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.pairs import Pair

_MOST_SECONDS: Final = 2.0
_SIZES: Final = (40, 3)
"""Samples and features of the random data on which a change is judged."""


def single_fixes(
    source: str,
    mistakes: Sequence[str],
    pair: Pair,
    convention: Convention = "rows",
    *,
    l1: float = 0.0,
    l2: float = 0.0,
    bias: bool = True,
    cancelled: Cancelled | None = None,
) -> Mapping[str, str]:
    """For each mistake, if it can be found, the source without it and with all others.

    A change counts if the check of it on random data names the other mistakes and no more.
    Bounded by two seconds; raises FormulaError ("formula.cancelled") when nobody waits any more.
    """
    end = monotonic() + _MOST_SECONDS
    found: dict[str, str] = {}
    setting = Setting(pair, convention, l1, l2)
    for mistake in mistakes:
        others = set(mistakes) - {mistake}
        for text in dict.fromkeys(_changes(source, mistake, setting)):
            check_cancelled(cancelled)
            if monotonic() > end:
                return found
            report = _judged(text, setting, l1, l2, bias)
            if report is not None and _leaves(report, others):
                found[mistake] = text
                break
    return found


def _changes(source: str, mistake: str, setting: Setting) -> Iterator[str]:
    formula = read_formula(source)
    if mistake == "transposed":
        outputs = 1 if ACTIVATIONS[setting.pair.activation].elementwise else 3
        samples, features = _SIZES
        sizes = Sizes(
            samples=samples, features=features, outputs=outputs, convention=setting.convention
        )
        yield from (turned.source for turned in repaired(formula, sizes))
        return
    for rewrite in REWRITES.get(mistake, ()):
        yield from rewrite(TypedText(formula, setting))


def _judged(text: str, setting: Setting, l1: float, l2: float, bias: bool) -> GradientReport | None:
    try:
        return check_gradient(
            text,
            activation=setting.pair.activation,
            loss=setting.pair.loss,
            l1=l1,
            l2=l2,
            bias=bias,
            convention=setting.convention,
            points=1,
            curve=False,
            mend=False,
        )
    except FormulaError:
        return None


def _leaves(report: GradientReport, others: set[str]) -> bool:
    right = report.verdict == "right"
    return right if not others else set(report.ids) == others
