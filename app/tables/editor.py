"""The field in which a cell is edited: it stays open while its text cannot stand in the column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCompleter, QLineEdit, QWidget

from app.panels.bubble import Bubble
from app.panels.judged_field import JudgedField, ends_edit


class CellEditor(JudgedField):
    """A judged line of text with a list of what may be meant."""

    def __init__(
        self,
        parent: QWidget,
        bubble: Bubble,
        refusal: Callable[[str], str],
        offers: Sequence[str],
        name: str,
    ) -> None:
        super().__init__(parent, bubble, refusal)
        self._popup: QAbstractItemView | None = None
        self.setFrame(False)
        self.setAccessibleName(f"Cell of {name}")
        if offers:
            self._offer(offers)

    def open_list(self) -> None:
        """Show all that is offered, below the editor."""
        if self._popup is not None and self.isVisible():
            self.completer().setCompletionPrefix("")
            self.completer().complete()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the open list without a choice there means the text that was typed."""
        popup = self._popup
        meant = popup is not None and popup.currentIndex().isValid()
        if isinstance(event, QKeyEvent) and ends_edit(event) and popup is not None and not meant:
            popup.hide()
            _press(self, Qt.Key(event.key()))
            return True
        return super().eventFilter(watched, event)

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
