"""The part of the decision view that a person selects and paints on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.brushes import TOOLS, Brush
from app.painting import erase_edit, jitter_edit, remove_class_edit
from app.plots.brush_cursor import BrushCursor
from app.plots.canvas_mouse import Touch
from app.plots.decision_frame import DecisionFrame
from app.plots.paint_hand import PaintHand
from app.plots.paint_stage import Stage, WetLayer, ascending
from slp_core.arrays import Ints
from slp_core.data.edits import Edit
from slp_core.data.table import Table


class PaintSurface(DecisionFrame):
    """Whoever draws the samples fills in the stage and settles each edit."""

    selection_changed = Signal(object)
    """The rows (r,) of the table that a person has selected, ascending."""
    edited = Signal(object, str, int)
    """An `Edit` of the table, what it does in words, and the number of its stroke: parts of one
    stroke are undone together. ``set_data`` or ``settle_edit`` has to follow."""
    refused = Signal(object)
    """An exception: what was asked for cannot be done."""
    noted = Signal(str)
    """Why less was done than was asked for."""
    radius_asked = Signal(float)
    """Ctrl and the wheel ask for another radius of the brush."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage(self.canvas, WetLayer(self.canvas))
        self._cursor = BrushCursor(self.canvas)
        self._hand = PaintHand(self, self._stage, self._cursor)
        self._hand.outbox.ready = self._is_current
        self._newest: Callable[[], Table | None] = lambda: self._stage.table
        self._shown: Callable[[], Table | None] = self._newest
        self._hand.selected.connect(self._on_selected)
        self._hand.radius_asked.connect(self.radius_asked)
        self._hand.noted.connect(self.noted)
        self._hand.outbox.sent.connect(self.edited)
        self._hand.outbox.refused.connect(self.refused)
        self.canvas.set_hand(self._hand)
        self.canvas.escaped.connect(self.clear_selection)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        for signal in (self._escape.activated, self._escape.activatedAmbiguously):
            signal.connect(self.clear_selection)  # a banner may want the same key
        self._escape.setEnabled(False)
        self.canvas.touched.connect(self._on_touch)

    def set_selection(self, rows: Ints) -> None:
        """Mark the samples of these rows of the table; says nothing."""
        self._stage.rows = ascending(np.asarray(rows, dtype=np.int64))
        self._mark_selected()

    def clear_selection(self) -> None:
        """Select nothing, as if a person had asked for it."""
        self._hand.clear()

    def set_painting(self, brush: Brush | None) -> None:
        """Paint with this brush; None: the left button pans and selects."""
        other = (brush is None) != (self._stage.brush is None)
        self._stage.brush = brush
        if other:
            self._explain()
        self._cursor.set_brush(brush)
        shape = Qt.CursorShape.ArrowCursor
        if brush is not None:
            shape = Qt.CursorShape.SizeAllCursor if brush.tool == "move" else shape
            shape = Qt.CursorShape.CrossCursor if _is_exact(brush) else shape
        self.canvas.set_cursor(shape)

    def set_newest(
        self, newest: Callable[[], Table | None], shown: Callable[[], Table | None] | None = None
    ) -> None:
        """Say how to ask for the table of now, and for the one that edits may still be for.

        Edits are made only while the plot shows the newest: an edit names rows of a certain
        table. Before something is undone they are also made for the one that is ``shown``
        everywhere while the newest is being worked on.
        """
        self._newest, self._shown = newest, shown or newest

    def before_undo(self) -> bool:
        """Let the whole of the last gesture be undone; True when that is done with this alone."""
        return self._hand.before_undo(self._is_known())

    def before_redo(self) -> None:
        """What has been painted meanwhile comes before what is redone."""
        self._hand.before_redo(self._is_known())

    def forget_stroke(self, stroke: int) -> None:
        """The stroke was undone: nothing of it is on its way any more."""
        self._stage.wet.forget(stroke)

    def settle_edit(self) -> None:
        """Nothing more will come of the edit asked for last, as when it was refused.

        Harmless at any time: while the plot shows another table than the newest one, it waits.
        """
        self._hand.outbox.settle()

    def jitter(self, share: float) -> None:
        """Move the selected samples, or all, at random by a share of what the axes show."""

        def make() -> tuple[Edit | None, int]:
            stage = self._stage
            if stage.dataset is None or stage.table is None:
                return None, 0
            rows = stage.rows if stage.rows.size else ascending(stage.dataset.row_index)
            seed = int(np.random.default_rng().integers(2**31))
            edit = jitter_edit(stage.table, stage.dataset, stage.axes, rows, share, seed)
            return edit, rows.size

        self._hand.do("Jitter", make)

    def remove_class(self, name: str) -> None:
        """Take out all samples of a class."""

        def make() -> tuple[Edit | None, int]:
            if self._stage.dataset is None or self._stage.table is None:
                return None, 0
            edit = remove_class_edit(self._stage.table, self._stage.dataset, name)
            return edit, edit.removed.size

        self._hand.do(f"Remove “{name}”:", make)

    def erase_selected(self) -> None:
        """Take out the selected samples, as far as training can do without them."""

        def make() -> tuple[Edit | None, int]:
            if self._stage.dataset is None or not self._stage.rows.size:
                return None, 0
            erasure = erase_edit(self._stage.dataset, self._stage.rows)
            if erasure.note:
                self.noted.emit(erasure.note)
            return erasure.edit, erasure.rows.size

        self._hand.do("Erase", make)

    def _is_current(self) -> bool:
        table = self._stage.table
        return table is not None and table is self._newest()

    def _is_known(self) -> bool:
        table = self._stage.table
        return table is not None and (table is self._newest() or table is self._shown())

    def _explain(self) -> None:
        """Write the legend: while painting the classes are somewhere else."""

    def _mark_selected(self) -> None:
        self._escape.setEnabled(bool(self._stage.rows.size))  # else it is anybody's
        if self._stage.samples is not None:
            self._stage.samples.select(self._stage.samples_of(self._stage.rows))

    def _on_touch(self, touch: Touch | None) -> None:
        self._cursor.move_to(None if touch is None else touch.pixel)

    def _on_selected(self, rows: Ints) -> None:
        self.set_selection(rows)
        self.selection_changed.emit(self._stage.rows)


def _is_exact(brush: Brush) -> bool:
    """Whether the place under the mouse matters, not what is there."""
    return TOOLS[brush.tool].sized or TOOLS[brush.tool].marked
