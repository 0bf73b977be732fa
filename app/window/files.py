"""The doors to files: open, drop, recent, export, load weights."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from app.preparation import Prepared
from slp_core.errors import DataError, SlpError
from slp_core.network.parameters import Parameters
from slp_core.storage.model import Model, load_model

TABLES = "Tables (*.csv *.tsv *.txt *.data *.csv.gz);;All files (*)"
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


def ask_weights(parent: QWidget, folder: Path) -> str | None:
    """Ask for saved weights."""
    name, _ = QFileDialog.getOpenFileName(parent, "Load weights", str(folder), WEIGHTS)
    return name or None


def ask_export(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask where to save the weights; the chosen kind completes a name without an ending."""
    name, kind = QFileDialog.getSaveFileName(
        parent, "Export weights", str(suggestion), ";;".join(EXPORTS)
    )
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(EXPORTS.get(kind, ".json"))


def dropped_path(data: QMimeData) -> str | None:
    """The local file in a drop, if it is exactly one."""
    urls = data.urls() if data.hasUrls() else []
    return urls[0].toLocalFile() or None if len(urls) == 1 else None


def is_weights(path: str) -> bool:
    """Whether a file's name says that it holds weights."""
    return Path(path).suffix.lower() in WEIGHT_SUFFIXES


def fitting_parameters(path: Path, prepared: Prepared) -> tuple[Model, Parameters]:
    """Saved weights, re-expressed in the scaling of the open data.

    Raises
    ------
    DataError
        The file cannot be read, or its model is of other features, classes or another kind.
    """
    model = load_model(path)
    dataset = prepared.dataset
    ours, theirs = dataset.preparation, model.preparation
    if model.classes != dataset.classes or model.task != dataset.task:
        raise _misfit(path, "classes", ", ".join(model.classes), ", ".join(dataset.classes))
    names = [f.name for f in ours.features], [f.name for f in theirs.features]
    if names[0] != names[1]:
        raise _misfit(path, "features", ", ".join(names[1]), ", ".join(names[0]))
    if ours == theirs:
        return model, model.parameters
    original = theirs.in_original_units(model.parameters.W, model.parameters.b)
    if original is None or ours.degree != 1:
        raise DataError(
            f"{path.name} was trained with another scaling or degree",
            code="weights.misfit",
            path=path,
            hint="Choose the same scaling and degree, then load the weights again.",
        )
    return model, Parameters(*ours.from_original_units(*original))


def _misfit(path: Path, what: str, theirs: str, ours: str) -> SlpError:
    return DataError(
        f"{path.name} is a model of other {what} ({theirs or 'none'}) than the open data "
        f"({ours or 'none'})",
        code="weights.misfit",
        path=path,
        hint="Open the data it was trained on first.",
    )
