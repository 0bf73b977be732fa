"""What a check promises besides names: thresholds, kinks, units, bounds, words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import slp_core as slp
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.starts import right_formula
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from tests.slp_core.insight.gradient.planted import data

SIGMOID: dict[str, Any] = {"activation": "sigmoid", "loss": "cross_entropy"}
SOFTMAX: dict[str, Any] = {"activation": "softmax", "loss": "cross_entropy"}
ENDS = "dW = X.T @ E / N + l2 * W\ndb = mean(E, axis=0)"
RIGHT = f"E = Z - Y\n{ENDS}"


def checked(formula: Any, of: dict[str, Any] = SIGMOID, **more: Any) -> GradientReport:
    on = data(pair(of["activation"], of["loss"]), 40, 4, 3 if of is SOFTMAX else 1)
    settings: dict[str, Any] = {"X": on.X, "Y": on.Y, "curve": False}
    return slp.check_gradient(formula, **(settings | of | more))


@pytest.mark.parametrize(
    ("off", "verdict"),
    [(1e-9, "right"), (1e-6, "suspicious"), (1e-3, "suspicious"), (0.1, "wrong")],
)
def test_the_thresholds(off: float, verdict: str) -> None:
    found = checked(f"E = Z - Y\ndW = X.T @ E / N * (1 + {off})\ndb = mean(E, axis=0)")
    assert found.verdict == verdict
    assert found.max_relative_error == pytest.approx(off / 2, rel=0.1)
    by_name = {part.name: part.verdict for part in found.parts}
    assert by_name == {"W": verdict, "b": "right"}


def test_both_zero_passes() -> None:
    found = slp.check_gradient(
        "dW = 0 * W\ndb = 0 * b", activation="step", loss="quadratic", curve=False
    )
    assert (found.verdict, found.cosine) == ("right", None)
    assert {row.relative_error for row in found.components} == {0.0}


def test_data_term_and_penalty_are_judged_apart() -> None:
    """A known teaching widget has 2 lambda in one place and lambda in the other."""
    found = checked("E = Z - Y\ndW = X.T @ E / N + 2 * l2 * W\ndb = mean(E, axis=0)", l2=1e-4)
    by_name = {part.name: part for part in found.parts}
    assert by_name["W, data term"].verdict == "right"
    assert by_name["W, penalty"].ratio == pytest.approx(2.0)
    assert found.ids == ("penalty_factor",)
    assert 1e-6 < (found.max_relative_error or 0.0) < 1e-2


@pytest.mark.parametrize(("scale", "shift"), [(1e6, 0.0), (1e-6, 0.0), (1.0, 1e4), (1e4, 1e5)])
def test_features_of_any_unit(scale: float, shift: float) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 3)) * np.array([1.0, scale, 10.0]) + np.array([0.0, shift, 0.0])
    Y = (rng.random((60, 1)) < 0.5).astype(float)
    assert checked(RIGHT, X=X, Y=Y).verdict == "right"
    assert checked(RIGHT.replace("Z - Y", "Y - Z"), X=X, Y=Y).ids == ("sign_flipped",)
    numeric = [row for row in checked(RIGHT, X=X, Y=Y).components if row.numeric is not None]
    assert numeric
    for row in numeric:
        assert abs(row.analytic - (row.numeric or 0.0)) <= 1e-6 * scale + 1e-6 * abs(row.analytic)


def test_a_point_on_a_kink_is_left_out_and_said() -> None:
    formula = f"E = (Z - Y) * drelu(V)\n{ENDS}"
    of: dict[str, Any] = {"activation": "relu", "loss": "quadratic"}
    found = checked(formula, of, parameters=slp.Parameters.zeros(4, 1))
    assert found.verdict == "right"
    assert len(found.points) == 2
    assert "lie on a kink" in found.remarks[0]
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.normal(size=(30, 4)), np.zeros((3, 4))])
    Y = (rng.random((33, 1)) < 0.5).astype(float)
    at = slp.Parameters(np.ones((4, 1)), np.zeros(1))
    found = checked(formula, of, X=X, Y=Y, parameters=at)
    assert [point.samples for point in found.points] == [30, 33, 33]
    assert "3 of 33 samples" in found.remarks[0]


def test_weights_of_zero_are_a_kink_of_the_penalty() -> None:
    formula = RIGHT.replace("l2 * W", "l1 * sign(W)")
    found = checked(formula, l1=0.1, parameters=slp.Parameters.zeros(4, 1))
    assert found.verdict == "right"
    skipped = [row for row in found.components if row.relative_error is None]
    assert len(skipped) == 4
    assert any("kink" in remark for remark in found.remarks)


def test_saturated_weights_are_right_on_paper_only() -> None:
    far = slp.Parameters(np.full((4, 1), 300.0), np.zeros(1))
    chain = f"E = ((1 - Y) / (1 - Z) - Y / Z) * Z * (1 - Z)\n{ENDS}"
    found = checked(chain, parameters=far)
    assert found.verdict == "suspicious"
    assert "Right on paper" in found.message
    assert "division by zero in line 1" in found.message
    assert found.facts
    assert checked(RIGHT, parameters=far).verdict == "right"


def test_a_mistake_is_named_although_the_current_weights_are_saturated() -> None:
    far = slp.Parameters(np.full((4, 1), 300.0), np.zeros(1))
    chain = f"E = ((1 - Y) / (1 - Z) - Y / Z) * Z * (1 - Z)\n{ENDS}".replace("/ N", "")
    found = checked(chain, parameters=far)
    assert (found.verdict, found.ids) == ("wrong", ("forgot_mean",))


@pytest.mark.parametrize("points", [1, 2, 5])
def test_names_rest_on_three_points_at_least(points: int) -> None:
    one: dict[str, Any] = {"X": np.array([[0.5], [-1.0]]), "Y": np.array([[1.0], [0.0]])}
    odd = "E = (Z - Y) * 1.25\ndW = X.T @ E / N\ndb = mean(E, axis=0)"
    assert checked(odd, points=points, **one).ids == ()
    assert checked(RIGHT.replace("Z - Y", "Y - Z"), points=points, **one).ids == ("sign_flipped",)


def test_a_large_data_set_is_checked_in_part_and_said() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100_000, 3)).astype(np.float32)
    Y = (rng.random((100_000, 1)) < 0.5).astype(np.float32)
    found = checked(RIGHT, X=X, Y=Y)
    assert found.verdict == "right"
    assert {point.samples for point in found.points} == {2000}
    assert "on 2000 of 100000 samples" in found.remarks[0]
    found = checked(RIGHT, X=X, Y=Y, rows=[5, 7, 9])
    assert {point.samples for point in found.points} == {3}
    found = checked(RIGHT, X=X[:300], Y=Y[:300], rows=10)
    assert {point.samples for point in found.points} == {10}


def test_many_weights_are_differenced_in_part() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(30, 800))
    Y = (rng.random((30, 1)) < 0.5).astype(float)
    found = checked(RIGHT, X=X, Y=Y)
    assert found.verdict == "right"
    assert len(found.components) == 1000
    assert 0 < sum(row.numeric is not None for row in found.components) < 1000


def test_the_sweep_is_lowest_in_the_middle() -> None:
    sweep = checked(RIGHT, curve=True).sweep
    assert sweep is not None
    best = sweep.steps[int(np.argmin(sweep.program))]
    assert 1e-7 < best < 1e-3
    assert min(sweep.program) < 1e-9
    assert sweep.program[0] > 1e-5
    assert sweep.program[-1] > 1e-7
    wrong = checked(RIGHT.replace("/ N", ""), curve=True).sweep
    assert wrong is not None
    assert min(wrong.yours) > 1.0


def test_the_components_are_sorted_and_turned_as_the_formula_sees_them() -> None:
    formula = "E = Y - Z\ndW = E @ X.T / N\ndb = mean(E, axis=1, keepdims=True)"
    found = checked(formula, SOFTMAX, convention="columns")
    errors = [row.relative_error or 0.0 for row in found.components]
    assert errors == sorted(errors, reverse=True)
    places = {(row.row, row.column) for row in found.components if row.parameter == "W"}
    assert places == {(i, j) for i in range(3) for j in range(4)}
    assert {row.point for row in found.components} == {0, 1, 2}


def test_a_cancelled_check_stops() -> None:
    asked: list[int] = []

    def later() -> bool:
        asked.append(1)
        return len(asked) > 40

    with pytest.raises(slp.FormulaError) as caught:
        checked("E = (Z - Y) ** 3\n" + ENDS, SOFTMAX, cancelled=later)
    assert caught.value.code == "formula.cancelled"
    assert len(asked) == 41


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"points": 0}, "points"),
        ({"convention": "sideways"}, "convention"),
        ({"rows": [99]}, "rows"),
        ({"rows": 0}, "rows"),
        ({"Y": None}, "Y"),
        ({"l2": -1.0}, "l2"),
        ({"loss": "odd"}, "loss"),
        ({"parameters": slp.Parameters.zeros(9, 9)}, "parameters"),
    ],
)
def test_settings_that_cannot_be_used(more: dict[str, Any], field: str) -> None:
    with pytest.raises(slp.ConfigError) as caught:
        checked(RIGHT, **more)
    assert caught.value.field == field


def test_on_a_data_set_the_pair_follows_the_task() -> None:
    assert (
        slp.check_gradient(RIGHT, dataset=slp.load_sample("iris"), curve=False).verdict == "right"
    )
    assert slp.check_gradient(RIGHT, dataset=slp.load_sample("noisy_line")).verdict == "right"


def test_the_report_prints_well_and_has_the_keys_of_the_command_line() -> None:
    found = checked("E = Y - Z\ndW = X.T @ E / N\ndb = mean(E, axis=0)")
    text = str(found)
    for words in ("Wrong: sign flipped", "W[", "b[0]", "E = Z - Y", "40 x 4 (samples, features)"):
        assert words in text
    assert max(len(line) for line in text.splitlines()) < 160
    assert list(found.as_dict()) == [
        "verdict",
        "max_relative_error",
        "cosine",
        "mistakes",
        "message",
        "components",
        "shapes",
    ]
    refused = GradientReport.refused(slp.FormulaError("No.", line=2, column=3, hint="Do so."))
    assert refused.as_dict()["verdict"] == "refused"
    assert refused.message == "Line 2, column 3: No. Do so."


def test_the_same_seed_gives_the_same_report() -> None:
    first, second = (checked(RIGHT, seed=5).as_dict() for _ in range(2))
    assert first == second
    assert checked(RIGHT, seed=6).as_dict() != first


@pytest.mark.parametrize("scale", [1e2, 1e5, 1e6, 1e9, 1e100, 1e151])
@pytest.mark.parametrize(
    ("activation", "loss"),
    [("identity", "quadratic"), ("sigmoid", "cross_entropy"), ("softmax", "cross_entropy")],
)
def test_rounding_in_a_large_loss_is_no_mistake(activation: str, loss: str, scale: float) -> None:
    """Weights that ran away: a difference of 1e302 says nothing, and blames nobody."""
    rng, judged = np.random.default_rng(0), pair(activation, loss)
    k = 3 if activation == "softmax" else 1
    Y = np.eye(3)[rng.integers(0, 3, 50)] if k == 3 else rng.integers(0, 2, (50, 1)).astype(float)
    at = Parameters(scale * rng.normal(size=(3, k)), np.zeros(k))
    X = rng.normal(size=(50, 3))
    settings: dict[str, Any] = {"activation": activation, "loss": loss, "parameters": at}
    right = right_formula(judged, "rows")
    report = check_gradient(right, X=X, Y=Y, **settings)
    assert (report.verdict, report.ids) == ("right", ())
    assert (report.sweep is None) == any("mostly rounding" in text for text in report.remarks)
    climbing = check_gradient(right.replace("Z - Y", "Y - Z"), X=X, Y=Y, **settings)
    assert climbing.ids == ("sign_flipped",)


@pytest.mark.parametrize("scale", [1e5, 1e6, 1e9])
def test_large_targets_leave_a_right_formula_right(scale: float) -> None:
    """Prices of houses: the loss is 1e10, and known to 1e-6 of a component only."""
    rng = np.random.default_rng(1)
    X, Y = rng.normal(size=(50, 3)), scale * rng.normal(size=(50, 1))
    right = right_formula(pair("identity", "quadratic"), "rows")
    data: dict[str, Any] = {"X": X, "Y": Y, "activation": "identity", "loss": "quadratic"}
    assert check_gradient(right, **data).verdict == "right"
    assert check_gradient(right.replace("/ N", ""), **data).ids == ("forgot_mean",)
