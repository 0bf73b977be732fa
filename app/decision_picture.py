"""The decision view as a picture file, without a window and without a display."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, Qt
from PySide6.QtWidgets import QApplication, QLayout

from app import theme
from app.plots.decision import DecisionPlot
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from slp_core.storage.atomic import write_bytes
from slp_core.training.snapshot import Snapshot

SIZE = (960, 720)
_TURNS = 10
"""Turns of the event loop in which everything that was put off gets built and laid out."""


def draw_decision(path: Path, dataset: Dataset, snapshot: Snapshot) -> None:
    """Draw regions, boundary, samples and mistakes of ``snapshot`` into a PNG file.

    Raises
    ------
    DataError
        The file cannot be written.
    """
    application = _application()
    activation, loss = snapshot.config.activation, snapshot.config.loss
    assert activation is not None  # noqa: S101  # a snapshot's settings are resolved
    assert loss is not None  # noqa: S101
    plot = DecisionPlot()
    try:
        layout = plot.layout()
        assert layout is not None  # noqa: S101  # a plot is laid out
        # Size hints for a window manager would only make the offscreen platform complain.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        plot.resize(*SIZE)
        plot.set_data(dataset)
        plot.set_model(pair(activation, loss))
        plot.show()
        plot.show_parameters(snapshot.parameters)
        plot.show_mistakes(snapshot.parameters)
        for _ in range(_TURNS):
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        plot.grab().save(buffer, "PNG")
    finally:
        plot.close()
        plot.deleteLater()
    write_bytes(path, bytes(buffer.data().data()))


def _application() -> QApplication:
    """The application that is running, or one that draws into memory."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication(["perceptron-lab"])
    theme.apply(application, theme.THEMES["light"])
    return application
