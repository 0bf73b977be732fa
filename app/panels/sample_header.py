"""Which sample is followed: arrows and a number in the header of the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QToolButton, QWidget


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
        line.setSpacing(2)
        for widget in (self.output, self.worst, self.back, self.row, self.on):
            line.addWidget(widget)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.worst.clicked.connect(self.worst_asked)
        self.row.valueChanged.connect(self._on_row)
        self.output.activated.connect(self._on_output)
        self.output.hide()

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
        self.output.setVisible(len(names) > 1)

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
