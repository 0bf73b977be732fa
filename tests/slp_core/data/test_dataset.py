from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.split import split_rows
from slp_core.errors import ConfigError, DataError
from tests.slp_core.data.tables import NAN, XY, noted, table

# Missing cells


def test_rows_with_missing_cells_are_left_out_and_counted() -> None:
    source = table(
        x=[1.0, NAN, 3.0, 4.0, float("inf"), 6.0],
        z=[1.0, 2.0, NAN, 3.0, 1.0, 1.0],
        y=["a", "b", "a", "", "b", "b"],
    )
    dataset = Dataset.from_table(source)
    assert dataset.row_index.tolist() == [0, 5]
    assert dataset.left_out == 4
    assert noted(dataset, "x: 2 cells missing", "lines 2, 5")
    assert noted(dataset, "z: 1 cell missing", "line 3")
    assert noted(dataset, "y: the target is missing in 1 row", "line 4")


def test_missing_cells_of_columns_not_used_cost_no_row() -> None:
    source = table(**XY, hole=[NAN, 1.0, 2.0, 3.0], y=["a", "b", "a", "b"])
    assert Dataset.from_table(source, "y", ["x", "z"]).left_out == 0
    assert Dataset.from_table(source, "y").left_out == 1


def test_no_row_left_is_refused() -> None:
    source = table(x=[1.0, 2.0, NAN, NAN], z=[NAN, NAN, 1.0, 2.0], y=["a", "b", "a", "b"])
    with pytest.raises(DataError) as caught:
        Dataset.from_table(source)
    assert caught.value.code == "data.no_rows"


def test_classes_that_lose_all_their_rows_are_no_classes() -> None:
    source = table(x=[1.0, 2.0, 3.0, NAN, 5.0], y=["a", "b", "a", "c", "b"])
    assert Dataset.from_table(source).classes == ("a", "b")


# The split


@settings(deadline=None)
@given(
    seed=st.integers(0, 99),
    validation=st.sampled_from([0.0, 0.2, 0.5, 0.9]),
    scaling=st.sampled_from(["none", "standardize", "minmax"]),
    degree=st.integers(1, 3),
    regression=st.booleans(),
)
def test_rows_targets_and_inputs_stay_together(
    seed: int, validation: float, scaling: str, degree: int, regression: bool
) -> None:
    generator = np.random.default_rng(seed)
    x = generator.normal(5.0, 3.0, size=(30, 2))
    x[generator.integers(0, 30, 3), 0] = np.nan
    y = generator.normal(size=30) if regression else generator.integers(0, 2, 30)
    dataset = Dataset.from_table(
        table(u=x[:, 0], v=x[:, 1], y=y),
        scaling=scaling,
        degree=degree,
        validation=validation,
        seed=seed,
    )
    rows = dataset.row_index
    n = dataset.samples
    assert rows.size == 30 - dataset.left_out == len(dataset.prepared)
    assert sorted(rows.tolist()) == np.flatnonzero(np.isfinite(x[:, 0])).tolist()
    np.testing.assert_allclose(np.stack([dataset.inputs(0), dataset.inputs(1)], 1), x[rows])
    np.testing.assert_allclose(dataset.preparation.transform(x[rows]), dataset.prepared)
    np.testing.assert_allclose(dataset.means, x[rows[:n]].mean(axis=0))
    if regression:
        assert dataset.values.tolist() == y[rows[:n]].tolist()
        assert dataset.values_validation.tolist() == y[rows[n:]].tolist()
    else:
        names = np.array(dataset.classes)
        assert names[dataset.labels].tolist() == [str(label) for label in y[rows[:n]]]
        assert names[dataset.labels_validation].tolist() == [str(label) for label in y[rows[n:]]]
    assert len(dataset.X) == n
    assert len(dataset.X_validation) == rows.size - n


