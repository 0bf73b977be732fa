"""The marker of a class as an icon, for those who may not draw it themselves."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.icons import RATIO
from app.plots.marks import marker
from app.plots.points import class_style
from app.theme import THEMES, Theme, current_theme

_SIDE = 18


def class_icon(index: int) -> QIcon:
    """The marker of class ``index`` in the theme of now; ask again when that changes."""
    theme = current_theme()
    return QIcon(_picture(theme.key, theme.font_size, index))


@lru_cache(maxsize=256)
def _picture(key: str, font_size: float, index: int) -> QPixmap:
    theme: Theme = THEMES[key].sized(font_size / THEMES[key].font_size)
    side = round(_SIDE * font_size / 11.0)
    result = QPixmap(QSize(side, side) * RATIO)
    result.fill(Qt.GlobalColor.transparent)
    result.setDevicePixelRatio(RATIO)
    painter = QPainter(result)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    marker(class_style(theme, index, hollow=False))(painter, QPointF(side / 2, side / 2))
    painter.end()
    return result
