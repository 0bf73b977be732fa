"""Residuals in words."""

from __future__ import annotations

from app.numbers import number_text
from app.plots.numbers import format_count
from app.plots.quality_asked import counted
from app.plots.readout import sample_text
from app.plots.residuals_data import Cloud, Drawn
from app.plots.user_text import inline
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.training.residuals import Residuals

FIGURES_TIP = (
    "R²: share of the spread that is explained. RMSE: root of the mean squared residual."
    " MAE: mean absolute residual. In brackets: of the validation rows."
)


def headline(found: Cloud) -> str:
    """``R² 0.913 (0.894), RMSE 1.2 (1.3), MAE 0.9 (1)``, validation in brackets."""
    first, second = found.training, found.validation
    parts: list[str] = []
    for name, pick in (("R²", _r2), ("RMSE", _rmse), ("MAE", _mae)):
        text = f"{name} {number_text(pick(first), 3)}"
        parts.append(text if second is None else f"{text} ({number_text(pick(second), 3)})")
    return ", ".join(parts)


def note(drawn: Drawn) -> str:
    """How many points are drawn, where not all are."""
    known = int(drawn.cloud.known.sum())
    if drawn.points == known:
        return ""
    return f"{format_count(drawn.points)} of {format_count(known)} points drawn"


def left_out(unknown: int) -> str:
    """What is said of rows without a place."""
    return f"{counted(unknown)} not drawn: the prediction is not a finite number" if unknown else ""


def point_text(found: Cloud, sample: int, dataset: Dataset, table: Table | None = None) -> str:
    """One sample: residual first."""
    residual = number_text(float(found.residual[sample]))
    predicted = number_text(float(found.predicted[sample]))
    return f"residual {residual}, predicted {predicted}   {sample_text(dataset, sample, table)}"


def bin_text(found: Cloud, number: int) -> str:
    """One bin of the histogram."""
    validation, training = (int(n) for n in found.counts[:, number])
    low, high = (number_text(float(edge)) for edge in found.edges[number : number + 2])
    more = "" if found.validation is None else f" training, {counted(validation)} validation"
    return f"{counted(training)}{more}   residual {low} to {high}"


def description(found: Cloud, dataset: Dataset) -> str:
    """The picture for those who listen to it."""
    figures = found.training
    text = (
        f"Residuals of {inline(dataset.target)}, {counted(figures.count)}: {headline(found)},"
        f" mean residual {number_text(figures.mean, 3)}"
    )
    return text + (f"; {left_out(found.unknown)}" if found.unknown else "")


def _r2(figures: Residuals) -> float:
    return figures.r2


def _rmse(figures: Residuals) -> float:
    return figures.rmse


def _mae(figures: Residuals) -> float:
    return figures.mae
