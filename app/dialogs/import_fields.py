"""Fields of the reading choices: a sign or a word from a list, any other sign, a list of words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.panels.choice_box import ChoiceBox, Mark, Option
from app.theme import GRID

AUTO, NONE, OTHER = "auto", "none", "other"
"""Keys of what is no sign: left to the reader; there is none; typed in the field beside."""


class SignBox(QWidget):
    """A function of one decision: None leaves it to the reader, "" says that there is none.

    "Another sign" opens a field for a single letter beside the box.
    """

    value_changed = Signal()

    def __init__(self, tip: str, options: Iterable[Option], other: bool = False) -> None:
        super().__init__()
        self._options = tuple(options)
        self._value: str | None = None
        self._found = ""
        self._other = other
        self.box = ChoiceBox(tip)
        self.sign = QLineEdit()
        self.sign.setMaxLength(1)
        self.sign.setFixedWidth(5 * GRID)
        self.sign.setAccessibleName("Another sign")
        self.sign.setToolTip("The sign between two cells: type it here.")
        self.sign.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.box, 1)
        row.addWidget(self.sign)
        self.setToolTip(tip)
        self.box.value_changed.connect(self._chosen)
        self.sign.textEdited.connect(self._typed)
        self._offer()

    def value(self) -> str | None:
        """The decision."""
        return self._value

    def set_value(self, value: str | None) -> None:
        """Show a decision; says nothing."""
        self._value = value
        self._offer()

    def set_found(self, word: str) -> None:
        """Say what the reader found, beside "Automatic"; "" if that is not known."""
        self._found = word
        self._offer()

    def set_doubt(self, reason: str) -> None:
        """Mark "Automatic" with a doubt of the reader; "" takes the mark away."""
        self.box.set_marks({AUTO: Mark("warning", "warning", reason)} if reason else {})

    def _offer(self) -> None:
        # The whole word would leave no room for what was found in a narrow box.
        auto = f"Auto ({self._found})" if self._found else "Automatic"
        options = [Option(AUTO, auto, "Judged by the file.", "Auto"), *self._options]
        known = {option.key for option in options}
        if self._value and self._value not in known:
            options.append(Option(self._value, f"“{self._value}”", "Chosen for this file."))
        if self._other:
            options.append(Option(OTHER, "Another sign…", "Type the sign in the field beside."))
        self.box.set_options(options)
        self.box.set_value(AUTO if self._value is None else self._value or NONE)
        self.sign.setVisible(False)

    @Slot(object)
    def _chosen(self, key: str) -> None:
        if key == OTHER:
            self.sign.clear()
            self.sign.show()
            self.sign.setFocus()
            return
        self.sign.hide()
        self._value = {AUTO: None, NONE: ""}.get(key, key)
        self.value_changed.emit()

    @Slot(str)
    def _typed(self, text: str) -> None:
        if text.strip():
            self.box.setFocus()
            self.set_value(text)
            self.value_changed.emit()


class WordsField(QLineEdit):
    """A function of a list of words, separated by commas; None where it is empty."""

    value_changed = Signal()

    def __init__(self, tip: str, empty: str) -> None:
        super().__init__()
        self._value: tuple[str, ...] | None = None
        self.setPlaceholderText(empty)
        self.setToolTip(tip)
        self.editingFinished.connect(self._commit)

    def value(self) -> tuple[str, ...] | None:
        """The words."""
        return self._value

    def set_value(self, value: tuple[str, ...] | None) -> None:
        """Show words; says nothing."""
        self._value = value
        self.setText("" if value is None else ", ".join(value) or NONE)
        self.setModified(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes a text that is being written back."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.set_value(self._value)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key selects the words."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.selectAll()

    @Slot()
    def _commit(self) -> None:
        if not self.isModified():
            return
        words = tuple(word.strip() for word in self.text().split(",") if word.strip())
        value = None if not words else () if words == (NONE,) else words
        changed = value != self._value
        self.set_value(value)
        if changed:
            self.value_changed.emit()
