"""The look shared by the fields that open a list: flat, one line of text, an arrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from app.icons import pixmap
from app.theme import current_theme, disabled_text

ARROW = 13
MARK = 15
PADDING = 7
HEIGHT = 28


def field_height(widget: QWidget) -> int:
    """Height of a field in the type of the widget, that of a line edit under the style sheet."""
    return max(HEIGHT, widget.fontMetrics().height() + 11)


def paint_field(
    widget: QWidget, text: str, mark: tuple[str, str] | None = None, short: str = ""
) -> None:
    """Paint a whole field with an arrow.

    ``mark`` is a small icon before the arrow: its name and the field of the theme that colours it.
    ``short`` stands for a text that does not fit.
    """
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_frame(painter, widget)
    right = widget.width() - ARROW - PADDING + 2
    color = current_theme().muted if widget.isEnabled() else disabled_text(current_theme())
    top = (widget.height() - ARROW) // 2
    painter.drawPixmap(right + 1, top, pixmap("chevron-down", color, ARROW))
    if mark is not None:
        right -= MARK + 4
        picture = pixmap(mark[0], getattr(current_theme(), mark[1]), MARK)
        painter.drawPixmap(right + 2, (widget.height() - MARK) // 2, picture)
    _paint_text(painter, widget, text, short, right)
    painter.end()


def _paint_frame(painter: QPainter, widget: QWidget) -> None:
    theme = current_theme()
    hovered = widget.underMouse() and widget.isEnabled()
    edge = theme.accent if widget.hasFocus() else theme.muted if hovered else theme.border
    painter.setPen(QColor(edge))
    painter.setBrush(QColor(theme.surface if widget.isEnabled() else theme.window))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5.5, 5.5)


def _paint_text(painter: QPainter, widget: QWidget, text: str, short: str, right: int) -> None:
    group = QPalette.ColorGroup.Active if widget.isEnabled() else QPalette.ColorGroup.Disabled
    painter.setPen(widget.palette().color(group, QPalette.ColorRole.Text))
    width = right - PADDING + 2
    metrics = widget.fontMetrics()
    if short and metrics.horizontalAdvance(text) > width:
        text = short
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    left_middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(PADDING, 0, width, widget.height()), left_middle, shown)
