"""The loss over a plane of weights, with the paths of the runs on it."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from app.moment import Moment, RunMoment
from app.plots.labels import small
from app.plots.landscape_frame import Frame, frame_of
from app.plots.landscape_hand import Marking
from app.plots.landscape_header import LandscapeHeader
from app.plots.landscape_scene import Scene, is_alike, is_stale, same_objective, scene_of, together
from app.plots.landscape_stage import Stage
from app.plots.landscape_survey import Survey, Surveyor
from app.plots.landscape_words import HINT, reading, standing
from app.plots.surface import Surface
from app.plots.weights_reading import shown
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s, Ints, frozen
from slp_core.insight.landscape import Ground, ground_of, reach
from slp_core.insight.landscape_plane import Plane
from slp_core.network.parameters import Parameters

_GESTURES = count(2_000_000)
"""Each start is an undo step of its own."""
_REST = 120
"""Milliseconds a view must rest before losses are worked out for it."""
_EMPTY = "Nothing to show: no run is open. Open data or a sample first."


class LandscapeView(Surface):
    """A view of the workbench: colours and contours of the loss, paths, a place to start from."""

    parameters_edited = Signal(object, str, int)
    """New weights, what was done in words, and the number of the gesture."""
    starts_asked = Signal(object)
    """All live runs shall start again from these weights: they walk here together."""
    race_asked = Signal()
    """Optimizers shall race here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = THEMES["light"]
        self._moment: Moment | None = None
        self._scene: Scene | None = None
        self._losses: Ground | None = None
        self._plane: Plane | None = None
        self._frame: Frame | None = None
        self._reach = 1.0, 1.0
        self._mouse: QPointF | None = None
        self.header_widget = LandscapeHeader()
        self.surveyor = Surveyor(self)
        self._build()
        self.setAccessibleName("Loss landscape")
        self.setAccessibleDescription(f"The loss over a plane of weights. {HINT}")
        self.setFocusProxy(self.canvas)
        self.set_theme(self._theme)
        self.show_moment(None)

    def _build(self) -> None:
        self.stage = Stage()
        self.canvas, self.picture = self.stage.canvas, self.stage.picture
        self.note = self.stage.note
        self.marking = Marking(self.canvas)
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.stage)
        self._stack.addWidget(self.empty)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._ask)
        self._connect()

    def _connect(self) -> None:
        self.surveyor.found.connect(self._on_found)
        self.header_widget.changed.connect(self._on_axes)
        self.header_widget.race_asked.connect(self.race_asked)
        self.canvas.fit_asked.connect(self.fit)
        self.canvas.range_changed.connect(self._on_range)
        self.canvas.hovered.connect(self._on_hover)
        self.marking.marked.connect(self._on_marked)
        self.marking.mark_asked.connect(self._mark_present)
        self.marking.start_asked.connect(self._start)
        self.stage.start.clicked.connect(self._start)

    # The protocol of a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        self.set_ground(theme.surface)
        self.header_widget.set_theme(theme)
        self.stage.set_theme(theme)
        self.empty.setStyleSheet(f"color: {theme.muted}; font-size: {small(theme):.2f}pt;")

    def show_moment(self, moment: Moment | None) -> None:
        """Show the active run and those that share its landscape."""
        before, self._moment = self._moment, moment
        if moment is None:
            self._refuse(_EMPTY)
            return
        now = shown(moment.active, "scaled")
        if now is not None:
            self.header_widget.offer(now)
        axes = self._scene.axes if self._scene is not None else None
        self._scene = scene = scene_of(moment, self.header_widget.axes)
        if scene.plane is None:
            self._refuse(scene.problem)
            return
        self._stack.setCurrentIndex(0)
        if axes != scene.axes:
            self._forget()
        self._follow_data(before.active if before is not None else None, moment.active)
        self._follow(scene)

    def set_selection(self, rows: Ints) -> None:
        """Weights have no rows."""

    def shut_down(self) -> None:
        """End what is done in the background."""
        self.surveyor.shut_down()

    def fit(self) -> None:
        """Show the paths as a whole again."""
        self.canvas.release()
        self.canvas.reset_room()
        self._frame = None
        if self._scene is not None and self._scene.plane is not None:
            self._follow(self._scene)

    # Inside.

    def _refuse(self, why: str) -> None:
        """There is nothing to show, and this is why."""
        self._scene = None
        self._forget()
        self._losses = None
        self.surveyor.stop()
        self.empty.setText(why)
        self._stack.setCurrentIndex(1)

    def _forget(self) -> None:
        """Other data or another objective: nothing of the old picture is true."""
        self._plane = self._frame = None
        self.marking.clear()
        self.picture.clear()

    def _follow_data(self, before: RunMoment | None, now: RunMoment) -> None:
        """Other samples or another objective have other losses."""
        if before is None or not same_objective(before, now) or self._losses is None:
            self._losses = ground_of(now.dataset, now.config)
            self._plane = None
            if before is None or not is_alike(before, now):
                self._forget()
        if before is not None and before.run != now.run:
            self.canvas.release()

    def _follow(self, scene: Scene) -> None:
        """Move the paths; work the losses out anew where the old ones mislead."""
        assert scene.plane is not None  # noqa: S101 - it has been looked at
        assert self._losses is not None  # noqa: S101 - made before
        present = scene.tracks[-1].flats[-1]
        rests = self._moment is not None and not self._moment.playing
        stale = self._plane is None or is_stale(
            self._plane, scene.plane, present, self._losses, resting=rests
        )
        if stale or self._plane is None:
            self._plane = scene.plane
        plane = self._plane
        places = [plane.places(track.flats) for track in scene.tracks]
        self.picture.show_paths(scene.tracks, places)
        moved = self._set_frame(plane, places)
        if stale and not moved:
            self._rest.start(0)
        self.stage.name_axes(*scene.names)
        self._write()

    def _set_frame(self, plane: Plane, places: list[Float64s]) -> bool:
        """Keep the paths in view; whether the view has moved."""
        if self.canvas.held or self._losses is None:
            return False
        share = 0.5 if self.header_widget.axes.follow else 1.0
        if self._frame is None:
            first, second = reach(self._losses, plane)
            self._reach = first * share, second * share
        frame = frame_of(places, self._reach, self._frame)
        if frame == self._frame:
            return False
        self._frame = frame
        self.canvas.set_range(*frame)
        self._rest.start(0)
        return True

    @Slot()
    def _ask(self) -> None:
        """Want losses for what is in view."""
        if self._losses is None or self._plane is None or not self.isVisible():
            return
        frame = self.canvas.x_range, self.canvas.y_range
        self.surveyor.ask(self._losses, self._plane, frame)

    @Slot(object)
    def _on_found(self, survey: Survey) -> None:
        if survey.question.ground is self._losses:
            self.picture.show_survey(survey)
            self._write()

    # Words.

    def _write(self) -> None:
        """What the mouse points at, else what the picture is of."""
        scene, ground = self._scene, self._losses
        if scene is None or ground is None or self._plane is None:
            return
        place = self._mouse if self._mouse is not None else self.marking.place
        frame = None if self.canvas.held else self._frame
        ready = self.picture.survey is not None
        told = standing(scene, ground, self._plane, frame, ready=ready)
        self.note.setText(self.reading(place) or told)

    def reading(self, place: QPointF | None) -> str:
        """Weights and loss at a place of the view."""
        scene, ground = self._scene, self._losses
        if place is None or scene is None or ground is None or self._plane is None:
            return ""
        return reading(scene, ground, self.loss_at(place), place)

    def loss_at(self, place: QPointF) -> float:
        """The loss at a place of the view, with the weights held that the picture holds."""
        assert self._losses is not None  # noqa: S101 - asked with a picture only
        assert self._plane is not None  # noqa: S101
        return self._losses.value(self._plane.parameters(place.x(), place.y()))

    # Reactions.

    @Slot()
    def _on_axes(self) -> None:
        self.canvas.release()
        self.show_moment(self._moment)

    @Slot()
    def _on_range(self) -> None:
        self.stage.place_button(self.marking.place)
        self.picture.follow()
        if self._scene is not None and self._plane is not None:
            self.stage.name_axes(*self._scene.names)
            self._rest.start()

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        self._mouse = place
        self._write()

    @Slot(object)
    def _on_marked(self, place: QPointF | None) -> None:
        self.picture.spots.show_marked(None if place is None else (place.x(), place.y()))
        self.stage.place_button(place)
        self._write()

    @Slot()
    def _mark_present(self) -> None:
        scene = self._scene
        if scene is not None and self._plane is not None and scene.tracks:
            ((a, b),) = self._plane.places(scene.tracks[-1].flats[-1:])
            self.marking.mark(QPointF(a, b))

    @Slot()
    def _start(self) -> None:
        """Go on from the marked weights; the others are the present ones or the plane's.

        Several runs that walk here start again together, else they could not be compared.
        """
        place, scene, moment = self.marking.place, self._scene, self._moment
        if place is None or scene is None or moment is None or self._plane is None:
            return
        plane = self._plane if scene.axes.follow else scene.plane
        assert plane is not None  # noqa: S101 - a scene that is shown has one
        active = moment.active
        present = active.snapshot.parameters
        flat = plane.flat(place.x(), place.y()).astype(present.W.dtype)
        if not active.config.bias:  # nothing would ever bring it back
            flat[present.W.size :] = present.b
        new = Parameters.from_flat(frozen(flat), *plane.shape)
        self.marking.clear()
        if len(together(moment)) > 1:
            self.starts_asked.emit(new)
        else:
            self.parameters_edited.emit(new, "Start at a place of the landscape", next(_GESTURES))

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not worked out."""
        super().hideEvent(event)
        self.surveyor.stop()
