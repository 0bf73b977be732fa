"""The column of panels on the left: data, model, training."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.panels.data_panel import DataPanel
from app.panels.model_panel import ModelPanel
from app.panels.training_panel import TrainingPanel
from app.preparation import Prepared


class SidePanels(QScrollArea):
    """Three panels, and the one configuration that two of them edit."""

    config_changed = Signal(object)
    """A `TrainingConfig` a person has chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.data, self.model, self.training = DataPanel(), ModelPanel(), TrainingPanel()
        self.model.value_changed.connect(self.config_changed)
        self.training.value_changed.connect(self.config_changed)
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(16)
        for panel in (self.data, self.model, self.training):
            box.addWidget(panel)
        box.addStretch(1)
        self.setWidget(column)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show data and settings as they are."""
        dataset = prepared.dataset
        self.data.set_table(prepared.table, dataset)
        self.data.set_value(prepared.choice)
        values = dataset.values
        reach = (float(values.min()), float(values.max())) if len(values) else None
        self.model.set_value(prepared.wanted, dataset.task, reach)
        self.training.set_value(
            prepared.wanted,
            prepared.stable_rate,
            dataset.samples,
            prepared.config.learning_rate,
        )
