"""Awkward files of our own, and large ones whose difficulty comes late."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.data.reader import read_csv
from slp_core.data.table import Table
from slp_core.errors import DataError

OWN = Path(__file__).parents[2] / "data" / "csv" / "own"
EXPECTED: dict[str, dict[str, Any]] = json.loads((OWN / "expected.json").read_text("utf-8"))
TABLES = [name for name, wanted in EXPECTED.items() if "error" not in wanted]
REFUSED = [name for name, wanted in EXPECTED.items() if "error" in wanted]
SIGNS = ("encoding", "delimiter", "quote", "decimal", "thousands", "comment", "header", "skip")


@pytest.mark.parametrize("name", TABLES)
def test_dialect_names_and_kinds(name: str) -> None:
    table, wanted = read_csv(OWN / name), EXPECTED[name]
    for sign in SIGNS:
        if sign in wanted:
            assert getattr(table.dialect, sign) == wanted[sign], sign
    if "names" in wanted:
        assert list(table.names) == wanted["names"]
    if "kinds" in wanted:
        assert [column.kind for column in table.columns] == wanted["kinds"]


@pytest.mark.parametrize("name", TABLES)
def test_rows(name: str) -> None:
    table, wanted = read_csv(OWN / name), EXPECTED[name]
    assert table.rows == wanted["rows"]
    assert all(len(column) == table.rows for column in table.columns)
    if "first" in wanted:
        first = [column.values[0] for column in table.columns]
        assert first[: len(wanted["first"])] == wanted["first"]
    if "lines" in wanted:
        assert table.lines.tolist() == wanted["lines"]
    if "missing" in wanted:
        assert [column.missing for column in table.columns] == wanted["missing"]


@pytest.mark.parametrize("name", TABLES)
def test_what_is_told(name: str) -> None:
    table, wanted = read_csv(OWN / name), EXPECTED[name]
    told = [[problem.line, problem.kind] for problem in table.problems]
    assert all(problem in told for problem in wanted.get("problems", []))
    assert bool(told) == bool(wanted.get("problems"))
    assert bool(table.dialect.doubts) == bool(wanted.get("doubts"))
    assert table.dialect.sure == (not table.dialect.doubts)
    assert_said(wanted.get("notes", []), table.notes)
    assert_said(wanted.get("doubts", []), table.dialect.doubts)


def assert_said(words: list[str], sentences: tuple[str, ...]) -> None:
    for word in words:
        assert any(word in sentence for sentence in sentences), (word, sentences)


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_say_what_and_what_to_do(name: str) -> None:
    with pytest.raises(DataError) as caught:
        read_csv(OWN / name)
    assert caught.value.code == EXPECTED[name]["error"]
    assert EXPECTED[name]["says"] in caught.value.message
    assert caught.value.hint.endswith(".")
    assert caught.value.path == OWN / name


def test_every_file_is_expected() -> None:
    files = {path.name for path in OWN.iterdir()} - {"expected.json"}
    assert files == set(EXPECTED)


def read_text(folder: Path, text: str | bytes, **options: Any) -> Table:
    path = folder / "data.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_csv(path, **options)


def test_a_late_byte_decides_the_encoding(tmp_path: Path) -> None:
    body = "a,b\n" + "".join(f"{k},word{k % 3}\n" for k in range(60_000))
    table = read_text(tmp_path, body.encode() + b"1,caf\xe9\n")
    assert table.dialect.encoding == "cp1252"
    assert table.column("b").texts()[-1] == "café"
    problem = next(each for each in table.problems if each.kind == "encoding")
    assert (problem.line, problem.text) == (60_002, "café")


def test_a_column_that_turns_to_words_late_becomes_text(tmp_path: Path) -> None:
    numbers = [f"{k},00{k}\n" for k in range(60_000)]
    words = [f"{k},w{k % 7}\n" for k in range(40_000)]
    table = read_text(tmp_path, "a,b\n" + "".join(numbers + words))
    assert [column.kind for column in table.columns] == ["number", "text"]
    assert table.column("b").texts()[[7, 60_003]].tolist() == ["007", "w3"]
    problem = next(each for each in table.problems if each.kind == "mixed_column")
    assert problem.column == "b"
    assert "40 %" in problem.reason


def test_a_column_that_turns_to_numbers_late_becomes_numbers(tmp_path: Path) -> None:
    words = [f"{k},none yet\n" for k in range(20_000)]
    numbers = [f"{k},{k % 7}.5\n" for k in range(60_000)]
    column = read_text(tmp_path, "a,b\n" + "".join(words + numbers)).column("b")
    assert (column.kind, column.missing) == ("number", 20_000)
    assert column.values[-1] == (59_999 % 7) + 0.5


def test_long_runs_of_one_problem_are_counted_not_listed(tmp_path: Path) -> None:
    rows = ["1,2,3\n", "1,2\n"] * 30_000
    table = read_text(tmp_path, "a,b,c\n" + "1,2,3\n" * 20 + "".join(rows))
    ragged = [problem for problem in table.problems if problem.kind == "ragged"]
    assert len(ragged) < 100
    assert sum(problem.count for problem in ragged) == 30_000
    assert ragged[0].line == 23
    assert table.rows == 30_020


def test_records_of_several_lines_across_blocks(tmp_path: Path) -> None:
    records = [f'"first {k}\nsecond\n\nfourth ""{k}""",{k}\n' for k in range(20_000)]
    table = read_text(tmp_path, "text,value\n" + "".join(records))
    assert table.rows == 20_000
    assert table.lines[[0, 1, -1]].tolist() == [2, 6, 2 + 4 * 19_999]
    assert table.columns[0].texts()[-1] == 'first 19999\nsecond\n\nfourth "19999"'
    assert table.column("value").values[-1] == 19_999
    assert not table.problems


