"""The time of a run in one thin strip: where it is, where it has been, and what happened there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.icons import icon
from app.panels.time_line_track import TimeTrack
from app.panels.time_line_value import TimeValue, place_text, widest_text
from app.theme import GRID, Theme

_MOST_WORDS: Final = 0.45
"""Share of the width that the place in words may take."""


class TimeLine(QWidget):
    """A function of one `TimeValue`: the place in words, the track, and the choice of its scale."""

    sought = Signal(object)
    """A person wants to see the run as it was after this many updates (an int of any size)."""
    log_changed = Signal(bool)
    """A person has chosen the other scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reserved = 0
        self.track = TimeTrack()
        self._place = QLabel()
        self._place.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._place.setAccessibleName("Place in the run")  # the track says where; see its text
        self._scale = QToolButton()
        self._scale.setCheckable(True)
        self._scale.setAutoRaise(True)
        self._scale.setToolTip("Spread the early updates: the track is even in their logarithm.")
        self._scale.setAccessibleName("Logarithmic time line")
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, 0, GRID // 2, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self._place)
        row.addWidget(self.track, 1)
        row.addWidget(self._scale)
        self.track.sought.connect(self._follow)
        self._scale.toggled.connect(self._choose)
        self._dress()
        self._say()

    def value(self) -> TimeValue:
        """What is shown."""
        return self.track.time()

    def set_value(self, value: TimeValue) -> None:
        """Show a moment of a run; says nothing."""
        self.track.set_time(value)
        self._say()

    def is_log(self) -> bool:
        """Whether the early updates are spread."""
        return self._scale.isChecked()

    def set_log(self, log: bool) -> None:
        """Choose the scale; says nothing."""
        self._scale.blockSignals(True)
        self._scale.setChecked(log)
        self._scale.blockSignals(False)
        self.track.set_log(log)

    def set_theme(self, theme: Theme) -> None:
        """Take over colours and size of type."""
        self._dress(theme)
        self._say()
        self.track.updateGeometry()
        self.track.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room."""
        super().resizeEvent(event)
        self._say()

    def text(self) -> str:
        """The place in words."""
        return self._place.text()

    @Slot(object)
    def _follow(self, update: int) -> None:
        self._say()
        self.sought.emit(update)

    @Slot(bool)
    def _choose(self, log: bool) -> None:
        self.track.set_log(log)
        self.log_changed.emit(log)

    def _dress(self, theme: Theme | None = None) -> None:
        self._scale.setIcon(icon("log", theme))
        self._reserved = 0

    def _say(self) -> None:
        """Write the place; its room only grows with the scale."""
        value, extent = self.track.time(), self.track.scale().extent
        metrics = QFontMetrics(self._place.font())
        whole = metrics.horizontalAdvance(widest_text(value, extent)) + 2
        brief = whole > _MOST_WORDS * self.width()
        wide = metrics.horizontalAdvance(widest_text(value, extent, brief=True)) + 2
        wide = wide if brief else whole
        self._place.setText(place_text(value, self.track.shown(), brief=brief))
        self._place.setToolTip(place_text(value, self.track.shown()) if brief else "")
        if wide != self._reserved:
            self._reserved = wide
            # In height, too: a label that may grow has the window laid out with each text.
            self._place.setFixedSize(wide, metrics.height())
