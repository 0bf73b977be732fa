"""Marks in the text of the editor: shaded lines and waves under errors."""

from __future__ import annotations

import re

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from app.theme import Theme, mix
from slp_core.errors import FormulaError

Selection = QTextEdit.ExtraSelection


def cursor_at(document: QTextDocument, line: int, column: int) -> QTextCursor:
    """A cursor at a place that counts from 1, or as near as there is text."""
    block = document.findBlockByNumber(max(line, 1) - 1)
    cursor = QTextCursor(block if block.isValid() else document.lastBlock())
    length = max(cursor.block().length() - 1, 0)
    cursor.setPosition(cursor.block().position() + min(max(column, 1) - 1, length))
    return cursor


def shaded(cursor: QTextCursor, color: str) -> Selection:
    """The whole line of a cursor on another ground."""
    style = QTextCharFormat()
    style.setBackground(QColor(color))
    style.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
    return _selection(cursor, style)


def wave(document: QTextDocument, error: FormulaError, theme: Theme) -> Selection:
    """A red wave under the word where an error is."""
    cursor = cursor_at(document, error.line, error.column)
    block = cursor.block()
    text, start = block.text(), cursor.positionInBlock()
    start = min(start, max(len(text) - 1, 0))
    word = re.match(r"[A-Za-z0-9_.]+", text[start:])
    end = min(start + (len(word.group()) if word else 1), len(text))
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    style = QTextCharFormat()
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    style.setUnderlineColor(QColor(theme.danger))
    style.setBackground(QColor(mix(theme.surface, theme.danger, 0.14)))
    return _selection(cursor, style)


def _selection(cursor: QTextCursor, style: QTextCharFormat) -> Selection:
    row = Selection()
    row.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue] - a public field in Qt
    row.format = style  # pyright: ignore[reportAttributeAccessIssue] - a public field in Qt
    return row
