"""The scale of colours beside a plot of a numeric target."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.plots.colors import value_table
from app.plots.labels import small
from app.plots.ticks import linear_ticks
from app.theme import Theme

_BAR = 14
_GAP = 6


class ColorBar(QWidget):
    """A vertical bar of the colour table with ticks to its right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low, self._high = 0.0, 1.0
        self._theme: Theme | None = None
        self._font = QFont()
        table = value_table()[::-1].copy()
        self._image = QImage(table.tobytes(), 1, 256, 4, QImage.Format.Format_RGBA8888).copy()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Colour scale")

    def set_theme(self, theme: Theme) -> None:
        """Colour and size of type."""
        self._theme = theme
        self._font = QFont(self.font())
        self._font.setPointSizeF(small(theme))
        self.updateGeometry()
        self.update()

    def set_range(self, low: float, high: float) -> None:
        """Values at the bottom and the top."""
        self._low, self._high = (low, high) if high > low else (low - 0.5, low + 0.5)
        self.setAccessibleDescription(f"from {low:.4g} to {high:.4g}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(_BAR + 2 * _GAP + round(metrics.horizontalAdvance("−0000.0")), 100)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        bar = QRectF(0.5, 8, _BAR, self.height() - 36)
        painter.drawImage(bar, self._image)
        painter.setPen(QPen(QColor(self._theme.border)))
        painter.drawRect(bar)
        ticks = linear_ticks(self._low, self._high, bar.height(), lambda _: metrics.height())
        for value, label in ticks.labelled:
            share = (value - self._low) / (self._high - self._low)
            y = bar.bottom() - share * bar.height()
            painter.setPen(QPen(QColor(self._theme.border)))
            painter.drawLine(round(bar.right()), round(y), round(bar.right()) + 4, round(y))
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(
                QRectF(bar.right() + _GAP, y - 10, self.width(), 20),
                int(Qt.AlignmentFlag.AlignVCenter),
                label,
            )
        painter.end()
