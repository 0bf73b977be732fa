"""The model of the lab's tables keeps to what Qt asks of a model."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.lab.figure_rows import Figure, FigureRows
from app.lab.tables import FigureTable

HEADS = (("Value", "A name."), ("Shape", "Rows × columns."))
_Role = Qt.ItemDataRole


@pytest.fixture
def table(qtbot: QtBot) -> FigureTable:
    made = FigureTable("Shapes", HEADS)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def model(table: FigureTable) -> FigureRows:
    return table.rows


def at(model: QAbstractItemModel, row: int, column: int, role: int) -> object:
    return model.data(model.index(row, column), role)


def test_it_is_a_model_as_qt_wants_it(model: FigureRows) -> None:
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.set_rows([[Figure("dW"), Figure("2 × 3")], [Figure("a note")]])
    model.set_rows([])
    assert tester.model() is model


def test_a_cell_says_all_of_its_figure(model: FigureRows) -> None:
    font = QFont()
    font.setItalic(True)
    model.set_rows([[Figure("dW", "#b42318", font=font, tip="Summed before.", place=(2, 5))]])
    assert at(model, 0, 0, _Role.DisplayRole) == "dW"
    assert at(model, 0, 0, _Role.ForegroundRole) == QColor("#b42318")
    assert at(model, 0, 0, _Role.ToolTipRole) == "Summed before."
    found = at(model, 0, 0, _Role.FontRole)
    assert isinstance(found, QFont)
    assert found.italic()
    assert at(model, 0, 1, _Role.DisplayRole) == "", "a short row ends in empty cells"
    assert model.figure(0, 0).place == (2, 5)


def test_headings_explain_themselves(model: FigureRows) -> None:
    across = Qt.Orientation.Horizontal
    assert [model.headerData(n, across) for n in (0, 1)] == ["Value", "Shape"]
    assert model.headerData(1, across, _Role.ToolTipRole) == "Rows × columns."


def test_a_table_colours_the_telling_cell(table: FigureTable) -> None:
    table.set_rows([["W", "wrong"], ["b", "right"]], ["#b42318"])
    assert [table.rows.figure(0, n).color for n in (0, 1)] == [None, "#b42318"]
    assert table.rows.figure(1, 1).color is None
