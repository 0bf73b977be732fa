"""What legend and colour bar say of one class that is shown against the rest."""

from __future__ import annotations

from typing import NamedTuple

from app.numbers import number_text
from app.plots.colors import Bytes, class_table
from app.plots.reading import Reading
from app.plots.user_text import inline
from app.theme import Theme
from slp_core.data.dataset import Dataset
from slp_core.network.coding import threshold


class Scale(NamedTuple):
    """Ends and name of a colour bar, and its colours (256, 4) if not those of numbers."""

    low: float
    high: float
    name: str = ""
    table: Bytes | None = None


def output_name(dataset: Dataset, reading: Reading, one: int) -> str:
    """``P(setosa)`` where it is a probability."""
    name = inline(dataset.classes[one])
    return f"P({name})" if reading.probability else f"output of {name}"


def class_scale(dataset: Dataset, reading: Reading, theme: Theme, one: int) -> Scale:
    """From no sign of a class to its target."""
    low, high = reading.targets
    return Scale(low, high, output_name(dataset, reading, one), class_table(theme, one))


def boundary_words(dataset: Dataset, reading: Reading, one: int) -> tuple[str, str]:
    """What the thick line is, and why it is not where the decision changes."""
    level = number_text(threshold(reading.pair))
    text = f"{output_name(dataset, reading, one)} = {level}"
    tip = (
        "The boundary of this class alone. The class with the largest output is decided, so that"
        " its region may reach beyond the line."
    )
    return text, tip
