"""The pair card: does this activation go with this loss, and why, in one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.panels.form import IconLabel
from app.panels.texts import ClampedText, ElidedLabel
from app.theme import GRID, current_theme
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.pairs import Pair

LEAST, MOST = 3, 6
"""Lines of the reason: the card grows with a longer one and stays so, lest everything jumps."""

WHY = (
    "Show why in the pair plot: loss and error signal over the score, and where the samples sit on"
    " them."
)


@dataclass(frozen=True, slots=True)
class StatusLook:
    """How a status is shown: never by colour alone. ``role`` is a field of the theme."""

    word: str
    icon: str
    role: str


STATUS_LOOKS: Mapping[str, StatusLook] = MappingProxyType(
    {
        "canonical": StatusLook("Canonical", "star", "ok"),
        "works": StatusLook("Works", "check", "ok"),
        "saturates": StatusLook("Saturates", "saturates", "warning"),
        "cannot_learn": StatusLook("Cannot learn", "flat", "danger"),
        "undefined": StatusLook("Undefined", "forbidden", "danger"),
    }
)


def targets_text(pair: Pair, task: str = "binary") -> str:
    """How the target is written as numbers: "y = 0, 1" for classes, "y any number" else."""
    if pair.targets == "one_hot":
        return "y one-hot"
    if task == "regression":
        return _numbers_text(ACTIVATIONS[pair.activation].range)
    low, high = pair.target_values
    return f"y = {low:g}, {high:g}".replace("-", "−")


def _numbers_text(reach: tuple[float, float]) -> str:
    """Which numbers an activation can reach."""
    low, high = reach
    if math.isfinite(high):
        return f"{low:g} ≤ y ≤ {high:g}".replace("-", "−")
    return "y any number" if math.isinf(low) else f"y ≥ {low:g}"


class PairCard(QWidget):
    """A function of one `Pair`: status, reason, error signal, coding of the targets."""

    why_asked = Signal()
    """The judgement shall be drawn, over the scores of the samples."""

    def __init__(self) -> None:
        super().__init__()
        self._pair: Pair | None = None
        self._icon, self.word = IconLabel("check", "ok"), QPushButton()
        self._targets, self._reason = QLabel(), ClampedText(LEAST, MOST)
        self._signal = ElidedLabel(elide=Qt.TextElideMode.ElideRight)
        self._targets.setProperty("role", "small")
        self._targets.setToolTip("How the target is written as numbers for this pair.")
        self.word.setFlat(True)
        self.word.setProperty("role", "strong-link")
        self.word.setToolTip(WHY)
        self.word.setAccessibleDescription(WHY)
        self.word.clicked.connect(self.why_asked)
        self.setAccessibleName("Pair card")
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID - 2)
        head.addWidget(self._icon)
        head.addWidget(self.word)
        head.addStretch(1)
        head.addWidget(self._targets)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 2, GRID - 2, GRID + 2, GRID - 2)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._signal)
        column.addWidget(self._reason)

    def value(self) -> Pair | None:
        """The pair that is shown."""
        return self._pair

    def set_value(self, pair: Pair, task: str = "binary") -> None:
        """Show another pair, with the coding of the targets for this task."""
        self._pair = pair
        look = STATUS_LOOKS[pair.status]
        self._icon.set_icon(look.icon, look.role)
        self.word.setText(look.word)
        self._targets.setText(targets_text(pair, task))
        self._reason.set_text(pair.reason)
        signal = f"∂L/∂v = {pair.error_signal}"
        self._signal.set_text(signal, f"Error signal of one sample: {signal}")
        self.setAccessibleDescription(f"{look.word}. {pair.reason} Error signal {signal}.")
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the panel lets it be."""
        return QSize(30 * GRID, super().sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet card: the ground of the data, no frame, an edge in the colour of the status."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self._pair is not None:
            painter.setBrush(QColor(getattr(theme, STATUS_LOOKS[self._pair.status].role)))
            painter.drawRoundedRect(QRectF(0, GRID, 3, self.height() - 2 * GRID), 1.5, 1.5)
        painter.end()
