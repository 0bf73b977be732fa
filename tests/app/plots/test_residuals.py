from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.canvas_mouse import Touch
from app.plots.quality_bins import round_range
from app.plots.quality_view import NOT_FINITE
from app.plots.residuals import ResidualView
from app.plots.residuals_data import Cloud, cloud, with_picture
from app.plots.residuals_points import part_colors
from app.theme import THEMES
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, drag, picture, plane, settle, show, under
from tests.app.plots.quality_examples import IDENTITY, SIGMOID, broken, moment, switch, told

ROUGH = Parameters(np.array([[1.0], [1.8]]), np.array([2.6]))
NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def made(qtbot: QtBot, data: Dataset, mode: str = "fit") -> ResidualView:
    view = show(qtbot, ResidualView(), 460, 360)
    switch(view, mode)
    view.show_moment(moment(data, IDENTITY, ROUGH))
    settle(qtbot)
    return view


def predicted(data: Dataset, parameters: Parameters = ROUGH) -> Float64s:
    return (data.prepared @ parameters.W + parameters.b)[:, 0]


def the_cloud(view: ResidualView) -> Cloud:
    assert view.drawn is not None
    return view.drawn.cloud


def click(view: ResidualView, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
    place = view.canvas.place_of(x, y).toPoint()
    target = under(view.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, keys, target.mapFrom(view.canvas, place))


def test_figures_of_both_parts_are_those_by_hand(qtbot: QtBot) -> None:
    data = plane(60)
    view, n = made(qtbot, data), data.samples
    residual = data.all_values - predicted(data)
    for figures, rows in (
        (the_cloud(view).training, slice(0, n)),
        (the_cloud(view).validation, slice(n, None)),
    ):
        assert figures is not None
        y = data.all_values[rows]
        assert figures.mae == pytest.approx(np.abs(residual[rows]).mean())
        assert figures.rmse == pytest.approx(np.sqrt((residual[rows] ** 2).mean()))
        spread = ((y - y.mean()) ** 2).sum()
        assert figures.r2 == pytest.approx(1 - (residual[rows] ** 2).sum() / spread)
    assert view.headline.text().startswith(f"R² {number_text(the_cloud(view).training.r2, 3)} (")


@pytest.mark.parametrize("mode", ["fit", "residuals"])
def test_a_click_selects_the_row_of_a_point(qtbot: QtBot, mode: str) -> None:
    data = plane(40)
    view = made(qtbot, data, mode)
    spy = QSignalSpy(view.selection_changed)
    x = predicted(data)
    y = data.all_values - x if mode == "residuals" else data.all_values
    far = int(np.argmax(x))
    near = int(np.argmin(x))
    click(view, x[far], y[far])
    click(view, x[near], y[near], CONTROL)
    click(view, x[far], y[far], CONTROL)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    first, second = int(data.row_index[far]), int(data.row_index[near])
    assert told(spy) == [[first], sorted([first, second]), [second], []]


def test_a_frame_with_shift_selects_what_is_inside(qtbot: QtBot) -> None:
    data = plane(60)
    view = made(qtbot, data, "residuals")
    spy = QSignalSpy(view.selection_changed)
    (left, right), (bottom, top) = view.canvas.x_range, view.canvas.y_range
    middle = (left + right) / 2
    air = 0.01 * (right - left), 0.01 * (top - bottom)
    drag(
        view.canvas,
        [(middle, bottom + air[1]), (middle + 1, 0.0), (right - air[0], top - air[1])],
        SHIFT,
    )
    inside = predicted(data) > middle
    assert told(spy) == [sorted(data.row_index[inside].tolist())]
    assert len(view.points.markers.squares[0]) == inside.sum() > 5


def test_what_is_selected_elsewhere_is_marked_and_not_told(qtbot: QtBot) -> None:
    data = plane(40)
    view = made(qtbot, data)
    spy = QSignalSpy(view.selection_changed)
    view.set_selection(data.row_index[[3, 35]])
    x, y = view.points.markers.squares
    places = np.stack((predicted(data), data.all_values), axis=1)[[3, 35]].tolist()
    assert sorted(zip(x.tolist(), y.tolist(), strict=True)) == sorted((a, b) for a, b in places)
    assert spy.count() == 0


def test_one_picture_at_a_time_and_never_none(qtbot: QtBot) -> None:
    view = made(qtbot, plane(40))

    def on() -> list[str]:
        keys = ("fit", "residuals", "histogram")
        return [key for key in keys if view.header_widget.is_on(key)]

    switch(view, "histogram")
    assert (on(), view.mode) == (["histogram"], "histogram")
    switch(view, "residuals")
    assert (on(), view.mode) == (["residuals"], "residuals")
    switch(view, "residuals", False)
    assert (on(), view.mode) == (["residuals"], "residuals")


def test_bars_are_residuals_of_training_up_and_validation_down(qtbot: QtBot) -> None:
    data = plane(100)
    view, n = made(qtbot, data, "histogram"), data.samples
    spy = QSignalSpy(view.selection_changed)
    residual = data.all_values - predicted(data)
    edges = the_cloud(view).edges
    wanted = [
        [int(np.count_nonzero((part > a) & (part <= b))) for a, b in zip(edges, edges[1:])]  # noqa: B905, RUF007 - edges are one longer
        for part in (residual[n:], residual[:n])
    ]
    assert the_cloud(view).counts.tolist() == wanted
    fullest = int(np.argmax(wanted[1]))
    middle = float(edges[fullest : fullest + 2].mean())
    click(view, middle, 0.5)
    inside = (residual > edges[fullest]) & (residual <= edges[fullest + 1])
    inside[n:] = False
    assert told(spy) == [sorted(data.row_index[inside].tolist())]
    assert view.bars.hatched[1][1].max() == wanted[1][fullest]
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert "validation" in view.readout.text()
    switch(view, "fit")
    assert len(view.points.markers.squares[0]) == wanted[1][fullest]


def test_pointing_reads_a_sample(qtbot: QtBot) -> None:
    data = plane(40)
    view = made(qtbot, data)
    x, y = predicted(data)[5], data.all_values[5]
    view.canvas.touched.emit(Touch(QPointF(x, y), QPointF(), NONE))
    assert view.readout.text().startswith(f"residual {number_text(float(y - x))}, predicted ")
    assert f"row {data.row_index[5] + 1}" in view.readout.text()
    view.canvas.touched.emit(None)
    assert view.readout.text() == ""


def test_many_points_are_a_picture_made_in_the_background(qtbot: QtBot) -> None:
    data = plane(60_000)
    view = show(qtbot, ResidualView(), 460, 360)
    view.show_moment(moment(data, IDENTITY, ROUGH, playing=True))
    assert view.drawn is None
    qtbot.waitUntil(lambda: view.drawn is not None, timeout=20_000)
    shown = view.points.picture.picture
    assert shown is not None
    assert (shown[..., 3] > 0).any()
    view.set_selection(data.row_index[:30_000])
    outlined = view.points.picture.outlined
    assert outlined is not None
    assert (outlined[..., 3] > 0).any()
    view.set_selection(data.row_index[:3])
    assert len(view.points.markers.squares[0]) == 3
    view.shut_down()


def test_of_very_many_points_some_are_drawn_and_all_are_counted() -> None:
    data = plane(250_000)
    found = cloud(data, IDENTITY, ROUGH)
    assert found is not None
    drawn = with_picture(found, part_colors(THEMES["light"]))
    assert drawn.points == 200_000
    assert found.counts.sum() == 250_000
    assert cloud(data, IDENTITY, ROUGH, lambda: True) is None


def test_rows_without_a_finite_prediction_are_counted_apart(qtbot: QtBot) -> None:
    data = plane(40)
    X = data.prepared.copy()
    X[3] = np.inf
    view = made(qtbot, replace(data, prepared=X))
    assert (the_cloud(view).unknown, the_cloud(view).training.count) == (1, data.samples - 1)
    assert "1 row not drawn" in view.detail.text()


def test_what_cannot_be_shown_is_said(qtbot: QtBot) -> None:
    data = plane(40)
    view = made(qtbot, data)
    view.show_moment(moment(data, IDENTITY, broken(data, IDENTITY)))
    assert view.nothing.text() == NOT_FINITE
    view.show_moment(moment(blobs(2), SIGMOID))
    assert "difference of numbers" in view.nothing.text()
    click(view, 0.0, 0.0)
    view.show_moment(moment(data, IDENTITY, ROUGH))
    assert view.canvas.isVisible()


def test_ranges_keep_still_while_points_move_a_little() -> None:
    values = np.array([-1.93, 0.2, 3.11])
    assert round_range(values) == round_range(values * 1.002)
    low, high = round_range(values)
    assert low < -1.93 < 3.11 < high
    for odd in (np.empty(0), np.full(3, 5.0), np.zeros(2), np.array([-1e308, 1e308])):
        ends = round_range(odd)
        assert np.isfinite(ends).all()
        assert ends[0] < ends[1]


def test_the_view_follows_the_model_and_a_diverging_one(qtbot: QtBot) -> None:
    data = plane(40)
    view = made(qtbot, data)
    for scale in (1.0, 1e6, 1e150, 1e280):
        wild = Parameters(ROUGH.W * scale, ROUGH.b)
        view.show_moment(moment(data, IDENTITY, wild))
        settle(qtbot)
        x = predicted(data, wild)
        left, right = view.canvas.x_range
        assert left <= x.min() < x.max() <= right


@pytest.mark.parametrize("mode", ["fit", "histogram"])
def test_another_theme_recolours_it(qtbot: QtBot, mode: str) -> None:
    view = made(qtbot, plane(40), mode)
    before = picture(view)
    view.set_theme(THEMES["projector"])
    settle(qtbot)
    assert picture(view) != before
