"""What each plot of curves shows."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.curves import CurvesPlot
from app.theme import THEMES
from tests.app.plots.curve_examples import made
from tests.app.plots.examples import (
    falling,
    picture,
    settle,
    show,
    snapshot,
)


def test_accuracy_becomes_r2_in_regression(qtbot: QtBot) -> None:
    past = falling()
    plot = show(qtbot, CurvesPlot("accuracy"), 480, 240)
    plot.show_history(past, snapshot(past))
    assert plot.title.text() == "Accuracy"
    assert plot.legend.texts[0] == "train 90.0 %"
    assert plot.canvas.y_range[1] == pytest.approx(1.0, abs=0.05)
    assert plot.canvas.y_axis.ticks.labelled[-1] == (1.0, "100 %")
    plot.show_history(past, snapshot(past, accuracy=None, r2=0.95))
    assert plot.title.text() == "R²"
    assert plot.legend.texts[0] == "train R² 0.95"
    assert plot.canvas.y_axis.ticks.labelled[-1][1] == "1.0"


def test_the_gradient_is_parted_on_demand(qtbot: QtBot) -> None:
    plot = made(qtbot, "gradient")
    assert [text.split()[0] for text in plot.legend.texts] == ["‖∂L/∂(W,"]
    whole = picture(plot.canvas)
    buttons = {b.text(): b for b in plot.toggles.findChildren(QToolButton)}
    QTest.mouseClick(buttons["W, b"], Qt.MouseButton.LeftButton)
    plot.canvas.hovered.emit(QPointF(float(falling().update[50]), 0.5))
    norm = float(falling().gradient_norm[50])
    assert plot.legend.texts[1:] == (f"W {number_text(norm * 0.8)}", f"b {number_text(norm * 0.6)}")
    plot.canvas.hovered.emit(None)
    QTest.mouseClick(buttons["W, b"], Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert picture(plot.canvas) == whole


def test_a_part_that_is_rounding_noise_does_not_stretch_the_axis(qtbot: QtBot) -> None:
    past = falling()
    past.table[12, 0] = 1e-17
    plot = made(qtbot, "gradient", past)
    before = plot.canvas.y_range
    plot.toggles.set("parts", True)
    assert plot.canvas.y_range == before


def test_the_usual_size_of_a_step_is_a_band_that_says_it_is_a_rule_of_thumb(qtbot: QtBot) -> None:
    plot = made(qtbot, "step")
    assert plot.legend.texts[-1] == "usual, about 0.001"
    entry = plot.guides.entries()[0]
    assert "rule of thumb" in entry.tip
    assert "CS231n" in entry.tip
    place = plot.canvas.place_of(1900, float(np.log10(1e-3))).toPoint()
    outside = plot.canvas.place_of(1900, float(np.log10(1e-2))).toPoint()
    image = picture(plot.canvas)
    assert image.pixelColor(place).green() > image.pixelColor(place).red()
    assert image.pixelColor(outside) == QColor(THEMES["light"].surface)


def test_before_the_first_update_there_is_no_step(qtbot: QtBot) -> None:
    past = falling()
    past.table[20, 0] = np.nan
    plot = made(qtbot, "step", past)
    plot.canvas.hovered.emit(QPointF(0.0, 0.0))
    assert plot.legend.texts[0] == "‖ΔW‖ / ‖W‖ –"
    assert not plot.detail.text()
    past.table[20] = np.nan
    plot.show_history(past)
    assert plot.detail.text() == "no step yet"


def test_a_line_search_is_shown_only_where_there_is_one(qtbot: QtBot) -> None:
    past = falling()
    assert len(made(qtbot, "rate", past).legend.texts) == 2
    past.table[21] = np.nan
    assert made(qtbot, "rate", past).legend.texts == ("rate 0.1",)
