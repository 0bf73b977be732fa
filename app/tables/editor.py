"""The field in which a cell is edited: it stays open while its text cannot stand in the column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLabel, QLineEdit, QWidget

from app.theme import GRID

_WIDEST = 40 * GRID
_SECONDS = 8
_DONE = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Complaint(QLabel):
    """What is wrong with a cell, said below it; the mouse goes through."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setObjectName("bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say_for_a_while(self, text: str, widget: QWidget, cell: QRect) -> None:
        """Show a sentence below a part of a widget, and take it back."""
        self.say(text, widget, cell)
        self._timer.start(_SECONDS * 1000)

    def take_back(self) -> None:
        """Hide, unless what is said is to be read for a while."""
        if not self._timer.isActive():
            self.hide()

    def say(self, text: str, widget: QWidget, cell: QRect) -> None:
        """Show a sentence below a part of a widget, inside the owner."""
        owner = self._owner
        self._timer.stop()
        self.setText(text)
        self.ensurePolished()
        room = min(_WIDEST, owner.width() - GRID)
        self.setFixedWidth(min(room, self.fontMetrics().horizontalAdvance(text) + 4 * GRID))
        self.adjustSize()
        below = widget.mapTo(owner, QPoint(cell.left(), cell.bottom() + 4))
        above = widget.mapTo(owner, QPoint(cell.left(), cell.top() - self.height() - 4))
        place = below if below.y() + self.height() <= owner.height() else above
        self.move(max(0, min(place.x(), owner.width() - self.width())), max(0, place.y()))
        self.show()
        self.raise_()


class CellEditor(QLineEdit):
    """A line of text with a judge: ``refusal`` says why a text cannot be, or nothing."""

    def __init__(
        self,
        parent: QWidget,
        complaint: Complaint,
        refusal: Callable[[str], str],
        offers: Sequence[str],
        name: str,
    ) -> None:
        super().__init__(parent)
        self._complaint, self._refusal = complaint, refusal
        self._before: str | None = None
        self._popup: QAbstractItemView | None = None
        self.setFrame(False)
        self.setAccessibleName(f"Cell of {name}")
        self.textEdited.connect(self._check)
        if offers:
            self._offer(offers)

    def start(self, text: str) -> None:
        """Begin with what the cell holds."""
        self.setText(text)
        self._before = self.text()
        self.selectAll()

    @property
    def is_started(self) -> bool:
        """Whether it has been told what the cell holds."""
        return self._before is not None

    def is_changed(self) -> bool:
        """Whether another text was typed."""
        return self.text() != self._before

    def complaint(self) -> str:
        """Why the text cannot stand in the column; empty if it can."""
        return self._refusal(self.text()) if self.is_changed() else ""

    def insists(self) -> bool:
        """Whether the editor has to stay open; then it says why."""
        reason = self.complaint()
        if reason:
            self._complaint.say(reason, self, self.rect())
            self.setAccessibleDescription(reason)
        return bool(reason)

    def open_list(self) -> None:
        """Show all that is offered, below the editor."""
        if self._popup is not None and self.isVisible():
            self.completer().setCompletionPrefix("")
            self.completer().complete()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the open list without a choice there means the text that was typed."""
        if isinstance(event, QKeyEvent) and self._is_done(event) and self._popup is not None:
            self._popup.hide()
            _press(self, Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

    def _is_done(self, event: QKeyEvent) -> bool:
        """Whether a key ends the edit, and no entry of the list is meant by it."""
        chosen = self._popup is not None and self._popup.currentIndex().isValid()
        return event.type() == QEvent.Type.KeyPress and event.key() in _DONE and not chosen

    @Slot(str)
    def _check(self, _text: str) -> None:
        """Take the complaint back as soon as the text can be, redden the field as soon as not."""
        reason = self.complaint()
        self.setProperty("invalid", bool(reason))
        self.style().unpolish(self)
        self.style().polish(self)
        self.setToolTip(reason)
        if not reason:
            self._complaint.hide()

    def _offer(self, offers: Sequence[str]) -> None:
        completer = QCompleter(list(offers), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self._popup = completer.popup()
        if self._popup is not None:
            self._popup.installEventFilter(self)
        completer.activated.connect(self._chosen)

    @Slot(str)
    def _chosen(self, text: str) -> None:
        """A choice in the list is the end of the edit."""
        self.setText(text)
        _press(self, Qt.Key.Key_Return)


def _press(editor: QLineEdit, key: Qt.Key) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(editor, event)
