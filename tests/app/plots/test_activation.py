from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.plots.activation import ActivationPlot
from app.plots.colors import class_color
from app.theme import THEMES
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.pairs import pair
from tests.app.plots.examples import Calls, distance, picture, settle, show

LOSS = {"step": "perceptron", "softmax": "cross_entropy"}


def made(qtbot: QtBot, key: str, classes: tuple[str, ...] = ("a", "b")) -> ActivationPlot:
    plot = show(qtbot, ActivationPlot(), 480, 300)
    plot.set_model(pair(key, LOSS.get(key, "quadratic")), classes)
    settle(qtbot)
    return plot


@pytest.mark.parametrize("key", list(ACTIVATIONS))
def test_curve_and_slope_are_the_rows_own(qtbot: QtBot, key: str) -> None:
    plot = made(qtbot, key)
    (v, a), (w, slope) = plot.curves
    row = ACTIVATIONS["sigmoid" if key == "softmax" else key]
    assert v[0] < -6
    assert v[-1] > 6
    assert np.array_equal(a, row.value(v))
    assert np.array_equal(slope, row.slope(w, row.value(w)))
    low, high = plot.canvas.y_range
    assert low < a.min() <= a.max() < high + 0.3
    assert ACTIVATIONS[key].label in plot.title.text()


def test_a_jump_is_upright(qtbot: QtBot) -> None:
    (v, a), _ = made(qtbot, "step").curves
    jump = int(np.flatnonzero(np.diff(a))[0])
    assert v[jump + 1] - v[jump] < 1e-300


