"""The classes of the target: mark, name and how many rows; a name can be changed in place."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.class_names import check_shown
from app.panels.class_delegate import NameDelegate
from app.panels.class_look import Symbol, look_words, steady
from app.theme import GRID, current_theme, mix
from slp_core.data.dataset import Dataset
from slp_core.errors import DataError

MOST_LINES = 6
"""More classes than this are scrolled to."""
SWATCH, SIDE = 12, 16
Renames = tuple[tuple[str, str], ...]


class ClassList(QTreeWidget):
    """A function of the renames: pairs of a class as the table writes it and its new name."""

    value_changed = Signal()
    """After a person has changed a name."""

    def __init__(self) -> None:
        super().__init__()
        self._written: tuple[str, ...] = ()
        self._renames: dict[str, str] = {}
        self._symbol: Symbol = _swatch
        self.setAccessibleName("Classes")
        self.setToolTip("The classes and how many rows train. Double-click or F2 renames one.")
        self.setAccessibleDescription(self.toolTip())
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)  # it lies on the panel, as the fields do
        self.setUniformRowHeights(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # Editing begins below, always with the name: counts are no texts.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(4 * GRID)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        names = NameDelegate(self, self._refusal)
        names.renamed.connect(self._rename)
        self.setItemDelegateForColumn(0, names)
        self._dress()
        self.itemDoubleClicked.connect(self._double_clicked)

    def value(self) -> Renames:
        """The names that differ from those in the table."""
        return tuple(self._renames.items())

    def set_value(self, renames: Renames) -> None:
        """Show names; says nothing."""
        self._renames = dict(renames)
        self._write_names()

    def set_classes(self, dataset: Dataset) -> None:
        """Show the classes of a data set and how many rows of each train and validate."""
        self._renames = dict(dataset.renames)
        if self._written != dataset.written:
            self._written = dataset.written
            self.clear()
            self.addTopLevelItems([QTreeWidgetItem() for _ in dataset.written])
        self._write_names()
        self._write_counts(dataset)
        self.updateGeometry()

    def set_symbol(self, symbol: Symbol) -> None:
        """Show classes by their markers: colour and shape."""
        self._symbol = symbol
        self._write_names()

    def sizeHint(self) -> QSize:
        """As high as its lines, up to a few."""
        lines = min(max(self.topLevelItemCount(), 1), MOST_LINES)
        height = max(self.sizeHintForRow(0), self.fontMetrics().height() + GRID)
        return QSize(20 * GRID, lines * height + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 changes the name of the line that has the focus."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_F2 and item is not None:
            self.editItem(item, 0)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the colours again with another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()
            self._write_names()
            self.updateGeometry()

    def _dress(self) -> None:
        """A quiet selection: a line in full colour would drown the mark of its class."""
        theme = current_theme()
        quiet, focused = (mix(theme.window, theme.accent, share) for share in (0.1, 0.25))
        sheet = (
            f"QTreeWidget {{ outline: 0; selection-color: {theme.text};"
            f" selection-background-color: {quiet}; }}"
            f"QTreeWidget:focus {{ selection-background-color: {focused}; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.topLevelItem(place) for place in range(self.topLevelItemCount()))
        return [item for item in items if item is not None]

    def _write_names(self) -> None:
        for place, (item, written) in enumerate(zip(self._items(), self._written, strict=True)):
            name = self._renames.get(written, written)
            item.setText(0, name)
            item.setIcon(0, steady(self._symbol(place), SIDE))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            also = "" if name == written else f" ({written} in the table)"
            item.setToolTip(0, f"{name}{also}: {look_words(place)}")
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{name}, {look_words(place)}")
            item.setForeground(1, QBrush(QColor(current_theme().muted)))

    def _write_counts(self, dataset: Dataset) -> None:
        parts = (dataset.labels, dataset.labels_validation)
        counts = [np.bincount(part, minlength=len(dataset.classes)) for part in parts]
        for k, item in enumerate(self._items()):
            trained, held = (int(count[k]) for count in counts)
            item.setText(1, f"{trained:,}" + (f" + {held:,}" if dataset.validation else ""))
            more = f", {held:,} for validation" if dataset.validation else ""
            item.setToolTip(1, f"{trained:,} for training{more}")
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    @Slot(QTreeWidgetItem, int)
    def _double_clicked(self, item: QTreeWidgetItem, _column: int) -> None:
        self.editItem(item, 0)

    def _renames_with(self, row: int, text: str) -> dict[str, str]:
        """All new names, if a line gets this one."""
        written, name = self._written[row], " ".join(text.split())
        renames = {key: new for key, new in self._renames.items() if key != written}
        return {**renames, written: name} if name and name != written else renames

    def _refusal(self, row: int, text: str) -> str:
        """Why a line cannot be called so; empty if it can."""
        renames = self._renames_with(row, text)
        shown = [renames.get(written, written) for written in self._written]
        try:
            check_shown(shown.pop(row), shown)
        except DataError as error:
            return f"{error.message} {error.hint}"
        return ""

    @Slot(int, str)
    def _rename(self, row: int, text: str) -> None:
        renames = self._renames_with(row, text)
        told = renames != self._renames
        self._renames = renames
        self._write_names()
        if told:
            self.value_changed.emit()


def _swatch(place: int) -> QIcon:
    """A round patch in the colour of a class: until the plots are there, which know markers."""
    theme = current_theme()
    scale = 2
    picture = QPixmap(SWATCH * scale, SWATCH * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.class_colors[place % len(theme.class_colors)]))
    painter.drawEllipse(QRectF(picture.rect()).adjusted(2, 2, -2, -2))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return QIcon(picture)
