"""Scalings: how a feature is centred and stretched before training, and how that is measured.

Every scaling is the same affine map, ``scaled = (raw - center) / scale``, so that it can be undone
and weights can be told in original units. Only how center and scale are found differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slp_core.arrays import Floats
from slp_core.errors import ConfigError, DataError


@dataclass(frozen=True, slots=True)
class Scaling:
    """One way of scaling features.

    ``measure`` takes the **training** values of one feature (n,) and gives (center, scale);
    validation rows never leak into either. ``wave`` is the angular frequency of sine terms: about
    two waves over the data.
    """

    key: str
    label: str
    formula: str
    latex: str
    summary: str
    source: str
    measure: Callable[[Floats], tuple[float, float]]
    wave: float


def _keep(_values: Floats) -> tuple[float, float]:
    return 0.0, 1.0


def mean_and_deviation(values: Floats) -> tuple[float, float]:
    """Mean and population standard deviation, in float64.

    The deviations are divided by the span first: sums and squares of 1e200 would overflow, squares
    of 1e-200 would vanish.
    """
    low, span = low_and_span(values)
    if span == 0.0:
        return low, 0.0
    relative = np.subtract(values, low, dtype=np.float64)
    relative /= span
    mean = float(relative.mean())
    relative -= mean
    deviation = float(np.sqrt(np.dot(relative, relative) / relative.size))
    return low + mean * span, deviation * span


def _standardize(values: Floats) -> tuple[float, float]:
    mean, deviation = mean_and_deviation(values)
    return mean, deviation or 1.0


def _min_max(values: Floats) -> tuple[float, float]:
    low, span = low_and_span(values)
    return low, span or 1.0


def low_and_span(values: Floats) -> tuple[float, float]:
    """Smallest value, and largest less smallest; DataError if that is not finite."""
    low, high = float(values.min()), float(values.max())
    span = high - low
    if not np.isfinite(span):
        raise DataError(
            f"A column runs from {low:g} to {high:g}, which is more than a number can hold.",
            code="data.span",
            hint="Check the file for wrong values, or leave the column out.",
        )
    return low, span


_ROWS = (
    Scaling(
        key="none",
        label="None",
        formula="x",
        latex="x",
        summary="Features enter as they are in the file.",
        source="",
        measure=_keep,
        wave=1.0,
    ),
    Scaling(
        key="standardize",
        label="Standardise",
        formula="(x − mean) / standard deviation",
        latex=r"(x - \mu) / \sigma",
        summary="Every feature gets mean 0 and standard deviation 1 over the training rows.",
        source="LeCun, Bottou, Orr, Müller: Efficient BackProp (1998), section 4.3",
        measure=_standardize,
        wave=np.pi,
    ),
    Scaling(
        key="minmax",
        label="Min–max",
        formula="(x − min) / (max − min)",
        latex=r"(x - x_{\min}) / (x_{\max} - x_{\min})",
        summary="Every feature runs from 0 to 1 over the training rows.",
        source="",
        measure=_min_max,
        wave=4.0 * np.pi,
    ),
)

SCALINGS: Mapping[str, Scaling] = MappingProxyType({row.key: row for row in _ROWS})


def scaling(key: str) -> Scaling:
    """The scaling called ``key``; ConfigError lists those that exist."""
    try:
        return SCALINGS[key]
    except KeyError:
        raise ConfigError(
            f"There is no scaling called {key!r}.",
            field="scaling",
            value=key,
            allowed=tuple(SCALINGS),
        ) from None
