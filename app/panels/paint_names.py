"""The classes that can be painted: those of the data, and new ones that have no points yet."""

from __future__ import annotations

import numpy as np

from app.class_names import check_class, check_shown, names_now, next_class
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.errors import DataError


class PaintedClasses:
    """Their names, those without points last, and what they may be called."""

    def __init__(self) -> None:
        self.dataset: Dataset | None = None
        self._table: Table | None = None
        self._added: list[str] = []

    @property
    def names(self) -> tuple[str, ...]:
        """All names."""
        return (*(() if self.dataset is None else self.dataset.classes), *self._added)

    @property
    def counts(self) -> list[int]:
        """Points of each class."""
        found: list[int] = []
        if self.dataset is not None and self.dataset.classes:
            found = np.bincount(
                self.dataset.all_labels, minlength=len(self.dataset.classes)
            ).tolist()
        return found + [0] * len(self._added)

    def take(
        self, dataset: Dataset | None, table: Table | None, *, other: bool
    ) -> dict[str, str | None]:
        """Hold these data; what classes of before are called now, None for those that are gone.

        ``other``: data of their own. A class that an edit has left without points stays.
        """
        names = names_now(None if other else self.dataset, dataset)
        self.dataset, self._table = dataset, table
        classes = () if dataset is None else dataset.classes
        gone = [name for name, now in names.items() if now is None]
        kept = [] if other else [*gone, *self._added]
        self._added = [name for name in dict.fromkeys(kept) if name not in classes]
        return names

    def is_added(self, name: str) -> bool:
        """Whether the data know nothing of a class."""
        return name in self._added

    def add(self) -> None:
        """Another class, under the next name that is free.

        Raises
        ------
        DataError
            There are as many as there can be.
        """
        if self.dataset is not None and self._table is not None:
            name = next_class(self._table, self.dataset, self._added)
            self._added.append(check_class(self._table, self.dataset, name, self._added))

    def forget(self, name: str) -> None:
        """Take out a class without points."""
        self._added.remove(name)

    def rename(self, old: str, new: str) -> None:
        """Call a class without points otherwise."""
        self._added[self._added.index(old)] = new

    def is_removable(self, index: int) -> bool:
        """Whether enough is left without a class."""
        if index >= len(self.names):
            return False
        in_data = len(self.names) - len(self._added)
        return in_data > 2 or self.is_added(self.names[index])

    def checked(self, index: int, text: str) -> str:
        """The name that a class is to be shown under.

        Raises
        ------
        DataError
            It cannot be called so.
        """
        old, name = self.names[index], " ".join(text.split())
        if self.is_added(old) and self.dataset is not None and self._table is not None:
            others = [other for other in self._added if other != old]
            return check_class(self._table, self.dataset, name, others)
        check_shown(name, [other for other in self.names if other != old])
        return name

    def refusal(self, index: int, text: str) -> str:
        """Why a class cannot be called so; empty if it can."""
        try:
            self.checked(index, text)
        except DataError as error:
            return in_words(error)
        return ""


def in_words(error: DataError) -> str:
    """What is wrong, and what to do."""
    return f"{error.message} {error.hint or ''}".strip()