def test_large_whole_numbers_stay_exact(tmp_path: Path) -> None:
    ids = 16_777_210 + np.arange(1200)
    line = ",".join(["0.25"] * 4999)
    text = "".join(f"{k},{line}\n" for k in ids.tolist())
    table = read_text(tmp_path, text)
    first, second = table.columns[0].numbers, table.columns[1].numbers
    assert first is not None
    assert second is not None
    assert (first.dtype, second.dtype) == (np.float64, np.float32)
    np.testing.assert_array_equal(first, ids)
    assert any("float32" in note and "except 1" in note for note in table.notes)


def test_numbers_beyond_the_range_of_float32_widen_their_column(tmp_path: Path) -> None:
    table = read_text(tmp_path, "a,b\n0.5,1\n-1e300,2\n1.5,3\n", dtype=np.float32)
    assert table.column("a").values.tolist() == [0.5, -1e300, 1.5]
    assert table.column("b").values.dtype == np.float32


def test_all_numbers_are_one_matrix_without_a_copy(tmp_path: Path) -> None:
    table = read_text(tmp_path, "a,c,b\n1,x,2\n3,y,4\n")
    np.testing.assert_array_equal(table.matrix(), [[1, 2], [3, 4]])
    assert np.shares_memory(table.matrix(), table.column("b").values)


def test_a_sum_that_does_not_add_up_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from slp_core.data.ledger import Ledger

    def forget(*_: object) -> None:
        pass

    monkeypatch.setattr(Ledger, "enter", forget)
    with pytest.raises(DataError, match="3 lines, but 0 were accounted for") as caught:
        read_text(tmp_path, "a,b\n1,2\n3,4\n")
    assert caught.value.code == "csv.lines_unaccounted"


@pytest.mark.parametrize("quoted", ["plain", '"two\nlines"'])
def test_a_tab_before_a_sign_is_an_empty_cell_not_a_blank(tmp_path: Path, quoted: str) -> None:
    rows = "#note\n1\tx\n\t#5\n\t\n2\ty\n  # more\n3\tz\n"
    table = read_text(tmp_path, f"a\tb\n0\t{quoted}\n{rows}", delimiter="\t", comment="#")
    assert table.column("b").texts().tolist()[1:] == ["x", "#5", "", "y", "z"]
    assert [problem.kind for problem in table.problems] == ["blank_row"]


@pytest.mark.parametrize(
    ("head", "name", "hint"),
    [
        (b"PAR1\x15\x04", "a Parquet file", "pandas.read_parquet(FILE).to_csv("),
        (b"ARROW1\0\0", "an Arrow/Feather file", "pandas.read_feather(FILE).to_csv("),
        (b"\x89HDF\r\n", "an HDF5 file", "Export the table as CSV"),
    ],
)
def test_frames_in_binary_are_named_with_what_to_do(
    tmp_path: Path, head: bytes, name: str, hint: str
) -> None:
    with pytest.raises(DataError, match=name) as caught:
        read_text(tmp_path, head + bytes(200))
    assert hint in caught.value.hint
