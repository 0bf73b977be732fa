from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.plots.quality_view import NOT_FINITE
from app.plots.score_distance import Sides, distances, with_picture
from app.plots.score_points import lane_colors
from app.plots.score_view import ScoreView
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, drag, plane, settle, show, some, under
from tests.app.plots.quality_examples import IDENTITY, SIGMOID, SOFTMAX, broken, moment, told

HINGE = pair("identity", "hinge")
NONE = Qt.KeyboardModifier.NoModifier


def made(
    qtbot: QtBot, data: Dataset, chosen: Pair, parameters: Parameters | None = None
) -> ScoreView:
    view = show(qtbot, ScoreView(), 460, 360)
    view.show_moment(moment(data, chosen, parameters))
    settle(qtbot)
    return view


def found(view: ScoreView) -> np.ndarray:
    assert view.drawn is not None
    return view.drawn.found.distance


@pytest.mark.parametrize("chosen", [SIGMOID, SOFTMAX, HINGE])
def test_moving_a_sample_by_its_distance_puts_it_on_the_boundary(chosen: Pair) -> None:
    data = blobs(features=7, validation=0.2)
    parameters = some(data, chosen)
    answer = distances(data, chosen, parameters, Sides())
    assert answer is not None
    W, b = parameters.W, parameters.b
    w = W[:, 0] if W.shape[1] == 1 else W[:, 1] - W[:, 0]
    offset = b[0] if W.shape[1] == 1 else b[1] - b[0]
    foot = data.prepared - answer.distance[:, None] * w / np.linalg.norm(w)
    assert foot @ w + offset == pytest.approx(0, abs=1e-9)
    assert np.array_equal(answer.wrong, (answer.distance > 0) != (data.all_labels == 1))


def test_right_samples_of_many_classes_lie_right_of_their_boundary() -> None:
    data = blobs(4, features=5)
    parameters = some(data, SOFTMAX)
    answer = distances(data, SOFTMAX, parameters, Sides())
    assert answer is not None
    assert np.array_equal(answer.wrong, answer.distance < 0)
    V, W = data.prepared @ parameters.W + parameters.b, parameters.W
    for n, label in enumerate(data.all_labels):
        least = min(
            (V[n, label] - V[n, k]) / np.linalg.norm(W[:, label] - W[:, k])
            for k in range(4)
            if k != label
        )
        assert answer.distance[n] == pytest.approx(least)


def test_a_pair_shows_the_rows_of_its_classes_alone() -> None:
    data = blobs(4, features=5)
    answer = distances(data, SOFTMAX, some(data, SOFTMAX), Sides(2, 0))
    assert answer is not None
    assert np.array_equal(answer.shown, np.isin(data.all_labels, [0, 2]))
    back = distances(data, SOFTMAX, some(data, SOFTMAX), Sides(0, 2))
    assert back is not None
    assert back.distance == pytest.approx(-answer.distance)


def test_a_click_selects_the_row_and_the_mouse_reads_it(qtbot: QtBot) -> None:
    data = blobs(features=9)
    view = made(qtbot, data, SIGMOID)
    assert view.drawn is not None
    spy = QSignalSpy(view.selection_changed)
    at = view.canvas.place_of(float(found(view)[5]), float(view.drawn.heights[5])).toPoint()
    target = under(view.canvas, at)
    QTest.mouseMove(target, target.mapFrom(view.canvas, at))
    settle(qtbot)
    assert f"row {int(data.row_index[5]) + 1}:" in view.readout.text()
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, NONE, target.mapFrom(view.canvas, at))
    assert told(spy) == [[int(data.row_index[5])]]
    (left, right), (bottom, top) = view.canvas.x_range, view.canvas.y_range
    inside = [(left * 0.99, bottom * 0.99), (right * 0.99, top * 0.99)]
    drag(view.canvas, inside, Qt.KeyboardModifier.ShiftModifier)
    assert len(told(spy)[-1]) == len(data.row_index)


def test_classes_are_chosen_in_the_header(qtbot: QtBot) -> None:
    data = blobs(3, features=6)
    view = made(qtbot, data, SOFTMAX)
    assert view.picker.isVisibleTo(view.header_widget)
    before = found(view).copy()
    menu = view.picker.menu()
    menu.aboutToShow.emit()
    group = menu.actions()[1].menu()
    entry = next(a for a in group.actions() if a.text() == "class a against class b")  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType]  # QAction.menu is untyped
    entry.trigger()  # pyright: ignore[reportUnknownMemberType]  # as above
    settle(qtbot)
    assert view.sides == Sides(0, 1)
    assert not np.array_equal(before, found(view))
    assert "class b" in view.x_name.text()
    assert view.drawn is not None
    assert view.drawn.found.shown.sum() == np.isin(data.all_labels, [0, 1]).sum()
    view.show_moment(moment(blobs(), SIGMOID))
    settle(qtbot)
    assert not view.picker.isVisibleTo(view.header_widget)


def test_margins_are_where_the_score_is_one(qtbot: QtBot) -> None:
    data = blobs(features=4)
    parameters = some(data, HINGE)
    view = made(qtbot, data, HINGE, parameters)
    assert view.drawn is not None
    assert view.drawn.found.margin == pytest.approx(1 / np.linalg.norm(parameters.W))
    assert "margin" in view.legend.texts


def test_numbers_and_lost_weights_get_a_sentence(qtbot: QtBot) -> None:
    view = made(qtbot, plane(), IDENTITY)
    assert "Residuals" in view.nothing.text()
    data = blobs()
    view.show_moment(moment(data, SIGMOID, broken(data, SIGMOID)))
    assert view.nothing.text() == NOT_FINITE
    view.show_moment(None)
    assert view.shown is None


def test_many_samples_are_a_picture_and_it_says_so(qtbot: QtBot) -> None:
    data = blobs(points=6000)
    view = made(qtbot, data, SIGMOID)
    assert view.drawn is not None
    assert view.drawn.picture is not None
    assert "cells" in view.note.text()
    view.set_theme(THEMES["dark"])
    settle(qtbot)
    assert view.drawn is not None


def test_of_very_many_some_are_drawn() -> None:
    data = blobs(points=250_000)
    answer = distances(data, SIGMOID, some(data, SIGMOID), Sides())
    assert answer is not None
    drawn = with_picture(answer, data, lane_colors(THEMES["light"], 2))
    assert drawn.points == 200_000
    assert distances(data, SIGMOID, some(data, SIGMOID), Sides(), lambda: True) is None


def test_weights_of_0_have_no_boundary_and_the_view_says_so(qtbot: QtBot) -> None:
    data = blobs(2)
    good = some(data, SIGMOID)
    view = made(qtbot, data, SIGMOID, Parameters(0 * good.W, good.b))
    assert view.nothing.isVisible()
    assert "no boundary" in view.nothing.text()
    assert view.headline.text() == ""
    view.show_moment(moment(data, SIGMOID))
    settle(qtbot)
    assert not view.nothing.isVisible()


def test_the_marks_of_the_outer_classes_stay_whole(qtbot: QtBot) -> None:
    view = made(qtbot, blobs(10), SOFTMAX)
    assert view.drawn is not None
    edge, inner = view.canvas.place_of(0, view.canvas.y_range[1]).y(), view.drawn.heights.max()
    assert view.canvas.place_of(0, float(inner)).y() - edge > 6
