"""A widget as a picture file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.settings import LAST_FOLDER
from app.window.files import ask_picture
from slp_core.errors import SlpError
from slp_core.storage.atomic import write_bytes

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


def take_picture(window: MainWindow, view: QWidget, kind: str) -> None:
    """Copy or save a picture of a view, as a person has asked."""
    if kind == "copy":
        QGuiApplication.clipboard().setPixmap(view.grab())
        window.status.show_note("The picture is on the clipboard.")
        return
    name = view.accessibleName().split(":")[0].lower().replace(" ", "-") or "view"
    path = ask_picture(window, window.settings.last_folder() / f"{name}.{kind}", kind)
    if path is None:
        return
    try:
        (save_drawing if kind == "svg" else save_picture)(view, path)
    except (SlpError, OSError) as error:
        window.show_refusal(error)
    else:
        window.settings.set(LAST_FOLDER, str(path.parent))
        window.status.show_note(f"Picture saved to {path}.")


def save_drawing(widget: QWidget, path: Path) -> None:
    """Save what ``widget`` shows as SVG, whole or not at all.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(widget.size())
    drawing.setViewBox(widget.rect())
    drawing.setTitle(widget.accessibleName())
    painter = QPainter(drawing)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    write_bytes(path, bytes(buffer.data().data()))


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
