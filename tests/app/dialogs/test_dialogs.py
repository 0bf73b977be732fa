from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.commands import COMMANDS
from app.dialogs.about import AboutDialog
from app.dialogs.problem_rows import HEADERS, ProblemRows, cells, summary_text
from app.dialogs.problems import ProblemsDialog
from app.dialogs.sheet import Sheet
from app.dialogs.shortcuts import ShortcutsDialog, keys_text
from app.theme import THEMES, apply
from slp_core.data.dataset import Dataset
from slp_core.data.table import Dialect, Problem, Table

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PROBLEMS = (
    Problem(3, "width", "n/a?\nx", "not a number", "kept as missing", "cell"),
    Problem(None, None, "", "two lines are too long", "cut", "line", count=2),
)


@pytest.fixture
def table(tmp_path: Path) -> Table:
    made = Table.from_columns("f.csv", {"width": [1.0, 2.0], "class": [0, 1]})
    return replace(
        made,
        path=tmp_path / "f.csv",
        problems=PROBLEMS,
        dialect=Dialect(encoding="cp1252", delimiter=";", decimal=",", doubts=("A doubt.",)),
    )


def texts(dialog: Sheet) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def button(dialog: Sheet, text: str) -> QPushButton:
    found = [b for b in dialog.findChildren(QPushButton) if text in b.text().replace("&", "")]
    assert len(found) == 1
    return found[0]


def test_summary_counts_places_and_tells_how_the_file_was_read(table: Table) -> None:
    text = summary_text(table)
    assert "3 odd places; 2 rows were read." in text
    assert "cp1252" in text
    assert "semicolon between columns, decimal comma" in text
    assert "A doubt." in text


def test_summary_of_a_clean_table(table: Table) -> None:
    assert "Nothing odd" in summary_text(replace(table, problems=()))
    assert "Read as" not in summary_text(replace(table, path=None))


def test_missing_cells_are_not_called_nothing_odd() -> None:
    nan = float("nan")
    holes = Table.from_columns(
        "holes.csv", {"x": [1.0, nan, nan, 4.0], "y": [nan, 1.0, 2.0, 3.0], "class": [0, 1, 0, 1]}
    )
    text = summary_text(holes)
    assert "Nothing odd" not in text
    assert "Missing cells: x 2, y 1." in text
    made = Dataset.from_table(holes, "class", ["y"])
    assert "3 of 4 rows are used; 1 row with" in summary_text(holes, made)


@pytest.mark.parametrize("key", ["light", "projector"])
def test_the_reason_gets_the_room(qtbot: QtBot, qapp: QApplication, table: Table, key: str) -> None:
    apply(qapp, THEMES[key])
    long = Problem(2, "c" * 60, "t" * 70, "the line has too many cells", "o" * 60, "cell")
    dialog = ProblemsDialog(replace(table, problems=(long,)))
    qtbot.addWidget(dialog)
    dialog.show()
    widths = {name: dialog.view.columnWidth(place) for place, name in enumerate(HEADERS)}
    reason = dialog.view.fontMetrics().horizontalAdvance(long.reason)
    assert widths["What is wrong"] > reason
    assert dialog.view.wordWrap()
    apply(qapp, THEMES["light"])


def test_rows_show_every_problem() -> None:
    rows = ProblemRows(PROBLEMS)
    assert (rows.rowCount(), rows.columnCount()) == (2, len(HEADERS))
    shown = [rows.data(rows.index(0, c)) for c in range(len(HEADERS))]
    assert shown == ["3", "width", "n/a? x", "not a number", "kept as missing", ""]
    assert rows.data(rows.index(1, 5)) == "2"
    assert rows.headerData(0, Qt.Orientation.Horizontal) == "Line"
    assert rows.rowCount(rows.index(0, 0)) == 0
    assert rows.data(QModelIndex(rows.index(0, 0)), Qt.ItemDataRole.DecorationRole) is None


def test_long_cells_are_cut_and_whole_in_the_tooltip() -> None:
    rows = ProblemRows([replace(PROBLEMS[0], text="x" * 500)])
    index = rows.index(0, 2)
    assert len(str(rows.data(index))) == 80
    assert rows.data(index, Qt.ItemDataRole.ToolTipRole) == "x" * 500


def test_problems_are_copied_as_a_table(qtbot: QtBot, table: Table) -> None:
    dialog = ProblemsDialog(table)
    qtbot.addWidget(dialog)
    button(dialog, "Copy").click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == list(HEADERS)
    assert lines[1].split("\t") == list(cells(PROBLEMS[0]))
    assert len(lines) == 3


def test_a_table_without_problems_says_so(qtbot: QtBot, table: Table) -> None:
    dialog = ProblemsDialog(replace(table, problems=()))
    qtbot.addWidget(dialog)
    assert "Nothing odd" in texts(dialog)
    assert not button(dialog, "Copy").isEnabled()


def test_shortcuts_sheet_names_every_key(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    said = texts(dialog)
    for row in COMMANDS.values():
        if row.shortcuts:
            assert keys_text(row) in said
            assert row.text.replace("&", "").rstrip("…") in said


def test_the_sheet_of_shortcuts_fits_on_the_screen_and_scrolls(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    room = dialog.screen().availableSize()
    assert dialog.height() < room.height()
    assert dialog.rect().contains(button(dialog, "Close").geometry().center())
    area = dialog.findChild(QScrollArea)
    assert area is not None
    assert area.verticalScrollBar().maximum() > 0
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0


def test_about_says_version_and_licence(qtbot: QtBot) -> None:
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    assert "MIT" in texts(dialog)
    assert "LGPL" in texts(dialog)
    button(dialog, "Copy").click()
    assert QGuiApplication.clipboard().text().startswith("Python 3")


def test_dialogs_do_not_block_and_are_gone_when_closed(qtbot: QtBot, table: Table) -> None:
    for dialog in (AboutDialog(), ShortcutsDialog(), ProblemsDialog(table)):
        assert not dialog.isModal()
        with qtbot.waitExposed(dialog):
            dialog.show()
        with qtbot.waitSignal(dialog.destroyed):
            button(dialog, "Close").click()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
