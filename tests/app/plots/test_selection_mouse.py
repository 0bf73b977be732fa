from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.decision import DecisionPlot
from app.theme import THEMES
from slp_core.arrays import Ints
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import (
    blobs,
    dataset,
    distance,
    drag,
    made,
    picture,
    settle,
    some,
    under,
)

SIGMOID = pair("sigmoid", "cross_entropy")
SOFTMAX = pair("softmax", "cross_entropy")
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Told:
    """The selections that were told."""

    def __init__(self, plot: DecisionPlot) -> None:
        self.rows: list[list[int]] = []
        plot.selection_changed.connect(self._hear)

    def _hear(self, rows: Ints) -> None:
        self.rows.append(rows.tolist())


def click(plot: DecisionPlot, x: float, y: float, keys: Qt.KeyboardModifier = NONE) -> None:
    place = plot.canvas.place_of(x, y).toPoint()
    target = under(plot.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, keys, target.mapFrom(plot.canvas, place))


def row_of(plot: DecisionPlot, sample: int) -> int:
    assert plot._dataset is not None  # pyright: ignore[reportPrivateUsage]  # what is shown
    return int(plot._dataset.row_index[sample])  # pyright: ignore[reportPrivateUsage]  # as above


def squares(plot: DecisionPlot) -> list[tuple[float, float]]:
    assert plot.view is not None
    x, y = plot.view.samples.points.squares
    return list(zip(x.tolist(), y.tolist(), strict=True))


def test_a_click_selects_the_row_of_a_sample_and_marks_it(qtbot: QtBot) -> None:
    data = blobs(2, validation=0.3)
    plot = made(qtbot, data, SIGMOID)
    told = Told(plot)
    x, y = data.inputs(0), data.inputs(1)
    click(plot, x[7], y[7])
    assert told.rows == [[data.row_index[7]]]
    assert squares(plot) == [(x[7], y[7])]
    settle(qtbot)
    image, place = picture(plot.canvas), plot.canvas.place_of(x[7], y[7]).toPoint()
    half = round((round(THEMES["light"].font_size * 0.82) + 11) / 2)
    edge = [image.pixelColor(place.x() + half + n, place.y() + half - 3) for n in (-1, 0, 1)]
    assert min(distance(color, QColor(THEMES["light"].text)) for color in edge) < 80


