"""What a drag does, tool by tool: frame, stroke, erasing, moving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from app.painting import erase_edit, move_edit, stroke_edit, tidy
from app.plots.canvas_mouse import Touch
from app.plots.paint_outbox import Outbox, Part
from app.plots.paint_stage import Stage, style_of
from slp_core.arrays import Float64s, Ints

Say = Callable[[str], None]


class Gesture(Protocol):
    """A drag from its beginning to its end."""

    def drag(self, touch: Touch) -> None:
        """The mouse has moved."""
        ...

    def end(self, touch: Touch) -> None:
        """The button was let go."""
        ...


def counted(count: int, noun: str = "point") -> str:
    """``1 point``, ``2,000 points``."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


class Stroke:
    """Points put: one, or a spray along the way."""

    def __init__(
        self, stage: Stage, outbox: Outbox, stroke: int, touch: Touch, spray: bool
    ) -> None:
        assert stage.brush is not None  # noqa: S101 - painting is on
        self._stage, self._outbox, self._brush = stage, outbox, stage.brush
        self.stroke = stroke
        self._spray, self._last, self._owed = spray, touch, 0.0
        self._random = np.random.default_rng(stroke)
        self._fresh: list[Float64s] = []
        self._count = 0
        place = np.array([touch.at])
        self._put(self._around(place, self._brush.amount) if spray else place)

    def drag(self, touch: Touch) -> None:
        """Spray as many points as the way is long."""
        if not self._spray:
            return
        way = touch.pixel - self._last.pixel
        length = float(np.hypot(way.x(), way.y()))
        self._owed += self._brush.amount * length / self._brush.radius
        count = int(self._owed)
        if count:
            self._owed -= count
            shares = self._random.uniform(0, 1, (count, 1))
            first, last = np.array(self._last.at), np.array(touch.at)
            self._put(self._around(first + shares * (last - first), count))
        self._last = touch

    def end(self, touch: Touch) -> None:
        """What is left goes out as soon as it may."""

    def take(self) -> Part | None:
        """All points since the last part."""
        stage = self._stage
        if not self._fresh or stage.table is None or stage.dataset is None:
            return None
        points, self._fresh = np.concatenate(self._fresh), []
        stage.wet.send()
        self._count += len(points)
        target = self._brush.label or self._brush.value
        edit = stroke_edit(stage.table, stage.dataset, stage.axes, points, target)
        of = f" of {self._brush.label}" if self._brush.label else ""
        return Part(edit, f"{'Brush' if self._spray else 'Put'} {counted(self._count)}{of}")

    def arrived(self) -> None:
        """The markers of the data are drawn in place of the wet ones."""
        self._stage.wet.settle()

    def _around(self, places: Float64s, count: int) -> Float64s:
        """Random points (count, 2) of the brush's disc around ``places``."""
        angle = self._random.uniform(0, 2 * np.pi, count)
        reach = self._brush.radius * np.sqrt(self._random.uniform(0, 1, count))
        disc = np.stack((reach * np.cos(angle), reach * np.sin(angle)), axis=1)
        return np.broadcast_to(places, (count, 2)) + disc * self._stage.canvas.pixel

    def _put(self, points: Float64s) -> None:
        points = tidied(self._stage, points)
        self._fresh.append(points)
        look = style_of(self._stage.theme, self._brush.index, bool(self._brush.label))
        self._stage.wet.put(self.stroke, points, look)
        self._outbox.post(self)


class Erasing:
    """Points taken out along the way."""

    def __init__(self, stage: Stage, outbox: Outbox, stroke: int, touch: Touch, say: Say) -> None:
        assert stage.brush is not None  # noqa: S101 - painting is on
        self._stage, self._outbox, self._radius = stage, outbox, stage.brush.radius
        self.stroke, self._say = stroke, say
        self._way: list[tuple[float, float]] = [touch.at]
        self._last, self._count, self._note = touch, 0, ""
        outbox.post(self)

    def drag(self, touch: Touch) -> None:
        """Leave no gap between two places of a fast mouse."""
        way = touch.pixel - self._last.pixel
        steps = max(1, int(np.ceil(2 * np.hypot(way.x(), way.y()) / self._radius)))
        first, last = np.array(self._last.at), np.array(touch.at)
        shares = np.arange(1, steps + 1)[:, None] / steps
        self._way += [(x, y) for x, y in (first + shares * (last - first)).tolist()]
        self._last = touch
        self._outbox.post(self)

    def end(self, touch: Touch) -> None:
        """What is left goes out as soon as it may."""

    def take(self) -> Part | None:
        """All that lies under the way since the last part and may go."""
        stage = self._stage
        if stage.dataset is None or stage.samples is None:
            return None
        places, self._way = np.array(self._way), []
        found = stage.samples.under(places, self._radius)
        if not found.size:
            return None
        erasure = erase_edit(stage.dataset, stage.rows_of(found))
        if erasure.note and erasure.note != self._note:
            self._note = erasure.note
            self._say(erasure.note)
        if erasure.edit is None:
            return None
        self._count += erasure.rows.size
        return Part(erasure.edit, f"Erase {counted(self._count)}")

    def arrived(self) -> None:
        """Nothing was drawn that would have to go."""


class Moving:
    """Samples carried to another place; told when they are let go."""

    def __init__(
        self, stage: Stage, outbox: Outbox, stroke: int, touch: Touch, samples: Ints
    ) -> None:
        self._stage, self._outbox, self.stroke = stage, outbox, stroke
        self._start, self._samples, self._dataset = touch.at, samples, stage.dataset
        self._by: tuple[float, float] | None = None
        stage.wet.put(stroke, *stage.carried(samples))

    def drag(self, touch: Touch) -> None:
        """Show where they would be."""
        self._stage.wet.carry(self._way(touch))

    def end(self, touch: Touch) -> None:
        """Put them there; a click moves nothing."""
        self._by = self._way(touch)
        if self._by == (0.0, 0.0):
            self._stage.wet.clear()
            return
        self._stage.wet.send()
        self._outbox.post(self)

    def take(self) -> Part | None:
        """The one edit there is."""
        stage, by, self._by = self._stage, self._by, None
        if by is None or stage.dataset is None or stage.table is None or stage.samples is None:
            return None
        if stage.dataset is not self._dataset:
            stage.wet.clear()  # something was undone meanwhile: these are other samples now
            return None
        points = np.stack((stage.samples.x, stage.samples.y), axis=1)[self._samples] + by
        rows = stage.dataset.row_index[self._samples]
        edit = move_edit(stage.dataset, stage.axes, rows, tidied(stage, points))
        return Part(edit, f"Move {counted(rows.size)}")

    def arrived(self) -> None:
        """The data are drawn where they were put."""
        self._stage.wet.clear()

    def _way(self, touch: Touch) -> tuple[float, float]:
        x, y = touch.at
        return x - self._start[0], 0.0 if self._stage.is_flat else y - self._start[1]


def tidied(stage: Stage, points: Float64s) -> Float64s:
    """Points (r, 2) with the digits that a tenth of a pixel can tell apart."""
    width, height = stage.canvas.pixel
    return np.stack((tidy(points[:, 0], width / 10), tidy(points[:, 1], height / 10)), axis=1)
