"""The column of panels on the left: data, model, training."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.panels.data_panel import DataPanel
from app.panels.form import Disclosure
from app.panels.model_panel import ModelPanel
from app.panels.training_panel import TrainingPanel
from app.preparation import Prepared
from app.theme import Theme
from slp_core.training.config import TrainingConfig

WIDTH = 304
"""Pixels the panels need at 11 points."""


class SidePanels(QScrollArea):
    """Three panels, and the one configuration that two of them edit."""

    config_changed = Signal(object)
    """A `TrainingConfig` a person has chosen."""

    compare_asked = Signal(object)
    """Changes of settings that a second run is to have."""

    generated = Signal(object)
    """A `SampleOrigin` with the numbers a person has chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.data, self.model, self.training = DataPanel(), ModelPanel(), TrainingPanel()
        self.data.generator.value_changed.connect(self.generated)
        self.data.generator.moved.connect(self.generated)
        self._prepared: Prepared | None = None
        self.model.value_changed.connect(self._chosen)
        self.training.value_changed.connect(self._chosen)
        self.model.compare_asked.connect(self.compare_asked)
        self.training.compare_asked.connect(self.compare_asked)
        column = QWidget()
        box = QVBoxLayout(column)
        box.setContentsMargins(16, 8, 16, 16)
        box.setSpacing(16)
        for panel in (self.data, self.model, self.training):
            box.addWidget(panel)
        box.addStretch(1)
        self._column = column
        self.setWidget(column)
        self._usual = WIDTH
        column.installEventFilter(self)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the focus of what is inside
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self, theme: Theme) -> None:
        """Be as wide as the size of type needs."""
        self._usual = round(WIDTH * theme.font_size / 11.0)
        self._widen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make room for what has been unfolded."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._widen()
        return super().eventFilter(watched, event)

    def _widen(self) -> None:
        """Be at least as wide as the panels and the scroll bar: nothing is cut at the right."""
        bar = self.verticalScrollBar().sizeHint().width()
        needed = self._column.minimumSizeHint().width() + bar
        before, wanted = self.minimumWidth(), max(self._usual, needed)
        if before == wanted:
            return
        narrow = self.width() <= before
        self.setMinimumWidth(wanted)
        split = self.parentWidget()
        if wanted < before and narrow and self.isVisible() and isinstance(split, QSplitter):
            # Nobody has made it wider than it had to be: the room goes back to the views.
            whole = sum(split.sizes())
            split.setSizes([wanted, whole - wanted])

    @property
    def folds(self) -> dict[str, Disclosure]:
        """The folds of the panels, by the name they are remembered under."""
        return {
            "data": self.data.more,
            "classes": self.data.names,
            "points": self.data.points,
            "model": self.model.more,
            "training": self.training.more,
        }

    def show_prepared(self, prepared: Prepared) -> None:
        """Show data and settings as they are."""
        self._prepared = prepared
        self.data.set_table(prepared.table, prepared.dataset, prepared.document.as_read)
        self.data.set_value(prepared.choice)
        self.data.set_origin(prepared.origin, prepared.document.as_read)
        self._show_config(prepared.wanted)

    @Slot(object)
    def _chosen(self, config: TrainingConfig) -> None:
        """Show one panel's edit in the other at once: the next edit there builds on it."""
        self._show_config(config)
        self.config_changed.emit(config)

    def _show_config(self, config: TrainingConfig) -> None:
        if self._prepared is None:
            return
        dataset = self._prepared.dataset
        values = dataset.values
        reach = (float(values.min()), float(values.max())) if len(values) else None
        self.model.set_value(config, dataset.task, reach)
        self.training.set_value(
            config,
            self._prepared.stable_rate,
            dataset.samples,
            self._prepared.config.learning_rate,
        )
