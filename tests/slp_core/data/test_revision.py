"""A data set follows the edits of its table, and what was learnt stays meaningful."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.revision import revised
from slp_core.data.table import Column, Dialect, Table
from slp_core.errors import DataError
from tests.slp_core.data.tables import NAN, noted, table

Point = tuple[float, float, str]


def made(points: list[Point]) -> Table:
    """A table of points; NaN and "" are missing cells."""
    columns = (
        Column.of_numbers("x", np.array([x for x, _, _ in points], dtype=float)),
        Column.of_numbers("z", np.array([z for _, z, _ in points], dtype=float)),
        Column.of_texts("class", [name for _, _, name in points]),
    )
    rows = len(points)
    return Table("drawn", None, Dialect(), columns, rows, (), (), np.arange(1, rows + 1))


def parts(dataset: Dataset) -> dict[int, bool]:
    """Row of the table -> whether it trains."""
    return {int(row): place < dataset.samples for place, row in enumerate(dataset.row_index)}


def prepared(dataset: Dataset) -> dict[int, bytes]:
    """Row of the table -> its prepared inputs, to the bit."""
    return {
        int(row): X.tobytes() for row, X in zip(dataset.row_index, dataset.prepared, strict=True)
    }


START: list[Point] = [(float(i), float(i * i % 7), "ab"[i % 2]) for i in range(20)]


def start(**choices: object) -> Dataset:
    return Dataset.from_table(made(START), "class", **choices)  # pyright: ignore[reportArgumentType] - any choice


coordinates = st.floats(-1e6, 1e6) | st.just(NAN)
names = st.sampled_from(["a", "b", "c", "d10", "d9", ""])


@settings(deadline=None, max_examples=150)
@given(
    kept=st.lists(st.integers(0, 19), unique=True),
    new=st.lists(st.tuples(coordinates, coordinates, names), max_size=12),
    share=st.sampled_from([0.0, 0.2, 0.5, 0.6]),
    degree=st.integers(1, 3),
    stratify=st.booleans(),
    data=st.data(),
)
def test_kept_rows_keep_their_numbers_and_their_part(
    kept: list[int],
    new: list[Point],
    share: float,
    degree: int,
    stratify: bool,
    data: st.DataObject,
) -> None:
    before = start(validation=share, degree=degree, stratify=stratify)
    entries = data.draw(st.permutations([(r, START[r]) for r in kept] + [(-1, p) for p in new]))
    origin = np.array([row for row, _ in entries], dtype=np.int64)
    after_table = made([point for _, point in entries])
    complete = [p for _, p in entries if p[2] and np.isfinite(p[:2]).all()]
    if len({name for _, _, name in complete}) < 2:
        with pytest.raises(DataError):
            revised(before, after_table, origin)
        return
    after = revised(before, after_table, origin)
    assert after.preparation == before.preparation
    assert len(after.row_index) == len(complete) == len(entries) - after.left_out
    bits, bits_before, trains, trained = (
        prepared(after),
        prepared(before),
        parts(after),
        parts(before),
    )
    for row, old in enumerate(origin.tolist()):
        if old >= 0:
            assert bits[row] == bits_before[old]
            label = after.all_labels[int(np.flatnonzero(after.row_index == row)[0])]
            only = int((after.labels == label).sum()) == 1
            assert trains[row] == trained[old] or (trains[row] and only)
    for part in (slice(after.samples), slice(after.samples, None)):
        assert (np.diff(after.row_index[part]) > 0).all()
    shown = np.array(after.classes, dtype=object)[after.all_labels]
    assert shown.tolist() == after_table.column("class").texts()[after.row_index].tolist()
    assert set(after.labels) == set(range(len(after.classes)))
    known = [name for name in before.classes if name in after.classes]
    assert list(after.classes[: len(known)]) == known
    assert after.task == ("binary" if len(after.classes) == 2 else "multiclass")
    inputs = np.array([p[:2] for _, p in entries])[after.row_index[: after.samples]]
    np.testing.assert_allclose(after.means, inputs.mean(axis=0), rtol=1e-9, atol=1e-6)


@settings(deadline=None)
@given(
    names=st.lists(st.sampled_from("abc"), min_size=1, max_size=60),
    share=st.sampled_from([0.1, 0.25, 0.5]),
)
def test_new_rows_fill_the_share_of_their_class(names: list[str], share: float) -> None:
    before = start(validation=share)
    points = START + [(float(i), 1.0, name) for i, name in enumerate(names)]
    kept = np.array([*range(20), *[-1] * len(names)])
    after = revised(before, made(points), kept)
    for label, _name in enumerate(after.classes):
        rows = int((after.all_labels == label).sum())
        held = int((after.labels_validation == label).sum())
        assert abs(held - share * rows) <= 1.0
        assert held < rows


def test_undoing_a_removal_restores_the_parts() -> None:
    before = start(validation=0.3)
    gone = [3, 4, 5, 16, 17]
    kept = np.array([row for row in range(20) if row not in gone])
    shorter = revised(before, made([START[row] for row in kept]), kept)
    back = np.array(
        [int(np.flatnonzero(kept == row)[0]) if row in kept else -1 for row in range(20)]
    )
    again = revised(shorter, made(START), back)
    assert sum(parts(again).values()) == sum(parts(before).values())
    for row in kept.tolist():
        assert parts(again)[row] == parts(before)[row]


def test_an_edit_that_changes_nothing_gives_the_same_data_set() -> None:
    before = start(validation=0.25, degree=2)
    after = revised(before, made(START), np.arange(20))
    assert np.array_equal(after.prepared, before.prepared)
    assert np.array_equal(after.row_index, before.row_index)
    assert (after.classes, after.notes, after.samples) == (
        before.classes,
        before.notes,
        before.samples,
    )
    np.testing.assert_allclose(after.means, before.means)


def test_a_new_class_comes_last_and_one_without_rows_goes() -> None:
    before = start()
    assert before.classes == ("a", "b")
    added = revised(
        before, made([*START, (0.0, 0.0, "A2"), (1.0, 1.0, "A10")]), np.array([*range(20), -1, -1])
    )
    assert added.classes == ("a", "b", "A2", "A10")
    assert added.task == "multiclass"
    kept = np.array([row for row in range(22) if row % 2 or row > 19])
    points = [*START, (0.0, 0.0, "A2"), (1.0, 1.0, "A10")]
    fewer = revised(added, made([points[row] for row in kept]), kept)
    assert fewer.classes == ("b", "A2", "A10")
    assert sorted(set(fewer.labels.tolist())) == [0, 1, 2]


def test_the_last_row_of_a_class_trains() -> None:
    before = start(validation=0.5)
    held_a = [row for row, trains in parts(before).items() if not trains and row % 2 == 0]
    kept = np.array([*(row for row in range(20) if row % 2), held_a[0]])
    after = revised(before, made([START[row] for row in kept]), kept)
    assert parts(after)[len(kept) - 1]


def test_a_cell_that_changes_changes_its_row() -> None:
    before = start(validation=0.25)
    points = list(START)
    points[7] = (99.0, 3.0, "a")
    after = revised(before, made(points), np.arange(20))
    assert parts(after) == parts(before)
    place = int(np.flatnonzero(after.row_index == 7)[0])
    assert after.inputs(0)[place] == pytest.approx(99.0)
    assert after.classes[after.all_labels[place]] == "a"


def test_a_row_that_loses_a_cell_is_left_out_and_comes_back() -> None:
    before = start()
    points = list(START)
    points[4] = (NAN, 3.0, "a")
    less = revised(before, made(points), np.arange(20))
    assert less.left_out == 1
    assert noted(less, "19 of 20 rows are used")
    assert noted(less, "x: 1 cell missing (line 5)")
    again = revised(less, made(START), np.arange(20))
    assert again.left_out == 0
    assert prepared(again) == prepared(before)


def test_numbers_as_classes_and_as_a_quantity() -> None:
    x = np.arange(12.0)
    numbered = Dataset.from_table(table(x=x, y=np.tile([0.0, 1.0], 6)), "y")
    more = revised(
        numbered,
        table(x=np.arange(13.0), y=[*np.tile([0.0, 1.0], 6), 0.5]),
        np.array([*range(12), -1]),
    )
    assert more.classes == ("0", "1", "0.5")
    quantity = Dataset.from_table(table(x=x, y=x * 1.5), "y", validation=0.25)
    kept = np.array([*range(12), -1])
    grown = revised(quantity, table(x=np.arange(13.0), y=np.arange(13.0) * 2.0), kept)
    assert grown.task == "regression"
    assert sorted(grown.all_values.tolist()) == (np.arange(13.0) * 2.0).tolist()
    with pytest.raises(DataError, match="nothing to learn"):
        revised(quantity, table(x=x, y=np.ones(12)), np.arange(12))


def test_categories_and_truth_values_are_read_as_before() -> None:
    first = table(
        colour=["red", "blue", "red", "blue", "green", "red"],
        kind=["a", "b", "a", "b", "a", "b"],
    )
    before = Dataset.from_table(first, "kind")
    second = table(colour=["blue", "violet", "red", "green"], kind=["a", "b", "a", "b"])
    after = revised(before, second, np.array([-1, -1, 0, 4]))
    assert after.left_out == 1
    assert after.row_index.tolist() == [0, 2, 3]
    assert noted(after, "1 is left out because a cell is missing or not known from before")
    assert after.preparation == before.preparation


def test_single_precision_stays() -> None:
    x = np.arange(10, dtype=np.float32)
    single = Dataset.from_table(table(x=x, kind=["a", "b"] * 5), "kind")
    after = revised(single, table(x=np.arange(10.0), kind=["a", "b"] * 5), np.arange(10))
    assert after.dtype == np.float32
    assert np.array_equal(after.prepared, single.prepared)


@pytest.mark.parametrize("kept", [[0], [*range(19), 20], [*range(19), -2]])
def test_rows_that_do_not_belong_are_refused(kept: list[int]) -> None:
    with pytest.raises(DataError) as caught:
        revised(start(), made(START), np.array(kept))
    assert caught.value.code == "data.kept"
