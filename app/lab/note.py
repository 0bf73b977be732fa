"""The line under the editor: the error at the cursor, a remark, or what a start is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.panels.form import IconLabel
from slp_core.errors import FormulaError

_USUAL = "The results are dW and db. Ctrl+Space completes, Ctrl+Enter checks, Esc leaves."


class NoteLine(QWidget):
    """Says one thing at a time: an error before a remark, a remark before the note of a start."""

    place_chosen = Signal(int, int)
    """Line and column of the error that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._error: FormulaError | None = None
        self._said = self._start = ""
        self.icon, self.text = IconLabel("info"), QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setProperty("role", "small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 0, 2, 0)
        layout.setSpacing(6)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1)
        self.setAccessibleName("Remark on the formula")
        self._write()

    def set_error(self, error: FormulaError | None) -> None:
        """Show this error; None: there is none."""
        self._error = error
        self._write()

    def set_start(self, note: str) -> None:
        """Say what the formula is that was put in; typing ends it and every remark."""
        self._start, self._said = note, ""
        self._write()

    def tell(self, text: str) -> None:
        """Say something until something is typed."""
        self._said = text
        self._write()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._error is not None:
            self.place_chosen.emit(self._error.line, self._error.column)
        super().mousePressEvent(event)

    def _write(self) -> None:
        error = self._error
        if self._said:
            self._set("warning", "warning", self._said)
        elif error is not None:
            where = f"Line {error.line}, column {error.column}: "
            self._set("cross", "danger", f"{where}{error.message} {error.hint}".rstrip())
        elif self._start:
            self._set("info", "accent", self._start)
        else:
            self._set("info", "muted", _USUAL)

    def _set(self, name: str, role: str, text: str) -> None:
        self.icon.set_icon(name, role)
        self.text.setText(text)
        self.text.setProperty("role", "danger" if role == "danger" else "small")
        self.text.style().polish(self.text)
        self.setAccessibleDescription(text)
