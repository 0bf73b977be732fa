"""The bar above the rows: which are shown, what is looked for, how many there are."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from app.panels.choice_box import ChoiceBox, Option
from app.panels.texts import ElidedLabel
from app.tables.order import FILTERS
from app.theme import GRID, SMALL
from slp_core.data.dataset import Dataset

_TYPING = 250
"""Milliseconds without a key after which a search begins."""
_NARROW = 56
"""Letters of width below which the count gets a line of its own."""


class SearchField(QLineEdit):
    """Looks while one types, goes on with Enter, back with Shift and Enter."""

    wanted = Signal(str, bool, bool)
    """The text, whether to go on from the present row, and whether backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find in cells")
        self.setToolTip(
            "Jump to the next row with this text in a cell. Enter goes on, Shift+Enter back."
        )
        self.setAccessibleName("Find in cells")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(self._paused)
        self.textEdited.connect(self._typed)

    def set_failed(self, failed: bool) -> None:
        """Mark a text that no cell has."""
        if bool(self.property("invalid")) != failed:
            self.setProperty("invalid", failed)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks at once; Escape empties the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._timer.stop()
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self.text(), True, back)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._typed("")
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self.set_failed(False)
        self._timer.start()
        if not text:
            self._timer.stop()
            self.wanted.emit("", False, False)

    def _paused(self) -> None:
        self.wanted.emit(self.text(), False, False)


class Bar(QWidget):
    """Filter, search and count; in a narrow place the count moves below."""

    def __init__(self) -> None:
        super().__init__()
        self.filter = ChoiceBox("Which rows are shown.")
        self.filter.setAccessibleName("Rows shown")
        self.filter.set_options(Option(f.key, f.label, f.summary) for f in FILTERS.values())
        self.filter.set_value("all")
        self.search = SearchField()
        self.count = ElidedLabel("muted", scale=SMALL, elide=Qt.TextElideMode.ElideRight)
        controls = QHBoxLayout()
        controls.setSpacing(GRID)
        controls.addWidget(self.filter, 2)
        controls.addWidget(self.search, 3)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID)
        self._layout.addLayout(controls, 5)
        self._layout.addWidget(self.count, 4)

    def set_data(self, dataset: Dataset | None) -> None:
        """Grey the filters that the data cannot have; a greyed one gives way to "all"."""
        reasons: dict[str, str] = {}
        if dataset is None:
            ours = ("mistakes", "training", "validation", "left_out")
            reasons = dict.fromkeys(ours, "There is no data set yet.")
        elif dataset.task == "regression":
            reasons["mistakes"] = (
                "A predicted number is never simply right or wrong. Sort by error or loss instead."
            )
        self.filter.set_refusals(reasons)
        if self.filter.value() in reasons:
            self.filter.set_value("all")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line or two."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Larger type needs two lines sooner."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place()

    def _place(self) -> None:
        narrow = self.width() < _NARROW * self.fontMetrics().averageCharWidth()
        Direction = QBoxLayout.Direction
        wanted = Direction.TopToBottom if narrow else Direction.LeftToRight
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
            self._layout.setSpacing(2 if narrow else GRID)
