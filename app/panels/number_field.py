"""A text field for one number: scientific notation, decimal comma, and honest about mistakes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from app.panels.bubble import Bubble
from app.panels.number_text import Limits, Number, format_number

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 3,
    Qt.Key.Key_PageDown: -3,
}


class NumberField(QLineEdit):
    """A function of one number (or None where the limits have a word for it).

    A number counts when Enter is pressed, the field is left, or an arrow key steps it: while
    "100" is typed, "1" and "10" are nobody's wish. A text that is no number marks the field,
    says why, and leaves the last good value in force; Escape brings its text back.
    """

    value_changed = Signal(object)
    """The new number (or None), after an edit by a person."""

    def __init__(self, limits: Limits, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = limits
        self._tip = tip
        self._value: Number | None = None
        self._shown = ""
        self._bubble: Bubble | None = None
        self.problem = ""
        """Why the text is not accepted; empty if it is."""
        self.setPlaceholderText(limits.empty)
        self.setToolTip(tip)
        self.textEdited.connect(self._check)
        self.editingFinished.connect(self._commit)

    def value(self) -> Number | None:
        """The last good number."""
        return self._value

    def set_value(self, value: Number | None) -> None:
        """Show a number; says nothing. A text being edited gives way only to another number."""
        if value == self._value and (self._shown or value is None):
            return
        self._show(value)

    def set_limits(self, limits: Limits) -> None:
        """Accept other numbers from now on; the value stays."""
        self._limits = limits
        self.setPlaceholderText(limits.empty)
        self._check()

    def set_tip(self, tip: str) -> None:
        """Explain the field with another sentence."""
        self._tip = tip
        self._mark(self.problem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Escape takes the text back; everything else types."""
        key = Qt.Key(event.key())
        if key in _STEPS and not self.isReadOnly():
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Escape and self.isModified():
            self._show(self._value)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key selects the number, ready to be replaced."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """A field switched off has nothing to complain about."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled() and self.problem:
            self._show(self._value)

    def _show(self, value: Number | None) -> None:
        self._value = value
        self._shown = format_number(value)
        self.setText(self._shown)
        self.setModified(False)
        self._mark("")

    def _step(self, steps: int) -> None:
        self._commit()
        moved = self._limits.stepped(self._value, steps)
        if moved != self._value:
            self._show(moved)
            self.value_changed.emit(moved)

    @Slot()
    def _check(self) -> None:
        """Mark the field while a person types."""
        if not self.isModified() and self.text() == self._shown:
            return
        try:
            self._limits.read(self.text())
        except ValueError as error:
            self._mark(str(error))
        else:
            self._mark("")

    @Slot()
    def _commit(self) -> None:
        """Take the text as the value, if a person wrote it and it is one."""
        if not self.isModified():
            return
        try:
            value = self._limits.read(self.text())
        except ValueError as error:
            kept = format_number(self._value, self._limits.empty)
            self._mark(f"{error} Still in force: {kept}.")
            self._complain()
            return
        changed = value != self._value
        self._show(value)
        if changed:
            self.value_changed.emit(value)

    def _complain(self) -> None:
        if self._bubble is None or not isValid(self._bubble):
            self._bubble = Bubble(self)
        self._bubble.say(self.problem)

    def _mark(self, problem: str) -> None:
        if self._bubble is not None and isValid(self._bubble):
            self._bubble.hide()
        self.problem = problem
        self.setToolTip(problem or self._tip)
        self.setAccessibleDescription(problem or self._tip)
        if bool(self.property("invalid")) != bool(problem):
            self.setProperty("invalid", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)
