"""The toolbar: files, the run, its speed and its numbers, what leaves the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from app.actions import Actions
from app.window.readout import Readout
from app.window.speed import SpeedSlider

SPARED = ("file.open", "file.samples", "run.compare", "file.export_weights")
"""Commands whose picture can do without its text where room is short; Play never."""


class RunToolBar(QToolBar):
    """The commands of the toolbar, with widgets of the window between their groups."""

    def __init__(self, actions: Actions, speed: SpeedSlider, readout: Readout) -> None:
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
        self._speed, self._readout = speed, readout
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        actions.fill_toolbar(self, "file")
        self.addSeparator()
        actions.fill_toolbar(self, "run")
        self.addWidget(speed)
        self.addSeparator()
        self.addWidget(readout)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(spring)
        actions.fill_toolbar(self, "out")
        buttons = (self.widgetForAction(actions[key]) for key in SPARED)
        self._spared = [button for button in buttons if isinstance(button, QToolButton)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Leave out what can be spared until the rest has room: texts, then the best loss."""
        for spared in range(4):
            self._spare(spared)
            if self.sizeHint().width() <= self.width():
                return

    def _spare(self, level: int) -> None:
        style = Qt.ToolButtonStyle
        words = style.ToolButtonTextBesideIcon if level < 1 else style.ToolButtonIconOnly
        for button in self._spared:
            button.setToolButtonStyle(words)
        self._speed.show_words(level < 2)
        self._readout.show_best(level < 3)
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
