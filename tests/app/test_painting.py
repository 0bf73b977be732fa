from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.painting import (
    erase_edit,
    jitter_edit,
    move_edit,
    remove_class_edit,
    stroke_edit,
    tidy,
)
from slp_core.data.blank import blank_table
from slp_core.data.dataset import Dataset
from slp_core.data.edits import apply_edit
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.errors import DataError


def flowers() -> Table:
    return Table.from_columns(
        "flowers",
        {
            "length": np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            "width": np.array([1.0, 1.0, 2.0, 2.0, 3.0, 9.0]),
            "colour": np.array(["red", "blue", "red", "red", "blue", ""], dtype=object),
            "note": np.array(["x", "y", "z", "u", "v", "w"], dtype=object),
            "kind": np.array(["a", "b", "a", "b", "a", "b"], dtype=object),
        },
    )


def points(*places: tuple[float, float]) -> np.ndarray:
    return np.array(places, dtype=np.float64)


def test_a_stroke_fills_in_what_the_axes_do_not_say() -> None:
    table = flowers()
    data = Dataset.from_table(table, "kind", ["length", "width", "colour"])
    assert data.samples == 5, "the row without a colour is not used"
    edit = stroke_edit(table, data, (0, 1), points((7.5, -1.25)), "b")
    after = apply_edit(table, edit).table
    row = [column.cell(6) for column in after.columns]
    assert row == [7.5, -1.25, "red", "", "b"]
    only = Dataset.from_table(table, "kind", ["length", "colour"])
    after = apply_edit(table, stroke_edit(table, only, (0, None), points((7, 0)), "a")).table
    row = [column.cell(6) for column in after.columns]
    assert math.isnan(float(row[1])), "a column that is not used stays empty"
    assert (row[0], row[2], row[4]) == (7.0, "red", "a")


def test_other_features_are_at_their_mean() -> None:
    table = flowers()
    data = Dataset.from_table(table, "kind", ["length", "width"])
    after = apply_edit(table, stroke_edit(table, data, (0, None), points((9, 0)), "a")).table
    assert after.column("width").cell(6) == 3.0


def test_an_axis_of_a_category_has_two_sides() -> None:
    table = flowers()
    data = Dataset.from_table(table, "kind", ["length", "colour"])
    names = list(data.feature_names)
    place = names.index("colour = blue")
    strokes = stroke_edit(table, data, (0, place), points((1, 0.9), (1, 0.1)), "a")
    after = apply_edit(table, strokes).table
    assert [after.column("colour").cell(n) for n in (6, 7)] == ["blue", "red"]


def test_classes_are_written_as_the_table_writes_them() -> None:
    x = np.arange(6.0)
    table = Table.from_columns("coded", {"x": x, "y": x[::-1] * 2, "class": np.array([0, 1] * 3)})
    data = Dataset.from_table(table, "class", renames={"1": "yes"})
    assert data.classes == ("0", "yes")
    applied = apply_edit(table, stroke_edit(table, data, (0, 1), points((1, 2)), "yes"))
    assert applied.table.column("class").cell(6) == 1.0
    again = revised(data, applied.table, applied.kept)
    assert again.classes == ("0", "yes")
    applied = apply_edit(table, stroke_edit(table, data, (0, 1), points((1, 2)), "2"))
    assert revised(data, applied.table, applied.kept).classes == ("0", "yes", "2")


def test_regression_takes_the_height_or_the_value() -> None:
    table = Table.from_columns("line", {"x": np.arange(5.0), "y": np.arange(5.0) + 0.5})
    data = Dataset.from_table(table, "y", ["x"], task="regression")
    after = apply_edit(table, stroke_edit(table, data, (0, None), points((2, 7.25)), 99.0)).table
    assert [column.cell(5) for column in after.columns] == [2.0, 7.25]
    wide = Table.from_columns(
        "plane", {"x": np.arange(5.0), "z": np.arange(5.0) ** 2, "y": np.arange(5.0) + 0.5}
    )
    data = Dataset.from_table(wide, "y", ["x", "z"], task="regression")
    after = apply_edit(wide, stroke_edit(wide, data, (0, 1), points((2, 7.25)), 99.0)).table
    assert [column.cell(5) for column in after.columns] == [2.0, 7.25, 99.0]


