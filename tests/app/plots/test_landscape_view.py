from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.landscape_survey import COARSE, FINE, Survey
from app.plots.landscape_view import LandscapeView
from app.runs_look import line_color
from app.theme import THEMES
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.problem import pose
from tests.app.plots.examples import color_at, picture, settle, under
from tests.app.plots.landscape_examples import IRIS, MOONS, shown_view, surveyed
from tests.app.plots.run_examples import at, moment, sample, trained, with_nan


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[LandscapeView]:
    yield from shown_view(qtbot)


def test_without_a_run_it_says_so(view: LandscapeView) -> None:
    assert view.empty.isVisible()
    view.show_moment(moment(with_nan(MOONS)))
    assert "not finite" in view.empty.text()


def test_losses_are_coarse_first_then_fine_and_those_of_the_objective(
    qtbot: QtBot, view: LandscapeView
) -> None:
    sizes: list[int] = []

    def note(survey: Survey) -> None:
        sizes.append(survey.question.size)

    view.surveyor.found.connect(note)
    surveyed(qtbot, view, MOONS)
    assert sizes[0] == COARSE
    assert sizes[-1] == FINE
    survey = view.picture.survey
    assert survey is not None
    part, now = pose(MOONS.dataset, MOONS.config).training, MOONS.snapshot.parameters
    objective = pose(MOONS.dataset, MOONS.config).objective
    lowest = survey.lowest
    assert lowest is not None
    there = Parameters(np.array([[lowest[0]], [lowest[1]]]), now.b)
    assert lowest[2] == pytest.approx(objective.value(there, part.X, part.Y), rel=1e-12)
    assert lowest[2] <= MOONS.snapshot.loss, "the run is at a lower place of the same view"
    present = QPointF(float(now.W[0, 0]), float(now.W[1, 0]))
    assert view.loss_at(present) == pytest.approx(MOONS.snapshot.loss, rel=1e-9)


def test_a_path_has_the_colour_of_its_curves_at_once_in_another_theme(view: LandscapeView) -> None:
    view.show_moment(moment(MOONS))
    for key in ("light", "dark"):
        view.set_theme(THEMES[key])
        (path,) = view.picture.paths
        assert path.color == line_color(THEMES[key], MOONS.line)
        now = MOONS.snapshot.parameters.W[:, 0]
        assert color_at(view.canvas, float(now[0]), float(now[1])).name() == path.color


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("mode", ["weights", "path"])
def test_it_draws_in_every_theme(qtbot: QtBot, view: LandscapeView, theme: str, mode: str) -> None:
    view.set_theme(THEMES[theme])
    view.header_widget.mode.set_value(mode)
    empty = picture(view)
    surveyed(qtbot, view, IRIS, size=COARSE)
    assert picture(view) != empty
    assert view.picture.contours.shown


def test_no_number_is_covered_by_a_path(qtbot: QtBot, view: LandscapeView) -> None:
    surveyed(qtbot, view, IRIS, size=COARSE)
    contours, canvas = view.picture.contours, view.canvas
    y = contours.shown[0][2]
    across = np.array([[canvas.x_range[0], y], [canvas.x_range[1], y]])
    contours.avoid([across])
    assert contours.shown
    pixel = (canvas.y_range[1] - canvas.y_range[0]) / canvas.area[1]
    assert all(abs(place - y) > 10 * pixel for _, _, place in contours.shown)
    before = list(contours.shown)
    contours.avoid([across, across])
    assert contours.shown == before, "they stay where they are as long as nothing covers them"


def test_other_axes_are_another_picture(qtbot: QtBot, view: LandscapeView) -> None:
    surveyed(qtbot, view, IRIS, size=COARSE)
    header = view.header_widget
    header.second.set_value("12")
    header.second.value_changed.emit("12")
    assert view.picture.survey is None
    assert view.stage.y_name.text().startswith("↑ b → setosa")
    refused = {choice.key: choice.refusal for choice in header.first.choices()}
    assert refused["12"]
    assert not refused["3"]


def test_the_picture_follows_the_zoom(qtbot: QtBot, view: LandscapeView) -> None:
    surveyed(qtbot, view, MOONS)
    view.canvas.zoom(0.5)
    wanted = view.canvas.x_range

    def followed() -> bool:
        survey = view.picture.survey
        return survey is not None and survey.question.frame[0] == wanted

    qtbot.waitUntil(followed, timeout=20_000)
    view.fit()
    assert view.canvas.x_range != wanted


