"""Small switches beside a plot's title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.plots.colors import mixed
from app.theme import Theme


@dataclass(frozen=True, slots=True)
class Toggle:
    """One switch."""

    key: str
    text: str
    tip: str


class Toggles(QWidget):
    """A row of switches."""

    changed = Signal()

    def __init__(self, toggles: Sequence[Toggle], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for toggle in toggles:
            button = QToolButton(self)
            button.setText(toggle.text)
            button.setCheckable(True)
            button.setToolTip(toggle.tip)
            button.setAccessibleName(toggle.text)
            button.setAccessibleDescription(toggle.tip)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.toggled.connect(self._on_toggled)
            self._buttons[toggle.key] = button
            layout.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def is_on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self._buttons[key].isChecked()

    def set(self, key: str, on: bool) -> None:
        """Turn a switch on or off."""
        self._buttons[key].setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        """Quiet when off, in the accent colour when on."""
        soft = mixed(theme.accent, theme.surface, 0.14)
        self.setStyleSheet(
            f"QToolButton {{ color: {theme.muted}; background: transparent; padding: 0px 5px;"
            f" border: 1px solid transparent; border-radius: 4px;"
            f" font-size: {theme.font_size * 0.8:.2f}pt; }}"
            f"QToolButton:hover {{ border-color: {theme.border}; }}"
            f"QToolButton:checked {{ color: {theme.accent}; background: {soft}; }}"
            f"QToolButton:focus {{ border-color: {theme.accent}; }}"
        )

    def _on_toggled(self) -> None:
        self.changed.emit()
