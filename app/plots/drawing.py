"""What an item draws, for those who look at it from outside."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from slp_core.arrays import Floats

Drawing = tuple[Floats, Floats]
"""Places of a line in view coordinates."""


def drawn(item: pg.PlotCurveItem) -> Drawing:
    """The places a curve is drawn through."""
    x, y = item.getData()
    return (np.empty(0), np.empty(0)) if x is None or y is None else (x, y)
