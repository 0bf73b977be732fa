"""Runs whose steps follow a typed gradient, beside the right one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from app.workspace import Workspace
from slp_core.insight.gradient.starts import STARTS, right_formula
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.network.pairs import pair
from tests.app.test_runs_book import live, train, wait_for_runs
from tests.app.workspace_examples import Listener, opened, snapshot

RIGHT = TypedGradient(right_formula(pair("sigmoid", "cross_entropy")))
ASKED = TypedGradient(STARTS["q1_elementwise"].source, "columns")


def test_both_start_alike_and_stay_together(
    space: Workspace, listener: Listener, qtbot: QtBot
) -> None:
    opened(space, qtbot)
    space.desk.compare({}, "My gradient", gradient=RIGHT)
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 25)
    own, typed = live(space)
    assert typed.name == "My gradient"
    assert own.snapshot.update == typed.snapshot.update == 25
    np.testing.assert_allclose(typed.snapshot.parameters.W, own.snapshot.parameters.W, rtol=1e-9)


def test_a_wrong_one_shows_the_true_loss_that_climbs(
    space: Workspace, listener: Listener, qtbot: QtBot
) -> None:
    opened(space, qtbot)
    space.desk.compare({}, "My gradient", gradient=ASKED)
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 30)
    own, typed = live(space)
    assert typed.snapshot.loss > typed.snapshot.history.loss[0] > own.snapshot.loss


def test_one_that_is_no_number_ends_with_a_reason_and_the_other_goes_on(
    space: Workspace, listener: Listener, qtbot: QtBot
) -> None:
    opened(space, qtbot)
    overflow = TypedGradient("dW = X.T @ exp(800 + V) / N\n")
    space.desk.compare({}, "My gradient", gradient=overflow)
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 30)
    own, typed = live(space)
    stop = typed.snapshot.stop
    assert stop is not None
    assert stop.kind == "not_finite"
    assert "gradient" in stop.text
    assert np.isfinite(typed.snapshot.parameters.W).all()
    assert own.snapshot.update == 30


def test_undo_takes_the_run_away(space: Workspace, listener: Listener, qtbot: QtBot) -> None:
    opened(space, qtbot)
    space.desk.compare({}, "My gradient", gradient=RIGHT)
    wait_for_runs(space, qtbot, 2)
    space.history.stack.undo()
    wait_for_runs(space, qtbot, 1)
    space.history.stack.redo()
    wait_for_runs(space, qtbot, 2)
    assert live(space)[1].name == "My gradient"


def test_restart_keeps_the_gradient(space: Workspace, listener: Listener, qtbot: QtBot) -> None:
    opened(space, qtbot)
    space.desk.compare({}, "My gradient", gradient=TypedGradient("dW = 0 * W\ndb = 0 * b\n"))
    wait_for_runs(space, qtbot, 2)
    train(space, qtbot, 3)
    space.runs.restart()
    qtbot.waitUntil(lambda: snapshot(space).update == 0)
    train(space, qtbot, 3)
    own, typed = live(space)
    assert typed.snapshot.loss == live(space)[1].snapshot.history.loss[0]
    assert own.snapshot.loss < typed.snapshot.loss


def test_optimizers_that_search_are_refused(
    space: Workspace, listener: Listener, qtbot: QtBot
) -> None:
    opened(space, qtbot)
    space.desk.compare({"optimizer": "lbfgs"}, "My gradient", gradient=RIGHT)
    assert "searches along the loss" in str(listener.errors[-1])
    assert len(space.runs.lanes) == 1
    space.desk.compare({}, "My gradient", gradient=RIGHT)
    wait_for_runs(space, qtbot, 2)
    space.desk.activate(live(space)[1].run)
    space.configure(replace(space.wish, optimizer="lbfgs"))
    assert len(listener.errors) == 2
    assert space.wish.optimizer != "lbfgs"
    assert listener.prepared[-1].wanted.optimizer != "lbfgs"
