"""Actions, menus and toolbars made from the rows of ``app.commands``.

The window connects to an action by its key; nothing here knows what a command does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QToolBar, QToolButton, QWidget

from app.commands import COMMANDS, MENUS, Choice, Command, Toolbar
from app.icons import icon
from app.theme import Theme

_ROLES = {
    "file.quit": QAction.MenuRole.QuitRole,
    "help.about": QAction.MenuRole.AboutRole,
    "edit.preferences": QAction.MenuRole.PreferencesRole,
}
_DROP_DOWN = " ▾"


class Actions(QObject):
    """All actions of one window.

    Every action is added to the window itself, so that its shortcut works while no menu is
    shown. The keys without a modifier (Space, the arrows, letters) are kept from widgets that
    need them by ``app.keys.KeyGuard``.
    """

    chosen = Signal(str, str)
    """An entry of a submenu was picked: the command's key and the choice's value."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._menus: dict[str, QMenu] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._active: set[str] = set()
        self._actions: dict[str, QAction] = {}
        for row in COMMANDS.values():
            self._add(row)

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def menu(self, key: str) -> QMenu:
        """The submenu of a command that has one."""
        return self._menus[key]

    def on(self, key: str, slot: Callable[[], object]) -> None:
        """Call ``slot`` without arguments when the command is triggered."""
        self._actions[key].triggered.connect(lambda _checked=False: slot())

    def on_toggled(self, key: str, slot: Callable[[bool], object]) -> None:
        """Call ``slot`` with the new state when a checkable command is triggered by a person."""
        action = self._actions[key]
        action.triggered.connect(lambda: slot(action.isChecked()))

    def choices(self, key: str) -> list[QAction]:
        """The entries of a submenu, each an action of its own."""
        return self._groups[key].actions() if key in self._groups else []

    def set_enabled(self, enabled: bool, *keys: str) -> None:
        """Enable or disable several commands at once."""
        for key in keys:
            self._actions[key].setEnabled(enabled)

    def set_active(self, key: str, active: bool) -> None:
        """Show the command's other face: Play becomes Pause while training."""
        (self._active.add if active else self._active.discard)(key)
        self._label(COMMANDS[key])
        self._icon(COMMANDS[key], None)

    def set_theme(self, theme: Theme) -> None:
        """Draw all icons in the theme's colours."""
        for row in COMMANDS.values():
            self._icon(row, theme)

    def set_choices(self, key: str, choices: Sequence[Choice], current: str | None = None) -> None:
        """Fill a submenu; ``current`` puts a mark at one entry, None makes a list without marks."""
        menu, group = self._menus[key], QActionGroup(self)
        if key in self._groups:
            self._groups[key].deleteLater()
        self._groups[key] = group
        menu.clear()
        for choice in choices:
            self._add_choice(menu, group, choice, current)
        self._actions[key].setEnabled(bool(choices))

    def set_choice(self, key: str, value: str) -> None:
        """Move the mark of a submenu."""
        for action in self._groups[key].actions():
            action.setChecked(action.data() == value)

    def fill_menu_bar(self, bar: QMenuBar) -> None:
        """Add all menus with all commands, in the order of the rows."""
        for menu_key, title in MENUS.items():
            menu = QMenu(title, bar)
            bar.addMenu(menu)
            menu.setToolTipsVisible(True)
            for row in (row for row in COMMANDS.values() if row.menu == menu_key):
                if row.section:
                    menu.addSeparator()
                menu.addAction(self._actions[row.key])

    def fill_toolbar(self, toolbar: QToolBar, group: Toolbar) -> None:
        """Append one group of commands; the window puts its own widgets between the groups."""
        for row in (row for row in COMMANDS.values() if row.toolbar == group):
            toolbar.addAction(self._actions[row.key])
            button = toolbar.widgetForAction(self._actions[row.key])
            if isinstance(button, QToolButton):
                _dress(button, row)

    def button(self, key: str, parent: QWidget) -> QToolButton:
        """A button of a command, as in a toolbar, for a place that is none."""
        button = QToolButton(parent)
        button.setAutoRaise(True)
        button.setDefaultAction(self._actions[key])
        _dress(button, COMMANDS[key])
        return button

    def _add(self, row: Command) -> None:
        action = QAction(self._window)
        action.setObjectName(row.key)
        action.setCheckable(row.checkable)
        action.setShortcuts([QKeySequence(text) for text in row.shortcuts])
        action.setMenuRole(_ROLES.get(row.key, QAction.MenuRole.NoRole))
        self._window.addAction(action)
        self._actions[row.key] = action
        self._label(row)
        self._icon(row, None)
        if row.submenu:
            self._add_menu(row, action)

    def _add_menu(self, row: Command, action: QAction) -> None:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        menu.triggered.connect(self._picked)
        self._menus[row.key] = menu
        action.setMenu(menu)
        current = row.choices[0].value if row.choices else None
        self.set_choices(row.key, row.choices, current)

    def _label(self, row: Command) -> None:
        action = self._actions[row.key]
        text = row.active_text if row.key in self._active else row.text
        action.setText(text)
        short = text if row.active_text else row.short or text
        action.setIconText(_face(short) + (_DROP_DOWN if row.submenu else ""))
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{row.summary} ({keys})" if keys else row.summary)

    def _icon(self, row: Command, theme: Theme | None) -> None:
        name = row.active_icon if row.key in self._active else row.icon
        if name:
            self._actions[row.key].setIcon(icon(name, theme))

    def _add_choice(
        self, menu: QMenu, group: QActionGroup, choice: Choice, current: str | None
    ) -> None:
        action = QAction(choice.label, menu)
        menu.addAction(action)
        action.setData(choice.value)
        action.setToolTip(choice.summary or choice.label.replace("&", ""))
        action.setCheckable(current is not None)
        group.addAction(action)
        action.setChecked(choice.value == current)

    @Slot(QAction)
    def _picked(self, action: QAction) -> None:
        for key, group in self._groups.items():
            if action in group.actions():
                self.chosen.emit(key, action.data())
                return


def _face(text: str) -> str:
    """A text as a toolbar shows it; the space sets it off from the icon."""
    return f" {text.replace('&', '')}"


def _dress(button: QToolButton, row: Command) -> None:
    """How a command looks in a toolbar, and what a screen reader says."""
    style = Qt.ToolButtonStyle
    beside = style.ToolButtonTextBesideIcon
    button.setToolButtonStyle(beside if row.toolbar_text else style.ToolButtonIconOnly)
    button.setAccessibleName(row.text.replace("&", "").rstrip("…"))
    button.setAccessibleDescription(row.summary)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if row.submenu:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    if row.active_text:
        _SteadyWidth(button, [_face(text) for text in (row.text, row.active_text)])


class _SteadyWidth(QObject):
    """Keeps a button as wide as the wider of its two faces, in whatever type it is drawn.

    The buttons behind it stay where they are when Play becomes Pause. Qt alone knows the width,
    with its gaps and the style sheet's padding, so both faces are tried on.
    """

    def __init__(self, button: QToolButton, texts: Sequence[str]) -> None:
        super().__init__(button)
        self._button, self._texts = button, texts
        self._fit()
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when type or style have changed, or are known at last."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.Show):
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        shown, widths = self._button.text(), [0]
        for text in self._texts:
            self._button.setText(text)
            widths.append(self._button.sizeHint().width())
        self._button.setText(shown)
        if self._button.minimumWidth() != max(widths):
            self._button.setMinimumWidth(max(widths))
