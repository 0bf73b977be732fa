"""A lesson in the window: each step is applied as a person would do it, then left to the person."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout

from app.lessons.lesson import Lesson, LessonStep
from app.lessons.reading import DEMONSTRATIONS, demonstration, read_lesson
from app.origins import Origin
from app.panels.lesson_strip import LessonStrip, LessonValue
from app.panels.sample_data import Follower
from app.preparation import Prepared
from app.training.messages import Frame
from app.view_kinds import PANES
from app.window import files
from app.window.moments import moment_of
from slp_core.errors import SlpError

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

LAB, WEIGHTS = "lab", "weights"
_STEPS = ("question.next", "question.back", "question.again", "question.close")


class Teaching(QObject):
    """Shows the strip, and brings data, runs and views to where a step wants them.

    A step opens its data anew and starts its runs, so that it comes to the same from wherever it
    was asked for.
    """

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._views = window, window.workspace, views
        self.lesson: Lesson | None = None
        self.strip = LessonStrip()
        self._number = 0
        self._before: dict[str, str] = {}
        """The view of each pane before the lesson."""
        self._coming: LessonStep | None = None
        """The step whose data are being opened."""
        self._origin: Origin | None = None
        """What is being opened for it."""
        self._going: LessonStep | None = None
        """The step whose first epochs are being made."""
        self._goal = 0
        self._met = False
        """Whether the views have seen the data of the step."""
        self.strip.step_asked.connect(self.show_step)
        self.strip.close_asked.connect(self.close)
        self._space.opened.connect(self._opened)
        self._space.refused.connect(self._refused)
        self._space.player.frame_arrived.connect(self._arrived)
        self._connect_commands()
        box = window.middle.layout()
        assert isinstance(box, QBoxLayout)  # noqa: S101 - the window lays its middle out in a column
        box.insertWidget(1, self.strip)
        if window.doors.lesson:
            self.open(window.doors.lesson)

    def _connect_commands(self) -> None:
        actions = self._window.actions_
        for key in DEMONSTRATIONS:
            actions.on(key, partial(self.begin, partial(demonstration, key)))
        actions.on("question.next", lambda: self.show_step(self._number + 1))
        actions.on("question.back", lambda: self.show_step(self._number - 1))
        actions.on("question.again", lambda: self.show_step(self._number))
        actions.on("question.close", self.close)
        actions.on("question.open", self._ask_file)
        self._enable()

    @property
    def settled(self) -> bool:
        """Whether the step that is on has come to where it leads."""
        return self._coming is None and self._going is None

    # The lesson.

    def open(self, path: str | Path) -> None:
        """Begin the lesson in a file, or say why not."""
        self.begin(partial(read_lesson, Path(path)))

    def begin(self, read: Callable[[], Lesson]) -> None:
        """Begin a lesson in place of the one that is open, if what is open may be left."""
        try:
            lesson = read()
        except (SlpError, OSError) as error:
            self._window.show_refusal(error)
            return
        if not self._window.doors.may_leave():
            return
        if self.lesson is None:
            self._before = self._views.arrangement()
        self.lesson = lesson
        self._show(0)

    @Slot()
    def close(self) -> None:
        """Put the lesson away, and the views back; data and runs stay."""
        if self.lesson is not None:
            self.lesson = self._coming = self._going = None
            self.strip.set_value(None)
            self._arrange(self._before)
            self._enable()

    @Slot(int)
    def show_step(self, number: int) -> None:
        """Apply a step, if there is one of that number (from 0)."""
        lesson = self.lesson
        if (
            lesson is not None
            and 0 <= number < len(lesson.steps)
            and self._window.doors.may_leave()
        ):
            self._show(number)

    def _show(self, number: int) -> None:
        lesson = self.lesson
        assert lesson is not None  # noqa: S101 - the callers have one
        self._number = number
        texts = tuple(step.text for step in lesson.steps)
        value = LessonValue(lesson.title, lesson.question, texts, number, lesson.source)
        self.strip.set_value(value)
        self._enable()
        self._apply(lesson.steps[number])

    def _enable(self) -> None:
        there = self.lesson is not None
        last = len(self.lesson.steps) - 1 if self.lesson is not None else 0
        able = (there and self._number < last, there and self._number > 0, there, there)
        for key, on in zip(_STEPS, able, strict=True):
            self._window.actions_.set_enabled(on, key)

    def _ask_file(self) -> None:
        path = files.ask_lesson(self._window, self._window.settings.last_folder())
        if path is not None:
            self.open(path)

    # A step.

    def _apply(self, step: LessonStep) -> None:
        self._going, self._coming = None, step
        self._window.banner.clear()
        self._space.player.pause()
        self._window.actions_["edit.paint"].setChecked(False)
        self._window.show_painting(False)
        self._arrange(step.views, table="below" in step.views)
        if step.enlarge:
            self._views.enlarge(step.enlarge)
        # An origin of its own: the same one again would count as the old table, edited.
        self._origin = replace(step.origin)
        self._window.doors.lead(self._origin, step.data, step.settings)

    def _arrange(self, panes: Mapping[str, str], *, table: bool | None = None) -> None:
        """Put views into panes; the table is where it was unless it is said."""
        self._views.put_back()
        for pane, view in _whole(panes).items():
            self._views.place(pane, view)
        if table is not None:
            self._views.show_below(table)
            self._window.actions_["view.table"].setChecked(table)

    @Slot(object)
    def _opened(self, prepared: Prepared) -> None:
        """The data are there; the runs are a moment later."""
        step = self._coming
        if step is not None and prepared.origin is self._origin:
            QTimer.singleShot(0, self, self._start)

    @Slot()
    def _start(self) -> None:
        """Add the runs that are compared, and set out."""
        step, self._coming = self._coming, None
        current = self._space.current
        if step is None or current is None or current.origin is not self._origin:
            return
        desk, book = self._space.desk, self._space.runs
        if step.name and book.active is not None:
            book.rename(book.active.run, step.name)
        for row in step.compare:
            gradient = row.formula.gradient if row.formula is not None else None
            desk.compare(row.changes, row.name, gradient=gradient)
        turned = next((lane for lane in book.lanes if lane.name == step.turn_to != ""), None)
        if turned is not None:
            desk.activate(turned.run)
        self._views.fit()
        size, samples = current.config.batch_size, current.dataset.samples
        a_pass = 1 if isinstance(size, str) else math.ceil(samples / size)
        self._going, self._goal, self._met = step, step.epochs * a_pass, False
        if self._goal:
            self._space.player.step(self._goal)
        if self._space.player.frame is not None:  # it was here before this
            self._arrived(self._space.player.frame)

    @Slot(object)
    def _arrived(self, frame: Frame) -> None:
        """Go on once the views have the data, and once the first epochs of the step are done."""
        step = self._going
        if step is None or not frame.snapshots:
            return
        if not self._met:
            self._met = True
            self._show_formula(step)
            self._show_weights(step)
        stopped = all(snapshot.stop is not None for _, snapshot in frame.snapshots)
        if frame.update >= self._goal or stopped:
            self._going = None
            self._select(step, frame)
            if step.play:
                self._space.player.play()

    def _show_formula(self, step: LessonStep) -> None:
        if step.formula is None or LAB not in self._views.arrangement().values():
            return
        from app.lab.frame import SHAPES  # not every lesson has a formula
        from app.lab.header import RIGHT
        from app.lab.view import GradientLab

        lab = self._views.view(LAB)
        assert isinstance(lab, GradientLab)  # noqa: S101 - its builder says so
        lab.header_widget.start_chosen.emit(step.formula.start or RIGHT)
        if not step.formula.start:
            options = replace(lab.header_widget.value(), convention=step.formula.convention)
            lab.header_widget.options_changed.emit(options)
            lab.editor.set_value(step.formula.source)
        if step.formula.check:
            lab.check_now()
        else:
            lab.show_page(SHAPES)

    def _show_weights(self, step: LessonStep) -> None:
        if step.weights and WEIGHTS in self._views.arrangement().values():
            from app.plots.weights_view import WeightsView

            view = self._views.view(WEIGHTS)
            assert isinstance(view, WeightsView)  # noqa: S101 - its builder says so
            view.mode.set_value(step.weights)
            view.mode.value_changed.emit(step.weights)

    def _select(self, step: LessonStep, frame: Frame) -> None:
        rows = step.select if isinstance(step.select, tuple) else ()
        if step.select == "worst":
            run = moment_of(self._space.runs, frame).active
            rows = (int(run.dataset.row_index[Follower().worst(run)]),)
        table = self._space.editing.table
        known = [row for row in rows if table is not None and row < table.rows]
        self._space.selection.set(np.array(known, np.int64))

    @Slot(object)
    def _refused(self, _error: Exception) -> None:
        self._coming = None


def _whole(panes: Mapping[str, str]) -> dict[str, str]:
    """A view for every pane, none in two: what is said keeps its place, the rest is as usual."""
    free = [view for view in PANES.values() if view not in panes.values()]
    found: dict[str, str] = {}
    for pane, usual in PANES.items():
        view = panes.get(pane, usual if usual in free else "")
        found[pane] = view or free[0]
        if found[pane] in free:
            free.remove(found[pane])
    return found
