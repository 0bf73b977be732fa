"""The editor of formulas: colours, completion, line numbers, and errors where they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontDatabase,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from app.lab.completion import Completion, insertion
from app.lab.gutter import Gutter
from app.lab.highlighting import FormulaHighlighter
from app.lab.marks import cursor_at, shaded, wave
from app.lab.typing import indent, outdent
from app.theme import THEMES, Theme, mix
from slp_core.errors import FormulaError

_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TAKES = (*_RETURN, Qt.Key.Key_Tab)
_WORD_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9_]*$")
_LEAST_TYPED = 2
_AIR = 6
_WIDEST_LENS = 120
"""Pixels beside a line below which its error is told only under the editor."""


class FormulaEditor(QPlainTextEdit):
    """Plain text with the tools of a programmer's editor; Ctrl+Tab and Escape leave it."""

    check_asked = Signal()
    """Ctrl+Enter."""
    left = Signal()
    """Escape: the keyboard wants to go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme = THEMES["light"]
        self._errors: tuple[FormulaError, ...] = ()
        self._shown_lines: frozenset[int] = frozenset()
        self._family = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._gutter = Gutter(self)
        self._colors = FormulaHighlighter(self.document())
        self.completion = Completion(self)
        self.completion.activated[str].connect(self._complete)  # pyright: ignore[reportUnknownMemberType, reportIndexIssue] - an overload chosen by its type
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setAccessibleName("Formula")
        self.setAccessibleDescription(
            "One assignment a line; the results are dW and db. Ctrl+Enter checks,"
            " Ctrl+Space completes, Escape leaves."
        )
        self.setPlaceholderText("dW = X.T @ (Z - Y) / N")
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_gutter)
        self.cursorPositionChanged.connect(self._mark)
        self._make_room()

    # As a value.

    def value(self) -> str:
        """The text."""
        return self.toPlainText()

    def set_value(self, text: str) -> None:
        """Put another text in as one step that Ctrl+Z takes back."""
        if text == self.value():
            return
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_errors(self, errors: Sequence[FormulaError]) -> None:
        """Underline what is wrong; the sentence stands beside the line where it fits."""
        self._errors = tuple(errors)
        self._mark()
        self.viewport().update()
        self._gutter.set_faulty(frozenset(error.line for error in errors))

    @property
    def errors(self) -> tuple[FormulaError, ...]:
        """What is underlined."""
        return self._errors

    def show_lines(self, lines: Sequence[int]) -> None:
        """Shade lines that were changed for the person; typing ends it."""
        self._shown_lines = frozenset(lines)
        self._mark()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor there."""
        self.setTextCursor(cursor_at(self.document(), line, column))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def error_at_cursor(self) -> FormulaError | None:
        """The error in the line of the cursor, or the first one."""
        line = self.textCursor().blockNumber() + 1
        here = [error for error in self._errors if error.line == line]
        return next(iter([*here, *self._errors]), None)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.setStyleSheet(
            f"QPlainTextEdit {{ font-family: '{self._family}'; color: {theme.text};"
            f" background: {theme.surface}; border: 1px solid {theme.border};"
            f" border-radius: 6px; selection-background-color: {theme.accent};"
            f" selection-color: {theme.accent_text}; }}"
            f"QPlainTextEdit:focus {{ border-color: {theme.accent}; }}"
        )
        self._colors.set_theme(theme)
        self._gutter.set_theme(theme)
        self._make_room()
        self._mark()

    # Marks.

    def _mark(self) -> None:
        """The line of the cursor, lines that were mended, waves under errors."""
        theme, document = self._theme, self.document()
        current = self.textCursor()
        current.clearSelection()
        mended = mix(theme.surface, theme.ok, 0.22)
        rows = [shaded(current, mix(theme.surface, theme.accent, 0.07))]
        rows += [shaded(cursor_at(document, line, 1), mended) for line in self._shown_lines]
        self.setExtraSelections([*rows, *(wave(document, e, theme) for e in self._errors)])

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and behind each faulty line what is wrong with it."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._theme.danger))
        told: set[int] = set()
        for error in self._errors:
            if error.line not in told:
                told.add(error.line)
                self._tell_beside(painter, error)
        painter.end()

    def _tell_beside(self, painter: QPainter, error: FormulaError) -> None:
        block = self.document().findBlockByNumber(error.line - 1)
        if not block.isValid() or block.layout().lineCount() > 1:
            return
        metrics = self.fontMetrics()
        place = self.blockBoundingGeometry(block).translated(self.contentOffset())
        left = place.left() + metrics.horizontalAdvance(block.text()) + 4 * _AIR
        room = self.viewport().width() - left - _AIR
        if room < _WIDEST_LENS:
            return
        text = metrics.elidedText(error.message, Qt.TextElideMode.ElideRight, round(room))
        spot = QRectF(left, place.top(), room, place.height())
        painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _make_room(self) -> None:
        self.setViewportMargins(self._gutter.needed(), 2, 0, 2)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        self._gutter.setGeometry(
            QRect(inside.left(), inside.top(), self._gutter.needed(), inside.height())
        )

    def _scroll_gutter(self, _rect: QRect, _rows: int) -> None:
        self._gutter.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room()

    # Keyboard.

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            own = (*_RETURN, Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.key() == Qt.Key.Key_Escape or (control and event.key() in own):
                event.accept()  # the window's shortcuts would take it first
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tip(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.completion.is_open and key in _TAKES and not control:
            self._complete(self.completion.chosen())
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif control and key in _RETURN:
            self.check_asked.emit()
        elif control and key == Qt.Key.Key_Space:
            self._offer(0)
        elif control and key == Qt.Key.Key_Tab:
            QWidget.focusNextPrevChild(self, True)
        elif control and key == Qt.Key.Key_Backtab:
            QWidget.focusNextPrevChild(self, False)
        elif key == Qt.Key.Key_Tab:
            indent(self.textCursor())
        elif key == Qt.Key.Key_Backtab:
            outdent(self.textCursor())
        else:
            super().keyPressEvent(event)
            self._typed(event)

    def _typed(self, event: QKeyEvent) -> None:
        if event.text() and self._shown_lines:
            self.show_lines(())
        if event.text().isalnum():
            self._offer(_LEAST_TYPED)
        elif self.completion.is_open and event.key() != Qt.Key.Key_Backspace:
            self.completion.close()
        elif self.completion.is_open:
            self._offer(1)

    def _escape(self) -> None:
        if self.completion.is_open:
            self.completion.close()
        else:
            self.left.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.completion.close()

    # Completion.

    def _word(self) -> str:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = None if "#" in before else _WORD_BEFORE.search(before)
        return found.group() if found else ""

    def _offer(self, least: int) -> None:
        word = self._word()
        if len(word) < least:
            self.completion.close()
            return
        place = self.cursorRect()
        place.translate(self._gutter.needed(), 4)
        self.completion.offer(word, place)

    def _complete(self, word: str) -> None:
        cursor = self.textCursor()
        before = self._word()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(before)
        )
        cursor.insertText(insertion(word) if word else before)
        self.completion.close()

    def _tip(self, place: QPoint, where: QPoint) -> None:
        inside = place - QPoint(self._gutter.needed(), 0)
        line = self.cursorForPosition(inside).blockNumber() + 1
        told = [f"{e.message} {e.hint}".rstrip() for e in self._errors if e.line == line]
        QToolTip.showText(where, "\n".join(told), self)
