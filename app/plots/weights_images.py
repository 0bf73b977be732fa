"""The weights as pictures, one for each output, where the features are pixels."""

from __future__ import annotations

from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from app.moment import RunMoment
from app.numbers import number_text
from app.plots.labels import small
from app.plots.surface import Surface
from app.plots.user_text import isolated
from app.plots.weights_pixels import PixelGrid, pixel_grid
from app.plots.weights_reading import Shown, shown
from app.plots.weights_scale import CalmEnd, diverging_rows, diverging_table
from app.theme import THEMES, Theme
from slp_core.data.preprocessing import Preparation
from slp_core.insight.weight_sheet import Units

_MARGIN, _GAP, _BAR = 10.0, 12.0, 10.0
_MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_TURNS = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class ImagesPage(Surface):
    """Pictures with one common scale; the pixel under the mouse, or moved to by keys, is read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._shown: Shown | None = None
        self._of: Preparation | None = None
        self.grid: PixelGrid | None = None
        self.scale = CalmEnd()
        self.picked: tuple[int, int, int] | None = None
        """Output, row and column of the pixel that is read."""
        self._font = QFont()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Weights as pictures")

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        self.set_ground(theme.surface)
        self._font = QFont(self.font())
        self._font.setPointSizeF(small(theme))

    def show_run(self, run: RunMoment | None, units: Units) -> None:
        """Draw the weights of a run."""
        before, self._shown = self._shown, shown(run, units)
        now = self._shown
        if now is not None and now.run.dataset.preparation is not self._of:
            self._of = now.run.dataset.preparation
            self.grid, self.picked = pixel_grid(self._of), None
            self.scale.forget()
        if now is not None:
            if before is None or before.units != units or before.outputs != now.outputs:
                self.scale.forget()
                self.picked = None
            self.scale.follow(now.parameters.W[: now.run.dataset.features])
        self.update()

    # Where.

    def tiles(self) -> list[QRectF]:
        """The area of each picture; its name goes above it."""
        if self._shown is None or self.grid is None:
            return []
        count, line = len(self._shown.outputs), QFontMetricsF(self._font).height()
        width = self.width() - 2 * _MARGIN
        height = self.height() - 2 * _MARGIN - _BAR - line - 14
        best = max(range(1, count + 1), key=lambda n: self._side(n, count, width, height, line))
        side = max(self._side(best, count, width, height, line), 4.0)
        wide, high = side * self.grid.columns, side * self.grid.rows
        lines = ceil(count / best)
        x0 = (self.width() - best * wide - (best - 1) * _GAP) / 2
        y0 = _MARGIN + max(0.0, (height - lines * (high + line) - (lines - 1) * _GAP) / 2)
        places = (divmod(number, best) for number in range(count))
        return [
            QRectF(x0 + c * (wide + _GAP), y0 + r * (high + line + _GAP) + line, wide, high)
            for r, c in places
        ]

    def _side(self, across: int, count: int, width: float, height: float, line: float) -> float:
        """Pixels of the screen for a pixel of the picture, with so many beside each other."""
        assert self.grid is not None  # noqa: S101 - asked with pictures only
        down = ceil(count / across)
        side = min(
            (width - (across - 1) * _GAP) / across / self.grid.columns,
            (height - down * line - (down - 1) * _GAP) / down / self.grid.rows,
        )
        return float(np.floor(side)) if side >= 4 else side

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._shown is None or self.grid is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        for output, tile in enumerate(self.tiles()):
            self._paint_tile(painter, output, tile)
        self._paint_scale(painter)
        self._paint_picked(painter)
        painter.end()

    def _paint_tile(self, painter: QPainter, output: int, tile: QRectF) -> None:
        assert self._shown is not None  # noqa: S101 - painting has looked
        painter.drawImage(tile, self.image(output))
        painter.setPen(QPen(QColor(self._theme.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(tile)
        metrics = QFontMetricsF(self._font)
        painter.setPen(QColor(self._theme.text))
        room = QRectF(tile.left(), tile.top() - metrics.height(), tile.width(), metrics.height())
        name = isolated(self._shown.outputs[output])
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, _MIDDLE, text)
        self._paint_holes(painter, tile)

    def _paint_holes(self, painter: QPainter, tile: QRectF) -> None:
        assert self.grid is not None  # noqa: S101 - painting has looked
        if not self.grid.holes:
            return
        there = np.zeros((self.grid.rows, self.grid.columns), dtype=bool)
        there[self.grid.row, self.grid.column] = True
        brush = QBrush(QColor(self._theme.muted), Qt.BrushStyle.BDiagPattern)
        for row, column in np.argwhere(~there).tolist():
            painter.fillRect(self._pixel(tile, row, column), QColor(self._theme.surface))
            painter.fillRect(self._pixel(tile, row, column), brush)

    def image(self, output: int) -> QImage:
        """The picture of one output, a pixel for each weight."""
        assert self._shown is not None  # noqa: S101 - asked with weights only
        assert self.grid is not None  # noqa: S101
        grid = self.grid
        values = np.zeros((grid.rows, grid.columns))
        values[grid.row, grid.column] = self._shown.parameters.W[: len(grid.row), output]
        colors = diverging_table(self._theme)[diverging_rows(values, self.scale.end)]
        data = np.ascontiguousarray(colors)
        size = grid.columns, grid.rows
        form = QImage.Format.Format_RGBA8888
        return QImage(data.tobytes(), *size, size[0] * 4, form).copy()

    def _paint_scale(self, painter: QPainter) -> None:
        """The colours and their numbers, and what is read or what hatching means."""
        theme, line = self._theme, QFontMetricsF(self._font).height()
        wide = min(160.0, self.width() * 0.4)
        bar = QRectF(_MARGIN, self.height() - _MARGIN - line - _BAR - 2, wide, _BAR)
        table = np.ascontiguousarray(diverging_table(theme))
        form = QImage.Format.Format_RGBA8888
        painter.drawImage(bar, QImage(table.tobytes(), len(table), 1, len(table) * 4, form).copy())
        painter.setPen(QColor(theme.muted))
        below = QRectF(bar.left(), bar.bottom() + 2, bar.width(), line)
        end = number_text(self.scale.end)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), f"−{end}")
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), "0")
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), end)
        beside = QRectF(bar.right() + 14, bar.top(), 0, below.bottom() - bar.top())
        beside.setRight(self.width() - _MARGIN)
        beside.adjust(0, -5, 0, 6)
        painter.setPen(QColor(theme.text if self.picked else theme.muted))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(beside, flags, self.reading() or self._note_within(beside))

    def _note_within(self, room: QRectF) -> str:
        """The whole note, or its first sentence where there is no room."""
        note, metrics = self._note(), QFontMetricsF(self._font)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(QRectF(0, 0, room.width(), 1000), flags, note)
        return note if needed.height() <= room.height() + 2 else f"{note.split('.')[0]}."

    def _note(self) -> str:
        holes = self.grid.holes if self.grid is not None else 0
        extra = self._of is not None and not self._of.is_linear
        words = ["Point at a pixel to read it."]
        if holes:
            words.append(f"{holes} hatched pixels never change in the data and have no weight.")
        if extra:
            words.append("Weights of products and sines are not in the pictures.")
        return " ".join(words)

    def _paint_picked(self, painter: QPainter) -> None:
        if self.picked is None:
            return
        output, row, column = self.picked
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pixel = self._pixel(self.tiles()[output], row, column)
        for color, width in ((self._theme.surface, 4.0), (self._theme.text, 2.0)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawRect(pixel)

    def _pixel(self, tile: QRectF, row: int, column: int) -> QRectF:
        assert self.grid is not None  # noqa: S101 - there are pictures
        wide, high = tile.width() / self.grid.columns, tile.height() / self.grid.rows
        return QRectF(tile.left() + column * wide, tile.top() + row * high, wide, high)

    # Reading.

    def reading(self) -> str:
        """What is said of the pixel that is read."""
        if self.picked is None or self._shown is None or self.grid is None:
            return ""
        output, row, column = self.picked
        feature = self.grid.feature_at(row, column)
        if feature < 0:
            return f"row {row + 1}, column {column + 1}: no weight, this pixel never changes"
        value = number_text(self._shown.value_of(feature, output))
        return f"{self._shown.name_of(feature, output)}: {value}"

    def pixel_at(self, place: QPointF) -> tuple[int, int, int] | None:
        """Output, row and column at a place of this widget."""
        if self.grid is None:
            return None
        for output, tile in enumerate(self.tiles()):
            if tile.contains(place):
                row = int((place.y() - tile.top()) / tile.height() * self.grid.rows)
                column = int((place.x() - tile.left()) / tile.width() * self.grid.columns)
                return output, min(row, self.grid.rows - 1), min(column, self.grid.columns - 1)
        return None

    def _pick(self, picked: tuple[int, int, int] | None) -> None:
        if picked != self.picked:
            self.picked = picked
            self.setAccessibleDescription(self.reading() or self._note())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pick(self.pixel_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._pick(None)
        super().leaveEvent(event)

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() in (*_MOVES, *_TURNS):
            event.accept()  # the window steps with the arrows otherwise
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move from pixel to pixel, page keys from picture to picture."""
        key, now, grid = Qt.Key(event.key()), self._shown, self.grid
        if now is None or grid is None or not (key in _MOVES or key in _TURNS):
            super().keyPressEvent(event)
            return
        output, row, column = self.picked or (0, 0, 0)
        if self.picked is not None:
            down, right = _MOVES.get(key, (0, 0))
            output = (output + _TURNS.get(key, 0)) % len(now.outputs)
            row = min(max(row + down, 0), grid.rows - 1)
            column = min(max(column + right, 0), grid.columns - 1)
        self._pick((output, row, column))
