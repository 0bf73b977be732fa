from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.plots.activation import ActivationPlot
from app.plots.colorbar import ColorBar
from app.plots.curves import CurvesPlot
from app.theme import THEMES
from slp_core.network.pairs import pair
from tests.app.plots.examples import history, picture, settle, show, snapshot


def made(qtbot: QtBot, low: float, high: float, name: str) -> ColorBar:
    bar = ColorBar()
    bar.set_theme(THEMES["light"])
    bar.set_range(low, high, name)
    return show(qtbot, bar, 90, 300)


def test_the_bar_says_what_it_measures_and_in_which_unit(qtbot: QtBot) -> None:
    assert made(qtbot, 0.0, 5e6, "price").name == "price ×10⁶"
    assert made(qtbot, 0.0, 5.0, "price").name == "price"


def test_the_name_is_drawn(qtbot: QtBot) -> None:
    bar = made(qtbot, 0.0, 5e6, "price")
    named = picture(bar)
    bar.set_range(0.0, 5.0)
    assert picture(bar) != named
    assert bar.accessibleDescription().startswith("from 0")


@pytest.mark.parametrize("factor", [1e9, 1e-9])
def test_curves_write_the_factor_into_their_labels(qtbot: QtBot, factor: float) -> None:
    values = np.array([3.0, 2.0, 1.5]) * factor
    past = history([0, 10, 20], loss=values, loss_min=values, loss_max=values)
    plot = show(qtbot, CurvesPlot("loss"), 480, 240)
    plot.show_history(past, snapshot(past))
    for log in (False, True):
        plot.set_log(y=log)
        settle(qtbot)
        labels = [label for _, label in plot.canvas.y_axis.ticks.labelled]
        assert all("10" in label for label in labels if label != "0")


def test_scores_of_any_size_name_their_factor(qtbot: QtBot) -> None:
    plot = show(qtbot, ActivationPlot(), 480, 300)
    plot.set_model(pair("relu", "quadratic"), ("a", "b"))
    plot.show_scores(np.array([[-3e7], [4e7]]), np.array([0, 1]))
    settle(qtbot)
    assert plot.x_name.text() == "score v ×10⁷ →"
    labels = [label for _, label in plot.canvas.y_axis.ticks.labelled]
    assert all("10⁷" in label for label in labels if label != "0")
