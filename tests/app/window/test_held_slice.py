from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.moment import Moment
from app.numbers import share_text
from app.plots.decision import DecisionPlot
from app.theme import THEMES
from app.window.adapters import DecisionShowing
from app.window.held_slice import HeldSlice, originals
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from tests.app.plots.examples import blobs, image_of, settle, show, some
from tests.app.plots.quality_examples import moment

SIGMOID = pair("sigmoid", "cross_entropy")


def _shown(qtbot: QtBot, data: Dataset) -> tuple[DecisionShowing, Moment]:
    showing = DecisionShowing(DecisionPlot())
    show(qtbot, showing.widget, 520, 520)
    now = moment(data, SIGMOID)
    showing.show_moment(now, whole=True)
    settle(qtbot)
    return showing, now


def _panel(showing: DecisionShowing) -> HeldSlice:
    return showing.slice


def _press(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # pyright: ignore[reportArgumentType, reportCallIssue]  # any button


def test_two_features_hold_nothing(qtbot: QtBot) -> None:
    showing, _ = _shown(qtbot, blobs())
    assert not showing.slice.panel.isVisible()


def test_a_slider_moves_the_slice_and_at_mean_puts_it_back(qtbot: QtBot) -> None:
    data = blobs(features=4)
    showing, now = _shown(qtbot, data)
    panel, plot = _panel(showing).panel, showing.widget
    assert "2 other features held at their mean" in plot.note.text()
    _press(panel.fold)
    settle(qtbot)
    assert len(panel.lines) == 2
    hidden = [n for n in range(4) if n not in plot.axes]
    before = image_of(plot).copy()
    slider, field = panel.lines[0]
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    settle(qtbot)
    assert plot.held is not None
    assert plot.held[hidden[0]] == pytest.approx(data.inputs(hidden[0]).max())
    assert not np.array_equal(before, image_of(plot))
    assert "the values below" in plot.note.text()
    field.selectAll()
    QTest.keyClicks(field, "0.25")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert plot.held[hidden[0]] == 0.25
    showing.show_moment(now, whole=True)
    assert plot.held is not None
    _press(panel.mean)
    settle(qtbot)
    assert plot.held is None
    assert np.array_equal(before, image_of(plot))


def test_a_selected_row_lies_in_its_own_slice(qtbot: QtBot) -> None:
    data = blobs(features=5)
    showing, now = _shown(qtbot, data)
    panel, plot = _panel(showing).panel, showing.widget
    assert not panel.row.isEnabled()
    row = int(data.row_index[7])
    showing.set_selection(np.array([row]))
    assert panel.row.isEnabled()
    _press(panel.row)
    settle(qtbot)
    assert f"held at row {row + 1};" in plot.note.text()
    values = originals(data, slice(7, 8))[0]
    assert plot.held == pytest.approx(values)
    i, j = plot.axes
    assert plot.view is not None
    assert j is not None
    parameters = now.active.snapshot.parameters
    score = float(data.prepared[7] @ parameters.W[:, 0] + parameters.b[0])
    text = plot.view.text_at(float(values[i]), float(values[j]))
    share = 1 / (1 + np.exp(-score))
    assert f"class b {share_text(share)}" in text
    showing.set_selection(np.array([row, row + 1]))
    assert not panel.row.isEnabled()


def test_medians_and_other_data(qtbot: QtBot) -> None:
    data = blobs(features=4)
    showing, _ = _shown(qtbot, data)
    panel, plot = _panel(showing).panel, showing.widget
    _press(panel.median)
    assert plot.held == pytest.approx(np.median(originals(data, slice(0, data.samples)), axis=0))
    other = blobs(3, features=6)
    showing.show_moment(moment(other, pair("softmax", "cross_entropy")), whole=True)
    settle(qtbot)
    assert plot.held is None
    assert panel.fold.text() == "4 held"
    showing.show_moment(None, whole=True)
    assert not panel.isVisible()


def test_a_theme_leaves_the_slice(qtbot: QtBot) -> None:
    data = blobs(features=4)
    plot = show(qtbot, DecisionPlot())
    plot.set_data(data)
    plot.set_model(SIGMOID)
    plot.show_parameters(some(data, SIGMOID))
    plot.set_held(data.means + 2, "the values below")
    settle(qtbot)
    assert plot.view is not None
    before = plot.view.text_at(0, 0)
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    assert plot.view.text_at(0, 0) == before
    plot.set_held(None)
    assert plot.view.text_at(0, 0) != before


def test_other_axes_hold_other_features_and_keep_what_was_chosen(qtbot: QtBot) -> None:
    data = blobs(features=4)
    showing, _ = _shown(qtbot, data)
    panel, plot = showing.slice.panel, showing.widget
    _press(panel.fold)
    _press(panel.median)
    chosen = plot.held
    plot.set_axes(2, None)
    settle(qtbot)
    assert panel.fold.text() == "3 held"
    assert len(panel.lines) == 3
    assert plot.held is chosen
    assert panel.value() is chosen
    names = [field.accessibleName() for _, field in panel.lines]
    assert names == ["f0, value", "f1, value", "f3, value"]


def test_the_principal_plane_is_chosen_beside_the_slice(qtbot: QtBot) -> None:
    data = blobs(features=5)
    showing, now = _shown(qtbot, data)
    panel, plot = _panel(showing).panel, showing.widget
    assert panel.slice.isChecked()
    panel.plane.setFocus()
    QTest.keyClick(panel.plane, Qt.Key.Key_Space)
    settle(qtbot)
    assert plot.projection == "principal"
    assert panel.plane.isChecked()
    assert not panel.fold.isVisible()
    assert not panel.median.isVisible()
    showing.set_selection(np.array([int(data.row_index[3])]))
    _press(panel.row)
    settle(qtbot)
    assert "through row" in plot.note.text()
    showing.show_moment(now, whole=True)
    _press(panel.slice)
    settle(qtbot)
    assert plot.projection == "slice"
    assert plot.held is None
    assert panel.fold.isVisible()
    plot.set_projection("principal")
    plot.set_axes(2, 3)
    assert panel.slice.isChecked()


def test_where_there_is_no_principal_plane_the_button_says_why(qtbot: QtBot) -> None:
    showing, _ = _shown(qtbot, blobs(features=3, sine=True))
    button = _panel(showing).panel.plane
    assert not button.isEnabled()
    assert "sine" in button.toolTip()


@pytest.mark.parametrize("width", [280, 330, 400, 520, 900])
def test_no_button_below_the_picture_is_cut_off(qtbot: QtBot, width: int) -> None:
    showing, _ = _shown(qtbot, blobs(features=6))
    panel = _panel(showing).panel
    showing.widget.resize(width, 300)
    settle(qtbot)
    for on in (True, False):
        panel.set_plane(on)
        settle(qtbot)
        seen = [b for b in panel.findChildren(QToolButton) if b.isVisible()]
        assert {panel.slice, panel.plane} <= set(seen)
        for button in seen:
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.geometry().right() <= panel.width(), button.text()
