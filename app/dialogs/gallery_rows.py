"""The cards of the gallery as rows: two groups with a heading each, narrowed by a search."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from slp_core.data.samples import SAMPLES, Sample

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_COUNT = re.compile(r"(\d+) (class|feature|point|row)")
GENERATED, MEASURED = "Generated", "Measured"
ROW = Qt.ItemDataRole.UserRole
"""Gives the `Sample` of a card, None for a heading."""


def counts_text(sample: Sample, points: int | None = None) -> str:
    """How large a set is: ``200 points · 2 features · 2 classes``."""
    noun = "point" if sample.generated else "row"
    points = sample.points if points is None else points
    kind = _counted(sample.classes, "class") if sample.classes else "regression"
    features = _counted(sample.features, "feature")
    return f"{points:,} {noun}s · {features} · {kind}"


def short_counts(sample: Sample, points: int | None = None) -> str:
    """The same for a card: ``n 200 · d 2 · 2 classes``."""
    points = sample.points if points is None else points
    kind = _counted(sample.classes, "class") if sample.classes else "regression"
    return f"n {points:,} · d {sample.features} · {kind}"


def found(sample: Sample, search: str) -> bool:
    """Whether everything in the search is in what is said about the set.

    A word may be a part of a longer one; a number counts whole, ``3 classes`` as one thing.
    """
    group = GENERATED if sample.generated else MEASURED
    task = "classification" if sample.classes else "regression"
    said = (sample.label, sample.key, sample.summary, sample.source, sample.target, group, task)
    words = _words(" ".join((*said, counts_text(sample))))
    return all(any(_meets(word, part) for word in words) for part in _words(search))


def _words(text: str) -> list[str]:
    return _COUNT.sub(r"\1\2", text.lower()).split()


def _meets(word: str, part: str) -> bool:
    return word.startswith(part) if part[0].isdigit() else part in word


class GalleryRows(QAbstractListModel):
    """Headings (texts, not to be chosen) and the sets below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Sample] = []
        self.set_search("")

    def set_search(self, search: str) -> None:
        """Keep the sets that match, and the headings of groups that are not empty."""
        self.beginResetModel()
        self._rows = []
        for heading, generated in ((GENERATED, True), (MEASURED, False)):
            rows = [
                row for row in SAMPLES.values() if row.generated == generated and found(row, search)
            ]
            self._rows += [heading, *rows] if rows else []
        self.endResetModel()

    def place_of(self, key: str) -> int | None:
        """Row of a set; None if the search leaves it out."""
        for place, row in enumerate(self._rows):
            if isinstance(row, Sample) and row.key == key:
                return place
        return None

    def keys(self) -> list[str]:
        """Keys of the sets that are shown."""
        return [row.key for row in self._rows if isinstance(row, Sample)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Headings and cards."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by keys and mouse."""
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, what a screen reader says, and the row itself."""
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.label}. {counts_text(row)}. {row.summary}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.summary
        return row if role == ROW else None


def _counted(number: int, noun: str) -> str:
    plural = noun + ("es" if noun.endswith("s") else "s")
    return f"{number} {noun if number == 1 else plural}"
