"""What the columns of the table view are: the target, what the model makes of it, the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Table
from slp_core.network.pairs import Pair
from slp_core.training import answers

What = Literal["cell", "prediction", "error", "certainty", "loss", "part"]
OUTCOMES: Final = ("prediction", "error", "certainty", "loss")
"""What changes with the weights."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the view.

    ``source`` is its place among the table's columns, −1 for what is computed. ``right``: aligned
    to the right, as numbers are.
    """

    what: What
    label: str
    tip: str
    source: int = -1
    right: bool = False
    is_target: bool = False

    @property
    def is_outcome(self) -> bool:
        """Whether it changes with the weights."""
        return self.what in OUTCOMES


def fields_of(table: Table, dataset: Dataset | None, pair: Pair | None) -> tuple[Field, ...]:
    """The target, what is computed, then the other columns in the order of the file.

    What is computed stands at the target, where it is compared, and not behind 64 columns.
    """
    cells = [_cell(place, column, dataset) for place, column in enumerate(table.columns)]
    if dataset is None:
        return tuple(cells)
    target = [field for field in cells if field.is_target]
    rest = [field for field in cells if not field.is_target]
    return (*target, *_computed(dataset, pair), *rest)


def certainty_kind(pair: Pair | None) -> answers.Certainty:
    """What tells how sure the network is; without a pair it is called a probability."""
    return "probability" if pair is None else answers.certainty_kind(pair)


def _cell(place: int, column: Column, dataset: Dataset | None) -> Field:
    tip, is_target = "As read from the file.", False
    if dataset is not None and column.name == dataset.target:
        tip, is_target = "The target: what is to be predicted.", True
    elif dataset is not None and column.name in dataset.preparation.columns:
        tip = "A feature: the network sees it."
    elif dataset is not None:
        tip = "Not used by the network."
    return Field("cell", column.name, tip, place, column.numbers is not None, is_target)


def _computed(dataset: Dataset, pair: Pair | None) -> tuple[Field, ...]:
    loss = Field(
        "loss", "Loss", "Loss of the row alone, without class weights or penalty.", -1, True
    )
    part = Field("part", "Part", "Whether the row trains, validates, or is left out and why.")
    if dataset.task == "regression":
        prediction = Field("prediction", "Prediction", "What the network answers.", -1, True)
        error = Field("error", "Error", "The prediction less the target.", -1, True)
        return (prediction, error, loss, part)
    prediction = Field("prediction", "Prediction", "The class that the network decides for.")
    error = Field("error", "Mistake", "A cross where the prediction is not the target.")
    return (prediction, error, _certainty(dataset, pair), loss, part)


def _certainty(dataset: Dataset, pair: Pair | None) -> Field:
    kind = certainty_kind(pair)
    if kind == "probability":
        return Field("certainty", "Probability", "Probability of the predicted class.", -1, True)
    single = pair is not None and dataset.task == "binary" and pair.activation != "softmax"
    of = f"the class {dataset.classes[1]}" if single else "the predicted class"
    tip = f"{kind.capitalize()} of {of}; with this model it is not a probability."
    return Field("certainty", kind.capitalize(), tip, -1, True)
