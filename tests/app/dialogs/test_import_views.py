from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs.import_dialog import ImportDialog
from app.dialogs.import_lines import PAGE, RawView
from app.dialogs.import_views import row_of_line
from app.jobs import Jobs
from app.origins import FileOrigin
from slp_core.data.reader import read_csv
from slp_core.data.table import Problem, Table
from tests.app.dialogs.import_examples import example, opened

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")

Role = Qt.ItemDataRole


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shut_down()


def table_of(dialog: ImportDialog) -> Table:
    table = dialog.table()
    assert table is not None
    return table


def go_to(dialog: ImportDialog, kind: str) -> None:
    """Go through the list of problems by the keyboard until one of this kind."""
    view = dialog.views.problems.view
    kinds = [problem.kind for problem in table_of(dialog).problems]
    view.setFocus()
    view.selectRow(0)
    for _ in range(kinds.index(kind)):
        QTest.keyClick(view, Qt.Key.Key_Down)


def test_missing_cells_are_words_and_numbers_stand_at_the_right(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "question_marks.csv")
    rows, table = dialog.views.preview.rows, table_of(dialog)
    place = next(k for k, column in enumerate(table.columns) if column.missing)
    column = table.columns[place]
    gap = next(
        r for r in range(table.rows) if column.cell(r) != column.cell(r) or not column.cell(r)
    )
    index = rows.index(gap, place)
    assert rows.data(index) == "missing"
    font = rows.data(index, Role.FontRole)
    assert isinstance(font, QFont)
    assert font.italic()
    assert "missing" in str(rows.data(index, Role.ToolTipRole))


