from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.brushes import Brush
from app.numbers import share_text
from app.plots.decision import DecisionPlot
from app.plots.plane import PlaneView
from app.plots.plane_words import OFF
from slp_core.data.dataset import Dataset
from slp_core.data.principal import principal_plane
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, drag, image_of, made, plane, settle, some, under

SOFTMAX = pair("softmax", "cross_entropy")
SIGMOID = pair("sigmoid", "cross_entropy")
LINE = pair("identity", "quadratic")


def _principal(qtbot: QtBot, data: Dataset, chosen: Pair) -> tuple[DecisionPlot, Parameters]:
    plot = made(qtbot, data, chosen)
    parameters = some(data, chosen)
    plot.show_parameters(parameters)
    plot.set_projection("principal")
    settle(qtbot)
    plot.show_mistakes(parameters)
    return plot, parameters


def _view(plot: DecisionPlot) -> PlaneView:
    view = plot.view
    assert isinstance(view, PlaneView)
    return view


@pytest.mark.parametrize("degree", [1, 2])
def test_the_boundary_is_exact_for_points_on_the_plane(qtbot: QtBot, degree: int) -> None:
    data = blobs(2, features=5, degree=degree)
    plot, parameters = _principal(qtbot, data, SIGMOID)
    found = principal_plane(data.X[:, :5])
    points = found.points(np.column_stack(_view(plot).picture.boundary))
    raw = points * data.preparation.scales + data.preparation.centers
    V = data.preparation.transform(raw) @ parameters.W + parameters.b
    assert len(V)
    assert pytest.approx(0, abs=0.05 if degree > 1 else 1e-4) == V


def test_axes_say_their_share_and_what_they_are_made_of(qtbot: QtBot) -> None:
    data = blobs(3, features=7)
    plot, _ = _principal(qtbot, data, SOFTMAX)
    found = principal_plane(data.X[:, :7])
    assert plot.x_name.text().startswith(f"component 1 ({share_text(found.shares[0])})")
    feature, weight = found.loadings(0)[0]
    assert f"f{feature} {weight:.2f}"[:6] in plot.x_name.toolTip()
    assert "and 2 smaller" in plot.y_name.toolTip()
    assert "component 1" in _view(plot).text_at(0.0, 0.0)
    plot.set_projection("slice")
    settle(qtbot)
    assert "component" not in plot.x_name.text() + plot.x_name.toolTip()


def test_samples_off_the_plane_that_are_decided_otherwise_are_counted(qtbot: QtBot) -> None:
    data = blobs(3, features=6, validation=0.3)
    plot, parameters = _principal(qtbot, data, SOFTMAX)
    found = principal_plane(data.X[:, :6])
    drawn = found.points(found.project(data.prepared)) @ parameters.W + parameters.b
    real = data.prepared @ parameters.W + parameters.b
    other = int((drawn.argmax(axis=1) != real.argmax(axis=1)).sum())
    assert 0 < other < len(real)
    assert plot.note.text().startswith(f"{share_text(sum(found.shares))} of the variance; ")
    assert f"{other} of {len(real)} decided otherwise" in plot.note.text()
    assert "Exact for points on the plane" in plot.note.toolTip()


def test_the_plane_through_a_row_is_another_with_the_row_at_its_place(qtbot: QtBot) -> None:
    data = blobs(3, features=6)
    plot, parameters = _principal(qtbot, data, SOFTMAX)
    before, places = image_of(plot).copy(), _view(plot).sheet.x.copy()
    row = np.array([data.inputs(n)[9] for n in range(6)])
    plot.set_held(row, "row 10")
    settle(qtbot)
    assert not np.array_equal(image_of(plot), before)
    assert "through row 10" in plot.note.text()
    view = _view(plot)
    assert np.array_equal(view.sheet.x, places)
    shares = _shares_of(data, parameters, 9)
    winner = int(shares.argmax())
    said = view.text_at(float(view.sheet.x[9]), float(view.sheet.y[9]))
    assert said.startswith(f"→ {data.classes[winner]} {share_text(float(shares[winner]))}")
    plot.set_held(None)
    settle(qtbot)
    assert np.array_equal(image_of(plot), before)


