"""The weights as numbers that may be typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.moment import RunMoment
from app.panels.weights_editor import NumberDelegate
from app.panels.weights_model import WeightsModel
from app.theme import Theme, mix
from slp_core.insight.weight_sheet import Units, why_not_original

_Key = Qt.Key
_WALK: Final = frozenset(
    {_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down, _Key.Key_Home, _Key.Key_End}
    | {_Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_F2, _Key.Key_Return, _Key.Key_Enter}
)
_TYPED: Final = frozenset("0123456789+-−.,")
_WIDEST_NAME: Final = 22
_NUMBER: Final = 11
"""Letters of the widest number."""


class WeightsTable(QWidget):
    """A row for each term; a number typed is offered to whoever listens, who makes the weights."""

    edited = Signal(int, int, float, str)
    """Term (the bias after the last), output, the number typed, and its units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = WeightsModel(self)
        self.grid = NumberGrid(self.model, self)
        self.note = QLabel(self)
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setContentsMargins(8, 2, 8, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addWidget(self.note)
        self.grid.delegate.typed.connect(self._on_typed)
        self.setFocusProxy(self.grid)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def listen(self, slot: Callable[[int, int, float, Units], None]) -> None:
        """Have a function called with every number typed."""
        self.edited.connect(slot)

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self.grid.set_theme(theme)

    def show_run(self, run: RunMoment | None, units: Units) -> None:
        """Show the numbers of a run; a number that is being typed stays."""
        if self.model.show_run(run, units):
            self.grid.fit_columns()
        reason = "" if run is None else why_not_original(run.dataset.preparation)
        self.note.setText(reason)
        self.note.setVisible(bool(reason))

    def _on_typed(self, row: int, column: int, value: float) -> None:
        which = self.model.columns[column]
        self.edited.emit(row, which.output, value, which.units)


class NumberGrid(QTableView):
    """Cells are walked with the arrows; a digit, F2, Enter or a double click opens one."""

    def __init__(self, model: WeightsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._weights = model
        self.delegate = NumberDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("Weights as numbers")
        self.setAccessibleDescription("Type a number to change a weight; Escape takes it back.")
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideMiddle)

    def set_theme(self, theme: Theme) -> None:
        """Quiet headers on the ground of the data."""
        soft = mix(theme.surface, theme.raised, 0.5)
        self.setStyleSheet(
            f"QTableView {{ background: {theme.surface}; color: {theme.text}; border: none;"
            f" selection-background-color: {mix(theme.surface, theme.accent, 0.2)};"
            f" selection-color: {theme.text}; outline: none; }}"
            f"QTableView::item:focus {{ border: 1px solid {theme.accent}; }}"
            f"QHeaderView {{ background: {theme.surface}; border: none; }}"
            f"QHeaderView::section {{ background: {soft}; color: {theme.muted}; border: none;"
            " padding: 2px 8px; font-weight: 400; }"
            f"QTableCornerButton::section {{ background: {soft}; border: none; }}"
        )
        self.fit_columns()

    def fit_columns(self) -> None:
        """Fixed widths, so that nothing moves while numbers change."""
        metrics = self.fontMetrics()
        letter = metrics.horizontalAdvance("0")
        names = self._weights.names
        widest = max((metrics.horizontalAdvance(name) for name in names[:400]), default=0)
        self.verticalHeader().setFixedWidth(min(widest, _WIDEST_NAME * letter) + 20)
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        for number, column in enumerate(self._weights.columns):
            title = metrics.horizontalAdvance(column.title) + 26
            self.setColumnWidth(number, max(_NUMBER * letter + 16, min(title, 18 * letter)))

    def event(self, event: QEvent) -> bool:
        """Claim the keys that walk and type before they become shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~(
                Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
            )
            own = event.key() in _WALK or (bool(event.text()) and event.text() in _TYPED)
            if (own and not plain) or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters are not for the numbers; Enter opens a cell; Ctrl+C copies what is selected."""
        closed = self.state() != QAbstractItemView.State.EditingState
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif closed and event.key() in (_Key.Key_Return, _Key.Key_Enter):
            self.edit(self.currentIndex())
        elif event.key() in _WALK or not event.text() or event.text() in _TYPED:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:
        """Digits are numbers, not beginnings of names."""

    def _copy(self) -> None:
        """The selected numbers with all their digits, as a table of text."""
        rows: dict[int, list[str]] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            rows.setdefault(index.row(), []).append(str(index.data(Qt.ItemDataRole.EditRole)))
        text = "\n".join("\t".join(cells) for cells in rows.values())
        if text:
            QGuiApplication.clipboard().setText(text)