def test_keys_add_and_take_away_and_an_empty_place_clears(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    told = Told(plot)
    x, y = data.inputs(0), data.inputs(1)
    rows = data.row_index
    click(plot, x[3], y[3])
    click(plot, x[8], y[8], SHIFT)
    click(plot, x[8], y[8], SHIFT)  # already there: nothing to tell
    click(plot, x[3], y[3], CONTROL)
    click(plot, x[3], y[3], CONTROL)
    left, top = plot.canvas.x_range[0], plot.canvas.y_range[1]
    pixel = plot.canvas.pixel
    click(plot, left + 4 * pixel[0], top - 4 * pixel[1])
    both = sorted((int(rows[3]), int(rows[8])))
    assert told.rows == [[rows[3]], both, [rows[8]], both, []]
    assert squares(plot) == []


def test_a_frame_drawn_with_shift_selects_and_does_not_pan(qtbot: QtBot) -> None:
    data = blobs(3)
    plot = made(qtbot, data, SOFTMAX)
    told = Told(plot)
    before = plot.canvas.x_range, plot.canvas.y_range
    drag(plot.canvas, [(-2.5, 2.8), (0.0, 0.0), (3.2, -2.0)], SHIFT)
    assert (plot.canvas.x_range, plot.canvas.y_range) == before
    x, y = data.inputs(0), data.inputs(1)
    inside = (x > -2.5) & (x < 3.2) & (y > -2) & (y < 2.8)
    assert told.rows == [sorted(data.row_index[inside].tolist())]
    assert len(squares(plot)) == inside.sum() > 10


def test_a_plain_drag_pans_and_selects_nothing(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(2), SIGMOID)
    told = Told(plot)
    before = plot.canvas.x_range
    drag(plot.canvas, [(0.0, 0.0), (0.5, 0.0), (1.0, 0.0)])
    assert plot.canvas.x_range[0] < before[0] - 0.5
    assert told.rows == []


def test_escape_clears_in_the_plot_that_has_the_focus(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(2), SIGMOID)
    told = Told(plot)
    plot.set_selection(np.array([2, 5]))
    assert told.rows == [], "what the program selects is not told"
    assert len(squares(plot)) == 2
    QTest.keyClick(plot.canvas, Qt.Key.Key_Escape)
    assert told.rows == [[]]
    QTest.keyClick(plot.canvas, Qt.Key.Key_Escape)
    assert told.rows == [[]]


def test_escape_clears_wherever_the_focus_is_and_is_anybodys_without_a_selection(
    qtbot: QtBot,
) -> None:
    plot = made(qtbot, blobs(2), SIGMOID)
    told = Told(plot)
    plot.activateWindow()
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert told.rows == []
    plot.set_selection(np.array([2, 5]))
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert told.rows == [[]]


def test_the_selection_stays_through_themes_axes_and_edits_but_not_other_data(
    qtbot: QtBot,
) -> None:
    data = blobs(2, features=3)
    plot = made(qtbot, data, SIGMOID)
    plot.set_selection(np.array([4]))
    sample = data.row_index.tolist().index(4)
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    assert len(squares(plot)) == 1
    plot.set_axes(2, 0)
    settle(qtbot)
    assert squares(plot) == [(data.inputs(2)[sample], data.inputs(0)[sample])]
    plot.set_data(blobs(2, features=3, validation=0.2), keep=True)
    assert len(squares(plot)) == 1
    plot.set_data(blobs(2))
    settle(qtbot)
    assert squares(plot) == []


def many(points: int = 21_000) -> tuple[np.ndarray, np.ndarray, Sequence[str]]:
    random = np.random.default_rng(0)
    label = np.arange(points) % 2
    kinds = ["a" if n == 0 else "b" for n in label]
    return random.normal(0, 1, points) + 8.0 * label, random.normal(0, 1, points), kinds


def test_in_a_picture_of_many_samples_few_have_squares_and_many_an_outline(qtbot: QtBot) -> None:
    x, y, kinds = many()
    data = dataset({"x": x, "y": y, "kind": np.array(kinds, dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    told = Told(plot)
    click(plot, data.inputs(0)[5], data.inputs(1)[5])
    assert len(told.rows[0]) == 1
    found = data.row_index.tolist().index(told.rows[0][0])
    pixel = plot.canvas.pixel
    assert abs(data.inputs(0)[found] - data.inputs(0)[5]) < 2 * pixel[0]
    assert len(squares(plot)) == 1
    drag(plot.canvas, [(4.0, 3.5), (11.5, -3.5)], SHIFT)
    assert len(told.rows[1]) > 9_000
    assert squares(plot) == []
    assert plot.view is not None
    line = plot.view.samples.picture.outlined
    assert line is not None
    assert (line[..., 3] > 0).sum() > 100
    plot.clear_selection()
    assert plot.view.samples.picture.outlined is None


def test_mistakes_in_a_picture_of_many_samples_are_darker(qtbot: QtBot) -> None:
    x, y, kinds = many()
    data = dataset({"x": x, "y": y, "kind": np.array(kinds, dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    plot.show_mistakes(some(data, SIGMOID))
    assert plot.view is not None
    samples = plot.view.samples
    parameters = some(data, SIGMOID)
    picture, shown = samples.picture.picture, samples.picture.shown
    assert picture is not None
    wrong = (data.prepared[shown] @ parameters.W + parameters.b)[:, 0] > 0
    wrong = wrong != data.all_labels[shown]
    assert 0 < wrong.sum() < wrong.size
    lightness = picture[picture[..., 3] > 0][:, :3].astype(float).mean(axis=1)
    for k in (0, 1):
        mine = data.all_labels[shown] == k
        if (mine & wrong).any() and (mine & ~wrong).any():
            assert lightness[mine & wrong].max() < lightness[mine & ~wrong].min()
    assert "dark: misclassified" in plot.legend.texts


def test_few_mistakes_of_many_samples_are_ringed(qtbot: QtBot) -> None:
    x, y, kinds = many()
    kinds = ["b" if n in (10, 40, 900) else kind for n, kind in enumerate(kinds)]
    data = dataset({"x": x, "y": y, "kind": np.array(kinds, dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    center, scale = data.preparation.centers[0], data.preparation.scales[0]
    middle = (4.0 - center) / scale
    plot.show_mistakes(Parameters(np.array([[50.0], [0.0]]), np.array([-50.0 * middle])))
    assert plot.view is not None
    ringed = plot.view.samples.points.rings
    wrong = (data.inputs(0) > 4.0) != (data.all_labels == 1)
    assert 3 <= wrong.sum() < 20
    assert sorted(ringed[0]) == sorted(data.inputs(0)[wrong])
    assert f"{wrong.sum()} misclassified" in plot.accessibleDescription()


def test_no_rings_where_not_all_samples_were_looked_at(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.plots.samples._MOST_CHECKED", 1_000)
    x, y, kinds = many()
    data = dataset({"x": x, "y": y, "kind": np.array(kinds, dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    plot.show_mistakes(some(data, SIGMOID))
    assert plot.view is not None
    assert len(plot.view.samples.points.rings[0]) == 0, "the legend speaks of dark cells alone"


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_hovering_many_samples_names_a_row(qtbot: QtBot, theme: str) -> None:
    x, y, kinds = many()
    data = dataset({"x": x, "y": y, "kind": np.array(kinds, dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    plot.set_theme(THEMES[theme])
    settle(qtbot)
    text = plot.view.text_at(data.inputs(0)[9], data.inputs(1)[9]) if plot.view else ""
    assert "row " in text
