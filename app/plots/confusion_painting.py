"""Painting a confusion matrix: cells, the figures in its margins, names that stay in sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.plots.confusion_cells import (
    bold,
    cell_text,
    fill,
    fitting_share,
    paint_cell,
    paint_focus,
    paint_lines,
    short_share,
)
from app.plots.confusion_data import Shown
from app.plots.confusion_layout import Layout
from app.plots.marks import marker
from app.plots.points import class_style
from app.theme import Theme

MARK: Final = 16.0
"""Pixels of a class's symbol beside its name."""
_TELLING: Final = 6
"""Letters that are left of a cut name where it still tells a class from others."""
_CENTER: Final = int(Qt.AlignmentFlag.AlignCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class MatrixPainter:
    """Paints what is in sight, once."""

    def __init__(
        self, painter: QPainter, layout: Layout, shown: Shown, theme: Theme, font: QFont
    ) -> None:
        self._painter, self._layout, self._shown = painter, layout, shown
        self._theme, self._font = theme, font
        self._metrics = QFontMetricsF(font)
        rows, columns = layout.visible()
        self._rows = [row for row in rows if row < layout.K]
        self._columns = [column for column in columns if column < layout.K]
        self._margins = layout.K in columns, layout.K in rows
        painter.setFont(font)

    def paint(self, focus: tuple[int, int] | None) -> None:
        """Everything; ``focus`` is the cell the keyboard is at."""
        painter, body = self._painter, self._layout.body
        painter.save()
        painter.setClipRect(body)
        self._cells()
        self._figures()
        if focus is not None:
            paint_focus(painter, self._layout.cell(*focus), self._theme)
        painter.setClipRect(QRectF(0.0, body.top(), body.left(), body.height()))
        self._row_names()
        painter.setClipRect(QRectF(body.left(), 0.0, body.width(), body.top()))
        self._column_names()
        painter.restore()
        self._corner()

    def _cells(self) -> None:
        confusion, layout = self._shown.confusion, self._layout
        counts, shares = confusion.counts, confusion.shares
        rects: list[QRectF] = []
        for i in self._rows:
            for j in self._columns:
                rect, share = layout.cell(i, j), float(shares[i, j])
                text = cell_text(int(counts[i, j]), share, self._shown.shares)
                look = fill(self._theme, share, i == j), text, i == j
                paint_cell(self._painter, rect, self._theme, look, int(self._shown.picked[i, j]))
                rects.append(rect)
        paint_lines(self._painter, rects, self._theme)

    def _figures(self) -> None:
        """Recalls at the right, precisions below, the accuracy in the corner."""
        painter, layout, confusion = self._painter, self._layout, self._shown.confusion
        K, recalls, precisions = layout.K, confusion.recall, confusion.precision
        painter.setPen(QColor(self._theme.text))
        for i in self._rows:
            painter.drawText(layout.cell(i, K), _CENTER, short_share(float(recalls[i])))
        for j in self._columns:
            text = fitting_share(float(precisions[j]), self._fits_cell)
            painter.drawText(layout.cell(K, j), _CENTER, text)
        painter.setFont(bold(self._font))
        painter.drawText(layout.cell(K, K), _CENTER, short_share(confusion.accuracy))
        painter.setFont(self._font)

    def _row_names(self) -> None:
        for i in self._rows:
            rect = self._layout.row_name(i)
            self._name(rect, i, 2.0)
        if self._margins[1]:
            self._painter.setPen(QColor(self._theme.muted))
            rect = self._layout.row_name(self._layout.K).adjusted(4.0, 0.0, 0.0, 0.0)
            self._painter.drawText(rect, _LEFT, self._fitting("precision", rect.width()))

    def _column_names(self) -> None:
        for j in self._columns:
            self._name(self._layout.column_name(j), j, None)
        painter, body = self._painter, self._layout.body
        painter.setPen(QColor(self._theme.muted))
        if self._margins[0]:
            painter.drawText(self._layout.column_name(self._layout.K), _CENTER, "recall")
        line = QRectF(body.left() + 4.0, 0.0, body.width(), self._layout.top / 2)
        painter.drawText(line, _LEFT, "predicted class →")

    def _corner(self) -> None:
        layout = self._layout
        self._painter.setPen(QColor(self._theme.muted))
        corner = QRectF(4.0, layout.top / 2, layout.left - 4.0, layout.top / 2)
        self._painter.drawText(corner, _LEFT, self._fitting("true ↓", corner.width()))

    def _name(self, rect: QRectF, number: int, start: float | None) -> None:
        """A class with its symbol, beginning at ``start`` or in the middle."""
        name = self._shown.names[number]
        text = self._fitting(name, rect.width() - MARK - 4.0)
        if start is None and text != name and len(text) < _TELLING:
            text = ""  # the symbol tells more, and the row beside it has the name
        if start is None:
            whole = MARK + (self._metrics.horizontalAdvance(text) + 2.0 if text else 0.0)
            start = max((rect.width() - whole) / 2, 0.0)
        left = rect.left() + start
        painter = self._painter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = class_style(self._theme, number, hollow=False)
        marker(style)(painter, QPointF(left + MARK / 2, rect.center().y()))
        painter.restore()
        painter.setPen(QColor(self._theme.text))
        room = QRectF(left + MARK + 2.0, rect.top(), rect.right() - left, rect.height())
        painter.drawText(room, _LEFT, text)

    def _fits_cell(self, text: str) -> bool:
        return self._metrics.horizontalAdvance(text) <= self._layout.width - 4.0

    def _fitting(self, text: str, room: float) -> str:
        """As much of a text as there is room for; nothing rather than dots alone."""
        cut = self._metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        return "" if cut == "…" else cut
