from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.plots.colors import class_color, mixed, rgb
from app.plots.decision import DecisionPlot
from app.plots.line import LineView
from app.plots.plane import PlaneView
from app.plots.reading import LEVELS, Reading
from app.plots.region import ClassColors, paint_shaded
from app.plots.shading import Shading, choices
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.coding import score_threshold, threshold
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import blobs, image_of, made, plane, settle, show, some
from tests.app.plots.run_examples import trained

LIGHT = THEMES["light"]
SOFTMAX = pair("softmax", "cross_entropy")
PAIRS = [(a, loss) for a in ACTIVATIONS for loss in LOSSES if pair(a, loss).status != "undefined"]


def choose(plot: DecisionPlot, label: str) -> None:
    """Pick an entry of the menu, as a person does."""
    menu = plot.layers.header.picker.menu()
    menu.aboutToShow.emit()
    inside = [entry for part in (menu, *menu.findChildren(type(menu))) for entry in part.actions()]
    entries: list[QAction] = [entry for entry in inside if entry.text() == label]
    entries[0].trigger()


def _painted(scores: np.ndarray, chosen: Pair, classes: int, kind: str) -> np.ndarray:
    """Colours (pixels, 3) of scores (k, pixels)."""
    out = np.empty((1, scores.shape[1], 4), np.uint8)
    field = scores[:, None, :].astype(np.float32)
    shading = Shading.from_key(kind)
    paint_shaded(ClassColors(LIGHT, classes), Reading(chosen, classes), field, shading, out)
    return out[0, :, :3]


def _share(data: Dataset, parameters: Parameters, places: np.ndarray) -> np.ndarray:
    """The softmax share of the second class at places (n, 2)."""
    V = data.preparation.transform(places) @ parameters.W + parameters.b
    return np.exp(V[:, 1]) / np.exp(V).sum(axis=1)


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
@pytest.mark.parametrize("classes", [2, 3])
def test_the_class_shading_shows_what_is_decided(activation: str, loss: str, classes: int) -> None:
    chosen = pair(activation, loss)
    k = 1 if classes == 2 and ACTIVATIONS[activation].elementwise else classes
    scores = np.random.default_rng(0).normal(0, 2, (k, 300)).astype(np.float32)
    decided = Reading(chosen, classes).labels(scores.T)
    colors = [
        rgb(mixed(class_color(LIGHT, n), LIGHT.surface, LIGHT.region_strength))
        for n in range(classes)
    ]
    expected = np.array(colors)[decided]
    assert np.abs(_painted(scores, chosen, classes, "class").astype(int) - expected).max() <= 1


def test_confidence_fades_to_neutral_where_the_model_is_unsure() -> None:
    scores = np.array([[-40.0, -0.01, 0.01, 40.0]])
    found = _painted(scores, pair("sigmoid", "cross_entropy"), 2, "confidence").astype(int)
    neutral = np.array(rgb(LIGHT.surface))
    assert np.abs(found[1:3] - neutral).max() <= 2
    full = [rgb(mixed(class_color(LIGHT, n), LIGHT.surface, LIGHT.region_strength)) for n in (0, 1)]
    assert np.abs(found[[0, 3]] - np.array(full)).max() <= 1


@pytest.mark.parametrize("kind", ["class", "confidence"])
def test_a_tie_of_all_has_no_color(kind: str) -> None:
    assert (_painted(np.zeros((3, 4)), SOFTMAX, 3, kind) == rgb(LIGHT.surface)).all()


@pytest.mark.parametrize(("activation", "loss"), PAIRS)
def test_the_lead_of_a_class_is_zero_at_its_threshold(activation: str, loss: str) -> None:
    chosen, classes = pair(activation, loss), 3
    reading = Reading(chosen, classes)
    scores = np.random.default_rng(1).normal(0, 2, (classes, 400))
    outputs = reading.outputs(scores)
    for one in range(classes):
        lead = reading.lead(scores, one)
        own = reading.output_of(scores.copy(), one)
        np.testing.assert_allclose(own, outputs[one], rtol=1e-9, atol=1e-12)
        above = outputs[one] > threshold(chosen)
        sure = np.abs(outputs[one] - threshold(chosen)) > 1e-9
        assert np.array_equal((lead > 0)[sure], above[sure])


@pytest.mark.parametrize("key", ["sigmoid", "softmax", "probit"])
def test_contours_of_one_class_are_tenths_of_its_probability(key: str) -> None:
    chosen = pair(key, "cross_entropy")
    reading = Reading(chosen, 3)
    leads = np.array(reading.lead_levels())
    even = np.log(2) if key == "softmax" else score_threshold(chosen)
    scores = np.stack((leads * 0, leads + even, leads * 0))
    assert reading.lead(scores, 1) == pytest.approx(leads)
    assert reading.output_of(scores, 1) == pytest.approx(LEVELS)


