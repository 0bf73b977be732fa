"""Missing cells: left out, or filled from the training rows alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.missing import MISSING
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.errors import ConfigError, DataError
from tests.slp_core.data.tables import NAN, noted, table, with_kinds

KINDS = ["a", "b"] * 4


def holey() -> Table:
    return table(
        x=[1.0, NAN, 3.0, 4.0, 5.0, 6.0, NAN, 26.0],
        z=np.arange(8.0),
        colour=["red", "blue", "", "red", "red", "blue", "green", ""],
        kind=[*KINDS[:7], ""],
    )


def fills(dataset: Dataset) -> dict[str, float | None]:
    return {row.name: row.fill for row in dataset.preparation.features}


def test_rows_with_a_missing_cell_are_left_out_unless_told_otherwise() -> None:
    dataset = Dataset.from_table(holey(), "kind", ["x", "z"])
    assert (dataset.missing, dataset.filled, dataset.left_out) == ("leave_out", 0, 3)
    assert set(fills(dataset).values()) == {None}


@pytest.mark.parametrize(("missing", "expected"), [("mean", 3.8), ("median", 4.0)])
def test_numbers_take_the_mean_or_the_median_of_the_rows_used(
    missing: str, expected: float
) -> None:
    dataset = Dataset.from_table(holey(), "kind", ["x", "z"], missing=missing)
    assert dataset.left_out == 1  # the target is never filled
    assert dataset.filled == 2
    assert fills(dataset) == {"x": pytest.approx(expected), "z": 3.0}
    assert dataset.inputs(0)[[1, 6]] == pytest.approx([expected] * 2)
    assert noted(dataset, "x: 2 cells missing (lines 2, 7)", f"filled with {expected:g}")
    assert noted(dataset, "kind: the target is missing in 1 row (line 8)")


def test_texts_take_the_most_frequent_one() -> None:
    dataset = Dataset.from_table(holey(), "kind", missing="mean")
    assert fills(dataset) == {
        "x": pytest.approx(3.8),
        "z": 3.0,
        "colour = blue": 0.0,
        "colour = green": 0.0,
        "colour = red": 1.0,
    }
    assert dataset.filled == 3
    shown = [dataset.inputs(place)[2] for place in (2, 3, 4)]
    assert shown == pytest.approx([0.0, 0.0, 1.0])
    assert noted(dataset, "colour: 2 cells missing", "filled with 'red', the most frequent")


@pytest.mark.parametrize(
    ("cells", "fill", "word"),
    [
        (["yes", "no", "", "no"], 0.0, "filled with not 'yes'"),
        (["yes", "no", "", "yes"], 1.0, "filled with 'yes'"),
    ],
)
def test_truth_values_take_the_more_frequent_answer(
    cells: list[str], fill: float, word: str
) -> None:
    made = with_kinds({"well": ("bool", cells), "kind": ("text", ["a", "b", "a", "b"])})
    dataset = Dataset.from_table(made, "kind", missing="median")
    assert fills(dataset) == {"well": fill}
    assert dataset.inputs(0)[2] == pytest.approx(fill)
    assert noted(dataset, word)


def test_fills_are_measured_on_training_rows_and_scaling_after_filling() -> None:
    generator = np.random.default_rng(4)
    x = generator.normal(5.0, 2.0, 60)
    x[::7] = NAN
    dataset = Dataset.from_table(
        table(x=x, kind=["a", "b"] * 30), "kind", missing="mean", validation=0.3
    )
    train = x[dataset.row_index[: dataset.samples]]
    mean = np.nanmean(train)
    filled = np.where(np.isnan(train), mean, train)
    row = dataset.preparation.features[0]
    assert row.fill == pytest.approx(mean)
    assert (row.center, row.scale) == (pytest.approx(filled.mean()), pytest.approx(filled.std()))
    assert dataset.X[:, 0].std() == pytest.approx(1.0)


@settings(deadline=None)
@given(
    cells=st.lists(st.floats(-1e300, 1e300) | st.just(NAN), min_size=4, max_size=30),
    missing=st.sampled_from(["mean", "median"]),
)
def test_a_fill_lies_among_the_values(cells: list[float], missing: str) -> None:
    values = np.array(cells)
    present = values[np.isfinite(values)]
    kinds = (["a", "b"] * len(cells))[: len(cells)]
    if present.size < 2 or present.min() == present.max():
        return
    made = Dataset.from_table(table(x=values, kind=kinds), "kind", ["x"], missing=missing)
    fill = made.preparation.features[0].fill
    assert fill is not None
    slack = 1e-12 * np.abs(present).max()
    assert present.min() - slack <= fill <= present.max() + slack
    assert np.isfinite(made.prepared).all()


def test_the_middle_of_the_largest_numbers_is_a_number() -> None:
    x = [1.7e308, NAN, 1.6e308, 1.7e308, 1.6e308]
    dataset = Dataset.from_table(
        table(x=x, kind=["a", "b", "a", "b", "a"]), "kind", missing="median", scaling="minmax"
    )
    assert fills(dataset) == {"x": pytest.approx(1.65e308)}


def test_infinite_cells_are_filled_too() -> None:
    made = table(x=[1.0, np.inf, 3.0, 5.0], kind=["a", "b", "a", "b"])
    assert Dataset.from_table(made, "kind", missing="mean").inputs(0).tolist() == pytest.approx(
        [1.0, 3.0, 3.0, 5.0]
    )


def test_texts_with_holes_stay_where_they_cost_no_rows() -> None:
    texts = ["red", "blue", "", ""] * 10
    made = table(x=np.arange(40.0) ** 2, colour=texts, kind=["a", "b"] * 20)
    assert "colour" not in Dataset.from_table(made, "kind").preparation.columns
    assert "colour" in Dataset.from_table(made, "kind", missing="mean").preparation.columns


def test_nothing_to_measure_is_told() -> None:
    x = np.full(10, NAN)
    x[[2, 7]] = 1.0, 2.0
    made = table(x=x, z=np.arange(10.0) ** 2, kind=["a", "b"] * 5)
    seeds = [seed for seed in range(200) if _refused(made, seed)]
    assert 0 < len(seeds) < 200


def _refused(made: Table, seed: int) -> bool:
    try:
        Dataset.from_table(
            made, "kind", ["x", "z"], missing="mean", validation=0.6, seed=seed, stratify=False
        )
    except DataError as error:
        return error.code == "data.nothing_to_fill_from" and error.column == "x"
    return False


def test_another_file_is_filled_with_what_was_measured() -> None:
    dataset = Dataset.from_table(holey(), "kind", missing="mean")
    other = table(x=[NAN, 1.0, 2.0], z=[1.0, NAN, 2.0], colour=["", "blue", "violet"])
    inputs, usable, reasons = dataset.preparation.inputs_from(other)
    assert usable.tolist() == [True, True, False]
    assert inputs[0].tolist() == pytest.approx([3.8, 1.0, 0.0, 0.0, 1.0])
    assert inputs[1].tolist() == pytest.approx([1.0, 3.0, 1.0, 0.0, 0.0])
    assert len(reasons) == 1
    assert "colour: 1 cell empty or not known" in reasons[0]


def test_prepared_rows_are_those_of_the_preparation_bit_for_bit() -> None:
    dataset = Dataset.from_table(holey(), "kind", missing="median", degree=3, validation=0.3)
    inputs, _, _ = dataset.preparation.inputs_from(holey())
    again = dataset.preparation.transform(inputs[dataset.row_index])
    assert np.array_equal(again, dataset.prepared)


def test_edited_rows_take_the_fills_that_were_measured() -> None:
    before = Dataset.from_table(holey(), "kind", ["x", "z"], missing="mean")
    grown = table(x=[NAN, 4.0, 100.0], z=[0.0, 1.0, NAN], kind=["a", "b", "a"])
    after = revised(before, grown, np.array([0, -1, -1]))
    assert after.inputs(0).tolist() == pytest.approx([3.8, 4.0, 100.0])
    assert after.inputs(1).tolist() == pytest.approx([0.0, 1.0, 3.0])
    assert after.filled == 2
    assert noted(after, "x: 1 cell missing", "filled with 3.8")


def test_unknown_ways_are_refused() -> None:
    with pytest.raises(ConfigError) as caught:
        Dataset.from_table(holey(), "kind", missing="guess")
    assert (caught.value.field, caught.value.allowed) == ("missing", tuple(MISSING))
