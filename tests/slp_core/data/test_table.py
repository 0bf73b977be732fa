"""Tables and columns as others use them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.data.inspection import describe
from slp_core.data.table import Column, Dialect, Problem, Table
from slp_core.errors import DataError


def table() -> Table:
    return Table.from_columns(
        "made",
        {
            "x": np.array([1.5, np.nan, -2.0]),
            "word": ["a", "", "b"],
            "yes": np.array([True, False, True]),
            "count": np.array([1, 2, 3]),
        },
    )


def test_kinds_values_and_missing_cells() -> None:
    made = table()
    assert [column.kind for column in made.columns] == ["number", "text", "bool", "number"]
    assert [column.missing for column in made.columns] == [1, 1, 0, 0]
    assert made.column("word").values.tolist() == ["a", "", "b"]
    assert made.column("yes").texts().tolist() == ["true", "false", "true"]
    assert made.lines.tolist() == [1, 2, 3]
    assert made.rows == len(made.column("x")) == 3


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_numbers_print_as_short_as_they_read(kind: type[np.floating]) -> None:  # pyright: ignore[reportMissingTypeArgument, reportUnknownParameterType] -- either width
    column = Column.of_numbers("x", np.array([0, 1.0, -2.5, 0.1, np.nan], kind))
    assert column.texts().tolist() == ["0", "1", "-2.5", "0.1", ""]


def test_arrays_are_read_only_and_not_the_callers() -> None:
    mine = np.array([1.0, 2.0])
    values = Table.from_columns("made", {"x": mine}).column("x").values
    mine[0] = 9.0
    assert values[0] == 1.0
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 3.0


def test_an_absent_column_names_those_there_are() -> None:
    with pytest.raises(DataError, match="no column 'z'") as caught:
        table().column("z")
    assert "x, word, yes, count" in caught.value.hint


def test_columns_of_different_length_are_refused() -> None:
    with pytest.raises(DataError, match="differ in length"):
        Table.from_columns("made", {"x": [1.0], "y": [1.0, 2.0]})


def test_a_column_of_nothing_is_an_error() -> None:
    with pytest.raises(DataError, match="neither numbers nor codes"):
        len(Column("x", "number", 0))


def test_the_matrix_has_all_number_columns() -> None:
    np.testing.assert_array_equal(table().matrix(), [[1.5, 1], [np.nan, 2], [-2, 3]])
    assert Table.from_columns("made", {"w": ["a", "b"]}).matrix().shape == (2, 0)


def test_what_inspect_says() -> None:
    made = table()
    dialect = Dialect(sure=False, doubts=("perhaps not",))
    problem = Problem(3, "x", "oops", "'oops' is not a number", "it is missing", "not_a_number")
    told = describe(
        Table("made", None, dialect, made.columns, 3, (problem,), ("a note",), made.lines)
    )
    columns: Any = told.pop("columns")
    assert [(each["name"], each["kind"], each["missing"]) for each in columns] == [
        ("x", "number", 1),
        ("word", "text", 1),
        ("yes", "bool", 0),
        ("count", "number", 0),
    ]
    assert told == {
        "encoding": "utf-8",
        "delimiter": ",",
        "decimal": ".",
        "thousands": None,
        "quote": '"',
        "comment": None,
        "header": True,
        "skipped_lines": 0,
        "rows": 3,
        "notes": ["a note"],
        "problems": [
            {
                "line": None,
                "column": None,
                "text": "",
                "reason": "perhaps not",
                "outcome": "",
            },
            {
                "line": 3,
                "column": "x",
                "text": "oops",
                "reason": "'oops' is not a number; it is missing",
                "outcome": "it is missing",
            },
        ],
    }


def test_rows_are_called_by_number_and_by_the_line_of_a_file() -> None:
    made = Table.from_columns("made", {"x": np.arange(1200.0)})
    assert made.row_name(16) == "row 17"
    assert made.row_name(1100) == "row 1,101"
    read = replace(made, path=Path("a.csv"), lines=made.lines + 1)
    assert read.row_name(16) == "row 17, line 18"
    lines = read.lines.copy()
    lines[3] = 0
    assert replace(read, lines=lines).row_name(3) == "row 4, new"
    assert read.row_name(5000) == "row 5,001"
    pasted = replace(read, path=None, dialect=Dialect(data_line=2))
    assert pasted.row_name(16) == "row 17, line 18"
