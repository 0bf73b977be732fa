"""Which columns to learn from: a button that says how many, and a list to tick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.flat import field_height, paint_field
from app.panels.form import IconButton
from app.theme import GRID

ROWS = 12


class FeaturePicker(QToolButton):
    """A function of the ticked names, in the order of the columns.

    The list opens below the button and may be scrolled; columns that cannot be features are
    greyed with the reason. An edit is told when the list closes, because each one builds the
    data set anew. Escape closes it and leaves everything as it was. At least one name stays
    ticked.
    """

    value_changed = Signal(object)
    """The ticked names, after an edit by a person."""

    def __init__(self, tip: str) -> None:
        super().__init__()
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._names: tuple[str, ...] = ()
        self._refusals: Mapping[str, str] = {}
        self._ticked: tuple[str, ...] = ()
        self.popup = _Popup(self)
        self.popup.closed.connect(self._closed)
        self.clicked.connect(self.open_list)

    def set_names(self, names: Sequence[str], refusals: Mapping[str, str]) -> None:
        """Offer these columns; those with a reason cannot be ticked."""
        self._names, self._refusals = tuple(names), dict(refusals)
        self._say()

    def value(self) -> tuple[str, ...]:
        """The ticked names."""
        return self._ticked

    def set_value(self, names: Sequence[str]) -> None:
        """Tick these names; says nothing."""
        wanted = set(names)
        self._ticked = tuple(n for n in self._names if n in wanted and n not in self._refusals)
        self._say()

    @Slot()
    def open_list(self) -> None:
        """Show the list below the button."""
        self.popup.fill(self._names, self._refusals, self._ticked)
        self.popup.setMinimumWidth(max(self.width(), 30 * GRID))
        self.popup.adjustSize()
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self.popup.show()
        self.popup.list.setFocus()

    @Slot()
    def _closed(self) -> None:
        ticked = self.popup.ticked()
        if not self.popup.cancelled and ticked and ticked != self._ticked:
            self._ticked = ticked
            self._say()
            self.value_changed.emit(ticked)

    def sizeHint(self) -> QSize:
        """As high as the other fields."""
        return QSize(12 * GRID, field_height(self))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The look of a combo box: it opens a list."""
        paint_field(self, self.text())

    def _say(self) -> None:
        usable = len(self._names) - len(self._refusals)
        text = f"{len(self._ticked)} of {usable}"
        self.setText(text)
        self.setAccessibleDescription(f"{text} features: {', '.join(self._ticked[:20])}")


class _Popup(QWidget):
    """The list with a tick for each column, and two buttons."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = QListWidget()
        self.cancelled = False
        """Closed by Escape: nothing is to be taken over."""
        self.list.setAccessibleName("Features")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.all, self.none = QPushButton("&All"), QPushButton("&None")
        self.all.setToolTip("Tick every feature.")
        self.none.setToolTip("Untick every feature; at least one has to be ticked in the end.")
        self.all.clicked.connect(lambda: self._tick(True))
        self.none.clicked.connect(lambda: self._tick(False))
        close = IconButton(
            "check", "Use the ticked features (Enter); Esc leaves them as they were."
        )
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        for button in (self.all, self.none):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self.list)
        column.addLayout(row)

    def fill(
        self, names: Sequence[str], refusals: Mapping[str, str], ticked: Sequence[str]
    ) -> None:
        """Show these columns."""
        self.cancelled = False
        self.list.clear()
        wanted = set(ticked)
        for name in names:
            item = QListWidgetItem(name, self.list)
            item.setToolTip(refusals.get(name, name))
            item.setCheckState(Qt.CheckState.Checked if name in wanted else Qt.CheckState.Unchecked)
            if name in refusals:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
        if names:
            self.list.setCurrentRow(0)
        height = self.list.sizeHintForRow(0) if names else 0
        self.list.setFixedHeight(min(len(names), ROWS) * height + 4)

    def ticked(self) -> tuple[str, ...]:
        """Names that are ticked and can be."""
        return tuple(
            item.text()
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked and item.flags()
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels, Enter takes over; the list has no use for either."""
        self.cancelled = event.key() == Qt.Key.Key_Escape
        if self.cancelled or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the list is closed, whatever closed it."""
        super().hideEvent(event)
        self.closed.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _tick(self, on: bool) -> None:
        for item in self._items():
            if item.flags():
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