def test_contours_of_one_class_with_hinges_are_margins() -> None:
    assert Reading(pair("identity", "hinge"), 4).lead_levels() == (-1.0, 1.0)
    assert Reading(pair("step", "perceptron"), 4).lead_levels() == ()


def test_only_what_makes_sense_is_offered(qtbot: QtBot) -> None:
    assert choices(()) == []
    assert [c.key for c in choices(("a", "b"))] == ["shares", "class", "confidence"]
    assert len(choices(("a", "b", "c"))) == 6
    plot = made(qtbot, plane(), pair("identity", "quadratic"))
    assert plot.layers.header.picker.isHidden()
    assert not made(qtbot, blobs(2), SOFTMAX).layers.header.picker.isHidden()


def test_one_class_is_shown_with_its_boundary_its_contours_and_a_scale(qtbot: QtBot) -> None:
    data = blobs(3)
    plot = made(qtbot, data, SOFTMAX)
    parameters = some(data, SOFTMAX)
    plot.show_parameters(parameters)
    usual = image_of(plot).copy()
    assert plot.color_bar.isHidden()
    choose(plot, "class b against the rest")
    settle(qtbot)
    view = plot.view
    assert isinstance(view, PlaneView)
    assert not np.array_equal(image_of(plot), usual)
    assert not plot.color_bar.isHidden()
    assert plot.color_bar.name == "P(class b)"
    assert "P(class b) = 0.5" in plot.legend.texts
    on_line, on_contours = (
        _share(data, parameters, np.column_stack(lines))
        for lines in (view.picture.boundary, view.picture.contours)
    )
    assert on_line == pytest.approx(0.5, abs=0.01)
    assert np.abs(on_contours[:, None] - np.array(LEVELS)).min(axis=1).max() < 0.01
    choose(plot, "Shares")
    settle(qtbot)
    assert np.array_equal(image_of(plot), usual)
    assert plot.color_bar.isHidden()


def test_ghosts_of_one_class_are_its_own_boundaries(qtbot: QtBot) -> None:
    run = trained(blobs(3), epochs=60)
    plot = made(qtbot, run.dataset, run.pair)
    plot.show_parameters(run.snapshot.parameters)
    plot.show_run(run.snapshot)
    plot.layers.toggles.set("ghosts", True)
    choose(plot, "class a against the rest")
    view, shown = plot.view, plot.layers.ghosts.shown
    assert isinstance(view, PlaneView)
    reading = Reading(run.pair, 3)
    places = np.column_stack(view.trace(shown[-1].parameters))
    past = shown[-1].parameters
    V = run.dataset.preparation.transform(places) @ past.W + past.b
    assert reading.output_of(V.T, 0) == pytest.approx(0.5, abs=0.02)


def test_the_choice_stays_for_the_session_as_far_as_it_makes_sense(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(4), SOFTMAX)
    choose(plot, "class d against the rest")
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    assert plot.layers.header.shading == Shading("one", 3)
    plot.set_data(blobs(3))
    settle(qtbot)
    assert plot.layers.header.shading == Shading()
    choose(plot, "Confidence")
    plot.set_data(plane())
    plot.set_data(blobs(2))
    settle(qtbot)
    assert plot.layers.header.shading == Shading("confidence")


def test_one_feature_shows_the_curve_of_the_class(qtbot: QtBot) -> None:
    data = blobs(3, features=1)
    plot = made(qtbot, data, SOFTMAX)
    plot.show_parameters(some(data, SOFTMAX))
    view = plot.view
    assert isinstance(view, LineView)
    before = image_of(plot).copy()
    assert len(view.curves) == 3
    choose(plot, "class c against the rest")
    assert not np.array_equal(image_of(plot), before)
    assert len(view.curves) == 1


def test_a_narrow_header_keeps_the_choice_and_folds_the_switches(qtbot: QtBot) -> None:
    plot = made(qtbot, blobs(3), SOFTMAX)
    header, pane = plot.header_widget, show(qtbot, QWidget(), 900, 60)
    header.setParent(pane)
    header.resize(header.sizeHint())
    header.show()
    settle(qtbot)
    assert header.more.isHidden()
    header.resize(180, header.height())
    settle(qtbot)
    assert not header.more.isHidden()
    assert not header.picker.isHidden()