@settings(deadline=None, max_examples=40)
@given(st.integers(2, 4), st.data())
def test_whatever_is_erased_can_still_be_trained(classes: int, data: st.DataObject) -> None:
    table = blank_table("multiclass", classes)
    dataset = Dataset.from_table(table, "class")
    for turn in range(3):
        count = data.draw(st.integers(1, 6))
        label = data.draw(st.sampled_from(dataset.classes))
        spots = np.random.default_rng(10 * turn + count).normal(size=(count, 2))
        applied = apply_edit(table, stroke_edit(table, dataset, (0, 1), spots, label))
        table, dataset = applied.table, revised(dataset, applied.table, applied.kept)
        rows = data.draw(st.sets(st.integers(0, table.rows - 1), min_size=1))
        erasure = erase_edit(dataset, np.array(sorted(rows)))
        assert set(erasure.rows.tolist()) <= rows
        assert (set(erasure.rows.tolist()) == rows) == (erasure.note == "")
        if erasure.edit is not None:
            applied = apply_edit(table, erasure.edit)
            table, dataset = applied.table, revised(dataset, applied.table, applied.kept)
        assert len(dataset.classes) >= 2
        Dataset.from_table(table, "class")  # also from the start


def test_the_last_point_of_the_last_two_classes_stays_and_a_sentence_says_so() -> None:
    table = flowers()
    data = Dataset.from_table(table, "kind", ["length", "width"])
    erasure = erase_edit(data, np.array([0, 2, 4]))
    assert erasure.rows.size == 2
    assert erasure.note == "The last point of “a” stays: training needs two classes."
    assert erase_edit(data, np.array([0, 2])).note == ""


def test_a_regression_keeps_two_different_values() -> None:
    table = Table.from_columns("line", {"x": np.arange(5.0), "y": np.arange(5.0) + 0.5})
    data = Dataset.from_table(table, "y", ["x"], task="regression")
    erasure = erase_edit(data, np.arange(5))
    assert sorted(set(range(5)) - set(erasure.rows.tolist())) == [0, 4]
    assert "Two points stay" in erasure.note


def test_moving_writes_only_what_the_axes_show() -> None:
    table = flowers()
    data = Dataset.from_table(table, "kind", ["length", "width", "colour"])
    edit = move_edit(data, (1, 0), np.array([4, 0]), points((10, 20), (30, 40)))
    after = apply_edit(table, edit).table
    assert [after.column("width").cell(n) for n in (4, 0)] == [10.0, 30.0]
    assert [after.column("length").cell(n) for n in (4, 0)] == [20.0, 40.0]
    colour = list(data.feature_names).index("colour = blue")
    edit = move_edit(data, (0, colour), np.array([1]), points((7, 0)))
    assert [(change.column, change.value) for change in edit.changed] == [("length", 7.0)]
    edit = move_edit(data, (0, None), np.array([1]), points((7, 3)))
    assert [change.column for change in edit.changed] == ["length"], "classes have no height"


def test_jitter_moves_by_a_share_of_the_range() -> None:
    random = np.random.default_rng(0)
    table = Table.from_columns(
        "cloud",
        {
            "x": random.uniform(0, 100, 2000),
            "z": random.uniform(-1, 1, 2000),
            "kind": np.array(["a", "b"] * 1000, dtype=object),
        },
    )
    data = Dataset.from_table(table, "kind")
    after = apply_edit(table, jitter_edit(table, data, (0, 1), np.arange(2000), 0.02, 3)).table
    for name, spread in (("x", 2.0), ("z", 0.04)):
        old, new = table.column(name).numbers, after.column(name).numbers
        assert old is not None
        assert new is not None
        assert float((new - old).std()) == pytest.approx(spread, rel=0.1)


def test_too_many_points_are_not_moved_at_once() -> None:
    data = Dataset.from_table(flowers(), "kind", ["length", "width"])
    with pytest.raises(DataError, match="too many") as caught:
        move_edit(data, (0, 1), np.arange(100_001), np.zeros((100_001, 2)))
    assert "at most 100,000" in str(caught.value.hint)


def test_a_class_is_removed_with_all_its_rows() -> None:
    table = blank_table("multiclass", 3)
    data = Dataset.from_table(table, "class")
    applied = apply_edit(table, remove_class_edit(table, data, data.classes[1]))
    assert revised(data, applied.table, applied.kept).classes == (data.classes[0], data.classes[2])
    two = blank_table("multiclass", 2)
    data = Dataset.from_table(two, "class")
    with pytest.raises(DataError, match="at least two classes"):
        remove_class_edit(two, data, data.classes[0])


@settings(deadline=None)
@given(st.floats(-1e12, 1e12), st.floats(1e-12, 1e9))
def test_tidy_values_are_within_a_step(value: float, step: float) -> None:
    assert abs(float(tidy(np.array([value]), step)[0]) - value) <= step * 0.51 + abs(value) * 1e-15


def test_tidy_values_have_few_digits() -> None:
    assert tidy(np.array([1.23456789, -0.000123]), 0.01).tolist() == [1.23, -0.0]
    assert tidy(np.array([123456.0]), 100.0).tolist() == [123500.0]
