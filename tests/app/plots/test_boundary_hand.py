from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.brushes import Brush
from app.plots.decision import DecisionPlot
from app.plots.weight_arrow import Arrow
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.app.plots.examples import blobs, drag, falling, made, settle, snapshot, some

SIGMOID = pair("sigmoid", "cross_entropy")
SOFTMAX = pair("softmax", "cross_entropy")


def _plot(
    qtbot: QtBot, data: Dataset, chosen: Pair, config: TrainingConfig | None = None
) -> tuple[DecisionPlot, Parameters]:
    plot, parameters = made(qtbot, data, chosen), some(data, chosen)
    plot.show_parameters(parameters)
    given = config or TrainingConfig()
    plot.show_run(snapshot(falling(5), parameters=parameters, config=given))
    settle(qtbot)
    return plot, parameters


def _arrow(plot: DecisionPlot) -> Arrow:
    found = plot.grasp()
    assert found is not None
    return found.arrow


def _lead(data: Dataset, parameters: Parameters, place: tuple[float, float]) -> float:
    V = data.preparation.transform(np.array([place])) @ parameters.W + parameters.b
    return float(V[0, 0] if V.shape[1] == 1 else V[0, 1] - V[0, 0])


@pytest.mark.parametrize("chosen", [SIGMOID, SOFTMAX])
def test_the_middle_of_the_line_moves_it_to_the_mouse(qtbot: QtBot, chosen: Pair) -> None:
    data = blobs(spread=3, offset=50)
    plot, before = _plot(qtbot, data, chosen)
    foot = _arrow(plot).foot
    size = plot.canvas.pixel
    to = foot[0] + 40 * size[0], foot[1] + 25 * size[1]
    spy = QSignalSpy(plot.parameters_edited)
    drag(plot.canvas, [foot, (foot[0] + 15 * size[0], foot[1]), to])
    assert spy.count() >= 1
    after: Parameters = spy.at(spy.count() - 1)[0]
    assert spy.at(0)[1] == "Move the boundary"
    assert len({spy.at(n)[2] for n in range(spy.count())}) == 1
    assert np.allclose(after.W, before.W)
    off = abs(_lead(data, after, to))
    assert off < 0.03 * abs(_lead(data, before, to))
    assert after.b.sum() == pytest.approx(before.b.sum()) or after.b.size == 1


def test_an_end_turns_the_line_about_its_middle(qtbot: QtBot) -> None:
    data = blobs()
    plot, before = _plot(qtbot, data, SIGMOID)
    grasp = plot.grasp()
    assert grasp is not None
    foot = grasp.arrow.foot
    x, y = plot.view.trace(before)  # pyright: ignore[reportOptionalMemberAccess]  # data are there
    end = int(np.argmax((x - foot[0]) ** 2 + (y - foot[1]) ** 2))
    near = foot[0] + 0.9 * (x[end] - foot[0]), foot[1] + 0.9 * (y[end] - foot[1])
    size = plot.canvas.pixel
    to = near[0] + 30 * size[0], near[1] + 30 * size[1]
    spy = QSignalSpy(plot.parameters_edited)
    drag(plot.canvas, [near, to])
    after: Parameters = spy.at(spy.count() - 1)[0]
    assert spy.at(0)[1] == "Turn the boundary"
    assert np.linalg.norm(after.W) == pytest.approx(np.linalg.norm(before.W))
    assert _lead(data, after, foot) == pytest.approx(0, abs=1e-9)
    assert abs(_lead(data, after, to)) < 0.1 * abs(_lead(data, before, to))
    assert float((after.W * before.W).sum()) > 0


def test_the_tip_sets_direction_and_length(qtbot: QtBot) -> None:
    data = blobs()
    plot, before = _plot(qtbot, data, SIGMOID)
    plot.layers.toggles.set("weights", True)
    arrow = _arrow(plot)
    way = np.subtract(arrow.tip, arrow.foot)
    to = tuple(np.add(arrow.foot, 0.5 * way).tolist())
    spy = QSignalSpy(plot.parameters_edited)
    drag(plot.canvas, [arrow.tip, (to[0], to[1])])
    after: Parameters = spy.at(spy.count() - 1)[0]
    assert spy.at(0)[1] == "Drag the weight vector"
    assert np.allclose(after.W, before.W / 2, rtol=0.1)
    assert _lead(data, after, arrow.foot) == pytest.approx(0, abs=1e-9)


def test_a_click_on_the_line_changes_nothing(qtbot: QtBot) -> None:
    plot, _ = _plot(qtbot, blobs(), SIGMOID)
    foot = _arrow(plot).foot
    spy = QSignalSpy(plot.parameters_edited)
    drag(plot.canvas, [foot])
    assert spy.count() == 0


@pytest.mark.parametrize(
    ("data", "chosen", "config"),
    [
        (blobs(3), SOFTMAX, None),
        (blobs(degree=2), SIGMOID, None),
        (blobs(features=3), SIGMOID, None),
        (blobs(), SIGMOID, TrainingConfig(bias=False)),
    ],
)
def test_what_is_no_single_line_cannot_be_taken(
    qtbot: QtBot, data: Dataset, chosen: Pair, config: TrainingConfig | None
) -> None:
    plot, _ = _plot(qtbot, data, chosen, config)
    assert plot.grasp() is None


def test_a_brush_comes_first(qtbot: QtBot) -> None:
    plot, _ = _plot(qtbot, blobs(), SIGMOID)
    foot = _arrow(plot).foot
    plot.set_painting(Brush(tool="select"))
    spy = QSignalSpy(plot.parameters_edited)
    drag(plot.canvas, [foot, (foot[0] + 1, foot[1] + 1)])
    assert spy.count() == 0


@pytest.mark.parametrize("k", [1, 2])
def test_single_precision_stays_single(qtbot: QtBot, k: int) -> None:
    data, chosen = blobs(), SIGMOID if k == 1 else SOFTMAX
    plot, before = _plot(qtbot, data, chosen)
    single = Parameters(before.W.astype(np.float32), before.b.astype(np.float32))
    plot.show_parameters(single)
    grasp = plot.grasp()
    assert grasp is not None
    after = grasp.with_line(np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    assert (after.W.dtype, after.b.dtype) == (np.float32, np.float32)
