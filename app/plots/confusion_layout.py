"""Where the cells of a confusion matrix lie, in pixels of the view. No widget."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF

_WIDEST, _HIGHEST = 132.0, 84.0
"""A cell does not grow beyond: figures far apart are hard to compare."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What the texts need: pixels of the names at the left, the line at the top, and a cell."""

    names: float
    head: float
    cell_width: float
    cell_height: float
    margin_width: float
    """Of the column of recalls."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A matrix of K x K cells with names, recalls and precisions around, scrolled by (x, y)."""

    K: int
    left: float
    top: float
    width: float
    height: float
    margin_width: float
    margin_height: float
    view_width: float
    view_height: float
    x: float = 0.0
    y: float = 0.0

    @classmethod
    def within(
        cls, K: int, needs: Needs, size: tuple[float, float], scroll: tuple[float, float]
    ) -> Layout:
        """Cells as large as fit into ``size``, and never smaller than what they need."""
        width, height = size
        room_x = width - needs.names - needs.margin_width
        room_y = height - needs.head - needs.cell_height
        cell_width = min(max(floor(room_x / K), needs.cell_width), max(_WIDEST, needs.cell_width))
        cell_height = min(
            max(floor(room_y / K), needs.cell_height), max(_HIGHEST, needs.cell_height)
        )
        return cls(
            K,
            needs.names,
            needs.head,
            ceil(cell_width),
            ceil(cell_height),
            needs.margin_width,
            needs.cell_height,
            width,
            height,
            *scroll,
        )

    @property
    def content(self) -> tuple[float, float]:
        """Size of everything."""
        return (
            self.left + self.K * self.width + self.margin_width,
            self.top + self.K * self.height + self.margin_height,
        )

    @property
    def body(self) -> QRectF:
        """Where cells are seen: names to the left and above stay when they are scrolled."""
        return QRectF(self.left, self.top, self.view_width - self.left, self.view_height - self.top)

    def cell(self, row: int, column: int) -> QRectF:
        """A cell; row K are the precisions, column K the recalls."""
        wide = self.width if column < self.K else self.margin_width
        high = self.height if row < self.K else self.margin_height
        left = self.left + column * self.width - self.x
        top = self.top + row * self.height - self.y
        return QRectF(left, top, wide, high)

    def row_name(self, row: int) -> QRectF:
        """The name to the left of a row."""
        cell = self.cell(row, 0)
        return QRectF(0.0, cell.top(), self.left, cell.height())

    def column_name(self, column: int) -> QRectF:
        """The name above a column."""
        cell = self.cell(0, column)
        wide = self.width if column < self.K else self.margin_width
        return QRectF(cell.left(), self.top / 2, wide, self.top / 2)

    def visible(self) -> tuple[range, range]:
        """Rows and columns that are seen, those of precisions and recalls included."""
        first_row = max(0, floor(self.y / self.height))
        last_row = ceil((self.y + self.view_height - self.top) / self.height)
        first_column = max(0, floor(self.x / self.width))
        last_column = ceil((self.x + self.view_width - self.left) / self.width)
        return (
            range(first_row, min(self.K, last_row) + 1),
            range(first_column, min(self.K, last_column) + 1),
        )

    def at(self, place: QPointF) -> tuple[int | None, int | None] | None:
        """Row and column at a place; None stands for all (a name, a recall or a precision)."""
        row = self._index(place.y(), self.top, self.y, self.height)
        column = self._index(place.x(), self.left, self.x, self.width)
        if row is None and column is None:
            return None
        width, height = self.content
        inside = place.x() < width - self.x and place.y() < height - self.y
        return (row, column) if inside else None

    def _index(self, place: float, start: float, scrolled: float, size: float) -> int | None:
        if place < start:
            return None
        index = floor((place - start + scrolled) / size)
        return index if index < self.K else None
