"""The shape ledger: axes by name, what does not meet, what was summed too early."""

from __future__ import annotations

import pytest

from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.ledger import Ledger, LedgerRow, Sizes
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import read_formula

Q1 = "-(1/N) * ( Y @ (1/Z).T + (1-Y) @ (1 - 1/(Z-1)).T ) * dsigmoid(V) @ X"


def judged(source: str, k: int = 3, convention: Convention = "rows", n: int = 40) -> Ledger:
    sizes = Sizes(samples=n, features=2, outputs=k, convention=convention)
    return ledger(read_formula(source), sizes)


def row(found: Ledger, name: str) -> LedgerRow:
    return next(row for row in found.rows if row.name == name)


def test_every_line_has_its_shape_and_axes() -> None:
    found = judged("E = Z - Y\ndW = X.T @ E / N\ndb = mean(E, axis=0)")
    assert [(r.name, r.shape, r.axes, r.state) for r in found.lines] == [
        ("X", (40, 2), ("samples", "features"), "ok"),
        ("Y", (40, 3), ("samples", "outputs"), "ok"),
        ("Z", (40, 3), ("samples", "outputs"), "ok"),
        ("E", (40, 3), ("samples", "outputs"), "ok"),
        ("dW", (2, 3), ("features", "outputs"), "ok"),
        ("db", (3,), ("outputs",), "ok"),
    ]
    assert row(found, "X.T").depth == 1
    assert found.faults == ()
    assert row(found, "dW").as_dict() == {
        "name": "dW",
        "shape": [2, 3],
        "axes": ["features", "outputs"],
    }


def test_samples_as_columns() -> None:
    found = judged("E = Z - Y\ndW = E @ X.T / N\ndb = mean(E, axis=1, keepdims=True)", 3, "columns")
    assert row(found, "X").axes == ("features", "samples")
    assert (row(found, "dW").shape, row(found, "dW").axes) == ((3, 2), ("outputs", "features"))
    assert [r for r in found.rows if r.state != "ok"] == []


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("dW = X @ (Z - Y)", "X.T on the left would meet it"),
        ("dW = X.T @ (Z - Y).T", "(Z - Y) on the right would meet it"),
        ("dW = (Z - Y).T @ W.T", ""),
        ("E = Z * W", ""),
        ("E = Z - sum(Z, axis=1)", "keepdims=True"),
        ("E = Z + Y.T", "Y would meet it"),
        ("E = N @ X", "write * instead"),
        ("E = sum(X, axis=2)", "leave axis out"),
        ("E = softmax(N)", ""),
    ],
)
def test_shapes_that_do_not_meet_name_the_transpose_that_would(source: str, hint: str) -> None:
    found = judged(source)
    assert len(found.faults) == 1
    assert found.faults[0].code == "formula.shape"
    assert hint.lower() in found.faults[0].hint.lower()
    assert found.lines[-1].state == "error"
    assert found.lines[-1].shape is None


def test_lines_below_a_fault_are_unknown_and_others_go_on() -> None:
    found = judged("A = X @ X\nB = A + 1\nC = X.T @ Y")
    assert [(r.name, r.state) for r in found.lines][-3:] == [
        ("A", "error"),
        ("B", "unknown"),
        ("C", "ok"),
    ]


def test_q1_sums_too_early_and_misses_a_transpose() -> None:
    found = judged(f"dL_dW = {Q1}", 1, "columns")
    assert "3 features" not in found.faults[0].message
    assert "2 features" in found.faults[0].message
    assert "X.T on the right would meet it" in found.faults[0].hint
    early = [r for r in found.rows if r.state == "error" and r.shape]
    assert len(early) == 1
    assert "summed before" in early[0].note
    assert judged(f"dL_dW = {Q1}.T", 1, "columns").summed_too_early


@pytest.mark.parametrize(
    "source",
    [
        "dW = X.T @ (sum(Z - Y, axis=0) * dsigmoid(V))",
        "dW = outer(sum(X, axis=0), mean(Z - Y, axis=0))",
        "S = mean(Z - Y, axis=0, keepdims=True)\ndW = X.T @ (S * Z)",
        "P = exp(V) / sum(exp(V), axis=0)",
        "P = softmax(V, axis=0)",
    ],
)
def test_samples_summed_too_early_are_red(source: str) -> None:
    assert judged(source).summed_too_early


@pytest.mark.parametrize(
    "source",
    [
        "P = exp(V - max(V, axis=1, keepdims=True))\nP = P / sum(P, axis=1, keepdims=True)",
        "dW = (X.T @ X @ W - X.T @ Y) / N",
        "dW = X.T @ ((Z - Y) / sum(ones(N, 1)))",
        "dW = X.T @ (Z - Y) / sum(Y)",
        "E = Z * ((Z - Y) - sum(Z * (Z - Y), axis=1, keepdims=True))\ndW = X.T @ E / N",
        "dW = X.T @ (Z - Y) / N + l2 * W + l1 * sign(W)",
        "db = ones(1, N) @ (Z - Y) / N",
        "V = X @ W + ones(N, 1) * b",
    ],
)
def test_right_ways_of_summing_are_not(source: str) -> None:
    assert [r for r in judged(source).rows if r.state != "ok"] == []


def test_sizes_that_agree_by_chance_are_a_warning() -> None:
    assert row(judged("A = X @ Z", 3, n=2), "X @ Z".join(("(", ")"))).state == "warning"
    assert any(r.state == "warning" for r in judged("A = W.T * W", 2).rows)


@pytest.mark.parametrize(
    ("source", "convention", "state"),
    [
        ("dW = (Z - Y).T @ X", "rows", "error"),
        ("dW = X @ (Z - Y).T", "columns", "error"),
        ("dW = (Z - Y) @ X.T", "columns", "ok"),
        ("db = Z - Y", "rows", "error"),
        ("db = mean(Z - Y)", "rows", "error"),
        ("db = mean(Z - Y, axis=0, keepdims=True)", "rows", "ok"),
    ],
)
def test_results_must_have_the_shape_of_what_they_change(
    source: str, convention: Convention, state: str
) -> None:
    assert judged(source, 3, convention).lines[-1].state == state
    assert judged(source, 2, convention).lines[-1].state == state


def test_one_output_needs_no_second_axis() -> None:
    assert judged("dW = X.T @ sum(Z - Y, axis=1)\ndb = mean(Z - Y)", 1).lines[-2].state == "ok"
