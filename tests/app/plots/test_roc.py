from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from app.plots.canvas_mouse import Touch
from app.plots.drawing import drawn
from app.plots.quality_view import NOT_FINITE
from app.plots.roc import RocView
from app.plots.roc_data import MEAN, curves
from app.theme import THEMES
from slp_core.arrays import Bools, Float64s
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, picture, plane, settle, show, some
from tests.app.plots.quality_examples import IDENTITY, SIGMOID, SOFTMAX, broken, moment, switch

POOR = Parameters(np.array([[0.6], [2.5]]), np.array([0.4]))
"""Weights that separate two of the clouds badly."""


def made(
    qtbot: QtBot, data: Dataset, chosen: Pair, parameters: Parameters | None = None
) -> RocView:
    view = show(qtbot, RocView(), 420, 320)
    view.show_moment(moment(data, chosen, parameters))
    settle(qtbot)
    return view


def area(ranks: Float64s, positive: Bools) -> float:
    """By counting pairs."""
    gaps: Float64s = ranks[positive][:, None] - ranks[~positive][None, :]
    won: Float64s = (gaps > 0) + 0.5 * (gaps == 0)
    return float(won.mean())


def point_at(view: RocView, x: float, y: float) -> str:
    view.canvas.touched.emit(Touch(QPointF(x, y), QPointF(), Qt.KeyboardModifier.NoModifier))
    return view.readout.text()


def test_two_classes_have_one_curve_for_each_part_with_the_decision_on_it(qtbot: QtBot) -> None:
    data = blobs(2, 200, validation=0.3)
    view = made(qtbot, data, SIGMOID, POOR)
    assert view.curves is not None
    V = (data.prepared @ POOR.W + POOR.b)[:, 0]
    positive: Bools = data.all_labels == 1
    n = data.samples
    for line, rows in zip(view.curves.lines, (slice(0, n), slice(n, None)), strict=True):
        assert line.roc.auc == pytest.approx(area(V[rows], positive[rows]), abs=1e-12)
    for (part, fpr, tpr), rows in zip(
        view.curves.decisions, (slice(0, n), slice(n, None)), strict=True
    ):
        above, sure = V[rows] > 0, positive[rows]
        assert (part, fpr) == (part, pytest.approx(np.count_nonzero(above & ~sure) / (~sure).sum()))
        assert tpr == pytest.approx(np.count_nonzero(above & sure) / sure.sum())
        line = view.curves.of(part, 1)
        assert line is not None
        along = np.interp(fpr + tpr, line.roc.fpr + line.roc.tpr, line.roc.tpr)
        assert along == pytest.approx(tpr, abs=1e-9)
    assert len(view.items) == 2
    assert view.headline.text().startswith("AUC: training 0.")
    x, y = drawn(view.items[0])
    assert (x[0], y[0], x[-1], y[-1]) == (0, 0, 1, 1)


def test_more_classes_have_one_curve_each_and_their_mean(qtbot: QtBot) -> None:
    data, parameters = blobs(3, 90), some(blobs(3, 90), SOFTMAX)
    view = made(qtbot, data, SOFTMAX, parameters)
    assert view.curves is not None
    E = np.exp(data.prepared @ parameters.W + parameters.b)
    P = E / E.sum(axis=1, keepdims=True)
    areas: list[float] = []
    for k in range(3):
        positive: Bools = data.all_labels == k
        areas.append(area(P[:, k], positive))
        line = view.curves.of("training", k)
        assert line is not None
        assert line.roc.auc == pytest.approx(areas[-1], abs=1e-12)
    mean = view.curves.of("training", MEAN)
    assert mean is not None
    assert mean.roc.auc == pytest.approx(np.mean(areas))
    assert view.curves.decisions == ()
    assert len(view.legend.texts) == 4
    assert view.headline.text().startswith("Mean AUC: training 0.")


