from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.runs import labels
from app.runs_race import RACES, entrants, field_text
from app.workspace import Workspace
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.app.workspace_examples import Listener, live, opened, train, wait_for_runs

OPTIMIZERS, RATES = RACES["optimizers"], RACES["rates"]


def field(data: Dataset, **settings: object) -> list[str]:
    wanted = TrainingConfig(**settings)  # type: ignore[arg-type] - the names are the tests' own
    found = entrants(OPTIMIZERS, wanted, wanted.resolved(data), data)
    return [config.optimizer for config in found]


@pytest.mark.parametrize(
    ("settings", "others"),
    [
        ({}, ["momentum", "adam", "newton"]),
        ({"optimizer": "adam"}, ["gd", "momentum", "newton"]),
        ({"batch_size": 16}, ["momentum", "adam", "nesterov"]),
        ({"activation": "identity", "loss": "hinge"}, ["momentum", "adam", "lbfgs"]),
        ({"l1": 0.1}, ["momentum", "adam", "nesterov"]),
    ],
)
def test_those_who_cannot_run_give_way(
    space: Workspace, qtbot: QtBot, settings: dict[str, object], others: list[str]
):
    assert field(opened(space, qtbot).dataset, **settings) == others


def test_newton_gives_way_where_its_matrix_would_hold_up_the_others():
    assert field(load_sample("digits")) == ["momentum", "adam", "lbfgs"]
    assert field(load_sample("wine")) == ["momentum", "adam", "newton"]


def test_everybody_else_runs_at_the_usual_rate(space: Workspace, qtbot: QtBot):
    data = opened(space, qtbot).dataset
    wanted = TrainingConfig(learning_rate=0.001, l2=0.5)
    found = entrants(OPTIMIZERS, wanted, wanted.resolved(data), data)
    assert [config.learning_rate for config in found] == [None, None, None]
    assert {config.l2 for config in found} == {0.5}


def test_optimizers_race_from_one_start_and_one_step_ends_it(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 20)
    before = [run.run for run in live(space)]
    steps = space.history.stack.index()
    assert space.desk.race(OPTIMIZERS)
    wait_for_runs(space, qtbot, 4)
    runs = live(space)
    assert [run.line for run in runs] == [0, 1, 2, 3]
    assert labels(runs) == tuple(
        f"Run {run.run} · {name}"
        for run, name in zip(runs, ("GD", "Momentum", "Adam", "Newton"), strict=True)
    )
    for run in runs:
        np.testing.assert_array_equal(run.snapshot.parameters.W, runs[0].snapshot.parameters.W)
        assert run.snapshot.update == 0
    assert [run.run for run in space.runs.kept.runs] == before[::-1]
    assert field_text(OPTIMIZERS, runs).endswith("Adam at 0.05, Newton at 1")
    assert space.history.stack.index() == steps + 1
    space.history.undo()
    wait_for_runs(space, qtbot, 2)
    assert [run.config.learning_rate for run in live(space)][1] == 0.01
    space.history.stack.redo()
    wait_for_runs(space, qtbot, 4)


def test_a_race_ends_wherever_the_panels_are(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.desk.race(OPTIMIZERS)
    wait_for_runs(space, qtbot, 4)
    space.desk.next()
    assert space.wish.optimizer == "momentum"
    space.history.undo()
    wait_for_runs(space, qtbot, 1)
    assert space.wish.optimizer == "gd"


def test_rates_race(space: Workspace, listener: Listener, qtbot: QtBot):
    rate = opened(space, qtbot).config.learning_rate
    assert rate is not None
    space.desk.race(RATES)
    wait_for_runs(space, qtbot, 4)
    rates = [run.config.learning_rate for run in live(space)]
    assert rates == pytest.approx([rate, 0.1 * rate, 2 * rate, 4 * rate], rel=0.01)


def test_pinned_runs_keep_their_lines(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    train(space, qtbot, 5)
    space.runs.restart()
    qtbot.waitUntil(lambda: len(space.runs.kept.runs) == 1)
    space.runs.pin(space.runs.kept.runs[0].run, True)
    pinned = space.runs.kept.runs[0].line
    space.desk.race(OPTIMIZERS)
    wait_for_runs(space, qtbot, 4)
    lines = [run.line for run in live(space)]
    assert len({pinned, *lines}) == 5


def test_all_start_again_from_a_place_and_undo_brings_back_the_old_start(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.desk.race(OPTIMIZERS)
    wait_for_runs(space, qtbot, 4)
    train(space, qtbot, 10)
    start = live(space)[0].snapshot.parameters
    place = Parameters(np.full_like(start.W, 3.0), np.full_like(start.b, -2.0))
    space.desk.start_all(place)
    wait_for_runs(space, qtbot, 4)
    for run in live(space):
        np.testing.assert_array_equal(run.snapshot.parameters.flat(), place.flat())
        assert run.snapshot.update == 0
    assert listener.notes[-1] == "All four runs start again from there."
    assert len(space.runs.kept.runs) == 4
    space.runs.restart()  # the same weights are those of the place now
    wait_for_runs(space, qtbot, 4)
    np.testing.assert_array_equal(live(space)[3].snapshot.parameters.flat(), place.flat())
    space.history.undo()
    wait_for_runs(space, qtbot, 4)
    np.testing.assert_array_equal(live(space)[3].snapshot.parameters.W, np.zeros_like(start.W))


def test_without_data_there_is_no_race(space: Workspace):
    assert not space.desk.race(OPTIMIZERS)


def test_settings_that_are_on_their_way_count(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.configure(replace(space.wish, l2=0.25))
    space.desk.race(OPTIMIZERS)
    wait_for_runs(space, qtbot, 4)
    qtbot.waitUntil(lambda: {run.config.l2 for run in live(space)} == {0.25})
