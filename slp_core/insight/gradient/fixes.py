"""Mends a typed formula: tries small changes, keeps one that is computed to be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

import numpy as np

from slp_core.arrays import Float64s
from slp_core.errors import FormulaError
from slp_core.insight.formula.limits import check_cancelled
from slp_core.insight.formula.source import Formula, read_formula
from slp_core.insight.gradient.case import Case, Point, point_at, random_parameters
from slp_core.insight.gradient.compare import RIGHT, largest, relative_errors
from slp_core.insight.gradient.posing import random_case
from slp_core.insight.gradient.repair import repaired
from slp_core.insight.gradient.report import Fix
from slp_core.insight.gradient.rewrites import REWRITES
from slp_core.insight.gradient.starts import right_formula
from slp_core.insight.gradient.subject import FormulaSubject, Typed
from slp_core.insight.gradient.typed_text import Setting, TypedText

_MOST_TRIED: Final = 1500
_MOST_KEPT: Final = 60
_MOST_SECONDS: Final = 3.0


def fix(subject: FormulaSubject, case: Case, mistakes: Sequence[str]) -> Fix:
    """The user's formula without its mistakes, else the right formula of the pair.

    Parameters
    ----------
    case
        What is checked; the changes are tried on random data of a few samples.
    mistakes
        The ids found, which say what to change.
    """
    probes = _probe(case, 1 if case.shape[1] == 1 else 3)
    search = _Search(subject, case, probes, monotonic() + _MOST_SECONDS)
    found = search.mended(mistakes)
    if found is not None:
        return Fix(found, _changed(subject.formula.source, found), own=True)
    source = right_formula(
        case.pair, subject.convention, l1=case.l1 > 0.0, l2=case.l2 > 0.0, bias=case.bias
    )
    return Fix(source, tuple(range(1, len(source.splitlines()) + 1)), own=False)


def _changed(before: str, after: str) -> tuple[int, ...]:
    """The numbers of the lines of ``after`` that are new or different."""
    old, new = before.splitlines(), after.splitlines()
    return tuple(
        place + 1
        for place, line in enumerate(new)
        if place >= len(old) or old[place].strip() != line.strip()
    )


@dataclass(slots=True)
class _Search:
    """Tries sources on random data of a few samples, each once."""

    subject: FormulaSubject
    case: Case
    probes: list[Point]
    end: float
    tried: dict[str, tuple[bool, bool] | None] = field(
        default_factory=dict[str, "tuple[bool, bool] | None"]
    )

    @property
    def _exhausted(self) -> bool:
        return len(self.tried) > _MOST_TRIED or monotonic() > self.end

    def mended(self, mistakes: Sequence[str]) -> str | None:
        """A source that is right in W and b, reached by the changes the mistakes suggest."""
        sources = [self.subject.formula.source]
        if "transposed" in mistakes:
            sources = self._turned()
        kinds = [name for name in mistakes if name != "transposed"]
        for source in sources:
            if self._right(source) == (True, True):
                return source
        reached = self._reach(sources, kinds, which=0)
        best = [source for source in reached if self._right(source) == (True, True)]
        if best:
            return best[0]
        finished = self._reach(reached or sources, kinds, which=1)
        return next((source for source in finished if self._right(source) == (True, True)), None)

    def _turned(self) -> list[str]:
        sizes = self.subject.sizes(self.probes[0].case)
        return [formula.source for formula in repaired(self.subject.formula, sizes)]

    def _reach(self, sources: Sequence[str], kinds: Sequence[str], which: int) -> list[str]:
        """Sources whose gradient in W (b) is right, after at most one change for each mistake."""
        found = [source for source in sources if self._is_right(source, which)]
        layer = list(sources)
        for _ in kinds:
            if found or self._exhausted:
                break
            following: list[str] = []
            for source in layer:
                for text in self._changes(source, kinds):
                    check_cancelled(self.subject.cancelled)
                    if text in self.tried or self._exhausted:
                        continue
                    following += [text] if self._right(text) is not None else []
            found = [text for text in following if self._is_right(text, which)]
            layer = following
        return sorted(found, key=lambda text: self._right(text) != (True, True))[:_MOST_KEPT]

    def _is_right(self, source: str, which: int) -> bool:
        judged = self._right(source)
        return judged is not None and judged[which]

    def _changes(self, source: str, kinds: Sequence[str]) -> Iterator[str]:
        case = self.case
        setting = Setting(case.pair, self.subject.convention, case.l1, case.l2)
        typed = TypedText(read_formula(source), setting)
        for name in kinds:
            for rewrite in REWRITES[name]:
                yield from rewrite(typed)

    def _right(self, source: str) -> tuple[bool, bool] | None:
        """Whether W and b are right; None where the formula cannot be computed."""
        if source not in self.tried:
            self.tried[source] = self._computed(source)
        return self.tried[source]

    def _computed(self, source: str) -> tuple[bool, bool] | None:
        try:
            formula = read_formula(source)
            return self._judged(formula)
        except FormulaError:
            return None

    def _judged(self, formula: Formula) -> tuple[bool, bool]:
        subject = FormulaSubject(formula, self.subject.convention)
        right = [True, True]
        for point in self.probes:
            typed = subject.at(point)
            right = [a and b for a, b in zip(right, _agrees(point, typed), strict=True)]
        return right[0], right[1]


def _agrees(point: Point, typed: Typed) -> tuple[bool, bool]:
    in_w = typed.W is not None and _small(typed.W, point.dW, point.natural_w)
    if not point.case.bias:
        return in_w, True
    return in_w, typed.b is not None and _small(typed.b, point.data_b, point.natural_b)


def _small(yours: Float64s, truth: Float64s, natural: Float64s) -> bool:
    error = largest(relative_errors(yours, truth, natural))
    return error is not None and error < RIGHT


def _probe(case: Case, k: int) -> list[Point]:
    """Two points on a few random samples."""
    other = random_case(case.pair, n=9, d=4, k=k, l1=case.l1, l2=case.l2, bias=case.bias, seed=3)
    rng = np.random.default_rng(3)
    return [point_at(other, random_parameters(other, s, rng), "probe") for s in (0.6, 1.2)]
