from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QGraphicsView
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.landscape_clipping import clipped
from app.plots.landscape_frame import frame_of, outside
from app.plots.landscape_labels import clear_of
from app.plots.landscape_layers import PathLayer
from app.plots.landscape_scene import Axes, is_stale, scene_of
from app.plots.landscape_shading import levels_of, lines_of, painted, tone_of
from app.plots.weights_path import path_of
from app.theme import THEMES
from slp_core.insight.landscape import ground_of
from slp_core.network.parameters import Parameters
from tests.app.plots.run_examples import at, moment, sample, trained, with_nan

MOONS_DATA = sample("moons")
MOONS = trained(MOONS_DATA, epochs=60)
IRIS = trained(sample("iris"), epochs=60)


def bowl(size: int = 41, scale: float = 1.0) -> np.ndarray:
    places = np.linspace(-1, 1, size)
    return scale * (np.add.outer(places**2, 2 * places**2) + 0.2)


@settings(deadline=None)
@given(st.floats(1e-9, 1e9), st.floats(0.0, 1e3))
def test_shades_grow_with_the_loss_and_back(scale: float, offset: float) -> None:
    values = bowl(15, scale) + offset * scale
    tone = tone_of(values)
    assert tone is not None
    flat = np.sort(values.ravel())
    shades = tone.share(flat)
    assert (np.diff(shades) >= 0).all()
    assert (shades[0], shades[-1]) == (0.0, pytest.approx(1.0))
    assert tone.loss(0.5) == pytest.approx(
        float(np.interp(0.5, shades, flat)), rel=0.1, abs=0.1 * (flat[-1] - flat[0])
    )


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e12])
def test_contours_are_round_numbers_inside_the_range(scale: float) -> None:
    values = bowl(scale=scale)
    tone = tone_of(values)
    assert tone is not None
    levels = levels_of(tone)
    assert 5 <= len(levels) <= 9
    losses = [level.loss for level in levels]
    assert losses == sorted(losses)
    assert all(tone.low < loss < tone.high for loss in losses)
    assert len({level.text for level in levels}) == len(levels)


def test_a_wide_range_is_shown_in_powers() -> None:
    places = np.linspace(-3, 6, 30)
    values = np.add.outer(np.zeros(30), 10.0**places)
    tone = tone_of(values)
    assert tone is not None
    losses = [level.loss for level in levels_of(tone)]
    assert losses[-1] / losses[0] > 1e3


def test_contours_lie_where_the_loss_is() -> None:
    values = bowl(81)
    tone = tone_of(values)
    assert tone is not None
    for level in levels_of(tone):
        x, y = lines_of(tone.share(values), level)
        found = 2 * (2 * x - 1) ** 2 + (2 * y - 1) ** 2 + 0.2
        np.testing.assert_allclose(found, level.loss, rtol=0.02)


def test_what_is_not_finite_is_hatched_and_nothing_else() -> None:
    values = bowl(21)
    values[:, 15:] = np.nan
    image = painted(values, tone_of(values), THEMES["light"])
    right, left = image[:, -20:, :3], image[:, :100, :3]
    assert len(np.unique(right.reshape(-1, 3), axis=0)) == 2
    assert len(np.unique(left.reshape(-1, 3), axis=0)) > 50


@pytest.mark.parametrize("value", [np.nan, np.inf, 0.7])
def test_losses_that_are_all_alike_have_no_tone(value: float) -> None:
    values = np.full((5, 5), value)
    assert tone_of(values) is None
    assert painted(values, None, THEMES["dark"]).shape[2] == 4


def test_the_frame_is_calm() -> None:
    path = np.array([[0.0, 0.0], [1.0, 0.5]])
    first = frame_of([path], (2.0, 2.0))
    assert first == ((-2.0, 2.0), (-2.0, 2.0))
    assert frame_of([path * 1.5], (2.0, 2.0), first) == first
    further = frame_of([path * 3], (2.0, 2.0), first)
    assert further[0][1] > 3.0
    assert further[1] == first[1]
    assert frame_of([np.full((2, 2), np.nan)], (2.0, 2.0)) == first


