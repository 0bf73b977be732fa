"""Classes are shown by other names; what is learnt stays the same."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.data.dataset import Dataset
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.errors import ConfigError
from tests.slp_core.data.tables import noted, table


def digits(kinds: list[float]) -> Table:
    return table(x=np.arange(len(kinds)) ** 2.0, kind=kinds)


KINDS = [0.0, 1.0, 10.0, 2.0] * 5


def test_names_change_and_nothing_else() -> None:
    plain = Dataset.from_table(digits(KINDS), "kind")
    named = Dataset.from_table(digits(KINDS), "kind", renames={"0": "zero", "10": "a ten"})
    assert plain.classes == plain.written == named.written == ("0", "1", "2", "10")
    assert named.classes == ("zero", "1", "2", "a ten")
    assert np.array_equal(named.all_labels, plain.all_labels)
    again = plain.renamed({"0": "zero", "10": "a ten"})
    assert (again.classes, again.written, dict(again.renames)) == (
        named.classes,
        named.written,
        dict(named.renames),
    )
    assert again.prepared is plain.prepared
    assert again.renamed({}).classes == plain.classes


def test_names_may_change_places() -> None:
    assert Dataset.from_table(digits(KINDS), "kind", renames={"0": "1", "1": "0"}).classes == (
        "1",
        "0",
        "2",
        "10",
    )


@pytest.mark.parametrize(
    ("renames", "words"),
    [
        ({"0": "1"}, "Two classes cannot both be called '1' ('0' and '1' in the table)"),
        ({"0": "new", "2": "new"}, "Two classes cannot both be called 'new' ('0' and '2'"),
        ({"10": " "}, "The class '10' needs a name"),
    ],
)
def test_two_classes_never_share_a_name(renames: dict[str, str], words: str) -> None:
    plain = Dataset.from_table(digits(KINDS), "kind")
    for make in (
        lambda: Dataset.from_table(digits(KINDS), "kind", renames=renames),
        lambda: plain.renamed(renames),
    ):
        with pytest.raises(ConfigError) as caught:
            make()
        assert words in caught.value.message
        assert caught.value.field == "renames"


def test_a_name_waits_for_its_class() -> None:
    named = Dataset.from_table(digits(KINDS), "kind", renames={"5": "five", "1": "one"})
    assert named.classes == ("0", "one", "2", "10")
    grown = revised(named, digits([*KINDS, 5.0]), np.array([*range(20), -1]))
    assert grown.written == ("0", "1", "2", "10", "5")
    assert grown.classes == ("0", "one", "2", "10", "five")
    fewer = revised(grown, digits([0.0, 1.0, 5.0]), np.array([0, 1, 20]))
    assert (fewer.written, fewer.classes) == (("0", "1", "5"), ("0", "one", "five"))


def test_what_is_said_uses_the_names_shown() -> None:
    made = table(x=np.arange(12.0) ** 2, kind=["a"] * 11 + ["b"])
    named = Dataset.from_table(made, "kind", renames={"b": "rare"}, validation=0.3)
    assert noted(named, "no row of the class 'rare'")


def test_a_number_to_predict_has_no_classes_to_rename() -> None:
    made = table(x=np.arange(12.0), y=np.arange(12.0) / 7)
    assert Dataset.from_table(made, "y", renames={"0": "zero"}).classes == ()
