"""What the decision view's legend says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.colors import class_color, mixed, prediction_color
from app.plots.density import MISTAKEN, MOST_MARKERS
from app.plots.legend import Entry
from app.plots.marks import line, marker, no_mark, ring
from app.plots.numbers import format_count
from app.plots.points import Style, class_style, plain_style, value_style
from app.theme import Theme
from slp_core.data.dataset import Dataset


def entries(
    dataset: Dataset, theme: Theme, one_feature: bool, *, painting: bool = False
) -> list[Entry]:
    """Classes, then what rings, dark cells and hollow markers mean.

    While painting the classes are in the bar above, each with its count.
    """
    many = len(dataset.row_index) > MOST_MARKERS
    if dataset.classes:
        found = [
            Entry(name, marker(class_style(theme, k, hollow=False)))
            for k, name in enumerate(() if painting else dataset.classes)
        ]
    elif one_feature:
        pen = QPen(QColor(prediction_color(theme)), theme.line_width * 1.5)
        found = [
            Entry("samples", marker(plain_style(theme, class_color(theme, 0), hollow=False))),
            Entry(f"predicted {dataset.target}", line(pen)),
        ]
    else:
        found = [Entry(f"inside: true {dataset.target}", marker(value_style(theme, 128, False)))]
    if dataset.classes and many:
        found.append(_mistaken(theme))
    elif dataset.classes:
        found.append(Entry("ring: misclassified", ring(theme.text, 12)))
    if len(dataset.row_index) > dataset.samples and not many:
        found.append(_held_out(theme, by_value=not dataset.classes and not one_feature))
    if many:
        count = format_count(len(dataset.row_index))
        tip = "So many samples are counted in small cells; full colour is where most of them are."
        found.append(Entry(f"density of {count} samples", no_mark, tip))
    return found


def _mistaken(theme: Theme) -> Entry:
    """A cell that has moved towards the colour of text."""
    color = mixed(theme.text, class_color(theme, 0), MISTAKEN)
    style = Style("s", theme.font_size * 0.9, QPen(Qt.PenStyle.NoPen), QBrush(QColor(color)))
    shade = "bright" if theme.dark else "dark"
    tip = "A cell shows one of its samples; where that one is misclassified it is {} instead."
    return Entry(f"{shade}: misclassified", marker(style), tip.format(shade))


def _held_out(theme: Theme, by_value: bool) -> Entry:
    if by_value:
        return Entry("diamond: validation", marker(value_style(theme, 128, held_out=True)))
    return Entry("hollow: validation", marker(plain_style(theme, theme.muted, hollow=True)))
