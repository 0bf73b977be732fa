"""Matrices as they are written on paper: numbers in columns, between brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.numbers import decimals_for, fixed_text
from app.theme import GRID, SMALL, Theme, current_theme, mix
from slp_core.arrays import Floats

_GAP, _TICK, _PAD = 12.0, 5.0, 4.0
_WIDEST_NAME = 80
"""Pixels of a name at 11 pt."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells`` by rows; ``marked`` is the row that is shown off, -1 for none. ``before`` is what
    is written between this matrix and the one before it."""

    title: str
    cells: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    marked: int = -1
    before: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Matrices side by side, under a sentence."""

    text: str
    matrices: tuple[Matrix, ...] = field(default=())


def cells_of(values: Floats) -> tuple[tuple[str, ...], ...]:
    """Numbers of one matrix, all with the same decimals."""
    known = values[np.isfinite(values)]
    places = decimals_for(float(np.abs(known).max(initial=0.0)))
    return tuple(tuple(fixed_text(float(v), places) for v in row) for row in values)


class MatrixPage(QWidget):
    """A function of lines of matrices, painted in the theme's colours."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self._wanted = QSizeF()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.setAccessibleName("The gradient as matrices")

    def value(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def set_value(self, lines: Sequence[Line]) -> None:
        """Show these. The widget grows where they need it, and does not shrink while they last."""
        same = len(lines) == len(self._lines)
        self._lines = tuple(lines)
        wanted = _Pen(None, self.font(), current_theme()).page(self._lines)
        wanted = wanted.expandedTo(self._wanted) if same else wanted
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
        self.setAccessibleDescription(" ".join(line.text for line in lines))
        self.update()

    def renew(self) -> None:
        """After another size of type."""
        self._wanted = QSizeF()
        self.set_value(self._lines)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As large as the matrices."""
        return self._wanted.toSize() + QSize(2 * GRID, GRID)

    def minimumSizeHint(self) -> QSize:
        """They are not cut: the page scrolls."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw all lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Pen(painter, self.font(), current_theme()).page(self._lines)
        painter.end()


class _Pen:
    """Draws, or only measures where there is no painter."""

    def __init__(self, painter: QPainter | None, font: QFont, theme: Theme) -> None:
        self._painter, self._theme = painter, theme
        self._small = QFont(font)
        self._small.setPointSizeF(theme.font_size * SMALL)
        self._bold = QFont(self._small)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._bold)
        self._height = self._metrics.height() + 3

    def page(self, lines: Sequence[Line]) -> QSizeF:
        """All lines; their size."""
        y, width = 2.0, 0.0
        for line in lines:
            self._text(QRectF(GRID, y, 2000, self._height), line.text, "text", bold=False)
            width = max(width, GRID + self._metrics.horizontalAdvance(line.text))
            y += self._height + 4
            x, tallest = float(GRID), 0.0
            for matrix in line.matrices:
                size = self._matrix(x, y, matrix)
                x += size.width() + _GAP
                tallest = max(tallest, size.height())
            width = max(width, x)
            y += tallest + 10
        return QSizeF(width, y)

    def _matrix(self, x: float, y: float, matrix: Matrix) -> QSizeF:
        start = x
        rows, height = len(matrix.cells), self._height
        top = y + 2 * height
        if matrix.before:
            wide = self._metrics.horizontalAdvance(matrix.before) + 6
            middle = QRectF(x, top, wide, rows * height)
            self._text(middle, matrix.before, "text", Qt.AlignmentFlag.AlignCenter)
            x += wide
        side = max((self._advance(name) for name in matrix.sides), default=0.0)
        for number, name in enumerate(matrix.sides):
            place = QRectF(x, top + number * height, side, height)
            self._text(place, self._cut(name), "muted", bold=number == matrix.marked)
        x += side + (_PAD if side else 0.0)
        widths = self._widths(matrix)
        inner = sum(widths) + 2 * _PAD * len(widths)
        self._ground(matrix, QRectF(x, top, inner, rows * height))
        self._brackets(QRectF(x, top, inner, rows * height))
        self._text(QRectF(x, y, max(inner, 400), height), matrix.title, "muted", bold=matrix.bold)
        for column, width in enumerate(widths):
            x += _PAD
            self._column(matrix, column, QRectF(x, top, width, height))
            x += width + _PAD
        title = self._metrics.horizontalAdvance(matrix.title)
        total = max(x - start, side + title + _PAD)
        return QSizeF(total, (rows + 2) * height)

    def _column(self, matrix: Matrix, column: int, cell: QRectF) -> None:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if matrix.heads:
            head = cell.translated(0, -self._height)
            self._text(head, self._cut(matrix.heads[column]), "muted", right)
        for number, row in enumerate(matrix.cells):
            place = cell.translated(0, number * self._height)
            bold = matrix.bold or number == matrix.marked
            self._text(place, row[column], "text", right, bold=bold)

    def _widths(self, matrix: Matrix) -> list[float]:
        columns = len(matrix.cells[0]) if matrix.cells else 0
        texts = [[row[n] for row in matrix.cells] for n in range(columns)]
        heads = [[head] for head in matrix.heads] or [[] for _ in texts]
        return [
            max(self._advance(text) for text in [*column, *head])
            for column, head in zip(texts, heads, strict=True)
        ]

    def _advance(self, text: str) -> float:
        return self._metrics.horizontalAdvance(self._cut(text)) + 1

    def _cut(self, text: str) -> str:
        widest = _WIDEST_NAME * self._theme.font_size / 11
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, widest)

    def _ground(self, matrix: Matrix, area: QRectF) -> None:
        if self._painter is None or matrix.marked < 0:
            return
        row = QRectF(area.x(), area.y() + matrix.marked * self._height, area.width(), self._height)
        shade = mix(self._theme.surface, self._theme.accent, 0.2)
        self._painter.fillRect(row, QColor(shade))

    def _brackets(self, area: QRectF) -> None:
        if self._painter is None:
            return
        self._painter.setPen(QPen(QColor(self._theme.text), 1.3))
        for x, tick in ((area.left(), _TICK), (area.right(), -_TICK)):
            corners = [(x + tick, area.top()), (x, area.top()), (x, area.bottom())]
            points = [QPointF(*corner) for corner in (*corners, (x + tick, area.bottom()))]
            self._painter.drawPolyline(points)

    def _text(
        self,
        place: QRectF,
        text: str,
        role: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        *,
        bold: bool = False,
    ) -> None:
        if self._painter is None:
            return
        self._painter.setFont(self._bold if bold else self._small)
        self._painter.setPen(QColor(getattr(self._theme, role)))
        self._painter.drawText(place, align, text)
