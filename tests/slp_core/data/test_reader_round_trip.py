"""Random tables through random dialects and back; random bytes never do harm."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from slp_core.data.reader import read_csv
from slp_core.data.table import Table
from slp_core.errors import DataError

QUICK = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252", "utf-32-le")
WORDS = st.text("abcdefgäéßxyz, ;|'\"\n", min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**9), 10**9).map(float),
    st.decimals(-1000, 1000, places=3).map(float),
)


@dataclass(frozen=True)
class Dialect:
    """A way to write a table."""

    delimiter: str
    decimal: str
    encoding: str
    newline: str
    quote_all: bool
    header: bool
    quote: str = '"'
    thousands: str = ""
    comments: bool = False
    titles: int = 0


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """The part of a dialect that can be found out."""
    delimiter = draw(st.sampled_from(",;\t|"))
    decimal = draw(st.sampled_from(".,")) if delimiter != "," else "."
    quote_all = draw(st.booleans())
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    encoding, header = draw(st.sampled_from(ENCODINGS)), draw(st.booleans())
    return Dialect(delimiter, decimal, encoding, newline, quote_all, header)


@st.composite
def told_dialects(draw: st.DrawFn) -> Dialect:
    """Any dialect; all of it must be told."""
    plain = draw(dialects())
    marks = [mark for mark in (".", ",", "'", " ", "\u00a0") if mark != plain.decimal]
    return replace(
        plain,
        quote=draw(st.sampled_from("\"'")),
        thousands=draw(st.sampled_from(["", *marks])),
        comments=draw(st.booleans()),
        titles=draw(st.integers(0, 3)),
    )


@dataclass(frozen=True)
class Content:
    """Numbers (with None = missing) and words, column by column."""

    numbers: list[list[float | None]]
    words: list[str]


@st.composite
def contents(draw: st.DrawFn) -> Content:
    rows = draw(st.integers(2, 12))
    count = draw(st.integers(1, 3))
    cell = st.one_of(NUMBERS, NUMBERS, st.none())
    columns = [draw(st.lists(cell, min_size=rows, max_size=rows)) for _ in range(count)]
    words = draw(st.lists(WORDS, min_size=rows, max_size=rows))
    return Content(columns, words)


def number_text(value: float | None, dialect: Dialect) -> str:
    """The number as ``dialect`` writes it; groups of three where there is no exponent."""
    if value is None:
        return ""
    whole, point, rest = repr(value).partition(".")
    if dialect.thousands and "e" not in whole + rest:
        whole = f"{int(whole):,}" if whole not in ("0", "-0") else whole
        whole = whole.replace(",", dialect.thousands)
    return whole + point.replace(".", dialect.decimal) + rest


def write(path: Path, content: Content, dialect: Dialect) -> None:
    quoting = csv.QUOTE_ALL if dialect.quote_all else csv.QUOTE_MINIMAL
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=dialect.delimiter,
        quoting=quoting,
        lineterminator="\n",
        quotechar=dialect.quote,
    )
    for k in range(dialect.titles):
        buffer.write(f"Title {k}, of {dialect.delimiter} a report\n")
    if dialect.header:
        writer.writerow([f"x{k}" for k in range(len(content.numbers))] + ["word"])
    for k, word in enumerate(content.words):
        if dialect.comments and k % 2:
            buffer.write(f"# {k} 'as{dialect.delimiter} \"said\n\n")
        writer.writerow([*(number_text(c[k], dialect) for c in content.numbers), word])
    text = buffer.getvalue().replace("\n", dialect.newline)
    mark = "\ufeff" if dialect.encoding.startswith("utf-16") else ""
    path.write_bytes((mark + text).encode(dialect.encoding))


@given(content=contents(), dialect=told_dialects())
@settings(QUICK, max_examples=300)
def test_what_was_written_is_read_when_told_the_dialect(
    content: Content, dialect: Dialect, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    write(path, content, dialect)
    table = read_csv(
        path,
        encoding=dialect.encoding,
        delimiter=dialect.delimiter,
        decimal=dialect.decimal,
        thousands=dialect.thousands,
        quote=dialect.quote,
        comment="#" if dialect.comments else "",
        header=dialect.header,
        skip=dialect.titles,
    )
    assert table.rows == len(content.words)
    assert_same(table, content)
    # Words full of another separator may make one wonder; that is all that may be said.
    kinds = [problem.kind for problem in table.problems if problem.kind != "told_sign"]
    assert kinds == ["title"] * dialect.titles


def assert_same(table: Table, content: Content) -> None:
    """Every number bit for bit, every word as it was (line ends within a word become one)."""
    for column, numbers in zip(table.columns, content.numbers, strict=False):
        wanted = [np.nan if number is None else number for number in numbers]
        if column.kind != "empty":
            np.testing.assert_array_equal(column.values, np.array(wanted))
        assert column.missing == int(np.isnan(wanted).sum())
    words = table.columns[-1]
    assert words.kind in ("text", "bool")
    assert words.texts().tolist() == content.words


@given(
    rows=st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=4, max_size=12),
    dialect=dialects(),
)
@QUICK
def test_the_dialect_of_plain_tables_is_found(
    rows: list[list[float]], dialect: Dialect, tmp_path: Path
) -> None:
    assume(dialect.decimal == "." or any("." in repr(value) for row in rows for value in row))
    plain = [[round(value % 100, 2) for value in row] for row in rows]
    content = Content([list(column) for column in zip(*plain, strict=True)], ["äb", "ß"] * 6)
    short = Content(content.numbers, content.words[: len(rows)])
    write(tmp_path / "table.csv", short, dialect)
    table = read_csv(tmp_path / "table.csv")
    assert table.dialect.delimiter == dialect.delimiter
    assert table.dialect.header == dialect.header
    assert table.rows == len(rows)
    np.testing.assert_array_equal(table.matrix(), np.array(plain))


def table_or_error(path: Path) -> Table | DataError:
    try:
        return read_csv(path)
    except DataError as error:
        return error


def read_anything(path: Path, data: bytes) -> None:
    """Either a sound table or a `DataError` with what to do; nothing else, ever."""
    path.write_bytes(data)
    table = table_or_error(path)
    if isinstance(table, DataError):
        assert table.code != "csv.lines_unaccounted", data
        assert table.hint
        assert table.path == path
        return
    assert table.rows == len(table.lines) > 0
    assert all(len(column) == table.rows for column in table.columns)
    assert len(set(table.names)) == len(table.names)
    assert (np.diff(table.lines) > 0).all()


@given(data=st.binary(max_size=3000))
@settings(QUICK, max_examples=200)
def test_random_bytes(data: bytes, tmp_path: Path) -> None:
    read_anything(tmp_path / "data.csv", data)


SIGNS = list("1-#%\"',;\n\r\t \x1f\x1e\x0cé\u2028")
CHUNKS = ["2.5", "NA", "abc", "1,2,3\n", "x,y,z\n", '"a\nb"', "1e5", "sep=;\n", ",", "\n"]
PIECES = st.sampled_from([*SIGNS, *CHUNKS])


@given(pieces=st.lists(PIECES, max_size=120), encoding=st.sampled_from(ENCODINGS[:4]))
@settings(QUICK, max_examples=400)
def test_random_texts(pieces: list[str], encoding: str, tmp_path: Path) -> None:
    read_anything(tmp_path / "data.csv", "".join(pieces).encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b'"' * 300_000,
        b'"\n' * 5_000,
        b'a,"b\n' * 3_000,
        b"," * 60_000,
        b"\n" * 100_000 + b"1,2\n",
        b" " * 300_000,
        b"1," + b" " * 200_000 + b"2\n" + b"3,4\n" * 20,
        b"\xff\xfe" + b"\0" * 1001,
        b"1\x0b2\x1c3\x1d4\n" * 50,
        b"-" * 5000 + b"\n1\n2\n",
        b"9" * 5000 + b"\n1\n2\n",
    ],
)
def test_degenerate_files_end_in_a_table_or_a_sentence(data: bytes, tmp_path: Path) -> None:
    read_anything(tmp_path / "data.csv", data)
