"""The decision view's header: what the colours mean, and the switches of the layers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.plots.shading import Shading, choices
from app.plots.toggles import Toggle, Toggles
from app.plots.weights_picker import Picker
from app.theme import Theme

_LONGEST = 20
"""Letters on the button; the menu has the whole name."""


class DecisionHeader(Toggles):
    """A choice of the shading, where there are classes, before the layers' switches."""

    shading_changed = Signal()

    def __init__(self, toggles: Sequence[Toggle], parent: QWidget | None = None) -> None:
        super().__init__(toggles, parent)
        self._classes = 0
        tip = "What the colours of the regions mean."
        self.picker = Picker("Shading", tip, self, most=_LONGEST)
        self.picker.set_value(Shading().key)
        self.picker.hide()
        self.picker.value_changed.connect(self._on_picked)
        self.lead_with(self.picker)

    @property
    def shading(self) -> Shading:
        """What is chosen, as far as these classes have it."""
        return Shading.from_key(self.picker.value()).within(self._classes)

    def offer(self, classes: Sequence[str]) -> None:
        """What makes sense with these classes; a choice that does not is the usual one again."""
        self._classes = len(classes)
        self.picker.setVisible(len(classes) > 1)
        if len(classes) > 1:
            self.picker.set_value(self.shading.key)
        self.picker.set_choices(choices(classes))
        self.updateGeometry()
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self.picker.set_theme(theme)
        super().set_theme(theme)

    def _on_picked(self, _key: str) -> None:
        self.updateGeometry()
        self._arrange()
        self.shading_changed.emit()