def _shares_of(data: Dataset, parameters: Parameters, sample: int) -> np.ndarray:
    """What the model says of a sample."""
    V = data.prepared[sample] @ parameters.W + parameters.b
    return np.exp(V) / np.exp(V).sum()


def test_painting_and_dragging_are_off_and_the_tooltip_says_why(qtbot: QtBot) -> None:
    data = blobs(2, features=4)
    plot, parameters = _principal(qtbot, data, SIGMOID)
    asked: list[object] = []
    noted: list[str] = []
    plot.edited.connect(lambda *order: asked.append(order))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]  # a slot
    plot.parameters_edited.connect(lambda *order: asked.append(order))  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]  # a slot
    plot.noted.connect(noted.append)
    plot.set_painting(Brush())
    assert plot.canvas.toolTip() == OFF
    drag(plot.canvas, [(0.0, 0.0), (0.5, 0.5)])
    plot.jitter(0.1)
    settle(qtbot)
    assert asked == []
    assert noted == [OFF]
    assert plot.grasp() is None
    plot.set_projection("slice")
    settle(qtbot)
    assert plot.canvas.toolTip() == ""
    plot.show_parameters(parameters)
    assert plot._stage.brush is not None  # pyright: ignore[reportPrivateUsage]  # taken up again


def test_a_click_selects_the_row_of_a_sample(qtbot: QtBot) -> None:
    data = blobs(3, features=5)
    plot, _ = _principal(qtbot, data, SOFTMAX)
    picked: list[np.ndarray] = []
    plot.selection_changed.connect(picked.append)
    view = _view(plot)
    place = plot.canvas.place_of(float(view.sheet.x[4]), float(view.sheet.y[4])).toPoint()
    target = under(plot.canvas, place)
    inner = target.mapFrom(plot.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=inner)
    assert picked[-1].tolist() == [int(data.row_index[4])]


def test_other_features_lead_back_to_the_slice_the_same_do_not(qtbot: QtBot) -> None:
    data = blobs(3, features=5)
    plot = made(qtbot, data, SOFTMAX)
    plot.set_axes(0, 1)
    plot.set_projection("principal")
    plot.set_axes(0, 1)
    assert plot.projection == "principal"
    plot.set_data(blobs(3, features=5, degree=2))
    assert plot.projection == "principal"
    plot.set_axes(2, 1)
    assert plot.projection == "slice"
    plot.set_projection("principal")
    plot.set_data(blobs(3, features=6))
    assert plot.projection == "slice"


@pytest.mark.parametrize(
    ("data", "why"),
    [(blobs(2), "already"), (blobs(2, features=4, sine=True), "sine"), (blobs(3, features=4), "")],
)
def test_where_there_is_no_plane_it_is_said(qtbot: QtBot, data: Dataset, why: str) -> None:
    plot = made(qtbot, data, SOFTMAX)
    plot.set_projection("principal")
    settle(qtbot)
    assert why in plot.no_plane
    assert (plot.projection == "principal") == (why == "")
    assert ("component" in plot.x_name.text()) == (why == "")


def test_numbers_have_a_field_on_the_plane(qtbot: QtBot) -> None:
    data = plane(features=4)
    plot, parameters = _principal(qtbot, data, LINE)
    assert plot.note.text().endswith("of the variance")
    found = principal_plane(data.X[:, :4])
    value = float((found.points(np.array([[0.3, -0.2]])) @ parameters.W + parameters.b)[0, 0])
    assert f"height {value:.3f}" in _view(plot).text_at(0.3, -0.2)


def test_arrows_are_the_weight_vectors_shadow_on_the_plane(qtbot: QtBot) -> None:
    data = blobs(3, features=6)
    plot, parameters = _principal(qtbot, data, SOFTMAX)
    plot.layers.toggles.set("weights", True)
    found = principal_plane(data.X[:, :6])
    for number, arrow in plot.layers.arrows.shown:
        assert arrow.weights == pytest.approx(found.axes @ parameters.W[:, number])
        assert arrow.foot == pytest.approx((0.0, 0.0))
