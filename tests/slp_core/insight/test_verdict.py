"""The verdict on a run: its kind, and that the sentence holds the numbers it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from slp_core.insight.verdict import judge
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.history import COLUMNS, History
from slp_core.training.snapshot import Snapshot
from slp_core.training.stopping import NotFinite, Stop, StopKind

LOGISTIC = TrainingConfig(activation="sigmoid", loss="cross_entropy", learning_rate=0.5)
SATURATING = TrainingConfig(activation="sigmoid", loss="quadratic", learning_rate=0.5)


def run(
    losses: Sequence[float],
    gradients: Sequence[float],
    config: TrainingConfig = LOGISTIC,
    stop: StopKind = "epochs",
) -> Snapshot:
    """A run with one point in its record for each update."""
    table = np.zeros((len(COLUMNS), len(losses)))
    table[COLUMNS.index("update")] = np.arange(len(losses))
    table[COLUMNS.index("loss")] = losses
    table[COLUMNS.index("gradient_norm")] = gradients
    return Snapshot(
        update=len(losses) - 1,
        epoch=float(len(losses) - 1),
        parameters=Parameters(np.ones((2, 1)), np.ones(1)),
        loss=losses[-1],
        validation_loss=None,
        gradient_norm=gradients[-1],
        gradient_norm_W=gradients[-1],
        gradient_norm_b=0.0,
        accuracy=0.9,
        r2=None,
        validation_accuracy=None,
        validation_r2=None,
        learning_rate=0.5,
        step_ratio=0.0,
        best_loss=min(losses),
        best_update=int(np.argmin(losses)),
        history=History(table, ()),
        config=config,
        stop=Stop(stop, "The end."),
        seconds=1.0,
    )


def falling(end: float, updates: int = 100) -> list[float]:
    """A loss from 1 to ``end``, by the same share in every update."""
    return list(np.geomspace(1.0, end, updates + 1))


def settling(low: float, updates: int = 100) -> list[float]:
    """A loss that has come to rest at ``low`` long before half-way."""
    return [low + (1.0 - low) * 0.5**update for update in range(updates + 1)]


def test_a_falling_loss_is_improving_and_the_sentence_has_both_ends() -> None:
    verdict = judge(run(falling(0.25), falling(0.1)))
    assert verdict.kind == "improving"
    assert "0.5 at update 50" in verdict.text
    assert "0.25 at update 100" in verdict.text
    assert "by 50% since half-way" in verdict.text


def test_a_loss_at_rest_with_a_vanished_gradient_has_converged() -> None:
    verdict = judge(run(settling(0.25), falling(1e-5)))
    assert verdict.kind == "converged"
    assert "0.25" in verdict.text
    assert "1e-05" in verdict.text


def test_what_the_record_knows_of_an_earlier_update_is_said_with_it() -> None:
    snapshot = run(falling(0.25), falling(0.1))
    snapshot.history.table[COLUMNS.index("saturated")] = 0.124
    told = [line for line in judge(snapshot).evidence if "flat" in line]
    assert told == ["The activation is flat for 12.4% of the samples; 0.0% flat and wrong."]
    told = [line for line in judge(replace(snapshot, update=103)).evidence if "flat" in line]
    assert told == [
        "The activation was flat for 12.4% of the samples at update 100; 0.0% flat and wrong."
    ]


def test_a_flat_loss_with_a_gradient_left_has_not_converged() -> None:
    verdict = judge(run(settling(0.25), falling(0.5)))
    assert verdict.kind == "improving"
    assert verdict.text.startswith("The loss no longer falls")


def test_a_plateau_of_an_objective_that_is_not_convex_is_not_called_converged() -> None:
    assert judge(run(settling(0.25), falling(1e-9), SATURATING)).kind == "improving"


@pytest.mark.parametrize(
    ("activation", "loss"),
    [
        ("softmax", "cross_entropy"),
        ("probit", "cross_entropy"),
        ("identity", "huber"),
        ("step", "perceptron"),
    ],
)
def test_convex_pairs_can_converge(activation: str, loss: str) -> None:
    config = replace(LOGISTIC, activation=activation, loss=loss)
    assert judge(run(settling(0.25), falling(1e-9), config)).kind == "converged"


def test_an_optimizer_that_came_to_rest_has_converged() -> None:
    assert judge(run(falling(0.25), falling(1e-5), stop="converged")).kind == "converged"


def test_a_generous_limit_on_the_gradient_does_not_make_convergence() -> None:
    assert judge(run(falling(0.25), falling(0.5), stop="gradient")).kind == "improving"


def test_rest_without_convexity_is_said_with_what_is_not_known() -> None:
    verdict = judge(run(settling(0.25), falling(1e-9), SATURATING, "converged"))
    assert verdict.kind == "converged"
    assert "not convex" in verdict.text
    assert "0.25" in verdict.text


@pytest.mark.parametrize("gradients", [[0.0] * 101, [0.1] * 101], ids=["always 0", "left"])
@pytest.mark.parametrize("config", [SATURATING, LOGISTIC], ids=["not convex", "convex"])
def test_rest_where_no_gradient_vanished_is_not_convergence(
    gradients: list[float], config: TrainingConfig
) -> None:
    """Saturated outputs have no gradient from the start; a kink keeps one at its lowest point."""
    verdict = judge(run(settling(0.25), gradients, config, "converged"))
    assert verdict.kind == "improving"
    assert verdict.text.startswith("No step lowers the loss any further.")


def test_a_loss_that_runs_away_has_diverged() -> None:
    verdict = judge(run(list(np.geomspace(1.0, 1e6, 101)), falling(1.0)))
    assert verdict.kind == "diverged"
    assert "1e+06 at update 100" in verdict.text
    assert "1 at its best (update 0)" in verdict.text


def test_a_wobble_at_a_low_loss_has_not_diverged() -> None:
    """Mini-batches leave the loss at several times its best, far below where it began."""
    losses = [*falling(1e-4), 5e-4]
    assert judge(run(losses, [*falling(0.1), 0.1])).kind == "improving"


def test_the_loss_of_a_perceptron_at_zeros_is_no_measure() -> None:
    """It is 0 at the start, because max(0, −y v) is 0 at v = 0."""
    losses = [0.0, *([0.3] * 100)]
    config = replace(LOGISTIC, activation="step", loss="perceptron")
    assert judge(run(losses, [1.0] * 101, config)).kind == "improving"


def test_left_the_finite_numbers() -> None:
    trouble = NotFinite("loss", (), 1, 1, 7)
    stopped = replace(
        run(falling(0.5, 7), falling(0.5, 7)),
        loss=float("inf"),
        stop=Stop("not_finite", "The loss is inf at update 7.", trouble),
    )
    verdict = judge(stopped)
    assert verdict.kind == "not_finite"
    assert verdict.text == "The loss is inf at update 7."


def test_no_update_is_said() -> None:
    verdict = judge(run([0.7], [0.1]))
    assert verdict.kind == "improving"
    assert "No update" in verdict.text
    assert "0.7" in verdict.text


def test_a_run_that_is_not_over_has_a_verdict_too() -> None:
    assert judge(replace(run(falling(0.5), falling(0.5)), stop=None)).kind == "improving"


def test_only_losses_of_the_present_objective_are_compared() -> None:
    """A penalty switched on at update 100 lifts the loss from 0.1 to 1: nothing runs away."""
    losses = [*falling(0.1, 99), *falling(0.5)]
    changed = replace(
        run(losses, [1.0] * 100 + falling(0.25)),
        best_loss=0.5,
        best_update=200,
        objective_point=100,
    )
    verdict = judge(changed)
    assert verdict.kind == "improving"
    assert "0.7071 at update 150, 0.5 at update 200" in verdict.text
    settled = replace(
        run([*falling(0.1, 99), *settling(0.25)], [1e3] * 100 + falling(1e-5)),
        best_loss=0.25,
        objective_point=100,
    )
    assert "from 1 to 1e-05 in 100 updates" in judge(settled).text
    big = replace(settled, gradient_norm=0.5)
    assert judge(big).kind == "improving"


@pytest.mark.parametrize("point", [100, 101])
def test_an_objective_that_has_just_changed_is_said(point: int) -> None:
    changed = replace(run(falling(0.5), falling(0.5)), objective_point=point, loss=0.9)
    verdict = judge(changed)
    assert verdict.kind == "improving"
    assert verdict.text == "Data or settings were just changed; the loss is now 0.9."
