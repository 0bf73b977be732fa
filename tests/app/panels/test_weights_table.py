from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.panels.weights_table import WeightsTable
from app.plots.weights_view import WeightsView
from slp_core.insight.weight_sheet import in_units
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import settle, show
from tests.app.plots.run_examples import at, moment, sample, trained

IRIS = trained(sample("iris"))
MOONS = trained(sample("moons"), epochs=60)

Told = tuple[Parameters, str, int]


def made(qtbot: QtBot, run: object = MOONS) -> tuple[WeightsView, WeightsTable, list[Told]]:
    table = WeightsTable()
    view = WeightsView(table)
    qtbot.addWidget(view.header_widget)
    view.mode.set_value("numbers")
    show(qtbot, view, 520, 300)
    view.show_moment(moment(run))  # pyright: ignore[reportArgumentType]  # a run
    settle(qtbot)
    view.activateWindow()
    table.grid.setFocus()
    told: list[Told] = []

    def listen(after: Parameters, text: str, gesture: int) -> None:
        told.append((after, text, gesture))

    view.parameters_edited.connect(listen)
    return view, table, told


def go(table: WeightsTable, row: int, column: int) -> None:
    table.grid.setCurrentIndex(table.model.index(row, column))


def editor(table: WeightsTable) -> QLineEdit:
    return opened(table)[-1]


def opened(table: WeightsTable) -> list[QLineEdit]:
    """Fields that are open; a closed one lives on, hidden, for a moment."""
    fields = table.grid.viewport().findChildren(QLineEdit)
    return [field for field in fields if field.isVisible()]


def test_a_number_typed_changes_that_weight_alone(qtbot: QtBot) -> None:
    _view, table, told = made(qtbot)
    go(table, 0, 0)
    QTest.keyClick(table.grid, Qt.Key.Key_Down)
    QTest.keyClick(table.grid, Qt.Key.Key_F2)
    QTest.keyClicks(editor(table), "-2,5")
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    settle(qtbot)
    assert len(told) == 1
    after, text, _ = told[0]
    assert text == "Change weight w x2"
    wanted = MOONS.snapshot.parameters.flat()
    wanted[1] = -2.5
    np.testing.assert_array_equal(after.flat(), wanted)


def test_original_units_are_typed_too(qtbot: QtBot) -> None:
    _view, table, told = made(qtbot)
    go(table, 0, 1)
    QTest.keyClicks(table.grid, "3")
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    settle(qtbot)
    after = told[0][0]
    before = in_units(MOONS.dataset.preparation, MOONS.snapshot.parameters, "original")
    now = in_units(MOONS.dataset.preparation, after, "original")
    assert now.W[0, 0] == pytest.approx(3.0)
    assert now.W[1, 0] == pytest.approx(before.W[1, 0])
    assert now.b[0] == pytest.approx(before.b[0])


def test_each_number_typed_is_an_undo_step(qtbot: QtBot) -> None:
    _view, table, told = made(qtbot)
    for row in (0, 1):
        go(table, row, 0)
        QTest.keyClicks(table.grid, "7")
        QTest.keyClick(editor(table), Qt.Key.Key_Return)
        settle(qtbot)
    assert told[0][2] != told[1][2]


def test_escape_takes_back_and_nonsense_stays_open(qtbot: QtBot) -> None:
    _view, table, told = made(qtbot)
    go(table, 0, 0)
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    QTest.keyClicks(editor(table), "1.2.3")
    assert editor(table).property("invalid")
    QTest.keyClick(editor(table), Qt.Key.Key_Return)
    settle(qtbot)
    assert editor(table).text() == "1.2.3"
    QTest.keyClick(editor(table), Qt.Key.Key_Escape)
    settle(qtbot)
    assert not told
    assert not opened(table)


def test_training_does_not_disturb_the_typing(qtbot: QtBot) -> None:
    view, table, _ = made(qtbot)
    go(table, 0, 0)
    QTest.keyClicks(table.grid, "4")
    changed = Parameters(MOONS.snapshot.parameters.W + 1, MOONS.snapshot.parameters.b)
    view.show_moment(moment(at(MOONS, changed), playing=True))
    settle(qtbot)
    assert editor(table).text() == "4"
    assert float(table.model.value(0, 0)) == changed.W[0, 0]


def test_a_bias_that_is_off_cannot_be_typed(qtbot: QtBot) -> None:
    run = replace(MOONS, config=replace(MOONS.config, bias=False))
    _view, table, _ = made(qtbot, run)
    flags = table.model.flags(table.model.index(2, 0))
    assert not flags & Qt.ItemFlag.ItemIsEditable
    assert table.model.flags(table.model.index(1, 0)) & Qt.ItemFlag.ItemIsEditable


def test_decimals_stay_while_numbers_move_a_little(qtbot: QtBot) -> None:
    view, table, _ = made(qtbot)
    shown: list[str] = []
    for value in (9.8, 10.2, 9.9):
        weights = Parameters(np.array([[value], [1.0]]), np.zeros(1))
        view.show_moment(moment(at(MOONS, weights), playing=True))
        shown.append(str(table.model.index(0, 0).data()))
    assert shown == ["9.800", "10.200", "9.900"]


def test_several_outputs_are_columns_in_the_units_chosen(qtbot: QtBot) -> None:
    view, table, _ = made(qtbot, IRIS)
    assert [column.title for column in table.model.columns] == list(IRIS.dataset.classes)
    view.units.set_value("original")
    view.show_moment(moment(IRIS))
    original = in_units(IRIS.dataset.preparation, IRIS.snapshot.parameters, "original")
    assert table.model.value(2, 1) == original.W[2, 1]
    assert table.model.value(4, 2) == original.b[2]


def test_numbers_are_copied_with_all_digits(qtbot: QtBot) -> None:
    _view, table, _ = made(qtbot)
    go(table, 0, 0)
    QTest.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert float(QGuiApplication.clipboard().text()) == MOONS.snapshot.parameters.W[0, 0]


def test_why_there_are_no_original_units_is_said(qtbot: QtBot) -> None:
    _view, table, _ = made(qtbot, trained(sample("moons", degree=2), epochs=5))
    assert "powers" in table.note.text()
    assert len(table.model.columns) == 1
