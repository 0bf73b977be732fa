"""A text field over a cell or a chip that stays open while its text cannot be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.panels.bubble import Bubble

_DONE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class JudgedField(QLineEdit):
    """A line of text with a judge: ``refusal`` says why a text cannot be, or nothing.

    The text it begins with is never judged: it is what was there. The bubble is that of the
    widget in which the field lies.
    """

    def __init__(self, parent: QWidget, bubble: Bubble, refusal: Callable[[str], str]) -> None:
        super().__init__(parent)
        self._bubble, self._refusal = bubble, refusal
        self._before: str | None = None
        self.textEdited.connect(self._check)

    @property
    def is_started(self) -> bool:
        """Whether it has been told what it begins with."""
        return self._before is not None

    def start(self, text: str) -> None:
        """Begin with a text, selected."""
        self.setText(text)
        self._before = self.text()
        self.selectAll()
        self._check()

    def is_changed(self) -> bool:
        """Whether another text was typed."""
        return self.text() != self._before

    def complaint(self) -> str:
        """Why the text cannot be; empty if it can."""
        return self._refusal(self.text()) if self.is_changed() else ""

    def insists(self) -> bool:
        """Whether it has to stay open; then it says why."""
        reason = self.complaint()
        if reason:
            self._bubble.say(reason, self.geometry())
            self.setAccessibleDescription(reason)
        return bool(reason)

    def give_up(self) -> None:
        """Say, once it is gone, why what was typed is not taken."""
        reason, place = self.complaint(), self.geometry()
        if reason:
            QTimer.singleShot(0, self._bubble, partial(self._bubble.say, reason, place))

    def keeps(self, event: QEvent) -> bool:
        """Whether a key would end the edit and must not, because of what is typed."""
        return ends_edit(event) and self.insists()

    def hideEvent(self, event: QHideEvent) -> None:
        """The complaint goes with the field."""
        super().hideEvent(event)
        self._bubble.hide()

    @Slot()
    def _check(self) -> None:
        """Take the complaint back as soon as the text can be, redden the field as soon as not."""
        reason = self.complaint()
        self.setToolTip(reason)
        if not reason:
            self._bubble.hide()
        if bool(self.property("invalid")) != bool(reason):
            self.setProperty("invalid", bool(reason))
            self.style().unpolish(self)
            self.style().polish(self)


def ends_edit(event: QEvent) -> bool:
    """Whether this is a key that takes what is typed."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    return event.key() in _DONE
