"""The formula language in colours: what is given, what is a function, what is a result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from app.theme import Theme
from slp_core.insight.formula.functions import FUNCTIONS, GIVEN
from slp_core.insight.formula.source import BIAS_RESULTS, LOSS_RESULTS, WEIGHT_RESULTS

_PIECE: Final = re.compile(
    r"(?P<remark>\#.*)|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<turn>\.T\b)|(?P<name>[A-Za-z][A-Za-z0-9_]*)"
)
_KEYWORDS: Final = frozenset({"axis", "keepdims", "True", "False"})
_RESULTS: Final = frozenset((*WEIGHT_RESULTS, *BIAS_RESULTS, *LOSS_RESULTS))


def kind_of(name: str) -> str:
    """What a word of a formula is: keyword, function, given, result or own."""
    if name in _KEYWORDS:
        return "keyword"
    if name in FUNCTIONS:
        return "function"
    if name in GIVEN:
        return "given"
    return "result" if name in _RESULTS else "own"


class FormulaHighlighter(QSyntaxHighlighter):
    """Colours one document, in the colours of a theme."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again."""
        self._formats = {kind: _format(color) for kind, color in _colors(theme).items()}
        self._formats["remark"].setFontItalic(True)
        self._formats["result"].setFontWeight(QFont.Weight.Bold)
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        for piece in _PIECE.finditer(text):
            kind = piece.lastgroup or ""
            if kind == "name":
                kind = kind_of(piece.group())
            style = self._formats.get(kind)
            if style is not None:
                self.setFormat(piece.start(), piece.end() - piece.start(), style)


def _colors(theme: Theme) -> Mapping[str, str]:
    return {
        "remark": theme.muted,
        "number": theme.validation_color,
        "turn": theme.gradient_color,
        "keyword": theme.gradient_color,
        "function": theme.accent,
        "given": theme.activation_color,
        "result": theme.text,
    }


def _format(color: str) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(QColor(color))
    return style
