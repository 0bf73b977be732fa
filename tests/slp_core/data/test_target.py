from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slp_core.data.dataset import Dataset
from slp_core.data.target import natural_key
from slp_core.errors import ConfigError, DataError
from tests.slp_core.data.tables import NAN, XY, table, with_kinds


def test_text_classes_are_named_and_numbered_in_natural_order() -> None:
    dataset = Dataset.from_table(table(**XY, kind=["b10", "b2", "b2", "b10"]))
    assert dataset.task == "binary"
    assert dataset.classes == ("b2", "b10")
    assert dataset.labels.tolist() == [1, 0, 0, 1]
    assert dataset.values.size == 0


def test_numeric_classes_print_without_a_decimal_point() -> None:
    dataset = Dataset.from_table(table(**XY, digit=[10, -1, 2, 2]))
    assert dataset.task == "multiclass"
    assert dataset.classes == ("-1", "2", "10")
    assert dataset.labels.tolist() == [2, 0, 1, 1]


def test_truth_values_are_two_classes_whatever_their_case() -> None:
    source = with_kinds(
        {"x": ("text", ["u", "v", "u", "v"]), "y": ("bool", ["yes", "No", "NO", "YES"])}
    )
    dataset = Dataset.from_table(source)
    assert dataset.classes == ("No", "yes")
    assert dataset.labels.tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("values", [[0.5, 1.0, 1.0, 2.0], list(range(4)), [1e20, 2e20, -1.0, -1.5]])
def test_numbers_that_are_not_whole_or_all_differ_are_a_regression(values: list[float]) -> None:
    dataset = Dataset.from_table(table(**XY, y=values))
    assert dataset.task == "regression"
    assert dataset.classes == ()
    assert dataset.values.tolist() == values
    assert dataset.labels.size == 0


def test_more_than_ten_whole_numbers_are_a_regression_and_ten_are_classes() -> None:
    x = np.arange(44.0) ** 2
    assert Dataset.from_table(table(x=x, y=np.arange(44) % 11)).task == "regression"
    assert len(Dataset.from_table(table(x=x, y=np.arange(44) % 10)).classes) == 10


def test_the_task_can_be_told() -> None:
    assert Dataset.from_table(table(**XY, y=[0, 1, 0, 1]), task="regression").task == "regression"
    classes = Dataset.from_table(table(**XY, y=[0.5, 1, 0.5, 1]), task="multiclass").classes
    assert classes == ("0.5", "1")


@pytest.mark.parametrize(
    ("task", "allowed"), [("regression", "multiclass"), ("binary", "multiclass"), ("x", "binary")]
)
def test_a_task_that_does_not_suit_is_refused(task: str, allowed: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Dataset.from_table(table(**XY, y=["a", "b", "c", "c"]), task=task)
    assert caught.value.field == "task"
    assert allowed in caught.value.allowed


def test_the_target_is_guessed_by_name_and_else_is_the_last_column() -> None:
    labels = ["a", "b", "a", "b"]
    assert Dataset.from_table(table(Species=labels, **XY)).target == "Species"
    assert Dataset.from_table(table(**XY, colour=labels)).target == "colour"


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (["a", "a", "a", "a"], "data.one_class"),
        (["a", "b", "c", "d"], "data.class_per_row"),
        ([5.5, 5.5, 5.5, 5.5], "data.constant_target"),
        ([5, 5, 5, 5], "data.one_class"),
        (["", "", "", ""], "data.empty_target"),
        ([NAN] * 4, "data.empty_target"),
    ],
)
def test_targets_without_anything_to_learn_are_refused(target: list[object], code: str) -> None:
    with pytest.raises(DataError) as caught:
        Dataset.from_table(table(**XY, y=np.array(target)), "y")
    assert caught.value.code == code
    assert caught.value.column == "y"


def test_too_many_classes_are_refused_with_their_number() -> None:
    names = [f"c{n % 1001}" for n in range(2002)]
    with pytest.raises(DataError, match="1001 classes"):
        Dataset.from_table(table(x=np.arange(2002.0) ** 2, y=names), "y")


@pytest.mark.parametrize(("classes", "told"), [(3, False), (6, False), (7, True), (11, True)])
def test_nearly_as_many_classes_as_rows_are_told(classes: int, told: bool) -> None:
    names = [f"c{min(n, classes - 1)}" for n in range(12)]
    notes = Dataset.from_table(table(x=np.arange(12.0) ** 2, y=names), "y").notes
    note = f"{classes} classes in 12 rows: hardly any class has rows to learn from."
    assert (note in notes) == told


def test_a_few_points_drawn_by_hand_are_classes_without_a_word() -> None:
    made = Dataset.from_table(table(x=[1.0, 2.0, 3.0, 5.0], y=["a", "b", "c", "a"]), "y")
    assert made.notes == ()


def test_an_unknown_target_or_feature_lists_the_columns() -> None:
    source = table(**XY, y=["a", "b", "a", "b"])
    for target, features in (("nope", None), ("y", ["x", "nope"])):
        with pytest.raises(DataError, match="nope") as caught:
            Dataset.from_table(source, target, features)
        assert "x, z, y" in caught.value.hint


@pytest.mark.parametrize(
    ("first", "second"),
    [("2", "10"), ("a2", "a10"), ("-3", "1"), ("10", "a"), ("a", "B"), ("x01", "x2")],
)
def test_natural_order(first: str, second: str) -> None:
    assert natural_key(first) < natural_key(second)


@given(st.lists(st.text(max_size=8) | st.just("9" * 5000), max_size=5))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert sorted(sorted(names, key=natural_key, reverse=True), key=natural_key) == sorted(
        names, key=natural_key
    )
