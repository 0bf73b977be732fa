"""How a panel is laid out: headings, labelled rows, a fold for what is seldom needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.icons import icon, pixmap
from app.theme import GRID, current_theme

LABEL_WIDTH = 102
"""Width of the column of labels at 11 pt, the same in all panels."""
CHANGED = " •"
"""Mark of a fold that hides a setting which is not as usual."""
ICON = 18
"""Side of a button's icon at 11 pt."""


class IconLabel(QWidget):
    """A small icon in one of the theme's colours, which follows the theme."""

    def __init__(self, name: str, role: str = "muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._size = name, role, size
        self.setFixedSize(size, size)

    def set_icon(self, name: str, role: str) -> None:
        """Show another icon, in the colour of another field of the theme."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in today's colour."""
        painter = QPainter(self)
        picture = pixmap(self._name, getattr(current_theme(), self._role), self._size)
        painter.drawPixmap(QRectF(self.rect()).toRect(), picture)
        painter.end()


class IconButton(QToolButton):
    """A flat button whose icon follows the theme."""

    def __init__(self, name: str, tip: str, text: str = "") -> None:
        super().__init__()
        self._name = name
        style = Qt.ToolButtonStyle
        self.setText(f" {text}" if text else "")  # the space sets it off from the icon
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly
        )
        self.setToolTip(tip)
        self.setAccessibleName(text.replace("&", "") or tip.rstrip("."))
        self.setAccessibleDescription(tip)
        self._fit()
        self.setIcon(icon(name))

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self.setIcon(icon(name))

    def sizeHint(self) -> QSize:
        """No wider than icon and text need: Qt adds room for an arrow that is not drawn."""
        hint = super().sizeHint()
        if not self.text():
            return hint
        text = self.fontMetrics().horizontalAdvance(self.text().replace("&", ""))
        return QSize(self.iconSize().width() + text + 2 * GRID, hint.height())

    def showEvent(self, event: QShowEvent) -> None:
        """Measure again: a theme that was there from the start tells of no change."""
        super().showEvent(event)
        self._fit()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for the icon again when the colours have changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.setIcon(icon(self._name))
        elif event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Grow and shrink with the type."""
        side = round(ICON * current_theme().font_size / 11.0)
        self.setIconSize(QSize(side, side))


class Heading(QWidget):
    """The head of a panel: its name in small capitals, and room for a button at the right."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        label = QLabel(title.upper())
        label.setProperty("role", "heading")
        label.setAccessibleName(title)
        self._row.addWidget(IconLabel(name))
        self._row.addWidget(label)
        self._row.addStretch(1)
        self._row.addStrut(3 * GRID)  # a least height would also be the most in a full column

    def add(self, widget: QWidget) -> None:
        """Put a widget at the right end."""
        self._row.addWidget(widget)


class Form(QWidget):
    """Rows of a label and a field; labels left, fields as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID - 2)
        self._grid.setVerticalSpacing(GRID // 2)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[QLabel] = []

    def row(self, text: str, field: QWidget, buddy: QWidget | None = None) -> QLabel:
        """Add a labelled field; ``&`` in the text marks the key that jumps to it."""
        focus = buddy or field
        label = QLabel(text)
        label.setBuddy(focus)
        label.setToolTip(focus.toolTip())
        focus.setAccessibleName(text.replace("&", ""))
        if not focus.accessibleDescription():
            focus.setAccessibleDescription(focus.toolTip())
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._labels.append(label)
        self._fit()
        return label

    def wide(self, widget: QWidget) -> None:
        """Add something that takes the whole width."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 2)

    def changeEvent(self, event: QEvent) -> None:
        """Measure the labels again when the type changes its size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        scale = current_theme().font_size / 11.0
        width = round(LABEL_WIDTH * scale)
        if self._labels:
            label = self._labels[0]
            label.ensurePolished()
            measure = QFontMetricsF(label.font())
            texts = [row.text().replace("&", "") for row in self._labels]
            width = max(width, round(max(map(measure.horizontalAdvance, texts))) + 2)
        self._grid.setColumnMinimumWidth(0, width)


class Disclosure(QWidget):
    """A fold: a line with an arrow that shows or hides what is seldom needed."""

    toggled = Signal(bool)
    """Opened (True) or closed by a person."""

    def __init__(self, text: str, body: QWidget, tip: str) -> None:
        super().__init__()
        self._body, self._text, self._tip = body, text, tip
        self._button = IconButton("chevron-right", tip, text)
        self._button.setCheckable(True)
        self._button.setProperty("fold", True)
        self._button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self._clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self._button)
        column.addWidget(body)
        body.setVisible(False)

    @property
    def header(self) -> QWidget:
        """The line with the arrow, to be put beside others."""
        return self._button

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._button.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the content; says nothing."""
        self._button.setChecked(is_open)
        self._button.set_icon("chevron-down" if is_open else "chevron-right")
        self._body.setVisible(is_open)

    def set_changed(self, names: Sequence[str]) -> None:
        """Mark the fold while settings inside are not as usual; the tooltip names them."""
        tip = f"{self._tip} Not as usual: {', '.join(names)}." if names else self._tip
        self._button.setText(f" {self._text}{CHANGED if names else ''}")
        self._button.setToolTip(tip)
        self._button.setAccessibleDescription(tip)
        self._button.updateGeometry()

    def text(self) -> str:
        """What the line says."""
        return self._button.text().strip()

    def tip(self) -> str:
        """What its tooltip says."""
        return self._button.toolTip()

    @Slot(bool)
    def _clicked(self, is_open: bool) -> None:
        self.set_open(is_open)
        self.toggled.emit(is_open)


def fold_row(*folds: Disclosure) -> QWidget:
    """Folds whose lines stand side by side; what they hold opens below."""
    box = QWidget()
    column, heads = QVBoxLayout(box), QHBoxLayout()
    for layout in (column, heads):
        layout.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    heads.setSpacing(GRID)
    column.addLayout(heads)
    for fold in folds:
        heads.addWidget(fold.header)
        column.addWidget(fold)
    heads.addStretch(1)
    return box


def changed(value: object, usual: object, names: Mapping[str, str]) -> list[str]:
    """Names of the fields whose value is not the usual one; ``names`` are theirs in words."""
    return [name for key, name in names.items() if getattr(value, key) != getattr(usual, key)]


def line(*widgets: QWidget, stretch: int = 0) -> QWidget:
    """Widgets side by side in one field; the one at index ``stretch`` takes the room."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID - 2)
    for index, widget in enumerate(widgets):
        row.addWidget(widget, 1 if index == stretch else 0)
    return box


def spaced(widget: QWidget) -> QWidget:
    """A widget with a gap above, which goes with it when a fold closes."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, GRID // 2, 0, 0)
    column.addWidget(widget)
    return box


def panel_column(panel: QWidget) -> QVBoxLayout:
    """The column in which a panel stacks its parts."""
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID // 2)
    return column
