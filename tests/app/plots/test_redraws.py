"""What a frame need not draw again."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from app.plots.curves import CurvesPlot
from app.plots.decision import DecisionPlot
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, settle, show
from tests.app.plots.run_examples import trained

DATA = blobs()


def counted(monkeypatch: pytest.MonkeyPatch, kind: str, method: str) -> list[Any]:
    """The items of a kind for which a method is called from now on."""
    found: list[Any] = []
    owner: Any = getattr(pg, kind)
    original = getattr(owner, method)

    def call(item: Any, *arguments: Any) -> Any:
        found.append(item)
        return original(item, *arguments)

    monkeypatch.setattr(owner, method, call)
    return found


def test_axes_stay_while_their_ticks_do(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = show(qtbot, CurvesPlot("loss"))
    plot.show_runs((trained(DATA, epochs=90, batch_size=20),))
    settle(qtbot)
    drawn = counted(monkeypatch, "AxisItem", "generateDrawSpecs")
    plot.show_runs((trained(DATA, epochs=95, batch_size=20),))
    plot.canvas.set_scales()
    settle(qtbot)
    assert drawn == []
    plot.show_runs((trained(DATA, epochs=300, batch_size=20),))
    settle(qtbot)
    assert drawn


def test_markers_are_painted_where_there_are_any(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot, run = show(qtbot, DecisionPlot()), trained(DATA, epochs=200)
    plot.set_data(run.dataset)
    plot.set_model(run.pair)
    plot.show_parameters(run.snapshot.parameters)
    settle(qtbot)
    painted = counted(monkeypatch, "ScatterPlotItem", "paint")
    for share in (0.9, 0.8, 0.7):
        now = run.snapshot.parameters
        other = Parameters(now.W * share, now.b)
        plot.show_parameters(other)
        plot.show_mistakes(other)
        settle(qtbot)
    assert [item for item in painted if not len(item.getData()[0])] == []
