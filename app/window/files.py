"""The doors to files: open, drop, recent, export, load weights."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.lessons.reading import is_lesson

TABLES = "Tables (*.csv *.tsv *.txt *.data *.csv.gz);;Lessons (*.json);;All files (*)"
LESSONS = "Lessons (*.json);;All files (*)"
SAVED_TABLES = "Comma separated values (*.csv);;All files (*)"
WEIGHTS = "Weights (*.json *.npz);;All files (*)"
EXPORTS = {
    "JSON, read back by this program (*.json)": ".json",
    "NumPy arrays (*.npz)": ".npz",
    "Table of weights (*.csv)": ".csv",
    "Stand-alone NumPy function (*.py)": ".py",
}
WEIGHT_SUFFIXES = (".json", ".npz")


def ask_table(parent: QWidget, folder: Path) -> str | None:
    """Ask for a table to open; None when the person thinks better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open a table", str(folder), TABLES)
    return name or None


def ask_save_table(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the table; a name without an ending gets one."""
    name, _ = QFileDialog.getSaveFileName(parent, "Save the data", str(suggestion), SAVED_TABLES)
    if not name:
        return None
    path = Path(name)
    if path.suffix:
        return path
    path = path.with_suffix(".csv")
    return path if not path.exists() or may_replace(parent, path) else None


def ask_picture(parent: QWidget, suggestion: Path, kind: str) -> Path | None:
    """Ask where to save a picture of ``kind`` png or svg; a name without an ending gets it."""
    filters = f"{kind.upper()} (*.{kind});;All files (*)"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the picture", str(suggestion), filters)
    if not name:
        return None
    path = Path(name)
    if path.suffix:
        return path
    path = path.with_suffix(f".{kind}")
    return path if not path.exists() or may_replace(parent, path) else None


def ask_to_save(parent: QWidget) -> Literal["save", "discard", "cancel"]:
    """Ask what becomes of points that were edited and not saved."""
    kinds = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Save the data?")
    box.setText("The data was edited and is not saved.")
    box.setInformativeText("Save it as a CSV file before it is left?")
    box.setStandardButtons(kinds.Save | kinds.Discard | kinds.Cancel)
    box.setDefaultButton(kinds.Save)
    answer = box.exec()
    words: dict[int, Literal["save", "discard"]] = {kinds.Save: "save", kinds.Discard: "discard"}
    return words.get(answer, "cancel")


def ask_weights(parent: QWidget, folder: Path) -> str | None:
    """Ask for saved weights."""
    name, _ = QFileDialog.getOpenFileName(parent, "Load weights", str(folder), WEIGHTS)
    return name or None


def ask_lesson(parent: QWidget, folder: Path) -> str | None:
    """Ask for a lesson to open."""
    name, _ = QFileDialog.getOpenFileName(parent, "Open a lesson", str(folder), LESSONS)
    return name or None


def ask_export(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the weights; the chosen kind completes a name without an ending."""
    name, kind = QFileDialog.getSaveFileName(
        parent, "Export weights", str(suggestion), ";;".join(EXPORTS)
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix:
        return path
    # The dialog has asked about the name as it was typed, not about this one.
    path = path.with_suffix(EXPORTS.get(kind, ".json"))
    return path if not path.exists() or may_replace(parent, path) else None


def may_replace(parent: QWidget, path: Path) -> bool:
    """Ask whether a file that is there may be replaced."""
    answer = QMessageBox.question(parent, "Replace the file?", f"{path.name} exists. Replace it?")
    return answer == QMessageBox.StandardButton.Yes


def dropped_path(data: QMimeData) -> str | None:
    """The local file in a drop, if it is exactly one."""
    urls = data.urls() if data.hasUrls() else []
    return urls[0].toLocalFile() or None if len(urls) == 1 else None


def is_weights(path: str) -> bool:
    """Whether a file's name says that it holds weights, and its content is no lesson."""
    return Path(path).suffix.lower() in WEIGHT_SUFFIXES and not is_lesson(path)
