"""What a view of a model's quality is asked to show, and how it counts rows in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.plots.numbers import format_count
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Asked:
    """What a view is to show. Everything is immutable, so that it may cross threads."""

    dataset: Dataset
    pair: Pair
    parameters: Parameters
    switches: frozenset[str]
    """Switches that are on."""
    table: Table | None = None
    """What the samples come from, to name their rows."""

    @property
    def held_out(self) -> bool:
        """Whether the validation rows are meant."""
        return "validation" in self.switches and has_validation(self.dataset)

    @property
    def samples(self) -> slice:
        """The samples that are meant."""
        n = self.dataset.samples
        return slice(n, None) if self.held_out else slice(0, n)

    @property
    def part(self) -> str:
        """Their name at the beginning of a line."""
        return "Validation" if self.held_out else "Training"

    @property
    def columns(self) -> int:
        """What is ranked: one class of two, or each of several."""
        classes = len(self.dataset.classes)
        return classes if classes > 2 else 1

    @property
    def numbers(self) -> int:
        """How much there is to look at."""
        return self.dataset.prepared.size + 10 * len(self.dataset.prepared) * self.columns


def has_validation(dataset: Dataset) -> bool:
    """Whether some rows are held out."""
    return len(dataset.prepared) > dataset.samples


def same(before: Asked, asked: Asked) -> bool:
    """Whether an answer to the one would be one to the other."""
    return (
        before.dataset is asked.dataset
        and before.pair == asked.pair
        and before.parameters is asked.parameters
        and before.switches == asked.switches
    )


def counted(count: int, noun: str = "row") -> str:
    """``1 row``, ``12 345 rows``."""
    return f"{format_count(count)} {noun}" + ("" if count == 1 else "s")


def left_out(unknown: int) -> str:
    """What is said of rows without a finite score."""
    return f"{counted(unknown)} left out: the score is not a finite number" if unknown else ""
