"""The shape ledger: every value of the formula with its shape, red where it does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from app.icons import icon
from app.lab.figure_rows import Figure
from app.lab.tables import FigureTable
from app.theme import THEMES, Theme
from slp_core.insight.formula.ledger import LedgerRow

_HEADS = (
    ("Value", "A given name, a line, or a part of the line above it."),
    ("Shape", "Rows × columns."),
    ("Axes", "What the rows and the columns are."),
)
_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"error": ("cross", "danger"), "warning": ("warning", "warning"), "unknown": ("info", "muted")}
)
"""Icon and colour of the theme of what is not as it should be."""


class LedgerTable(FigureTable):
    """A function of the rows of a ledger."""

    place_chosen = Signal(int, int)
    """Line and column of a row that was clicked."""

    def __init__(self) -> None:
        super().__init__("Shapes", _HEADS)
        self._shown: tuple[LedgerRow, ...] = ()
        self._theme: Theme = THEMES["light"]
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setWordWrap(True)
        self.clicked.connect(self._chosen)
        self.activated.connect(self._chosen)

    def value(self) -> tuple[LedgerRow, ...]:
        """What is shown."""
        return self._shown

    def set_value(self, rows: Sequence[LedgerRow]) -> None:
        """Show these rows; what is wrong with one stands below it."""
        rows = tuple(rows)
        if rows == self._shown:
            return
        self._shown = rows
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        super().set_theme(theme)
        self._fill()

    def _fill(self) -> None:
        lines: list[list[Figure]] = []
        told: set[str] = set()
        for row in self._shown:
            lines.append(self._figures(row))
            if row.note and (row.note not in told or not row.depth):
                told.add(row.note)
                lines.append([self._note(row)])
        self.clearSpans()
        self.rows.set_rows(lines)
        for number, line in enumerate(lines):
            if len(line) == 1:
                self.setSpan(number, 0, 1, len(_HEADS))
        self._fit_columns()
        self._fit_notes()
        faults = [f"{row.name}: {row.note}." for row in self._shown if row.note]
        self.setAccessibleDescription(" ".join(faults) or "All shapes meet.")

    def _figures(self, row: LedgerRow) -> list[Figure]:
        look = _STATES.get(row.state)
        color = self._theme.text if row.depth == 0 else self._theme.muted
        sign = None
        if look is not None:
            color = getattr(self._theme, look[1])
            sign = icon(look[0], self._theme, color=color)
        if row.line == 0:
            color = self._theme.muted
        tip = f"{row.note}. {row.hint}".strip(". ") if row.note else row.name
        texts = ("    " * row.depth + row.name, *_shape(row))
        return [
            Figure(text, color, None if column else sign, tip=tip, place=(row.line, row.column))
            for column, text in enumerate(texts)
        ]

    def _note(self, row: LedgerRow) -> Figure:
        text = f"{row.note[0].upper()}{row.note[1:]}".rstrip(".") + "."
        hint = row.hint.rstrip(".")
        text = f"{text} → {hint}." if hint else text
        color = getattr(self._theme, _STATES.get(row.state, ("info", "muted"))[1])
        font = QFont(self.font())
        font.setItalic(True)
        return Figure(text, color, font=font, tip=text, place=(row.line, row.column))

    def _fit_columns(self) -> None:
        """Shapes and axes whole where there is room; names take the rest."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(header.sectionSizeFromContents(0).width())  # never cut
        for column in range(1, len(_HEADS)):
            head = header.sectionSizeFromContents(column).width()
            self.setColumnWidth(column, max(self.sizeHintForColumn(column), head))

    def _fit_notes(self) -> None:
        for number in range(self.rows.rowCount()):
            if self.columnSpan(number, 0) == 1:
                self.setRowHeight(number, self.verticalHeader().defaultSectionSize())
            else:
                metrics, width = self.fontMetrics(), max(self.viewport().width() - 14, 60)
                text = self.rows.figure(number, 0).text
                box = metrics.boundingRect(0, 0, width, 1000, Qt.TextFlag.TextWordWrap, text)
                self.setRowHeight(number, box.height() + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_notes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_columns()
            self._fit_notes()

    def _chosen(self, index: QModelIndex) -> None:
        place = self.rows.figure(index.row(), 0).place
        if place is not None and place[0]:
            self.place_chosen.emit(*place)


def _shape(row: LedgerRow) -> tuple[str, str]:
    if row.shape is None:
        return "?", "unknown"
    if not row.shape:
        return "1", "a number"
    axes = row.axes or ()
    names = [name or "–" for name in axes]
    return " × ".join(f"{size:,}" for size in row.shape), " × ".join(names)
