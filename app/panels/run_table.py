"""The table of runs: what they are, in which settings they differ, and how far they got."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.moment import Moment, RunMoment
from app.panels.form import IconButton
from app.panels.run_columns import as_text
from app.panels.run_menu import duplicate_menu, run_menu
from app.panels.run_model import SAMPLE, RunModel
from app.runs_partners import Partner
from app.theme import Theme, mix
from slp_core.arrays import Ints

CALM = 0.25
"""Seconds between two sets of numbers while training goes on."""
WIDEST = 260
EMPTY = "No run yet.\nOpen data and press Play; what is replaced is kept here."


class RunTable(QWidget):
    """A function of a `Moment`; says what a person wants done with a run."""

    ordered = Signal(str, int, object)
    """An order ("activate", "end", "only", "forget", "continue", "rename", "pin" or "compare"),
    the number of a run, and a value: a name, whether to pin, a `Partner`."""

    def __init__(self) -> None:
        super().__init__()
        self.model = RunModel(self)
        self.grid = _Grid(self)
        self.grid.setModel(self.model)
        self._empty = QLabel(EMPTY)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._partners: Callable[[int], Sequence[Partner]] = lambda _run: ()
        self._drawn = 0.0
        self.header_widget = self._buttons()
        self._pages = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 4)
        column.addLayout(self._pages)
        self._pages.addWidget(self._empty)  # now that it has a parent: it shows what is added
        self._pages.addWidget(self.grid)
        self.model.renamed.connect(self._rename)
        self.grid.asked.connect(self._answer)
        self.grid.doubleClicked.connect(self._enter)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.grid.selectionModel().currentRowChanged.connect(self._show_what_applies)
        self.setFocusProxy(self.grid)
        self.setAccessibleName("Runs")
        self.show_moment(None)

    # As a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self.model.set_theme(theme)
        self.grid.set_theme(theme)
        self._empty.setStyleSheet(f"color: {theme.muted};")

    def set_selection(self, rows: Ints) -> None:
        """Runs have all samples."""

    def set_partners(self, partners: Callable[[int], Sequence[Partner]]) -> None:
        """Say how to ask for what a run is worth comparing with."""
        self._partners = partners

    def show_moment(self, moment: Moment | None) -> None:
        """Show all runs; four times a second while they train."""
        now = monotonic()
        if moment is not None and moment.playing and now - self._drawn < CALM:
            return
        self._drawn = now
        chosen = self.chosen()
        if self.model.show_moment(moment):
            self.grid.fit_columns()
            self._choose(chosen.run if chosen else None)
        self._pages.setCurrentWidget(self.grid if self.model.runs else self._empty)
        self._show_what_applies()

    def chosen(self) -> RunMoment | None:
        """The run of the current row."""
        row = self.grid.currentIndex().row()
        return self.model.runs[row] if 0 <= row < len(self.model.runs) else None

    # Inside.

    def _buttons(self) -> QWidget:
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        self._turn = IconButton("check", "Turn to the chosen live run, or go on from a kept one.")
        self._pin = IconButton("pin", "Draw the chosen kept run in the curves, or no longer.")
        self._add = IconButton("add", "Duplicate the chosen run with a change (Ins).")
        self._end = IconButton("cross", "End the chosen live run, or delete a kept one.")
        self._copy = IconButton("copy", "Copy the table for a spreadsheet.")
        for button, order in (
            (self._turn, "enter"),
            (self._add, "duplicate"),
            (self._pin, "pin"),
            (self._end, "delete"),
            (self._copy, "copy"),
        ):
            button.setAutoRaise(True)
            button.setIconSize(QSize(16, 16))
            button.clicked.connect(lambda _checked=False, order=order: self._answer(order))
            box.addWidget(button)
        return line

    @Slot(str)
    def _answer(self, order: str) -> None:
        """What a key or a button means for the chosen run."""
        run = self.chosen()
        if order == "copy":
            QGuiApplication.clipboard().setText(as_text(self.model.runs, self.model.columns))
        elif run is None:
            return
        elif order == "enter":
            self._enter()
        elif order == "edit":
            self.grid.edit(self.model.index(self.grid.currentIndex().row(), 0))
        elif order == "duplicate":
            self._open_duplicate(run)
        elif order == "pin":
            self.ordered.emit("pin", run.run, not run.pinned)
        elif order == "delete":
            self.ordered.emit("end" if run.live else "forget", run.run, None)

    @Slot()
    def _enter(self) -> None:
        run = self.chosen()
        if run is not None:
            self.ordered.emit("activate" if run.live else "continue", run.run, None)

    @Slot(int, str)
    def _rename(self, run: int, name: str) -> None:
        self.ordered.emit("rename", run, name)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        run = self.chosen()
        if run is not None:
            menu = self.menu(run)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.grid.viewport().mapToGlobal(place))

    def _open_duplicate(self, run: RunMoment) -> None:
        """The menu of changes, under its button or, where that is not seen, at the row."""
        menu = duplicate_menu(self, run, self._partners(run.run), self._say)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.grid.visualRect(self.grid.currentIndex()).bottomLeft()
        below = self.grid.viewport().mapToGlobal(place)
        if self._add.isVisible() and not self.grid.hasFocus():
            below = self._add.mapToGlobal(self._add.rect().bottomLeft())
        menu.popup(below)

    def menu(self, run: RunMoment) -> QMenu:
        """The menu of a run."""
        state, partners = self.model.state(run), self._partners(run.run)
        return run_menu(self, run, state, partners, self._say, alone=self._alone)

    @property
    def _alone(self) -> bool:
        """Whether one run is live, which cannot be ended."""
        return sum(moment.live for moment in self.model.runs) < 2

    def _say(self, order: str, run: int, value: object) -> None:
        if order in ("edit", "copy"):
            self._answer(order)
        else:
            self.ordered.emit(order, run, value)

    def _choose(self, run: int | None) -> None:
        """Stay on a run wherever its row is now; on the active one if it is gone."""
        numbers = [moment.run for moment in self.model.runs]
        states = [self.model.state(moment) for moment in self.model.runs]
        if run in numbers:
            row = numbers.index(run)
        else:
            row = states.index("active") if "active" in states else 0
        if numbers:
            self.grid.setCurrentIndex(self.model.index(row, 0))

    @Slot()
    def _show_what_applies(self) -> None:
        run = self.chosen()
        state = self.model.state(run) if run is not None else ""
        self._turn.setEnabled(state in ("live", "kept", "pinned"))
        self._pin.setEnabled(state in ("kept", "pinned"))
        self._add.setEnabled(run is not None)
        self._end.setEnabled(state in ("kept", "pinned") or (bool(state) and not self._alone))
        self._copy.setEnabled(bool(self.model.runs))


class _Grid(QTableView):
    """Whole rows are chosen; the first cell of one can be typed into."""

    asked = Signal(str)
    """What a key asks for: "enter", "edit", "duplicate", "delete" or "copy"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(*SAMPLE))
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        self.verticalHeader().hide()
        self.setAccessibleName("Table of runs")
        self.setAccessibleDescription(
            "Enter turns to a live run or goes on from a kept one, F2 renames, Ins duplicates,"
            " Delete ends."
        )

    def set_theme(self, theme: Theme) -> None:
        """Quiet headers on the ground of the data."""
        soft = mix(theme.surface, theme.raised, 0.5)
        self.setStyleSheet(
            f"QTableView {{ background: {theme.surface}; color: {theme.text}; border: none;"
            f" selection-background-color: {mix(theme.surface, theme.accent, 0.2)};"
            f" selection-color: {theme.text}; outline: none; }}"
            f"QHeaderView {{ background: {theme.surface}; border: none; }}"
            f"QHeaderView::section {{ background: {soft}; color: {theme.muted}; border: none;"
            " padding: 2px 8px; font-weight: 400; }"
        )
        self.fit_columns()

    def fit_columns(self) -> None:
        """Wide enough for what is in them, with room for a longer number."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 8)
        spare = metrics.horizontalAdvance("0")
        for column in range(self.model().columnCount() - 1):
            wanted = max(self.sizeHintForColumn(column), self._heading_width(column))
            self.setColumnWidth(column, min(wanted + spare, WIDEST))

    def _heading_width(self, column: int) -> int:
        return self.horizontalHeader().sectionSizeHint(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a row; letters are not for the table."""
        key = Qt.Key(event.key())
        orders = {Qt.Key.Key_Return: "enter", Qt.Key.Key_Enter: "enter", Qt.Key.Key_F2: "edit"}
        orders |= {Qt.Key.Key_Delete: "delete", Qt.Key.Key_Insert: "duplicate"}
        if event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        elif self.state() != QAbstractItemView.State.EditingState and key in orders:
            self.asked.emit(orders[key])
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
