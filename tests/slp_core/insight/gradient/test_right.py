"""Right formulas are right, however they are worded, and no mistake is ever named in them."""

from __future__ import annotations

import random

import pytest

from slp_core.insight.formula.axes import Convention
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.starts import STARTS, right_formula
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from tests.slp_core.insight.gradient.planted import USABLE, data, name
from tests.slp_core.insight.gradient.wordings import wording

EACH = 23


@pytest.mark.parametrize("of", USABLE, ids=name)
def test_a_thousand_wordings_and_no_wrong_name(of: Pair) -> None:
    """23 wordings of each of 44 pairs."""
    chance = random.Random(name(of))  # noqa: S311  # words, not secrets
    place = USABLE.index(of)
    for turn in range(EACH):
        n, d = ((40, 3), (9, 5), (30, 1))[(turn + place) % 3]
        k = 2 + turn % 2 if of.activation == "softmax" else 1 + 2 * (turn % 2)
        on = data(of, n, d, k, 0.25, seed=turn)
        formula = wording(of, chance)
        found = check_gradient(
            formula,
            X=on.X,
            Y=on.Y,
            activation=of.activation,
            loss=of.loss,
            l2=0.25,
            points=2,
            seed=turn,
            curve=False,
        )
        assert (found.verdict, found.ids) == ("right", ()), (formula, found.message)
        assert [row for row in found.shapes if row.state == "error"] == [], formula
        error = found.max_relative_error
        assert error is not None
        assert error < 1e-9, formula


def test_there_are_a_thousand_of_them() -> None:
    assert len(USABLE) * EACH >= 1000


@pytest.mark.parametrize("of", USABLE, ids=name)
@pytest.mark.parametrize("convention", ["rows", "columns"])
def test_the_start_of_every_pair_is_right(of: Pair, convention: Convention) -> None:
    k = 3 if of.activation == "softmax" else 1
    for outputs in (k, k + 1):
        on = data(of, 20, 2, outputs)
        found = check_gradient(
            right_formula(of, convention, l1=True),
            X=on.X,
            Y=on.Y,
            activation=of.activation,
            loss=of.loss,
            l1=0.05,
            l2=0.1,
            convention=convention,
            curve=False,
        )
        assert (found.verdict, found.ids) == ("right", ())
        assert [row for row in found.shapes if row.state != "ok"] == []
        assert [part.verdict for part in found.parts] == ["right"] * 4


@pytest.mark.parametrize("of", [*USABLE, pair("step", "quadratic")], ids=name)
def test_the_program_s_own_gradient_passes_its_own_check(of: Pair) -> None:
    on = data(of, 25, 3, 3)
    objective = Objective(activation=of.activation, loss=of.loss, l1=0.02, l2=0.1)
    found = check_gradient(
        objective.value_and_gradient,
        X=on.X,
        Y=on.Y,
        activation=of.activation,
        loss=of.loss,
        l1=0.02,
        l2=0.1,
    )
    assert (found.verdict, found.ids) == ("right", ())
    numeric = [row for row in found.components if row.numeric is not None]
    assert len(numeric) == len(found.components)
    assert all(abs(row.analytic - (row.numeric or 0.0)) < 1e-8 for row in numeric)


@pytest.mark.parametrize("start", STARTS.values(), ids=lambda start: start.key)
def test_the_formulas_of_the_questions_hold_what_they_say(start: object) -> None:
    from slp_core.insight.gradient.starts import Start

    assert isinstance(start, Start)
    of = pair(start.activation, start.loss)
    on = data(of, 60, 4, 3 if of.activation == "softmax" else 1)
    found = check_gradient(
        start.source,
        X=on.X,
        Y=on.Y,
        activation=start.activation,
        loss=start.loss,
        convention=start.convention,
        bias=start.bias,
    )
    assert found.ids == start.mistakes
    assert found.verdict == ("wrong" if start.mistakes else "right")
