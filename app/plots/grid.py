"""Faint lines at the labelled ticks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

Range = tuple[float, float]


def draw_grid(
    item: pg.PlotCurveItem, upright: Sequence[float], across: Sequence[float], x: Range, y: Range
) -> None:
    """Lines from edge to edge of the view at these places of the axes."""
    ends_x = [*x * len(across), *(place for place in upright for _ in range(2))]
    ends_y = [*(place for place in across for _ in range(2)), *y * len(upright)]
    item.setData(np.array(ends_x), np.array(ends_y), connect="pairs", skipFiniteCheck=True)
