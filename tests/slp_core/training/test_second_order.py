from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest
from scipy import optimize

from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.hessian import hessian
from slp_core.training.problem import pose
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, line

CONVEX = (
    (blobs(80, 3), TrainingConfig(l2=1e-3)),
    (blobs(90, 3, 3), TrainingConfig(l2=1e-3)),
    (blobs(90, 2, 3), TrainingConfig(activation="sigmoid", l2=1e-3)),
    (blobs(80, 3), TrainingConfig(activation="identity", loss="squared_hinge", l2=1e-2)),
    (blobs(80, 3), TrainingConfig(l2=1e-3, class_weights="balanced", bias=False)),
    (line(50, 3), TrainingConfig()),
    (line(50, 3), TrainingConfig(loss="huber", l2=1e-3)),
)
NAMES = ("logistic", "softmax", "one_vs_rest", "squared_hinge", "no_bias", "line", "huber")


def scipy_optimum(dataset: Dataset, config: TrainingConfig) -> Float64s:
    """The optimum by an independent optimizer, polished; b = 0 is kept where bias is off."""
    problem = pose(dataset, config)
    d, k = problem.shape
    part = problem.training

    def fun(flat: Float64s) -> tuple[float, Float64s]:
        parameters = Parameters.from_flat(flat, d, k)
        value, slopes = problem.objective.value_and_gradient(
            parameters, part.X, part.Y, part.weights
        )
        return value, np.asarray(slopes.flat(), np.float64)

    options = {"gtol": 1e-12, "maxiter": 5000}
    found = cast("Any", optimize).minimize(
        fun, np.zeros(d * k + k), jac=True, method="BFGS", options=options
    )
    return found.x


@pytest.mark.parametrize(("dataset", "config"), CONVEX, ids=NAMES)
@pytest.mark.parametrize("optimizer", ["newton", "lbfgs"])
def test_the_optimum_is_scipys(dataset: Dataset, config: TrainingConfig, optimizer: str) -> None:
    config = replace(config, optimizer=optimizer).resolved(dataset)
    trainer = Trainer(dataset, config)
    trainer.advance()
    assert trainer.stop is not None
    assert trainer.stop.kind == "converged"
    assert trainer.snapshot().gradient_norm < 1e-9
    expected = scipy_optimum(dataset, config)
    flat = trainer.parameters.flat()
    if config.activation == "softmax":
        # A common shift of all scores changes nothing but the penalty: b is free up to a constant.
        flat[-3:] -= flat[-3:].mean()
        expected[-3:] -= expected[-3:].mean()
    np.testing.assert_allclose(flat, expected, atol=2e-7, rtol=1e-6)


@pytest.mark.parametrize("optimizer", ["newton", "lbfgs"])
@pytest.mark.parametrize(
    ("activation", "loss"), [("sigmoid", "quadratic"), ("tanh", "quadratic"), ("softmax", "huber")]
)
def test_the_loss_never_rises_where_the_pair_is_not_convex(
    optimizer: str, activation: str, loss: str
) -> None:
    dataset = blobs(60, 2)
    config = TrainingConfig(
        activation=activation, loss=loss, optimizer=optimizer, initializer="saturated", epochs=60
    )
    trainer = Trainer(dataset, config)
    trainer.advance()
    losses = trainer.snapshot().history.loss
    assert len(losses) > 2
    assert np.diff(losses).max() <= 1e-12


@pytest.mark.parametrize(("dataset", "config"), CONVEX, ids=NAMES)
def test_the_hessian_is_the_difference_of_gradients(
    dataset: Dataset, config: TrainingConfig
) -> None:
    problem = pose(dataset, config.resolved(dataset))
    d, k = problem.shape
    part = problem.training
    flat = np.random.default_rng(1).normal(size=d * k + k) * 0.3

    def gradient(at: Float64s) -> Float64s:
        parameters = Parameters.from_flat(at, d, k)
        _, slopes = problem.objective.value_and_gradient(parameters, part.X, part.Y, part.weights)
        return np.asarray(slopes.flat(), np.float64)

    h = 1e-6
    numeric = np.array([gradient(flat + h * e) - gradient(flat - h * e) for e in np.eye(len(flat))])
    H = hessian(problem, Parameters.from_flat(flat, d, k))
    if not config.bias:
        # A bias that is not learnt has the identity in H, and its slope is zero by decree.
        H[-k:], numeric[-k:] = 0.0, 0.0
    np.testing.assert_allclose(H, numeric / (2.0 * h), atol=1e-6)
    np.testing.assert_allclose(H[:-k, :-k], H[:-k, :-k].T, atol=1e-15)


def test_newton_needs_one_step_for_a_parabola() -> None:
    trainer = Trainer(line(), TrainingConfig(optimizer="newton"))
    trainer.advance(1)
    assert trainer.snapshot().gradient_norm < 1e-9


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"batch_size": 10}, "batch_size"),
        ({"l1": 0.1}, "l1"),
        ({"activation": "identity", "loss": "hinge", "optimizer": "newton"}, "optimizer"),
    ],
)
def test_what_they_cannot_serve_is_refused(change: dict[str, object], field: str) -> None:
    fields = {"optimizer": "lbfgs", **change}
    with pytest.raises(ConfigError) as caught:
        TrainingConfig(**fields).resolved(blobs())  # pyright: ignore[reportArgumentType] - test data
    assert caught.value.field == field
    assert caught.value.hint


def test_newton_refuses_a_matrix_that_is_too_large() -> None:
    dataset = blobs(60, 670, 3)
    with pytest.raises(ConfigError, match="2000"):
        TrainingConfig(optimizer="newton").resolved(dataset)
    assert TrainingConfig(optimizer="lbfgs").resolved(dataset).learning_rate == 1.0
