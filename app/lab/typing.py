"""What Tab and Shift+Tab do to the text."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor

STEP = 4
"""Spaces of one level; they only make a long formula easier to read."""


def indent(cursor: QTextCursor) -> None:
    """Spaces up to the next level, or before each selected line."""
    first, last = _lines(cursor)
    if first == last:
        place = cursor.positionInBlock()
        cursor.insertText(" " * (STEP - place % STEP))
        return
    _edit_lines(cursor, first, last, out=False)


def outdent(cursor: QTextCursor) -> None:
    """Up to one level less before each selected line."""
    _edit_lines(cursor, *_lines(cursor), out=True)


def _lines(cursor: QTextCursor) -> tuple[int, int]:
    document = cursor.document()
    start = document.findBlock(cursor.selectionStart()).blockNumber()
    return start, document.findBlock(cursor.selectionEnd()).blockNumber()


def _edit_lines(cursor: QTextCursor, first: int, last: int, *, out: bool) -> None:
    cursor.beginEditBlock()
    for number in range(first, last + 1):
        block = cursor.document().findBlockByNumber(number)
        edit = QTextCursor(block)
        if not out:
            edit.insertText(" " * STEP)
            continue
        spare = min(STEP, len(block.text()) - len(block.text().lstrip(" ")))
        edit.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, spare)
        edit.removeSelectedText()
    cursor.endEditBlock()