def test_heads_say_name_kind_and_role(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    rows = dialog.views.preview.rows
    across = Qt.Orientation.Horizontal
    assert rows.headerData(3, across) == "species\ntext, target"
    assert "classes" in str(rows.headerData(3, across, Role.ToolTipRole))
    assert rows.headerData(0, Qt.Orientation.Vertical) == "2"


def test_the_target_is_picked_first_and_columns_go_together(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    views = dialog.views
    assert views.bar.name.text() == "species"
    QTest.keyClick(views.preview, Qt.Key.Key_Left)
    assert views.bar.name.text() == "height"
    assert views.columns.picked() == (2,)
    views.tabs.setCurrentIndex(1)
    QTest.keyClick(views.columns, Qt.Key.Key_Up)
    assert views.preview.picked() == (1,)
    assert views.bar.name.text() == "width"


def test_several_columns_are_settled_at_once(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    views = dialog.views
    views.preview.pick(1)
    QTest.keyClick(views.preview, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert views.preview.picked() == (1, 2)
    assert views.bar.name.text() == "2 columns"
    assert views.bar.role.is_refused("target")
    assert views.bar.role.value() == "feature"
    actions = views.bar.menu().actions()
    next(action for action in actions if action.text() == "Left out").trigger()
    qtbot.waitUntil(lambda: not dialog.session.is_busy())
    assert dialog.session.options.features == ("colour",)


def test_a_click_on_a_head_picks_the_column(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    header = dialog.views.preview.header
    place = QPoint(header.sectionViewportPosition(1) + 12, header.height() - 8)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.views.preview.picked() == (1,)


def test_a_problem_of_a_cell_is_shown_in_its_row(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "not_a_number.csv")
    go_to(dialog, "not_a_number")
    views, table = dialog.views, table_of(dialog)
    problem = next(p for p in table.problems if p.kind == "not_a_number")
    assert problem.line is not None
    row = row_of_line(table, problem.line)
    assert row is not None
    assert views.tabs.currentIndex() == 0
    assert views.preview.rows.marked() == (row, table.names.index(str(problem.column)))
    index = views.preview.rows.index(row, 0)
    assert views.preview.rows.data(index, Role.BackgroundRole) is not None
    assert views.preview.currentIndex().row() == row


def test_a_line_that_is_no_row_is_shown_among_the_lines(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "19_ragged_long.csv")
    go_to(dialog, "ragged")
    views = dialog.views
    line = next(p.line for p in table_of(dialog).problems if p.kind == "ragged")
    assert line is not None
    assert views.tabs.currentIndex() == 2
    rows = views.lines.rows
    qtbot.waitUntil(lambda: rows.data(rows.index(line - 1, 0)) == "left out")
    assert views.lines.currentIndex().row() == line - 1
    assert "cells" in str(rows.data(rows.index(line - 1, 1), Role.ToolTipRole))


def test_a_problem_of_a_column_picks_it(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "57_leading_zero_ids.csv")
    table = table_of(dialog)
    dialog.views.preview.pick(0)
    dialog.views.go_to(Problem(None, table.names[1], "", "odd", "kept", "mixed_column"))
    assert dialog.views.preview.picked() == (1,)
    dialog.views.go_to(Problem(None, "no such", "", "odd", "kept", "x"))
    dialog.views.go_to(Problem(None, None, "", "odd", "kept", "x"))
    assert dialog.views.preview.picked() == (1,)


def test_lines_are_read_where_one_looks(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    body = "".join(f"{n},{'ab'[n % 2]}\n" for n in range(5000))
    path.write_text("# a comment\nx,y\n" + body + "# the end\n\n")
    view = RawView(jobs)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_lines(path, read_csv(path))
    rows = view.rows
    qtbot.waitUntil(lambda: rows.data(rows.index(1, 0)) == "names")
    assert rows.data(rows.index(0, 0)) == "comment"
    view.jump(5002)
    qtbot.waitUntil(lambda: rows.data(rows.index(5001, 1)) == "4999,b")
    qtbot.waitUntil(lambda: rows.rowCount() == 5004)
    assert rows.data(rows.index(5002, 0)) == "comment"
    assert rows.data(rows.index(5003, 0)) == "blank"


def test_a_file_of_whole_pages_ends_where_it_ends(qtbot: QtBot, jobs: Jobs, tmp_path: Path) -> None:
    path = tmp_path / "pages.csv"
    path.write_text("x,y\n" + "1,a\n2,b\n" * (PAGE - 1) + "3,a\n")
    view = RawView(jobs)
    qtbot.addWidget(view)
    view.show()
    view.show_lines(path, read_csv(path))
    view.jump(2 * PAGE)
    qtbot.waitUntil(lambda: view.rows.data(view.rows.index(2 * PAGE - 1, 1)) == "3,a")
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.rows.rowCount() == 2 * PAGE)


def test_lines_that_cannot_be_read_any_more_are_told(
    qtbot: QtBot, jobs: Jobs, tmp_path: Path
) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("x,y\n1,a\n2,b\n")
    table = read_csv(path)
    path.unlink()
    view = RawView(jobs)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed):
        view.show()
        view.show_lines(path, table)


def test_columns_are_found_by_name(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    names = [f"gene_{n}" for n in range(400)]
    rows = [",".join(str(n * k % 7) for n in range(400)) + f",{'ab'[k % 2]}" for k in range(9)]
    path.write_text(",".join([*names, "class"]) + "\n" + "\n".join(rows) + "\n")
    dialog = opened(qtbot, FileOrigin(str(path)))
    search = dialog.views.bar.search
    assert search.isVisible()
    search.setFocus()
    QTest.keyClicks(search, "GENE_39")
    assert dialog.views.bar.name.text() == "gene_39"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert dialog.views.bar.name.text() == "gene_390"
    assert dialog.isVisible()


def test_few_columns_need_no_search(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    assert not dialog.views.bar.search.isVisible()


def test_a_million_rows_cost_nothing_to_show(qtbot: QtBot) -> None:
    table = Table.from_columns("many", {"x": np.arange(1_000_000.0), "y": np.arange(1_000_000) % 2})
    dialog = opened(qtbot, FileOrigin("many"), found=table)
    preview = dialog.views.preview
    preview.jump(999_999, 0)
    assert preview.rows.data(preview.rows.index(999_999, 0)) == "999999"
    assert preview.picked() == (0,)


def test_the_refused_roles_give_their_reason(qtbot: QtBot) -> None:
    dialog = opened(qtbot, FileOrigin(example("dates.csv")))
    table, bar = table_of(dialog), dialog.views.bar
    date = next(k for k, column in enumerate(table.columns) if column.kind == "date")
    dialog.views.preview.pick(date)
    assert "dates" in bar.role.tip_of("feature")
    usual = opened(qtbot, "27_text_columns.csv")
    assert "another column" in usual.views.bar.role.tip_of("ignore")


def test_lines_of_a_file_that_has_gone(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("x,y\n1,a\n2,b\n3,a\n")
    table = read_csv(path)
    path.unlink()
    dialog = opened(qtbot, FileOrigin(str(path)), found=table)
    dialog.views.tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: dialog.views.paper.currentWidget() is dialog.views.lost)
    assert "gone.csv" in dialog.views.lost.text.text() + dialog.views.lost.title.text()
    assert dialog.open_button.isEnabled()
