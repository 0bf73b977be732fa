"""The table of runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from app.moment import Moment, RunMoment
from app.panels.run_columns import columns_of, rows_of
from app.panels.run_table import RunTable
from app.runs_partners import Partner
from app.theme import THEMES, Theme
from tests.app.conftest import Ear
from tests.app.plots.run_examples import sample, trained, with_nan

pytestmark = pytest.mark.qt_log_ignore("does not support")
DATA = sample("saturated_start")
SETTINGS = {"activation": "sigmoid", "initializer": "saturated", "learning_rate": 0.5}
PARTNER = Partner("x", "Something else", "For a test.", {"l2": 1.0})
FASTER = Partner("y", "Twice the rate", "For a test.", {"learning_rate": 1.0}, "Rate")


@pytest.fixture(scope="module")
def runs() -> tuple[RunMoment, RunMoment, RunMoment]:
    stuck = trained(DATA, run=3, loss="quadratic", epochs=60, **SETTINGS)
    good = trained(DATA, run=4, loss="cross_entropy", epochs=60, **SETTINGS)
    old = trained(DATA, run=1, loss="quadratic", epochs=5, **SETTINGS)
    return replace(stuck, line=0), replace(good, line=1), replace(old, live=False)


@pytest.fixture
def moment(runs: tuple[RunMoment, RunMoment, RunMoment]) -> Moment:
    return Moment(runs[:2], False, runs[2:])


@pytest.fixture
def table(qtbot: QtBot, moment: Moment) -> RunTable:
    made = RunTable()
    made.resize(900, 200)
    made.set_partners(lambda _run: (PARTNER, FASTER))
    qtbot.addWidget(made)
    made.show()
    made.show_moment(moment)
    return made


def cell(table: RunTable, row: int, key: str) -> str:
    column = [c.key for c in table.model.columns].index(key)
    return str(table.model.index(row, column).data())


def actions(menu: QMenu) -> dict[str, QAction]:
    return {action.text().split("\t")[0].replace("&", ""): action for action in menu.actions()}


def test_only_settings_that_differ_have_a_column(table: RunTable):
    keys = [column.key for column in table.model.columns]
    assert "loss" in keys
    assert "setting loss" in keys
    assert "setting learning_rate" not in keys
    assert "setting optimizer" not in keys
    assert "epochs" in keys
    assert keys[:4] == ["name", "loss", "accuracy", "setting loss"], "seen in a narrow pane"
    headings = [column.heading for column in table.model.columns]
    assert "Loss function" in headings
    assert [cell(table, row, "state") for row in range(3)] == ["active", "live", "kept"]
    assert cell(table, 1, "accuracy").endswith("%")
    assert cell(table, 0, "stop")


def test_headings_stand_over_their_numbers(table: RunTable):
    role = Qt.ItemDataRole.TextAlignmentRole
    for number in range(len(table.model.columns)):
        heading = table.model.headerData(number, Qt.Orientation.Horizontal, role)
        assert heading == table.model.index(0, number).data(role)


def test_one_run_alone_shows_no_settings(runs: tuple[RunMoment, ...]):
    rows = rows_of(Moment(runs[:1], False))
    assert {c.key for c in columns_of(rows)} & {"setting optimizer", "setting seed"} == set()


def test_no_data_says_what_comes_here(table: RunTable):
    table.show_moment(None)
    assert not table.grid.isVisible()


def test_enter_turns_to_a_live_run_and_goes_on_from_a_kept_one(table: RunTable, heard: Ear):
    orders = heard(table.ordered)
    table.grid.setCurrentIndex(table.model.index(1, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    table.grid.setCurrentIndex(table.model.index(2, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_Return)
    assert orders == [("activate", 4, None), ("continue", 1, None)]


def test_delete_ends_a_live_run_and_forgets_a_kept_one(table: RunTable, heard: Ear):
    orders = heard(table.ordered)
    table.grid.setCurrentIndex(table.model.index(1, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_Delete)
    table.grid.setCurrentIndex(table.model.index(2, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_Delete)
    assert orders == [("end", 4, None), ("forget", 1, None)]


def test_a_name_is_typed_in_place(table: RunTable, moment: Moment, heard: Ear, qtbot: QtBot):
    orders = heard(table.ordered)
    table.grid.setCurrentIndex(table.model.index(0, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_F2)
    editor = table.grid.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "stuck")
    table.show_moment(replace(moment, playing=True))
    assert editor.text() == "stuck"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: orders == [("rename", 3, "stuck")])


def test_the_menu_offers_what_suits_the_run(table: RunTable, moment: Moment, heard: Ear):
    orders = heard(table.ordered)
    active, live = (table.menu(run) for run in moment.runs)
    kept = table.menu(moment.others[0])
    assert "Turn to it" not in actions(active)
    assert {"Turn to it", "Keep only this one", "End it"} <= set(actions(live))
    assert {"Go on from here", "Pin", "Delete"} <= set(actions(kept))
    actions(kept)["Pin"].trigger()
    actions(live)["Keep only this one"].trigger()
    again = actions(kept)["Duplicate with a change"].menu()
    assert isinstance(again, QMenu)
    assert set(actions(again)) == {"Something else", "Another rate", "No change"}
    actions(again)["Something else"].trigger()
    assert orders == [("pin", 1, True), ("only", 4, None), ("compare", 1, PARTNER)]


def test_the_only_live_run_cannot_be_ended(table: RunTable, moment: Moment) -> None:
    assert actions(table.menu(moment.active))["End it"].isEnabled()
    table.show_moment(replace(moment, runs=moment.runs[:1]))
    menu = actions(table.menu(moment.active))
    for text in ("End it", "Keep only this one"):
        assert not menu[text].isEnabled()
        assert "no other live run" in menu[text].toolTip()


def test_a_key_or_a_button_duplicates_the_chosen_run_with_a_change(
    table: RunTable, qtbot: QtBot, heard: Ear
):
    orders = heard(table.ordered)
    table.grid.setFocus()
    qtbot.waitUntil(table.grid.hasFocus)
    table.grid.setCurrentIndex(table.model.index(2, 0))
    QTest.keyClick(table.grid, Qt.Key.Key_Insert)
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    inner = actions(menu)["Another rate"].menu()
    assert isinstance(inner, QMenu)
    QTest.mouseClick(
        menu,
        Qt.MouseButton.LeftButton,
        pos=menu.actionGeometry(actions(menu)["Another rate"]).center(),
    )
    qtbot.waitUntil(inner.isVisible)
    QTest.mouseClick(
        inner,
        Qt.MouseButton.LeftButton,
        pos=inner.actionGeometry(actions(inner)["Twice the rate"]).center(),
    )
    assert orders == [("compare", 1, FASTER)]


def test_the_button_opens_the_same_menu(table: RunTable, qtbot: QtBot):
    qtbot.addWidget(table.header_widget)
    table.header_widget.show()
    button = next(
        b for b in table.header_widget.findChildren(QToolButton) if "Duplicate" in b.toolTip()
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    assert {"Something else", "Another rate", "No change"} == set(actions(menu))
    menu.close()


def test_sorting_stays_while_numbers_change(table: RunTable, runs: tuple[RunMoment, ...]):
    column = [c.heading for c in table.model.columns].index("Loss")
    table.model.sort(column, Qt.SortOrder.DescendingOrder)
    before = [run.run for run in table.model.runs]
    losses = [run.snapshot.loss for run in table.model.runs]
    assert losses == sorted(losses, reverse=True)
    better = replace(runs[0], snapshot=replace(runs[0].snapshot, loss=1e-6))
    table.show_moment(Moment((better, runs[1]), False, (runs[2],)))
    assert [run.run for run in table.model.runs] == before


def test_what_is_not_finite_comes_last(table: RunTable, runs: tuple[RunMoment, ...]):
    broken = replace(runs[0], snapshot=replace(runs[0].snapshot, loss=float("nan")))
    table.show_moment(Moment((broken, runs[1]), False, (runs[2],)))
    column = [c.heading for c in table.model.columns].index("Loss")
    for order in Qt.SortOrder:
        table.model.sort(column, order)
        assert [run.run for run in table.model.runs][-1] == 3
    table.model.sort(-1)
    assert [run.run for run in table.model.runs] == [3, 4, 1]


def test_the_table_is_copied_as_text(table: RunTable):
    QTest.keyClick(table.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 4
    assert lines[0].startswith("Run\tLoss\tAccuracy\tLoss function\t")
    assert all(line.count("\t") == lines[0].count("\t") for line in lines)


def test_the_chosen_run_stays_chosen_when_others_come(table: RunTable, runs: tuple[RunMoment, ...]):
    table.grid.setCurrentIndex(table.model.index(1, 0))
    table.show_moment(Moment(runs[:2], False))
    chosen = table.chosen()
    assert chosen is not None
    assert chosen.run == 4


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_every_theme_and_weights_that_are_not_finite(
    table: RunTable, runs: tuple[RunMoment, ...], theme: Theme
):
    table.set_theme(theme)
    table.show_moment(Moment((with_nan(runs[0]),), False))
    assert not table.grab().isNull()
