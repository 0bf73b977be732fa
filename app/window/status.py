"""The line at the bottom: where the run is, in one sentence, and long work in progress."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar

from app.moment import Told
from app.numbers import typeset
from app.panels.form import IconLabel
from app.panels.seldom import Seldom
from app.panels.texts import ElidedLabel
from slp_core.insight.verdict import judge
from slp_core.training.snapshot import Snapshot

NOTE_SECONDS = 8
NUMBERS_EVERY = 5000
"""Milliseconds between numbers said aloud while training goes on; reading them takes some four."""
EMPTY = "No data is open: drop a CSV file anywhere on this window, or press Ctrl+O."


def status_text(snapshot: Snapshot, playing: bool) -> str:
    """What the run is doing, or why it stopped."""
    if snapshot.stop is not None:
        more = " Press Play to train on." if snapshot.stop.kind == "epochs" else ""
        return f"{snapshot.stop.text} {judge(snapshot).text}{more}"
    if playing:
        return "Training. Every setting on the left can be changed while it runs."
    if snapshot.update == 0:
        return "Ready: press Play (Space), or drop a CSV file anywhere on this window."
    plural = "" if snapshot.update == 1 else "s"
    return f"Paused after {snapshot.update:,} update{plural}."


class TrafficLight(IconLabel):
    """Icon, colour and words for how bad the worst finding is; a click asks why."""

    clicked = Signal()

    def __init__(self, name: str, role: str) -> None:
        super().__init__(name, role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.clicked.emit()


class StatusLine(QStatusBar):
    """Says the state of the run; a note takes its place for some seconds."""

    cancel_asked = Signal()
    """The long work in progress should stop."""
    why_asked = Signal()
    """The evidence behind the verdict is asked for."""

    said = Signal(str)
    """What stands there now."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers = ""
        self._voice, self._figures = Seldom(self), Seldom(self, NUMBERS_EVERY)
        self._voice.passed.connect(self._announce)
        self._figures.passed.connect(self._take_numbers)
        self._state = self._note = self._work = self._verdict = ""
        self.message, self.pace = ElidedLabel(elide=Qt.TextElideMode.ElideRight), QLabel()
        self.pace.setContentsMargins(0, 0, 12, 0)
        self.pace.setProperty("role", "muted")
        self.pace.setAccessibleName("Updates a second")  # else each text is told
        self.progress, self.cancel = QProgressBar(), QPushButton("Cancel")
        self.progress.setRange(0, 1000)
        self.progress.setMaximumWidth(180)
        self.progress.setTextVisible(False)
        self.cancel.setToolTip("Stop reading; what is open stays")
        self.cancel.clicked.connect(self.cancel_asked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(NOTE_SECONDS * 1000)
        self._timer.timeout.connect(self._end_note)
        self.light, self.why = TrafficLight("check", "ok"), QPushButton("Why?")
        self.why.setFlat(True)
        self.why.setProperty("role", "link")
        self.why.setToolTip("Show the evidence, the exact answers and everything that was found.")
        self.why.clicked.connect(self.why_asked)
        self.light.clicked.connect(self.why_asked)
        self.addWidget(self.light)
        self.addWidget(self.message, 1)
        self.addWidget(self.why)
        for widget in (self.progress, self.cancel, self.pace):
            self.addPermanentWidget(widget)
        for widget in (self.light, self.why):  # nothing to judge before there is data
            widget.hide()
        self.show_state(EMPTY)
        self.show_work("", 1.0)

    def show_state(self, text: str) -> None:
        """The sentence that stands there when nothing else is to be said."""
        self._state = text
        self._say()

    def show_told(self, told: Told | None) -> None:
        """Show the verdict of a run that moves or has moved, and how bad the worst finding is."""
        diagnosis = told.diagnosis if told is not None else None
        moved = told is not None and told.snapshot.update > 0
        self._verdict = diagnosis.verdict.text if diagnosis is not None and moved else ""
        self.light.show()
        self.why.show()
        name, role, word = _light(told)
        titles = [finding.title for finding in told.findings] if told is not None else []
        self.light.set_icon(name, role)
        self.light.setToolTip("\n".join([f"{word}.", *(f"• {title}" for title in titles)]))
        self.light.setAccessibleName(word)
        self.why.setText(f"Why? ({len(titles)})" if titles else "Why?")
        self.why.setAccessibleDescription(f"{word}. {self.why.toolTip()}")
        self._say()

    def show_note(self, text: str) -> None:
        """Say something for some seconds."""
        self._note = text
        self._timer.start()
        self._say()

    def end_note(self) -> None:
        """Take a note back: what it is about is gone."""
        self._timer.stop()
        self._end_note()

    def show_work(self, text: str, share: float) -> None:
        """Show what is being worked on and the share done (0..1); an empty text ends it."""
        self._work = f"{text} …" if text else ""
        self.progress.setVisible(bool(text))
        self.cancel.setVisible(bool(text))
        self.progress.setValue(round(1000 * share))
        self._say()

    def show_pace(self, updates_per_second: float) -> None:
        """Show the measured speed."""
        self.pace.setText(f"{updates_per_second:,.0f} updates/s" if updates_per_second else "")

    @Slot()
    def _end_note(self) -> None:
        self._note = ""
        self._say()

    def _say(self) -> None:
        text = self._work or self._note or typeset(self._verdict or self._state)
        if text != self.message.text():
            self.message.set_text(text)
            self.said.emit(text)
            self._voice.offer(self._words())

    # For those who listen.

    @Slot(str)
    def hear_numbers(self, text: str) -> None:
        """Say the numbers of the moment with the sentence, but not every time."""
        self._figures.offer(text)

    @Slot(str)
    def _take_numbers(self, text: str) -> None:
        self._numbers = text
        self._voice.offer(self._words())

    def _words(self) -> str:
        return f"{self.message.text()} {self._numbers}".strip()

    @Slot(str)
    def _announce(self, text: str) -> None:
        """Tell screen readers; this happens at most once a second."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))


def _light(told: Told | None) -> tuple[str, str, str]:
    """The traffic light: an icon, a colour and words, so that no colour is needed."""
    findings = told.findings if told is not None else ()
    counts = {level: sum(f.level == level for f in findings) for level in ("fault", "caution")}
    if counts["fault"]:
        return "forbidden", "danger", f"Something keeps it from learning: {_count(counts['fault'])}"
    if counts["caution"]:
        return "warning", "warning", f"Worth a look: {_count(counts['caution'])}"
    if told is None or told.diagnosis is None:
        return "info", "muted", "Being looked at"
    return "check", "ok", "Nothing odd was found"


def _count(number: int) -> str:
    return f"{number} finding" + ("" if number == 1 else "s")
