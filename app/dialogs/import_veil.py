"""What lies over the preview while a file is read, and what takes its place if it cannot be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.panels.form import IconLabel
from app.problems import problem_from
from app.theme import GRID, current_theme

DELAY = 250
"""Milliseconds after which reading is shown: most files are read by then."""
_DIM = 165


class Veil(QWidget):
    """Dims what is old until the new is there; keeps the mouse off it, not the keys."""

    cancel_asked = Signal()
    """Reading should stop."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.label, self.bar = QLabel("Reading …"), QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Share of the file that is read")
        self.cancel = QPushButton("Stop reading")
        self.cancel.setAutoDefault(False)
        self.cancel.setToolTip("Go back to the choices before (Esc).")
        self.cancel.clicked.connect(self.cancel_asked)
        card = QFrame()
        card.setObjectName("popup")
        card.setFixedWidth(32 * GRID)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        inside.setSpacing(GRID)
        for widget in (self.label, self.bar):
            inside.addWidget(widget)
        inside.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._show)
        over.installEventFilter(self)
        self.hide()

    def start(self, name: str) -> None:
        """Reading has begun; it shows if that takes a while."""
        self.label.setText(f"Reading {name} …")
        self.bar.setValue(0)
        if self.isHidden():
            self._timer.start()

    def set_share(self, share: float) -> None:
        """How much is read (0..1)."""
        self.bar.setValue(round(1000 * share))

    def end(self) -> None:
        """Reading is over."""
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover what it lies over, whatever size that gets."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim what lies below."""
        painter = QPainter(self)
        color = QColor(current_theme().window)
        color.setAlpha(_DIM)
        painter.fillRect(self.rect(), color)
        painter.end()

    def _show(self) -> None:
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()


class RefusalPage(QFrame):
    """Why a file cannot be read, and what to do, in the place of the preview."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.text, self.hint = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.hint.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addStretch(1)
        column.addWidget(IconLabel("warning", "danger", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        for label in (self.title, self.text, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)

    def show_error(self, error: Exception) -> None:
        """Show an error in words."""
        problem = problem_from(error)
        self.title.setText(problem.title)
        text = problem.text
        self.text.setText(text if text.endswith((".", "?", "!")) else f"{text}.")
        self.hint.setText(problem.hint)
        self.setAccessibleName(f"{problem.title}. {problem.text}. {problem.hint}")
