"""How a card of the gallery is painted: picture, name, size, and what the set teaches."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.dialogs.gallery_rows import ROW, short_counts
from app.theme import GRID, SMALL, current_theme, mix
from slp_core.data.samples import Sample

NARROWEST = 176
"""Least width of a card at 11 pt."""
_HIGH = 0.56
"""Height of the picture as a share of its width."""
_LINES = 3
_GAP = 4
_ROUND = 6.0

Picture = Callable[[Sample, QSize], QImage | None]
Points = Callable[[Sample], int | None]


class CardPainter(QStyledItemDelegate):
    """Paints cards as wide as it takes to fill the line; ``picture`` gives what is on them.

    ``points`` gives the number of points chosen for a set, None for the usual one.
    """

    def __init__(self, view: QListView, picture: Picture, points: Points) -> None:
        super().__init__(view)
        self._view, self._picture, self._points = view, picture, points

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """A heading takes a whole line; cards share it evenly."""
        if index.data(ROW) is None:
            return QSize(self._room(), round(QFontMetricsF(self._view.font()).height()) + GRID)
        width = self._card_width()
        small = QFontMetricsF(self._font(small=True)).lineSpacing()
        texts = QFontMetricsF(self._font(strong=True)).height() + (1 + _LINES) * small
        return QSize(width, round(_HIGH * (width - 2 * _GAP) + texts) + 2 * _GAP + 2 * GRID)

    def picture_size(self) -> QSize:
        """Size of the picture on a card."""
        width = self._card_width() - 2 * _GAP - 2
        return QSize(width, round(_HIGH * width))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a heading or a card."""
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue] - not in the stubs
        state = option.state  # pyright: ignore[reportAttributeAccessIssue] - not in the stubs
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sample = index.data(ROW)
        if isinstance(sample, Sample):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            self._paint_card(
                painter, rect.adjusted(_GAP, _GAP, -_GAP, -_GAP), sample, chosen, hovered
            )
        else:
            self._paint_heading(painter, rect, str(index.data()))
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, text: str) -> None:
        font = self._font(strong=True)
        font.setPointSizeF(font.pointSizeF() * 0.82)
        painter.setFont(font)
        painter.setPen(QColor(current_theme().muted))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect.adjusted(_GAP, 0, 0, -2), int(bottom), text.upper())

    def _paint_card(
        self, painter: QPainter, rect: QRect, sample: Sample, chosen: bool, hovered: bool
    ) -> None:
        theme = current_theme()
        edge = theme.accent if chosen else theme.muted if hovered else theme.border
        ground = mix(theme.window, theme.accent, 0.16) if chosen else theme.window
        frame = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(edge), 2.0 if chosen else 1.0))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(frame, _ROUND, _ROUND)
        self._paint_picture(painter, rect, sample)
        size = self.picture_size()
        left, width = rect.left() + GRID, rect.width() - 2 * GRID
        self._paint_texts(
            painter, QRectF(left, rect.top() + size.height() + GRID, width, 0), sample
        )

    def _paint_picture(self, painter: QPainter, rect: QRect, sample: Sample) -> None:
        size = self.picture_size()
        place = QRectF(rect.left() + 1, rect.top() + 1, size.width(), size.height())
        path = QPainterPath()
        path.addRoundedRect(place.adjusted(1, 1, -1, _ROUND), _ROUND - 1, _ROUND - 1)
        painter.save()
        painter.setClipRect(place.adjusted(1, 1, -1, 0))
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.fillRect(place, QColor(current_theme().surface))
        picture = self._picture(sample, size)
        if picture is not None:
            painter.drawImage(place.topLeft(), picture)
        painter.restore()

    def _paint_texts(self, painter: QPainter, area: QRectF, sample: Sample) -> None:
        theme = current_theme()
        strong, small = self._font(strong=True), self._font(small=True)
        metrics = QFontMetricsF(strong)
        painter.setFont(strong)
        painter.setPen(QColor(theme.text))
        right = Qt.TextElideMode.ElideRight
        y = area.top() + metrics.ascent()
        painter.drawText(
            QPointF(area.left(), y), metrics.elidedText(sample.label, right, area.width())
        )
        y += metrics.descent()
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted))
        counts = metrics.elidedText(short_counts(sample, self._points(sample)), right, area.width())
        painter.drawText(QPointF(area.left(), y + metrics.ascent()), counts)
        painter.setPen(QColor(theme.text))
        _draw_lines(
            painter, sample.summary, small, area.left(), y + metrics.lineSpacing(), area.width()
        )

    def _card_width(self) -> int:
        room = self._room()
        least = NARROWEST * current_theme().font_size / 11.0
        return room // max(int(room // least), 1)

    def _room(self) -> int:
        return max(self._view.viewport().width() - 2, NARROWEST)

    def _font(self, *, strong: bool = False, small: bool = False) -> QFont:
        font = QFont(self._view.font())
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setPointSizeF(font.pointSizeF() * (SMALL if small else 1.0))
        return font


def _draw_lines(
    painter: QPainter, text: str, font: QFont, left: float, top: float, width: float
) -> None:
    """A few lines of text; the last one is cut short where more would follow."""
    layout, metrics = QTextLayout(text, font), QFontMetricsF(font)
    layout.beginLayout()
    for number in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        shown = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        if number == _LINES - 1:
            shown = metrics.elidedText(text[line.textStart() :], Qt.TextElideMode.ElideRight, width)
        y = top + number * metrics.lineSpacing() + metrics.ascent()
        painter.drawText(QPointF(left, y), shown)
    layout.endLayout()
