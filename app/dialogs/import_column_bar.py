"""What the picked columns hold, and the two things to decide about them: kind and role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QMenu, QWidget

from app.dialogs.import_column_words import KINDS
from app.dialogs.import_shown import Shown
from app.panels.choice_box import ChoiceBox, Option
from app.panels.data_words import feature_refusals, target_refusals
from app.panels.texts import ElidedLabel
from app.theme import GRID

AUTO = "auto"
FIND_FROM = 9
"""From this many columns on there is a field to find one by name."""
_KIND_TIP = "How the cells of the picked columns are read."
_ROLE_TIP = "What the picked columns are for: the target is what the network learns to tell."
_ROLES = (
    Option("target", "Target", "The column that is to be learned from the others."),
    Option("feature", "Feature", "An input of the network."),
    Option("ignore", "Left out", "The column is read but not used."),
)


class FindField(QLineEdit):
    """Finds a column by a part of its name; Enter goes on to the next one."""

    found = Signal(int)
    """Number of a column."""

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self.setPlaceholderText("Find a column")
        self.setClearButtonEnabled(True)
        self.setAccessibleName("Find a column")
        self.setToolTip("Go to the next column whose name holds this (Enter).")
        self._at = -1
        self.textEdited.connect(lambda: self._go(max(self._at, 0)))

    def set_names(self, names: tuple[str, ...]) -> None:
        """Look among these names."""
        self._names, self._at = names, -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is not for the dialog while something is looked for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text():
            self._go(self._at + 1)
        else:
            super().keyPressEvent(event)

    def _go(self, start: int) -> None:
        wanted = self.text().casefold()
        if not wanted:
            return
        count = len(self._names)
        order = (place % count for place in range(start, start + count))
        self._at = next((k for k in order if wanted in self._names[k].casefold()), -1)
        if self._at >= 0:
            self.found.emit(self._at)


class ColumnBar(QWidget):
    """A function of the picked columns; it tells what a person decides about them."""

    kind_chosen = Signal(object, object)
    """Names of columns, and "number", "text" or None for automatic."""
    role_chosen = Signal(object, str)
    """Names of columns, and "target", "feature" or "ignore"."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._picked: tuple[int, ...] = ()
        self.name = ElidedLabel(strong=True)
        self.contents = ElidedLabel("muted", elide=Qt.TextElideMode.ElideRight)
        self.kind, self.role = ChoiceBox(_KIND_TIP), ChoiceBox(_ROLE_TIP)
        self.role.set_options(_ROLES)
        self.search = FindField()
        self._lay_out()
        self.kind.value_changed.connect(self._choose_kind)
        self.role.value_changed.connect(self._choose_role)

    def show_columns(self, shown: Shown, picked: Sequence[int]) -> None:
        """Show what is known about these columns."""
        other = self._shown is None or self._shown.table is not shown.table
        self._shown, self._picked = shown, tuple(picked)
        if other:
            self.search.set_names(shown.table.names)
            self.search.setVisible(len(shown.table.columns) >= FIND_FROM)
        self.kind.setEnabled(bool(picked))
        self.role.setEnabled(bool(picked))
        if picked:
            self._say(shown)
            self._offer(shown)

    def pick_from(self, place: QPoint) -> None:
        """Offer the same decisions as a menu at a point of the screen."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def menu(self) -> QMenu:
        """The menu of the picked columns."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        menu.addSection("Kind")
        _add_choices(menu, self.kind, self._choose_kind)
        menu.addSection("Role")
        _add_choices(menu, self.role, self._choose_role)
        return menu

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.contents, 1, 0)
        for place, (text, box) in enumerate((("&Kind", self.kind), ("&Role", self.role))):
            label = QLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", "") + " of the column")
            box.setAccessibleDescription(box.toolTip())
            box.setMinimumWidth(18 * GRID)
            grid.addWidget(label, 0, 2 * place + 1, 2, 1)
            grid.addWidget(box, 0, 2 * place + 2, 2, 1)
        self.search.setMaximumWidth(20 * GRID)
        grid.addWidget(self.search, 0, 5, 2, 1)
        grid.setColumnStretch(0, 1)

    def _say(self, shown: Shown) -> None:
        names = [shown.column(k).name for k in self._picked[:50]]
        if len(self._picked) == 1:
            self.name.set_text(names[0])
            self.contents.set_text(shown.contents(self._picked[0]))
        else:
            self.name.set_text(f"{len(self._picked):,} columns", "\n".join(names))
            self.contents.set_text(", ".join(names))

    def _offer(self, shown: Shown) -> None:
        columns = [shown.column(k) for k in self._picked]
        told = {shown.told_kind(k) for k in self._picked}
        found = {
            c.kind for c, k in zip(columns, self._picked, strict=True) if not shown.told_kind(k)
        }
        word = f" ({KINDS[found.pop()]})" if len(found) == 1 else ""
        self.kind.set_options(
            (
                Option(
                    AUTO, f"Auto{word}" if word else "Automatic", "Judged by the cells.", "Auto"
                ),
                Option("number", "Number", "Other cells count as missing and are listed."),
                Option("text", "Text", "The cells as they are written; each text is a class."),
            )
        )
        self.kind.set_value((told.pop() or AUTO) if len(told) == 1 else None)
        roles = {shown.role(k) for k in self._picked}
        self.role.set_value(roles.pop() if len(roles) == 1 else None)
        self.role.set_refusals(self._refusals(shown))

    def _refusals(self, shown: Shown) -> dict[str, str]:
        """Why a role cannot be chosen."""
        target = shown.roles.target
        names = [shown.column(k).name for k in self._picked]
        refusals: dict[str, str] = {}
        if names == [target]:
            why = "Make another column the target first: something has to be learned."
            refusals |= {"feature": why, "ignore": why}
        if len(names) > 1:
            refusals["target"] = "Only one column can be the target."
        elif names[0] in (no := target_refusals(shown.table)):
            refusals["target"] = no[names[0]]
        cannot = feature_refusals(shown.table, target)
        if names[0] in cannot and all(name in cannot for name in names):
            refusals["feature"] = cannot[names[0]]
        return refusals

    def _names(self) -> tuple[str, ...]:
        return tuple(self._shown.column(k).name for k in self._picked) if self._shown else ()

    def _choose_kind(self, key: str) -> None:
        self.kind_chosen.emit(self._names(), None if key == AUTO else key)

    def _choose_role(self, key: str) -> None:
        self.role_chosen.emit(self._names(), key)


def _add_choices(menu: QMenu, box: ChoiceBox, choose: Callable[[str], None]) -> None:
    """The entries of a box as entries of a menu."""
    group = QActionGroup(menu)
    for option in box.options():
        action = QAction(option.label, group)
        action.setCheckable(True)
        action.setChecked(option.key == box.value())
        action.setEnabled(not box.is_refused(option.key))
        action.setToolTip(box.tip_of(option.key))
        action.triggered.connect(partial(_choose, choose, option.key))
        menu.addAction(action)


def _choose(choose: Callable[[str], None], key: str, _checked: bool = True) -> None:
    choose(key)
