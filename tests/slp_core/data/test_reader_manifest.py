"""Every file of the manifest comes out as it says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.data.inspection import describe
from slp_core.data.reader import read_csv
from slp_core.data.table import Column, Table
from slp_core.errors import DataError

CASES = Path(__file__).parents[2] / "data" / "csv" / "cases"
MANIFEST: list[dict[str, Any]] = json.loads((CASES / "manifest.json").read_text("utf-8"))
TABLES = [case for case in MANIFEST if case["outcome"] == "table"]
# What is told about a file whose manifest has a note; a word of it must occur.
TOLD = {
    "53_unterminated_quote.csv": "quote",
    "59_r_rownames.csv": "row names",
    "63_ambiguous_decimal.csv": "as regular",
    "67_count_header_sklearn.csv": "counts",
    "71_blank_record.csv": "no value",
}
ENCODINGS = {"latin-1": "cp1252"}  # the same for all letters, and a superset
KINDS = {"num": "number"}
BAD = ("ragged", "quote")


def place(case: dict[str, Any], folder: Path) -> Path:
    """The file of the case, under its own name."""
    path = CASES / case["file"]
    if "*" not in case["file"]:
        return path
    starred = folder / path.name
    shutil.copy(path.with_name("star.csv"), starred)
    return starred


def by_file(cases: list[dict[str, Any]]) -> Any:
    return pytest.mark.parametrize("case", cases, ids=[case["file"] for case in cases])


@by_file(TABLES)
def test_the_dialect_is_found(case: dict[str, Any], tmp_path: Path) -> None:
    dialect = read_csv(place(case, tmp_path)).dialect
    assert dialect.encoding == ENCODINGS.get(case["encoding"], case["encoding"])
    assert (dialect.delimiter, dialect.quote) == (case["delimiter"], case["quote"])
    assert (dialect.decimal, dialect.thousands) == (case["decimal"], case["thousands"])
    assert dialect.comment == case["comment"]
    assert dialect.header == (case["header"] is not None)
    assert dialect.skip == case["skip"]


@by_file(TABLES)
def test_rows_and_kinds(case: dict[str, Any], tmp_path: Path) -> None:
    table = read_csv(place(case, tmp_path))
    assert [column.kind for column in table.columns] == [KINDS.get(k, k) for k in case["kinds"]]
    if case["bad_kind"] == "quote":  # one stray quote costs one row, not the rest of the file
        assert table.rows >= case["n_rows"]
    else:
        assert table.rows == case["n_rows"]
    rows: list[list[str]] = case.get("rows") or case["first_rows"]
    for j, column in enumerate(table.columns):
        assert_cells(column, [row[j] for row in rows], case)
    for j, column in enumerate(table.columns):
        last = [row[j] for row in case.get("last_rows", [])]
        assert_cells(tail(column, len(last)), last, case)


def tail(column: Column, count: int) -> Column:
    numbers, codes = column.numbers, column.codes
    start = len(column) - count
    return Column(
        column.name,
        column.kind,
        0,
        None if numbers is None else numbers[start:],
        None if codes is None else codes[start:],
        column.distinct,
    )


def assert_cells(column: Column, cells: list[str], case: dict[str, Any]) -> None:
    """The first cells of ``column`` are ``cells``."""
    if column.kind != "number":
        assert column.texts()[: len(cells)].tolist() == cells
        return
    assert column.numbers is not None
    plain = [cell.replace(case["thousands"] or "\0", "") for cell in cells]
    wanted = [float(cell.replace(case["decimal"], ".") or "nan") for cell in plain]
    np.testing.assert_array_equal(column.numbers[: len(cells)], wanted)


@by_file(TABLES)
def test_bad_lines_are_listed(case: dict[str, Any], tmp_path: Path) -> None:
    table = read_csv(place(case, tmp_path))
    assert [problem.line for problem in table.problems if problem.kind in BAD] == case["bad"]
    assert not set(table.lines.tolist()) & set(case["bad"])


@by_file([case for case in TABLES if case["header"] and not case.get("header_junk")])
def test_names_are_the_files_own_or_repaired_and_said(case: dict[str, Any], tmp_path: Path) -> None:
    table = read_csv(place(case, tmp_path))
    told = {problem.column for problem in table.problems if problem.kind == "name"}
    given: list[str] = case["header"]
    names = table.names[-len(given) :]
    assert all(name == raw or name in told for name, raw in zip(names, given, strict=True))
    assert len(set(table.names)) == len(table.columns) == case["n_columns"]


@by_file([case for case in TABLES if case["note"]])
def test_what_the_note_says_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    told: Any = describe(read_csv(place(case, tmp_path)))["problems"]
    assert any(TOLD[case["file"]] in problem["reason"] for problem in told)


@by_file([case for case in MANIFEST if case["outcome"] == "error"])
def test_what_is_no_table_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(DataError) as caught:
        read_csv(CASES / case["file"])
    assert caught.value.hint
    assert caught.value.path == CASES / case["file"]


def test_a_line_with_nul_bytes_is_left_out_and_reported() -> None:
    table = read_csv(CASES / "55_nul_bytes.csv")
    assert [(each.line, each.kind) for each in table.problems] == [(8, "nul")]
    assert table.rows == 19
    assert 8 not in table.lines


def test_every_file_is_in_the_manifest() -> None:
    files = {path.relative_to(CASES).as_posix() for path in CASES.rglob("*") if path.is_file()}
    named = {case["file"].replace("*", "star") for case in MANIFEST} | {"manifest.json"}
    # A namesake that a reader with wildcards would open instead of "39_data1.csv".
    assert files == named | {"39_data[1].csv"} | {name for name in files if name in named}


def test_brackets_in_a_name_are_no_wildcard() -> None:
    table: Table = read_csv(CASES / "39_data[1].csv")
    assert (table.name, table.rows) == ("39_data[1].csv", 11)
