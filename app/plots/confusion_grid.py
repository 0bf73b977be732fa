"""The matrix itself: painted cells to click or to walk through with the keyboard.

Painted, not a table of widgets: a hundred classes have ten thousand cells. Names stay in sight
while cells scroll. As in plots, the focus comes with Tab only.
"""

from __future__ import annotations

from math import ceil, floor

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.plots.canvas_keys import BY_KEYBOARD
from app.plots.confusion_cells import cell_text
from app.plots.confusion_data import Shown
from app.plots.confusion_layout import Layout, Needs
from app.plots.confusion_painting import MARK, MatrixPainter
from app.plots.confusion_words import words_at
from app.plots.labels import small
from app.theme import THEMES, Theme

_FEW = 6
_AIR, _LITTLE_AIR = 14.0, 6.0
"""Pixels around a figure where there are few classes, and where there are more."""
_LEAST = 24.0
_WALK = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ConfusionGrid(QAbstractScrollArea):
    """Cells, names and the figures in the margins."""

    chosen = Signal(object, object, object)
    """True class, decided class (None: all of them) and the keys held."""
    cleared = Signal()
    """Escape was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = THEMES["light"]
        self._shown: Shown | None = None
        self._font = QFont(self.font())
        self._at = (0, 0)
        self._framed = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName("Confusion matrix")

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self._font.setPointSizeF(small(theme))
        self._arrange()

    def show_confusion(self, shown: Shown) -> None:
        """Show these counts."""
        K = shown.confusion.classes
        self._at = (min(self._at[0], K - 1), min(self._at[1], K - 1))
        self._shown = shown
        self._arrange()

    @property
    def at(self) -> tuple[int, int]:
        """Row and column that the keyboard is at."""
        return self._at

    @property
    def layout_now(self) -> Layout | None:
        """Where everything lies."""
        if self._shown is None:
            return None
        view = self.viewport().size()
        scroll = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        size = (float(view.width()), float(view.height()))
        return Layout.within(self._shown.confusion.classes, self._needs(self._shown), size, scroll)

    # Sizes.

    def _needs(self, shown: Shown) -> Needs:
        metrics = QFontMetricsF(self._font)
        line = metrics.height() + 4.0
        K = shown.confusion.classes
        names = max(metrics.horizontalAdvance(name) for name in shown.names) + MARK + 10.0
        room = 0.34 * self.viewport().width()
        widest = max(
            "100.0 %" if shown.shares else "00",
            cell_text(int(shown.confusion.counts.max()), 1.0, shown.shares),
            key=metrics.horizontalAdvance,
        )
        air = _AIR if K <= _FEW else _LITTLE_AIR
        cell = max(metrics.horizontalAdvance(widest) + air, _LEAST)
        margin = max(
            metrics.horizontalAdvance("99.9 %") + air, metrics.horizontalAdvance("100.0 %") + 4.0
        )
        least = metrics.horizontalAdvance("precision") + 8.0
        return Needs(max(min(names, room), least), 2 * line, cell, line + 0.3 * air, margin)

    def _arrange(self) -> None:
        layout = self.layout_now
        if layout is not None:
            width, height = layout.content
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            across.setRange(0, max(0, round(width - layout.view_width)))
            across.setPageStep(round(layout.view_width - layout.left))
            across.setSingleStep(round(layout.width))
            down.setRange(0, max(0, round(height - layout.view_height)))
            down.setPageStep(round(layout.view_height - layout.top))
            down.setSingleStep(round(layout.height))
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 70)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._theme.surface))
        layout, shown = self.layout_now, self._shown
        if layout is not None and shown is not None:
            focus = self._at if self._framed and self.hasFocus() else None
            MatrixPainter(painter, layout, shown, self._theme, self._font).paint(focus)
        painter.end()

    # Mouse and keyboard.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        layout = self.layout_now
        found = layout.at(event.position()) if layout is not None else None
        if found is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        row, column = found
        if row is not None and column is not None:
            self._at = (row, column)
        self.chosen.emit(row, column, event.modifiers())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().viewportEvent(event)

    def tip_at(self, place: QPointF) -> str:
        """What the tooltip says there."""
        layout, shown = self.layout_now, self._shown
        found = layout.at(place) if layout is not None else None
        return "" if found is None or shown is None else words_at(shown, *found)

    def event(self, event: QEvent) -> bool:
        asking = event.type() == QEvent.Type.ShortcutOverride and self._framed
        if asking and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _WALK or key in _TAKE or key == Qt.Key.Key_Escape:
                event.accept()  # the window's shortcuts would take it first
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._shown is None:
            super().keyPressEvent(event)
        elif key in _WALK:
            self._walk(*_WALK[key])
        elif key in _TAKE:
            self.chosen.emit(*self._at, event.modifiers())
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, down: int, right: int) -> None:
        layout, shown = self.layout_now, self._shown
        if layout is None or shown is None:
            return
        last = layout.K - 1
        self._at = (
            min(max(self._at[0] + down, 0), last),
            min(max(self._at[1] + right, 0), last),
        )
        self._reveal(layout)
        self.setAccessibleDescription(words_at(shown, *self._at))
        self.viewport().update()

    def _reveal(self, layout: Layout) -> None:
        cell, body = layout.cell(*self._at), layout.body
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + _way(cell.left(), cell.right(), body.left(), body.right()))
        down.setValue(down.value() + _way(cell.top(), cell.bottom(), body.top(), body.bottom()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._framed = event.reason() in BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()


def _way(low: float, high: float, first: float, last: float) -> int:
    """Pixels to scroll so that low .. high comes to lie between first and last."""
    return ceil(high - last) if high > last else floor(min(low - first, 0.0))
