"""How runs are told apart: a colour and a dash for each line, the same in every view."""

from __future__ import annotations

from app.theme import Theme

DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (6.0, 2.5),
    (2.0, 2.0),
    (7.0, 2.5, 1.5, 2.5),
)
"""Lengths of ink and gaps in units of the line's width; the first is a solid line."""


def line_color(theme: Theme, line: int) -> str:
    """``#rrggbb`` of a line."""
    colors = (theme.train_color, theme.gradient_color, theme.activation_color, theme.warning)
    return colors[line % len(colors)]


def line_dash(line: int) -> tuple[float, ...]:
    """The dash of a line; sixteen lines differ in colour or dash."""
    return DASHES[(line + line // len(DASHES)) % len(DASHES)]
