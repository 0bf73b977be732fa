"""The names above the columns: which one sorts, which one is the target."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.tables.look import PADDING, Look
from app.tables.model import TableModel
from app.tables.order import Sort

_ARROW = 8


class ColumnHeader(QHeaderView):
    """Painted whole: under a style sheet Qt's own draws no arrow at all."""

    def __init__(self, model: TableModel, look: Look, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model, self._look = model, look
        self._sort: Sort | None = None
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(4 * PADDING)
        self.setResizeContentsPrecision(0)

    def set_look(self, look: Look) -> None:
        """Other colours."""
        self._look = look
        self.viewport().update()

    def set_sort(self, sort: Sort | None) -> None:
        """Show by which column the rows are sorted."""
        self._sort = sort
        self.viewport().update()

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Room for the name and the arrow."""
        font = self.font()
        font.setBold(True)  # as it is while the column sorts
        metrics = QFontMetrics(font)
        text = str(self._model.headerData(logicalIndex, Qt.Orientation.Horizontal) or "")
        width = metrics.horizontalAdvance(text[:200]) + 2 * PADDING + _ARROW + 6
        return QSize(width, metrics.height() + 2 * PADDING - 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """One name: in the text's colour if it is the target or sorts, with an arrow if it does."""
        fields = self._model.fields
        if not rect.isValid() or logicalIndex >= len(fields):
            return
        field, look = fields[logicalIndex], self._look
        sorts = self._sort is not None and self._sort.column == logicalIndex
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, look.window if field.source >= 0 else look.computed)
        painter.setPen(look.border)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.right(), rect.top() + 6, rect.right(), rect.bottom() - 6)
        font = self.font()
        font.setBold(field.is_target or sorts)
        painter.setFont(font)
        painter.setPen(look.text if field.is_target or sorts else look.muted)
        inner = rect.adjusted(PADDING, 0, -PADDING - (_ARROW + 4 if sorts else 0), 0)
        text = painter.fontMetrics().elidedText(
            field.label, Qt.TextElideMode.ElideRight, inner.width()
        )
        side = Qt.AlignmentFlag.AlignRight if field.right else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, flags, text)
        if sorts and self._sort is not None:
            self._draw_arrow(painter, rect, self._sort.descending)
        if field.is_target:
            painter.fillRect(rect.left(), rect.bottom() - 1, rect.width(), 2, look.accent)
        painter.restore()

    def _draw_arrow(self, painter: QPainter, rect: QRect, down: bool) -> None:
        """A filled triangle: up where the smallest come first."""
        right, middle = rect.right() - PADDING, rect.center().y()
        base, tip = (middle - 2, middle + 3) if down else (middle + 3, middle - 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.accent)
        middle_x = right - _ARROW // 2
        corners = ((right - _ARROW, base), (right, base), (middle_x, tip))
        painter.drawPolygon([QPoint(x, y) for x, y in corners])
