"""Decisions of a person that do not suit the file: obeyed, and what speaks against them is said."""

from __future__ import annotations

from typing import Any

import pytest

from slp_core.data.reader import read_text
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Table
from slp_core.errors import DataError

GERMAN = "Name;Größe;Preis\n" + "".join(f"n{k};{k},5;1.{k}34,50\n" for k in range(1, 9))


def read(text: str = GERMAN, **told: Any) -> Table:
    return read_text(text, options=ReadingOptions(**told))


def said(table: Table) -> list[str]:
    return [problem.reason for problem in table.problems if problem.kind == "told_sign"]


@pytest.mark.parametrize(("sign", "name"), [(",", "comma"), ("\t", "tab"), (" ", "space")])
def test_a_wrong_separator_is_kept_and_the_right_one_named(sign: str, name: str) -> None:
    table = read(delimiter=sign)
    assert table.dialect.delimiter == sign
    assert len(said(table)) == 1
    assert f"told to be a {name}" in said(table)[0]
    assert "semicolon would be more regular (3 columns)" in said(table)[0]


def test_one_column_remains_a_doubt() -> None:
    assert any("only one column" in doubt for doubt in read(delimiter="\t").dialect.doubts)


@pytest.mark.parametrize("told", [{"delimiter": ";"}, {"decimal": ","}, {"thousands": "."}])
def test_the_right_decision_is_not_argued_with(told: dict[str, str]) -> None:
    assert said(read(**told)) == []


def test_a_wrong_decimal_mark_makes_texts_and_says_so() -> None:
    table = read(decimal=".")
    assert [column.kind for column in table.columns] == ["text", "text", "text"]
    assert "16 of the first cells have ','" in said(table)[0]


def test_a_wrong_decimal_mark_for_very_many_numbers_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("slp_core.data.passes.MANY_LOST", 10)
    with pytest.raises(DataError) as caught:
        read(decimal=".")
    assert caught.value.code == "csv.told_decimal"
    assert "2 columns would hold no numbers" in str(caught.value)
    texts = (("Größe", "text"), ("Preis", "text"))
    assert [c.kind for c in read(decimal=".", kinds=texts).columns] == ["text"] * 3
    assert read(decimal=",").column("Größe").kind == "number"


def test_a_wrong_quote_leaves_the_quotes_in_the_cells() -> None:
    table = read('a,b\n"x",1\n"y",2\n"z",3\n', quote="'")
    assert table.column("a").texts().tolist() == ['"x"', '"y"', '"z"']
    table = read('a,b\n"x",1\n"y",2\n"z",3\n', quote="")
    assert table.column("a").texts().tolist() == ['"x"', '"y"', '"z"']


def test_names_told_to_be_data_are_told_as_no_numbers() -> None:
    table = read(header=False)
    assert table.rows == 9
    assert [p.line for p in table.problems if p.kind == "not_a_number"] == [1, 1]


def test_data_told_to_be_names_are_names() -> None:
    table = read("1,2\n3,4\n5,6\n", header=True)
    assert (table.names, table.rows) == (("1", "2"), 2)


@pytest.mark.parametrize(
    ("told", "words", "hint"),
    [
        ({"skip": 100}, "no table behind the first 100 lines", "Skip fewer"),
        ({"skip": 9}, "no table behind the first 9 lines", "Skip fewer"),
        ({"comment": "n", "skip": 1}, "nothing but comments", "comment sign other than"),
    ],
)
def test_what_leaves_nothing_is_refused_with_what_to_do(
    told: dict[str, Any], words: str, hint: str
) -> None:
    with pytest.raises(DataError) as caught:
        read(**told)
    assert caught.value.code == "csv.blank"
    assert words in caught.value.message
    assert hint in caught.value.hint


def test_a_wrong_comment_sign_loses_rows_with_a_note() -> None:
    table = read(comment="n3")
    assert table.rows == 7
    assert any("1 line is a comment: line 4" in note for note in table.notes)
