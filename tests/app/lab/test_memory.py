"""What was typed comes back in the next session, for its pair, and nothing else does."""

from __future__ import annotations

import json

import pytest
from pytestqt.qtbot import QtBot

from app.lab.asked import Options
from app.lab.memory import LONGEST, MOST, Kept, as_texts, formula_for, from_texts, with_formula
from app.lab.view import GradientLab
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from tests.app.lab.conftest import SIGMOID, now, type_in

pytestmark = pytest.mark.qt_log_ignore("does not support")
OPTIONS = Options(convention="columns", at_weights=False, pair=("identity", "quadratic"), bias=True)
MINE = "dW = X.T @ (Z - Y)\ndb = sum(Z - Y, axis=0)"


def test_formulas_come_back_as_they_were() -> None:
    kept = with_formula([], SIGMOID, "dW = X\n# é", OPTIONS)
    assert from_texts(as_texts(kept)) == kept
    assert formula_for(kept, SIGMOID) == Kept(("sigmoid", "cross_entropy"), "dW = X\n# é", OPTIONS)
    assert formula_for(kept, pair("identity", "quadratic")) is None


def test_the_newest_come_first_and_only_so_many() -> None:
    kept: list[Kept] = []
    pairs = [pair(a, b) for a in ACTIVATIONS for b in LOSSES]
    for number, judged in enumerate(pairs):
        kept = with_formula(kept, judged, f"dW = {number}", Options())
    assert len(kept) == MOST
    assert kept[0].pair == (pairs[-1].activation, pairs[-1].loss)
    again = with_formula(kept, pairs[-2], "dW = 1", Options())
    assert len(again) == MOST
    assert [row.source for row in again[:2]] == ["dW = 1", kept[0].source]


def test_too_long_and_empty_formulas_are_not_kept() -> None:
    assert with_formula([], SIGMOID, "x" * (LONGEST + 1), Options()) == []
    assert with_formula([], SIGMOID, "  \n", Options()) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "[" * 100_000,
        json.dumps({"model": ["sigmoid", "cross_entropy"]}),
        json.dumps({"model": ["sigmoid", "nonsense"], "source": "dW = X"}),
        json.dumps({"model": ["sigmoid", ["cross_entropy"]], "source": "dW = X"}),
        json.dumps({"model": ["sigmoid", "cross_entropy"], "source": ["dW = X"]}),
        json.dumps({"model": ["sigmoid", "cross_entropy"], "source": "x" * (LONGEST + 1)}),
    ],
)
def test_what_cannot_be_read_was_never_kept(text: str) -> None:
    assert from_texts([text]) == []


def test_choices_that_cannot_be_read_are_the_usual_ones() -> None:
    row = {"model": ["sigmoid", "cross_entropy"], "source": "dW = X", "convention": "diagonal"}
    (kept,) = from_texts([json.dumps({**row, "bias": 3, "pair": ["a"], "at_weights": "no"})])
    assert kept.options == Options()


def test_what_was_typed_is_told_and_brought_back_once(lab: GradientLab, qtbot: QtBot) -> None:
    told: list[list[Kept]] = []
    lab.kept.connect(told.append)
    right = lab.editor.value()
    type_in(lab, MINE)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert told[-1][0].source == MINE

    other = GradientLab()
    qtbot.addWidget(other)
    other.recall(told[-1])
    other.show_moment(now())
    assert other.editor.value() == MINE
    assert "last time" in other.note.text.text()
    other.editor.undo()
    assert other.editor.value() == right
    other.show_moment(now())
    assert other.editor.value() == right
    other.shut_down()


def test_what_the_program_has_put_in_is_not_remembered(lab: GradientLab, qtbot: QtBot) -> None:
    told: list[object] = []
    lab.kept.connect(told.append)
    lab.begin_with("q1_printed")
    qtbot.wait(400)
    lab.begin_with("right")
    qtbot.wait(400)
    assert told == []
