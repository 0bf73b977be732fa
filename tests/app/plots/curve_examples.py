"""A plot of curves with a run in it, for its tests."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.plots.curves import CurvesPlot
from slp_core.training.history import History
from tests.app.plots.examples import falling, settle, show, snapshot


def made(qtbot: QtBot, kind: str = "loss", past: History | None = None) -> CurvesPlot:
    """A plot that shows this history, or that of a loss that falls."""
    plot = show(qtbot, CurvesPlot(kind), 480, 240)
    past = past or falling()
    plot.show_history(past, snapshot(past))
    settle(qtbot)
    return plot


def flag(plot: CurvesPlot) -> str:
    """What stands on the axis of time where the values are read off."""
    shown = plot.cross.flag
    return shown.text if shown.isVisible() else ""
