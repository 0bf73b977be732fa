"""How far predicted numbers are from the true ones, in few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Float64s


@dataclass(frozen=True, slots=True)
class Residuals:
    """Figures of n predictions z of the numbers y; the residual is y − z.

    Attributes
    ----------
    count
        n, predictions that are finite numbers; without any, all figures are NaN.
    mean
        Mean residual: above 0 the predictions are too low.
    mae
        Mean of |y − z|.
    rmse
        Root of the mean of (y − z)².
    r2
        1 − Σ(y − z)² / Σ(y − ȳ)²: the share of the spread that is explained; below 0 the mean ȳ
        alone would predict better. NaN if all y are equal.
    """

    count: int
    mean: float
    mae: float
    rmse: float
    r2: float


def residual_figures(true: Float64s, predicted: Float64s) -> Residuals:
    """The figures of predictions (n,); those that are not finite are left out."""
    known = np.isfinite(predicted)
    y = true[known]
    nan = float("nan")
    if not len(y):
        return Residuals(0, nan, nan, nan, nan)
    with np.errstate(over="ignore", invalid="ignore"):
        residual = y - predicted[known]
        squares = float(residual @ residual)
        centred = y - y.mean()
        spread = float(centred @ centred)
        return Residuals(
            count=len(y),
            mean=float(residual.mean()),
            mae=float(np.abs(residual).mean()),
            rmse=(squares / len(y)) ** 0.5,
            r2=1.0 - squares / spread if spread > 0.0 else nan,
        )
