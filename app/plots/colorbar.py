"""The scale of colours beside a plot of a numeric target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plots.colors import Bytes, value_table
from app.plots.labels import small
from app.plots.ticks import Ticks, linear_ticks
from app.plots.user_text import isolated
from app.theme import Theme

_BAR = 14
_GAP = 6


class ColorBar(QWidget):
    """A vertical bar of the colour table, ticks to its right, and the name of what it measures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = 0.0, 1.0
        self._name = ""
        self._theme: Theme | None = None
        self._font = QFont()
        self._image = _image_of(value_table())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Colour scale")

    def set_theme(self, theme: Theme) -> None:
        """Colour and size of type."""
        self._theme = theme
        self._font = QFont(self.font())
        self._font.setPointSizeF(small(theme))
        self.updateGeometry()
        self.update()

    def set_range(
        self, low: float, high: float, name: str = "", table: Bytes | None = None
    ) -> None:
        """Values at the bottom and the top, and the name of what they are values of.

        ``table`` (256, 4) holds the colours from low to high, None those of a numeric target.
        """
        self._image = _image_of(value_table() if table is None else table)
        self._low, self._high = (low, high) if high > low else (low - 0.5, low + 0.5)
        self._name = name
        self.setAccessibleDescription(f"{name} from {low:.4g} to {high:.4g}".strip())
        self.updateGeometry()
        self.update()

    @property
    def name(self) -> str:
        """What is written along the bar: the name, and what was taken out of the labels."""
        return f"{self._name} {self.ticks.suffix}".strip()

    @property
    def ticks(self) -> Ticks:
        """Where the ticks are and what they say."""
        height = QFontMetricsF(self._font).height()
        return linear_ticks(self._low, self._high, self._bar.height(), lambda _: height)

    @property
    def _bar(self) -> QRectF:
        return QRectF(0.5, 8, _BAR, self.height() - 36)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        room = _BAR + 2 * _GAP + round(metrics.horizontalAdvance("−0000.0"))
        return QSize(room + round(metrics.height()), 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.drawImage(self._bar, self._image)
        painter.setPen(QPen(QColor(self._theme.border)))
        painter.drawRect(self._bar)
        for value, label in self.ticks.labelled:
            share = (value - self._low) / (self._high - self._low)
            self._draw_tick(painter, self._bar.bottom() - share * self._bar.height(), label)
        self._draw_name(painter)
        painter.end()

    def _draw_tick(self, painter: QPainter, y: float, label: str) -> None:
        assert self._theme is not None  # noqa: S101 - painting has looked
        right = self._bar.right()
        painter.setPen(QPen(QColor(self._theme.border)))
        painter.drawLine(round(right), round(y), round(right) + 4, round(y))
        painter.setPen(QColor(self._theme.muted))
        place = QRectF(right + _GAP, y - 10, self.width(), 20)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), label)

    def _draw_name(self, painter: QPainter) -> None:
        """Upwards along the right edge."""
        assert self._theme is not None  # noqa: S101 - painting has looked
        bar, metrics = self._bar, QFontMetricsF(self._font)
        painter.setPen(QColor(self._theme.text))
        painter.translate(self.width() - metrics.height(), bar.bottom())
        painter.rotate(-90)
        text = _cut(self._name, self.ticks.suffix, metrics, bar.height())
        place = QRectF(0, 0, bar.height(), metrics.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), text)


def _image_of(table: Bytes) -> QImage:
    """A column of pixels, the last row of the table at the top."""
    column = table[::-1].tobytes()
    return QImage(column, 1, len(table), 4, QImage.Format.Format_RGBA8888).copy()


def _cut(name: str, suffix: str, metrics: QFontMetricsF, room: float) -> str:
    """The name gives way, the factor never does."""
    tail = f" {suffix}" if suffix else ""
    left = room - metrics.horizontalAdvance(tail)
    return metrics.elidedText(isolated(name), Qt.TextElideMode.ElideMiddle, left) + tail
