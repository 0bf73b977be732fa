"""One equation on the screen: its name, its letters, and below them its numbers."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.formulas.typeset import SIZE, Typeset
from app.panels.formula_equations import Equation
from app.theme import GRID, SMALL, Theme, current_theme

_LARGE, _PLAIN = 1.5, 1.22
"""Size of letters and numbers, in sizes of the type around them."""
_SMALLEST = 0.72
"""A formula too wide for the pane is drawn smaller, down to this."""
_GAP = 5.0
_LEAST = 0.8 * SIZE
"""Least height of a drawing: flat ones keep their distance too."""


class FormulaLine(QWidget):
    """A function of one equation and its two drawings."""

    def __init__(self) -> None:
        super().__init__()
        self._equation: Equation | None = None
        self._drawings: tuple[Typeset | None, Typeset | None] = (None, None)
        self._inks: dict[tuple[str, str], QSvgRenderer] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def value(self) -> Equation | None:
        """What is shown."""
        return self._equation

    @property
    def is_typeset(self) -> bool:
        """Whether the drawings have come; until then there is plain text."""
        return self._drawings[0] is not None

    def set_value(
        self, equation: Equation, letters: Typeset | None, numbers: Typeset | None
    ) -> None:
        """Show an equation; a drawing is None until it has come."""
        before = self.sizeHint()
        self._equation, self._drawings = equation, (letters, numbers)
        self.setAccessibleName(f"{equation.name}: {equation.plain}")
        self.setAccessibleDescription(equation.tip)
        self.setToolTip(f"{equation.tip} Ctrl+C copies the formula as LaTeX.")
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    # Size.

    def _unit(self) -> float:
        """Pixels to the letter's size of the type around."""
        return QFontMetricsF(self._font(1.0)).height() * 0.76

    def _sizes(self, width: float) -> list[tuple[Typeset, float]]:
        """Each drawing with its scale, in a widget of this width."""
        scales = (_LARGE, _PLAIN)
        found = [
            (drawing, scale * self._unit() / SIZE)
            for drawing, scale in zip(self._drawings, scales, strict=True)
            if drawing is not None
        ]
        room = max(width - 5 * GRID, 1.0)
        return [
            (d, scale * min(1.0, max(room / (d.width * scale), _SMALLEST))) for d, scale in found
        ]

    def sizeHint(self) -> QSize:
        """Room for both drawings at their full size."""
        sizes = self._sizes(1e6)
        tall = sum(_height(d) * scale + _GAP for d, scale in sizes) or 2.6 * self._unit()
        wide = max((d.width * scale for d, scale in sizes), default=100.0) + 5 * GRID
        return QSize(
            round(wide), round(tall + QFontMetricsF(self._font(SMALL)).height() + 2 * GRID)
        )

    def minimumSizeHint(self) -> QSize:
        """Drawn smaller where there is less width, but never too small to read."""
        least = max((d.width * scale for d, scale in self._sizes(1.0)), default=100.0)
        return QSize(round(least) + 4 * GRID, self.sizeHint().height())

    def _font(self, scale: float, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(current_theme().font_size * scale)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    # Painting.

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The name, then the drawings."""
        if self._equation is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font(SMALL, bold=True))
        painter.setPen(QColor(theme.muted))
        y = float(painter.fontMetrics().height()) + 4
        painter.drawText(QRectF(GRID, 0, self.width(), y), self._equation.name)
        y += 4
        for number, (drawing, scale) in enumerate(self._sizes(self.width())):
            tall, high = _height(drawing) * scale, drawing.height * scale
            place = QRectF(2.5 * GRID, y + (tall - high) / 2, drawing.width * scale, high)
            self._ink(drawing, theme.text if number == 0 else theme.accent).render(painter, place)
            y += tall + _GAP
        if not self.is_typeset:
            painter.setFont(self._font(1.0))
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(2.5 * GRID, y, self.width(), 30), self._equation.plain)
        self._frame(painter, theme)
        painter.end()

    def _frame(self, painter: QPainter, theme: Theme) -> None:
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 0, -2, -2), 4, 4)

    def _ink(self, drawing: Typeset, color: str) -> QSvgRenderer:
        key = (drawing.svg, color)
        if key not in self._inks:
            if len(self._inks) > 4:
                self._inks.clear()
            self._inks[key] = QSvgRenderer(QByteArray(drawing.colored(color)))
        return self._inks[key]

    # Copying.

    def copy(self, what: str) -> None:
        """Put the formula on the clipboard: "latex", "numbers" (with them) or "text"."""
        if self._equation is None:
            return
        texts = {
            "latex": self._equation.letters,
            "numbers": self._equation.numbers,
            "text": self._equation.plain,
        }
        QGuiApplication.clipboard().setText(texts[what])

    def menu(self) -> QMenu:
        """What may be copied."""
        menu = QMenu(self)
        for text, what in (
            ("Copy as &LaTeX", "latex"),
            ("Copy with &numbers, as LaTeX", "numbers"),
            ("Copy as plain &text", "text"),
        ):
            action = QAction(text, menu)
            action.setData(what)
            action.setEnabled(
                bool(what != "numbers" or (self._equation and self._equation.numbers))
            )
            menu.addAction(action)
        menu.triggered.connect(self._on_action)
        return menu

    def _on_action(self, action: QAction) -> None:
        self.copy(str(action.data()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos() or QPoint())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy("latex")
            event.accept()
        else:
            super().keyPressEvent(event)


def _height(drawing: Typeset) -> float:
    return max(drawing.height, _LEAST)
