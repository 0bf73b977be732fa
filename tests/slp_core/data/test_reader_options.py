"""What a person settled about a file, kept as a value, and kinds of columns told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.reader import read_csv, read_table, read_text
from slp_core.data.reading_options import ReadingOptions
from slp_core.errors import ConfigError

TEXT = st.text(max_size=5)
OPTIONS = st.builds(
    ReadingOptions,
    **{
        name: st.none() | TEXT
        for name in ("encoding", "delimiter", "decimal", "thousands", "quote", "comment")
    },
    header=st.none() | st.booleans(),
    skip=st.none() | st.integers(0, 100),
    missing=st.none() | st.lists(TEXT).map(tuple),
    kinds=st.dictionaries(TEXT, st.sampled_from(["number", "text"])).map(
        lambda kinds: tuple(kinds.items())
    ),
)


@given(OPTIONS)
@settings(deadline=None)
def test_options_survive_json(options: ReadingOptions) -> None:
    words = json.dumps(options.as_dict())
    again = ReadingOptions.from_dict(json.loads(words))
    assert again == options
    assert hash(again) == hash(options)


def test_what_is_left_to_the_reader_is_not_kept() -> None:
    assert ReadingOptions().as_dict() == {}
    assert ReadingOptions(quote="", header=False).as_dict() == {"quote": "", "header": False}


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"delimiter": 5}, "delimiter"),
        ({"header": "yes"}, "header"),
        ({"skip": True}, "skip"),
        ({"skip": 1.5}, "skip"),
        ({"missing": "NA"}, "missing"),
        ({"missing": [1]}, "missing"),
        ({"kinds": [["a", "text"]]}, "kinds"),
        ({"kinds": {"a": "date"}}, "kinds"),
    ],
)
def test_wrong_fields_are_named(mapping: dict[str, Any], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        ReadingOptions.from_dict(mapping)
    assert caught.value.field == field


def test_an_unknown_kind_is_refused() -> None:
    kinds: Any = {"a": "date"}
    with pytest.raises(ConfigError, match="kinds") as caught:
        read_csv("nowhere.csv", kinds=kinds)
    assert caught.value.allowed == ("number", "text")


def test_a_table_by_options_is_the_table_of_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("x;y\n1,5;-\n2,5;7\n")
    options = ReadingOptions(delimiter=";", decimal=",", header=False, missing=("-",))
    table = read_table(path, options)
    same = read_csv(path, delimiter=";", decimal=",", header=False, missing=["-"])
    assert table.dialect == same.dialect
    assert [c.texts().tolist() for c in table.columns] == [c.texts().tolist() for c in same.columns]
    assert read_table(path).dialect.header


MIXED = "id,size,kind\n007,1,a\n008,x,b\n009,y,c\n010,4.5,a\n"


def test_a_told_number_lists_what_is_none_and_makes_it_missing() -> None:
    table = read_text(MIXED, options=ReadingOptions(kinds=(("size", "number"),)))
    size = table.column("size")
    assert (size.kind, size.missing) == ("number", 2)
    np.testing.assert_array_equal(size.values, [1, np.nan, np.nan, 4.5])
    told = [(p.line, p.column, p.text, p.kind) for p in table.problems]
    assert told == [(3, "size", "x", "not_a_number"), (4, "size", "y", "not_a_number")]


def test_a_told_number_without_any_number_is_empty_and_says_why() -> None:
    table = read_text(MIXED, options=ReadingOptions(kinds=(("kind", "number"),)))
    assert table.column("kind").kind == "empty"
    assert [p.line for p in table.problems if p.column == "kind"] == [2, 3, 4, 5]


def test_a_told_text_keeps_its_cells_as_written() -> None:
    table = read_text(MIXED, options=ReadingOptions(kinds=(("id", "text"), ("size", "text"))))
    assert table.column("id").texts().tolist() == ["007", "008", "009", "010"]
    assert table.column("size").texts().tolist() == ["1", "x", "y", "4.5"]
    assert not table.problems


@pytest.mark.parametrize("cells", ["yes no yes", "2020-01-01 2021-01-01 2022-01-01"])
def test_a_told_text_is_neither_truth_nor_date(cells: str) -> None:
    text = "n,a\n" + "".join(f"{k},{cell}\n" for k, cell in enumerate(cells.split()))
    assert read_text(text).column("a").kind in ("bool", "date")
    table = read_text(text, options=ReadingOptions(kinds=(("a", "text"),)))
    assert table.column("a").kind == "text"


def test_a_told_kind_stays_however_the_cells_turn_out(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    rows = [f"{k},{k}\n" for k in range(40_000)] + [f"{k},w{k % 7}\n" for k in range(60_000)]
    path.write_text("a,b\n" + "".join(rows))
    assert read_csv(path).column("b").kind == "text"
    column = read_csv(path, kinds={"b": "number"}).column("b")
    assert (column.kind, column.missing) == ("number", 60_000)
    assert read_csv(path, kinds={"a": "text"}).column("a").texts()[7] == "7"


def test_a_kind_for_a_column_that_is_not_there_is_told() -> None:
    table = read_text(MIXED, options=ReadingOptions(kinds=(("weight", "text"),)))
    assert [(p.column, p.kind) for p in table.problems if p.line is None][:1] == [
        ("weight", "no_such_column")
    ]