def test_scaling_is_measured_on_the_training_rows_alone() -> None:
    generator = np.random.default_rng(0)
    source = table(x=generator.normal(size=200), y=generator.integers(0, 2, 200))
    dataset = Dataset.from_table(source, validation=0.5)
    np.testing.assert_allclose(dataset.X.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(dataset.X.std(axis=0), 1.0)
    assert abs(dataset.X_validation.mean()) > 1e-3


def test_a_class_absent_from_the_training_part_is_refused_without_stratification() -> None:
    source = table(x=np.arange(20.0) ** 2, y=["a"] * 18 + ["b", "b"])
    held = [split_rows(20, 0.5, seed)[1] for seed in range(20)]
    seed = next(seed for seed, rows in enumerate(held) if {18, 19} <= set(rows.tolist()))
    with pytest.raises(DataError, match="'b'") as caught:
        Dataset.from_table(source, validation=0.5, seed=seed, stratify=False)
    assert caught.value.code == "data.class_absent"
    assert set(Dataset.from_table(source, validation=0.9).labels) == {0, 1}


def test_a_validation_part_without_a_class_is_said() -> None:
    source = table(x=np.arange(20.0) ** 2, y=["a"] * 19 + ["b"])
    assert noted(Dataset.from_table(source, validation=0.5), "Validation", "'b'")


def test_too_few_rows_to_hold_out_is_said() -> None:
    source = table(x=[1.0, 2.0, 3.0], y=["a", "b", "a"])
    dataset = Dataset.from_table(source, validation=0.1)
    assert dataset.samples == 3
    assert noted(dataset, "too few rows")


def test_a_feature_constant_in_training_is_said_and_harmless() -> None:
    x = np.zeros(40)
    x[7] = 1.0
    source = table(x=x, z=np.arange(40.0) ** 2, y=["a", "b"] * 20)
    notes: set[bool] = set()
    for seed in range(12):
        dataset = Dataset.from_table(source, validation=0.5, seed=seed)
        held_out = 7 in dataset.row_index[dataset.samples :]
        assert noted(dataset, "x", "the same in every training row") == held_out
        assert np.isfinite(dataset.prepared).all()
        notes.add(held_out)
    assert notes == {True, False}


# Types, ownership, limits


def test_float32_tables_stay_float32_unless_told() -> None:
    x = np.arange(6, dtype=np.float32) ** 2
    source = table(x=x, y=["a", "b"] * 3)
    assert Dataset.from_table(source).dtype == np.float32
    assert Dataset.from_table(source, dtype=np.float64).dtype == np.float64
    assert Dataset.from_table(table(x=x.astype(float), y=["a", "b"] * 3)).dtype == np.float64


def test_arrays_are_read_only_and_contiguous() -> None:
    dataset = Dataset.from_table(table(**XY, y=["a", "b", "a", "b"]), validation=0.5)
    for array in (
        dataset.X,
        dataset.labels,
        dataset.X_validation,
        dataset.row_index,
        dataset.means,
    ):
        assert not array.flags.writeable
        assert array.flags.c_contiguous


def test_one_block_and_many_give_the_same_numbers() -> None:
    generator = np.random.default_rng(3)
    x = generator.normal(size=(70_000, 3))
    y = generator.integers(0, 2, 70_000)
    source = table(a=x[:, 0], b=x[:, 1], c=x[:, 2], y=y)
    dataset = Dataset.from_table(source, validation=0.3)
    few = dataset.preparation.transform(x[dataset.row_index[-5:]])
    assert np.array_equal(dataset.prepared[-5:], few)


def test_terms_beyond_the_largest_number_are_refused() -> None:
    source = table(x=[1e80, 2e80, -1e80, 5.0], y=["a", "b", "a", "b"])
    with pytest.raises(DataError, match="x⁴"):
        Dataset.from_table(source, scaling="none", degree=4)
    assert Dataset.from_table(source, degree=4).terms == 4


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"scaling": "robust"}, "scaling"),
        ({"degree": 9}, "degree"),
        ({"validation": 0.95}, "validation"),
        ({"seed": -1}, "seed"),
        ({"seed": 0.5}, "seed"),
    ],
)
def test_choices_that_do_not_exist_are_refused(choice: dict[str, object], field: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Dataset.from_table(table(**XY, y=["a", "b", "a", "b"]), **choice)  # type: ignore[arg-type] - wrong on purpose
    assert caught.value.field == field
