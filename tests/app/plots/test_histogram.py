from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.plots.canvas_mouse import Touch
from app.plots.drawing import drawn
from app.plots.histogram import ProbabilityView
from app.plots.histogram_bars import MIRRORED
from app.plots.histogram_data import round_edges
from app.plots.quality_view import NOT_FINITE
from app.theme import THEMES
from slp_core.arrays import Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, drag, picture, plane, settle, show, some, under
from tests.app.plots.quality_examples import (
    IDENTITY,
    SIGMOID,
    SOFTMAX,
    broken,
    moment,
    switch,
    told,
)

SOFT = Parameters(np.array([[-0.6], [-0.3]]), np.array([0.4]))
"""Weights that are not sure of anything."""


def made(
    qtbot: QtBot, data: Dataset, chosen: Pair, parameters: Parameters | None = None
) -> ProbabilityView:
    view = show(qtbot, ProbabilityView(), 420, 340)
    view.show_moment(moment(data, chosen, parameters))
    settle(qtbot)
    return view


def probabilities(data: Dataset, parameters: Parameters) -> Float64s:
    return 1 / (1 + np.exp(-(data.prepared @ parameters.W + parameters.b)[:, 0]))


def in_bins(values: Float64s, edges: Float64s) -> list[int]:
    """Counted by hand: what lies on an edge belongs to the bin below."""
    return [
        int(np.count_nonzero((values > low) & (values <= high)))
        for low, high in pairwise(edges.tolist())
    ]


def click(view: ProbabilityView, x: float, y: float, keys: Qt.KeyboardModifier) -> None:
    place = view.canvas.place_of(x, y).toPoint()
    target = under(view.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, keys, target.mapFrom(view.canvas, place))


NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


def test_two_classes_are_counted_by_true_class(qtbot: QtBot) -> None:
    data = blobs(2, 200, validation=0.3)
    view = made(qtbot, data, SIGMOID, SOFT)
    found, p = view.certainties, probabilities(data, SOFT)
    assert found is not None
    assert (found.kind, found.threshold) == ("probability", 0.5)
    n = data.samples
    for k in (0, 1):
        assert found.counts[k].tolist() == in_bins(p[:n][data.labels == k], found.edges)
    switch(view, "validation")
    assert view.certainties is not None
    held_out = p[n:][data.labels_validation == 1]
    assert view.certainties.counts[1].tolist() == in_bins(held_out, found.edges)


def test_the_bars_are_the_counts_up_and_down(qtbot: QtBot) -> None:
    view = made(qtbot, blobs(2, 200), SIGMOID, SOFT)
    found = view.certainties
    assert found is not None
    lower, upper = view.bars.outlines
    assert upper[1][1::2][:20].tolist() == found.counts[1].tolist()
    assert lower[1][1::2][:20].tolist() == (-found.counts[0]).tolist()
    labels = [label for _, label in view.canvas.y_axis.ticks.labelled]
    assert not any("−" in label for label in labels)
    _, (bottom, top) = view.bounds()
    assert top >= found.counts[1].max()
    assert -bottom >= found.counts[0].max()


def test_large_counts_have_commas() -> None:
    ticks = MIRRORED.ticks(-150_000, 60_000, 400.0, lambda _text: 12.0)
    assert (-150_000, "150,000") in ticks.labelled
    assert (50_000, "50,000") in ticks.labelled


def test_more_classes_are_counted_by_right_and_wrong(qtbot: QtBot) -> None:
    data = blobs(3, 120)
    parameters = some(data, SOFTMAX)
    view = made(qtbot, data, SOFTMAX, parameters)
    E = np.exp(data.prepared @ parameters.W + parameters.b)
    P = E / E.sum(axis=1, keepdims=True)
    right = P.argmax(axis=1) == data.all_labels
    found = view.certainties
    assert found is not None
    assert found.threshold is None
    assert found.counts[1].tolist() == in_bins(P.max(axis=1)[right], found.edges)
    assert found.counts[0].tolist() == in_bins(P.max(axis=1)[~right], found.edges)
    assert found.reliability is not None
    assert np.nansum(found.reliability.happened * found.reliability.counts) == right.sum()


def test_a_click_selects_the_rows_of_a_bar(qtbot: QtBot) -> None:
    data = blobs(2, 200, validation=0.3)
    view = made(qtbot, data, SIGMOID, SOFT)
    spy = QSignalSpy(view.selection_changed)
    p, n = probabilities(data, SOFT)[: data.samples], data.samples

    def rows(low: float, label: int) -> list[int]:
        inside = (p > low) & (p <= low + 0.05) & (data.labels == label)
        return sorted(data.row_index[:n][inside].tolist())

    click(view, 0.725, 1, NONE)
    click(view, 0.475, -1, CONTROL)
    assert told(spy) == [rows(0.7, 1), sorted(rows(0.7, 1) + rows(0.45, 0))]
    assert len(rows(0.7, 1)) > 3
    lower, upper = view.bars.hatched
    assert upper[1].max() == len(rows(0.7, 1))
    assert lower[1].min() == -len(rows(0.45, 0))
    view.set_selection(np.empty(0, np.int64))
    assert view.bars.hatched[1][1].size == 0


