from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.plots.canvas import Canvas
from app.plots.decision import DecisionPlot
from app.plots.field import Window
from app.plots.tags import Tag, parted
from app.plots.weight_arrow import MOST_ARROWS, star
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, made, settle, show, some, under
from tests.app.plots.test_shading import choose

SOFTMAX = pair("softmax", "cross_entropy")
SIGMOID = pair("sigmoid", "cross_entropy")
number = st.floats(-1e3, 1e3).map(lambda x: 0.0 if abs(x) < 1e-3 else x)


def _with_arrows(qtbot: QtBot, data: Dataset, chosen: Pair) -> tuple[DecisionPlot, Parameters]:
    plot = made(qtbot, data, chosen)
    parameters = some(data, chosen)
    plot.show_parameters(parameters)
    plot.layers.toggles.set("weights", True)
    settle(qtbot)
    return plot, parameters


@settings(deadline=None)
@given(
    weights=st.lists(st.tuples(number, number), min_size=1, max_size=6),
    at=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
    half=st.floats(0.01, 50),
)
def test_a_star_stays_in_view_and_keeps_proportions(
    weights: list[tuple[float, float]], at: tuple[float, float], half: float
) -> None:
    view, scaled = Window(1.0, 3.0), Window(0.0, half)
    arrows = star(np.array(weights), at, (scaled, scaled), (view, view))
    assert len({arrow.share for arrow in arrows}) == 1
    for arrow, weight in zip(arrows, weights, strict=True):
        assert arrow.foot == pytest.approx(arrows[0].foot)
        assert arrow.weights == weight
        assert max(abs(place - 1.0) for place in arrow.tip) <= 3.0
        moved = np.subtract(arrow.tip, arrow.foot) / 3.0 * half
        assert moved == pytest.approx(arrow.share * np.array(weight), abs=1e-6 * half)


def test_several_classes_have_an_arrow_each_with_name_and_length(qtbot: QtBot) -> None:
    data = blobs(3, spread=5, offset=40)
    plot, parameters = _with_arrows(qtbot, data, SOFTMAX)
    shown = plot.layers.arrows.shown
    assert [number for number, _ in shown] == [0, 1, 2]
    for number, arrow in shown:
        assert arrow.foot == pytest.approx(tuple(data.means))
        assert arrow.weights == pytest.approx(parameters.W[:, number])
        foot, tip = data.preparation.transform(np.array([arrow.foot, arrow.tip]))
        assert tip - foot == pytest.approx(arrow.share * parameters.W[:, number])
    assert sorted(text.split()[1] for text in plot.layers.arrows.texts) == ["a", "b", "c"]
    place = plot.canvas.place_of(*shown[2][1].tip).toPoint()
    target = under(plot.canvas, place)
    QTest.mouseMove(target, target.mapFrom(plot.canvas, place))
    settle(qtbot)
    assert plot.readout.text().startswith("class c: w = (")


def test_one_class_against_the_rest_has_its_own_arrow_upright_on_its_boundary(
    qtbot: QtBot,
) -> None:
    data = blobs(3)
    plot, parameters = _with_arrows(qtbot, data, SIGMOID)
    choose(plot, "class b against the rest")
    ((number, arrow),) = plot.layers.arrows.shown
    assert number == 1
    foot, tip = data.preparation.transform(np.array([arrow.foot, arrow.tip]))
    assert foot @ parameters.W[:, 1] + parameters.b[1] == pytest.approx(0, abs=1e-9)
    assert tip - foot == pytest.approx(arrow.share * parameters.W[:, 1])


def test_of_many_classes_only_the_chosen_ones_arrow_is_drawn(qtbot: QtBot) -> None:
    plot, _ = _with_arrows(qtbot, blobs(MOST_ARROWS + 1), SOFTMAX)
    assert plot.layers.arrows.shown == ()
    buttons = plot.layers.toggles.findChildren(QToolButton)
    button = next(b for b in buttons if b.text() == "Weights")
    assert not button.isEnabled()
    assert "against the rest" in button.toolTip()
    choose(plot, "class d against the rest")
    assert [number for number, _ in plot.layers.arrows.shown] == [3]
    assert button.isEnabled()
    assert "Now:" not in button.toolTip()


def test_weights_of_zero_have_no_names_on_one_place(qtbot: QtBot) -> None:
    data = blobs(3)
    plot = made(qtbot, data, SOFTMAX)
    plot.layers.toggles.set("weights", True)
    plot.show_parameters(Parameters(np.zeros((2, 3)), np.zeros(3)))
    assert len(plot.layers.arrows.shown) == 3
    assert plot.layers.arrows.texts == ()


def test_arrows_survive_another_theme(qtbot: QtBot) -> None:
    plot, _ = _with_arrows(qtbot, blobs(3), SOFTMAX)
    before = plot.layers.arrows.texts
    plot.set_theme(THEMES["projector"])
    settle(qtbot)
    assert plot.layers.arrows.texts == before


def test_names_lie_inside_and_not_upon_each_other(qtbot: QtBot) -> None:
    canvas = show(qtbot, Canvas(), 300, 240)
    area = canvas.rect_of_area()
    corner = area.bottomRight()
    boxes = [QRectF(corner.x() - n, corner.y() - 3 * n, 60, 16) for n in range(6)]
    found = parted([Tag(str(n), "#000000", box) for n, box in enumerate(boxes)], canvas)
    assert {tag.text for tag in found} == set("012345")
    for n, tag in enumerate(found):
        assert area.adjusted(-1, -1, 1, 1).contains(tag.box)
        assert not any(tag.box.intersects(other.box) for other in found[n + 1 :])
