"""Small switches beside a plot's title; those without room are in a menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from app.plots.colors import mixed
from app.theme import Theme


@dataclass(frozen=True, slots=True)
class Toggle:
    """One switch."""

    key: str
    text: str
    tip: str


_SPACE = 2


class Toggles(QWidget):
    """A row of switches, as many as fit into the room that the title leaves.

    ``exclusive``: exactly one of them is on, the first one to begin with.
    """

    changed = Signal()

    def __init__(
        self, toggles: Sequence[Toggle], parent: QWidget | None = None, *, exclusive: bool = False
    ) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QToolButton] = {}
        self._away: set[str] = set()
        self._tips = {toggle.key: toggle.tip for toggle in toggles}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACE)
        self._room = 100_000
        self._lead: QWidget | None = None
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
        self.more = self._menu_button()
        layout.addWidget(self.more)
        menu = self.more.menu()
        self._actions = {key: self._action_for(b, menu) for key, b in self._buttons.items()}
        if exclusive:
            self._bind()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _bind(self) -> None:
        """Let one switch turn the others off."""
        buttons, actions = QButtonGroup(self), QActionGroup(self)
        for key, button in self._buttons.items():
            buttons.addButton(button)
            actions.addAction(self._actions[key])
        next(iter(self._buttons.values())).setChecked(True)

    def _menu_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("…")
        button.setToolTip("More switches")
        button.setAccessibleName("More switches")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        button.hide()
        return button

    def set_room(self, pixels: int) -> None:
        """Keep to this width: the last switches move into the menu."""
        if pixels != self._room:
            self._room = pixels
            self.updateGeometry()
            self._arrange()

    @property
    def whole(self) -> int:
        """Pixels that all switches take side by side."""
        widths = [button.sizeHint().width() for button in self._there.values()]
        return sum(widths) + _SPACE * max(len(widths) - 1, 0)

    def lead_with(self, widget: QWidget) -> None:
        """Show a choice before the switches; it is never in the menu."""
        self._lead = widget
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)  # noqa: S101 - it is made above
        layout.insertWidget(0, widget)

    def show_lead(self, on: bool) -> None:
        """Show or hide what comes before the switches; they take or leave its room."""
        if self._lead is not None:
            self._lead.setVisible(on)
            self.updateGeometry()
            self._arrange()

    @property
    def _led(self) -> int:
        """Pixels of what comes before the switches."""
        lead = self._lead
        return 0 if lead is None or lead.isHidden() else lead.sizeHint().width() + _SPACE

    def sizeHint(self) -> QSize:
        """As wide as all switches: some are in a menu only while there is no room for them."""
        return QSize(min(self._led + self.whole, self._room), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.more.sizeHint() if self._buttons else QSize(0, 0)
        if self._lead is None or self._lead.isHidden():
            return least
        lead = self._lead.minimumSizeHint()
        height = max(lead.height(), least.height())
        return QSize(lead.width() + _SPACE + least.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()

    @property
    def _there(self) -> dict[str, QToolButton]:
        """The switches that are offered."""
        return {key: button for key, button in self._buttons.items() if key not in self._away}

    def _arrange(self) -> None:
        widths = [button.sizeHint().width() + _SPACE for button in self._there.values()]
        room = min(self._room, self.width()) if self.isVisible() else self._room
        room -= self._led
        all_fit = not widths or sum(widths) - _SPACE <= room
        left = room if all_fit else room - self.more.sizeHint().width()
        for (key, button), width in zip(self._there.items(), widths, strict=True):
            left -= width
            fits = all_fit or left >= 0
            button.setVisible(fits)
            self._actions[key].setVisible(not fits)
        self.more.setVisible(not all_fit)

    def _action_for(self, button: QToolButton, menu: QMenu) -> QAction:
        """The switch in the menu; both always agree."""
        action = QAction(button.text(), menu)
        action.setToolTip(button.toolTip())
        action.setCheckable(True)
        action.toggled.connect(button.setChecked)
        button.toggled.connect(action.setChecked)
        menu.addAction(action)
        return action

    @property
    def keys(self) -> tuple[str, ...]:
        """All switches."""
        return tuple(self._buttons)

    def is_on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self._buttons[key].isChecked()

    def set(self, key: str, on: bool) -> None:
        """Turn a switch on or off."""
        self._buttons[key].setChecked(on)

    def set_offered(self, key: str, offered: bool) -> None:
        """Take a switch away altogether, or give it back; it keeps its state."""
        if offered == (key not in self._away):
            return
        self._away ^= {key}
        if not offered:
            self._buttons[key].hide()
            self._actions[key].setVisible(False)
        self.updateGeometry()
        self._arrange()

    def set_available(self, key: str, available: bool, why: str = "") -> None:
        """Say whether a switch means anything now, and if not, why; it keeps its state."""
        tip = self._tips[key] if available or not why else f"{self._tips[key]}\n{why}"
        for part in (self._buttons[key], self._actions[key]):
            part.setEnabled(available)
            part.setToolTip(tip)

    def set_theme(self, theme: Theme) -> None:
        """Quiet when off, in the accent colour when on."""
        soft = mixed(theme.accent, theme.surface, 0.14)
        pale = mixed(theme.muted, theme.surface, 0.5)
        self.setStyleSheet(
            f"QToolButton {{ color: {theme.muted}; background: transparent; padding: 0px 5px;"
            f" border: 1px solid transparent; border-radius: 4px;"
            f" font-size: {theme.font_size * 0.8:.2f}pt; }}"
            f"QToolButton:hover {{ border-color: {theme.border}; }}"
            f"QToolButton:checked {{ color: {theme.accent}; background: {soft}; }}"
            f"QToolButton:disabled {{ color: {pale}; background: transparent; }}"
            f"QToolButton:focus {{ border-color: {theme.accent}; }}"
            f"QToolButton::menu-indicator {{ image: none; }}"
        )
        self._arrange()

    def _on_toggled(self) -> None:
        self.changed.emit()
