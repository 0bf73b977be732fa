"""How the cells of a confusion matrix look: colour, text, frame of the diagonal, marks."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.numbers import NONE, share_text
from app.plots.colors import mixed
from app.plots.numbers import format_count
from app.theme import Theme, contrast

_FAINTEST, _FULLEST = 0.10, 0.85
"""Share of the colour in a cell with the fewest and with all rows of its class."""


def fill(theme: Theme, share: float, right: bool) -> str:
    """Colour of a cell that holds this share of its true class."""
    if isnan(share) or share == 0.0:
        return theme.surface
    color = theme.accent if right else theme.danger
    return mixed(color, theme.surface, _FAINTEST + (_FULLEST - _FAINTEST) * share)


def readable_on(theme: Theme, ground: str) -> str:
    """The colour of text, or of the paper, whichever is further from the ground."""
    return max((theme.text, theme.surface), key=lambda color: contrast(color, ground))


def cell_text(count: int, share: float, shares: bool) -> str:
    """What a cell says; a dash where a class has no rows to take a share of."""
    if not shares:
        return format_count(count)
    return short_share(share)


def short_share(share: float) -> str:
    """A percentage, or a dash where there is nothing to take a share of."""
    return NONE if isnan(share) else share_text(share)


def fitting_share(share: float, fits: Callable[[str], bool]) -> str:
    """A percentage with as many of its signs as there is room for."""
    if isnan(share):
        return NONE
    whole = round(100 * share)
    if 0 < share < 1:
        whole = min(max(whole, 1), 99)  # all and none are only what is exactly that
    texts = (share_text(share), f"{whole} %", str(whole))
    return next((text for text in texts if fits(text)), texts[-1])


def paint_cell(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    look: tuple[str, str, bool],
    picked: int,
) -> None:
    """One cell: ``look`` is its colour, its text and whether it lies on the diagonal."""
    color, text, diagonal = look
    painter.fillRect(rect, QColor(color))
    ink = readable_on(theme, color)
    if diagonal:
        painter.setPen(_line(theme.text, 1.6))
        painter.drawRect(rect.adjusted(2.0, 2.0, -2.5, -2.5))
    painter.setPen(QColor(theme.muted if text == "0" else ink))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
    if picked:
        painter.setPen(_line(ink, 2.0))
        painter.drawRect(mark_place(rect, painter.fontMetrics().horizontalAdvance(text)))


def mark_place(rect: QRectF, text: float) -> QRectF:
    """Where the sign of what is selected goes in a cell with a figure ``text`` pixels wide.

    A square in a corner; in a cell that the figure fills, a line below it.
    """
    side = min(8.0, rect.height() / 3)
    if (rect.width() - text) / 2 >= side + 6.0:
        return QRectF(rect.right() - side - 4.5, rect.top() + 4.5, side, side)
    return QRectF(rect.left() + 6.0, rect.bottom() - 4.5, rect.width() - 12.0, 0.0)


def paint_focus(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """The frame around the cell that the keyboard is at."""
    painter.setPen(_line(theme.accent, 3.0))
    painter.drawRect(rect.adjusted(0.5, 0.5, -1.5, -1.5))


def paint_lines(painter: QPainter, rects: list[QRectF], theme: Theme) -> None:
    """Thin lines between cells."""
    painter.setPen(_line(theme.border, 1.0))
    painter.drawRects([rect.adjusted(0.0, 0.0, 0.0, 0.0) for rect in rects])


def bold(font: QFont) -> QFont:
    """The same font, heavier."""
    heavy = QFont(font)
    heavy.setWeight(QFont.Weight.DemiBold)
    return heavy


def _line(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
