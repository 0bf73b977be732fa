"""Every planted mistake is named, for every pair, on data of several sizes and dtypes."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.network.pairs import Pair, pair
from tests.slp_core.insight.gradient.planted import USABLE, Data, data, name, planted


def judged(formula: str, on: Data, of: Pair) -> GradientReport:
    return check_gradient(
        formula,
        X=on.X,
        Y=on.Y,
        activation=of.activation,
        loss=of.loss,
        l2=on.l2,
        curve=False,
        mend=False,
    )


@pytest.mark.parametrize("of", USABLE, ids=name)
def test_every_planted_mistake_is_named(of: Pair) -> None:
    place = USABLE.index(of)
    n, d = ((40, 3), (23, 5), (64, 2))[place % 3]
    k = (2, 3)[place % 2] if of.activation == "softmax" else (1, 3)[place % 2]
    on = data(of, n, d, k, 0.3)
    found = [(mistake, formula, judged(formula, on, of)) for mistake, formula in planted(of)]
    assert [
        (mistake, formula, report.ids)
        for mistake, formula, report in found
        if report.ids != (mistake,) or report.verdict != "wrong"
    ] == []


@pytest.mark.parametrize("size", [(2, 2, 2), (5, 1, 3), (17, 9, 4), (150, 9, 4)])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    "of", [pair("sigmoid", "cross_entropy"), pair("softmax", "cross_entropy")], ids=name
)
def test_on_data_of_any_size_and_dtype(
    of: Pair, size: tuple[int, int, int], dtype: type[np.floating]
) -> None:
    n, d, k = size
    k = 1 if of.activation == "sigmoid" else k
    on = data(of, n, d, k, 0.1, seed=n, dtype=dtype)
    for mistake, formula in planted(of):
        found = judged(formula, on, of)
        same = d == k == 1 and ").T" in formula
        assert found.ids == (() if same else (mistake,)), (formula, found.ids)
