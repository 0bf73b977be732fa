from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.plots.decision import DecisionPlot
from app.plots.user_text import inline, isolated, shortened
from slp_core.network.pairs import pair
from tests.app.plots.examples import dataset, settle, show, weights


def test_names_are_cut_in_the_middle() -> None:
    assert shortened("class a") == "class a"
    name = "temperature of the cooling water, outlet"
    assert len(shortened(name)) <= 24
    assert shortened(name).startswith("temperature")
    assert shortened(name).endswith("outlet")


def test_only_names_from_right_to_left_are_fenced_off() -> None:
    assert isolated("price") == "price"
    assert isolated("מחיר") == "\u2068מחיר\u2069"
    assert inline("\u202eevil") == "\u2068\u202eevil\u2069"


def test_the_readout_begins_with_the_prediction_and_keeps_its_numbers(qtbot: QtBot) -> None:
    long = "an endless name of a class " * 5
    names = np.array([long + "a", long + "b"] * 20, dtype=object)
    random = np.random.default_rng(0)
    columns: dict[str, object] = {
        "a feature with quite a long name": random.normal(size=40),
        "גובה": random.normal(size=40),
        "kind": names,
    }
    data = dataset(columns, "kind")
    plot = show(qtbot, DecisionPlot(), 520, 480)
    plot.set_data(data)
    plot.set_model(pair("sigmoid", "cross_entropy"))
    plot.show_parameters(weights(data, 1))
    settle(qtbot)
    plot.canvas.hovered.emit(QPointF(0.5, -0.25))
    text = plot.readout.text()
    assert text.index("%") < 40, "the first number is seen in any window"
    assert text.index("%") < text.index("−0.25")
    assert "\u2068גובה\u2069 −0.25" in text
    assert len(text) < 160
    assert "\u2068גובה\u2069" in plot.y_name.text()
