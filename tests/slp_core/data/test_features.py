from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.errors import DataError
from tests.slp_core.data.tables import NAN, XY, noted, table, with_kinds


def test_chosen_features_keep_their_order_and_original_units() -> None:
    dataset = Dataset.from_table(table(**XY, y=["a", "b", "a", "b"]), features=["z", "x"])
    assert dataset.feature_names == ("z", "x")
    np.testing.assert_allclose(dataset.inputs(1), XY["x"])
    np.testing.assert_allclose(dataset.means, [2.25, 2.5])


def test_text_becomes_one_feature_for_each_category() -> None:
    source = table(colour=["red", "blue", "red", "green"], y=["a", "b", "a", "b"])
    dataset = Dataset.from_table(source, scaling="none")
    assert dataset.feature_names == ("colour = blue", "colour = green", "colour = red")
    assert dataset.X.tolist() == [[0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert noted(dataset, "colour", "3 categories")


def test_truth_values_become_one_feature() -> None:
    source = with_kinds(
        {
            "member": ("bool", ["true", "False", "TRUE", "false"]),
            "y": ("text", ["a", "b", "a", "b"]),
        }
    )
    dataset = Dataset.from_table(source, scaling="none")
    assert dataset.feature_names == ("member",)
    assert dataset.X[:, 0].tolist() == [1, 0, 1, 0]


def test_columns_that_cannot_be_features_are_left_out_and_said() -> None:
    rows = 22
    source = table(
        x=np.arange(rows) ** 2,
        same=np.full(rows, 7.0),
        word=["w"] * rows,
        name=[f"n{i}" for i in range(rows)],
        hole=[*[NAN] * 12, *range(10)],
        nothing=[NAN] * rows,
        row=np.arange(1, rows + 1),
        y=["a", "b"] * 11,
    )
    dataset = Dataset.from_table(source)
    assert dataset.feature_names == ("x", "row")
    assert dataset.samples == rows
    assert noted(dataset, "same", "7 in every row")
    assert noted(dataset, "word", "'w' in every row")
    assert noted(dataset, "name", "22 different texts")
    assert noted(dataset, "hole", "55% of its cells are missing")
    assert noted(dataset, "nothing", "empty")
    assert noted(dataset, "row", "looks like a row number")


def test_dates_are_left_out_and_said() -> None:
    source = with_kinds(
        {
            "day": ("date", ["2020-01-01", "2020-01-02", "2020-01-02", "2020-01-02"]),
            "shape": ("text", ["u", "v", "u", "v"]),
            "y": ("text", ["a", "b", "a", "b"]),
        }
    )
    dataset = Dataset.from_table(source)
    assert noted(dataset, "day", "dates")
    assert "day" not in dataset.preparation.columns


def test_no_usable_feature_is_refused_with_the_reasons() -> None:
    with pytest.raises(DataError) as caught:
        Dataset.from_table(table(x=[1.0] * 4, y=["a", "b", "a", "b"]))
    assert caught.value.code == "data.no_features"
    assert "1 in every row" in caught.value.hint


def test_the_target_cannot_be_a_feature() -> None:
    with pytest.raises(DataError) as caught:
        Dataset.from_table(table(**XY, y=["a", "b", "a", "b"]), "y", ["x", "y"])
    assert caught.value.code == "data.target_as_feature"


# Reading new rows


def _trained_on_colours() -> Dataset:
    source = table(
        x=[1.0, 2.0, 3.0, 4.0], colour=["red", "blue", "red", "blue"], y=["a", "b", "a", "b"]
    )
    return Dataset.from_table(source)


def test_inputs_of_the_same_table_are_the_inputs_of_the_data_set() -> None:
    dataset = _trained_on_colours()
    source = table(colour=["blue", "red"], other=[0, 0], x=[9.0, 8.0])
    inputs, usable, reasons = dataset.preparation.inputs_from(source)
    assert inputs.tolist() == [[9.0, 1.0, 0.0], [8.0, 0.0, 1.0]]
    assert usable.tolist() == [True, True]
    assert reasons == ()


def test_cells_that_cannot_be_read_are_named() -> None:
    source = table(colour=["green", "red", "", "red"], x=[1.0, NAN, 3.0, 4.0])
    inputs, usable, reasons = _trained_on_colours().preparation.inputs_from(source)
    assert usable.tolist() == [False, False, False, True]
    assert np.isnan(inputs[1, 0])
    assert np.isnan(inputs[0, 1:]).all()
    assert reasons == (
        "x: 1 cell empty or not finite (line 2).",
        "colour: 2 cells empty or not known from the training data (lines 1, 3).",
    )


def test_text_instead_of_numbers_is_refused() -> None:
    source = table(colour=["red"], x=["one"])
    with pytest.raises(DataError, match="'x' holds text"):
        _trained_on_colours().preparation.inputs_from(source)


def test_an_absent_column_is_refused() -> None:
    with pytest.raises(DataError, match="colour"):
        _trained_on_colours().preparation.inputs_from(table(x=[1.0]))


def test_categories_written_as_numbers_are_read_from_a_column_of_numbers() -> None:
    source = table(code=["1", "2", "x", "x"], y=["a", "b", "a", "b"])
    preparation = Dataset.from_table(source).preparation
    inputs, usable, _ = preparation.inputs_from(table(code=[2.0, 1.0, 3.0]))
    assert inputs[:2].tolist() == [[0, 1, 0], [1, 0, 0]]
    assert usable.tolist() == [True, True, False]


@pytest.mark.parametrize(("no", "yes"), [("no", "yes"), ("Nein", "Ja"), ("falso", "verdadero")])
def test_truth_is_one_in_every_language(no: str, yes: str) -> None:
    source = with_kinds({"m": ("bool", [yes, no, yes, no]), "y": ("text", ["a", "b", "a", "b"])})
    dataset = Dataset.from_table(source, scaling="none")
    assert dataset.X[:, 0].tolist() == [1, 0, 1, 0]
    preparation = dataset.preparation
    other = with_kinds({"m": ("text", ["TRUE", "off", "maybe", "", yes, no])})
    for found, expected in (
        (other, [1, 0, None, None, 1, 0]),
        (table(m=[0.0, 1.0, 2.0, NAN]), [0, 1, None, None]),
    ):
        inputs, usable, reasons = preparation.inputs_from(found)
        assert usable.tolist() == [value is not None for value in expected]
        assert inputs[usable, 0].tolist() == [value for value in expected if value is not None]
        assert reasons[0].startswith("m: 2 cells empty or not known")


def test_an_empty_column_makes_no_row_usable() -> None:
    empty = with_kinds({"x": ("empty", ["", ""]), "colour": ("empty", ["", ""])})
    _, usable, reasons = _trained_on_colours().preparation.inputs_from(empty)
    assert not usable.any()
    assert len(reasons) == 2
