"""The head of a column in the preview: its name, and below it what it is and what it is for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from app.dialogs.import_reading import Role
from app.dialogs.import_shown import Shown
from app.icons import pixmap
from app.theme import GRID, SMALL, current_theme, mix

ARROW = 13
_MARKS: dict[Role, str] = {"target": "target", "ignore": "forbidden", "feature": ""}
_SLACK = 4  # text is measured in whole pixels and cut by fractions of them
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ColumnHeader(QHeaderView):
    """Two lines a column; the arrow at its right end opens the menu of the column."""

    menu_wanted = Signal(object)
    """A point on the screen where the menu of the picked columns is asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setMinimumSectionSize(6 * GRID)
        self.setAccessibleName("Columns")
        self._shown: Shown | None = None

    def set_shown(self, shown: Shown) -> None:
        """Paint the heads of these columns."""
        self._shown = shown
        self.viewport().update()

    def width_of(self, section: int, most: int) -> int:
        """Width that shows a head in full, up to ``most`` letters."""
        name, words, role = self._words(section)
        strong, small = QFontMetrics(self._strong()), QFontMetrics(self._small())
        icon = ARROW + 4 if _MARKS[role] else 0
        below = small.horizontalAdvance(words) + icon
        first = min(strong.horizontalAdvance(name), most * strong.averageCharWidth())
        return max(first + ARROW + GRID, below + _SLACK) + 2 * GRID

    def usual_width(self) -> int:
        """Width of the heads of most columns: numbers that are features."""
        return QFontMetrics(self._small()).horizontalAdvance("number · feature") + 3 * GRID

    def sizeHint(self) -> QSize:
        """High enough for two lines."""
        lines = QFontMetrics(self._strong()).height() + QFontMetrics(self._small()).height()
        return QSize(super().sizeHint().width(), lines + GRID + 4)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Name, arrow, kind and role; a picked column has a line below, the target an icon."""
        theme = current_theme()
        name, words, role = self._words(logicalIndex)
        picked = self._is_picked(logicalIndex)
        ground = theme.window
        if role == "target":
            ground = mix(theme.window, theme.accent, 0.16)
        painter.save()
        painter.fillRect(rect, QColor(ground))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.fillRect(
            QRect(rect.left(), rect.bottom() - picked, rect.width(), 1 + picked),
            QColor(theme.accent if picked else theme.border),
        )
        box = rect.adjusted(GRID, 4, -GRID, -4)
        self._paint_name(painter, box, name, role)
        self._paint_words(painter, box, words, role)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button, or the arrow, opens the menu of a column, which is picked first."""
        section = self.logicalIndexAt(event.position().toPoint())
        wanted = section >= 0 and (
            event.button() == Qt.MouseButton.RightButton
            or (event.button() == Qt.MouseButton.LeftButton and self._on_arrow(section, event))
        )
        if not wanted:
            super().mousePressEvent(event)
            return
        if not self._is_picked(section):
            self.sectionPressed.emit(section)
        left = self.sectionViewportPosition(section)
        self.menu_wanted.emit(self.viewport().mapToGlobal(QPoint(left, self.height())))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type needs another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def _on_arrow(self, section: int, event: QMouseEvent) -> bool:
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        near_edge = 4  # where the width is dragged
        x = event.position().x()
        return right - ARROW - GRID - 4 <= x < right - near_edge and event.position().y() < (
            self.height() / 2 + 4
        )

    def _paint_name(self, painter: QPainter, box: QRect, name: str, role: Role) -> None:
        theme = current_theme()
        font = self._strong()
        line = QRect(box.left(), box.top(), box.width(), QFontMetrics(font).height())
        arrow = line.adjusted(line.width() - ARROW, 0, 0, 0)
        top = arrow.top() + (arrow.height() - ARROW) // 2
        painter.drawPixmap(arrow.left() + 2, top, pixmap("chevron-down", theme.muted, ARROW))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted if role == "ignore" else theme.text))
        line.setRight(arrow.left() - 4)
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, _LEFT, elided)

    def _paint_words(self, painter: QPainter, box: QRect, words: str, role: Role) -> None:
        theme = current_theme()
        font = self._small()
        high = QFontMetrics(font).height()
        line = QRect(box.left(), box.bottom() - high + 1, box.width(), high)
        color = theme.accent if role == "target" else theme.muted
        mark = _MARKS[role]
        if mark:
            place = line.top() + (high - ARROW) // 2
            painter.drawPixmap(line.left(), place, pixmap(mark, color, ARROW))
            line.setLeft(line.left() + ARROW + 4)
        painter.setFont(font)
        painter.setPen(QColor(color))
        elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, _LEFT, elided)

    def _words(self, section: int) -> tuple[str, str, Role]:
        """Name, kind and role in words, role as a key."""
        shown = self._shown
        if shown is None:
            return "", "", "feature"
        words = f"{shown.kind_text(section)} · {shown.role_text(section)}"
        return shown.column(section).name, words, shown.role(section)

    def _is_picked(self, section: int) -> bool:
        selection = self.selectionModel()
        current = selection.currentIndex().column() == section
        return current or selection.columnIntersectsSelection(section)

    def _strong(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * SMALL)
        return font