def test_a_drag_pans_and_selects_nothing(qtbot: QtBot) -> None:
    view = made(qtbot, blobs(2, 100), SIGMOID, SOFT)
    spy = QSignalSpy(view.selection_changed)
    before = view.canvas.x_range
    drag(view.canvas, [(0.3, 1.0), (0.5, 1.0), (0.7, 1.0)])
    assert view.canvas.x_range[0] < before[0] - 0.1
    assert spy.count() == 0
    view.fit()
    assert view.canvas.x_range == pytest.approx(before)


def test_the_keyboard_walks_over_bins_and_takes_one(qtbot: QtBot) -> None:
    data = blobs(2, 200)
    view = made(qtbot, data, SIGMOID, SOFT)
    spy = QSignalSpy(view.selection_changed)
    for _ in range(14):
        QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    assert "probability 0.7 to 0.75" in view.readout.text()
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    p = probabilities(data, SOFT)
    inside = (p > 0.7) & (p <= 0.75) & (data.all_labels == 1)
    assert told(spy) == [sorted(data.row_index[inside].tolist()), []]


def test_the_calibration_curve_is_what_came_true(qtbot: QtBot) -> None:
    data = blobs(2, 200)
    view = made(qtbot, data, SIGMOID, SOFT)
    switch(view, "calibration")
    settle(qtbot)
    p, y = probabilities(data, SOFT), data.all_labels == 1
    said: list[float] = []
    came: list[float] = []
    for low in np.arange(10) / 10:
        inside = (p > low) & (p <= low + 0.1)
        if inside.any():
            said.append(p[inside].mean())
            came.append(y[inside].mean())
    x, height = view.reliability.line
    assert x == pytest.approx(said)
    assert height == pytest.approx(came)
    assert f"Brier {np.mean((p - y) ** 2):.3g}" in view.headline.text()
    spy = QSignalSpy(view.selection_changed)
    click(view, 0.75, 0.2, NONE)
    inside = (p > 0.7) & (p <= 0.8)
    assert told(spy) == [sorted(data.row_index[inside].tolist())]
    text = view.readout.text() or view.reading_at(
        Touch(QPointF(0.75, 0.2), QPointF(), Qt.KeyboardModifier.NoModifier)
    )
    assert f"{np.count_nonzero(inside)} rows" in text
    switch(view, "calibration", False)
    assert drawn(view.bars._fills[1])[0].size > 0  # pyright: ignore[reportPrivateUsage]  # drawn
    assert view.reliability.line[0].size == 0


@pytest.mark.parametrize(
    ("chosen", "kind"),
    [
        (pair("identity", "hinge"), "output"),
        (pair("step", "perceptron"), "score"),
        (pair("tanh", "quadratic"), "output"),
    ],
)
def test_without_probabilities_the_output_or_score_is_shown_and_said(
    qtbot: QtBot, chosen: Pair, kind: str
) -> None:
    data = blobs(2, 100)
    view = show(qtbot, ProbabilityView(), 420, 340)
    switch(view, "calibration")
    view.show_moment(moment(data, chosen, SOFT))
    settle(qtbot)
    found = view.certainties
    assert found is not None
    assert (found.kind, found.reliability) == (kind, None)
    assert f"its {kind} is shown" in view.note.text()
    assert not view.calibrating
    V = (data.prepared @ SOFT.W + SOFT.b)[:, 0]
    values = np.tanh(V) if chosen.activation == "tanh" else V
    assert found.counts[1].tolist() == in_bins(values[data.all_labels == 1], found.edges)
    assert found.threshold == pytest.approx(0.0)


def test_round_bins_hold_all_values_and_do_not_move_with_them() -> None:
    values = np.array([-1.93, 0.2, 3.11])
    edges = round_edges(values)
    assert edges[0] <= -1.93
    assert edges[-1] >= 3.11
    assert 10 <= len(edges) <= 42
    assert round_edges(values * 1.001).tolist() == edges.tolist()
    for odd in (np.empty(0), np.full(3, 5.0), np.zeros(2), np.array([-1e308, 1e308])):
        ends = round_edges(odd)
        assert (np.diff(ends) > 0).all()
        assert np.isfinite(ends).all()


def test_rows_without_a_finite_score_are_counted_apart(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    X = data.prepared.copy()
    X[3] = np.inf
    view = made(qtbot, replace(data, prepared=X), SIGMOID, SOFT)
    assert view.certainties is not None
    assert view.certainties.counts.sum() == 39
    assert "1 row left out" in view.detail.text()


def test_what_cannot_be_shown_is_said(qtbot: QtBot) -> None:
    view = made(qtbot, plane(), IDENTITY)
    assert "numeric target" in view.nothing.text()
    data = blobs(2)
    view.show_moment(moment(data, SIGMOID, broken(data, SIGMOID)))
    assert view.nothing.text() == NOT_FINITE


def test_another_theme_and_a_selection_recolour_it(qtbot: QtBot) -> None:
    data = blobs(3, 90)
    view = made(qtbot, data, SOFTMAX)
    before = picture(view)
    view.set_theme(THEMES["dark"])
    settle(qtbot)
    dark = picture(view)
    assert dark != before
    rows: Ints = data.row_index[:30]
    view.set_selection(rows)
    settle(qtbot)
    assert picture(view) != dark
