"""Checks a gradient: against centred differences, and against the mistakes people make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from slp_core.errors import ConfigError, FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.limits import Cancelled
from slp_core.insight.formula.source import Formula, read_formula
from slp_core.insight.gradient import far, typed_loss, wording
from slp_core.insight.gradient.case import Case, Point, off_kinks, point_at, random_parameters
from slp_core.insight.gradient.compare import drowned
from slp_core.insight.gradient.fixes import fix
from slp_core.insight.gradient.judging import Judgement
from slp_core.insight.gradient.numeric import H
from slp_core.insight.gradient.posing import (
    Rows,
    case_of_arrays,
    case_of_dataset,
    chosen_rows,
    random_case,
)
from slp_core.insight.gradient.report import GradientReport, PointChecked
from slp_core.insight.gradient.subject import (
    CallableSubject,
    FormulaSubject,
    Subject,
    Typed,
    result_error,
)
from slp_core.insight.gradient.sweeping import sweep
from slp_core.insight.gradient.turning import met_by_chance, other_shape, shapes_do_not_meet
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

_SPREADS: Final = (0.3, 1.0, 2.5)
"""How far scores spread at the points of a check: near the start, and two away from it."""
_NARROW: Final = (0.3, 0.7, 1.2)
"""For probit, whose 1 - z loses its digits from a score of 5 on: a right formula that divides by it
would look wrong."""


def check_gradient(
    formula: str | Formula | Callable[..., Any],
    *,
    dataset: Dataset | None = None,
    X: Any = None,
    Y: Any = None,
    activation: str | None = None,
    loss: str | None = None,
    l1: float = 0.0,
    l2: float = 0.0,
    bias: bool = True,
    parameters: Parameters | None = None,
    points: int = 3,
    rows: Rows | None = None,
    convention: Convention = "rows",
    seed: int = 0,
    curve: bool = True,
    mend: bool = True,
    cancelled: Cancelled | None = None,
) -> GradientReport:
    """Check a gradient that somebody derived.

    Parameters
    ----------
    formula
        Text of the formula language (see `read_formula`) whose results are dW and db, or a
        function that returns them, called with what its parameters name: X, Y, W, b, V, Z, N, M,
        K, l1, l2 (or (parameters, X, Y), like Objective.value_and_gradient).
    dataset, X, Y
        The data: a Dataset, or inputs (n, d) and targets (n, k) as the pair codes them. Random
        data of a sensible shape without either.
    activation, loss, l1, l2, bias
        What is differentiated; ``bias`` False: the network has no b.
    parameters
        The first point to check at; None for a random one.
    points
        How many points: one more near the start or given, the others away from it.
    rows
        How many samples at most, or which; None for all up to 2000.
    convention
        "columns": the formula sees X (M, N), Y (K, N), W (K, M) and b (K, 1).
    seed
        Of everything that is drawn.
    curve
        Whether to sweep the step of the difference, which takes half of the time.
    mend
        Whether to look for a small change that makes a wrong formula right.
    cancelled
        Asked between two operations whether to give up (FormulaError "formula.cancelled").

    Raises
    ------
    FormulaError
        The formula is not part of the language or asks for too much. Shapes that do not meet are
        no refusal, but a verdict.
    DataError, ConfigError
        The data or the settings cannot be used.
    """
    if points < 1:
        raise ConfigError("points must be at least 1.", field="points", value=points)
    if convention not in ("rows", "columns"):
        raise ConfigError(
            "convention says where samples are: rows or columns.",
            field="convention",
            value=convention,
            allowed=("rows", "columns"),
        )
    subject = _subject(formula, convention, cancelled)
    whole = _case(dataset, X, Y, activation, loss, l1, l2, bias)
    case, remark = chosen_rows(whole, rows, seed)
    at, notes = _points(case, parameters, points, seed)
    with np.errstate(all="ignore"):  # what is not finite is reported, not warned of
        report = _check(subject, at, (remark, *notes) if remark else tuple(notes), curve)
        if not isinstance(subject, FormulaSubject):
            return report
        if mend and report.verdict == "wrong":
            return replace(report, fix=fix(subject, case, report.ids))
        lost = far.lost_far_out(subject, case, seed) if report.verdict == "right" else None
        if lost is not None:
            return replace(report, far=lost, remarks=(*report.remarks, far.said(lost)))
        return report


def _subject(
    formula: str | Formula | Callable[..., Any], convention: Convention, cancelled: Cancelled | None
) -> Subject:
    if callable(formula):
        return CallableSubject(formula, convention, cancelled)
    read = read_formula(formula) if isinstance(formula, str) else formula
    error = result_error(read)
    if error is not None:
        raise error
    return FormulaSubject(read, convention, cancelled)


def _case(
    dataset: Dataset | None,
    X: Any,
    Y: Any,
    activation: str | None,
    loss: str | None,
    l1: float,
    l2: float,
    bias: bool,
) -> Case:
    if dataset is not None:
        return case_of_dataset(dataset, activation, loss, l1=l1, l2=l2, bias=bias)
    f, cost = activation or "sigmoid", loss
    if cost is None:
        cost = "cross_entropy" if f in ("sigmoid", "softmax", "probit") else "quadratic"
    if X is not None and Y is not None:
        return case_of_arrays(X, Y, f, cost, l1=l1, l2=l2, bias=bias)
    if X is not None or Y is not None:
        raise ConfigError("X and Y are given together.", field="X" if X is None else "Y")
    return random_case(pair(f, cost), l1=l1, l2=l2, bias=bias)


def _check(
    subject: Subject, points: Sequence[Point], remarks: tuple[str, ...], curve: bool
) -> GradientReport:
    try:
        typed = [_at(subject, point) for point in points]
    except FormulaError as error:
        if error.code != "formula.shape" or not isinstance(subject, FormulaSubject):
            raise
        return shapes_do_not_meet(subject, points, error, remarks)
    if any(found.misfit for found in typed):
        if isinstance(subject, FormulaSubject):
            return shapes_do_not_meet(subject, points, None, remarks, typed)
        return other_shape(subject, points, typed, remarks)
    loud = [point for point in points if drowned(point)]
    report = _report(subject, points, typed, (*remarks, *map(_drowned_note, loud)))
    if not curve or points[0] in loud:
        return report
    return replace(report, sweep=sweep(points[0], typed[0]))


def _drowned_note(point: Point) -> str:
    return (
        f"At {point.label} the loss is so large that a difference of it is mostly rounding: the"
        " program's own gradient stands in."
    )


def _at(subject: Subject, point: Point) -> Typed:
    return subject.at(point) or Typed(None, None)


def _points(
    case: Case, parameters: Parameters | None, count: int, seed: int
) -> tuple[list[Point], list[str]]:
    """The points, each on the samples that are at no kink there."""
    rng = np.random.default_rng(seed)
    found: list[Point] = []
    notes: list[str] = []
    tried: list[tuple[str, Parameters]] = []
    if parameters is not None:
        _check_shape(parameters, case)
        tried.append(("the current weights", parameters))
    for place in range(len(tried), count):
        spreads = _NARROW if case.pair.activation == "probit" else _SPREADS
        spread = spreads[place % len(spreads)]
        tried.append((f"scores of about {spread:g}", random_parameters(case, spread, rng)))
    for label, at in tried:
        mask = off_kinks(case, at, 2.0 * H)
        left = int(np.count_nonzero(mask))
        if left < len(mask):
            notes.append(_kink_note(label, left, len(mask)))
        if 2 * left >= len(mask) or (len(tried) == 1 and left):
            found.append(point_at(case if left == len(mask) else case.rows(mask), at, label))
    if not found:
        found.append(point_at(case, random_parameters(case, 1.0, rng), "scores of about 1"))
    if case.l1 > 0.0 and any((np.abs(point.W) <= H).any() for point in found):
        notes.append("Weights of 0 are left out: |w| has its kink there.")
    return found, notes


def _kink_note(label: str, left: int, n: int) -> str:
    if 2 * left < n:
        return f"At {label} {n - left} of {n} samples lie on a kink: the point is left out."
    return f"At {label} {n - left} of {n} samples lie on a kink and are left out."


def _check_shape(parameters: Parameters, case: Case) -> None:
    if parameters.W.shape != case.shape or not parameters.is_finite:
        raise ConfigError(
            f"The weights must be finite and of shape {case.shape}; got {parameters.W.shape}.",
            field="parameters",
            value=parameters.W.shape,
        )


def _report(
    subject: Subject, points: Sequence[Point], typed: Sequence[Typed], remarks: tuple[str, ...]
) -> GradientReport:
    judgement = Judgement(subject, points, typed, numeric=True)
    verdict = judgement.verdict
    mistakes = () if verdict == "right" else judgement.mistakes() or met_by_chance(subject, points)
    if mistakes:
        verdict = "wrong"
    convention: Convention = subject.convention if isinstance(subject, FormulaSubject) else "rows"
    shapes = subject.ledger(points[0].case).rows if isinstance(subject, FormulaSubject) else ()
    unknown = verdict != "right" and judgement.unexplained(mistakes)
    known = wording.known(judgement) if unknown else ()
    own = (
        typed_loss.said(subject, points, typed)
        if isinstance(subject, FormulaSubject)
        else typed_loss.LossSaid()
    )
    facts = tuple(dict.fromkeys(fact for found in typed for fact in found.facts))
    return GradientReport(
        verdict=verdict,
        message=wording.message(judgement, verdict, mistakes),
        max_relative_error=judgement.max_relative_error,
        cosine=judgement.cosine,
        mistakes=mistakes,
        components=judgement.components(convention),
        shapes=shapes,
        parts=judgement.parts(),
        facts=facts,
        points=tuple(
            PointChecked(p.label, Parameters(p.W, p.b), len(p.V), judgement.error_at(place))
            for place, p in enumerate(points)
        ),
        remarks=(*remarks, *known, *own.remarks),
        foreign_loss=own.foreign,
    )
