"""Every kind of verdict on a real run, against the exact answers, and on none that is healthy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import slp_core as slp
from slp_core.insight.optimum_answers import exact_answers
from slp_core.insight.verdict import Verdict, judge
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate
from tests.slp_core.training.examples import from_arrays

PAIRS = {"mse": {"activation": "sigmoid", "loss": "quadratic"}}
FAR = Parameters(np.array([[-8.0], [-8.0]]), np.zeros(1))


def verdict(name: str, share: float | None = None, **options: object) -> Verdict:
    dataset = slp.load_sample(name)
    config = TrainingConfig(**options)  # pyright: ignore[reportArgumentType] - settings by name
    if share is not None:
        limit = largest_rate(dataset, config.resolved(dataset))
        config = replace(config, learning_rate=share * (limit or 1.0))
    return slp.train(dataset, config).verdict


@pytest.mark.parametrize(
    ("kind", "name", "share", "options"),
    [
        ("not_finite", "noisy_line", 1e6, {}),
        ("diverged", "noisy_line", 1.2, {"epochs": 40}),
        ("bouncing", "overlapping", 2.0, {}),
        ("saturated", "saturated_start", None, {**PAIRS["mse"], "start": FAR, "epochs": 400}),
        ("saturated", "two_gaussians", None, {"activation": "step", "loss": "quadratic"}),
        ("penalty_dominates", "iris", None, {"l2": 3.0}),
        ("too_slow", "two_gaussians", 1e-4, {"epochs": 300}),
        ("too_slow", "separable", 1e-5, {"epochs": 300}),
        ("separable", "separable", None, {}),
        ("separable", "wine", None, {"optimizer": "adam"}),
        ("separable", "separable", None, {**PAIRS["mse"]}),
        ("converged", "two_gaussians", None, {}),
        ("converged", "xor", None, {}),
        ("converged", "noisy_line", None, {}),
        ("converged", "iris", None, {"l2": 0.01}),
        ("converged", "two_gaussians", None, {"activation": "identity", "loss": "hinge"}),
        ("converged", "separable", None, {"activation": "identity", "loss": "hinge"}),
        ("converged", "two_gaussians", None, {"batch_size": 16, "epochs": 100}),
        ("converged", "two_gaussians", None, {**PAIRS["mse"]}),
        ("improving", "iris", None, {"epochs": 50}),
        ("improving", "two_gaussians", None, {"epochs": 0}),
    ],
)
def test_kinds(kind: str, name: str, share: float | None, options: dict[str, object]) -> None:
    if kind == "saturated" and "start" in options:
        options = {**options, "learning_rate": 0.5}
    found = verdict(name, share, **options)
    assert found.kind == kind, found.text
    assert found.text.endswith(".")
    assert "\n" not in found.text
    assert len(found.text) < 400


def test_a_rate_that_throws_samples_into_saturation_is_blamed_and_not_the_start() -> None:
    found = verdict("two_gaussians", 30.0, **PAIRS["mse"])
    assert found.kind == "saturated"
    assert "30 times the largest stable one, threw them there" in found.text
    assert "smaller start" not in found.text
    far = {**PAIRS["mse"], "start": FAR, "epochs": 400, "learning_rate": 0.5}
    assert "smaller start" in verdict("saturated_start", None, **far).text


def test_as_good_as_one_layer_gets_says_so_with_its_numbers() -> None:
    found = verdict("two_gaussians")
    assert "loss 0.2261, best 0.2261" in found.text
    poor = verdict("xor")
    assert "add features" in poor.text
    assert "add features" not in verdict("noisy_line").text


def test_a_local_optimum_is_told_from_the_best() -> None:
    """Measured: from zeros tanh + quadratic ends at 0.4953 on XOR, other starts at 0.4910."""
    found = verdict("xor", activation="tanh", loss="quadratic")
    assert found.kind == "converged"
    assert "local optimum" in found.text
    assert "0.491" in found.text


def test_how_long_it_still_takes() -> None:
    found = verdict("iris", epochs=100)
    assert found.kind == "improving"
    assert "epochs at this pace" in found.text
    assert "of the way from a constant answer to the best, 0.03966, is left" in found.text


def test_the_evidence_has_the_figures() -> None:
    lines = " ".join(verdict("overlapping", 2.0).evidence)
    for words in (
        "at the start",
        "Best reachable loss",
        "Gradient norm",
        "2 times the largest stable one",
        "Cosine of the last gradient",
        "cannot separate",
    ):
        assert words in lines


def test_without_exact_answers_there_is_a_verdict_too() -> None:
    """The window asks with every frame, before the answers are there."""
    dataset = slp.load_sample("separable")
    snapshot = slp.train(dataset, TrainingConfig()).snapshot
    assert judge(snapshot).kind == "separable"
    bounce = slp.train(slp.load_sample("overlapping"), TrainingConfig(learning_rate=30.0))
    assert judge(bounce.snapshot).kind == "bouncing"
    kinked = slp.train(
        slp.load_sample("overlapping"), TrainingConfig(activation="identity", loss="hinge")
    )
    assert judge(kinked.snapshot).kind != "bouncing"


def test_answers_belong_to_data_and_settings_and_not_to_a_run() -> None:
    dataset = slp.load_sample("moons")
    answers = exact_answers(dataset, TrainingConfig())
    assert answers.separability is not None
    assert answers.separability.separable is False
    assert answers.baseline.loss == pytest.approx(np.log(2))
    assert answers.floor.errors == 0
    assert answers.stable_rate is not None
    assert answers.rate_at_best is not None
    assert answers.rate_at_best > answers.stable_rate
    assert not answers.cut
    assert exact_answers(slp.load_sample("cars"), TrainingConfig()).separability is None
    rushed = exact_answers(slp.load_sample("digits"), TrainingConfig(l2=0.1), seconds=0.0)
    assert rushed.cut


@settings(deadline=None, max_examples=40)
@example(
    seed=0,
    activation="probit",
    loss="cross_entropy",
    exponent=2,
    options={"l1": 0.0, "l2": 0.0, "bias": False, "batch_size": 3, "initializer": "zeros"},
)
@given(
    seed=st.integers(0, 10_000),
    activation=st.sampled_from(list(slp.ACTIVATIONS)),
    loss=st.sampled_from(list(slp.LOSSES)),
    exponent=st.integers(-6, 8),
    options=st.fixed_dictionaries(
        {
            "l1": st.sampled_from([0.0, 0.0, 0.1]),
            "l2": st.sampled_from([0.0, 0.0, 0.1, 100.0]),
            "bias": st.booleans(),
            "batch_size": st.sampled_from(["full", 3]),
            "initializer": st.sampled_from(list(slp.INITIALIZERS)),
        }
    ),
)
def test_any_run_on_any_data_gets_a_sentence_and_no_warning(
    seed: int, activation: str, loss: str, exponent: int, options: dict[str, Any]
) -> None:
    random = np.random.default_rng(seed)
    rows, columns = int(random.integers(4, 30)), int(random.integers(1, 5))
    X = random.normal(size=(rows, columns)) * 10.0 ** random.integers(-6, 7, columns)
    dataset = from_arrays(X, np.arange(rows) % int(random.integers(2, 4)), scaling="none")
    try:
        config = TrainingConfig(
            activation=activation, loss=loss, learning_rate=10.0**exponent, epochs=20, **options
        )
        result = slp.train(dataset, config)
    except slp.ConfigError:
        return
    said = [result.verdict.text, *(row.text for row in result.findings), *result.verdict.evidence]
    assert all(text and "nan" not in text for text in said)
    best = result.diagnosis.answers.best
    if best.exact and np.isfinite(result.snapshot.best_loss):
        assert result.snapshot.best_loss >= best.value - 1e-6 * max(1.0, abs(best.value))


@pytest.mark.parametrize(("epochs", "words"), [(2, "% above the best that one layer"), (400, "")])
def test_the_evidence_says_how_far_above_the_best_the_loss_is(epochs: int, words: str) -> None:
    dataset = slp.load_sample("two_gaussians")
    result = slp.train(dataset, TrainingConfig(epochs=epochs))
    lines = " ".join(result.verdict.evidence)
    best = result.diagnosis.answers.best.value
    if words:
        share = result.snapshot.loss / best - 1.0
        assert f"The loss is {share:.0%} above" in lines
    else:
        assert "above the best" not in lines
