from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.runs_kept import MOST_UNPINNED, KeptRuns
from app.sources import DataOptions
from app.workspace import Workspace
from slp_core.errors import ConfigError
from tests.app.workspace_examples import Listener, live, opened, snapshot, train, wait_for_runs


def settled_on(space: Workspace, qtbot: QtBot, name: str, value: object) -> None:
    qtbot.waitUntil(
        lambda: (
            space.current is not None
            and getattr(space.current.config, name) == value
            and space.player.snapshot is not None
            and space.player.snapshot.config == space.current.config
        )
    )


def test_comparing_starts_both_from_the_same_weights(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot, "sample:saturated_start")
    train(space, qtbot, 50)
    space.compare({"loss": "cross_entropy"})
    wait_for_runs(space, qtbot, 2)
    first, second = live(space)
    assert (first.config.loss, second.config.loss) == ("quadratic", "cross_entropy")
    assert first.snapshot.update == second.snapshot.update == 0
    np.testing.assert_array_equal(first.snapshot.parameters.W, second.snapshot.parameters.W)
    assert listener.notes[-1] == "Both runs start again from the same weights."
    assert (first.line, second.line) == (0, 1)
    kept = space.runs.kept.runs
    assert [(run.name, run.live, run.snapshot.update) for run in kept] == [("Run 1", False, 50)]


def test_a_start_of_another_coding_is_the_same_all_the_same(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot, "sample:saturated_start")
    space.compare({"activation": "tanh"})
    wait_for_runs(space, qtbot, 2)
    first, second = live(space)
    np.testing.assert_array_equal(first.snapshot.parameters.W, second.snapshot.parameters.W)


def test_models_of_other_shapes_share_the_seed_and_it_is_said(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"activation": "softmax"})
    wait_for_runs(space, qtbot, 2)
    assert [run.snapshot.parameters.W.shape[1] for run in live(space)] == [1, 2]
    assert "differ in shape" in listener.notes[-1]


