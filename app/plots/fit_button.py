"""The way back from a view that was moved by hand: a quiet button in the corner of the plot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from app.theme import Theme

_INSET = 4


class FitButton(QToolButton):
    """Hidden while the plot follows the data by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText("fit")
        self.setToolTip("This view was moved by hand: show everything again (0, double click)")
        self.setAccessibleName("Fit the view")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key 0 does the same
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Like the switches, on the ground of the plot."""
        self.setStyleSheet(
            f"QToolButton {{ color: {theme.accent}; background: {theme.surface}; padding: 0px 5px;"
            f" border: 1px solid {theme.border}; border-radius: 4px;"
            f" font-size: {theme.font_size * 0.8:.2f}pt; }}"
            f"QToolButton:hover {{ border-color: {theme.accent}; }}"
        )

    def place(self, area: QRectF) -> None:
        """In the upper right corner of the data."""
        self.adjustSize()
        self.move(round(area.right()) - self.width() - _INSET, round(area.top()) + _INSET)
