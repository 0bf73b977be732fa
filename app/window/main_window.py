"""The window: assembly and wiring, nothing else."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from app.actions import Actions
from app.keys import KeyGuard
from app.preparation import Prepared
from app.problems import Problem, problem_from
from app.settings import FRAME_RATE, LOG_TIME, LOG_VALUES, SHOW_TABLE, SPEED, Settings
from app.theme import Theme
from app.training.messages import Frame
from app.window import placing
from app.window.appearance import Appearance
from app.window.banner import Banner
from app.window.bare import Bare
from app.window.commands import connect_commands, refresh_recent
from app.window.doors import Doors
from app.window.files import dropped_path, is_weights
from app.window.focus_order import move_focus
from app.window.moments import moment_of
from app.window.painted import AfterPaint
from app.window.picture import take_picture
from app.window.presenting import Presenting
from app.window.readout import Readout
from app.window.side_panels import SidePanels
from app.window.speed import FRAME_RATES, SpeedSlider
from app.window.status import StatusLine, status_text
from app.window.tool_bar import RunToolBar
from app.window.undoing import Undoing
from app.workspace import Workspace

if TYPE_CHECKING:
    from app.window.advising import Advising
    from app.window.easel import Easel
    from app.window.linking import Linking
    from app.window.teaching import Teaching
    from app.window.views import Views


class MainWindow(QMainWindow):
    """Shows a workspace and passes on what people do.

    The shell is painted first; the plots, whose library takes half of the start-up time to
    import, follow after the first paint.
    """

    def __init__(self, workspace: Workspace, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("main")
        self.setWindowTitle("Perceptron Lab")
        self.setAcceptDrops(True)
        placing.begin(self)
        self.workspace, self.settings = workspace, settings
        self.views: Views | None = None
        self.linking: Linking | None = None
        self.easel: Easel | None = None
        self.advising: Advising | None = None
        self.teaching: Teaching | None = None
        self.appearance = Appearance(settings, self)
        self.actions_ = Actions(self)
        self._keys = KeyGuard(self)
        self._after_paint = AfterPaint(self)
        self._build()
        self.doors = Doors(self)
        self._undoing = Undoing(self.actions_, workspace.history.stack)
        connect_commands(self)
        self._bare = Bare(self)
        self.presenting = Presenting(self)
        self._connect()
        self.appearance.apply()

    # Assembly.

    def _build(self) -> None:
        self.panels, self.banner = SidePanels(), Banner()
        self.readout, self.speed = Readout(), SpeedSlider()
        self.actions_.fill_menu_bar(self.menuBar())
        self.toolbar = RunToolBar(self.actions_, self.speed, self.readout)
        self.addToolBar(self.toolbar)
        self.middle = QWidget()
        self.middle.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._middle_box = QVBoxLayout(self.middle)
        self._middle_box.setContentsMargins(0, 0, 8, 0)
        self._middle_box.setSpacing(8)
        self._middle_box.addWidget(self.banner)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(8)
        self.split.addWidget(self.panels)
        self.split.addWidget(self.middle)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([300, 1140])
        self.setCentralWidget(self.split)
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.middle.setFocus()  # plain keys belong to the run, not to the first button

    def build_after_first_paint(self) -> None:
        """Import and build the plots once the shell is on the screen."""
        self._after_paint.run(self.build_views)

    def build_views(self) -> None:
        """Build the plots now, if that has not happened."""
        if self.views is not None:
            return
        from app.window.advising import Advising
        from app.window.comparing import Comparing
        from app.window.easel import Easel
        from app.window.laboratory import Laboratory
        from app.window.linking import Linking
        from app.window.teaching import Teaching
        from app.window.timing import Timing
        from app.window.views import Views

        self.views = Views(self.appearance.current, self.settings.panes())
        self._middle_box.addWidget(self.views, 1)
        self.linking, self.easel = Linking(self, self.views), Easel(self, self.views)
        self.easel.show(self.actions_["edit.paint"].isChecked())
        self.advising = Advising(self, self.views)
        self.comparing = Comparing(self, self.views)
        self.laboratory = Laboratory(self, self.views)
        self.timing = Timing(self)
        self._middle_box.addWidget(self.timing.line)
        self.teaching = Teaching(self, self.views)
        self.panels.data.axes_changed.connect(self.views.decision.set_axes)
        placing.restore_views(self.views, self.settings)
        self.views.picture_asked.connect(partial(take_picture, self))
        self.show_axes()
        if self.workspace.player.frame is not None:
            self._show_frame(self.workspace.player.frame)

    def show_axes(self) -> None:
        """Draw the curves on the axes that are chosen."""
        if self.views is not None:
            self.views.set_log(self.settings.get(LOG_TIME), self.settings.get(LOG_VALUES))

    # Wiring.

    def _connect(self) -> None:
        space = self.workspace
        space.opened.connect(self._show_opened)
        space.prepared.connect(self._show_prepared)
        space.player.frame_arrived.connect(self._show_frame)
        space.player.playing_changed.connect(self._show_playing)
        space.noted.connect(self.status.show_note)
        space.refused.connect(self.show_refusal)
        space.progressed.connect(self.status.show_work)
        self.status.cancel_asked.connect(space.cancel_opening)
        self.readout.told.connect(self.status.hear_numbers)
        self.panels.config_changed.connect(space.configure)
        self.panels.data.value_changed.connect(space.choose_data)
        self.panels.generated.connect(space.regenerate)
        self.panels.data.understood.edit_requested.connect(self.doors.show_reading)
        for name, fold in self.panels.folds.items():
            fold.set_open(self.settings.more_open(name))
            fold.toggled.connect(partial(self.settings.set_more_open, name))
        self.panels.data.open_requested.connect(self.actions_["file.open"].trigger)
        self.panels.data.problems_requested.connect(self.actions_["file.problems"].trigger)
        self.speed.value_changed.connect(self.set_pace)
        self.appearance.changed.connect(self._set_theme)
        self.speed.set_value(self.settings.get(SPEED) or None)
        self.set_pace()

    @Slot()
    def set_pace(self) -> None:
        """Tell the training thread the speed and the frame rate that are chosen."""
        self.settings.set(SPEED, self.speed.value() or 0.0)
        rate = FRAME_RATES[self.settings.get(FRAME_RATE)]
        self.workspace.player.set_pace(self.speed.value(), rate)

    @Slot(object)
    def _set_theme(self, theme: Theme) -> None:
        self.actions_.set_theme(theme)
        self.readout.fit()
        self.speed.fit()
        self.toolbar.fit()
        self.panels.fit(theme)
        if self.views is not None:
            self.views.set_theme(theme)

    @Slot(object)
    def _show_opened(self, prepared: Prepared) -> None:
        self.banner.clear()
        self.status.end_note()
        self.panels.verticalScrollBar().setValue(0)  # the file's name is at the top
        self.setWindowTitle(f"{prepared.table.name}[*] – Perceptron Lab")

    @Slot(object)
    def _show_prepared(self, prepared: Prepared) -> None:
        self.panels.show_prepared(prepared)
        self.readout.show_validation(len(prepared.dataset.X_validation) > 0)
        self.toolbar.fit()

    @Slot(object)
    def _show_frame(self, frame: Frame) -> None:
        current = self.workspace.current
        if self.views is not None and current is not None and frame.snapshots:
            moment = moment_of(self.workspace.runs, frame)
            self.views.show_moment(self.advising.enriched(moment) if self.advising else moment)
            self.views.decision.set_axes(*self.panels.data.axes())
        if frame.snapshots:
            self.readout.show_snapshot(frame.snapshots[0][1])
        self._show_state()
        self.status.show_pace(frame.updates_per_second if self.workspace.player.playing else 0.0)
        self._after_paint.run(partial(self.workspace.player.acknowledge, frame.number))

    @Slot(bool)
    def _show_playing(self, playing: bool) -> None:
        if not playing:
            self.status.show_pace(0.0)
        self.actions_.set_active("run.play", playing)
        self._show_state()

    def _show_state(self) -> None:
        player = self.workspace.player
        if player.snapshot is not None:
            self.status.show_state(status_text(player.snapshot, player.playing))

    @Slot(object)
    def show_refusal(self, error: Exception) -> None:
        """Say what could not be done and why."""
        self.banner.show_problem(problem_from(error), self.doors.offer())

    def show_problem(self, problem: Problem) -> None:
        """Show an error above the views; nothing else stops."""
        self.banner.show_problem(problem)

    def is_settled(self) -> bool:
        """Whether the views are there and show a moment of the run."""
        return self.views is not None and self.workspace.player.snapshot is not None

    # The window itself.

    def focusNextPrevChild(self, forward: bool) -> bool:
        return move_focus(self, forward) or super().focusNextPrevChild(forward)

    def restore_place(self) -> None:
        """Put the window and its splitters where they were."""
        placing.restore(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.open_path(path)

    def open_path(self, path: str) -> None:
        """Open a table, a lesson or weights, by what the file says."""
        if is_weights(path):
            self.banner.clear()
            self.workspace.load_weights(Path(path))
        else:
            self.doors.open(path)

    def refresh_recent(self) -> None:
        """Show the files used lately in the menu."""
        refresh_recent(self)

    def show_table(self, on: bool) -> None:
        """Show or hide the rows below the decision view."""
        self.settings.set(SHOW_TABLE, on)
        if self.views is not None:
            self.views.show_below(on)

    def show_painting(self, on: bool) -> None:
        """Show or hide the tools to paint with."""
        if self.easel is not None:
            self.easel.show(on)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.doors.may_leave():
            event.ignore()
            return
        self.doors.shut_down()
        placing.save(self)
        if self.views is not None:
            self.views.shut_down()
        if self.advising is not None:
            self.advising.counsel.shut_down()
        self.hide()  # what is being worked on may take a moment to end
        self.workspace.shut_down()
        self.workspace.history.clear()  # as long as its menu entries are there to be told
        super().closeEvent(event)
