"""What a check says of a formula whose shapes do not meet, or meet by chance only."""

from __future__ import annotations

from collections.abc import Sequence

from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import SUMMED_ALREADY
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.gradient import wording
from slp_core.insight.gradient.case import Point
from slp_core.insight.gradient.judging import Judgement
from slp_core.insight.gradient.mistakes import MISTAKES
from slp_core.insight.gradient.naming import in_order
from slp_core.insight.gradient.repair import repaired
from slp_core.insight.gradient.report import GradientReport, NamedMistake
from slp_core.insight.gradient.subject import FormulaSubject, Subject, Typed


def shapes_do_not_meet(
    subject: FormulaSubject,
    points: Sequence[Point],
    error: FormulaError | None,
    remarks: tuple[str, ...],
    typed: Sequence[Typed] = (),
) -> GradientReport:
    """The verdict on a formula that cannot be computed or gives another shape.

    Where changing a transpose makes it right, or leaves only known mistakes, that is named too.
    """
    found = subject.ledger(points[0].case)
    text = (
        f"Line {error.line}, column {error.column}: {error.message} {error.hint}"
        if error
        else (next((found_.misfit for found_ in typed if found_.misfit), ""))
    )
    mistakes = _with_transposes(subject, points, subject.sizes(points[0].case))
    mistakes = mistakes or _summed_before(error)
    bare = Judgement(subject, points, [Typed(None, None)] * len(points), numeric=True)
    start = f"Wrong: {wording.titles(mistakes)}. " if mistakes else "Wrong: shapes do not meet. "
    return GradientReport(
        verdict="wrong",
        message=(start + text).strip(),
        mistakes=mistakes,
        components=bare.components(subject.convention),
        shapes=found.rows,
        remarks=remarks,
        error=error,
    )


def _summed_before(error: FormulaError | None) -> tuple[NamedMistake, ...]:
    """A product that misses the samples as they were summed before needs no numbers to be named."""
    if error is None or SUMMED_ALREADY not in error.hint.lower():
        return ()
    early = MISTAKES["summed_too_early"]
    return (NamedMistake(early.id, early.title, early.sentence, early.formula, ("dW",)),)


def other_shape(
    subject: Subject, points: Sequence[Point], typed: Sequence[Typed], remarks: tuple[str, ...]
) -> GradientReport:
    """The verdict on a function whose results have another shape; transposed, they may be right."""
    mistakes: tuple[NamedMistake, ...] = ()
    if all(found.W is None and found.turned is not None for found in typed):
        turned = [Typed(found.turned, found.b) for found in typed]
        mistakes = _turned_or(Judgement(subject, points, turned, numeric=False)) or ()
    bare = Judgement(subject, points, [Typed(None, found.b) for found in typed], numeric=True)
    start = f"Wrong: {wording.titles(mistakes)}. " if mistakes else "Wrong: "
    return GradientReport(
        verdict="wrong",
        message=f"{start}{next(found.misfit for found in typed if found.misfit)}.",
        mistakes=mistakes,
        components=bare.components("rows"),
        remarks=remarks,
    )


def _turned_or(judgement: Judgement) -> tuple[NamedMistake, ...] | None:
    """The missing transpose, and what else is known of the gradient with it; None if nothing is."""
    turned = MISTAKES["transposed"]
    row = NamedMistake(turned.id, turned.title, turned.sentence, turned.formula, ("dW",))
    if judgement.verdict == "right":
        return (row,)
    mistakes = judgement.mistakes()
    if not mistakes:
        return None
    names = {mistake.id: mistake for mistake in (row, *mistakes)}
    return tuple(names[name] for name in in_order(tuple(names)))


def met_by_chance(subject: Subject, points: Sequence[Point]) -> tuple[NamedMistake, ...]:
    """Transposes that are missing although the shapes meet, as there are as many of one as of the
    other: found where the numbers differ."""
    if not isinstance(subject, FormulaSubject):
        return ()
    outputs = 1 if points[0].case.shape[1] == 1 else 3
    other = Sizes(samples=7, features=5, outputs=outputs, convention=subject.convention)
    return _with_transposes(subject, points, other)


def _with_transposes(
    subject: FormulaSubject, points: Sequence[Point], sizes: Sizes
) -> tuple[NamedMistake, ...]:
    for formula in repaired(subject.formula, sizes):
        other = FormulaSubject(formula, subject.convention)
        try:
            typed = [other.at(point) for point in points]
        except FormulaError:
            continue
        judgement = Judgement(other, points, typed, numeric=False)
        mistakes = _turned_or(judgement)
        if mistakes is not None:
            return mistakes
    return ()
