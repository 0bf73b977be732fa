"""Which column is guessed to be the target, and what happens where the guess cannot be learnt."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError, DataError
from tests.slp_core.data.tables import NAN, noted, table, with_kinds

ROWS = 40
X = np.arange(ROWS) ** 1.5
Y = np.cos(X)
NAMES = [f"n{i}" for i in range(ROWS)]
KINDS = ["a", "b"] * (ROWS // 2)
BITS = [0, 1] * (ROWS // 2)


@pytest.mark.parametrize(
    ("last", "why"),
    [
        (NAMES, "'last' has a class for every row ('n0', 'n1', "),
        (["same"] * ROWS, "'last' has only one class, 'same'."),
        ([7.5] * ROWS, "'last' is 7.5 in every row"),
        ([NAN] * ROWS, "'last' is empty."),
    ],
)
def test_a_guess_that_cannot_be_learnt_gives_way_to_the_next_column(
    last: ArrayLike, why: str
) -> None:
    dataset = Dataset.from_table(table(u=X, v=Y, bit=BITS, last=last))
    assert (dataset.target, dataset.task) == ("bit", "binary")
    assert dataset.feature_names == ("u", "v")
    assert dataset.notes[0].startswith(f"bit: taken as the target, because {why}")


def test_usual_names_are_tried_before_the_last_column() -> None:
    dataset = Dataset.from_table(table(label=NAMES, species=KINDS, u=X, last=BITS))
    assert dataset.target == "species"
    assert noted(dataset, "species: taken as the target, because 'label' has a class for every row")


def test_the_next_columns_are_tried_backwards() -> None:
    dataset = Dataset.from_table(table(a=X, b=KINDS, c=Y, d=[1.0] * ROWS, e=NAMES))
    assert dataset.target == "c"


def test_a_target_that_is_named_is_kept_or_refused() -> None:
    source = table(u=X, v=Y, name=NAMES)
    assert Dataset.from_table(source).target == "v"
    with pytest.raises(DataError, match="class for every row"):
        Dataset.from_table(source, "name")


def test_columns_asked_for_as_features_are_no_guesses() -> None:
    source = table(u=X, v=Y, bit=BITS, name=NAMES)
    assert Dataset.from_table(source, features=["bit", "v"]).target == "u"
    with pytest.raises(DataError, match="could be a target") as caught:
        Dataset.from_table(source, features=["u", "v", "bit", "name"])
    assert caught.value.code == "data.no_target"
    with pytest.raises(DataError, match="no column 'nope'"):
        Dataset.from_table(source, features=["nope"])


def test_where_no_column_serves_all_reasons_are_listed() -> None:
    with pytest.raises(DataError) as caught:
        Dataset.from_table(table(u=X, same=[1.0] * ROWS, name=NAMES))
    assert caught.value.code == "data.no_target"
    for part in ("name: The target 'name' has a class", "same: ", "u: test has no column that"):
        assert part in caught.value.hint


def test_many_names_are_refused_at_once_and_counted() -> None:
    with pytest.raises(DataError, match="could be a target") as caught:
        Dataset.from_table(table(u=X, **{f"c{i}": NAMES for i in range(300)}))
    assert "296 more" in caught.value.hint


def test_a_task_the_usual_target_does_not_have_is_still_refused() -> None:
    with pytest.raises(ConfigError, match="no regression"):
        Dataset.from_table(table(u=X, v=Y, kind=KINDS), task="regression")
    guessed = Dataset.from_table(table(u=X, kind=KINDS, same=[1.0] * ROWS), task="regression")
    assert guessed.target == "u"


# Points x and y


@pytest.mark.parametrize(
    ("columns", "target"),
    [
        ({"x": X, "y": Y, "colour": KINDS}, "colour"),
        ({"colour": KINDS, "X": X, "Y": Y}, "colour"),
        ({"x": X, "y": Y, "group": BITS}, "group"),
        ({"group": BITS, "x": X, "y": Y}, "group"),
        ({"x": X, "y": Y, "cluster": BITS, "z": Y}, "cluster"),
        ({"type": BITS, "x": X, "y": Y, "colour": KINDS}, "type"),
        ({"x": X, "y": Y, "class": BITS}, "class"),
        ({"y": Y, "u": X, "label": X}, "label"),
        ({"x": X, "treated": BITS, "y": Y}, "y"),
        ({"x": X, "y": BITS, "colour": KINDS}, "y"),
        ({"x": X, "y": KINDS, "colour": KINDS}, "y"),
        ({"x": X, "y": Y, "name": NAMES}, "y"),
        ({"x": X, "y": Y, "z": X}, "y"),
        ({"u": X, "y": Y, "colour": KINDS}, "y"),
        ({"u": X, "type": KINDS, "price": Y}, "price"),
    ],
)
def test_y_beside_x_is_a_coordinate_where_there_are_classes(
    columns: dict[str, ArrayLike], target: str
) -> None:
    dataset = Dataset.from_table(table(**columns))
    assert dataset.target == target
    assert not noted(dataset, "taken as the target")


def test_truth_values_are_classes_of_points() -> None:
    source = with_kinds({"inside": ("bool", ["yes", "no"] * 3)})
    points = table(x=X[:6], y=Y[:6])
    whole = type(source)(
        "test",
        None,
        source.dialect,
        (*points.columns, *source.columns),
        6,
        (),
        (),
        source.lines,
    )
    assert Dataset.from_table(whole).target == "inside"


# Rows that are left out


def test_the_first_note_is_the_total() -> None:
    holes = np.where(np.arange(ROWS) % 4 == 0, NAN, X)
    dataset = Dataset.from_table(table(u=holes, v=Y, kind=["", *KINDS[1:-1], ""], name=NAMES))
    total = "29 of 40 rows are used; 11 are left out because a cell is missing."
    assert dataset.notes[0] == total
    assert dataset.notes[1].startswith("kind: taken as the target")
    assert noted(dataset, "u: 10 cells missing")
    one = Dataset.from_table(table(u=[NAN, *X[1:]], kind=KINDS))
    assert one.notes[0] == "39 of 40 rows are used; 1 is left out because a cell is missing."
    assert not noted(Dataset.from_table(table(u=X, kind=KINDS)), "rows are used")


def _deck(missing: int) -> list[str]:
    return ["", *"xy"] * missing + ["x"] * (ROWS - 3 * missing)


def test_a_text_nobody_asked_for_does_not_cost_many_rows() -> None:
    source = table(u=X, deck=_deck(3), kind=KINDS)
    dataset = Dataset.from_table(source)
    assert (dataset.feature_names, dataset.left_out) == (("u",), 0)
    assert noted(dataset, "deck: left out", "3 of 40 rows", "choose it as a feature")
    asked = Dataset.from_table(source, features=["u", "deck"])
    assert (asked.features, asked.left_out) == (3, 3)
    few = Dataset.from_table(table(u=X, deck=_deck(2), kind=KINDS))
    assert (few.features, few.left_out) == (3, 2)


def test_only_rows_complete_otherwise_count() -> None:
    deck = np.array(_deck(3))
    holes = np.where(deck == "", NAN, X)
    dataset = Dataset.from_table(table(u=holes, deck=deck, kind=KINDS))
    assert (dataset.features, dataset.left_out) == (3, 3)


def test_two_texts_with_the_same_missing_cells_are_both_left_out() -> None:
    dataset = Dataset.from_table(table(u=X, deck=_deck(3), room=_deck(3), kind=KINDS))
    assert (dataset.feature_names, dataset.left_out) == (("u",), 0)


def test_texts_that_are_all_there_is_are_kept() -> None:
    dataset = Dataset.from_table(table(deck=_deck(5), kind=KINDS))
    assert (dataset.features, dataset.left_out) == (2, 5)


def test_a_text_that_differs_in_every_row_is_no_feature_unless_asked_for() -> None:
    source = table(u=X[:6], name=NAMES[:6], kind=KINDS[:6])
    dataset = Dataset.from_table(source)
    assert dataset.feature_names == ("u",)
    assert noted(dataset, "name: left out, it has a different text in every row")
    assert Dataset.from_table(source, features=["name"]).features == 6
