from __future__ import annotations

import numpy as np
import pytest

from app.selection import Selection
from slp_core.arrays import Ints


@pytest.fixture
def heard(selection: Selection) -> list[list[int]]:
    said: list[list[int]] = []

    def hear(rows: Ints) -> None:
        said.append(rows.tolist())

    selection.changed.connect(hear)
    return said


@pytest.fixture
def selection(qapp: object) -> Selection:
    return Selection()


def test_rows_are_ascending_and_each_once(selection: Selection, heard: list[list[int]]) -> None:
    selection.set(np.array([5, 1, 5]))
    assert selection.rows.tolist() == [1, 5]
    assert heard == [[1, 5]]


def test_the_same_rows_say_nothing(selection: Selection, heard: list[list[int]]) -> None:
    selection.set(np.array([1, 5]))
    selection.set(np.array([5, 1]))
    assert len(heard) == 1


def test_rows_are_followed_through_an_edit(selection: Selection, heard: list[list[int]]) -> None:
    selection.set(np.array([1, 5]))
    selection.follow(np.array([0, 2, 5, -1, 1]))
    assert selection.rows.tolist() == [2, 4]