def test_scores_lie_in_the_row_of_their_class(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    V = np.array([[-2.0], [-1.0], [3.0]])
    plot.show_scores(V, np.array([0, 0, 1]))
    (x0, y0), (x1, y1) = plot.rugs
    assert x0[::2].tolist() == [-2.0, -1.0]
    assert x1[::2].tolist() == [3.0]
    assert y0.min() > y1.max()
    settle(qtbot)
    image = picture(plot.canvas)
    middle = plot.canvas.place_of(3.0, float(y1.mean())).toPoint()
    colors = [image.pixelColor(middle.x() + dx, middle.y()) for dx in (-1, 0, 1)]
    assert min(distance(c, QColor(class_color(THEMES["light"], 1))) for c in colors) < 140


def test_the_range_follows_the_scores(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    assert plot.canvas.x_range == pytest.approx((-6.18, 6.18))
    plot.show_scores(np.array([[13.0]]), np.array([0]))
    assert plot.canvas.x_range == pytest.approx((-15.45, 15.45))
    plot.show_scores(np.array([[12.0]]), np.array([0]))
    assert plot.canvas.x_range == pytest.approx((-15.45, 15.45))
    plot.show_scores(np.array([[2.0]]), np.array([0]))
    assert plot.canvas.x_range == pytest.approx((-6.18, 6.18))


def test_saturation_is_said(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    plot.show_scores(np.array([[0.0]] * 3 + [[9.0]]), np.array([0, 1, 0, 1]))
    assert plot.detail.text() == "saturated 25.0 %"


def test_few_of_many_scores_are_drawn_and_that_is_said(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    plot.show_scores(np.zeros((4000, 1)), np.zeros(4000, dtype=np.int64))
    assert plot.note.text() == "2,000 of 4,000 scores drawn"


def test_softmax_says_that_it_is_a_cut(qtbot: QtBot) -> None:
    plot = made(qtbot, "softmax", ("a", "b", "c"))
    assert plot.note.text() == "one class's score moves, the others are held"
    plot.show_scores(np.eye(3) * 4, np.arange(3))
    x = np.concatenate([x[::2] for x, _ in plot.rugs])
    assert x == pytest.approx([4 - np.log(2)] * 3)
    assert plot.legend.texts[-1] == "even odds"


def test_several_outputs_show_each_samples_own(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid", ("a", "b", "c"))
    plot.show_scores(np.arange(9.0).reshape(3, 3), np.arange(3))
    assert [x[0] for x, _ in plot.rugs] == [0.0, 4.0, 8.0]
    assert "own class" in plot.note.text()
    assert "decision" not in plot.legend.texts


def test_the_decision_is_marked_at_its_score(qtbot: QtBot) -> None:
    assert made(qtbot, "relu").marks[0].tolist() == [0.5, 0.5]
    assert made(qtbot, "sigmoid").marks[0].tolist() == [0.0, 0.0]
    assert not len(made(qtbot, "identity", ()).marks[0])


def test_regression_has_one_row_without_a_class(qtbot: QtBot) -> None:
    plot = made(qtbot, "identity", ())
    plot.show_scores(np.array([[1.0], [2.0]]), None)
    assert len(plot.rugs) == 1
    assert plot.detail.text() == "saturated 0.0 %"


def test_hovering_reads_the_curve(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    plot.canvas.hovered.emit(QPointF(0.0, 0.5))
    assert plot.note.text() == "v 0   f(v) 0.5   f′(v) 0.25"
    plot.canvas.hovered.emit(None)
    assert plot.note.text() == ""


def test_ten_classes_have_room(qtbot: QtBot) -> None:
    plot = made(qtbot, "softmax", tuple("abcdefghij"))
    V = np.random.default_rng(0).normal(0, 2, (50, 10))
    plot.show_scores(V, np.arange(50) % 10)
    low, _ = plot.canvas.y_range
    assert len(plot.rugs) == 10
    assert all(y.min() > low for _, y in plot.rugs)
    labels = [float(t.replace("−", "-")) for _, t in plot.canvas.y_axis.ticks.labelled]
    assert min(labels) >= 0, "ticks belong to the curves, not to the rows"


def test_scores_that_are_not_finite_do_no_harm(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    plot.show_scores(np.array([[np.nan], [np.inf], [1.0]]), np.array([0, 1, 1]))
    assert [len(x) for x, _ in plot.rugs] == [0, 2]


def test_hidden_it_only_remembers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = made(qtbot, "sigmoid")
    plot.hide()
    calls = Calls()
    monkeypatch.setattr("app.plots.activation.own_scores", calls)
    plot.show_scores(np.array([[13.0]]), np.array([0]))
    assert calls.seen == []
    monkeypatch.undo()
    plot.show()
    assert plot.canvas.x_range[1] == pytest.approx(15.45)


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_the_theme_recolours_curves(qtbot: QtBot, theme: str) -> None:
    plot = made(qtbot, "sigmoid")
    plot.set_theme(THEMES[theme])
    settle(qtbot)
    image = picture(plot.canvas)
    place = plot.canvas.place_of(5.0, 0.9933).toPoint()
    near = [image.pixelColor(place.x(), place.y() + dy) for dy in (-1, 0, 1)]
    wanted = QColor(THEMES[theme].activation_color)
    assert min(distance(color, wanted) for color in near) < 40
    assert image.pixelColor(image.width() - 3, 3).name() == THEMES[theme].surface


def test_the_same_model_keeps_the_scores(qtbot: QtBot) -> None:
    plot = made(qtbot, "sigmoid")
    plot.show_scores(np.array([[1.0]]), np.array([0]))
    plot.set_model(pair("sigmoid", "quadratic"), ("a", "b"))
    assert plot.scores is not None
    plot.set_model(pair("tanh", "quadratic"), ("a", "b"))
    assert plot.scores is None


def test_a_run_far_away_is_said_and_leaves_the_curve_whole(qtbot: QtBot) -> None:
    plot = made(qtbot, "identity", ())
    plot.show_scores(np.array([[1e153], [-1e153], [2.0]]))
    settle(qtbot)
    assert plot.canvas.x_range[1] < 1e30
    assert "diverged" in plot.note.text()