def test_live_runs_stay_together_and_each_has_its_own_settings(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    assert space.current is not None
    space.configure(replace(space.current.wanted, momentum=0.5, optimizer="momentum"))
    settled_on(space, qtbot, "optimizer", "momentum")
    train(space, qtbot, 20)
    first, second = live(space)
    assert first.snapshot.update == second.snapshot.update == 20
    assert (first.config.optimizer, second.config.optimizer) == ("momentum", "gd")


def test_another_run_can_be_turned_to_and_edited(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 5)
    second = live(space)[1]
    space.desk.activate(second.run)
    assert live(space)[0].run == second.run
    settled_on(space, qtbot, "learning_rate", 0.01)
    assert snapshot(space).update == 5
    assert space.current is not None
    assert space.current.wanted.learning_rate == 0.01
    space.configure(replace(space.wish, learning_rate=0.02))
    settled_on(space, qtbot, "learning_rate", 0.02)
    other = live(space)[1].wanted
    assert other is not None
    assert other.learning_rate is None


def test_undo_goes_back_to_the_run_that_was_edited(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    first = space.wish
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    space.configure(replace(space.wish, l2=0.1))
    settled_on(space, qtbot, "l2", 0.1)
    space.desk.next()
    settled_on(space, qtbot, "learning_rate", 0.01)
    space.history.stack.undo()
    settled_on(space, qtbot, "l2", 0.0)
    assert space.wish == first
    assert space.runs.active is not None
    assert space.runs.active.lane == 1


def test_undo_of_a_comparison_ends_it_and_the_first_goes_on(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 7)
    space.history.stack.undo()
    wait_for_runs(space, qtbot, 1)
    assert snapshot(space).update == 7
    space.history.stack.redo()
    wait_for_runs(space, qtbot, 2)
    assert snapshot(space).update == 0


def test_the_active_run_can_be_ended(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 3)
    space.desk.end(live(space)[0].run)
    wait_for_runs(space, qtbot, 1)
    settled_on(space, qtbot, "learning_rate", 0.01)
    assert [run.snapshot.update for run in space.runs.kept.runs] == [3]
    space.desk.end(live(space)[0].run)
    assert len(space.runs.lanes) == 1


def test_only_one_is_kept_alive(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    for rate in (0.01, 0.02, 0.03):
        space.compare({"learning_rate": rate})
    wait_for_runs(space, qtbot, 4)
    space.compare({"learning_rate": 0.04})
    assert "Four runs" in listener.notes[-1]
    space.desk.keep_only(live(space)[2].run)
    wait_for_runs(space, qtbot, 1)
    settled_on(space, qtbot, "learning_rate", 0.02)


def test_what_cannot_be_compared_is_refused_with_the_reason(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"activation": "identity", "loss": "cross_entropy"})
    assert isinstance(listener.errors[-1], ConfigError)
    assert len(space.runs.lanes) == 1


def test_another_seed_is_the_start_of_all(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    space.configure(replace(space.wish, initializer="normal", seed=5))
    settled_on(space, qtbot, "seed", 5)
    wait_for_runs(space, qtbot, 2)
    first, second = live(space)
    assert second.config.seed == 5
    np.testing.assert_array_equal(first.snapshot.parameters.W, second.snapshot.parameters.W)
    assert np.abs(first.snapshot.parameters.W).min() > 0


def test_other_data_of_the_same_kind_are_for_all_runs(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.compare({"learning_rate": 0.01})
    space.choose_data(DataOptions(degree=2))
    qtbot.waitUntil(lambda: space.current is not None and space.current.choice.degree == 2)
    wait_for_runs(space, qtbot, 2)
    assert {run.snapshot.parameters.W.shape[0] for run in live(space)} == {5}


def test_a_run_that_does_not_suit_the_data_ends_and_it_is_said(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot, "sample:iris")
    space.compare({"activation": "sigmoid", "loss": "cross_entropy"})
    wait_for_runs(space, qtbot, 2)
    space.choose_data(replace(DataOptions(), target="petal_length"))
    qtbot.waitUntil(lambda: len(space.runs.lanes) == 1, timeout=10_000)
    assert any("has ended" in note for note in listener.notes)


def test_restarting_keeps_what_was_trained(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    train(space, qtbot, 4)
    space.runs.rename(1, "  the  first ")
    space.runs.restart()
    qtbot.waitUntil(lambda: snapshot(space).update == 0)
    assert [run.name for run in space.runs.kept.runs] == ["the first"]
    space.runs.restart()
    assert len(space.runs.kept.runs) == 1, "a run that has not moved is not worth keeping"


def test_a_kept_run_can_be_pinned_renamed_continued_and_deleted(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    train(space, qtbot, 4)
    weights = snapshot(space).parameters
    space.configure(replace(space.wish, activation="tanh", loss="quadratic"))
    settled_on(space, qtbot, "activation", "tanh")
    (kept,) = space.runs.kept.runs
    space.runs.pin(kept.run, True)
    assert space.runs.kept.pinned[0].line == 1
    space.runs.rename(kept.run, "before")
    space.desk.continue_from(kept.run)
    settled_on(space, qtbot, "activation", "sigmoid")
    np.testing.assert_array_equal(snapshot(space).parameters.W, weights.W)
    space.desk.forget(kept.run)
    assert space.runs.kept.runs == ()
    space.history.stack.undo()
    assert [run.name for run in space.runs.kept.runs] == ["before"]


def test_weights_of_other_features_are_not_taken(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    train(space, qtbot, 4)
    space.choose_data(DataOptions(degree=2))
    qtbot.waitUntil(lambda: bool(space.runs.kept.runs))
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    space.desk.continue_from(space.runs.kept.runs[0].run)
    assert "other features" in listener.notes[-1]


def test_opening_other_data_begins_a_new_book(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    train(space, qtbot, 4)
    space.compare({"learning_rate": 0.01})
    opened(space, qtbot, "sample:iris")
    assert space.runs.kept.runs == ()
    assert len(space.runs.lanes) == 1


@pytest.fixture
def moment(space: Workspace, qtbot: QtBot) -> RunMoment:
    opened(space, qtbot)
    return live(space)[0]


def test_kept_runs_are_bounded_but_pinned_ones_stay(moment: RunMoment):
    kept = KeptRuns()
    for number in range(MOST_UNPINNED + 5):
        kept.add(replace(moment, run=number, pinned=number == 1))
    assert len(kept.runs) == MOST_UNPINNED + 1
    assert kept.runs[0].run == 1


def test_data_sets_nobody_trains_on_take_bounded_room(
    moment: RunMoment, monkeypatch: pytest.MonkeyPatch
):
    kept = KeptRuns()
    kept.add(moment)
    kept.bound(moment.dataset)
    assert kept.runs
    monkeypatch.setattr("app.runs_kept.MOST_BYTES", 10)
    kept.bound(replace(moment.dataset))
    assert not kept.runs


def test_runs_are_told_once_for_each_frame(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    first = live(space)
    assert live(space) is first  # several views ask with each frame
    space.runs.rename(first[0].run, "mine")
    assert live(space)[0].name == "mine"
