"""The strip of a lesson: its title, the step, what to see and to do, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
)

from app.panels.texts import ElidedLabel
from app.theme import GRID


@dataclass(frozen=True, slots=True)
class LessonValue:
    """What the strip shows: the texts of all steps, and which one is on (from 0)."""

    title: str
    question: str
    texts: tuple[str, ...]
    step: int = 0
    source: str = ""


class LessonStrip(QFrame):
    """A function of one `LessonValue`; hidden while there is none.

    It is as high as its longest step needs, so that the views below stay where they are from step
    to step.
    """

    step_asked = Signal(int)
    """The number of another step, from 0; the same one begins again."""
    close_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("lesson")
        self._value: LessonValue | None = None
        self.title = ElidedLabel(strong=True, elide=Qt.TextElideMode.ElideRight)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.text = StepText()
        self.back = _button("&Back", "Go back to the step before (Page Up).")
        self.next = _button("&Next", "Go to the next step (Page Down).")
        self.next.setProperty("primary", True)
        self.again = _button("Restart s&tep", "Begin this step again (Shift+Page Up).")
        self.again.setFlat(True)
        self.close_ = QToolButton()
        self.close_.setText("✕")
        self.close_.setAutoRaise(True)
        self.close_.setAccessibleName("Close the lesson")
        self.close_.setToolTip("Close the lesson; data and runs stay as they are (Ctrl+Shift+L).")
        self._lay_out()
        self.back.clicked.connect(lambda: self._ask(-1))
        self.next.clicked.connect(lambda: self._ask(1))
        self.again.clicked.connect(lambda: self._ask(0))
        self.close_.clicked.connect(self.close_asked)
        self.hide()

    def _lay_out(self) -> None:
        head, ways = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.title, 1)
        for widget in (self.back, self.count, self.next, self.again):
            ways.addWidget(widget)
        ways.setSpacing(GRID)
        head.addLayout(ways)
        head.addWidget(self.close_)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.addLayout(head, 0, 0)
        grid.addWidget(self.text, 1, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def value(self) -> LessonValue | None:
        """What is shown."""
        return self._value

    def set_value(self, value: LessonValue | None) -> None:
        """Show a step, or nothing; says it to screen readers too."""
        self._value = value
        self.setVisible(value is not None)
        if value is None:
            return
        last = len(value.texts) - 1
        source = f"\nAsked at {value.source}" if value.source else ""
        self.title.set_text(value.title, f"{value.question}{source}")
        self.count.setText(f"{value.step + 1} of {last + 1}")
        self.count.setAccessibleName(f"Step {value.step + 1} of {last + 1}")
        self.text.set_texts(value.texts, value.step)
        self.back.setEnabled(value.step > 0)
        self.next.setEnabled(value.step < last)
        said = f"{value.title}, step {value.step + 1} of {last + 1}. {value.texts[value.step]}"
        self.setAccessibleName(f"Lesson: {value.title}")
        self.setAccessibleDescription(said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _ask(self, by: int) -> None:
        if self._value is not None:
            self.step_asked.emit(self._value.step + by)


class StepText(QLabel):
    """The text of one step, with room for the longest of all."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[str, ...] = ()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        # Not on the way of Tab: the keys of a focused text would no longer turn the steps.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("What to see and to do")

    def set_texts(self, texts: Sequence[str], shown: int) -> None:
        """Show one of these."""
        self._texts = tuple(texts)
        self.setText(texts[shown])
        self.setAccessibleDescription(texts[shown])
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:
        """What the longest needs."""
        room, flags = QRect(0, 0, max(width, 1), 1 << 20), Qt.TextFlag.TextWordWrap
        metrics = self.fontMetrics()
        heights = [metrics.boundingRect(room, flags, text).height() for text in self._texts]
        return max([metrics.lineSpacing(), *heights]) + 2


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleDescription(tip)
    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
