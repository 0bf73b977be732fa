from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.plots.confusion import ConfusionView
from app.plots.confusion_cells import mark_place
from app.plots.confusion_data import confusion
from app.plots.labels import small
from app.plots.quality_view import NOT_FINITE
from app.theme import THEMES
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import Calls, blobs, picture, plane, settle, show, some
from tests.app.plots.quality_examples import (
    IDENTITY,
    SIGMOID,
    SOFTMAX,
    broken,
    moment,
    switch,
    told,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def made(
    qtbot: QtBot, data: Dataset, chosen: Pair, size: tuple[int, int] = (420, 320)
) -> ConfusionView:
    view = show(qtbot, ConfusionView(), *size)
    view.show_moment(moment(data, chosen))
    settle(qtbot)
    return view


def decisions(data: Dataset, parameters: Parameters) -> Ints:
    V = data.prepared @ parameters.W + parameters.b
    return V.argmax(axis=1) if V.shape[1] > 1 else (V[:, 0] > 0).astype(np.int64)


def by_hand(data: Dataset, parameters: Parameters, samples: slice) -> list[list[int]]:
    K = len(data.classes)
    counts = np.zeros((K, K), np.int64)
    np.add.at(counts, (data.all_labels[samples], decisions(data, parameters)[samples]), 1)
    return counts.tolist()


def middle(view: ConfusionView, row: int, column: int) -> QPoint:
    layout = view.grid.layout_now
    assert layout is not None
    return layout.cell(row, column).center().toPoint()


def click(view: ConfusionView, row: int, column: int, keys: Qt.KeyboardModifier = NONE) -> None:
    place = middle(view, row, column)
    QTest.mouseClick(view.grid.viewport(), Qt.MouseButton.LeftButton, keys, place)


@pytest.mark.parametrize(("classes", "chosen"), [(2, SIGMOID), (2, SOFTMAX), (3, SOFTMAX)])
def test_it_counts_both_parts_as_by_hand(qtbot: QtBot, classes: int, chosen: Pair) -> None:
    data = blobs(classes, 60, validation=0.3)
    view, parameters = made(qtbot, data, chosen), some(data, chosen)
    assert view.confusion is not None
    assert view.confusion.counts.tolist() == by_hand(data, parameters, slice(0, data.samples))
    switch(view, "validation")
    assert view.confusion.counts.tolist() == by_hand(data, parameters, slice(data.samples, None))
    assert view.headline.text().startswith("Validation: ")


def test_recall_precision_and_accuracy_by_hand() -> None:
    data = blobs(3, 30)
    found = confusion(data, SOFTMAX, some(data, SOFTMAX), slice(0, 30))
    assert found is not None
    counts = found.counts
    for k in range(3):
        assert found.recall[k] == counts[k, k] / counts[k].sum()
        taken = counts[:, k].sum()
        wanted = counts[k, k] / taken if taken else np.nan
        assert found.precision[k] == pytest.approx(wanted, nan_ok=True)
    assert found.accuracy == counts.trace() / 30
    assert found.shares.sum(axis=1) == pytest.approx([1, 1, 1])


def test_a_click_selects_the_rows_of_a_cell_and_control_adds_and_takes_away(qtbot: QtBot) -> None:
    data = blobs(3, 60, validation=0.3)
    view = made(qtbot, data, SOFTMAX)
    spy = QSignalSpy(view.selection_changed)
    decided = decisions(data, some(data, SOFTMAX))[: data.samples]

    def rows(*cells: tuple[int, int]) -> list[int]:
        within = [(data.labels == i) & (decided == j) for i, j in cells]
        return sorted(data.row_index[: data.samples][np.any(within, axis=0)].tolist())

    filled = [(i, j) for i in range(3) for j in range(3) if rows((i, j))]
    first, second = filled[:2]
    click(view, *first)
    click(view, *second, CONTROL)
    click(view, *first, CONTROL)
    assert told(spy) == [rows(first), rows(first, second), rows(second)]


def test_recalls_and_precisions_select_a_whole_class(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    view = made(qtbot, data, SIGMOID)
    spy = QSignalSpy(view.selection_changed)
    click(view, 1, 2)
    click(view, 2, 0)
    decided = decisions(data, some(data, SIGMOID))
    assert told(spy) == [
        sorted(data.row_index[data.all_labels == 1].tolist()),
        sorted(data.row_index[decided == 0].tolist()),
    ]


def test_the_keyboard_walks_selects_and_clears(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    view = made(qtbot, data, SIGMOID)
    spy = QSignalSpy(view.selection_changed)
    view.grid.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(view.grid, key)
    assert view.grid.at == (1, 1)
    assert "found" in view.grid.accessibleDescription()
    decided = decisions(data, some(data, SIGMOID))
    QTest.keyClick(view.grid, Qt.Key.Key_Escape)
    both = (data.all_labels == 1) & (decided == 1)
    assert told(spy) == [sorted(data.row_index[both].tolist()), []]


def test_cells_that_hold_selected_rows_are_marked(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    view = made(qtbot, data, SIGMOID)
    spy = QSignalSpy(view.selection_changed)
    before = picture(view.grid)
    view.set_selection(data.row_index[:1])
    assert spy.count() == 0, "what the program selects is not told"
    assert picture(view.grid) != before
    true = int(data.all_labels[0])
    decided = int(decisions(data, some(data, SIGMOID))[0])
    assert "1 selected" in view.grid.tip_at(QPointF(middle(view, true, decided)))
    view.set_selection(np.empty(0, np.int64))
    assert picture(view.grid) == before


def test_shares_are_of_the_true_class(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    view = made(qtbot, data, SIGMOID)
    before = picture(view.grid)
    switch(view, "shares")
    settle(qtbot)
    assert picture(view.grid) != before


def test_a_class_without_rows_has_no_recall(qtbot: QtBot) -> None:
    data = blobs(3, 60)
    some_labels = data.all_labels.copy()
    some_labels[some_labels == 2] = 1
    view = made(qtbot, replace(data, all_labels=some_labels), SOFTMAX)
    assert view.confusion is not None
    assert np.isnan(view.confusion.recall[2])
    assert "no row of class c" in view.grid.tip_at(QPointF(middle(view, 2, 3)))


def test_what_cannot_be_shown_is_said(qtbot: QtBot) -> None:
    view = made(qtbot, plane(), IDENTITY)
    assert "numeric target" in view.nothing.text()
    assert view.nothing.isVisible()
    data = blobs(2)
    view.show_moment(moment(data, SIGMOID))
    assert view.grid.isVisible()
    view.show_moment(moment(data, SIGMOID, broken(data, SIGMOID)))
    assert view.nothing.text() == NOT_FINITE
    assert view.accessibleDescription() == NOT_FINITE
    view.show_moment(None)
    assert "no data are open" in view.nothing.text()


def test_rows_without_a_finite_score_are_counted_apart(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    X = data.prepared.copy()
    X[3] = np.nan
    view = made(qtbot, replace(data, prepared=X), SIGMOID)
    assert view.confusion is not None
    assert (view.confusion.total, view.confusion.unknown) == (39, 1)
    assert "1 row left out" in view.detail.text()


def test_a_hidden_view_does_nothing_until_it_is_seen(qtbot: QtBot) -> None:
    data = blobs(2, 40)
    view = ConfusionView()
    qtbot.addWidget(view)
    view.show_moment(moment(data, SIGMOID))
    assert view.confusion is None
    show(qtbot, view)
    assert view.confusion is not None


def test_a_selection_made_while_hidden_is_marked_when_seen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = blobs(2, 40)
    view = made(qtbot, data, SIGMOID)
    before = picture(view.grid)
    view.hide()
    calls = Calls()
    with monkeypatch.context() as patch:
        patch.setattr(view, "mark", calls)
        view.set_selection(data.row_index[:5])
    assert calls.seen == []
    view.show()
    settle(qtbot)
    assert picture(view.grid) != before


def test_many_rows_are_counted_in_the_background_and_the_newest_weights_win(qtbot: QtBot) -> None:
    data = blobs(2, 60_000)
    view = show(qtbot, ConfusionView())
    last = Parameters(np.array([[1.0], [0.5]]), np.array([0.25]))
    view.show_moment(moment(data, SIGMOID, playing=True))
    assert view.confusion is None
    view.show_moment(moment(data, SIGMOID, last, playing=True))
    wanted = by_hand(data, last, slice(0, None))

    def arrived() -> None:
        assert view.confusion is not None
        assert view.confusion.counts.tolist() == wanted

    qtbot.waitUntil(arrived, timeout=20_000)
    view.shut_down()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
def test_many_classes_scroll_and_names_stay_in_sight(qtbot: QtBot, theme: str) -> None:
    view = made(qtbot, blobs(30, 120), SOFTMAX, (300, 180))
    view.set_theme(THEMES[theme])
    assert view.grid.horizontalScrollBar().maximum() > 0
    for _ in range(29):
        QTest.keyClick(view.grid, Qt.Key.Key_Right)
        QTest.keyClick(view.grid, Qt.Key.Key_Down)
    layout = view.grid.layout_now
    assert view.grid.at == (29, 29)
    assert layout is not None
    assert layout.body.contains(layout.cell(29, 29))
    assert layout.row_name(29).left() == 0


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_a_recall_of_all_fits_beside_many_classes(qtbot: QtBot, theme: str) -> None:
    view = made(qtbot, blobs(10, 120), SOFTMAX, (300, 180))
    view.set_theme(THEMES[theme])
    layout, font = view.grid.layout_now, QFont(view.grid.font())
    font.setPointSizeF(small(THEMES[theme]))
    assert layout is not None
    assert layout.margin_width > QFontMetricsF(font).horizontalAdvance("100.0 %")


@pytest.mark.parametrize("size", [(26, 22), (40, 24), (132, 84)])
def test_the_sign_of_a_selection_is_not_over_the_figure(size: tuple[int, int]) -> None:
    cell, text = QRectF(0, 0, *size), QRectF(0, 0, 22, 12)
    text.moveCenter(cell.center())
    sign = mark_place(cell, text.width())
    assert cell.contains(sign.adjusted(-1, -1, 1, 1))
    assert not text.intersects(sign.adjusted(-1, 0, 1, 1))
