"""Colours, sizes and their use: every widget and every plot takes its look from one Theme.

Fusion with an own palette, and a few lines of style sheet (``resources/style.qss``) for buttons,
group boxes, line edits and tabs. Combo and spin boxes get none: a style sheet removes their
arrows. Sizes of type go through the style sheet, because ``setFont`` does not reach widgets
that already live under one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from string import Template
from types import MappingProxyType

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QToolTip

from app.class_palettes import PALETTES, USUAL
from app.resources import folder, read_text

GRID = 8
"""Every margin and gap is a multiple of this many pixels (half of it inside a field)."""

SMALL = 0.86
"""Size of secondary text as a share of the body's."""

CLASS_COLORS = USUAL.colors
"""The usual colours of classes; a person may choose others (`app.class_palettes`)."""

CLASS_SYMBOLS = ("o", "s", "t", "d", "+", "x", "p", "h", "star", "t1")
"""A shape per class, so that colour is never the only difference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One look. Colours are ``#rrggbb``, ``font_size`` is in points, ``line_width`` in pixels.

    ``window`` lies behind everything, ``surface`` is where data and text fields are,
    ``raised`` a button. ``region_strength`` is the share of a class colour in a shaded region.
    """

    key: str
    label: str
    dark: bool
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    accent: str
    accent_text: str
    border: str
    grid: str
    danger: str
    warning: str
    ok: str
    train_color: str
    validation_color: str
    gradient_color: str
    activation_color: str
    font_size: float = 11.0
    line_width: float = 2.0
    region_strength: float = 0.45
    class_colors: tuple[str, ...] = CLASS_COLORS
    class_symbols: tuple[str, ...] = CLASS_SYMBOLS
    class_words: tuple[str, ...] = USUAL.words

    def sized(self, factor: float) -> Theme:
        """The same theme with larger or smaller type and lines."""
        return replace(self, font_size=self.font_size * factor)

    def class_symbol(self, index: int) -> str:
        """Shape of class ``index``: no two classes have both colour and shape in common."""
        shapes = len(self.class_symbols)
        period = math.lcm(len(self.class_colors), shapes)
        return self.class_symbols[(index + index // period) % shapes]

    def colored(self, key: str) -> Theme:
        """The same theme with the class colours of a palette; symbols stay."""
        chosen = PALETTES.get(key, USUAL)
        return replace(self, class_colors=chosen.colors, class_words=chosen.words)


_LIGHT = Theme(
    key="light",
    label="Light",
    dark=False,
    window="#f4f5f7",
    surface="#ffffff",
    raised="#e8ebef",
    text="#1a1d21",
    muted="#525b66",
    accent="#0b5cad",
    accent_text="#ffffff",
    border="#c6ccd4",
    grid="#e6e9ed",
    danger="#b42318",
    warning="#8a5200",
    ok="#146c2e",
    train_color="#0072b2",
    validation_color="#c25400",
    gradient_color="#882255",
    activation_color="#007a59",
)
_DARK = Theme(
    key="dark",
    label="Dark",
    dark=True,
    window="#1c1f25",
    surface="#15171c",
    raised="#2c313a",
    text="#e9ebee",
    muted="#a8b0bb",
    accent="#6cb2ff",
    accent_text="#06182b",
    border="#414853",
    grid="#2a2f37",
    danger="#ff8a80",
    warning="#edb64f",
    ok="#62d184",
    train_color="#56b4e9",
    validation_color="#f0a04b",
    gradient_color="#e09cc4",
    activation_color="#3fcf9f",
    region_strength=0.55,
)
_PROJECTOR = Theme(
    key="projector",
    label="Projector",
    dark=False,
    window="#ffffff",
    surface="#ffffff",
    raised="#e9e9e9",
    text="#000000",
    muted="#262626",
    accent="#003a8c",
    accent_text="#ffffff",
    border="#5c5c5c",
    grid="#cfcfcf",
    danger="#9b0f06",
    warning="#6b3f00",
    ok="#0b5424",
    train_color="#005a9c",
    validation_color="#b34700",
    gradient_color="#771a4a",
    activation_color="#00634a",
    font_size=14.0,
    line_width=3.0,
    region_strength=0.5,
)
THEMES: Mapping[str, Theme] = MappingProxyType({t.key: t for t in (_LIGHT, _DARK, _PROJECTOR)})

_current = _LIGHT


def current_theme() -> Theme:
    """The theme applied last (light before the first)."""
    return _current


def system_theme() -> Theme:
    """Light or dark, as the desktop prefers; light where it does not say."""
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return _DARK if dark else _LIGHT


def luminance(color: str) -> float:
    """Relative luminance of ``#rrggbb``, as WCAG 2 defines it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21, whichever comes first."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mix(first: str, second: str, share: float) -> str:
    """``share`` of the second colour in the first."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def disabled_text(theme: Theme) -> str:
    """Weaker than ``muted`` but still legible: a greyed choice has to be read to be understood."""
    return mix(theme.muted, theme.window, 0.25)


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette: all roles that Fusion draws with."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: mix(theme.surface, theme.raised, 0.4),
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.surface,
        role.ToolTipText: theme.text,
        role.Light: mix(theme.raised, "#ffffff", 0.1 if theme.dark else 0.6),
        role.Midlight: mix(theme.raised, "#ffffff", 0.05 if theme.dark else 0.3),
        role.Mid: theme.border,
        role.Dark: mix(theme.border, "#000000", 0.25),
        role.Shadow: "#000000" if theme.dark else theme.muted,
    }
    result = QPalette()
    for key, color in colors.items():
        result.setColor(key, QColor(color))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(disabled_text(theme)))
    result.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(theme.border))
    return result


def style_sheet(theme: Theme) -> str:
    """``resources/style.qss`` with the theme's values in place of its ``${names}``."""
    values = {name: str(value) for name, value in asdict(theme).items()}
    values |= {
        "font_size": f"{theme.font_size:g}",
        "small_size": f"{theme.font_size * SMALL:.3g}",
        "title_size": f"{theme.font_size * 1.5:.3g}",
        "heading_size": f"{theme.font_size * 0.82:.3g}",
        "hover": mix(theme.raised, theme.text, 0.08),
        "pressed": mix(theme.raised, theme.text, 0.16),
        "accent_hover": mix(theme.accent, theme.text, 0.15),
        "accent_soft": mix(theme.window, theme.accent, 0.16),
        "disabled": disabled_text(theme),
        "check_icon": "check-on-dark" if luminance(theme.accent) < 0.3 else "check-on-light",
    }
    return Template(read_text("style.qss")).substitute(values)


def font(theme: Theme) -> QFont:
    """The system's own font with DejaVu Sans behind it (it has the mathematical letters)."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    result.setFamilies([*dict.fromkeys([*result.families(), "DejaVu Sans"])])
    result.setPointSizeF(theme.font_size)
    return result


def apply(application: QApplication, theme: Theme) -> None:
    """Give the whole application this look; may be called again at any time."""
    global _current  # widgets painted by us ask for it, as Qt's own ask for the palette
    _current = theme
    QDir.setSearchPaths("icons", [str(folder() / "icons")])
    application.setStyle("Fusion")
    application.setFont(font(theme))
    application.setPalette(palette(theme))
    QToolTip.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))
