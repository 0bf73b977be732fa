"""The mathematics of smoothing, and how a smoothed line is drawn and read."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.curve_smoothing import STRENGTHS, smoothed
from app.plots.curves import CurvesPlot
from app.plots.scales import LINEAR, LOG, Scale
from app.theme import THEMES
from slp_core.arrays import Float64s
from slp_core.training.history import History
from tests.app.plots.examples import history, picture, settle, show, snapshot
from tests.app.plots.run_examples import sample, trained

NUMBERS = st.floats(1e-6, 1e6)
VALUES = arrays(np.float64, st.integers(1, 300), elements=NUMBERS)
WITH_GAPS = arrays(
    np.float64, st.integers(1, 300), elements=st.one_of(NUMBERS, st.just(np.nan), st.just(np.inf))
)
POINTS = st.sampled_from(STRENGTHS)
SCALES = st.sampled_from([LINEAR, LOG])


def updates(values: Float64s) -> Float64s:
    return np.arange(len(values), dtype=np.float64) * 3


def slowly(values: Float64s, points: float, scale: Scale) -> Float64s:
    """The definition, one point after the other."""
    total = weight = 0.0
    result: list[float] = []
    placed = np.log10(values) if scale is LOG else values
    for update, value in zip(updates(values), placed.tolist(), strict=True):
        fading = 1 - 1 / min(points, 1 + update / 8)
        total, weight = fading * total, fading * weight
        if np.isfinite(value):
            total, weight = total + value, weight + 1
        mean = total / weight if np.isfinite(value) else np.nan
        result.append(10**mean if scale is LOG else mean)
    return np.array(result)


@settings(deadline=None)
@given(WITH_GAPS, POINTS, SCALES)
def test_it_is_the_mean_with_fading_weights(values: Float64s, points: int, scale: Scale) -> None:
    found = smoothed(values, updates(values), points, scale)
    np.testing.assert_allclose(found, slowly(values, points, scale), rtol=1e-9)


@settings(deadline=None)
@given(WITH_GAPS, POINTS, SCALES)
def test_it_stays_within_the_values_so_far(values: Float64s, points: int, scale: Scale) -> None:
    found = smoothed(values, updates(values), points, scale)
    finite = np.isfinite(values)
    np.testing.assert_array_equal(np.isfinite(found), finite)
    for i in np.flatnonzero(finite):
        before = values[: i + 1][finite[: i + 1]]
        assert before.min() * (1 - 1e-9) <= found[i] <= before.max() * (1 + 1e-9)


@settings(deadline=None)
@given(NUMBERS, st.integers(1, 2000), POINTS, SCALES)
def test_a_constant_stays_what_it_is(value: float, n: int, points: int, scale: Scale) -> None:
    values = np.full(n, value)
    np.testing.assert_allclose(smoothed(values, updates(values), points, scale), value, rtol=1e-9)


@settings(deadline=None)
@given(VALUES, POINTS, SCALES, st.integers(1, 200))
def test_what_comes_later_changes_nothing(
    values: Float64s, points: int, scale: Scale, n: int
) -> None:
    whole = smoothed(values, updates(values), points, scale)
    part = values[:n]
    np.testing.assert_allclose(
        smoothed(part, updates(part), points, scale), whole[: len(part)], rtol=1e-9
    )


@settings(deadline=None)
@given(VALUES, POINTS, st.floats(0.01, 100))
def test_on_a_log_axis_a_factor_is_a_shift(values: Float64s, points: int, factor: float) -> None:
    found = smoothed(values, updates(values), points, LOG)
    again = smoothed(values * factor, updates(values), points, LOG)
    np.testing.assert_allclose(again, found * factor, rtol=1e-9)


def test_noise_is_reduced_as_promised() -> None:
    """The variance of an exponential mean over n points is 1 / (2 n − 1) of the noise's."""
    noise = np.random.default_rng(0).normal(size=20_000)
    late = 1e6 + np.arange(20_000.0)
    for points in STRENGTHS:
        found = smoothed(noise, late, points, LINEAR)[2000:]
        assert found.var() == pytest.approx(1 / (2 * points - 1), rel=0.25)


def test_the_start_is_not_smeared_over() -> None:
    values = np.array([8.0, 4.0, 2.0, 1.0, 0.5])
    early, late = (smoothed(values, np.arange(5.0) + n, 100, LINEAR) for n in (0, 1e4))
    assert early[0] == late[0] == 8
    assert early[-1] < 0.8
    assert late[-1] > 3


