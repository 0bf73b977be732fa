"""The experiments as cards: made in the background, cancelled, marked as stale, clicked on."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import slp_core as slp
from app.lab.experiments_view import ExperimentsView
from app.lab.trials import OUTCOMES, Trial, figures, stale
from app.moment import Moment
from app.numbers import typeset
from app.theme import THEMES
from slp_core.arrays import Ints
from slp_core.insight.experiments_rates import Sweep, rate_sweep
from slp_core.insight.experiments_rows import EXPERIMENTS, Subject
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.training.config import TrainingConfig
from tests.app.plots.examples import settle, under
from tests.app.plots.run_examples import moment, trained

DEFAULT = TrainingConfig()


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ExperimentsView]:
    made = ExperimentsView()
    qtbot.addWidget(made)
    made.set_theme(THEMES["light"])
    made.resize(500, 1400)
    made.show()
    yield made
    made.shut_down()


def now(name: str = "two_gaussians") -> Moment:
    return moment(trained(slp.load_sample(name), epochs=3))


def done(view: ExperimentsView, key: str) -> Trial:
    trial = view.cards[key].trial
    assert trial is not None
    return trial


def press(view: ExperimentsView, key: str, qtbot: QtBot) -> Trial:
    view.ensureWidgetVisible(view.cards[key])
    QTest.mouseClick(view.cards[key].start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.cards[key].trial is not None, timeout=30_000)
    return done(view, key)


@pytest.mark.parametrize("key", EXPERIMENTS)
def test_one_click_makes_an_experiment(view: ExperimentsView, qtbot: QtBot, key: str) -> None:
    view.show_moment(now())
    trial = press(view, key, qtbot)
    card = view.cards[key]
    assert card.outcome.text() == "As expected"
    assert card.text.text() == typeset(trial.result.text)
    assert all(f":\u00a0{number}" in card.figures.text() for _, number in figures(trial))
    assert not card.busy.isVisible()
    assert card.start.isEnabled()
    assert "As expected" in card.accessibleName()


def test_all_of_them_are_made_one_after_the_other(view: ExperimentsView, qtbot: QtBot) -> None:
    view.show_moment(now())
    QTest.mouseClick(view.run_all, Qt.MouseButton.LeftButton)
    assert not view.run_all.isEnabled()
    qtbot.waitUntil(lambda: all(card.trial for card in view.cards.values()), timeout=60_000)
    assert view.run_all.isEnabled()
    assert not view.cancel.isVisible()


def test_cancelling_keeps_what_was_found(view: ExperimentsView, qtbot: QtBot) -> None:
    view.show_moment(now("digits"))
    first = press(view, "first_loss", qtbot)
    QTest.mouseClick(view.run_all, Qt.MouseButton.LeftButton)
    QTest.mouseClick(view.cancel, Qt.MouseButton.LeftButton)
    assert view.run_all.isEnabled()
    assert not any(card.busy.isVisible() for card in view.cards.values())
    qtbot.wait(100)
    assert done(view, "first_loss") is first
    assert view.cards["rate_sweep"].trial is None


def test_without_data_nothing_can_be_made(view: ExperimentsView) -> None:
    view.show_moment(None)
    assert not view.run_all.isEnabled()
    assert not any(card.start.isEnabled() for card in view.cards.values())
    assert "Open data first" in view.intro.text()


def test_a_result_is_marked_when_what_it_depends_on_changes(
    view: ExperimentsView, qtbot: QtBot
) -> None:
    before = now()
    view.show_moment(before)
    press(view, "zero_inputs", qtbot)
    press(view, "rate_sweep", qtbot)
    run = before.active
    view.show_moment(moment(replace(run, config=replace(run.config, learning_rate=0.1))))
    cards = view.cards["zero_inputs"], view.cards["rate_sweep"]
    assert [card.stale.isVisible() for card in cards] == [False, False]
    view.show_moment(moment(replace(run, config=replace(run.config, optimizer="adam"))))
    assert [card.stale.isVisible() for card in cards] == [False, True]
    view.show_moment(moment(replace(run, config=replace(run.config, l2=0.5))))
    assert [card.stale.isVisible() for card in cards] == [True, True]
    view.show_moment(before)
    assert [card.stale.isVisible() for card in cards] == [False, False]
    view.show_moment(now())
    assert "data have changed" in cards[0].stale.text()


def test_another_start_and_another_gradient_make_a_result_stale() -> None:
    data = slp.load_sample("two_gaussians")
    subject = Subject(data, TrainingConfig(learning_rate=1.0))
    sweep = Trial("rate_sweep", subject, rate_sweep(data, DEFAULT, epochs=1))
    assert not stale(sweep, subject)
    assert "a different gradient" in stale(
        sweep, replace(subject, gradient=TypedGradient("dW = W"))
    )
    start = trained(data).snapshot.parameters
    assert "different weights" in stale(sweep, replace(subject, start=start))


@pytest.mark.qt_log_ignore("not accepted by receiving widget")  # a click leaves the press to pan
def test_a_click_on_a_point_of_the_sweep_is_that_rate(view: ExperimentsView, qtbot: QtBot) -> None:
    view.show_moment(now())
    trial = press(view, "rate_sweep", qtbot)
    assert isinstance(trial.result, Sweep)
    chart = view.chart
    qtbot.waitUntil(lambda: chart.isVisible() and chart.canvas.area[0] > 100)
    view.ensureWidgetVisible(chart)
    settle(qtbot)
    chosen: list[float] = []
    view.rate_chosen.connect(chosen.append)
    x, y = chart.places
    place = chart.canvas.place_of(float(x[4]), float(y[4])).toPoint()
    viewport = under(chart.canvas, place)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.mapFrom(chart.canvas, place))
    assert chosen == [trial.result.rates[4]]
    QTest.mouseClick(view.use, Qt.MouseButton.LeftButton)
    assert chosen[1:] == [trial.result.best_rate]


def test_the_samples_that_were_used_are_selected(view: ExperimentsView, qtbot: QtBot) -> None:
    view.show_moment(now("iris"))
    press(view, "fit_few", qtbot)
    chosen: list[Ints] = []
    view.selection_changed.connect(chosen.append)
    QTest.mouseClick(view.cards["fit_few"].samples, Qt.MouseButton.LeftButton)
    assert [len(rows) for rows in chosen] == [3]


def test_a_sweep_without_a_finite_loss_is_drawn_all_the_same(view: ExperimentsView) -> None:
    gone = Sweep((0.1, 1.0), (math.inf, math.nan), 5, 0.05, math.nan, True, "None.", 0.1, 0.7)
    view.chart.set_value(gone, 0.1)
    assert np.isfinite(view.chart.places[1]).all()
    assert "ran away" in view.chart.legend.accessibleDescription()


def test_an_outcome_is_never_colour_alone() -> None:
    assert len({(icon, word) for icon, _, word in OUTCOMES.values()}) == len(OUTCOMES)
