"""The toolbar: files, the run, its speed and its numbers, what leaves the program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QWidget

from app.actions import Actions


class RunToolBar(QToolBar):
    """The commands of the toolbar, with widgets of the window between their groups."""

    def __init__(self, actions: Actions, speed: QWidget, readout: QWidget) -> None:
        super().__init__("Toolbar")
        self.setObjectName("toolbar")
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
