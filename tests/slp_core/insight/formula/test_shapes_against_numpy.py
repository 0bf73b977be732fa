"""The ledger knows the shape of everything NumPy computes, and refuses what NumPy would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.arrays import Float64s
from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.formula.run import evaluate
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import read_formula

ATOMS = ["X", "Y", "W", "b", "V", "Z", "N", "l2", "2", "0.5", "ones(N, K)", "ones(M)", "eye(K)"]
UNARY = [
    *("-({0})", "({0}).T", "exp({0})", "dsigmoid({0})", "probit({0})", "softmax({0})"),
    *("sum({0})", "sum({0}, axis=0)", "mean({0}, axis=1, keepdims=True)", "max({0}, axis=-1)"),
    *("softmax({0}, axis=0)", "sum({0}, axis=-2)", "ones_like({0})", "sign(abs({0}))"),
]
BINARY = [
    *("({0} + {1})", "({0} * {1})", "({0} / {1})", "({0} @ {1})", "({0} ** {1})", "({0} < {1})"),
    *("dot({0}, {1})", "outer({0}, {1})", "maximum({0}, {1})", "where({0} > 0, {1}, {0})"),
]

EXPRESSIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        st.builds(str.format, st.sampled_from(UNARY), inner),
        st.builds(str.format, st.sampled_from(BINARY), inner, inner),
    ),
    max_leaves=8,
)


def given_arrays(sizes: Sizes) -> dict[str, Float64s]:
    rng = np.random.default_rng(0)
    return {name: rng.normal(size=value.shape) for name, value in sizes.given().items()} | {
        "N": np.array(float(sizes.samples)),
        "M": np.array(float(sizes.features)),
        "K": np.array(float(sizes.outputs)),
    }


@settings(deadline=None, max_examples=500)
@given(
    EXPRESSIONS,
    st.sampled_from([(5, 3, 2), (4, 4, 1), (3, 3, 3), (1, 2, 2), (6, 1, 1)]),
    st.sampled_from(["rows", "columns"]),
)
def test_what_the_ledger_says_is_what_comes_out(
    text: str, sizes: tuple[int, int, int], convention: Convention
) -> None:
    n, m, k = sizes
    of = Sizes(samples=n, features=m, outputs=k, convention=convention)
    formula = read_formula(f"A = {text}")
    found = ledger(formula, of)
    if found.faults:
        with pytest.raises(FormulaError):
            evaluate(formula, given_arrays(of), of)
        return
    shaped = found.shapes["A"]
    assert shaped is not None
    assert evaluate(formula, given_arrays(of), of).values["A"].shape == shaped.shape
    assert len(shaped.labels) == len(shaped.shape) <= 2
