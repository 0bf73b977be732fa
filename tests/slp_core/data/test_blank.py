from __future__ import annotations

import pytest

from slp_core.data.blank import blank_table
from slp_core.data.dataset import Dataset
from slp_core.data.target import Task
from slp_core.errors import ConfigError


@pytest.mark.parametrize("classes", range(2, 11))
def test_a_blank_painting_can_be_trained_at_once(classes: int) -> None:
    dataset = Dataset.from_table(blank_table("multiclass", classes))
    assert dataset.target == "class"
    assert dataset.feature_names == ("x", "y")
    assert dataset.classes == tuple(f"class {letter}" for letter in "ABCDEFGHIJ"[:classes])
    assert dataset.samples == (2 if classes == 2 else classes + 1)


def test_a_blank_line_is_a_regression_without_being_told() -> None:
    dataset = Dataset.from_table(blank_table("regression"))
    assert (dataset.task, dataset.target, dataset.feature_names) == ("regression", "y", ("x",))


@pytest.mark.parametrize(("task", "classes"), [("binary", 1), ("multiclass", 11)])
def test_not_any_number_of_classes(task: Task, classes: int) -> None:
    with pytest.raises(ConfigError):
        blank_table(task, classes)
