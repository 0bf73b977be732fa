from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.plots.colors import class_color, prediction_color
from app.plots.decision import DecisionPlot
from app.plots.line import LineView
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, color_at, distance, plane, settle, show, weights

SIGMOID = pair("sigmoid", "cross_entropy")
SOFTMAX = pair("softmax", "cross_entropy")


def made(qtbot: QtBot, data: Dataset, chosen: Pair) -> tuple[DecisionPlot, LineView]:
    plot = show(qtbot, DecisionPlot())
    plot.set_data(data)
    plot.set_model(chosen)
    settle(qtbot)
    assert isinstance(plot.view, LineView)
    return plot, plot.view


def test_the_curve_is_the_probability(qtbot: QtBot) -> None:
    data = blobs(2, features=1)
    plot, view = made(qtbot, data, SIGMOID)
    parameters = Parameters(np.array([[2.0]]), np.array([0.5]))
    plot.show_parameters(parameters)
    ((x, z),) = view.curves
    V = data.preparation.transform(x[:, None]) @ parameters.W + parameters.b
    assert z == pytest.approx(1 / (1 + np.exp(-V[:, 0])))
    assert plot.y_name.text() == "↑ probability of class b"


def test_boundary_and_threshold_are_marked(qtbot: QtBot) -> None:
    data = blobs(2, features=1)
    plot, view = made(qtbot, data, SIGMOID)
    plot.show_parameters(Parameters(np.array([[2.0]]), np.array([0.5])))
    x, y = view.marks
    feature = data.preparation.features[0]
    assert x[0] == pytest.approx(-0.25 * feature.scale + feature.center, abs=1e-6)
    assert y[-2:].tolist() == [0.5, 0.5]


def test_bands_have_the_color_of_the_class(qtbot: QtBot) -> None:
    data = blobs(2, points=8, features=1)
    plot, _ = made(qtbot, data, SIGMOID)
    plot.show_parameters(Parameters(np.array([[20.0]]), np.zeros(1)))
    settle(qtbot)
    left, right = plot.canvas.x_range
    for share, wanted, other in ((0.05, 0, 1), (0.95, 1, 0)):
        color = color_at(plot.canvas, left + share * (right - left), 0.3)
        hues = [QColor(class_color(THEMES["light"], k)) for k in (wanted, other)]
        assert distance(color, hues[0]) < distance(color, hues[1])


def test_each_class_has_its_curve_and_its_row(qtbot: QtBot) -> None:
    data = blobs(4, features=1)
    plot, view = made(qtbot, data, SOFTMAX)
    plot.show_parameters(weights(data, 4))
    assert len(view.curves) == 4
    assert sum(z for _, z in view.curves) == pytest.approx(np.ones(len(view.curves[0][0])))
    _, top = plot.canvas.y_range
    heights = [view.heights[data.all_labels == k] for k in range(4)]
    assert all(a.max() < b.min() for a, b in pairwise(heights))
    assert heights[0].min() > 1
    assert heights[-1].max() < top
    labels = [float(text) for _, text in plot.canvas.y_axis.ticks.labelled]
    assert max(labels) <= 1, "a probability above 1 is no tick"


def test_regression_draws_the_line_through_the_points(qtbot: QtBot) -> None:
    data = plane(features=1)
    plot, view = made(qtbot, data, pair("identity", "quadratic"))
    feature = data.preparation.features[0]
    truth = Parameters(np.array([[feature.scale]]), np.array([3 + feature.center]))
    plot.show_parameters(truth)
    ((x, z),) = view.curves
    assert z == pytest.approx(3 + x)
    assert np.array_equal(view.heights, data.all_values)
    assert not plot.color_bar.isVisible()
    assert plot.y_name.text() == "↑ height"
    assert "predicted height" in plot.legend.texts
    theme = THEMES["light"]
    assert prediction_color(theme) != class_color(theme, 0)
    plot.canvas.hovered.emit(QPointF(0.5, 0.0))
    assert "height 3.5" in plot.readout.text()


def test_one_feature_of_many_is_a_slice(qtbot: QtBot) -> None:
    data = blobs(2, features=3)
    plot = show(qtbot, DecisionPlot())
    plot.set_data(data)
    plot.set_model(SIGMOID)
    plot.set_axes(1, None)
    settle(qtbot)
    assert isinstance(plot.view, LineView)
    assert plot.note.text().startswith("slice: 2 other features")
    parameters = weights(data, 1)
    plot.show_parameters(parameters)
    ((x, z),) = plot.view.curves
    inputs = np.tile(data.means, (len(x), 1))
    inputs[:, 1] = x
    V = data.preparation.transform(inputs) @ parameters.W + parameters.b
    assert z == pytest.approx(1 / (1 + np.exp(-V[:, 0])), abs=1e-9)


def test_mistakes_are_counted(qtbot: QtBot) -> None:
    data = blobs(2, features=1)
    plot, _ = made(qtbot, data, SIGMOID)
    parameters = Parameters(np.array([[0.0]]), np.array([1.0]))
    plot.show_parameters(parameters)
    plot.show_mistakes(parameters)
    assert f"{int((data.all_labels == 0).sum())} misclassified" in plot.accessibleDescription()
