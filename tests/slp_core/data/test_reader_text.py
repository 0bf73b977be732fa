"""A paste from a spreadsheet is read like a file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.reader import read_text
from slp_core.data.reading_options import ReadingOptions
from slp_core.errors import ConfigError, DataError


def test_cells_copied_from_a_spreadsheet() -> None:
    table = read_text('size\tnote\r\n1,5\t"two\nlines"\r\n2,5\t"a ""word"""\r\n-3,25\tplain')
    assert (table.name, table.path) == ("clipboard", None)
    assert (table.dialect.delimiter, table.dialect.decimal) == ("\t", ",")
    assert table.column("size").values.tolist() == [1.5, 2.5, -3.25]
    assert table.column("note").texts().tolist() == ["two\nlines", 'a "word"', "plain"]
    assert table.lines.tolist() == [2, 4, 5]


def test_the_cell_signs_of_a_paste_are_found() -> None:
    table = read_text("a\tb\r\n1\t\r\n\t2\r\n")
    assert [column.missing for column in table.columns] == [1, 1]


def test_a_name_and_options_are_obeyed() -> None:
    options = ReadingOptions(encoding="cp1252", header=False)
    table = read_text("ä,1\nß,2\n", name="pasted cells", options=options)
    assert (table.name, table.dialect.encoding) == ("pasted cells", "utf-8")
    assert table.columns[0].texts().tolist() == ["ä", "ß"]
    with pytest.raises(ConfigError):
        read_text("a,b\n1,2\n", options=ReadingOptions(decimal="x"))


def test_text_with_many_signs_beyond_ascii_is_not_taken_for_another_encoding() -> None:
    table = read_text("\ufeffname\tn\r\n" + "".join(f"語{k}\t{k}\r\n" for k in range(30)))
    assert table.names == ("name", "n")
    assert table.columns[0].texts()[2] == "語2"


def test_half_a_surrogate_pair_becomes_a_mark() -> None:
    assert read_text("a\tb\nx\ud800\t1\ny\t2\n").columns[0].texts().tolist() == ["x\ufffd", "y"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "csv.empty"), (" \n\n", "csv.blank"), ("<html><body>", "csv.foreign"), ("a\tb", None)],
)
def test_what_is_no_table_is_refused(text: str, code: str | None) -> None:
    with pytest.raises(DataError) as caught:
        read_text(text)
    assert caught.value.code == (code or "csv.no_rows")
    assert caught.value.path is None
    assert caught.value.hint
    assert "clipboard" in caught.value.message


def test_progress_and_cancelling() -> None:
    shares: list[float] = []
    read_text("a,b\n1,2\n", progress=shares.append)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    with pytest.raises(DataError) as caught:
        read_text("a,b\n1,2\n", cancelled=lambda: True)
    assert caught.value.code == "cancelled"


WORDS = st.text("abc äß\n\"';,", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.integers(-999, 999), WORDS), min_size=2, max_size=20), st.booleans())
@settings(deadline=None)
def test_any_paste_comes_back(rows: list[tuple[int, str]], final: bool) -> None:
    cells = [(str(number), '"' + word.replace('"', '""') + '"') for number, word in rows]
    text = "\r\n".join("\t".join(row) for row in [("n", "word"), *cells]) + "\r\n" * final
    table = read_text(text, options=ReadingOptions(delimiter="\t", quote='"', header=True))
    np.testing.assert_array_equal(table.column("n").values, [number for number, _ in rows])
    assert table.column("word").texts().tolist() == [word for _, word in rows]
