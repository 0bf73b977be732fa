"""A widget as a picture file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

from slp_core.storage.atomic import write_bytes


def save_picture(widget: QWidget, path: Path) -> None:
    """Save what ``widget`` shows as PNG, whole or not at all.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    write_bytes(path, bytes(buffer.data().data()))
