"""The objective by hand, at its edges, and in loops."""

from __future__ import annotations

import math
import tracemalloc

import numpy as np
import pytest

from slp_core.arrays import Floats
from slp_core.errors import ConfigError, DataError
from slp_core.network.objective import Objective
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace, block_rows

X = np.array([[1.0, 2.0], [3.0, -1.0]])
AT = Parameters(np.array([[0.5], [-0.25]]), np.array([0.1]))  # scores 0.1 and 1.85


def test_least_squares_by_hand() -> None:
    objective = Objective(activation="identity", loss="quadratic")
    Y = np.array([[1.0], [-1.0]])
    value, gradient = objective.value_and_gradient(AT, X, Y)
    np.testing.assert_allclose(value, 0.25 * (0.9**2 + 2.85**2), rtol=1e-15)
    np.testing.assert_allclose(gradient.W[:, 0], [3.825, -2.325], rtol=1e-14)
    np.testing.assert_allclose(gradient.b, [0.975], rtol=1e-14)


def test_logistic_regression_by_hand() -> None:
    objective = Objective(activation="sigmoid", loss="cross_entropy", l1=0.1, l2=0.2)
    Y = np.array([[1.0], [0.0]])
    value, gradient = objective.value_and_gradient(AT, X, Y)
    a, b = 1.0 / (1.0 + math.exp(-0.1)), 1.0 / (1.0 + math.exp(-1.85))
    penalty = 0.1 * 0.75 + 0.1 * (0.25 + 0.0625)
    np.testing.assert_allclose(value, -0.5 * (math.log(a) + math.log(1.0 - b)) + penalty)
    expected = [0.5 * (a - 1.0 + 3.0 * b) + 0.2, 0.5 * (2.0 * (a - 1.0) - b) - 0.15]
    np.testing.assert_allclose(gradient.W[:, 0], expected, rtol=1e-14)
    np.testing.assert_allclose(gradient.b, [0.5 * (a - 1.0 + b)], rtol=1e-14)


def test_a_sum_over_outputs_and_a_mean_over_samples() -> None:
    objective = Objective(activation="identity", loss="absolute")
    at = Parameters(np.zeros((2, 3)), np.array([1.0, 2.0, 4.0]))
    Y = np.zeros((2, 3))
    assert objective.value(at, X, Y) == 7.0
    np.testing.assert_array_equal(objective.sample_losses(objective.scores(at, X), Y), [7.0, 7.0])


def test_the_same_objective_for_every_view() -> None:
    objective = Objective(activation="tanh", loss="quadratic")
    V = objective.scores(AT, X)
    np.testing.assert_allclose(V, [[0.1], [1.85]], rtol=1e-14)
    np.testing.assert_array_equal(objective.outputs(V), np.tanh(V))
    assert objective.pair.status == "saturates"
    assert (objective.l1, objective.l2, objective.bias, objective.class_weights) == (
        0,
        0,
        True,
        None,
    )


