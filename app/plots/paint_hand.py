"""The mouse of the decision view: selecting always, painting when it is on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, QRectF, Qt, Signal

from app.brushes import TOOLS, Brush
from app.plots.brush_cursor import BrushCursor
from app.plots.canvas_mouse import Touch
from app.plots.paint_gestures import Erasing, Gesture, Moving, Stroke, counted
from app.plots.paint_outbox import Outbox, Part
from app.plots.paint_stage import Stage
from slp_core.arrays import Ints
from slp_core.data.edits import Edit

_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_STEP = 1.15
"""A notch of the wheel makes the brush so many times larger."""


@dataclass(slots=True, eq=False)
class Once:
    """An edit that is made at once, when the ones before have arrived."""

    stroke: int
    make: Callable[[], tuple[Edit | None, int]]
    """Makes the edit for the table of now, and says how many points it is about."""
    verb: str

    def take(self) -> Part | None:
        """The edit."""
        edit, count = self.make()
        return None if edit is None else Part(edit, f"{self.verb} {counted(count)}")

    def arrived(self) -> None:
        """Nothing was drawn that would have to go."""


class Band:
    """A frame drawn around samples."""

    def __init__(self, hand: PaintHand, cursor: BrushCursor, touch: Touch) -> None:
        self._hand, self._cursor, self._start = hand, cursor, touch

    def drag(self, touch: Touch) -> None:
        """Show the frame."""
        self._cursor.set_frame(QRectF(self._start.pixel, touch.pixel).normalized())

    def end(self, touch: Touch) -> None:
        """Select what is inside; a frame of no size is a click."""
        self._cursor.set_frame(None)
        if (touch.pixel - self._start.pixel).manhattanLength() < 4:
            self._hand.clicked(touch)
        else:
            self._hand.select_between(self._start, touch)


class PaintHand(QObject):
    """Gives each drag to the gesture of the tool; see `app.plots.canvas_mouse.Hand`."""

    selected = Signal(object)
    """The rows (r,) of the table that are selected now."""
    radius_asked = Signal(float)
    """Another radius of the brush."""
    noted = Signal(str)
    """Why less happened than was asked for."""

    def __init__(self, parent: QObject, stage: Stage, cursor: BrushCursor) -> None:
        super().__init__(parent)
        self._stage, self._cursor = stage, cursor
        self._gesture: Gesture | None = None
        self._strokes = 0
        self.outbox = Outbox(self)

    # The hand of the canvas.

    def pressed(self, touch: Touch) -> bool:
        """Begin the gesture of the tool."""
        self._gesture = self._begin(touch)
        return self._gesture is not None

    def dragged(self, touch: Touch) -> None:
        """Go on with it."""
        if self._gesture is not None:
            self._gesture.drag(touch)

    def released(self, touch: Touch) -> None:
        """End it."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end(touch)

    def clicked(self, touch: Touch) -> None:
        """Select the sample there; with Shift or Ctrl in addition to the others."""
        stage = self._stage
        if stage.samples is None:
            return
        sample = stage.samples.at(*touch.at)
        found = stage.rows_of(np.array([sample])) if sample >= 0 else np.empty(0, np.int64)
        if touch.keys & _CONTROL:
            self._tell(np.setxor1d(stage.rows, found))
        elif touch.keys & _SHIFT:
            self._tell(np.union1d(stage.rows, found))
        else:
            self._tell(found)

    def turned(self, touch: Touch, steps: float) -> bool:
        """Ctrl and the wheel change the size of the brush."""
        brush = self._stage.brush
        if brush is None or not TOOLS[brush.tool].sized or not touch.keys & _CONTROL:
            return False
        self.radius_asked.emit(brush.radius * _STEP**steps)
        return True

    # Orders.

    def select_between(self, first: Touch, last: Touch) -> None:
        """Select what lies in a frame; with Shift or Ctrl in addition to the others."""
        stage = self._stage
        if stage.samples is None:
            return
        found = stage.rows_of(stage.samples.between(first.at, last.at))
        more = bool(last.keys & (_SHIFT | _CONTROL))
        self._tell(np.union1d(stage.rows, found) if more else found)

    def clear(self) -> None:
        """Select nothing."""
        self._tell(np.empty(0, np.int64))

    def do(self, verb: str, make: Callable[[], tuple[Edit | None, int]]) -> None:
        """Make an edit of its own, in turn."""
        self.outbox.post(Once(self._next_stroke(), make, verb))

    def before_undo(self, known: bool) -> bool:
        """End the drag and bring all of it to the data; says whether that undid something itself.

        ``known`` is whether edits can be made for the rows that are drawn. If not, what waits is
        forgotten instead.
        """
        drag, self._gesture = self._gesture, None
        self._cursor.set_frame(None)
        if isinstance(drag, Moving):
            self._stage.wet.forget(drag.stroke)
            return True
        if known or not self.outbox.pending:
            self.outbox.hurry()
            return False
        stroke, begun = self.outbox.drop_last()
        self._stage.wet.forget(stroke)
        return not begun

    def before_redo(self, known: bool) -> None:
        """What was done since the last undoing comes first, and leaves nothing to redo."""
        if known:
            self.outbox.hurry()

    def interrupt(self) -> None:
        """Other data: what is being dragged is gone."""
        self._gesture = None
        self._cursor.set_frame(None)
        self._stage.wet.clear()
        self.outbox.forget()

    # Gestures.

    def _begin(self, touch: Touch) -> Gesture | None:
        stage, brush = self._stage, self._stage.brush
        if stage.samples is None:
            return None
        if brush is None:
            return Band(self, self._cursor, touch) if touch.keys & _SHIFT else None
        if brush.tool == "select":
            return Band(self, self._cursor, touch)
        if brush.tool == "move":
            return self._begin_move(touch)
        if brush.tool == "erase":
            return Erasing(stage, self.outbox, self._next_stroke(), touch, self.noted.emit)
        return self._begin_stroke(touch, brush)

    def _begin_stroke(self, touch: Touch, brush: Brush) -> Gesture:
        return Stroke(self._stage, self.outbox, self._next_stroke(), touch, brush.tool == "brush")

    def _begin_move(self, touch: Touch) -> Gesture | None:
        stage = self._stage
        assert stage.samples is not None  # noqa: S101 - the caller has looked
        sample = stage.samples.at(*touch.at)
        if sample < 0 or self.outbox.waiting:
            return None
        picked = stage.samples_of(stage.rows)
        carried: Ints = picked if sample in picked else np.array([sample])
        return Moving(stage, self.outbox, self._next_stroke(), touch, carried)

    def _next_stroke(self) -> int:
        self._strokes += 1
        return self._strokes

    def _tell(self, rows: Ints) -> None:
        if not np.array_equal(rows, self._stage.rows):
            self.selected.emit(rows)
