from __future__ import annotations

import numpy as np
import pytest

from app.dialogs.import_column_words import LONGEST_CELL, cell_text, contents_text
from app.dialogs.import_reading import Roles
from app.dialogs.import_verdict import learned_text
from slp_core.data.table import Column, Table

NAN = float("nan")


def roles(**changes: object) -> Roles:
    given: dict[str, object] = {
        "target": "class",
        "features": frozenset({"a", "b"}),
        "usual_target": "class",
        "usual_features": frozenset({"a", "b"}),
        "classes": 3,
        "used": 10,
        "notes": (),
    }
    return Roles(**(given | changes))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1.5, -2.25, NAN], "−2.25 to 1.5 · 1 missing"),
        ([7.0, 7.0, 7.0], "always 7"),
        ([0, 1, 0, 1, 1], "0 to 1 · 2 values: 1 3, 0 2"),
        ([1, 2, 3, 4], "1 to 4"),
        ([NAN, NAN, 3.0], "always 3 · 2 missing"),
    ],
)
def test_what_a_column_of_numbers_holds(values: list[float], text: str) -> None:
    assert contents_text(Column.of_numbers("x", np.array(values))) == text


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["b", "a", "b", ""], "2 classes: b 2, a 1 · 1 missing"),
        (["a", "a"], "1 class: a 2"),
        (["a", "b", "c", "d"], "4 different texts"),
        ([f"c{n % 9}" for n in range(90)], "… 3 more"),
        ([f"c{n % 60}" for n in range(90)], "60 different texts"),
        (["x" * 60, "x" * 60, "y"], "x…"),
    ],
)
def test_what_a_column_of_texts_holds(texts: list[str], words: str) -> None:
    assert words in contents_text(Column.of_texts("x", texts))


def test_an_empty_column_says_so() -> None:
    assert contents_text(Column.of_texts("x", ["", ""], "empty")) == "no values"


def test_cells_are_short_and_on_one_line() -> None:
    numbers = Column.of_numbers("x", np.array([1.0, -0.1, NAN, 1e-9]))
    assert [cell_text(numbers, row) for row in range(4)] == ["1", "−0.1", "", "1e-09"]
    texts = Column.of_texts("x", ["a\nb", "c" * 500, ""])
    assert cell_text(texts, 0) == "a ↵ b"
    assert len(cell_text(texts, 1)) == LONGEST_CELL
    assert cell_text(texts, 2) == ""


def test_what_will_be_learned() -> None:
    table = Table.from_columns("t", {"a": np.arange(12.0)})
    assert learned_text(roles(), table) == (
        "Learns class (3 classes) from 2 columns; 2 rows with missing cells left out."
    )
    one = roles(classes=0, used=12, features=frozenset({"a"}))
    assert learned_text(one, table) == "Learns class (a number) from 1 column."
    assert "1 row with" in learned_text(roles(used=11), table)
