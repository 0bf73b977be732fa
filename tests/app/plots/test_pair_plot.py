from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from app.moment import Moment
from app.plots.pair_data import curve, partner, targets
from app.plots.pair_plot import PairPlot
from app.plots.pair_samples import coded, count, placed
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, plane, settle, show, some, under
from tests.app.plots.quality_examples import broken, moment, told

QUADRATIC, ENTROPY = pair("sigmoid", "quadratic"), pair("sigmoid", "cross_entropy")
DEFINED = [
    each
    for each in (pair(activation, loss) for activation in ACTIVATIONS for loss in LOSSES)
    if each.status != "undefined"
]
BINARY = blobs(2, validation=0.2)


def never() -> bool:
    return False


def opened(
    qtbot: QtBot, data: Dataset, chosen: Pair, weights: Parameters | None = None
) -> PairPlot:
    view = show(qtbot, PairPlot(), 600, 460)
    view.show_moment(moment(data, chosen, weights))
    settle(qtbot)
    return view


def wrong_and_sure(data: Dataset) -> Parameters:
    """Weights that are sure of the wrong class everywhere."""
    first, second = (data.X[data.labels == k].mean(axis=0) for k in (0, 1))
    return Parameters((30 * (first - second))[:, None], np.zeros(1))


@pytest.mark.parametrize("chosen", DEFINED, ids=lambda each: f"{each.activation}-{each.loss}")
@settings(deadline=None, max_examples=15)
@given(place=st.floats(-8, 8))
def test_the_error_signal_is_the_slope_of_the_loss(chosen: Pair, place: float) -> None:
    for target in chosen.target_values:
        drawn = curve(chosen, target, place - 1e-4, place + 1e-4)
        if chosen.status == "cannot_learn":
            assert not drawn.signal.any()
            continue
        even = np.diff(drawn.place) > 1e-8
        steps = np.diff(drawn.loss)[even] / np.diff(drawn.place)[even]
        low = np.minimum(drawn.signal[:-1], drawn.signal[1:])[even]
        high = np.maximum(drawn.signal[:-1], drawn.signal[1:])[even]
        assert np.all(steps >= low - 1e-4)
        assert np.all(steps <= high + 1e-4)


@pytest.mark.parametrize(
    ("chosen", "target", "jump"),
    [
        (pair("identity", "hinge"), 1.0, 1.0),
        (pair("identity", "hinge"), -1.0, -1.0),
        (pair("step", "perceptron"), 1.0, 0.0),
        (pair("tanh", "absolute"), 0.5, float(np.arctanh(0.5))),
        (pair("relu", "quadratic"), 1.0, 0.0),
    ],
)
def test_a_jump_is_upright(chosen: Pair, target: float, jump: float) -> None:
    drawn = curve(chosen, target, -3.0, 3.0)
    largest = int(np.abs(np.diff(drawn.signal)).argmax())
    assert drawn.place[largest + 1] - drawn.place[largest] < 1e-12
    assert drawn.place[largest] == pytest.approx(jump, abs=1e-9)


@pytest.mark.parametrize("classes", [2, 3])
@pytest.mark.parametrize("chosen", [QUADRATIC, ENTROPY, pair("softmax", "cross_entropy")])
def test_samples_lie_on_the_curve_of_their_target(classes: int, chosen: Pair) -> None:
    data = blobs(classes)
    samples = placed(data, chosen, some(data, chosen), slice(0, data.samples), never)
    assert samples is not None
    for index, target in enumerate(targets(chosen, data)):
        if classes > 2 and index == 0:
            continue  # only the own class is placed
        of = samples.row == index if classes == 2 else np.ones(len(samples.row), np.bool_)
        places = samples.place[of]
        drawn = curve(chosen, target, float(places.min()) - 1, float(places.max()) + 1)
        expected = np.interp(places, drawn.place, drawn.signal)
        assert samples.signal[of] == pytest.approx(expected, abs=2e-3)


def test_counts_are_the_objectives() -> None:
    weights = wrong_and_sure(BINARY)
    samples = placed(BINARY, QUADRATIC, weights, slice(0, BINARY.samples), never)
    assert samples is not None
    found = count(samples, QUADRATIC, BINARY)
    objective = Objective(activation="sigmoid", loss="quadratic")
    V = objective.scores(weights, BINARY.X)
    signal = np.abs(objective.error_signal(V, coded(BINARY, QUADRATIC, slice(0, BINARY.samples))))
    assert found.largest == pytest.approx(4 / 27, rel=1e-3)
    assert found.flat == int((signal[:, 0] <= 0.01 * found.largest).sum())
    assert 0 < found.stuck <= found.wrong == int(((V[:, 0] > 0) != BINARY.labels).sum())


def test_stuck_samples_are_said(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, QUADRATIC, wrong_and_sure(BINARY))
    assert view.count is not None
    text = f"{view.count.stuck} of {BINARY.samples} samples are wrong and hardly teach the weights"
    assert view.headline.text().startswith(text)
    view.show_moment(moment(BINARY, ENTROPY, wrong_and_sure(BINARY)))
    settle(qtbot)
    assert "all of them teach" in view.headline.text()


