"""Presenter mode: full screen in large type, few controls, the keys of a remote control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QBoxLayout

from app.settings import POINTER, PRESENTER_SCREEN
from app.theme import GRID, Theme
from app.training.messages import Frame
from app.window.placing import Place, fits
from app.window.pointer_ring import PointerRing
from app.window.presented_views import PresentedViews
from app.window.presenter_keys import PresenterKeys
from app.window.presenter_strip import PresenterStrip
from app.window.screens import screen_choices, screen_for, screen_named, type_size

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

PRESENTER, POINTER_KEY, SCREEN = "view.presenter", "view.pointer", "view.presenter_screen"
HOW_TO_LEAVE = "Presenter: Esc or F11 leaves. Page keys turn, Space plays and pauses."
LEAST_TYPE = 11.0
"""Points below which the type does not go to make the window fit its screen."""


class Presenting(QObject):
    """Dresses the window for a talk, and puts everything back as it was."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._actions = window, window.actions_
        self._place: Place | None = None
        self._views: PresentedViews | None = None
        self._late: PresentedViews | None = None
        """Views whose handles are to be put back once the window has its size again."""
        self._screen = ""
        self._walk: PresentedViews | None = None
        """Where views were turned without a presenter."""
        self.strip, self.ring = PresenterStrip(window.actions_), PointerRing(window)
        self.strip.setParent(window.middle)
        self.keys = PresenterKeys(self)
        self.keys.left.connect(self.leave)
        self.keys.turned.connect(self._turn_page)
        window.installEventFilter(self)
        self._connect()

    @property
    def on(self) -> bool:
        """Whether the window is dressed for a talk."""
        return self._place is not None

    def _connect(self) -> None:
        window, actions = self._window, self._actions
        actions.on_toggled(PRESENTER, self.present)
        actions.on_toggled(POINTER_KEY, self._point)
        actions.on("view.next_view", lambda: self.turn(1))
        actions.on("view.previous_view", lambda: self.turn(-1))
        actions[POINTER_KEY].setChecked(window.settings.get(POINTER))
        actions.chosen.connect(self._chosen)
        window.appearance.changed.connect(self._set_theme)
        window.status.said.connect(self.strip.show_verdict)
        self.strip.show_verdict(window.status.message.text())
        self.strip.speed_changed.connect(window.speed.set_value)
        window.speed.value_changed.connect(self.strip.show_speed)
        window.workspace.player.frame_arrived.connect(self._show)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - a window has one
        application.screenAdded.connect(self._offer_screens)
        application.screenRemoved.connect(self._lose_screen)
        self._offer_screens()

    # In and out.

    @Slot(bool)
    def present(self, on: bool) -> None:
        """Begin or end; asked twice it does nothing."""
        if on != self.on:
            (self._begin if on else self.leave)()

    def _begin(self) -> None:
        window = self._window
        self._place = Place.of(window)
        if window.views is not None:
            self._views = PresentedViews(window, window.views)
        self._clear_away(True)
        self._go_to(screen_for(window, window.settings.get(PRESENTER_SCREEN)))
        self.strip.show_speed(window.speed.value())
        if window.workspace.player.frame is not None:
            self._show(window.workspace.player.frame)
        window.middle.setFocus()
        self._watch(True)
        self._actions[PRESENTER].setChecked(True)
        window.status.show_note(HOW_TO_LEAVE)

    def leave(self) -> None:
        """Put everything back as it was."""
        place, self._place = self._place, None
        if place is None:
            return
        window, views = self._window, self._views
        self._views = None
        self._watch(False)
        self._clear_away(False)
        window.appearance.present(None)
        place.restore(window)
        if views is not None:
            views.restore()
            self._late = views
        self._actions[PRESENTER].setChecked(False)
        window.status.end_note()

    def _clear_away(self, away: bool) -> None:
        """Hide what is not needed in a talk, or show it again."""
        window = self._window
        for widget in (window.menuBar(), window.toolbar, window.panels, window.statusBar()):
            widget.setVisible(not away)
        if window.views is not None:
            window.timing.line.setVisible(not away)
        layout = window.middle.layout()
        assert isinstance(layout, QBoxLayout)  # noqa: S101 - the window lays its middle out so
        layout.setContentsMargins(GRID if away else 0, 0, GRID, 0)
        layout.removeWidget(self.strip)
        layout.addWidget(self.strip)  # below what has been added since
        self.strip.setVisible(away)

    def _go_to(self, screen: QScreen) -> None:
        """Fill a screen, in the type that suits it."""
        window = self._window
        self._screen = screen.name()
        if screen is not window.screen():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
            window.setScreen(screen)
            window.setGeometry(screen.availableGeometry())
        points = type_size(screen)
        window.appearance.present(points)
        while points > LEAST_TYPE and not fits(window, screen.geometry().size()):
            points -= 1.0
            window.appearance.present(points)
        window.showFullScreen()
        self._fit()

    def _watch(self, on: bool) -> None:
        """Listen to the keys of a remote control, and show the ring."""
        self.keys.listen(self._window.windowHandle() if on else None)
        self.ring.set_on(on and self._actions[POINTER_KEY].isChecked())

    def _fit(self) -> None:
        screen = screen_named(self._screen)
        if self._views is not None and screen is not None:
            height = screen.geometry().height() - self.strip.sizeHint().height()
            self._views.fit(height, self._window.fontMetrics().lineSpacing())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Once the window has its size again, its splitters get theirs."""
        if event.type() == QEvent.Type.Resize and self._late is not None:
            QTimer.singleShot(0, self, self._settle)
        return super().eventFilter(watched, event)

    # Turning.

    @Slot(int)
    def _turn_page(self, by: int) -> None:
        """The next step of an open lesson, else the next view."""
        teaching = self._window.teaching
        if teaching is None or teaching.lesson is None:
            self.turn(by)
        else:
            self._actions["question.next" if by > 0 else "question.back"].trigger()
            self._fit()

    def turn(self, by: int) -> None:
        """Show the next view, or the one before, in the main pane."""
        window = self._window
        if window.views is None:
            return
        views = self._views or self._walk
        if views is None or not (self.on or views.is_as_left):
            views = self._walk = PresentedViews(window, window.views)
        views.turn(by)
        self._fit()

    @Slot()
    def _settle(self) -> None:
        views, self._late = self._late, None
        if views is not None:
            views.restore_handles()

    # What is shown.

    @Slot(object)
    def _set_theme(self, theme: Theme) -> None:
        self.strip.set_theme(theme)
        self.ring.set_theme(theme)

    @Slot(object)
    def _show(self, frame: Frame) -> None:
        if self.on and frame.snapshots:
            current = self._window.workspace.current
            held = current is not None and len(current.dataset.X_validation) > 0
            self.strip.readout.show_validation(held)
            self.strip.readout.show_snapshot(frame.snapshots[0][1])

    @Slot(bool)
    def _point(self, on: bool) -> None:
        self._window.settings.set(POINTER, on)
        self.ring.set_on(on and self.on)

    # Screens.

    @Slot()
    def _offer_screens(self) -> None:
        self._actions.set_choices(
            SCREEN, screen_choices(), self._window.settings.get(PRESENTER_SCREEN)
        )

    @Slot(str, str)
    def _chosen(self, key: str, value: str) -> None:
        if key == SCREEN:
            self._window.settings.set(PRESENTER_SCREEN, value)
            if self.on:
                self._go_to(screen_for(self._window, value))

    @Slot(QScreen)
    def _lose_screen(self, screen: QScreen) -> None:
        """A projector that was unplugged gives the window back."""
        if self.on and screen.name() == self._screen:
            self.leave()
            self._window.status.show_note("The presenter's screen is gone; the window is back.")
        QTimer.singleShot(0, self, self._offer_screens)
