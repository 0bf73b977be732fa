"""The data card says what the data set is, no more and no less."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.card import MOST_LISTED, DataCard, data_card
from slp_core.data.dataset import Dataset
from slp_core.data.revision import revised
from slp_core.data.table import Table
from tests.slp_core.data.tables import NAN, table


def holey() -> Table:
    return table(
        x=[1.0, NAN, 3.0, 4.0, 5.0, 6.0, 7.5, 26.0, 9.0, 10.0],
        z=[*np.arange(9.0), NAN],
        colour=["red", "blue", "red", "red", "red", "blue", "green", "red", "red", "red"],
        when=["one"] * 10,
        kind=["a", "b", "a", "b", "a", "b", "a", "", "a", "b"],
    )


def values(card: DataCard) -> dict[str, str]:
    return {label.strip(): value for label, value in card.lines}


def section(card: DataCard, title: str) -> dict[str, str]:
    (found,) = [part for part in card.sections if part.title == title]
    return {label.strip(): value for label, value in found.lines}


def test_rows_left_out_add_up_with_their_reasons() -> None:
    dataset = Dataset.from_table(holey(), "kind", validation=0.25, seed=4)
    rows = section(data_card(dataset, holey()), "Rows")
    assert (rows["in the table"], rows["used (n)"]) == ("10", "7")
    assert (rows["for training"], rows["for validation"].split()[0]) == ("5", "2")
    assert "split seed 4, the same share of each class" in rows["for validation"]
    assert rows["left out"] == "3"
    assert {rows[name] for name in ("x", "z", "kind")} == {"missing in 1 row"}


def test_classes_are_counted_in_both_parts_under_both_names() -> None:
    dataset = Dataset.from_table(
        holey(), "kind", ["colour"], validation=0.25, renames={"a": "alpha"}
    )
    target = section(data_card(dataset, holey()), "Target")
    held = np.bincount(dataset.labels_validation, minlength=2)
    assert target["kind"] == "2 classes"
    assert target["alpha"] == (
        f"{5 - held[0]} for training, {held[0]} for validation (in the table: a)"
    )
    assert target["b"] == f"{4 - held[1]} for training, {held[1]} for validation"


def test_filled_cells_are_counted_for_each_column() -> None:
    dataset = Dataset.from_table(holey(), "kind", ["x", "z"], missing="median")
    card = data_card(dataset, holey())
    missing = section(card, "Missing cells")
    assert missing["what is done"] == "Fill: median"
    assert missing["filled"] == "2 cells"
    assert missing["x"] == "1 cell: 5.5, the median of the training rows"
    rows = section(card, "Rows")
    assert (rows["left out"], rows["kind"]) == ("1", "missing in 1 row")
    assert "x" not in rows
    assert section(card, "Features")["z"].endswith("missing: 3.5")


@pytest.mark.parametrize("scaling", ["none", "standardize", "minmax"])
def test_each_feature_says_center_and_scale(scaling: str) -> None:
    dataset = Dataset.from_table(holey(), "kind", ["z"], scaling=scaling)
    line = section(data_card(dataset, holey()), "Features")["z"]
    feature = dataset.preparation.features[0]
    wanted = f"center {feature.center:.6g}, scale {feature.scale:.6g}"
    assert line == ("as it is" if scaling == "none" else wanted)


def test_terms_are_named() -> None:
    dataset = Dataset.from_table(holey(), "kind", ["x", "z"], degree=2, sine=True)
    inputs = section(data_card(dataset, holey()), "Inputs")
    assert (inputs["features (d)"], inputs["terms"]) == ("2", "7")
    assert inputs["added terms"] == "x², x·z, z², sin(π·x), sin(π·z)"
    assert inputs["degree"] == "2"


def test_columns_say_the_limit_of_texts_and_what_is_left_out() -> None:
    columns = section(data_card(Dataset.from_table(holey(), "kind"), holey()), "Columns")
    assert columns["texts"] == "one feature (0 or 1) for each text, up to 20 of a column"
    assert "left out" in columns["when"]


def test_a_number_to_predict_shows_its_range() -> None:
    made = table(x=np.arange(12.0), y=np.arange(12.0) - 2.5)
    target = section(data_card(Dataset.from_table(made, "y"), made), "Target")
    assert (target["kind"], target["from – to"]) == ("a number (regression)", "−2.5 – 8.5")


def test_long_lists_are_cut_and_counted() -> None:
    many = {f"f{i:03}": np.arange(8.0) * (i + 1) for i in range(130)}
    made = table(**many, kind=["a", "b"] * 4)
    card = data_card(Dataset.from_table(made, "kind"), made)
    assert values(card)["…"] == "and 30 more features"
    assert len(section(card, "Features")) == MOST_LISTED + 1


def test_rows_of_unknown_texts_after_an_edit_are_explained() -> None:
    before = Dataset.from_table(table(colour=["r", "g"] * 4, kind=["a", "b"] * 4), "kind")
    edited = table(colour=["r", "g", "violet"], kind=["a", "b", "a"])
    after = revised(before, edited, np.array([0, 1, -1]))
    rows = section(data_card(after, edited), "Rows")
    assert rows["other"] == "1 row with a text not known before"


def test_the_text_holds_every_line() -> None:
    card = data_card(Dataset.from_table(holey(), "kind"), holey())
    text = card.as_text()
    assert text.startswith("Data card: test\n===============\n")
    for label, value in card.lines:
        assert label.strip() in text
        assert value in text
