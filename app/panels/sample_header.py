"""Which sample is followed: arrows and a number in the header of the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QSpinBox, QToolButton, QWidget

_SPACE = 2


class SampleHeader(QWidget):
    """Rows are counted from 1, as in the table."""

    row_chosen = Signal(int)
    """The row (from 0) a person has typed or stepped to."""
    stepped = Signal(int)
    """One usable row on (1) or back (-1)."""
    worst_asked = Signal()
    output_chosen = Signal(int)
    """The output that is followed; -1 for that of the own class."""

    def __init__(self) -> None:
        super().__init__()
        self.back = _button("‹", "Previous row", "Follow the row before this one.")
        self.on = _button("›", "Next row", "Follow the next row.")
        self.worst = _button("Worst", "Worst row", "Follow the training row with the largest loss.")
        self.row = QSpinBox()
        self.row.setPrefix("Row ")
        self.row.setAccessibleName("Row that is followed")
        self.row.setToolTip("The row of the table that is followed; type its number.")
        self.row.setKeyboardTracking(False)
        self.row.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.row.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.output = QComboBox()
        self.output.setAccessibleName("Output that is followed")
        self.output.setToolTip("The output whose score, error signal and weights are shown.")
        self.output.setMinimumContentsLength(6)
        self.output.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_SPACE)
        line.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        line.addStretch(1)
        for widget in (self.output, self.worst, self.back, self.row, self.on):
            line.addWidget(widget)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.worst.clicked.connect(self.worst_asked)
        self.row.valueChanged.connect(self._on_row)
        self.output.activated.connect(self._on_output)
        self._choice = self._busy = False
        self._arrange()

    def sizeHint(self) -> QSize:
        """Room for everything."""
        wide = sum(widget.sizeHint().width() + _SPACE for widget in self._wanted())
        return QSize(wide, self.row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The number stays."""
        return self.row.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _wanted(self) -> list[QWidget]:
        """What is worth showing, the most important first."""
        first: list[QWidget] = [self.row, self.on, self.back, self.worst]
        return [*first, self.output] if self._choice else first

    def _arrange(self) -> None:
        """Show as much as there is room for. Showing may resize, and so ask again."""
        if self._busy:
            return
        self._busy, width = True, -1
        while width != self.width():
            width = self.width()
            self._show_within(width)
        self._busy = False

    def _show_within(self, width: int) -> None:
        self.output.setHidden(not self._choice)
        for widget in self._wanted():
            width -= widget.sizeHint().width() + _SPACE
            widget.setHidden(width < -_SPACE and widget is not self.row)

    def set_rows(self, rows: int) -> None:
        """The table has so many rows."""
        self.row.blockSignals(True)
        self.row.setRange(1, max(rows, 1))
        self.row.blockSignals(False)

    def set_row(self, row: int) -> None:
        """Show which row (from 0) is followed; says nothing."""
        self.row.blockSignals(True)
        self.row.setValue(row + 1)
        self.row.blockSignals(False)

    def set_outputs(self, names: Sequence[str]) -> None:
        """Offer these outputs; a single one needs no choice."""
        self.output.clear()
        self.output.addItems(["Own class", *names])
        self._choice = len(names) > 1
        self.updateGeometry()
        self._arrange()

    def _on_row(self, row: int) -> None:
        self.row_chosen.emit(row - 1)

    def _on_output(self, index: int) -> None:
        self.output_chosen.emit(index - 1)


def _button(text: str, name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setAutoRaise(True)
    button.setAccessibleName(name)
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
