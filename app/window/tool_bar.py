"""The toolbar: files, the run, its speed and its numbers, what leaves the program."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from app.actions import Actions
from app.commands import COMMANDS
from app.window.readout import Readout
from app.window.speed import SpeedSlider

SPARED = ("file.open", "file.samples", "run.compare", "file.export_weights")
"""Commands whose picture can do without its text where room is short."""
RUN = (
    *("run.play", "run.back_update", "run.step_update", "run.step_epoch"),
    *("run.restart_same", "run.restart_new"),
)
"""The run's commands in their order: back stands before on, as on every player."""
LEFT_OUT = (
    *("view.next_theme", "edit.redo", "edit.undo", "run.restart_new"),
    *("file.export_weights", "run.compare", "file.samples", "run.step_epoch"),
)
"""Commands that move into the menu at the end where room is shorter still, one by one."""
MEASURES = 5
"""Things that give way before any command does."""


class RunToolBar(QToolBar):
    """The commands of the toolbar, with widgets of the window between their groups.

    Nothing is ever cut: where room is short, texts give way to icons, then the speed in words, the
    best loss, the word on Play and the epoch (the time line has it), then commands one by one,
    which are in the menu at the end (and in those of the window).
    """

    def __init__(self, actions: Actions, speed: SpeedSlider, readout: Readout) -> None:
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
        self._actions, self._speed, self._readout = actions, speed, readout
        self._buttons: dict[str, QToolButton] = {}
        self._places: dict[str, QAction] = {}
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._fill()

    def _fill(self) -> None:
        self._add(*_group("file"))
        self.addSeparator()
        self._add(*RUN)
        self.addWidget(self._speed)
        self.addSeparator()
        self.addWidget(self._readout)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(spring)
        self._add(*_group("out"))
        self.more = _more_button(self)
        self._more = self.addWidget(self.more)
        self._more.setVisible(False)

    def _add(self, *keys: str) -> None:
        for key in keys:
            button = self._actions.button(key, self)
            button.setIconSize(self.iconSize())
            self._buttons[key], self._places[key] = button, self.addWidget(button)
            # A place enables its button whenever it changes: it has to know what the command can.
            self._actions[key].enabledChanged.connect(self._places[key].setEnabled)
            self._places[key].setEnabled(self._actions[key].isEnabled())

    def widgetForAction(self, action: QAction) -> QWidget:
        """The button of a command, whether it is shown or left out."""
        return self._buttons.get(action.objectName()) or super().widgetForAction(action)

    def left_out(self) -> tuple[str, ...]:
        """Commands that have no room now."""
        return tuple(key for key in LEFT_OUT if not self._places[key].isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave out what can be spared until the rest has room."""
        for spared in range(MEASURES + len(LEFT_OUT) + 1):
            self._spare(spared)
            if self.sizeHint().width() <= self.width():
                break
        menu = self.more.menu()
        menu.clear()
        menu.addActions([self._actions[key] for key in self.left_out()])

    def _spare(self, level: int) -> None:
        for key in SPARED:
            self._show_words(key, level < 1)
        self._speed.show_words(level < 2)
        self._readout.show_best(level < 3)
        self._show_words("run.play", level < 4)
        self._readout.show_epoch(level < 5)
        for place, key in enumerate(LEFT_OUT):
            self._places[key].setVisible(place >= level - MEASURES)
        self._more.setVisible(level > MEASURES)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()

    def _show_words(self, key: str, shown: bool) -> None:
        """Show the text beside an icon, or the icon alone; a steady width is measured again."""
        style = Qt.ToolButtonStyle
        wanted = style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly
        button = self._buttons[key]
        if button.toolButtonStyle() != wanted:
            button.setMinimumWidth(0)
            button.setToolButtonStyle(wanted)
            QApplication.sendEvent(button, QEvent(QEvent.Type.StyleChange))


def _group(name: str) -> tuple[str, ...]:
    return tuple(row.key for row in COMMANDS.values() if row.toolbar == name)


def _more_button(parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setText("»")
    button.setAutoRaise(True)
    button.setToolTip("Commands for which the toolbar has no room")
    button.setAccessibleName("More commands")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    button.setMenu(menu)
    return button