def test_a_moving_run_keeps_its_picture_until_held_weights_move(
    qtbot: QtBot, view: LandscapeView
) -> None:
    surveyed(qtbot, view, MOONS)
    survey = view.picture.survey
    now = MOONS.snapshot.parameters
    view.show_moment(moment(at(MOONS, Parameters(now.W + 0.1, now.b))))
    settle(qtbot)
    assert not view.surveyor.is_busy
    assert view.picture.survey is survey
    view.show_moment(moment(at(MOONS, Parameters(now.W, now.b + 1.0))))
    qtbot.waitUntil(lambda: view.picture.survey is not survey, timeout=20_000)


def test_a_hidden_view_works_nothing_out(qtbot: QtBot, view: LandscapeView) -> None:
    view.show_moment(moment(IRIS))
    view.hide()
    qtbot.wait(20)
    assert not view.surveyor.is_busy


def test_the_place_under_the_mouse_is_read(qtbot: QtBot, view: LandscapeView) -> None:
    surveyed(qtbot, view, MOONS, size=COARSE)
    pixel = view.canvas.place_of(0.0, 0.0).toPoint()
    target = under(view.canvas, pixel)
    QTest.mouseMove(target, QPoint(1, 1))
    QTest.mouseMove(target, target.mapFrom(view.canvas, pixel))
    assert view.note.text().startswith("loss 0.6")
    assert "w x1" in view.note.text()


def test_part_of_many_samples_answers_and_it_is_said(qtbot: QtBot, view: LandscapeView) -> None:
    many = trained(sample("moons", points=30_000), epochs=3)
    surveyed(qtbot, view, many, size=COARSE)
    assert "20,000 of 30,000 samples" in view.note.text()
    assert "≈" in view.reading(QPointF(0.0, 0.0))


def test_the_weights_that_moved_most_are_the_first_axes(view: LandscapeView) -> None:
    view.show_moment(moment(IRIS))
    path = [point.parameters.W for point in IRIS.snapshot.history.checkpoints]
    moved = np.abs(IRIS.snapshot.parameters.W - path[0]).ravel()
    axes = view.header_widget.axes
    assert {axes.first, axes.second} == set(np.argsort(-moved)[:2].tolist())


def test_edited_rows_leave_the_old_picture_until_the_new_one_is_there(
    qtbot: QtBot, view: LandscapeView
) -> None:
    surveyed(qtbot, view, MOONS)
    survey = view.picture.survey
    edited = replace(MOONS, dataset=sample("moons", seed=5))
    view.show_moment(moment(edited))
    assert view.picture.survey is survey
    qtbot.waitUntil(lambda: view.picture.survey is not survey, timeout=20_000)
    view.show_moment(moment(replace(MOONS, pair=pair("tanh", "quadratic"))))
    assert view.picture.survey is None


def test_axes_are_chosen_anew_when_weights_first_move_unless_somebody_chose(
    view: LandscapeView,
) -> None:
    start = at(IRIS, IRIS.snapshot.history.checkpoints[0].parameters)
    start = replace(start, snapshot=replace(start.snapshot, update=0))
    view.show_moment(moment(start))
    assert (view.header_widget.axes.first, view.header_widget.axes.second) == (0, 3)
    view.show_moment(moment(IRIS))
    chosen = view.header_widget.axes
    assert (chosen.first, chosen.second) != (0, 3)
    assert view.stage.x_name.text().startswith("w petal")
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    now = IRIS.snapshot.parameters.flat()
    place = view.marking.place
    assert place is not None
    assert (place.x(), place.y()) == pytest.approx((now[chosen.first], now[chosen.second]))
    view.show_moment(moment(start))
    assert view.header_widget.axes == chosen


def test_in_a_low_pane_the_plot_has_the_room_of_its_words(
    qtbot: QtBot, view: LandscapeView
) -> None:
    view.show_moment(moment(MOONS))
    view.resize(420, 120)
    settle(qtbot)
    assert not view.stage.y_name.isVisible()
    assert view.canvas.height() > 70
    view.resize(420, 400)
    settle(qtbot)
    assert view.stage.y_name.isVisible()
    assert view.stage.x_name.isVisible()