def test_a_step_with_an_output_loss_teaches_nothing(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, pair("step", "quadratic"))
    assert "0 everywhere" in view.headline.text()


@pytest.mark.parametrize("theme", list(THEMES))
@pytest.mark.parametrize("data", [blobs(10, 100, features=64), blobs(2, features=1), plane()])
def test_all_kinds_of_data_are_drawn(qtbot: QtBot, data: Dataset, theme: str) -> None:
    chosen = pair("softmax", "cross_entropy") if data.classes else pair("identity", "quadratic")
    view = opened(qtbot, data, chosen)
    view.set_theme(THEMES[theme])
    settle(qtbot)
    assert len(view.drawing.dots[0]) == data.samples
    assert len(view.drawing.strokes) == max(len(data.classes), 1)


def test_other_runs_are_dashed(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, QUADRATIC)
    assert view.dashed == ()
    first = moment(BINARY, QUADRATIC).active
    other = replace(moment(BINARY, ENTROPY).active, run=1, name="second", line=1)
    view.show_moment(Moment((first, other, replace(other, run=2, name="third")), False))
    settle(qtbot)
    assert [name for name, _ in view.dashed] == ["second: Sigmoid + Cross-entropy"]
    (_, (low, high)), _ = view.dashed[0], None
    assert high.signal == pytest.approx(low.signal - 1, abs=1e-9)
    assert any("second" in text for text in view.legend.texts)


def test_the_best_partner_can_be_drawn(qtbot: QtBot) -> None:
    assert partner(ENTROPY) is None
    assert partner(pair("tanh", "quadratic")) is None
    view = opened(qtbot, BINARY, QUADRATIC)
    view.header_widget.set("partner", True)
    settle(qtbot)
    assert [name for name, _ in view.dashed] == ["Best partner: Sigmoid + Cross-entropy"]


def test_the_loss_gives_way_in_a_small_pane(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, QUADRATIC)
    assert len(view.bands) == 2
    view.resize(300, 180)
    settle(qtbot)
    assert len(view.bands) == 1
    view.resize(600, 460)
    settle(qtbot)
    view.header_widget.set("loss", False)
    settle(qtbot)
    assert len(view.bands) == 1


def test_a_click_selects_the_sample(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, ENTROPY, Parameters(np.array([[0.7], [0.4]]), np.zeros(1)))
    spy = QSignalSpy(view.selection_changed)
    x, y = view.drawing.dots
    sample = int(np.argmax(x))
    place = view.canvas.place_of(float(x[sample]), float(y[sample])).toPoint()
    target = under(view.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(view.canvas, place))
    assert told(spy) == [[int(BINARY.row_index[sample])]]
    assert len(view.drawing.squares[0]) == 1
    empty = QPoint(place.x(), 60)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(view.canvas, empty))
    assert told(spy)[-1] == []


def test_the_place_under_the_mouse_is_read(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, ENTROPY)
    place = view.canvas.place_of(0.0, 0.5).toPoint()
    target = under(view.canvas, place)
    QTest.mouseMove(target, target.mapFrom(view.canvas, place))
    settle(qtbot)
    assert view.note.text().startswith("v ")
    assert "y=0: dL/dv 0.5" in view.note.text()


def test_weights_that_are_not_finite_are_said(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, ENTROPY, broken(BINARY, ENTROPY))
    assert view.shown is None
    assert "no longer finite" in view.nothing.text()
    view.show_moment(None)
    assert "no data are open" in view.nothing.text()


def test_a_pair_of_the_run_before_waits_for_its_own_data(qtbot: QtBot) -> None:
    view = opened(qtbot, plane(features=2), pair("identity", "hinge"))
    assert view.count is None
    view.show_moment(moment(BINARY, pair("identity", "hinge")))
    settle(qtbot)
    assert view.count is not None


def test_weights_of_0_leave_the_usual_stretch_of_scores_in_view(qtbot: QtBot) -> None:
    good = some(BINARY, ENTROPY)
    view = opened(qtbot, BINARY, ENTROPY, Parameters(0 * good.W, 0 * good.b))
    assert view.canvas.x_range[1] >= 6
    assert [each.place[-1] >= 6 for each in view.curves] == [True, True]


def test_a_low_pane_has_one_band_and_no_names_in_it(qtbot: QtBot) -> None:
    view = opened(qtbot, BINARY, ENTROPY)
    assert len(view.bands) == 2
    view.resize(300, 180)
    settle(qtbot)
    assert len(view.bands) == 1


def test_a_run_far_away_gets_a_sentence_in_place_of_a_picture(qtbot: QtBot) -> None:
    good = some(BINARY, ENTROPY)
    view = opened(qtbot, BINARY, ENTROPY, Parameters(1e120 * good.W, good.b))
    assert "has diverged" in view.nothing.text()
    assert view.nothing.isVisible()
    assert not view.header_widget.isEnabled()
    view.show_moment(moment(BINARY, ENTROPY))
    settle(qtbot)
    assert view.header_widget.isEnabled()
    assert not view.nothing.isVisible()