def test_the_largest_numbers_do_not_overflow() -> None:
    values = np.array([1.7e308] * 200)
    assert np.isfinite(smoothed(values, np.arange(200.0), 100, LINEAR)).all()
    assert not len(smoothed(np.empty(0), np.empty(0), 12, LOG))


# How it is shown.


def noisy() -> History:
    """A loss with noise, and numbers that are lost for a while."""
    count = np.arange(800)
    loss = 0.5 + 0.2 * np.random.default_rng(1).normal(size=800).clip(-2, 2)
    held = loss + 0.1
    held[300:340] = np.nan
    return history(count.tolist(), loss=loss, loss_min=loss, loss_max=loss, validation_loss=held)


@pytest.fixture
def plot(qtbot: QtBot) -> CurvesPlot:
    made = show(qtbot, CurvesPlot("loss"), 700, 300)
    past = noisy()
    made.show_history(past, snapshot(past))
    settle(qtbot)
    return made


def turn_on(plot: CurvesPlot) -> None:
    buttons = {button.text(): button for button in plot.toggles.findChildren(QToolButton)}
    QTest.mouseClick(buttons["smooth"], Qt.MouseButton.LeftButton)


def test_it_is_off_at_first_and_leaves_no_trace(qtbot: QtBot, plot: CurvesPlot) -> None:
    assert not plot.strength.isVisible()
    before, said = picture(plot.canvas), plot.legend.texts
    turn_on(plot)
    settle(qtbot)
    assert plot.strength.isVisible()
    assert picture(plot.canvas) != before
    turn_on(plot)
    settle(qtbot)
    assert picture(plot.canvas) == before
    assert plot.legend.texts == said


def test_the_raw_number_is_said_first_and_the_axis_stays(plot: CurvesPlot) -> None:
    raw, before = plot.legend.texts, plot.canvas.y_range
    turn_on(plot)
    assert all(
        text.startswith(f"{old}, smoothed ")
        for text, old in zip(plot.legend.texts, raw, strict=True)
    )
    assert plot.canvas.y_range == before
    past = noisy()
    plot.canvas.hovered.emit(QPointF(500.0, 0.5))
    mean = smoothed(past.loss, past.table[0], plot.strength.points, LINEAR)[500]
    said = f"train {number_text(past.loss[500])}, smoothed {number_text(mean)}"
    assert plot.legend.texts[0] == said
    assert said in plot.accessibleDescription()
    plot.canvas.hovered.emit(QPointF(320.0, 0.5))
    assert plot.legend.texts[1] == "validation –"


def test_the_slider_takes_arrow_keys_and_says_how_smooth(qtbot: QtBot, plot: CurvesPlot) -> None:
    turn_on(plot)
    before = plot.legend.texts
    assert f"about {plot.strength.points} points" in plot.strength.toolTip()
    assert plot.strength.accessibleName() == "Smoothing"
    plot.strength.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(plot.strength, Qt.Key.Key_End)
    assert plot.strength.points == STRENGTHS[-1]
    assert "about 100 points" in plot.strength.accessibleDescription()
    assert plot.legend.texts != before


def test_numbers_without_lines_are_smoothed_too(plot: CurvesPlot) -> None:
    turn_on(plot)
    past = noisy()
    plot.show_history(past, snapshot(past, loss=0.9), lines=False)
    assert plot.legend.texts[0].startswith("train 0.9, smoothed 0.")


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_several_runs_are_smoothed_each_in_its_colour(qtbot: QtBot, theme: object) -> None:
    del theme
    data = sample("two_gaussians")
    runs = [
        trained(data, run=1, epochs=30, batch_size=8),
        trained(data, run=2, epochs=30, batch_size=8, loss="quadratic"),
    ]
    plot = show(qtbot, CurvesPlot("gradient"), 900, 300)
    plot.show_runs(runs)
    settle(qtbot)
    raw = plot.legend.texts
    turn_on(plot)
    for text, old in zip(plot.legend.texts, raw, strict=True):
        assert text.startswith(f"{old} ~ ")
    past = runs[1].snapshot.history
    smooth = smoothed(past.gradient_norm, past.table[0], plot.strength.points, LOG)
    plot.set_pointed(int(past.update[40]))
    assert plot.legend.texts[1].endswith(f" ~ {number_text(smooth[40])}")
