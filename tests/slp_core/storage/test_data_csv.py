from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.reader import read_csv
from slp_core.data.table import Table
from slp_core.errors import DataError
from slp_core.storage.data_csv import table_csv

NUMBERS = st.floats(allow_nan=True, allow_infinity=False, width=64)
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cf")), min_size=1, max_size=8
).map(lambda text: f"w {text}")
TEXTS = st.one_of(WORDS, st.sampled_from(["", "a,b", 'say "so"', "-", "#x", "two\nlines", "a;b"]))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    rows = draw(st.integers(2, 12))
    numbers = draw(st.lists(NUMBERS, min_size=rows, max_size=rows))
    numbers[0] = 0.5  # a column of nothing but missing cells is no column of numbers
    words = draw(st.lists(TEXTS, min_size=rows, max_size=rows))
    words[0] = "word"
    more = draw(st.lists(NUMBERS.filter(lambda n: n == n), min_size=rows, max_size=rows))
    name = draw(WORDS)
    return Table.from_columns(
        "made",
        {"length": np.array(numbers), name: np.array(words, dtype=object), "z 1": np.array(more)},
    )


def same(first: Table, second: Table) -> None:
    assert first.names == second.names
    assert first.rows == second.rows
    for mine, other in zip(first.columns, second.columns, strict=True):
        if mine.numbers is not None:
            assert np.array_equal(mine.numbers, np.asarray(other.numbers), equal_nan=True)
        else:
            assert mine.texts().tolist() == other.texts().tolist()


@settings(deadline=None, max_examples=150)
@given(tables())
def test_a_saved_table_reads_back_the_same(table: Table) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        table_csv(table, path)
        again = read_csv(path)
    same(table, again)
    assert not again.problems


def test_float32_has_the_digits_of_float32(tmp_path: Path) -> None:
    table = Table.from_columns("t", {"x": np.array([0.1, 1 / 3, 5], np.float32), "y": [1, 2, 3]})
    table_csv(table, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text() == "x,y\n0.1,1\n0.33333334,2\n5,3\n"


def test_classes_are_written_under_the_names_that_are_shown(tmp_path: Path) -> None:
    columns = {"x": np.array([1.0, 2.0]), "kind": np.array([0, 1]), "other": np.array([0, 1])}
    table = Table.from_columns("t", columns)
    table_csv(table, tmp_path / "t.csv", target="kind", renames={"1": "yes, sure"})
    assert (tmp_path / "t.csv").read_text() == 'x,kind,other\n1,0,0\n2,"yes, sure",1\n'
    words = Table.from_columns("t", {"x": [1, 2], "kind": np.array(["a", "b"], dtype=object)})
    table_csv(words, tmp_path / "t.csv", target="kind", renames={"a": "first"})
    assert (tmp_path / "t.csv").read_text() == "x,kind\n1,first\n2,b\n"


def test_blocks_join_and_progress_ends_at_one(tmp_path: Path) -> None:
    table = Table.from_columns("t", {"x": np.arange(45_000.0), "y": np.arange(45_000.0) % 7})
    heard: list[float] = []
    table_csv(table, tmp_path / "t.csv", progress=heard.append)
    assert heard == pytest.approx([20 / 45, 40 / 45, 1.0])
    same(table, read_csv(tmp_path / "t.csv"))


def test_what_cannot_be_written_is_refused_and_leaves_the_file(tmp_path: Path) -> None:
    table = Table.from_columns("t", {"x": [1, 2]})
    with pytest.raises(DataError, match="the folder does not exist"):
        table_csv(table, tmp_path / "no" / "t.csv")
    assert list(tmp_path.iterdir()) == []
