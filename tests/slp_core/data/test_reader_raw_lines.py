"""The lines of a file with their roles, which agree with the reader's account."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from slp_core.data.raw_lines import raw_lines
from slp_core.data.reader import read_csv, read_text
from slp_core.errors import DataError

CSV = Path(__file__).parents[2] / "data" / "csv"
EXPECTED: dict[str, Any] = json.loads((CSV / "own" / "expected.json").read_text("utf-8"))
MANIFEST: list[dict[str, Any]] = json.loads((CSV / "cases" / "manifest.json").read_text("utf-8"))
OWN = [CSV / "own" / name for name, wanted in EXPECTED.items() if "error" not in wanted]
CASES = [
    CSV / "cases" / case["file"]
    for case in MANIFEST
    if case["outcome"] == "table" and "*" not in case["file"]
]
FILES = OWN + CASES


def account(note: str) -> Counter[str]:
    """How many lines of each class the note about the sum names."""
    found = re.findall(r"(\d+) (data|header|title|blank|comment|bad|continuation)", note)
    return Counter({what: int(count) for count, what in found})


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_roles_are_those_of_the_account(path: Path) -> None:
    table = read_csv(path)
    lines = raw_lines(path, table, 1, 100_000)
    assert Counter(line.role for line in lines) == account(table.notes[0])
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_piece_is_a_piece_of_the_whole(path: Path) -> None:
    table = read_csv(path)
    whole = raw_lines(path, table, 1, 100_000)
    for first in (1, 2, 5, len(whole)):
        assert raw_lines(path, table, first, 3) == whole[first - 1 : first + 2]
    assert raw_lines(path, table, len(whole) + 1, 3) == ()


def test_every_role() -> None:
    text = 'Title\n\n# made by hand\na,b\n1,"x\n\ny"\n1,2,3\n # note\n""\n4,5\n'
    table = read_text(text)
    lines = raw_lines(text, table, 1, 20)
    assert [line.role for line in lines] == [
        "title", "blank", "comment", "header", "data", "continuation", "continuation", "bad",
        "comment", "blank", "data",
    ]  # fmt: skip
    assert lines[4].text == '1,"x'
    assert raw_lines(text, table, 7, 1) == (lines[6],)


def test_a_bad_line_before_the_first_row_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b"1,2\n3,\0\n" * 3 + b"5,6\n" * 900)
    path.write_bytes(b"7,\0\n" + path.read_bytes())
    table = read_csv(path, header=False)
    roles = Counter(line.role for line in raw_lines(path, table, 1, 2000))
    assert roles == account(table.notes[0])
    assert roles["bad"] == 4


def test_long_lines_are_cut() -> None:
    text = "a,b\n" + "x" * 900 + ",1\ny,2\n"
    assert len(raw_lines(text, read_text(text), 2, 1)[0].text) == 500


def test_far_down_a_large_file(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(b"a;b\r\n" + b"1;caf\xe9\r\n" * 100_000 + b"oops\r\n2;x\r\n")
    lines = raw_lines(path, read_csv(path), 100_001, 5)
    assert [(line.number, line.text, line.role) for line in lines] == [
        (100_001, "1;café", "data"), (100_002, "oops", "bad"), (100_003, "2;x", "data"),
    ]  # fmt: skip


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a,b\n1,2\n")
    table = read_csv(path)
    path.unlink()
    with pytest.raises(DataError) as caught:
        raw_lines(path, table, 1, 5)
    assert caught.value.code == "csv.missing"
