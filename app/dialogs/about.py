"""About: version, licence, and what the program stands on."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.dialogs.sheet import Sheet
from app.icons import application_icon
from app.problems import versions
from app.theme import GRID

TEXT = "See, check and understand how a one-layer network learns, on your own data."
THANKS = (
    "Stands on NumPy, SciPy, Qt (PySide6, LGPL) and pyqtgraph. Class colours by Okabe and "
    "Ito, P. Tol, and IBM."
)


def version() -> str:
    """The installed version, or a word for a copy that is not installed."""
    try:
        return metadata.version("perceptron-lab")
    except metadata.PackageNotFoundError:
        return "not installed"


class AboutDialog(Sheet):
    """Says what this is; the versions can be copied into a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("About Perceptron Lab", parent)
        mark = QLabel()
        mark.setPixmap(application_icon().pixmap(QSize(48, 48)))
        words = QVBoxLayout()
        words.setSpacing(GRID // 2)
        for text, role in (
            ("Perceptron Lab", "title"),
            (f"Version {version()} · MIT licence", "muted"),
            (TEXT, ""),
            (THANKS, "small"),
            (versions(), "small"),
        ):
            words.addWidget(_label(text, role))
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        copy = self.buttons.addButton("&Copy versions", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip("Copy the versions of everything a fault may depend on.")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(versions()))
        self.finish()
        width = 64 * GRID
        self.resize(width, self.column.heightForWidth(width))


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
