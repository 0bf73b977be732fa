from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.plots.decision import DecisionPlot
from app.plots.ghosts import MOST, ghosts
from app.plots.line import LineView
from app.plots.plane import PlaneView
from app.plots.weight_arrow import middle_of_line
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.history import Checkpoint
from slp_core.training.pocket import Best
from tests.app.plots.examples import blobs, dataset, made, plane, settle, some, under
from tests.app.plots.run_examples import trained

SIGMOID = pair("sigmoid", "cross_entropy")
HINGE = pair("identity", "hinge")
LINE = pair("identity", "quadratic")


def _numbers(points: int) -> Dataset:
    x = np.linspace(-2, 2, points)
    return dataset({"x": x, "y": 1 + 2 * x + np.sin(9 * x)}, "y")


def _shown(qtbot: QtBot, run: RunMoment) -> DecisionPlot:
    plot = made(qtbot, run.dataset, run.pair)
    plot.show_parameters(run.snapshot.parameters)
    plot.show_run(run.snapshot)
    settle(qtbot)
    return plot


def _press(plot: DecisionPlot, name: str) -> None:
    buttons = plot.header_widget.findChildren(QToolButton)
    button = next(b for b in buttons if b.text() == name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_ghosts_are_few_stay_and_lie_before_now() -> None:
    none = Parameters(np.zeros((1, 1)), np.zeros(1))
    points = [Checkpoint(update, none) for update in range(0, 40_001, 5)]
    chosen = ghosts(points, 40_000)
    assert len(chosen) == MOST
    updates = [point.update for point in chosen]
    assert updates == [10, 30, 100, 300, 1000, 3000, 10_000, 30_000]
    assert ghosts(points, 39_000) == chosen
    assert ghosts(points, 0) == ()
    assert [p.update for p in ghosts(points[:3], 8)] == [0, 5]


@pytest.mark.parametrize(
    ("offset", "across", "up"), [(0.2, 1, 3), (0.5, -2, 1), (0, 0, 1), (1, 4, 0)]
)
def test_the_middle_of_a_line_lies_on_it(offset: float, across: float, up: float) -> None:
    found = middle_of_line(offset, across, up)
    assert found is not None
    assert offset + across * found[0] + up * found[1] == pytest.approx(0)
    assert max(map(abs, found)) <= 1


@pytest.mark.parametrize(("offset", "across", "up"), [(9, 1, 3), (9, 3, 1), (1, 0, 0), (2, 0, 1)])
def test_a_line_out_of_view_has_no_middle(offset: float, across: float, up: float) -> None:
    assert middle_of_line(offset, across, up) is None


def test_the_weight_vector_stands_on_the_boundary(qtbot: QtBot) -> None:
    data = blobs(spread=7, offset=100)
    plot = made(qtbot, data, SIGMOID)
    parameters = some(data, SIGMOID)
    plot.show_parameters(parameters)
    assert "length" not in plot.layers.text_at(0, 0)
    _press(plot, "Weights")
    ((_, arrow),) = plot.layers.arrows.shown
    assert arrow.weights == pytest.approx(parameters.W[:, 0])
    foot, tip = data.preparation.transform(np.array([arrow.foot, arrow.tip]))
    assert foot @ parameters.W[:, 0] + parameters.b[0] == pytest.approx(0, abs=1e-9)
    assert tip - foot == pytest.approx(arrow.share * parameters.W[:, 0])
    place = plot.canvas.place_of(*arrow.tip).toPoint()
    target = under(plot.canvas, place)
    QTest.mouseMove(target, target.mapFrom(plot.canvas, place))
    settle(qtbot)
    assert "length" in plot.readout.text()
    _press(plot, "Weights")
    assert plot.layers.arrows.shown == ()


def test_ghosts_are_earlier_boundaries_and_stay_while_weights_move(qtbot: QtBot) -> None:
    run = trained(blobs(), epochs=60)
    plot = _shown(qtbot, run)
    assert plot.layers.ghosts.shown == ()
    _press(plot, "Ghosts")
    shown = plot.layers.ghosts.shown
    assert 2 <= len(shown) <= MOST
    assert all(point.update < run.snapshot.update for point in shown)
    assert "earlier" in plot.legend.texts
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    assert plot.layers.ghosts.shown == shown
    view = plot.view
    assert isinstance(view, PlaneView)
    x, y = view.trace(shown[-1].parameters)
    V = run.dataset.preparation.transform(np.column_stack([x, y]))
    assert V @ shown[-1].parameters.W + shown[-1].parameters.b == pytest.approx(0, abs=1e-4)


def test_the_best_is_drawn_where_it_is_not_now(qtbot: QtBot) -> None:
    run = trained(blobs(), epochs=60)
    plot = _shown(qtbot, run)
    _press(plot, "Best")
    assert plot.layers.best_shown is None
    middle = run.snapshot.history.checkpoints[len(run.snapshot.history.checkpoints) // 2]
    best = Best(middle.update, 0.1, True, middle.parameters)
    plot.show_run(replace(run.snapshot, best=best))
    assert plot.layers.best_shown is best
    assert "best so far" in plot.legend.texts
    plot.show_run(replace(run.snapshot, best=None, loss=float("nan")))
    assert plot.layers.best_shown is None
    plot.show_run(replace(run.snapshot, best=best, loss=float("nan")))
    assert plot.layers.best_shown is best


def test_residuals_go_from_samples_to_predictions(qtbot: QtBot) -> None:
    data = _numbers(40)
    plot = made(qtbot, data, LINE)
    parameters = some(data, LINE)
    plot.show_parameters(parameters)
    x, y = plot.layers.residual_lines
    assert np.array_equal(x[::2], data.inputs(0))
    assert np.array_equal(y[::2], data.all_values)
    assert y[1::2] == pytest.approx((data.prepared @ parameters.W + parameters.b)[:, 0])
    _press(plot, "Residuals")
    assert plot.layers.residual_lines[0].size == 0


def test_of_many_samples_some_residuals_are_drawn(qtbot: QtBot) -> None:
    data = _numbers(1700)
    plot = made(qtbot, data, LINE)
    plot.show_parameters(some(data, LINE))
    assert 800 < plot.layers.residual_lines[0].size <= 1000
    assert isinstance(plot.view, LineView)


def test_contours_can_be_hidden_and_margins_count_among_them(qtbot: QtBot) -> None:
    data = blobs()
    plot = made(qtbot, data, HINGE)
    plot.show_parameters(some(data, HINGE))
    view = plot.view
    assert isinstance(view, PlaneView)
    assert view.has_contours
    assert view.picture.contours[0].size
    _press(plot, "Contours")
    assert not view.picture.contours_shown
    _press(plot, "Contours")
    assert view.picture.contours_shown


@pytest.mark.parametrize(
    ("data", "chosen", "on"),
    [
        (blobs(), SIGMOID, {"contours", "weights", "ghosts", "best"}),
        (blobs(3), pair("softmax", "cross_entropy"), {"weights", "ghosts", "best"}),
        (blobs(7), pair("softmax", "cross_entropy"), {"ghosts", "best"}),
        (blobs(degree=2), SIGMOID, {"contours", "ghosts", "best"}),
        (plane(), LINE, {"contours", "residuals"}),
        (_numbers(20), LINE, {"ghosts", "best", "residuals"}),
    ],
)
def test_only_what_means_something_can_be_switched(
    qtbot: QtBot, data: Dataset, chosen: object, on: set[str]
) -> None:
    plot = made(qtbot, data, chosen)  # pyright: ignore[reportArgumentType]  # parametrised
    header = plot.layers.header
    buttons = set(header.findChildren(QToolButton)) - {header.picker}
    names = {b.text().lower() for b in buttons if b.isEnabled() and b.text() != "…"}
    assert names == on


def test_without_data_nothing_is_drawn(qtbot: QtBot) -> None:
    run = trained(blobs(), epochs=60)
    plot = _shown(qtbot, run)
    for name in ("Weights", "Ghosts", "Best"):
        _press(plot, name)
    plot.clear()
    settle(qtbot)
    assert plot.layers.arrows.shown == ()
    assert plot.layers.ghosts.shown == ()
