"""What the lab works out off the GUI thread: the shapes while one types, and the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.jobs import JobControl
from app.lab.asked import Asked, Ground, Outcome
from slp_core.errors import ConfigError, DataError, FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.ledger import LedgerRow
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import Formula, read_formula, read_lines
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.single_fixes import single_fixes
from slp_core.insight.gradient.subject import result_error
from slp_core.training.config import TrainingConfig

_UNWEIGHTED = (
    "Samples count the same in this check and in steps of yours: class weights are left out."
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """The ledger of a text as far as it can be read, and what is wrong with the rest."""

    source: str
    rows: tuple[LedgerRow, ...]
    errors: tuple[FormulaError, ...]
    names: tuple[str, ...]


def shapes_of(source: str, ground: Ground, convention: Convention) -> Shapes:
    """Read a text and go through its shapes; never fails."""
    formula, errors = read_lines(source)
    found = ledger(formula, ground.sizes(convention))
    names = tuple(dict.fromkeys(line.name for line in formula.lines))
    places = {(error.line, error.column) for error in errors}
    faults = [error for error in found.faults if (error.line, error.column) not in places]
    every = sorted((*errors, *faults), key=lambda error: (error.line, error.column))
    return Shapes(source, found.rows, tuple(every), names)


def quick(asked: Asked) -> Callable[[JobControl], Outcome]:
    """The verdict, without the curve over h and without mending."""

    def work(control: JobControl) -> Outcome:
        return Outcome(asked, _report(asked, control, whole=False), {}, whole=False)

    return work


def complete(first: Outcome) -> Callable[[JobControl], Outcome]:
    """The same with the curve over h, and with what would mend it."""

    def work(control: JobControl) -> Outcome:
        asked = first.asked
        report = _report(asked, control, whole=True)
        control.progress(0.7)
        return Outcome(asked, report, _singles(asked, report, control), whole=True)

    return work


def _singles(asked: Asked, report: GradientReport, control: JobControl) -> Mapping[str, str]:
    """How to undo each of several mistakes alone."""
    if len(report.mistakes) < 2:
        return {}
    ground = asked.ground
    return single_fixes(
        asked.source,
        report.ids,
        ground.pair,
        asked.options.convention,
        l1=ground.config.l1,
        l2=ground.config.l2,
        bias=ground.config.bias,
        cancelled=control.cancelled,
    )


def _report(asked: Asked, control: JobControl, *, whole: bool) -> GradientReport:
    report = _checked(asked, control, whole=whole)
    if asked.ground.config.class_weights == "none":
        return report
    return replace(report, remarks=(_UNWEIGHTED, *report.remarks))


def _checked(asked: Asked, control: JobControl, *, whole: bool) -> GradientReport:
    ground, options = asked.ground, asked.options
    settings: dict[str, Any] = {
        "activation": ground.pair.activation,
        "loss": ground.pair.loss,
        "l1": ground.config.l1,
        "l2": ground.config.l2,
        "bias": ground.config.bias,
        "convention": options.convention,
        "curve": whole,
        "mend": whole,
        "cancelled": control.cancelled,
    }
    try:
        return check_gradient(
            asked.source,
            dataset=ground.dataset,
            parameters=ground.parameters,
            rows=asked.rows,
            **settings,
        )
    except FormulaError as error:
        if error.code == "formula.cancelled":
            raise
        return GradientReport.refused(error)
    except (ConfigError, DataError):
        if ground.parameters is None:
            raise
    # Weights that are no longer finite, or of another shape, are no point to check at.
    report = check_gradient(asked.source, dataset=ground.dataset, rows=asked.rows, **settings)
    note = "The weights of now are not finite: random points were taken."
    return replace(report, remarks=(note, *report.remarks))


def trainable(
    source: str, ground: Ground, convention: Convention, config: TrainingConfig
) -> Formula:
    """Refuse what a run could not step by.

    Raises
    ------
    FormulaError
        The formula cannot be read, its shapes do not meet for a batch, or a result is no gradient.
    """
    formula = read_formula(source)
    error = result_error(formula)
    if error is not None:
        raise error
    sizes = ground.sizes(convention)
    for samples in _batches(ground.samples, config.batch_size):
        batch = replace(sizes, samples=samples)
        found = ledger(formula, batch)
        if found.faults:
            raise found.faults[0]
        for name in (formula.weights, formula.bias):
            value = found.shapes[name] if name else None
            if value is None or name is None:
                continue
            judge = batch.misfit if name == formula.weights else batch.misfit_bias
            note, hint = judge(name, value)
            if note:
                line = next(row.span.line for row in reversed(formula.lines) if row.name == name)
                raise FormulaError(f"{note}.", line=line, column=1, hint=hint, code="formula.shape")
    return formula


def _batches(samples: int, size: int | str) -> set[int]:
    """The numbers of samples a step may see."""
    if isinstance(size, str) or size >= samples:
        return {samples}
    return {size, samples % size} - {0}
