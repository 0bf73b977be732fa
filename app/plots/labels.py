"""Lines of text around a plot: they give way instead of widening the window."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.theme import Theme

_WIDEST = 420
"""A label that comes first takes no more than this from its neighbours."""


class ElidedLabel(QLabel):
    """One line of plain text, cut with an ellipsis where it does not fit (whole in the tooltip).

    ``first`` takes the width its text needs before its neighbours get theirs.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        first: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(alignment | Qt.AlignmentFlag.AlignVCenter)
        wide = QSizePolicy.Policy.Maximum if first else QSizePolicy.Policy.Ignored
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self._first, self._text = first, ""
        self._color = QColor()
        self._tail = ""
        self.tip = ""
        """What the tooltip says, below the text where that is cut."""

    def set_look(self, color: str, points: float, bold: bool = False) -> None:
        """Colour and size of type."""
        if self._color != QColor(color):
            self._color = QColor(color)
            self.update()
        weight = "600" if bold else "400"
        sheet = f"font-size: {points:.2f}pt; font-weight: {weight};"
        if sheet != self.styleSheet():  # Qt would work out all styles anew
            self.setStyleSheet(sheet)

    def set_tip(self, tip: str) -> None:
        """Say more in the tooltip."""
        if tip != self.tip:
            self.tip = tip
            self._explain()

    def set_parts(self, text: str, tail: str) -> None:
        """A text that gives way, and what must be read in any case."""
        self._tail = tail
        self.setText(text + tail)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:
        # A label that Qt knows the text of has the window laid out anew with each.
        if text == self._text:
            return
        before, self._text = self.sizeHint(), text
        self.setAccessibleName(text)
        if self._first and self.sizeHint() != before:
            self.updateGeometry()
        self._explain()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 2)

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.text()) + 4
        return QSize(min(wide, _WIDEST), self.fontMetrics().height() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain()

    def _explain(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip("\n".join(part for part in (self.text() if cut else "", self.tip) if part))

    @property
    def shown(self) -> str:
        """The text as it is on the screen."""
        metrics, text = self.fontMetrics(), self.text()
        tail = self._tail if self._tail and text.endswith(self._tail) else ""
        if metrics.horizontalAdvance(text) <= self.width() or not tail:
            return metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        room = self.width() - metrics.horizontalAdvance(tail)
        head = text[: len(text) - len(tail)]
        return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + tail

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._color)
        painter.drawText(self.rect(), int(self.alignment()), self.shown)
        painter.end()


def small(theme: Theme) -> float:
    """Size of type of everything around a plot, in points."""
    return theme.font_size * 0.88


def row(*widgets: tuple[QWidget, int]) -> QHBoxLayout:
    """Widgets side by side, each with its share of the width."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget, stretch in widgets:
        layout.addWidget(widget, stretch)
    return layout
