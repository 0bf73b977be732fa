"""The one strip of controls that a presenter keeps, with the numbers and the verdict."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.actions import Actions
from app.panels.texts import ElidedLabel
from app.theme import GRID, Theme
from app.window.readout import Readout
from app.window.speed import SpeedSlider

RUN = ("run.play", "run.back_update", "run.step_update", "run.restart_same")
LOOK = ("view.pointer", "view.presenter")
ICON = 1.7
"""Side of an icon in sizes of type, in points."""


class PresenterStrip(QFrame):
    """Shows what it is told; its buttons are the window's commands, its slider tells the speed."""

    speed_changed = Signal(object)
    """Updates a second, or None without a limit."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("presenter")
        self.setAccessibleName("Presenter")
        self.speed, self.readout, self.verdict = (
            SpeedSlider(),
            Readout(),
            ElidedLabel(strong=True, elide=Qt.TextElideMode.ElideRight),
        )
        self._run = [actions.button(key, self) for key in RUN]
        self._look = [actions.button(key, self) for key in LOOK]
        self._lay_out()
        self.speed.value_changed.connect(self.speed_changed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Measure everything again in another size of type."""
        side = round(ICON * theme.font_size)
        for button in self.buttons:
            button.setIconSize(QSize(side, side))
        self.readout.fit()
        self.speed.fit()
        self.fit()

    @property
    def buttons(self) -> list[QToolButton]:
        """All buttons, from left to right."""
        return [*self._run, *self._look]

    @Slot(str)
    def show_verdict(self, text: str) -> None:
        """Show the sentence of the status line."""
        self.verdict.set_text(text)

    @Slot(object)
    def show_speed(self, rate: float | None) -> None:
        """Show the speed; says nothing where it is the same."""
        if rate != self.speed.value():
            self.speed.set_value(rate)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes: what has no room is left out."""
        return QSize(0, super().minimumSizeHint().height())

    def fit(self) -> None:
        """Leave out the words of the speed, then the best loss, where room is short."""
        for level in range(3):
            self.speed.show_words(level < 1)
            self.readout.show_best(level < 2)
            self._controls.invalidate()
            if self._controls.sizeHint().width() <= self.width() - 2 * GRID:
                return

    def _lay_out(self) -> None:
        self._controls = QHBoxLayout()
        self._controls.setSpacing(GRID // 2)
        for button in self._run:
            self._controls.addWidget(button)
        self._controls.addWidget(self.speed)
        self._controls.addStretch(1)
        self._controls.addWidget(self.readout)
        self._controls.addSpacing(GRID)
        for button in self._look:
            self._controls.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        column.setSpacing(GRID // 2)
        column.addLayout(self._controls)
        column.addWidget(_indented(self.verdict))


def _indented(widget: QWidget) -> QWidget:
    """A widget that begins where the text of the buttons above it does."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(GRID, 0, GRID, 0)
    row.addWidget(widget, 1)
    return box
