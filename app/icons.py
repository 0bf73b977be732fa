"""Line icons in the colour of the theme, drawn from SVG at the screen's full sharpness."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.resources import folder, read_text
from app.theme import Theme, current_theme, disabled_text

SIZES = (16, 20, 24, 32)
RATIO = 2.0
"""Rendered for a 2x screen; a 1x screen scales down, which looks better than the other way."""


@lru_cache(maxsize=1)
def icon_names() -> tuple[str, ...]:
    """Names of all shipped line icons."""
    return tuple(sorted(path.stem for path in (folder() / "icons").glob("*.svg")))


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, size: int) -> QPixmap:
    """One icon in one colour, ``size`` pixels wide on a 1x screen."""
    svg = read_text(f"icons/{name}.svg").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    result = QPixmap(QSize(size, size) * RATIO)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, result.width(), result.height()))
    painter.end()
    result.setDevicePixelRatio(RATIO)
    return result


def icon(name: str, theme: Theme | None = None, *, color: str | None = None) -> QIcon:
    """The icon in the theme's text colour (or ``color``), with its disabled variant.

    Icons do not follow a change of theme by themselves: ask again after ``apply``.
    """
    theme = theme or current_theme()
    result = QIcon()
    for size in SIZES:
        result.addPixmap(pixmap(name, color or theme.text, size), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, disabled_text(theme), size), QIcon.Mode.Disabled)
    return result


def application_icon() -> QIcon:
    """The application's own mark, in its own colours."""
    result = QIcon()
    for size in (16, 32, 48, 128):
        result.addPixmap(pixmap("perceptron-lab", "", size))
    return result
