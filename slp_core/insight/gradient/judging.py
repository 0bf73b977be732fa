"""From typed gradients at some points to a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from slp_core.arrays import Float64s
from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.gradient.case import Case, Point, point_at, random_parameters
from slp_core.insight.gradient.compare import Block, blocks, cosine, judge, largest, part
from slp_core.insight.gradient.mistakes import MISTAKES
from slp_core.insight.gradient.naming import Found, Ids, Search, in_order, joined
from slp_core.insight.gradient.posing import random_case
from slp_core.insight.gradient.report import Component, NamedMistake, Part, Verdict
from slp_core.insight.gradient.subject import FormulaSubject, Subject, Typed

MOST_COMPONENTS: Final = 1000
_FEWEST_POINTS: Final = 3
_PROBES: Final = ((7, 4, 3), (11, 3, 2))
"""Numbers of samples, features and outputs of random data that tells apart what is the same here:
N = 2 and a factor of 2, two outputs and a half."""


class Judgement:
    """Typed gradients held against the truth at every point."""

    def __init__(
        self, subject: Subject, points: Sequence[Point], typed: Sequence[Typed], numeric: bool
    ) -> None:
        self.subject = subject
        self.points = points
        self.typed = typed
        self.case: Case = points[0].case
        self.blocks = [
            blocks(point, found, numeric) for point, found in zip(points, typed, strict=True)
        ]

    @property
    def max_relative_error(self) -> float | None:
        """Over all components and points."""
        found = [largest(block.errors) for at_point in self.blocks for block in at_point]
        return max((error for error in found if error is not None), default=None)

    @property
    def cosine(self) -> float | None:
        """Between the two gradients, all points together."""
        pairs = [
            (np.zeros_like(block.analytic) if block.yours is None else block.yours, block.truth)
            for at_point in self.blocks
            for block in at_point
        ]
        yours, truth = (np.concatenate([row[side].ravel() for row in pairs]) for side in (0, 1))
        return cosine(yours, truth)

    @property
    def numeric_error(self) -> float:
        """How far the centred difference is from the truth that it confirms."""
        return max(block.numeric_error for at_point in self.blocks for block in at_point)

    def error_at(self, place: int) -> float | None:
        """The largest error at one point."""
        found = [largest(block.errors) for block in self.blocks[place]]
        return max((error for error in found if error is not None), default=None)

    @property
    def verdict(self) -> Verdict:
        """By the errors alone; suspicious where it is right at some points, infinite at others."""
        errors = [self.error_at(place) for place in range(len(self.points))]
        finite = [error for error in errors if error is not None and np.isfinite(error)]
        if len(finite) < len([error for error in errors if error is not None]):
            right = bool(finite) and judge(max(finite)) == "right"
            return "suspicious" if right else "wrong"
        return judge(max(finite)) if finite else "right"

    def parts(self) -> tuple[Part, ...]:
        """W and b, and data term and penalty of W where there is a penalty."""
        found = [self._part("W", 0)]
        if self.case.bias:
            found.append(self._part("b", 1))
        return (*found, *self._penalty_parts())

    def _part(self, name: str, place: int) -> Part:
        group = [at_point[place] for at_point in self.blocks]
        yours = [np.zeros_like(b.analytic) if b.yours is None else b.yours for b in group]
        counted = [~block.skipped for block in group]
        return part(
            name,
            [values[mask] for values, mask in zip(yours, counted, strict=True)],
            [block.truth[mask] for block, mask in zip(group, counted, strict=True)],
            [block.natural[mask] for block, mask in zip(group, counted, strict=True)],
        )

    def _penalty_parts(self) -> tuple[Part, ...]:
        if self.case.l1 == self.case.l2 == 0.0:
            return ()
        bare = [self.subject.at(point, penalties=False) for point in self.points]
        data: list[Float64s] = []
        rest: list[Float64s] = []
        for full, plain in zip(self.typed, bare, strict=True):
            if plain is None or plain.W is None or full.W is None:
                return ()
            data.append(plain.W)
            rest.append(full.W - plain.W)
        natural = [point.natural_w for point in self.points]
        return (
            part("W, data term", data, [point.data_w for point in self.points], natural),
            part("W, penalty", rest, [point.penalty_w for point in self.points], natural),
        )

    def unexplained(self, mistakes: Sequence[NamedMistake]) -> bool:
        """Whether something is wrong that the mistakes found do not explain."""
        where = {name for mistake in mistakes for name in mistake.where}
        return any(
            f"d{block.name}" not in where and _is_wrong(block)
            for at_point in self.blocks
            for block in at_point
        )

    def mistakes(self) -> tuple[NamedMistake, ...]:
        """The known mistakes that explain what is not right; () where none does."""
        points, typed = self._finite_points()
        found = self._found(points, typed) if points else None
        if found is None:
            return ()
        ways = self._told_apart(found.ways) if len(found.ways) > 1 else found.ways
        first = in_order(next(iter(ways)))
        others = tuple(dict.fromkeys(name for way in ways for name in way if name not in first))
        return tuple(_named(name, found.where, others) for name in first)

    def _finite_points(self) -> tuple[list[Point], list[Typed]]:
        """At least three points at which the typed gradient is finite: where there are fewer, more
        are drawn, as few numbers may equal a recipe by chance. None if it is finite nowhere."""
        both = [
            (point, typed)
            for point, typed in zip(self.points, self.typed, strict=True)
            if _is_finite(typed)
        ]
        rng = np.random.default_rng(len(self.points))
        while both and len(both) < _FEWEST_POINTS:
            point = point_at(self.case, random_parameters(self.case, 1.0, rng), "more")
            typed = self.subject.at(point)
            if typed is None or typed.W is None or not _is_finite(typed):
                break
            both.append((point, typed))
        return [point for point, _ in both], [typed for _, typed in both]

    def _found(self, points: Sequence[Point], typed: Sequence[Typed]) -> Found | None:
        search = Search(points, typed, cancelled=self.subject.cancelled)
        wrong = {block.name for row in self.blocks for block in row if _is_wrong(block)}
        in_w = search.explain("W") if "W" in wrong else None
        in_b = search.explain("b") if "b" in wrong else None
        return joined(in_w, in_b)

    def _told_apart(self, ways: tuple[Ids, ...]) -> tuple[Ids, ...]:
        """The explanations that hold on other data too; all of them where that cannot be asked."""
        if not isinstance(self.subject, FormulaSubject):
            return ways
        for n, d, k in _PROBES:
            found = self._on_other_data(n, d, k)
            left = tuple(way for way in ways if found is not None and way in found.ways)
            ways = left or ways
        return ways

    def _on_other_data(self, n: int, d: int, k: int) -> Found | None:
        case = self.case
        outputs = k if case.shape[1] > 1 else 1
        other = random_case(
            case.pair, n=n, d=d, k=outputs, l1=case.l1, l2=case.l2, bias=case.bias, seed=n
        )
        rng = np.random.default_rng(n)
        points = [
            point_at(other, random_parameters(other, spread, rng), "probe") for spread in (0.7, 1.5)
        ]
        try:
            typed = [self.subject.at(point) for point in points]
        except FormulaError:
            return None
        return self._found(points, [found for found in typed if found is not None])

    def components(self, convention: Convention) -> tuple[Component, ...]:
        """The worst first, at most a thousand of them."""
        rows = [
            row
            for place, at_point in enumerate(self.blocks)
            for block in at_point
            for row in _components(block, place, convention)
        ]
        rows.sort(key=_badness, reverse=True)
        return tuple(rows[:MOST_COMPONENTS])


def _is_finite(typed: Typed) -> bool:
    parts = (part for part in (typed.W, typed.b) if part is not None)
    return all(bool(np.isfinite(part).all()) for part in parts)


def _badness(component: Component) -> tuple[float, float]:
    """By relative error, then by how far it is off."""
    error, yours = component.relative_error, component.yours or 0.0
    return (-1.0 if error is None else round(error, 9)), abs(yours - component.analytic)


def _is_wrong(block: Block) -> bool:
    return judge(largest(block.errors)) != "right"


def _named(name: str, where: tuple[str, ...], alternatives: tuple[str, ...]) -> NamedMistake:
    row = MISTAKES[name]
    return NamedMistake(name, row.title, row.sentence, row.formula, where, alternatives)


def _components(block: Block, place: int, convention: Convention) -> list[Component]:
    """Rows of the table; the worst ones only, where there are very many."""
    errors = block.errors
    flat = np.argsort(-np.nan_to_num(errors, nan=-1.0, posinf=1e300).ravel(), kind="stable")
    name: Literal["W", "b"] = "W" if block.name == "W" else "b"
    found: list[Component] = []
    for index in flat[:MOST_COMPONENTS].tolist():
        i, j = divmod(index, errors.shape[1])
        turned = convention == "columns" and name == "W"
        numeric, error = float(block.numeric[i, j]), float(errors[i, j])
        found.append(
            Component(
                parameter=name,
                row=j if turned else i,
                column=i if turned else j,
                yours=None if block.yours is None else float(block.yours[i, j]),
                analytic=float(block.analytic[i, j]),
                numeric=numeric if np.isfinite(numeric) else None,
                relative_error=None if np.isnan(error) else error,
                point=place,
            )
        )
    return found
