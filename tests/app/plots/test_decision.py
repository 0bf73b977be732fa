from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.numbers import share_text
from app.plots.colors import class_color, mixed, rgb
from app.plots.decision import DecisionPlot
from app.plots.plane import PlaneView
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import (
    blobs,
    color_at,
    distance,
    image_of,
    made,
    picture,
    settle,
    show,
    some,
    weights,
)

SOFTMAX = pair("softmax", "cross_entropy")
SIGMOID = pair("sigmoid", "cross_entropy")
LINE = pair("identity", "quadratic")


def test_without_data_it_invites(qtbot: QtBot) -> None:
    plot = show(qtbot, DecisionPlot())
    assert plot.empty.isVisible()
    assert "Open a CSV file" in plot.empty.text()
    assert not plot.canvas.isVisible()
    plot.set_data(blobs())
    settle(qtbot)
    assert plot.canvas.isVisible()
    plot.clear()
    settle(qtbot)
    assert plot.empty.isVisible()


@pytest.mark.parametrize(
    ("classes", "chosen", "sine"),
    [
        (2, SIGMOID, False),
        (2, SIGMOID, True),
        (2, SOFTMAX, False),
        (4, SOFTMAX, False),
        (4, SOFTMAX, True),
        (10, SOFTMAX, False),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colors_in_view_are_the_models_prediction(
    qtbot: QtBot, classes: int, chosen: Pair, sine: bool, theme: str
) -> None:
    data = blobs(classes, points=20, sine=sine)
    plot = made(qtbot, data, chosen)
    plot.set_theme(THEMES[theme])
    parameters = some(data, chosen)
    plot.show_parameters(parameters)
    settle(qtbot)
    (left, right), (bottom, top) = plot.canvas.x_range, plot.canvas.y_range
    places = np.random.default_rng(5).uniform((left, bottom), (right, top), (250, 2))
    V = data.preparation.transform(places) @ parameters.W + parameters.b
    sure, predicted = _sure(V)
    hues = [QColor(class_color(THEMES[theme], k)) for k in range(classes)]
    picture_rows = image_of(plot)
    rows, columns = picture_rows.shape[:2]
    for (x, y), is_sure, label in zip(places, sure, predicted, strict=True):
        if not is_sure:
            continue
        column = round((x - left) / (right - left) * (columns - 1))
        row = round((y - bottom) / (top - bottom) * (rows - 1))
        pixel = QColor(*(int(c) for c in picture_rows[row, column, :3]))
        shaded = [_shaded(hue, theme) for hue in hues]
        assert int(np.argmin([distance(pixel, other) for other in shaded])) == label
    assert sure.sum() > 10


def _sure(V: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores = np.hstack((np.zeros((len(V), 1)), V)) if V.shape[1] == 1 else V
    ordered = np.sort(scores, axis=1)
    return ordered[:, -1] - ordered[:, -2] > 3, scores.argmax(axis=1)


def _shaded(color: QColor, theme: str) -> QColor:
    look = THEMES[theme]
    return QColor(mixed(color.name(), look.surface, look.region_strength))


def test_the_screen_shows_what_the_region_holds(qtbot: QtBot) -> None:
    data = blobs(2, points=6)
    plot = made(qtbot, data, SIGMOID)
    plot.show_parameters(Parameters(np.array([[8.0], [0.0]]), np.zeros(1)))
    settle(qtbot)
    (left, right), (bottom, top) = plot.canvas.x_range, plot.canvas.y_range
    high = bottom + 0.97 * (top - bottom)
    first = color_at(plot.canvas, left + 0.02 * (right - left), high)
    second = color_at(plot.canvas, right - 0.02 * (right - left), high)
    assert distance(first, _shaded(QColor(class_color(THEMES["light"], 0)), "light")) < 6
    assert distance(second, _shaded(QColor(class_color(THEMES["light"], 1)), "light")) < 6


def test_the_boundary_lies_where_the_margin_is_zero(qtbot: QtBot) -> None:
    data = blobs(2, degree=3)
    plot = made(qtbot, data, SIGMOID)
    parameters = weights(data, 1)
    plot.show_parameters(parameters)
    assert isinstance(plot.view, PlaneView)
    x, y = plot.view.picture.boundary
    assert len(x) > 20
    V = data.preparation.transform(np.stack((x, y), axis=1)) @ parameters.W + parameters.b
    everywhere = data.prepared @ parameters.W + parameters.b
    assert np.abs(V).max() < 0.02 * np.abs(everywhere).max()


def test_zooming_and_panning_keep_the_picture_true(qtbot: QtBot) -> None:
    data = blobs(3)
    plot = made(qtbot, data, SOFTMAX)
    plot.show_parameters(some(data, SOFTMAX))
    before = image_of(plot).copy()
    plot.canvas.pan(1.5, 0.0)
    moved = image_of(plot).copy()
    assert not np.array_equal(before, moved)
    fresh = made(qtbot, data, SOFTMAX)
    fresh.canvas.set_range(plot.canvas.x_range, plot.canvas.y_range)
    fresh.show_parameters(some(data, SOFTMAX))
    assert np.array_equal(image_of(fresh), moved)
    plot.fit()
    assert np.array_equal(image_of(plot), before)


def test_a_zoom_survives_the_next_frame(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    plot.canvas.zoom(0.5)
    zoomed = plot.canvas.x_range
    plot.show_parameters(some(data, SIGMOID))
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    assert plot.canvas.x_range == pytest.approx(zoomed)


def test_axes_are_in_the_users_units(qtbot: QtBot) -> None:
    data = blobs(2, offset=1000.0, spread=50.0)
    plot = made(qtbot, data, SIGMOID)
    left, right = plot.canvas.x_range
    assert left < data.inputs(0).min() < data.inputs(0).max() < right
    assert left > 500
    assert plot.x_name.text().startswith("f0")
    assert "f1" in plot.y_name.text()


def test_hovering_reads_features_and_probabilities(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    parameters = some(data, SIGMOID)
    plot.show_parameters(parameters)
    plot.canvas.hovered.emit(QPointF(0.5, -0.25))
    V = data.preparation.transform(np.array([[0.5, -0.25]])) @ parameters.W + parameters.b
    share = 1 / (1 + np.exp(-V[0, 0]))
    text = plot.readout.text()
    assert text.startswith("→ class ")
    assert text.endswith("f0 0.5   f1 −0.25")
    assert f"class b {share_text(share)}" in text
    plot.canvas.hovered.emit(None)
    assert plot.readout.text() == ""


def test_hovering_a_sample_names_its_row(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    plot.canvas.hovered.emit(QPointF(data.inputs(0)[7], data.inputs(1)[7]))
    assert f"row {data.row_index[7] + 1}: {data.classes[data.labels[7]]}" in plot.readout.text()


def test_mistakes_are_ringed_and_counted(qtbot: QtBot) -> None:
    data = blobs(2, validation=0.3)
    plot = made(qtbot, data, SIGMOID)
    parameters = some(data, SIGMOID)
    plot.show_parameters(parameters)
    plot.show_mistakes(parameters)
    wrong = (data.prepared @ parameters.W + parameters.b)[:, 0] > 0
    count = int((wrong != data.all_labels).sum())
    assert count > 0
    assert f"{count} misclassified" in plot.accessibleDescription()
    sample = int(np.flatnonzero(wrong != data.all_labels)[0])
    theme = THEMES["light"]
    place = plot.canvas.place_of(data.inputs(0)[sample], data.inputs(1)[sample]).toPoint()
    image = picture(plot.canvas)
    around = [image.pixelColor(place.x() + dx, place.y()) for dx in range(-12, 13)]
    assert min(distance(color, QColor(theme.text)) for color in around) < 60


def test_the_legend_explains_every_mark(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(3, validation=0.3), SOFTMAX)
    assert plot.legend.texts == (
        "class a", "class b", "class c", "ring: misclassified", "hollow: validation",
    )  # fmt: skip


def test_a_slice_says_so(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(2, features=2), SIGMOID)
    assert plot.note.text() == ""
    plot.set_data(blobs(2, features=3))
    settle(qtbot)
    assert plot.note.text() == "slice: f2 held at its mean; all points projected"
    plot.set_data(blobs(2, features=6))
    settle(qtbot)
    assert plot.note.text() == "slice: 4 other features held at their mean; all points projected"


def test_other_axes_of_the_same_data(qtbot: QtBot) -> None:
    data = blobs(3, features=4, degree=2)
    plot = made(qtbot, data, SOFTMAX)
    parameters = some(data, SOFTMAX)
    plot.show_parameters(parameters)
    plot.set_axes(3, 1)
    settle(qtbot)
    assert plot.axes == (3, 1)
    (left, right), (bottom, top) = plot.canvas.x_range, plot.canvas.y_range
    inputs = data.means.copy()
    inputs[3], inputs[1] = left, top
    V = data.preparation.transform(inputs[None]) @ parameters.W + parameters.b
    shares = np.exp(V - V.max())
    shares /= shares.sum()
    corner = image_of(plot)[-1, 0, :3].astype(float)
    look = THEMES["light"]
    white = np.array(rgb(look.surface), dtype=float)
    hues = np.array([rgb(class_color(look, k)) for k in range(3)], dtype=float)
    weight = shares[0] ** 2 / np.linalg.norm(shares[0])
    wanted = white + look.region_strength * (weight @ (hues - white))
    assert np.abs(corner - wanted).max() <= 1.5
    assert bottom < top
    assert left < right


def test_the_name_of_the_axis_comes_before_the_note(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(2, features=4), SIGMOID)
    plot.resize(240, 400)
    settle(qtbot)
    assert plot.note.text().startswith("slice")
    assert plot.y_name.shown == plot.y_name.text() == "↑ f1"
    assert plot.note.shown.endswith("…")


def test_the_readout_calls_rows_as_the_table_does(qtbot: QtBot) -> None:
    table = Table.from_columns("t", {"x": np.arange(8.0), "k": np.array(list("abababab"))})
    table = replace(table, path=Path("t.csv"), lines=table.lines + 4)
    plot = show(qtbot, DecisionPlot())
    plot.set_data(Dataset.from_table(table, "k"), table)
    plot.set_model(pair("sigmoid", "cross_entropy"))
    settle(qtbot)
    view = plot.view
    assert view is not None
    x, y = view.samples.x[2], view.samples.y[2]
    assert view.text_at(float(x), float(y)).endswith("[row 3, line 7: a]")
