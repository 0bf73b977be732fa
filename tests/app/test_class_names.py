from __future__ import annotations

import numpy as np
import pytest

from app.class_names import check_class, classes_note, next_class, read_order
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.errors import DataError


def coded(values: list[float], renames: dict[str, str] | None = None) -> tuple[Table, Dataset]:
    x = np.arange(float(len(values)))
    table = Table.from_columns("coded", {"x": x, "z": -(x**2), "class": np.array(values)})
    return table, Dataset.from_table(table, "class", task="multiclass", renames=renames)


def named() -> tuple[Table, Dataset]:
    x = np.arange(6.0)
    kinds = np.array(["class A", "dog"] * 3, dtype=object)
    table = Table.from_columns("named", {"x": x, "z": -(x**2), "class": kinds})
    return table, Dataset.from_table(table, "class")


@pytest.mark.parametrize(
    ("names", "following"),
    [
        (("A", "B"), "C"),
        (("class a", "class b"), "class c"),
        (("group 9", "group 10"), "group 11"),
        (("setosa", "virginica"), "class A"),
        (("Y", "Z"), "class A"),
    ],
)
def test_the_next_class_is_called_like_the_others(names: tuple[str, str], following: str) -> None:
    kinds = np.array(list(names) * 3, dtype=object)
    table = Table.from_columns("t", {"x": np.arange(6.0), "class": kinds})
    assert next_class(table, Dataset.from_table(table, "class")) == following


def test_the_next_class_is_the_next_number_or_letter() -> None:
    assert next_class(*coded([0, 1, 0, 1])) == "2"
    assert next_class(*coded([0, 1, 0, 1]), ["2"]) == "3"
    assert next_class(*named()) == "class B"
    assert next_class(*named(), ["Class B", "cat"]) == "Class C"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "needs a name"),
        ("  ", "needs a name"),
        ("NaN", "missing value"),
        ("dog", "already"),
        ("DOG ", "already"),
        ("x" * 61, "at most 60"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(DataError, match=why):
        check_class(*named(), text)


def test_a_good_name_is_tidied() -> None:
    assert check_class(*named(), "  big   cat ") == "big cat"


def test_numbers_take_whole_numbers_only() -> None:
    table, data = coded([0, 1, 0, 1], {"1": "yes"})
    assert check_class(table, data, "7.0") == "7"
    for text, why in (
        ("cat", "no whole number"),
        ("1.5", "no whole"),
        ("1", "already"),
        ("inf", "no whole"),
    ):
        with pytest.raises(DataError, match=why):
            check_class(table, data, text)
    with pytest.raises(DataError) as caught:
        check_class(table, data, "cat")
    assert "Add 2 and rename it then" in str(caught.value.hint)


def test_a_column_of_numbers_has_ten_classes_at_most() -> None:
    table, data = coded([float(n) for n in range(10)] * 2)
    with pytest.raises(DataError, match="quantity"):
        check_class(table, data, "10")


def test_why_training_starts_again_names_the_classes() -> None:
    def made(*classes: str) -> Dataset:
        names = np.array([name for name in classes for _ in range(2)], dtype=object)
        return Dataset.from_table(
            Table.from_columns("t", {"x": np.arange(float(names.size)), "kind": names}), "kind"
        )

    two, five = made("a", "b"), made("a", "b", "c", "d", "e", "f")
    assert classes_note(two, made("a", "b", "c")).startswith("New class “c”: training starts again")
    assert classes_note(two, five).startswith("New classes “c”, “d”, “e” and 1 more: ")
    assert classes_note(made("a", "b", "c"), two).startswith("No points are left of class “c”:")
    assert "other classes" in classes_note(two, made("a", "z"))


def test_another_order_after_reading_is_told() -> None:
    assert read_order(("A", "B", "C")) == ""
    assert read_order(("2", "10", "x")) == ""
    told = read_order(("zebra", "B", "a10", "a2"))
    assert told.endswith("in the order of their names: a2, a10, B, zebra.")
    assert read_order([f"k{n}" for n in range(9, 0, -1)]).endswith("k6 ….")
