"""Whatever is typed, a check ends in a report or a FormulaError, and what it proposes is right."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.errors import FormulaError
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.network.pairs import pair
from tests.slp_core.insight.gradient.planted import USABLE, Data, data
from tests.slp_core.insight.gradient.wordings import wording

PIECES = [
    *("+", "-", "*", "/", "@", "**", "X", "Y", "Z", "W", "V", "b", "N", "2", "1", "0", ".T", "E"),
    *("log(Z)", "sum(E)", "axis=0", "axis=1", "(", ")", "exp(V)", "l2", "ones(N, K)", "\nL = "),
]


def mutated(source: str, chance: random.Random) -> str:
    """The source with a few pieces put in, taken out or exchanged."""
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(source) + 1)
        taken = chance.choice((0, 0, 1, 1, 2))
        source = source[:place] + chance.choice([*PIECES, "", ""]) + source[place + taken :]
    return source


def checked(source: str, on: Data, place: int) -> GradientReport | None:
    of = USABLE[place]
    try:
        return check_gradient(
            source, X=on.X, Y=on.Y, activation=of.activation, loss=of.loss, l2=0.1, points=2
        )
    except FormulaError:
        return None


@settings(deadline=None, max_examples=300)
@given(st.randoms(use_true_random=False), st.integers(0, len(USABLE) - 1))
def test_mutated_gradients_get_a_verdict(chance: random.Random, place: int) -> None:
    of = USABLE[place]
    on = data(of, chance.choice((1, 3, 8)), chance.choice((1, 3)), chance.choice((1, 3)))
    report = checked(mutated(wording(of, chance), chance), on, place)
    if report is None:
        return
    assert str(report)
    assert report.as_dict()["mistakes"] == list(report.ids)
    if report.verdict == "right":
        assert report.ids == ()
    if report.fix is not None:
        again = checked(report.fix.source, on, place)
        assert again is not None
        assert again.verdict == "right", (report.fix.source, again.message)


@pytest.mark.parametrize(
    "source", ["dW = X.T @ log(Y) / N\ndb = mean(log(Y))", "dW = W / 0\ndb = b / 0"]
)
def test_numbers_that_are_not_finite_have_a_place(source: str) -> None:
    of = pair("sigmoid", "cross_entropy")
    report = checked(source, data(of), USABLE.index(of))
    assert report is not None
    assert report.verdict == "wrong"
    assert "line 1" in report.message
    assert report.cosine is None