def test_the_last_batch_of_an_epoch_may_be_smaller() -> None:
    rng = np.random.default_rng(0)
    objective = Objective(activation="softmax", loss="cross_entropy", l2=0.01)
    X, Y = rng.normal(size=(20, 4)), np.eye(3)[rng.integers(0, 3, 20)]
    at, workspace = Parameters(rng.normal(size=(4, 3)), np.zeros(3)), objective.workspace(8, 4, 3)
    gradient = Parameters.zeros(4, 3)
    for rows in (slice(0, 8), slice(8, 11), slice(11, 19), slice(19, 20), slice(0, 8)):
        objective.gradient_into(at, X[rows], Y[rows], workspace, gradient)
        wanted = objective.value_and_gradient(at, X[rows], Y[rows])[1]
        np.testing.assert_allclose(gradient.flat(), wanted.flat(), rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize(
    ("activation", "loss", "k"),
    [
        ("sigmoid", "cross_entropy", 1),
        ("softmax", "cross_entropy", 5),
        ("identity", "quadratic", 1),
        ("step", "perceptron", 1),
    ],
)
def test_canonical_pairs_allocate_nothing_in_the_loop(activation: str, loss: str, k: int) -> None:
    """Nothing that grows with the batch: NumPy's own buffers hold 8192 numbers at most."""
    rng, n, d = np.random.default_rng(0), 40_000, 3
    objective = Objective(activation=activation, loss=loss)
    X, at = rng.normal(size=(n, d)), Parameters(rng.normal(size=(d, k)), np.zeros(k))
    Y = np.eye(k)[rng.integers(0, k, n)] if k > 1 else rng.choice([1.0, -1.0], (n, 1))
    workspace, gradient = Workspace.allocate(n, d, k), Parameters.zeros(d, k)
    objective.gradient_into(at, X, Y, workspace, gradient)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    objective.gradient_into(at, X, Y, workspace, gradient)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak - before < n * X.itemsize / 2


def test_single_precision_stays_and_sums_in_double() -> None:
    rng = np.random.default_rng(0)
    n, d = 30_000, 8
    X, Y = rng.normal(size=(n, d)).astype(np.float32), rng.integers(0, 2, (n, 1)).astype(np.float32)
    at = Parameters(rng.normal(size=(d, 1)), np.array([0.3]))
    objective = Objective(activation="sigmoid", loss="cross_entropy")
    assert objective.workspace(n, d, 1, np.float32).rows < n
    value, gradient = objective.value_and_gradient(at, X, Y)
    assert gradient.W.dtype == gradient.b.dtype == np.float64
    wanted, slopes = objective.value_and_gradient(at, X.astype(np.float64), Y.astype(np.float64))
    np.testing.assert_allclose(value, wanted, rtol=1e-6)
    np.testing.assert_allclose(gradient.flat(), slopes.flat(), rtol=1e-5, atol=1e-7)
    assert objective.scores(at, X).dtype == np.float32


def test_a_block_fits_the_cache_and_is_never_empty() -> None:
    assert block_rows(32, 1, np.dtype(np.float32)) * 36 * 4 <= 512 * 1024
    assert block_rows(10**7, 1, np.dtype(np.float64)) == 32
    assert Workspace.allocate(0, 2, 1).V.shape == (0, 1)


def test_lists_and_whole_numbers_are_taken() -> None:
    objective = Objective(activation="identity", loss="quadratic")
    value = objective.value(Parameters([[1], [0]], [0]), [[2, 5], [4, 1]], [[1], [4]])  # pyright: ignore[reportArgumentType] - that lists work is the point
    assert value == 0.25


BAD_INPUTS: list[tuple[str, Floats, Floats, str]] = [
    ("width", np.ones((2, 3)), np.ones((2, 1)), r"X must have the shape \(samples, 2\)"),
    ("no samples", np.ones((0, 2)), np.ones((0, 1)), "at least one sample"),
    ("axes", np.ones(2), np.ones((2, 1)), "X must have two axes"),
    ("target axes", X, np.ones(2), "Y must have two axes"),
    ("target width", X, np.ones((2, 2)), r"\(2, 1\); got \(2, 2\)"),
    ("target rows", X, np.ones((3, 1)), r"\(2, 1\); got \(3, 1\)"),
    ("nan", np.array([[1.0, np.nan], [0.0, 0.0]]), np.ones((2, 1)), r"X holds 1 .* at \(0, 1\)"),
    ("inf", np.array([[1.0, 0.0], [-np.inf, 0.0]]), np.ones((2, 1)), r"X holds 1 .* at \(1, 0\)"),
    ("inf at no cost", np.array([[np.inf, 0.0], [9.0, 0.0]]), np.ones((2, 1)), r"at \(0, 0\)"),
    ("nan target", X, np.array([[1.0], [np.nan]]), r"Y holds 1 .* at \(1, 0\)"),
    ("text", np.array([["a", "b"]]), np.ones((1, 1)), "X must hold numbers"),
]


@pytest.mark.parametrize(
    ("inputs", "Y", "says"), [case[1:] for case in BAD_INPUTS], ids=[case[0] for case in BAD_INPUTS]
)
def test_bad_arrays_are_refused_with_their_shapes(inputs: Floats, Y: Floats, says: str) -> None:
    for loss in ("quadratic", "hinge"):
        objective = Objective(activation="identity", loss=loss)
        with pytest.raises(DataError, match=says):
            objective.value(AT, inputs, Y)
        with pytest.raises(DataError, match=says):
            objective.value_and_gradient(AT, inputs, Y)


@pytest.mark.parametrize(
    ("activation", "loss", "Y", "says"),
    [
        ("sigmoid", "cross_entropy", [[1.0], [-1.0]], "from 0 to 1; sample 1 has -1"),
        ("identity", "hinge", [[0.0], [1.0]], "-1 and 1; sample 0 has 0"),
        ("softmax", "cross_entropy", [[0.0, 1.0], [1.0, 1.0]], "add up to 1; sample 1 has 2"),
    ],
)
def test_targets_coded_for_another_loss_are_refused(
    activation: str, loss: str, Y: list[list[float]], says: str
) -> None:
    objective = Objective(activation=activation, loss=loss)
    with pytest.raises(DataError, match=says):
        objective.error_signal(np.zeros((2, len(Y[0]))), np.array(Y))


@pytest.mark.parametrize("weights", [np.ones(3), np.array([1.0, -1.0]), np.array([np.nan, 1.0])])
def test_bad_weights_are_refused(weights: Floats) -> None:
    objective = Objective(activation="identity", loss="quadratic")
    with pytest.raises(DataError, match="2 finite numbers of 0 or more"):
        objective.value(AT, X, np.ones((2, 1)), weights)


def test_softmax_with_a_single_output_is_refused() -> None:
    objective = Objective(activation="softmax", loss="quadratic")
    with pytest.raises(ConfigError, match="Softmax needs two outputs or more"):
        objective.value(AT, X, np.ones((2, 1)))
    with pytest.raises(ConfigError, match="Softmax needs two outputs or more"):
        objective.outputs(np.zeros((2, 1)))


@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
@pytest.mark.parametrize("field", ["l1", "l2"])
def test_bad_penalties_are_refused(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"{field} must be a number of 0 or more") as caught:
        Objective(
            activation="identity",
            loss="quadratic",
            l1=value if field == "l1" else 0.0,
            l2=value if field == "l2" else 0.0,
        )
    assert caught.value.field == field


def test_bad_class_weights_are_refused() -> None:
    with pytest.raises(ConfigError, match="one number of 0 or more per class"):
        Objective(activation="identity", loss="quadratic", class_weights=[1.0, -1.0])
    three = Objective(activation="identity", loss="quadratic", class_weights=[1.0, 1.0, 1.0])
    with pytest.raises(ConfigError, match="2 classes, but 3 class weights"):
        three.value(AT, X, np.ones((2, 1)))


def test_an_infinite_loss_is_a_value_and_no_error() -> None:
    objective = Objective(activation="step", loss="cross_entropy")
    assert objective.value(AT, X, np.zeros((2, 1))) == math.inf
    value, gradient = objective.value_and_gradient(AT, X, np.zeros((2, 1)))
    assert value == math.inf
    np.testing.assert_array_equal(gradient.flat(), 0.0)
    overflow = Objective(activation="identity", loss="quadratic")
    assert overflow.value(Parameters(AT.W * 1e200, AT.b), X, np.zeros((2, 1))) == math.inf
