"""The classes that can be painted: colour, symbol, name, count; one of them is the brush's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QToolButton, QWidget

from app.panels.bubble import Bubble
from app.panels.class_look import Symbol, look_words
from app.panels.form import ICON, IconButton
from app.panels.judged_field import JudgedField
from app.panels.paint_flow import Flow
from app.panels.paint_menu import entry
from app.theme import GRID, current_theme

MOST_CHIPS = 24
"""More classes are chosen from a list."""
_WIDEST = 130
_ROOM = 110
"""Width of the field for a name, at least."""


class Chip(QToolButton):
    """One class."""

    rename_asked = Signal(int)
    menu_asked = Signal(int, QPoint)
    """Its menu is wanted, at a place on the screen."""

    def __init__(self, index: int, symbol: Symbol) -> None:
        super().__init__()
        self._index, self._symbol = index, symbol
        self.setCheckable(True)
        self.setProperty("chip", True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._dress()

    def show_class(self, name: str, count: int) -> None:
        """Write name and count; the tooltip has the name in full and the key."""
        shown = QFontMetrics(self.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDEST)
        text = f"{shown.replace('&', '&&')}  {count:,}"
        if text == self.text():
            return
        key = f" (key {self._index + 1})" if self._index < 9 else ""
        self.setText(text)
        look = look_words(self._index)
        self.setToolTip(
            f"Paint points of “{name}”{key}: {look}. Double click or F2 renames it,"
            " a right click offers more."
        )
        self.setAccessibleName(f"{name}, {count:,} points, {look}")
        self.setAccessibleDescription(self.toolTip())

    def sizeHint(self) -> QSize:
        """No wider than it needs: Qt adds room for an arrow that is not drawn."""
        text = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        wide = self.iconSize().width() + text + 2 * GRID
        return QSize(wide, max(self.iconSize().height(), self.fontMetrics().height()) + 6)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename."""
        super().mouseDoubleClickEvent(event)
        self.rename_asked.emit(self._index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames."""
        if event.key() == Qt.Key.Key_F2:
            self.rename_asked.emit(self._index)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the mouse or below the chip."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        below = self.mapToGlobal(QPoint(0, self.height()))
        self.menu_asked.emit(self._index, below if by_key else event.globalPos())

    def changeEvent(self, event: QEvent) -> None:
        """Ask for the icon again when the colours or sizes have changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._dress()

    def _dress(self) -> None:
        side = round(ICON * current_theme().font_size / 11.0)
        self.setIconSize(QSize(side, side))
        self.setIcon(self._symbol(self._index))


class ClassChips(QWidget):
    """A function of (names, counts, current); ``refusal`` says why class n cannot be called so."""

    chosen = Signal(int)
    """A class was chosen by a person."""
    add_asked = Signal()
    renamed = Signal(int, str)
    """Another name for a class was typed."""
    menu_asked = Signal(int, QPoint)
    """The menu of a class is wanted, at a place on the screen."""

    def __init__(self, symbol: Symbol, refusal: Callable[[int, str], str]) -> None:
        super().__init__()
        self._symbol = symbol
        self._names: tuple[str, ...] = ()
        self._chips: list[Chip] = []
        self._current = 0
        self._flow = Flow(self, 4)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        self._more = QToolButton()
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setToolTip("Choose one of the other classes.")
        self._more.setMenu(QMenu(self._more))
        self._more.menu().aboutToShow.connect(self._list)
        self.add = IconButton(
            "add", "Add another class; its first point makes it part of the data."
        )
        self.add.setAccessibleName("Add a class")
        self.add.clicked.connect(self.add_asked)
        bubble = Bubble(self, below=True)
        self._field = JudgedField(self, bubble, lambda text: refusal(self._editing or 0, text))
        self._field.setAccessibleName("Name of the class")
        self._field.setStyleSheet("padding: 0px 4px; min-height: 0px;")  # as high as the chip
        self._field.installEventFilter(self)
        self._field.editingFinished.connect(self._finish)
        self._editing: int | None = None
        self._field.hide()
        self._flow.addWidget(self._more)
        self._flow.addWidget(self.add)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Classes")

    @property
    def texts(self) -> list[str]:
        """What the chips say."""
        return [chip.text() for chip in self._chips]

    @property
    def current(self) -> int:
        """The class that is chosen."""
        return self._current

    def chip(self, index: int) -> Chip:
        """The chip of a class."""
        return self._chips[index]

    def set_classes(self, names: Sequence[str], counts: Sequence[int], current: int) -> None:
        """Show these classes; says nothing."""
        self._names, self._current = tuple(names), current
        shown = min(len(names), MOST_CHIPS)
        while len(self._chips) < shown:
            self._add_chip()
        while len(self._chips) > shown:
            chip = self._chips.pop()
            self._group.removeButton(chip)
            self._flow.removeWidget(chip)
            chip.deleteLater()
        for chip, name, count in zip(self._chips, names, counts, strict=False):
            chip.show_class(name, count)
        self._more.setVisible(len(names) > shown)
        self.choose(current)
        self._flow.invalidate()
        self.updateGeometry()

    def choose(self, index: int) -> None:
        """Show that a class is chosen; says nothing."""
        self._current = index
        hidden = index >= len(self._chips)
        self._group.setExclusive(not hidden)
        for place, chip in enumerate(self._chips):
            chip.setChecked(place == index)
        others = len(self._names) - len(self._chips)
        self._more.setText(self._names[index] if hidden and self._names else f"{others} more…")

    def rename(self, index: int) -> None:
        """Open a field over the chip of a class."""
        if not 0 <= index < len(self._chips):
            return
        self._editing = index
        self._flow.activate()
        self._place()
        self._field.start(self._names[index])
        self._field.show()
        self._field.raise_()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """The field stays over its chip while chips move."""
        result = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._place()
        return result

    def _place(self) -> None:
        if self._editing is None or self._editing >= len(self._chips):
            return
        chip = self._chips[self._editing].geometry()
        width = min(max(chip.width(), _ROOM), self.width())
        self._field.setGeometry(min(chip.x(), self.width() - width), chip.y(), width, chip.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps a field open whose text cannot be; Escape leaves the name as it was."""
        if watched is not self._field:
            return super().eventFilter(watched, event)
        if self._field.keeps(event):
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                index, self._editing = self._editing, None
                self._close(index)
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def _finish(self) -> None:
        """Take the name; one that cannot be is given up when the focus leaves."""
        if self._editing is None:
            return
        refused, name = bool(self._field.complaint()), self._field.text()
        if refused:
            self._field.give_up()
        index, self._editing = self._editing, None
        self._close(index)
        if not refused and self._field.is_changed():
            self.renamed.emit(index, name)

    def _close(self, index: int | None) -> None:
        """Hide the field; the focus goes back to the chip, not to whatever comes next."""
        if index is not None and index < len(self._chips) and self._field.hasFocus():
            self._chips[index].setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.hide()

    def _add_chip(self) -> None:
        index = len(self._chips)
        chip = Chip(index, self._symbol)
        chip.rename_asked.connect(self.rename)
        chip.menu_asked.connect(self.menu_asked)
        self._group.addButton(chip, index)
        self._chips.append(chip)
        self._flow.addWidget(chip)
        self._flow.move_last(index)
        chip.show()

    def _choose(self, index: int) -> None:
        self.choose(index)
        self.chosen.emit(index)

    def _list(self) -> None:
        menu = self._more.menu()
        menu.clear()
        for index in range(len(self._chips), len(self._names)):
            action = entry(menu, self._names[index].replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, index=index: self._choose(index))
