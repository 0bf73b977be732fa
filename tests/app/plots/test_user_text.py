from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.plots.decision import DecisionPlot
from app.plots.user_text import inline, isolated, shortened, told_apart
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


def test_two_long_names_side_by_side_are_told_apart() -> None:
    one, two = "petal_length → virginica", "petal_width → virginica"

    def cut(name: str, other: str, most: int) -> str:
        return told_apart(name, other, lambda text: len(text) <= most)

    assert cut(one, two, 30) == one
    assert [cut(one, two, 12), cut(two, one, 12)] == ["petal_length", "petal_width"]
    assert [cut(one, two, 8), cut(two, one, 8)] == ["…length", "…width"]
    assert [cut("p34 → 0", "p34 → 5", 5), cut("p34 → 5", "p34 → 0", 5)] == ["…0", "…5"]
    assert cut("displacement", "weight", 9) == "disp…ment"
    assert cut("displacement", "", 1) == "d…t"
    assert cut("same", "same", 9) == "same"
