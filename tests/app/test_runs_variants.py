from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.runs import check
from app.runs_partners import completed
from app.runs_variants import variants
from app.workspace import Workspace
from slp_core.data.samples import load_sample
from slp_core.network.losses import LOSSES
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from tests.app.workspace_examples import Listener, opened

DATA = load_sample("two_gaussians")


def offered(**settings: Any) -> dict[str, list[str]]:
    """Keys by group."""
    wanted = TrainingConfig(**settings)
    found: dict[str, list[str]] = {}
    for variant in variants(wanted, wanted.resolved(DATA), DATA):
        found.setdefault(variant.group, []).append(variant.key)
        assert completed(wanted, variant.changes, DATA) != wanted
        check(completed(wanted, variant.changes, DATA), DATA)
        assert variant.summary.endswith(".")
    return found


def test_every_other_choice_is_there_once() -> None:
    found = offered()
    assert found["Loss"] == [f"loss-{key}" for key in LOSSES if key != "cross_entropy"]
    assert len(found["Optimizer"]) == len(OPTIMIZERS) - 1
    assert found["Learning rate"] == ["rate-twice", "rate-half", "rate-ten", "rate-tenth"]
    assert "l2-0.1" in found["Penalty"]
    assert found["Batch size"] == ["batch-8", "batch-32", "batch-128"]
    keys = [key for group in found.values() for key in group]
    assert len(set(keys)) == len(keys)


def test_what_cannot_be_is_not_offered() -> None:
    found = offered(batch_size=16)
    assert not {"optimizer-newton", "optimizer-lbfgs"} & set(found["Optimizer"])
    assert "activation-relu" not in found["Activation"]
    assert "full" in found["Batch size"]
    assert "no-penalty" in offered(l2=0.1)["Penalty"]


@pytest.mark.parametrize(
    ("settings", "there"),
    [
        ({"initializer": "zeros"}, False),
        ({"initializer": "zeros", "batch_size": 16}, True),
        ({"initializer": "normal"}, True),
    ],
)
def test_a_seed_is_offered_where_it_decides_something(
    settings: dict[str, Any], there: bool
) -> None:
    assert ("Seed" in offered(**settings)) == there


def live(space: Workspace) -> tuple[RunMoment, ...]:
    return space.runs.live(space.player.frame)


def weights(run: RunMoment) -> bytes:
    return run.snapshot.parameters.flat().tobytes()


def test_a_run_of_another_seed_has_a_start_of_its_own(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.configure(TrainingConfig(initializer="normal"))
    qtbot.waitUntil(lambda: len(live(space)) == 1 and live(space)[0].config.initializer == "normal")
    for changes in ({"seed": 5}, {"optimizer": "adam"}):
        before = len(live(space))
        space.compare(changes)
        qtbot.waitUntil(lambda before=before: len(live(space)) == before + 1)
    first, other, adam = sorted(live(space), key=lambda run: run.line)
    assert (first.config.seed, other.config.seed, adam.config.seed) == (0, 5, 0)
    assert weights(first) == weights(adam) != weights(other)
    assert "its own seed" in listener.notes[-1]
    space.runs.restart()
    qtbot.waitUntil(lambda: len(live(space)) == 3)
    assert [run.config.seed for run in live(space)].count(5) == 1
    start = first.snapshot.parameters
    space.desk.start_all(start)  # a place that was picked is everybody's
    qtbot.waitUntil(lambda: len(live(space)) == 3)
    assert len({weights(run) for run in live(space)}) == 1


def test_turning_to_it_and_starting_again_leaves_the_others_their_seed(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.configure(TrainingConfig(initializer="normal"))
    qtbot.waitUntil(lambda: len(live(space)) == 1 and live(space)[0].config.initializer == "normal")
    space.compare({"seed": 5})
    qtbot.waitUntil(lambda: len(live(space)) == 2)
    before = {run.config.seed: weights(run) for run in live(space)}
    space.desk.next()
    assert space.wish.seed == 5
    space.runs.restart()
    qtbot.waitUntil(lambda: len(live(space)) == 2)
    assert {run.config.seed: weights(run) for run in live(space)} == before
