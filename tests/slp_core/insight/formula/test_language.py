"""What the formula language reads, what it refuses, and where it says so."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.errors import FormulaError
from slp_core.insight.formula.functions import FUNCTIONS, GIVEN
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.formula.limits import Limits
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import read_formula, read_lines

RIGHT = (
    "dW = X.T @ (Z - Y) / N",
    "E = (Z - Y) * dsigmoid(V)  # chain rule\n\ndW = X.T @ E / N + l2 * W\ndb = sum(E, 0) / N",
    "dW = (X.T\n  @ (Z - Y)\n) / N",
    "dW = X.T @ where(Y * Z < 1, -Y, 0) / N\r\ndW += l1 * sign(W)\r\ndb = -mean(Y, axis=-1)",
    "P = exp(V) / sum(exp(V), axis=1, keepdims=True)\ngW = 2.5e-1 * -X.T @ (Y - P) ** 2 ** -1",
    "A = ones((N, 1)) + zeros(N, K) + eye(3) * True",
    "",
    "# nothing but a remark",
)

REFUSED = (
    ("dW = (", 1, 7, "value"),
    ("dW = 1 +", 1, 9, "value"),
    ("dW = np.exp(Z)", 1, 6, "not needed"),
    ("dW = X.sum()", 1, 8, "sum(A, axis=0)"),
    ("dW = X.__class__", 1, 8, "no meaning"),
    ("dW", 1, 3, "="),
    ("E = Z\ndW = z", 2, 6, "Did you mean Z?"),
    ("import os", 1, 1, "not part"),
    ("dW = __import__('os')", 1, 6, "letter"),
    ("dW = open(Z)", 1, 6, "no function"),
    ("dW = 2X", 1, 6, "2 *"),
    ("dW = X[0]", 1, 7, "no indexing"),
    ("dW = [1]", 1, 6, "no indexing"),
    ("dW = 'text'", 1, 6, "no text"),
    ("dW = sum(Z, axis=N)", 1, 18, "0, 1 or -1"),
    ("dW = sum(Z, axes=0)", 1, 13, "axis, keepdims"),
    ("dW = sum(Z, axis=0, axis=1)", 1, 21, "twice"),
    ("dW = sum(axis=0, Z)", 1, 18, "last"),
    ("dW = Z Z", 1, 8, "without a sign"),
    ("dW = (Z Z)", 1, 9, "without a sign"),
    ("dW = sum", 1, 6, "Call it"),
    ("dW = Z(3)", 1, 6, "not a function"),
    ("dW = a = 2", 1, 6, "no value"),
    ("dW = Z = 2", 1, 8, "=="),
    ("dW = 0 < V < 1", 1, 12, "chained"),
    ("dW = (1, 2)", 1, 8, "comma"),
    ("dW = Z, Y", 1, 7, "comma"),
    ("dW = sigmoid()", 1, 6, "takes 1, not 0"),
    ("dW = maximum(Z)", 1, 6, "takes 2, not 1"),
    ("dW = σ(V)", 1, 6, "sigmoid"),
    ("dW += 1", 1, 1, "no value yet"),
    ("sum = 1", 1, 1, "function"),
    ("dW = exp(Z", 1, 9, "never closed"),
    ("dW = Z)", 1, 7, "never opened"),
    ("dW = lambda", 1, 6, "not part"),
    ("dW = Z ^ 2", 1, 8, "**"),
    ("dW = mean(Z, keepdims=1)", 1, 23, "True or False"),
    ("dW = 1e999", 1, 6, "too large"),
    ("dW = 1; db = 2", 1, 7, "each line"),
    ("5 = Z", 1, 1, "name"),
    ("dW = [z for z in X]", 1, 6, "no indexing"),
)


@pytest.mark.parametrize("source", RIGHT)
def test_formulas_are_read(source: str) -> None:
    read_formula(source)


@pytest.mark.parametrize(("source", "line", "column", "said"), REFUSED)
def test_a_refusal_says_where_and_what_is_allowed(
    source: str, line: int, column: int, said: str
) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(source)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert said in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    "source",
    [
        "dW = " + "(" * 5000,
        "dW = " + "-" * 5000 + "1",
        "dW = 1" + " + 1" * 2400,
        "dW = 1" + " ** 1" * 1500,
        "dW = " + "exp(" * 1500,
        "dW = X" + ".T" * 3000,
        "a = 1\n" * 201,
        "dW = 1" * 5000,
        "\n".join(f"a{n} = Z * Z * Z * Z * Z * Z * Z" for n in range(190)),
    ],
)
def test_what_is_too_large_is_refused_at_once(source: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula(source)
    assert caught.value.code in ("formula.limit", "formula")


def test_results_go_by_several_names() -> None:
    formula = read_formula("dL_dW = X.T @ (Z - Y)\ngrad_b = mean(Z - Y, axis=0)\nL = mean(Z)")
    assert (formula.weights, formula.bias, formula.loss) == ("dL_dW", "grad_b", "L")
    assert read_formula("A = X").weights is None
    assert formula.used == {"X", "Y", "Z"}


def test_an_editor_hears_of_every_line() -> None:
    formula, errors = read_lines("a = 1\nb2 = σ\nc = a + q\ndW = a * W\nd = (")
    assert [line.name for line in formula.lines] == ["a", "dW"]
    assert [error.line for error in errors] == [2, 3, 5]
    assert formula.text(formula.lines[1]) == "dW = a * W"
    assert len(read_lines("σ\n" * 3000)[1]) <= 21
    assert read_lines("a" * 20_000)[1][0].code == "formula.limit"


def test_every_function_can_be_called_as_its_signature_says() -> None:
    values = {"A": "X", "B": "X", "C": "X", "a": "b", "low": "0", "high": "1"}
    for row in FUNCTIONS.values():
        name, _, arguments = row.signature.partition("(")
        for word, value in values.items():
            arguments = re.sub(rf"\b{word}\b(?!=)", value, arguments)
        read_formula(f"Q = {name}({arguments}")
        assert row.key == name
        assert row.summary.endswith(".")


WORDS = [*FUNCTIONS, *GIVEN, "dW", "E", "1", "0.5", "(", ")", ",", "=", ".T", "axis", "keepdims"]
SIGNS = ["+", "-", "*", "/", "**", "@", "<", "==", "\n", " ", "True", "+=", "#", "0", "$", "é"]


def judged(source: str) -> None:
    """Read and walk through a formula; only a FormulaError with a place may come out of it."""
    refused: list[FormulaError] = []
    read_or_refused(source, refused)
    assert all(error.line >= 1 and error.column >= 1 and error.message for error in refused)


def read_or_refused(source: str, refused: list[FormulaError]) -> None:
    try:
        formula = read_formula(source)
    except FormulaError as error:
        refused.append(error)
        return
    ledger(formula, Sizes(samples=4, features=3, outputs=2))


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(source: str) -> None:
    judged(source)
    judged(f"dW = {source}")
    read_lines(source)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=40))
def test_any_words_are_read_or_refused(words: list[str]) -> None:
    judged("dW = " + "".join(words))
    judged(" ".join(words))


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(RIGHT[:6]), st.randoms(use_true_random=False))
def test_mutated_formulas_are_read_or_refused(source: str, chance: random.Random) -> None:
    letters = list(source)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(letters))
        match chance.randrange(3):
            case 0:
                letters[place] = chance.choice("()+-*/@.,=XYZWT01 \n#'[]é\0")
            case 1:
                del letters[place]
            case _:
                letters.insert(place, letters[chance.randrange(len(letters))])
        letters = letters or ["x"]
    judged("".join(letters))


def test_hostile_sizes_are_refused_before_anything_is_computed() -> None:
    sizes = Sizes(samples=1_000_000, features=100, outputs=10)
    begun = time.monotonic()
    for source in (
        "A = outer(X, X)",
        "A = ones(20000000, 20000000)",
        "A = X @ X.T",
        "A = ones(N, M) @ ones(M, N)",
        "\n".join(f"A{n} = ones(5000, 3900)" for n in range(100)),
        "A = ones(4000, 4000)\n" + "\n".join("A = A @ A" for _ in range(20)),
    ):
        found = ledger(read_formula(source), sizes)
        assert found.faults[0].code == "formula.limit", source
    assert time.monotonic() - begun < 60  # computing them would take hours, not this


def test_limits_can_be_chosen() -> None:
    with pytest.raises(FormulaError) as caught:
        read_formula("dW = X + X + X + X", Limits(nodes=5))
    assert "more than 5 parts" in caught.value.message
