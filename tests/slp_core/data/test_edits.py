from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.cells import number_from, text_from
from slp_core.data.edits import (
    Applied,
    CellChange,
    Edit,
    apply_edit,
    moved_edit,
    new_rows,
    without_rows,
)
from slp_core.data.table import Column, Table
from slp_core.errors import DataError


def table(rows: int = 5) -> Table:
    columns = {
        "x": np.arange(rows) / 2.0,
        "colour": np.array([("red", "green", "")[i % 3] for i in range(rows)], object),
        "happy": np.arange(rows) % 2 == 0,
    }
    made = Table.from_columns("made", columns)
    nothing = Column.of_texts("nothing", [""] * rows, "empty")
    return Table(made.name, None, made.dialect, (*made.columns, nothing), rows, (), (), made.lines)


def content(table: Table) -> list[object]:
    cells = [tuple(column.texts().tolist()) for column in table.columns]
    kinds = [(column.name, column.kind, column.missing) for column in table.columns]
    return [table.rows, cells, kinds, table.lines.tolist()]


def undone(applied: Applied) -> Table:
    return apply_edit(applied.table, applied.inverse).table


def test_a_changed_cell_changes_nothing_else() -> None:
    before = table()
    applied = apply_edit(before, Edit(changed=(CellChange(1, "x", "7.5"),)))
    assert applied.table.column("x").values.tolist() == [0.0, 7.5, 1.0, 1.5, 2.0]
    assert applied.table.column("colour") is before.column("colour")
    assert applied.kept.tolist() == [0, 1, 2, 3, 4]
    assert content(undone(applied)) == content(before)


def test_added_rows_stand_at_the_end_and_have_no_line() -> None:
    applied = apply_edit(table(), new_rows(table(), [(9.0, "blue", "true", ""), ("", "", "", "")]))
    assert applied.table.rows == 7
    assert applied.table.column("x").missing == 1
    assert applied.table.column("colour").texts()[-2:].tolist() == ["blue", ""]
    assert applied.table.lines[-2:].tolist() == [0, 0]
    assert applied.kept.tolist() == [0, 1, 2, 3, 4, -1, -1]
    assert content(undone(applied)) == content(table())


def test_removed_rows_come_back_where_they_were() -> None:
    applied = apply_edit(table(), without_rows([3, 1]))
    assert applied.table.column("x").values.tolist() == [0.0, 1.0, 2.0]
    assert applied.table.lines.tolist() == [1, 3, 5]
    assert applied.kept.tolist() == [0, 2, 4]
    assert content(undone(applied)) == content(table())


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("happy", "maybe", "text"),
        ("happy", "yes", "bool"),
        ("nothing", "3", "number"),
        ("nothing", "three", "text"),
    ],
)
def test_a_column_becomes_what_is_written_and_back(column: str, value: str, kind: str) -> None:
    applied = apply_edit(table(), Edit(changed=(CellChange(0, column, value),)))
    assert applied.table.column(column).kind == kind
    assert content(undone(applied)) == content(table())


def test_a_word_among_numbers_is_refused() -> None:
    with pytest.raises(DataError, match="x is a column of numbers") as caught:
        apply_edit(table(), Edit(changed=(CellChange(0, "x", "oops"),)))
    assert caught.value.text == "oops"


@pytest.mark.parametrize(
    "edit",
    [
        Edit(changed=(CellChange(5, "x", 1.0),)),
        Edit(changed=(CellChange(-1, "x", 1.0),)),
        Edit(changed=(CellChange(0, "z", 1.0),)),
        without_rows([5]),
        without_rows(range(5)),
    ],
)
def test_what_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(DataError):
        apply_edit(table(), edit)


@pytest.mark.parametrize(
    ("value", "number"), [("1.5", 1.5), ("1,5", 1.5), ("-3e2", -300.0), (" 7 ", 7.0), (2.0, 2.0)]
)
def test_numbers_are_read_as_people_type_them(value: str | float, number: float) -> None:
    assert number_from("x", value) == number


@pytest.mark.parametrize("value", ["", "NA", "?", math.nan])
def test_missing_numbers(value: str | float) -> None:
    assert math.isnan(number_from("x", value))


@pytest.mark.parametrize(
    ("value", "text"), [(3.0, "3"), (2.5, "2.5"), ("a ", "a"), ("NA", ""), (math.nan, "")]
)
def test_texts_are_written_as_people_type_them(value: str | float, text: str) -> None:
    assert text_from(value) == text


NUMBERS = st.one_of(st.floats(allow_nan=False, allow_infinity=False, width=32), st.just(math.nan))
WORDS = st.sampled_from(["", "red", "blue", "yes", "no"])
ROW = st.tuples(NUMBERS, WORDS, st.sampled_from(["true", "false", "", "maybe"]), WORDS)


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_series_of_edits_can_be_undone(data: st.DataObject) -> None:
    present = table()
    history: list[Applied] = []
    for _ in range(data.draw(st.integers(1, 5))):
        rows = st.integers(0, present.rows - 1)
        cells = st.builds(CellChange, rows, st.sampled_from(["colour", "happy"]), WORDS)
        removed = data.draw(st.sets(rows, max_size=present.rows - 1))
        grown = new_rows(present, data.draw(st.lists(ROW, max_size=3)))
        changed = tuple(
            data.draw(st.lists(cells, max_size=4, unique_by=lambda c: (c.row, c.column)))
        )
        choice = data.draw(st.sampled_from([grown, without_rows(removed), Edit(changed)]))
        history.append(apply_edit(present, choice))
        _check_kept(present, history[-1])
        present = history[-1].table
    for applied in reversed(history):
        present = apply_edit(present, applied.inverse).table
    assert content(present) == content(table())


def _check_kept(before: Table, applied: Applied) -> None:
    """Rows that stay keep their line, and all the cells that were not written."""
    old = applied.kept[applied.kept >= 0]
    assert applied.table.lines[applied.kept >= 0].tolist() == before.lines[old].tolist()
    numbers = applied.table.column("x").values[applied.kept >= 0]
    assert np.array_equal(numbers, before.column("x").values[old], equal_nan=True)  # pyright: ignore[reportArgumentType] - numbers both


def test_an_edit_of_a_table_that_has_moved_on_means_the_same_rows() -> None:
    before = table()
    grown = apply_edit(before, new_rows(before, [(9.0, "blue", "true", "")]))
    shrunk = apply_edit(grown.table, without_rows([0, 2]))
    kept = np.where(shrunk.kept >= 0, grown.kept[shrunk.kept], -1)
    wish = Edit(
        changed=(CellChange(2, "x", 7.0), CellChange(3, "x", 8.0)),
        removed=np.array([0, 4]),
        added=new_rows(before, [(5.0, "red", "false", "")]).added,
    )
    after = apply_edit(shrunk.table, moved_edit(wish, kept, before.rows)).table
    assert after.column("x").values.tolist() == [0.5, 8.0, 9.0, 5.0]
