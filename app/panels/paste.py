"""The table on the clipboard: cells copied from a spreadsheet, as text."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from slp_core.errors import DataError

LARGEST = 50_000_000
"""Letters of a pasted table; a larger one belongs into a file."""
_CSV = "text/csv"
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def clipboard_text(mime: QMimeData | None = None) -> str:
    """The text of the table on the clipboard (or in ``mime``).

    Raises
    ------
    DataError
        There is none: nothing, a file, a picture, a single line, or too much.
    """
    data = QGuiApplication.clipboard().mimeData() if mime is None else mime
    text = data.text() if data.hasText() and not data.hasUrls() else ""
    if not _is_table(text) and data.hasFormat(_CSV):
        text = _decoded(bytes(data.data(_CSV).data()))
    if not text.strip():
        raise _nothing(data)
    if len(text) > LARGEST:
        raise DataError(
            f"The clipboard holds {len(text):,} letters; up to {LARGEST:,} can be pasted.",
            code="paste.too_large",
            hint="Save the table as a CSV file and open that.",
        )
    if not _is_table(text):
        raise DataError(
            "The clipboard holds a single line, not a table.",
            code="paste.no_table",
            hint="Copy the cells with their line of names, at least two rows, and paste again.",
            text=text.strip()[:80],
        )
    return text.rstrip("\0")  # some programs on Windows end a text with it


def _is_table(text: str) -> bool:
    """Whether there are two lines that hold something."""
    bare = text.strip("\0 \t\r\n")
    return "\n" in bare or "\r" in bare


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    return raw.decode(encoding, errors="replace")


def _nothing(data: QMimeData) -> DataError:
    hint = "Mark the cells in the spreadsheet, copy them (Ctrl+C), and paste again."
    what = "The clipboard holds no text."
    if data.hasUrls():
        what, hint = "The clipboard holds a file, not cells.", "Drop the file on the window."
    elif data.hasImage():
        what = "The clipboard holds a picture, not cells."
    return DataError(what, code="paste.nothing", hint=hint)
