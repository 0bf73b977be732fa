"""How good the outputs are, besides the loss that training follows."""

from __future__ import annotations

from dataclasses import dataclass

from slp_core.arrays import Float64s, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """Figures of one set of samples; what does not apply to the task is None.

    Attributes
    ----------
    loss
        The full objective, penalty included.
    accuracy
        Share of samples classified rightly.
    confusion
        (K, K) counts, row = true class, column = decided class.
    recall
        (K,) share of each class that was found; NaN for a class without samples.
    r2
        1 − Σ(y−z)² / Σ(y−ȳ)²; NaN if all targets are equal.
    mae, rmse
        Mean absolute error, and root of the mean squared error.
    """

    loss: float
    accuracy: float | None = None
    confusion: Ints | None = None
    recall: Float64s | None = None
    r2: float | None = None
    mae: float | None = None
    rmse: float | None = None
