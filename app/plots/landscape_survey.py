"""Losses over the visible part of a plane, worked out in the background: coarse, then fine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs import JobControl, Jobs
from app.plots.landscape_frame import Frame
from slp_core.arrays import Float64s
from slp_core.insight.landscape import Ground, losses
from slp_core.insight.landscape_plane import Plane

COARSE: Final = 21
FINE: Final = 61
"""Places each way: 61 x 61 take about a second with 20 000 scores."""
_ZOOMS: Final = 3
_AROUND: Final = 11
"""Places each way around the lowest one, and how often they are looked at more closely."""
_TOPIC: Final = "landscape"
_PAUSE: Final = 0.25
"""Seconds between the starts of two coarse pictures, at least."""
_SHARE: Final = 3.0
"""And this many times as long as one takes: training needs the processor more."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Losses of what, where."""

    ground: Ground
    plane: Plane
    frame: Frame
    size: int


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Losses (size, size) over the frame of a question, lower rows first."""

    question: Question
    values: Float64s
    between: tuple[float, float, float] | None = None
    """A place between those of the grid with a loss lower than all of theirs, and that loss."""

    @property
    def lowest(self) -> tuple[float, float, float] | None:
        """Place and loss of the least one; None where nothing is finite."""
        if self.between is not None:
            return self.between
        row, column = self._least
        loss = float(self.values[row, column])
        x, y = places_of(self.question)
        return (float(x[column]), float(y[row]), loss) if np.isfinite(loss) else None

    @property
    def is_lowest_at_edge(self) -> bool:
        """Whether losses may fall further outside the view."""
        last = self.question.size - 1
        return any(place in (0, last) for place in self._least)

    @property
    def _least(self) -> tuple[int, int]:
        known = np.where(np.isfinite(self.values), self.values, np.inf)
        row, column = np.unravel_index(int(known.argmin()), known.shape)
        return int(row), int(column)


def places_of(question: Question) -> tuple[Float64s, Float64s]:
    """Where losses are worked out, across and up."""
    (left, right), (low, high) = question.frame
    return np.linspace(left, right, question.size), np.linspace(low, high, question.size)


def surveyed(question: Question, control: JobControl) -> Survey | None:
    """The answer, or None when nobody waits for it any more."""
    x, y = places_of(question)
    values = losses(question.ground, question.plane, x, y, control.cancelled)
    if values is None:
        return None
    found = Survey(question, values)
    return found if question.size < FINE else replace(found, between=_between(found, control))


def _between(survey: Survey, control: JobControl) -> tuple[float, float, float] | None:
    """Look around the lowest place of the grid, finer and finer.

    The path ends between the places of the grid: without this its end would be lower than what
    is called the lowest.
    """
    best = survey.lowest
    if best is None or survey.is_lowest_at_edge:
        return None
    question = survey.question
    wide, high = ((end - start) / (question.size - 1) for start, end in question.frame)
    for _ in range(_ZOOMS):
        x = np.linspace(best[0] - wide, best[0] + wide, _AROUND)
        y = np.linspace(best[1] - high, best[1] + high, _AROUND)
        values = losses(question.ground, question.plane, x, y, control.cancelled)
        if values is None or not np.isfinite(values).any():
            return None
        row, column = np.unravel_index(int(np.nanargmin(values)), values.shape)
        if values[row, column] < best[2]:
            best = float(x[column]), float(y[row]), float(values[row, column])
        wide, high = 2 * wide / (_AROUND - 1), 2 * high / (_AROUND - 1)
    return best


class Surveyor(QObject):
    """Answers the latest question only: soon with a coarse picture, then with a fine one."""

    found = Signal(object)
    """A `Survey`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._wanted: Question | None = None
        self._running: Question | None = None
        self._started, self._took = -1.0, 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._running is not None or self._timer.isActive()

    def ask(self, ground: Ground, plane: Plane, frame: Frame) -> None:
        """Want the losses there; a coarse picture under way is finished first."""
        self._wanted = Question(ground, plane, frame, COARSE)
        if self._running is not None and self._running.size == COARSE:
            return
        if not self._timer.isActive():
            self._timer.start(self._rest)

    def stop(self) -> None:
        """Want nothing any more."""
        self._wanted = self._running = None
        self._timer.stop()
        self._jobs.cancel(_TOPIC)

    def shut_down(self) -> None:
        """Stop, and wait for the thread."""
        self.stop()
        self._jobs.shut_down()

    @property
    def _rest(self) -> int:
        """Milliseconds until the next coarse picture may be begun."""
        pause = max(_PAUSE, _SHARE * self._took)
        return max(0, round(1000 * (self._started + pause - monotonic())))

    def _begin(self) -> None:
        question, self._wanted = self._wanted, None
        if question is None:
            return
        if question.size == COARSE:
            self._started = monotonic()
        self._running = question

        def work(control: JobControl) -> Survey | None:
            return surveyed(question, control)

        self._jobs.start(_TOPIC, work, self._answered, self._failed)

    def _answered(self, survey: Any) -> None:
        question, self._running = self._running, None
        if not isinstance(survey, Survey) or question is None:
            return
        if question.size == COARSE:
            self._took = monotonic() - self._started
        if self._wanted is not None:
            self._timer.start(self._rest)
        elif question.size == COARSE:
            self._wanted = replace(question, size=FINE)
            self._timer.start(0)
        self.found.emit(survey)

    def _failed(self, error: Exception) -> None:
        self._running = None
        raise error
