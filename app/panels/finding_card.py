"""One finding: how much it matters, what was found, why, and one click that may mend it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from app.numbers import typeset
from app.panels.form import IconLabel
from app.theme import GRID, current_theme
from slp_core.insight.experiments_rows import EXPERIMENT_FOR, EXPERIMENTS
from slp_core.insight.findings import Finding

LEVELS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "fault": ("forbidden", "danger", "Fault"),
        "caution": ("warning", "warning", "Caution"),
        "note": ("info", "muted", "Note"),
    }
)
"""Icon, colour of the theme and word of each level."""


_TIP = "Change this setting; undo takes it back."
_TIPS: Mapping[str, str] = MappingProxyType(
    {
        "reading": "Open the dialog in which the reading of the file is chosen.",
        "gradient": "Show your formula in the gradient lab, and check it there.",
    }
)
"""What the button does, where it changes no setting at once."""


def _click_tip(finding: Finding) -> str:
    """What a click on the card shows."""
    if finding.rows and finding.span is not None:
        return "Click to select the points and to mark the updates on curves and time line."
    if finding.rows:
        return "Click to select the points that it is about."
    return "Click to mark the updates on curves and time line." if finding.span is not None else ""


class FindingCard(QFrame):
    """A function of one `Finding`; a click shows what it is about."""

    chosen = Signal(object)
    """The finding, when its span and its rows are to be shown."""
    fix_asked = Signal(object)
    """The finding whose fix is to be applied."""
    experiment_asked = Signal(str)
    """Key of the experiment that tells more."""

    def __init__(self, finding: Finding) -> None:
        super().__init__()
        self._finding, self._chosen = finding, False
        self._icon, self._title, self._id = IconLabel("info"), QLabel(), QLabel()
        self._text, self._advice = QLabel(), QLabel()
        self.fix = QPushButton()
        self.fix.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.fix.clicked.connect(self._ask_fix)
        self.experiment = QPushButton()
        self.experiment.setProperty("role", "link")
        self.experiment.setFlat(True)
        self.experiment.clicked.connect(self._ask_experiment)
        self._title.setProperty("role", "strong")
        self._id.setProperty("role", "small")
        self._advice.setProperty("role", "small")
        for label in (self._text, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self.set_value(finding)

    def value(self) -> Finding:
        """What is shown."""
        return self._finding

    def set_value(self, finding: Finding) -> None:
        """Show the finding with other numbers, or another."""
        self._finding = finding
        name, role, word = LEVELS[finding.level]
        self._icon.set_icon(name, role)
        self._icon.setToolTip(word)
        self._title.setText(finding.title)
        self._id.setText(f"{word} · {finding.id}")
        self._text.setText(typeset(finding.text))
        self._advice.setText(typeset(finding.advice))
        self.fix.setVisible(finding.fix is not None)
        if finding.fix is not None:
            self.fix.setText(finding.fix.label.replace("&", "&&"))
            self.fix.setToolTip(_TIPS.get(finding.fix.scope, _TIP))
            self.fix.setAccessibleDescription(f"{finding.title}: {finding.fix.label}")
        self._show_experiment(finding)
        about = bool(finding.rows) or finding.span is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if about else Qt.CursorShape.ArrowCursor)
        self.setToolTip(_click_tip(finding))
        self.setAccessibleName(f"{word}: {finding.title}")
        self.setAccessibleDescription(f"{finding.text} {finding.advice}")
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Frame it, as what is shown is about it."""
        self._chosen = chosen
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.chosen.emit(self._finding)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self._finding)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet card with an edge in the colour of its level."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        framed = self._chosen or self.hasFocus()
        pen = QPen(QColor(theme.accent if framed else theme.border))
        pen.setWidthF(2.0 if self._chosen else 1.0)
        painter.setPen(pen)
        painter.setBrush(QColor(theme.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme, LEVELS[self._finding.level][1])))
        painter.drawRoundedRect(QRectF(0, GRID, 3, self.height() - 2 * GRID), 1.5, 1.5)
        painter.end()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GRID - 2)
        head.addWidget(self._icon)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._id)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID + 4, GRID - 2, GRID + 2, GRID - 2)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._advice)
        column.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.experiment, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_experiment(self, finding: Finding) -> None:
        """Offer the experiment that tells more about it."""
        key = EXPERIMENT_FOR.get(finding.id, "")
        if key == "rate_sweep" and finding.hint:
            key = ""  # a typed formula is to blame, and no rate helps
        self.experiment.setVisible(bool(key))
        if key:
            row = EXPERIMENTS[key]
            self.experiment.setText(f"Experiment: {row.label}")
            self.experiment.setToolTip(row.tells)
            self.experiment.setAccessibleDescription(row.tells)

    def _ask_experiment(self) -> None:
        self.experiment_asked.emit(EXPERIMENT_FOR[self._finding.id])

    def _ask_fix(self) -> None:
        self.fix_asked.emit(self._finding)
