"""Errors and notes, above the views: never modal, so training and the panels stay usable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.problems import Problem


class Banner(QFrame):
    """One problem in words with a hint; its details can be read and copied; closed by a key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._problem: Problem | None = None
        self._title = QLabel()
        self._title.setProperty("role", "strong")
        self._text = QLabel()
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._details = QPushButton("&Details")
        self._details.setToolTip("Show everything known about this problem, ready to copy")
        self._details.clicked.connect(self._show_details)
        self._offer = QPushButton()
        self._offer.clicked.connect(self._take_offer)
        self._take: Callable[[], None] | None = None
        close = QToolButton()
        close.setText("✕")
        close.setAutoRaise(True)
        close.setToolTip("Close this message (Esc)")
        close.setAccessibleName("Close the message")
        close.setShortcut(Qt.Key.Key_Escape)
        close.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._offer, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._details, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def problem(self) -> Problem | None:
        """The problem on the screen."""
        return self._problem

    def show_problem(
        self, problem: Problem, offer: tuple[str, Callable[[], None]] | None = None
    ) -> None:
        """Show a problem in place of the one before, and maybe what can be done about it."""
        self._problem = problem
        self._take = offer[1] if offer is not None else None
        self._offer.setVisible(offer is not None)
        self._offer.setText(offer[0] if offer is not None else "")
        self._title.setText(problem.title)
        self._text.setText(
            " ".join(part for part in (_sentence(problem.text), problem.hint) if part)
        )
        self.setAccessibleName(f"{problem.title}. {problem.text}")
        self.show()

    def clear(self) -> None:
        """Close the message."""
        self._problem = None
        self.hide()

    def _take_offer(self) -> None:
        take = self._take
        self.clear()
        if take is not None:
            take()

    def _show_details(self) -> None:
        if self._problem is not None:
            DetailsDialog(self._problem, self.window()).show()


def _sentence(text: str) -> str:
    """The text with a capital letter and a full stop, so that a hint can follow it."""
    text = text.strip()
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    if first.isalpha():  # a file name or an option keeps its letters
        text = text[0].upper() + text[1:]
    return text + ("" if text[-1] in ".!?…" else ".")


class DetailsDialog(QDialog):
    """The details of a problem, to read and to copy. Not modal."""

    def __init__(self, problem: Problem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(problem.title)
        self._all = "\n".join((problem.title, problem.text, problem.hint, "", problem.details))
        view = QPlainTextEdit(self._all)
        view.setReadOnly(True)
        view.setAccessibleName("Details of the problem")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip("Copy all of this to the clipboard")
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(view)
        box.addWidget(buttons)
        self.resize(720, 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._all)