def test_pointing_reads_rates_and_threshold(qtbot: QtBot) -> None:
    data = blobs(2, 200)
    view = made(qtbot, data, SIGMOID, POOR)
    assert view.curves is not None
    line = view.curves.lines[0]
    middle = len(line.roc.fpr) // 2
    text = point_at(view, line.roc.fpr[middle], line.roc.tpr[middle])
    V = (data.prepared @ POOR.W + POOR.b)[:, 0]
    taken = line.roc.thresholds[middle] <= V
    tpr = np.count_nonzero(taken & (data.all_labels == 1)) / np.count_nonzero(data.all_labels)
    assert text.startswith(f"TPR {100 * tpr:.1f} %, FPR ")
    probability = 1 / (1 + np.exp(-line.roc.thresholds[middle]))
    assert f"probability of class b ≥ {probability:.4g}" in text
    assert "nothing taken" in point_at(view, 0.0, 0.0)
    view.canvas.touched.emit(None)
    assert view.readout.text() == ""


def test_switches_choose_the_parts(qtbot: QtBot) -> None:
    view = made(qtbot, blobs(2, 60, validation=0.3), SIGMOID)
    switch(view, "training", False)
    assert view.curves is not None
    assert [line.part for line in view.curves.lines] == ["validation"]
    switch(view, "validation", False)
    assert view.curves.lines == ()
    assert view.headline.text() == "No part is chosen"


def test_a_part_without_one_of_the_classes_is_said(qtbot: QtBot) -> None:
    data = blobs(2, 60, validation=0.3)
    labels = data.all_labels.copy()
    labels[data.samples :] = 1
    view = made(qtbot, replace(data, all_labels=labels), SIGMOID)
    assert "no row but those of class b among the validation rows" in view.note.text()
    assert len(view.items) == 1
    labels = blobs(3, 60).all_labels.copy()
    labels[labels == 2] = 0
    view.show_moment(moment(replace(blobs(3, 60), all_labels=labels), SOFTMAX))
    assert "no row of class c among the training rows" in view.note.text()
    assert "class c no rows" in view.legend.texts


def test_ten_classes_keep_their_symbols_apart(qtbot: QtBot) -> None:
    data = blobs(10, 200, validation=0.2)
    view = made(qtbot, data, SOFTMAX)
    x, y = view._marks.getData()  # pyright: ignore[reportPrivateUsage]  # what is drawn
    assert len(x) == 20
    assert len({(round(a, 3), round(b, 3)) for a, b in zip(x, y, strict=True)}) == 20


def test_what_cannot_be_shown_is_said(qtbot: QtBot) -> None:
    view = made(qtbot, plane(), IDENTITY)
    assert "numeric target" in view.nothing.text()
    data = blobs(2)
    view.show_moment(moment(data, SIGMOID, broken(data, SIGMOID)))
    assert view.nothing.text() == NOT_FINITE
    view.show_moment(moment(data, SIGMOID))
    assert view.canvas.isVisible()


@pytest.mark.parametrize("theme", ["dark", "projector"])
def test_another_theme_recolours_it(qtbot: QtBot, theme: str) -> None:
    view = made(qtbot, blobs(3), SOFTMAX)
    before = picture(view)
    view.set_theme(THEMES[theme])
    settle(qtbot)
    assert picture(view) != before


def test_ranking_may_be_stopped() -> None:
    data = blobs(2)
    assert curves(data, SIGMOID, POOR, (("training", slice(0, None)),), lambda: True) is None
    assert curves(data, SIGMOID, POOR, (("training", slice(0, None)),)) is not None


def test_many_rows_are_ranked_in_the_background(qtbot: QtBot) -> None:
    data = blobs(2, 60_000)
    view = show(qtbot, RocView(), 420, 320)
    view.show_moment(moment(data, SIGMOID, POOR, playing=True))
    assert view.curves is None
    qtbot.waitUntil(lambda: view.curves is not None, timeout=20_000)
    x, _ = drawn(view.items[0])
    assert len(x) <= 500
    view.shut_down()


def test_a_low_pane_is_for_the_curve(qtbot: QtBot) -> None:
    view = made(qtbot, blobs(2), SIGMOID)
    assert view.x_name.isVisible()
    for height in (150, 112):  # a window shrinks no further than what is still in it
        view.resize(400, height)
        settle(qtbot)
    assert not view.x_name.isVisible(), view.height()
    assert view.canvas.height() > 60
