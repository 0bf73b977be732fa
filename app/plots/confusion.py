"""The view of the confusion matrix: which class was taken for which, and which rows those are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.plots.confusion_data import Confusion, Shown, confusion
from app.plots.confusion_grid import ConfusionGrid
from app.plots.confusion_words import headline, shortened_names, summary
from app.plots.quality_asked import Asked, left_out
from app.plots.quality_view import VALIDATION, QualityView
from app.plots.toggles import Toggle
from app.theme import Theme
from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset

_SHARES = Toggle("shares", "Shares", "Show shares of the true class instead of counts of rows.")
_WHY = (
    "Nothing to show for a numeric target, because there are no classes to confuse."
    " The residuals show how far predictions are off."
)


class ConfusionView(QualityView):
    """Cells select the rows in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Confusion matrix", (VALIDATION, _SHARES), parent)
        self.grid = ConfusionGrid(self.content)
        self._shown: Shown | None = None
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)
        self.grid.chosen.connect(self._on_chosen)
        self.grid.cleared.connect(self.clear_selection)
        self.setFocusProxy(self.grid)
        self.set_theme(self._theme)

    @property
    def confusion(self) -> Confusion | None:
        """The counts that are shown."""
        return self._shown.confusion if self._shown is not None and self.shown else None

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        super().set_theme(theme)
        self.grid.set_theme(theme)

    def refusal(self, dataset: Dataset) -> str:
        """Numbers are not confused."""
        return "" if dataset.classes else _WHY

    def work(self, asked: Asked) -> Callable[[Callable[[], bool]], object]:
        """Count."""
        return lambda stop: confusion(
            asked.dataset, asked.pair, asked.parameters, asked.samples, stop
        )

    def draw(self, asked: Asked, result: object) -> str:
        """Fill the cells."""
        assert isinstance(result, Confusion)  # noqa: S101 - what `work` makes
        names = shortened_names(asked.dataset.classes)
        none = np.zeros_like(result.counts)
        self._shown = Shown(result, names, "shares" in asked.switches, none)
        self.headline.setText(headline(result, asked.part))
        self.detail.setText(left_out(result.unknown))
        return summary(result, names, asked.part)

    def mark(self) -> None:
        """Mark the cells that hold selected rows."""
        if self._shown is not None and self._asked is not None:
            picked: Ints = self._shown.confusion.picked(self.picked_of(self._asked))
            self._shown = replace(self._shown, picked=picked)
            self.grid.show_confusion(self._shown)

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pick(np.empty(0, np.int64), Qt.KeyboardModifier.NoModifier)

    def _on_chosen(self, true: int | None, decided: int | None, keys: Qt.KeyboardModifier) -> None:
        if self._shown is not None:
            self.pick(self._shown.confusion.samples(true, decided), keys)
