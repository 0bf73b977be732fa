from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.plots.canvas import Canvas
from app.plots.decision import DecisionPlot
from app.plots.decision_layers import MOST_SPIKES
from app.plots.residual_spikes import SpikeLayer, spikes
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, dataset, made, picture, plane, settle, show, some

LINE = pair("identity", "quadratic")


def _with_spikes(qtbot: QtBot, data: Dataset) -> tuple[DecisionPlot, Parameters]:
    plot = made(qtbot, data, LINE)
    parameters = some(data, LINE)
    plot.layers.toggles.set("spikes", True)
    plot.show_parameters(parameters)
    settle(qtbot)
    return plot, parameters


@settings(deadline=None)
@given(
    height=st.lists(st.floats(-150, 150), min_size=1, max_size=20),
    pixel=st.tuples(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3)),
)
def test_a_spike_stands_on_its_sample_and_is_as_high_as_it_should(
    height: list[float], pixel: tuple[float, float]
) -> None:
    tall, n = np.array(height), len(height)
    x, y = np.array([k * pixel[0] for k in range(n)]), np.ones(n)
    across, up = (ends.reshape(n, 4) for ends in spikes(x, y, tall, pixel))
    assert (across[:, [0, 2]].mean(axis=1) - x) / pixel[0] == pytest.approx(0, abs=1e-9)
    assert np.array_equal(across[:, 1], x)
    assert np.array_equal(up[:, [0, 2]], np.ones((n, 2)))
    assert (up[:, 1] - y) / pixel[1] == pytest.approx(tall, abs=1e-6 / pixel[1] + 1e-6)


@pytest.mark.parametrize("features", [2, 4])
def test_spikes_are_the_residuals_of_the_rows(qtbot: QtBot, features: int) -> None:
    data = plane(features=features)
    plot, parameters = _with_spikes(qtbot, data)
    predicted = (data.prepared @ parameters.W + parameters.b)[:, 0]
    x, y = (ends.reshape(-1, 4) for ends in plot.layers.spikes.lines)
    i, j = plot.axes
    assert j is not None
    assert x[:, 1] == pytest.approx(data.inputs(i))
    height = (y[:, 1] - data.inputs(j)) / plot.canvas.pixel[1]
    residual = data.all_values - predicted
    assert np.array_equal(np.sign(height), np.sign(residual))
    ratio = height / residual
    assert ratio == pytest.approx(ratio[0])
    assert f"residual {plot.layers.spikes.unit:g}" in plot.legend.texts
    plot.layers.toggles.set("spikes", False)
    assert plot.layers.spikes.lines[0].size == 0
    assert not any("residual" in text for text in plot.legend.texts)


def test_spikes_keep_their_size_in_pixels_when_the_view_is_another(qtbot: QtBot) -> None:
    data = plane()
    plot, _ = _with_spikes(qtbot, data)

    def height() -> np.ndarray:
        y = plot.layers.spikes.lines[1].reshape(-1, 4)
        return (y[:, 1] - y[:, 0]) / plot.canvas.pixel[1]

    before = height()
    plot.canvas.zoom(0.5)
    settle(qtbot)
    assert height() == pytest.approx(before)


def test_the_scale_is_round_and_stays_until_spikes_are_too_small(qtbot: QtBot) -> None:
    canvas = show(qtbot, Canvas(), 300, 240)
    layer = SpikeLayer(canvas, 7)
    layer.set_theme(THEMES["dark"])
    told: list[float] = []
    layer.rescaled.connect(lambda: told.append(layer.unit))
    places = np.zeros(50)
    for size in np.geomspace(1000, 1, 200):
        layer.show(places, places, np.full(50, size))
    assert told == sorted(told, reverse=True)
    assert 3 <= len(told) <= 7
    assert {f"{unit:.0e}"[0] for unit in told} <= {"1", "2", "5"}
    layer.show(places, places, np.zeros(50))
    assert layer.unit == told[-1]
    layer.show(places, places, np.full(50, np.nan))
    assert layer.lines[0].size == 0


def test_of_many_samples_some_have_a_spike(qtbot: QtBot) -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(3001, 2))
    data = dataset({"a": X[:, 0], "b": X[:, 1], "y": X @ [1.0, 2.0]}, "y")
    plot, _ = _with_spikes(qtbot, data)
    assert MOST_SPIKES / 2 < plot.layers.spikes.lines[0].size / 4 <= MOST_SPIKES


def test_spikes_are_seen_on_every_shade(qtbot: QtBot) -> None:
    plot, _ = _with_spikes(qtbot, plane())
    on = picture(plot.canvas)
    plot.layers.toggles.set("spikes", False)
    assert picture(plot.canvas) != on


def test_only_one_switch_of_residuals_is_offered(qtbot: QtBot) -> None:
    plot, _ = _with_spikes(qtbot, plane())
    header = plot.layers.header

    def there() -> set[str]:
        buttons = header._there  # pyright: ignore[reportPrivateUsage]  # which are offered
        return set(buttons)

    assert "spikes" in there()
    assert "residuals" not in there()
    plot.set_data(blobs(2))
    settle(qtbot)
    assert "spikes" not in there()
    assert "residuals" in there()
    assert plot.layers.spikes.lines[0].size == 0
    plot.set_data(plane())
    settle(qtbot)
    assert header.is_on("spikes")
