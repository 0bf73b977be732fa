"""What the decision view's legend says."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPen

from app.plots.colors import class_color, prediction_color
from app.plots.density import MOST_MARKERS
from app.plots.legend import Entry
from app.plots.marks import line, marker, no_mark, ring
from app.plots.numbers import format_count
from app.plots.points import class_style, plain_style, value_style
from app.theme import Theme
from slp_core.data.dataset import Dataset


def entries(dataset: Dataset, theme: Theme, one_feature: bool, rings: bool) -> list[Entry]:
    """Classes, then what rings and hollow markers mean."""
    if dataset.classes:
        found = [
            Entry(name, marker(class_style(theme, k, hollow=False)))
            for k, name in enumerate(dataset.classes)
        ]
    elif one_feature:
        pen = QPen(QColor(prediction_color(theme)), theme.line_width * 1.5)
        found = [
            Entry("samples", marker(plain_style(theme, class_color(theme, 0), hollow=False))),
            Entry(f"predicted {dataset.target}", line(pen)),
        ]
    else:
        found = [Entry(f"inside: true {dataset.target}", marker(value_style(theme, 128, False)))]
    if rings:
        found.append(Entry("ring: misclassified", ring(theme.text, 12)))
    if len(dataset.row_index) > dataset.samples:
        found.append(_held_out(theme, by_value=not dataset.classes and not one_feature))
    if len(dataset.row_index) > MOST_MARKERS:
        count = format_count(len(dataset.row_index))
        tip = "So many samples are counted in small cells; full colour is where most of them are."
        found.append(Entry(f"density of {count} samples", no_mark, tip))
    return found


def _held_out(theme: Theme, by_value: bool) -> Entry:
    if by_value:
        return Entry("diamond: validation", marker(value_style(theme, 128, held_out=True)))
    return Entry("hollow: validation", marker(plain_style(theme, theme.muted, hollow=True)))