def test_a_run_that_runs_away_does_not_dwarf_the_others() -> None:
    path = np.array([[0.0, 0.0], [1.0, 2.0], [2.0, 4.0]])
    wild = np.array([[0.0, 0.0], [9.0, 1.0], [-1e9, 3.0], [np.inf, 0.0]])
    alone = frame_of([path], (2.0, 2.0))
    both = frame_of([path, wild], (2.0, 2.0))
    assert both[0][1] > 9.0
    assert both[0][0] == alone[0][0]
    assert frame_of([wild[:3]], (2.0, 2.0))[0][0] < -1e9
    assert outside(both, wild[2])
    assert not outside(both, path[-1])


VIEW = (0.0, 1.0), (0.0, 1.0)


def test_a_path_near_the_view_is_drawn_as_it_is() -> None:
    path = np.array([[0.5, 0.5], [2.5, -1.5], [0.2, 0.9]])
    drawn, cut = clipped(path, VIEW)
    assert drawn is path
    assert not cut


def test_what_is_far_is_cut_where_it_leaves() -> None:
    path = np.array([[0.5, 0.5], [100.5, 0.5], [0.5, 0.6], [0.4, 0.6], [-1e40, 1e40]])
    drawn, cut = clipped(path, VIEW)
    assert cut
    expected = [[0.5, 0.5], [3.0, 0.5], [np.nan, np.nan], [3.0, 0.5975], [0.5, 0.6], [0.4, 0.6]]
    np.testing.assert_allclose(drawn, expected)


def test_a_step_of_next_to_nothing_is_cut_without_a_word() -> None:
    drawn, cut = clipped(np.array([[0.0, 0.5], [1e-320, 100.5]]), VIEW)
    assert cut
    np.testing.assert_allclose(drawn, [[0.0, 0.5], [0.0, 3.0]], atol=1e-12)


@given(st.lists(st.tuples(*[st.floats(-1e60, 1e60)] * 2), max_size=12))
def test_nothing_is_ever_drawn_far_away(path: list[tuple[float, float]]) -> None:
    drawn, _ = clipped(np.array(path).reshape(-1, 2), VIEW)
    known = drawn[np.isfinite(drawn).all(axis=1)]
    assert (np.abs(known - 0.5) <= 2.5 + 1e-6).all()


def test_places_beside_a_path_are_clear_of_it() -> None:
    path = np.array([[-1e300, 0.0], [0.0, 0.0], [np.nan, 1.0], [0.0, 5.0]])
    places = np.array([[-7.0, 1.0, 2.5, 0.0, 0.0], [0.5, 0.5, 0.5, 6.5, 4.0]])
    clear = clear_of(places, path, np.array([2.0, 1.0]))
    assert clear.tolist() == [False, False, True, True, False]
    assert clear_of(places, path[:1], np.array([2.0, 1.0])).all()


def test_the_scene_over_two_weights() -> None:
    scene = scene_of(moment(MOONS), Axes(0, 2))
    assert scene.names == ("w x1", "b")
    assert scene.plane is not None
    places = scene.plane.places(scene.tracks[-1].flats)
    np.testing.assert_array_equal(places[-1], MOONS.snapshot.parameters.flat()[[0, 2]])
    assert "other weight is held" in scene.note


def test_runs_with_another_objective_are_left_out_and_it_is_said() -> None:
    same = trained(MOONS_DATA, epochs=20, run=2, optimizer="adam")
    other = trained(MOONS_DATA, epochs=20, run=3, l2=0.5)
    scene = scene_of(moment(MOONS, same, other), Axes(0, 1))
    assert [track.name for track in scene.tracks] == [
        "Run 2 · Adam, rate 0.05",
        f"Run 1 · GD, rate {number_text(MOONS.config.learning_rate or 0.0)}",
    ]
    assert "one run has another objective" in scene.note


