"""What Qt has to say goes to stderr, but for one remark that is no news."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

NO_NEWS = "This plugin does not support propagateSizeHints()"
"""The platform without a display says so for every window with a least size."""


def quieten() -> None:
    """Let Qt's messages through, one a line, without the remark that is no news."""
    qInstallMessageHandler(_pass_on)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if message != NO_NEWS and sys.stderr is not None:
        print(message, file=sys.stderr)  # noqa: T201 - this is where Qt would have written
