"""The weights as bars: to the right and blue for an output, to the left and orange against it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from app.moment import RunMoment
from app.numbers import decimals_for, fixed_text, number_text
from app.plots.colors import class_color
from app.plots.labels import small
from app.plots.user_text import isolated
from app.plots.weights_bar_layout import Bars, Group, Place, Sizes, lay_out
from app.plots.weights_reading import Shown, shown
from app.plots.weights_scale import CalmEnd, negative_color, positive_color
from app.theme import THEMES, Theme
from slp_core.insight.weight_sheet import BIAS, Units

_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_MIDDLE = int(Qt.AlignmentFlag.AlignCenter)


class BarsPage(QAbstractScrollArea):
    """A group of bars for each output; a bias far larger than the weights is cut and says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._shown: Shown | None = None
        self._bars: Bars | None = None
        self._key: tuple[object, ...] = ()
        self.scale = CalmEnd()
        self._small, self._bold = QFont(), QFont()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Bars of the weights")
        self.viewport().setAutoFillBackground(False)

    @property
    def bars(self) -> Bars | None:
        """Where everything lies."""
        return self._bars

    def set_theme(self, theme: Theme) -> None:
        """Recolour, and measure anew."""
        self._theme = theme
        self._small = QFont(self.font())
        self._small.setPointSizeF(small(theme))
        self._bold = QFont(self._small)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._arrange()

    def show_run(self, run: RunMoment | None, units: Units) -> None:
        """Draw the weights of a run."""
        self._shown = now = shown(run, units)
        key = () if now is None else (now.terms, now.outputs, units, now.run.dataset)
        if key != self._key:
            self._key = key
            self.scale.forget()
            self._arrange()
            self._describe()
        if now is not None:
            W = now.parameters.W
            self.scale.follow(W if W.any() else now.parameters.b)
        self.viewport().update()

    def _describe(self) -> None:
        now = self._shown
        words = "" if now is None else f"{len(now.terms)} terms, {len(now.outputs)} outputs"
        self.setAccessibleDescription(words)

    # Where.

    def _arrange(self) -> None:
        now = self._shown
        if now is None:
            self._bars = None
            return
        metrics = QFontMetricsF(self._small)
        names = (*now.terms[:400], BIAS)
        widest = max(metrics.horizontalAdvance(name) for name in names) + 2
        number = metrics.horizontalAdvance("−0.00e-000")
        sizes = Sizes(metrics.height(), widest, number)
        area = float(self.viewport().width()), float(self.viewport().height())
        self._bars = lay_out(len(now.terms), len(now.outputs), area, sizes)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self._bars.height - area[1])))
        bar.setPageStep(round(area[1]))
        bar.setSingleStep(round(metrics.height() * 2))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._theme.surface))
        if self._shown is not None and self._bars is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -self.verticalScrollBar().value())
            self._paint(painter, self._shown, self._bars)
        painter.end()

    def _paint(self, painter: QPainter, now: Shown, bars: Bars) -> None:
        top = self.verticalScrollBar().value()
        for group in bars.groups:
            self._paint_head(painter, now, bars, group)
        painter.setFont(self._small)
        decimals = decimals_for(self.scale.end)
        for row in bars.between(top, top + self.viewport().height()):
            self._paint_row(painter, now, bars, row, decimals)

    def _paint_head(self, painter: QPainter, now: Shown, bars: Bars, group: Group) -> None:
        """The output's name, the ends of the scale, and the line above the bias."""
        theme, head = self._theme, group.head
        painter.setFont(self._bold)
        painter.setPen(QColor(theme.text))
        room = bars.name + 4
        left = head.left()
        if now.run.dataset.classes and len(now.outputs) > 1:
            dot = QRectF(left, head.center().y() - 4, 9, 9)
            painter.fillRect(dot, QColor(class_color(theme, group.output)))
            left, room = left + 14, room - 14
        metrics = QFontMetricsF(self._bold)
        name = isolated(now.outputs[group.output])
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRectF(left, head.top(), room, head.height()), _LEFT, text)
        self._paint_scale(painter, bars.bar(head))
        painter.setPen(QPen(QColor(theme.grid), 1))
        painter.drawLine(QPointF(head.left(), group.rule), QPointF(head.right(), group.rule))

    def _paint_scale(self, painter: QPainter, bar: QRectF) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._theme.muted))
        end = number_text(self.scale.end)
        room = bar.adjusted(0, -3, 0, 0)
        if bar.width() > 2 * QFontMetricsF(self._small).horizontalAdvance(f"−{end}0"):
            painter.drawText(room, _LEFT, f"−{end}")
            painter.drawText(room, _RIGHT, end)
        painter.drawText(room, _MIDDLE, "0")

    def _paint_row(
        self, painter: QPainter, now: Shown, bars: Bars, row: Place, decimals: int
    ) -> None:
        theme, rect = self._theme, row.rect
        value = now.value_of(row.term, row.output)
        bias = row.term == len(now.terms)
        metrics = QFontMetricsF(self._small)
        painter.setPen(QColor(theme.muted if bias else theme.text))
        name = BIAS if bias else isolated(now.terms[row.term])
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, bars.name)
        painter.drawText(QRectF(rect.left(), rect.top(), bars.name, rect.height()), _LEFT, text)
        bar = bars.bar(rect)
        painter.setPen(QPen(QColor(theme.border), 1))
        middle = bar.center().x()
        painter.drawLine(QPointF(middle, rect.top()), QPointF(middle, rect.bottom()))
        self._paint_bar(painter, bar, value)
        known = bool(np.isfinite(value))
        painter.setPen(QColor(theme.text if known else theme.danger))
        number = rect.adjusted(rect.width() - bars.number - 4, 0, 0, 0)
        painter.drawText(number, _RIGHT, fixed_text(value, decimals))

    def _paint_bar(self, painter: QPainter, bar: QRectF, value: float) -> None:
        """From the middle to the value; an arrow's head where it goes beyond the scale."""
        if np.isnan(value) or value == 0:
            return
        share = min(abs(value) / self.scale.end, 1.0) if np.isfinite(value) else 1.0
        beyond = abs(value) > self.scale.end
        sign = 1.0 if value > 0 else -1.0
        color = positive_color(self._theme) if value > 0 else negative_color(self._theme)
        middle, half = bar.center().x(), bar.width() / 2
        length = max(share * half, 1.0) - (7.0 if beyond else 0.0)
        left = middle if sign > 0 else middle - length
        painter.fillRect(QRectF(left, bar.top(), length, bar.height()), QColor(color))
        if beyond:
            at = middle + sign * (length + 1.5)
            tip = [QPointF(at, bar.top()), QPointF(at, bar.bottom())]
            tip.append(QPointF(at + sign * 5.5, bar.center().y()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawPolygon(QPolygonF(tip))

    # Answers.

    def tip_at(self, x: float, y: float) -> str:
        """What the tooltip says at a place of the viewport."""
        if self._bars is None or self._shown is None:
            return ""
        row = self._bars.at(x, y + self.verticalScrollBar().value())
        if row is None:
            return ""
        text = self._shown.sentence(row.term, row.output)
        beyond = abs(self._shown.value_of(row.term, row.output)) > self.scale.end
        return f"{text}; beyond the scale of the bars" if beyond else text

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = event.pos()
            QToolTip.showText(event.globalPos(), self.tip_at(place.x(), place.y()), self)
            return True
        return super().viewportEvent(event)