def test_a_path_has_a_gap_where_a_hand_moved_the_weights() -> None:
    updates, whole = path_of(MOONS)
    at = int(updates[3])
    track = scene_of(moment(replace(MOONS, moved=(at, at))), Axes(0, 1)).tracks[-1]
    assert np.flatnonzero(np.isnan(track.flats).any(axis=1)).tolist() == [3]
    np.testing.assert_array_equal(np.delete(track.flats, 3, axis=0), [p.flat() for p in whole])


def test_a_gap_in_a_path_is_not_bridged(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    layer = PathLayer(canvas, 0)
    layer.set_look(THEMES["light"], 0)
    gap = [np.nan, np.nan]
    layer.draw(np.array([[0.0, 0.0], [0.3, 0.2], gap, [0.9, 0.9], [0.8, 0.7]]))
    view = canvas.findChild(QGraphicsView)
    assert view is not None
    items = [item for item in view.scene().items() if isinstance(item, pg.PlotCurveItem)]
    lines = [(item, np.array(item.getData()[0], dtype=np.float64)) for item in items]
    drawn = [(item, x) for item, x in lines if x.size == 5]
    assert len(drawn) == 2  # the line and its edge
    for item, x in drawn:
        assert item.opts["connect"] == "finite"
        assert np.isnan(x).tolist() == [False, False, True, False, False]


def test_the_main_directions_hold_the_path() -> None:
    scene = scene_of(moment(IRIS), Axes())
    assert scene.plane is not None
    places = scene.plane.places(scene.tracks[-1].flats)
    np.testing.assert_allclose(places[0], 0.0, atol=1e-9)
    assert places[-1, 0] > 0
    now = scene.plane.parameters(*places[-1].tolist())
    np.testing.assert_allclose(now.flat(), IRIS.snapshot.parameters.flat(), atol=1e-9)


def test_before_the_first_step_there_are_no_directions() -> None:
    zero = Parameters(np.zeros((2, 1)), np.zeros(1))
    history = replace(MOONS.snapshot.history, checkpoints=())
    still = replace(MOONS, snapshot=replace(MOONS.snapshot, parameters=zero, history=history))
    assert "no direction" in scene_of(moment(still), Axes()).problem


@pytest.mark.parametrize("axes", [Axes(0, 1), Axes()])
def test_weights_that_are_not_finite_are_refused(axes: Axes) -> None:
    scene = scene_of(moment(with_nan(MOONS)), axes)
    assert scene.plane is None
    assert "not finite" in scene.problem


def test_a_plane_is_stale_when_held_weights_have_moved() -> None:
    ground = ground_of(IRIS.dataset, IRIS.config)
    plane = scene_of(moment(IRIS), Axes(0, 1)).plane
    assert plane is not None
    now = IRIS.snapshot.parameters
    along, beside = now.W.copy(), now.W.copy()
    along[0, 0] += 2.0
    beside[3, 2] += 2.0
    for W, stale in ((along, False), (beside, True)):
        moved = at(IRIS, Parameters(W, now.b))
        fresh = scene_of(moment(moved), Axes(0, 1)).plane
        assert fresh is not None
        present = moved.snapshot.parameters.flat().astype(np.float64)
        assert is_stale(plane, fresh, present, ground) is stale


def test_a_picture_at_rest_is_stale_when_held_weights_have_moved_a_little() -> None:
    ground = ground_of(IRIS.dataset, IRIS.config)
    plane = scene_of(moment(IRIS), Axes(0, 1)).plane
    assert plane is not None
    now = IRIS.snapshot.parameters
    along, beside = now.W.copy(), now.W.copy()
    along[0, 0] += 2.0
    beside[3, 2] += 1e-4
    for W, stale in ((along, False), (beside, True)):
        moved = at(IRIS, Parameters(W, now.b))
        fresh = scene_of(moment(moved), Axes(0, 1)).plane
        assert fresh is not None
        present = moved.snapshot.parameters.flat().astype(np.float64)
        assert not is_stale(plane, fresh, present, ground)
        assert is_stale(plane, fresh, present, ground, resting=True) is stale
