"""Formulas are computed as NumPy would, and what goes wrong has a place."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.arrays import Float64s
from slp_core.errors import FormulaError
from slp_core.insight.formula.functions import FUNCTIONS
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.formula.limits import Limits, Watch
from slp_core.insight.formula.run import Evaluation, evaluate
from slp_core.insight.formula.source import read_formula
from slp_core.network.activations import ACTIVATIONS

N, M, K = 7, 3, 2
SIZES = Sizes(samples=N, features=M, outputs=K)


def values() -> dict[str, Float64s]:
    rng = np.random.default_rng(3)
    given: dict[str, Float64s] = {
        name: rng.normal(size=shape)
        for name, shape in (("X", (N, M)), ("Y", (N, K)), ("W", (M, K)), ("b", (K,)))
    }
    given["V"] = given["X"] @ given["W"] + given["b"]
    given["Z"] = np.tanh(given["V"])
    return given | {
        name: np.array(float(size)) for name, size in (("N", N), ("M", M), ("K", K), ("l2", 0.5))
    }


def run(source: str, **more: Float64s) -> Evaluation:
    return evaluate(read_formula(source), values() | more, SIZES)


@pytest.mark.parametrize(
    "text",
    [
        "X.T @ (Z - Y) / N + l2 * W",
        "-(X ** 2) - -X ** 3 * 2",
        "2 ** -1 ** 2 + X",
        "1 - 2 - 3 * X / 4 / 5",
        "(Z > Y) * 2.0 - (Z <= 0) * 1.0 + (Z != Y) * 1",
        "sum(Z, axis=0) + b",
        "sum(Z)",
        "mean(Z, axis=1, keepdims=True) * Z",
        "max(Z, axis=-1)",
        "where(Z > 0, Z, Y)",
        "clip(Z, -0.5, 0.5)",
        "outer(b, b) + eye(2)",
        "maximum(Z, 0) + minimum(Z, Y)",
        "dot(X.T, Z)",
        "ones((7, 2)) + zeros(7, 2)",
    ],
)
def test_the_same_as_numpy(text: str) -> None:
    import builtins

    names = {name: getattr(np, name) for name in FUNCTIONS if hasattr(np, name)}
    python = text.replace("zeros(7, 2)", "zeros((7, 2))")
    expected = builtins.eval(python, {"__builtins__": {}}, names | values())  # noqa: S307  # ours
    np.testing.assert_allclose(run(f"A = {text}").values["A"], expected, rtol=1e-15)


@pytest.mark.parametrize("key", [key for key, row in ACTIVATIONS.items() if row.elementwise])
def test_activations_and_their_slopes_are_the_program_s_own(key: str) -> None:
    V, row = values()["V"], ACTIVATIONS[key]
    found = run(f"A = {key}(V)\nB = d{key}(V)\nC = {key}(1)").values
    np.testing.assert_array_equal(found["A"], row.value(V))
    np.testing.assert_array_equal(found["B"], row.slope(V, row.value(V)))
    assert found["C"].shape == ()


def test_softmax_goes_over_the_outputs_in_both_conventions() -> None:
    V = values()["V"]
    expected = ACTIVATIONS["softmax"].value(V)
    np.testing.assert_allclose(run("A = softmax(V)").values["A"], expected, rtol=1e-15)
    sizes = Sizes(samples=N, features=M, outputs=K, convention="columns")
    turned = evaluate(read_formula("A = softmax(V)"), {"V": V.T}, sizes).values["A"]
    np.testing.assert_allclose(turned.T, expected, rtol=1e-15)


def test_a_plus_equals_adds() -> None:
    found = run("A = W\nA += 2 * W\nA -= W").values["A"]
    np.testing.assert_allclose(found, 2 * values()["W"], rtol=1e-15)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("log(Z * 0)", "log of zero in line 2, 14 entries, first at sample 1, output 1"),
        ("log(Z - Z - 1)", "log of a negative number in line 2"),
        ("1 / (Z * 0)", "division by zero in line 2"),
        ("exp(Z * 1e6 * sign(Z))", "exp overflows in line 2"),
        ("sqrt(Z * 0 - 1)", "sqrt of a negative number"),
        ("(Z * 0 - 1) ** 0.5", "root of a negative number"),
        ("(Z * 0 + 1e300) ** 2", "a power overflows"),
        ("(Z * 0 + 1e300) * 1e300", "a number overflows"),
        ("(Z * 0 + 1e300) @ eye(2) @ (eye(2) * 1e300)", "a number overflows"),
    ],
)
def test_what_leaves_the_finite_numbers_is_a_fact_with_a_place(text: str, said: str) -> None:
    found = run(f"a = 1\nA = {text}")
    assert str(found.facts[0]).startswith(said)
    assert found.facts[0].line == 2


def test_only_the_first_place_is_blamed() -> None:
    found = run("A = log(Z * 0)\nB = A * 2\nC = exp(B)\ndW = X.T @ A")
    assert [fact.line for fact in found.facts] == [1]
    Z = values()["Z"].copy()
    Z[4, 1] = 0.0
    found = run("A = where(Z == 0, 0, 1 / Z)", Z=Z)
    assert str(found.facts[0]) == (
        "division by zero in line 1, 1 entry, first at sample 5, output 2"
    )
    assert np.isfinite(found.values["A"]).all()


def test_an_evaluation_can_be_cancelled_between_two_operations() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 3

    formula = read_formula("A = exp(exp(exp(exp(exp(Z)))))")
    with pytest.raises(FormulaError) as caught:
        evaluate(formula, values(), SIZES, watch=Watch(cancelled=cancelled))
    assert caught.value.code == "formula.cancelled"
    assert len(asked) == 4


def test_an_evaluation_has_a_time_limit() -> None:
    with pytest.raises(FormulaError) as caught:
        evaluate(read_formula("A = exp(Z)"), values(), SIZES, watch=Watch(Limits(seconds=-1.0)))
    assert caught.value.code == "formula.limit"


def test_shapes_that_do_not_meet_are_refused_with_their_place() -> None:
    with pytest.raises(FormulaError) as caught:
        run("E = Z - Y\ndW = X @ E")
    assert (caught.value.line, caught.value.column) == (2, 8)
    assert "X.T" in caught.value.hint
