"""Small read-only tables of the lab: figures in columns, colours where something is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView

from app.lab.figure_rows import Figure, FigureRows
from app.theme import Theme

_AIR = 8


class FigureTable(QTableView):
    """Rows of texts under headings that explain themselves.

    A table that is ``whole`` shows all of its rows and never scrolls up and down; where it is
    narrower than its columns it scrolls sideways.
    """

    def __init__(
        self, name: str, heads: Sequence[tuple[str, str]], *, whole: bool = False, colored: int = 1
    ) -> None:
        super().__init__()
        self._whole, self._colored = whole, colored
        self.rows = FigureRows(heads, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        if whole:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.horizontalHeader().setStretchLastSection(True)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_rows(self, rows: Sequence[Sequence[str]], colors: Sequence[str | None] = ()) -> None:
        """Replace the rows; a colour is that of the telling cell."""
        self.rows.set_rows(
            [
                [
                    Figure(text, color if column == self._colored else None)
                    for column, text in enumerate(texts)
                ]
                for texts, color in zip_longest(rows, colors)
            ]
        )
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Rows as high as the type needs."""
        self.verticalHeader().setMinimumSectionSize(12)
        self.verticalHeader().setDefaultSectionSize(round(theme.font_size * 1.9))
        self._fit()

    def sizeHint(self) -> QSize:
        if not self._whole:
            return QSize(320, 200)
        rows = self.rows.rowCount() * self.verticalHeader().defaultSectionSize()
        high = self.horizontalHeader().sizeHint().height() + rows + _AIR
        return QSize(320, high + (self.horizontalScrollBar().sizeHint().height() * self._scrolls))

    @property
    def _scrolls(self) -> bool:
        """Whether the columns need more than the width there is."""
        header = self.horizontalHeader()
        needed = sum(
            max(self.sizeHintForColumn(column), header.sectionSizeHint(column))
            for column in range(self.rows.columnCount())
        )
        return needed > self.viewport().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        if self._whole:
            self.setFixedHeight(self.sizeHint().height())
        self.updateGeometry()
