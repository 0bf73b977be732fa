"""The best reachable loss: against SciPy, against closed forms, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import slp_core as slp
from slp_core.insight.optimum import best_loss
from slp_core.insight.optimum_linear import optimizer
from slp_core.insight.optimum_problem import posed, value
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.slp_core.training.examples import blobs, from_arrays, gaussians, line

CONVEX = [
    ("sigmoid", "cross_entropy"),
    ("softmax", "cross_entropy"),
    ("probit", "cross_entropy"),
    ("identity", "quadratic"),
    ("identity", "huber"),
    ("identity", "squared_hinge"),
]
STRAIGHT = [("identity", "hinge"), ("identity", "absolute")]
SATURATING = [("sigmoid", "quadratic"), ("tanh", "quadratic"), ("softmax", "quadratic")]
PAIRS = [*CONVEX, *STRAIGHT, *SATURATING]


def peer(dataset: slp.Dataset, config: TrainingConfig) -> float:
    """The smallest value SciPy finds, with derivatives of our own objective."""
    problem = posed(dataset, config)
    part, (d, k) = problem.training, problem.shape

    def both(theta: np.ndarray) -> tuple[float, np.ndarray]:
        found, slopes = problem.objective.value_and_gradient(
            Parameters.from_flat(theta, d, k), part.X, part.Y, part.weights
        )
        return found, slopes.flat()

    found = optimizer().minimize(
        both, np.zeros(d * k + k), jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000}
    )
    return float(found.fun)


@pytest.mark.parametrize(("activation", "loss"), CONVEX)
@pytest.mark.parametrize("options", [{}, {"l2": 0.03}, {"class_weights": "balanced"}])
@pytest.mark.parametrize("classes", [2, 3])
def test_convex_pairs_end_exactly(
    activation: str, loss: str, options: dict[str, object], classes: int
) -> None:
    dataset = blobs(70, 2, classes, seed=3)
    config = TrainingConfig(activation=activation, loss=loss, **options)  # pyright: ignore[reportArgumentType] - the options of the table above
    found = best_loss(dataset, config)
    assert found.exact
    assert found.starts == 1
    expected = peer(dataset, config)
    assert found.value == pytest.approx(expected, rel=2e-9)
    assert found.value <= expected * (1 + 1e-10)
    assert f"{found.value:.6g}" in found.text
    assert found.parameters is not None
    assert value(posed(dataset, config), found.parameters) == pytest.approx(found.value, rel=1e-9)


@pytest.mark.parametrize(("activation", "loss"), STRAIGHT)
@pytest.mark.parametrize("options", [{}, {"l2": 0.05}, {"l1": 0.05}, {"bias": False}])
def test_losses_of_straight_pieces_have_no_better_neighbour(
    activation: str, loss: str, options: dict[str, object]
) -> None:
    dataset = gaussians(60)
    config = TrainingConfig(activation=activation, loss=loss, **options)  # pyright: ignore[reportArgumentType] - the options of the table above
    found = best_loss(dataset, config)
    assert found.exact
    assert found.method == ("smoothing" if "l2" in options else "linear_programme")
    assert found.parameters is not None
    problem, random = posed(dataset, config), np.random.default_rng(0)
    assert value(problem, found.parameters) == pytest.approx(found.value, rel=1e-9)
    for size in (1e-4, 1e-2, 1.0):
        for _ in range(40):
            W = found.parameters.W + size * random.normal(size=found.parameters.W.shape)
            b = found.parameters.b + size * config.bias * random.normal(size=1)
            assert value(problem, Parameters(W, b)) >= found.value - 1e-9


def test_both_ways_around_a_kink_agree() -> None:
    """A penalty too small to matter sends hinge to the smoothed way."""
    dataset = gaussians(60)
    config = TrainingConfig(activation="identity", loss="hinge")
    corner = best_loss(dataset, config)
    rounded = best_loss(dataset, replace(config, l2=1e-12))
    assert rounded.method == "smoothing"
    assert rounded.value == pytest.approx(corner.value, rel=1e-8)


@pytest.mark.parametrize(("activation", "loss"), [*CONVEX[:2], ("identity", "quadratic")])
def test_an_l1_penalty_is_met_by_the_conditions_of_a_minimum(activation: str, loss: str) -> None:
    dataset = blobs(70, 4, 2, seed=5)
    config = TrainingConfig(activation=activation, loss=loss, l1=0.05, l2=0.01)
    found = best_loss(dataset, config)
    assert (found.exact, found.method) == (True, "proximal")
    assert found.parameters is not None
    free = posed(dataset, replace(config, l1=0.0))
    part = free.training
    _, slopes = free.objective.value_and_gradient(found.parameters, part.X, part.Y)
    alive = found.parameters.W != 0.0
    assert alive.any()
    np.testing.assert_allclose(
        slopes.W[alive], -0.05 * np.sign(found.parameters.W)[alive], atol=1e-8
    )
    assert (np.abs(slopes.W[~alive]) <= 0.05 + 1e-8).all()
    np.testing.assert_allclose(slopes.b, 0.0, atol=1e-8)


def test_separable_samples_have_an_infimum_and_no_minimum() -> None:
    dataset = slp.load_sample("separable")
    for activation, loss in [("sigmoid", "cross_entropy"), *SATURATING]:
        found = best_loss(dataset, TrainingConfig(activation=activation, loss=loss))
        assert (found.value, found.exact, found.attained) == (0.0, True, False)
        assert "separated" in found.text
    penalised = best_loss(dataset, TrainingConfig(l2=0.01))
    assert penalised.attained
    assert penalised.value > penalised.unpenalised == 0.0


def test_classes_of_which_some_can_be_separated_have_an_infimum_above_zero() -> None:
    found = best_loss(slp.load_sample("iris"), TrainingConfig())
    assert found.exact
    assert not found.attained
    # A classical figure: the deviance of the multinomial logit of iris is 11.9, over 2 · 150.
    assert found.value == pytest.approx(0.03966182, abs=1e-7)


@pytest.mark.parametrize(("activation", "loss"), SATURATING)
def test_other_pairs_are_the_best_of_several_starts_and_say_so(activation: str, loss: str) -> None:
    found = best_loss(blobs(60, 2, 2, seed=3), TrainingConfig(activation=activation, loss=loss))
    assert not found.exact
    assert found.starts > 4
    assert f"best of {found.starts} starts" in found.text
    assert found.value < found.baseline


def test_the_figure_of_the_two_clouds() -> None:
    dataset = slp.load_sample("two_gaussians")
    assert best_loss(dataset, TrainingConfig()).value == pytest.approx(0.226, abs=5e-4)


def test_a_regression_is_least_squares() -> None:
    dataset = line(80)
    found = best_loss(dataset, TrainingConfig())
    A = np.hstack([dataset.X, np.ones((80, 1))])
    residual = np.linalg.lstsq(A, dataset.values, rcond=None)[1][0]
    assert found.method == "least_squares"
    assert found.value == pytest.approx(residual / 160, rel=1e-12)
    assert found.baseline == pytest.approx(0.5 * dataset.values.var(), rel=1e-6)


def test_badly_scaled_features_are_solved_too() -> None:
    random = np.random.default_rng(0)
    X = random.normal(size=(60, 3)) * [1e-4, 1.0, 1e5] + [0.0, 50.0, 1e6]
    y = X @ [1e4, 1.0, 1e-5] + random.normal(size=60)
    raw = best_loss(from_arrays(X, y, scaling="none"), TrainingConfig())
    scaled = best_loss(from_arrays(X, y), TrainingConfig())
    assert raw.value == pytest.approx(scaled.value, rel=1e-8)


def test_the_perceptron_has_no_measure() -> None:
    config = TrainingConfig(loss="perceptron")
    assert "no measure" in best_loss(slp.load_sample("xor"), config).text
    assert "comes to rest" in best_loss(slp.load_sample("separable"), config).text


def test_cancelling_and_time_leave_an_answer_that_says_so() -> None:
    dataset = slp.load_sample("digits")
    config = TrainingConfig(activation="tanh", loss="quadratic")
    for found in (
        best_loss(dataset, config, cancelled=lambda: True),
        best_loss(dataset, config, seconds=0.0),
    ):
        assert (found.exact, found.cut) == (False, True)
        assert 0.0 < found.value <= found.baseline


def test_without_a_limit_of_time_the_answer_repeats() -> None:
    dataset = blobs(60, 2, 3)
    config = TrainingConfig(activation="sigmoid", loss="quadratic")
    first, second = (best_loss(dataset, config, seconds=None) for _ in range(2))
    assert first.value == second.value


def test_single_precision_is_solved_in_double() -> None:
    table = slp.sample_table("two_gaussians")
    single = slp.Dataset.from_table(table, "class", dtype=np.float32)
    double = slp.Dataset.from_table(table, "class")
    found = best_loss(single, TrainingConfig())
    assert found.exact
    assert found.value == pytest.approx(best_loss(double, TrainingConfig()).value, rel=1e-6)


@settings(deadline=None, max_examples=25)
@given(
    st.integers(0, 10_000), st.integers(2, 4), st.sampled_from([*CONVEX, *STRAIGHT, *SATURATING])
)
def test_no_run_ends_below_an_exact_answer(seed: int, classes: int, pair: tuple[str, str]) -> None:
    random = np.random.default_rng(seed)
    X = random.normal(size=(30, 2))
    labels = np.concatenate([np.arange(classes), random.integers(0, classes, 30 - classes)])
    config = TrainingConfig(activation=pair[0], loss=pair[1], epochs=150)
    dataset = from_arrays(X, labels)
    found = best_loss(dataset, config)
    reached = slp.train(dataset, config).snapshot.best_loss
    assert reached >= found.value - 1e-9 * max(1.0, abs(found.value))
    assert found.value <= found.baseline + 1e-9
