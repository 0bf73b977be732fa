from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dialogs.import_dialog import ImportDialog
from app.origins import FileOrigin
from app.sources import DataOptions
from slp_core.data.reading_options import ReadingOptions
from tests.app.dialogs.import_examples import example, opened, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")

KEY = Qt.Key


def choose_role(dialog: ImportDialog, column: str, role: str) -> None:
    table = dialog.table()
    assert table is not None
    dialog.views.preview.pick(table.names.index(column))
    menu = dialog.views.bar.menu()
    labels = {"target": "Target", "feature": "Feature", "ignore": "Left out"}
    next(action for action in menu.actions() if action.text() == labels[role]).trigger()


def test_roles_make_options(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    choose_role(dialog, "colour", "target")
    settle(qtbot, dialog)
    assert dialog.session.options == DataOptions(target="colour")
    assert "Learns colour" in dialog.verdict.text()
    choose_role(dialog, "width", "ignore")
    settle(qtbot, dialog)
    assert dialog.session.options.features == ("height", "species")
    choose_role(dialog, "width", "feature")
    settle(qtbot, dialog)
    assert dialog.session.options == DataOptions(target="colour")
    choose_role(dialog, "species", "target")
    settle(qtbot, dialog)
    assert dialog.session.options == DataOptions()


def test_roles_that_leave_nothing_to_learn_from_are_refused(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    for name in ("colour", "width", "height"):
        choose_role(dialog, name, "ignore")
    settle(qtbot, dialog)
    assert not dialog.open_button.isEnabled()
    assert dialog.verdict.text()
    assert dialog.views.preview.header.isVisible()
    choose_role(dialog, "width", "feature")
    settle(qtbot, dialog)
    assert dialog.open_button.isEnabled()
    assert dialog.session.options.features == ("width",)


def test_other_options_stay(qtbot: QtBot) -> None:
    given = DataOptions(scaling="none", validation=0.2, degree=2, target="colour")
    dialog = opened(qtbot, "27_text_columns.csv", given)
    choose_role(dialog, "species", "target")
    settle(qtbot, dialog)
    assert dialog.session.options == replace(given, target=None)


def test_looking_changes_nothing(qtbot: QtBot) -> None:
    given = DataOptions(target="species", features=("width", "height", "colour"))
    dialog = opened(qtbot, "27_text_columns.csv", given)
    choose_role(dialog, "colour", "target")
    settle(qtbot, dialog)
    choose_role(dialog, "species", "target")
    choose_role(dialog, "colour", "feature")
    settle(qtbot, dialog)
    assert dialog.session.options == given


def test_a_kind_reads_again_and_is_marked(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "57_leading_zero_ids.csv")
    table = dialog.table()
    assert table is not None
    name = table.names[0]
    dialog.views.preview.pick(0)
    menu = dialog.views.bar.menu()
    wanted = "Text" if table.columns[0].kind == "number" else "Number"
    next(action for action in menu.actions() if action.text() == wanted).trigger()
    settle(qtbot, dialog)
    assert dialog.session.reading.kinds == ((name, wanted.lower()),)
    after = dialog.table()
    assert after is not None
    assert after.columns[0].kind == wanted.lower()
    head = dialog.views.preview.rows.headerData(0, Qt.Orientation.Horizontal)
    assert "•" in str(head)


def test_kinds_of_columns_that_are_gone_are_forgotten(qtbot: QtBot) -> None:
    reading = ReadingOptions(kinds=(("width", "text"), ("gone", "text")))
    dialog = opened(qtbot, FileOrigin(example("27_text_columns.csv"), reading))
    assert dialog.session.reading.kinds == (("width", "text"),)
    table = dialog.table()
    assert table is not None
    assert not [p for p in table.problems if p.kind == "no_such_column"]


def test_the_menu_opens_at_the_arrow_of_a_head(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    header = dialog.views.preview.header
    right = header.sectionViewportPosition(1) + header.sectionSize(1)
    with qtbot.waitSignal(header.menu_wanted):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(right - 12, 10))
    assert dialog.views.preview.picked() == (1,)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def test_roles_and_kinds_stay_when_names_change(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "13_title_excel.csv")
    choose_role(dialog, "length", "ignore")
    settle(qtbot, dialog)
    dialog.session.choose_kind(("width",), "text")
    settle(qtbot, dialog)
    before = dialog.table()
    assert before is not None
    dialog.session.read_by(replace(dialog.session.reading, header=False))
    settle(qtbot, dialog)
    table = dialog.table()
    assert table is not None
    assert table.names != before.names
    assert dialog.session.options.features == table.names[1:3]
    assert dialog.session.options.target in (None, table.names[3])
    assert dialog.session.reading.kinds == ((table.names[1], "text"),)
    assert "kept" in dialog.verdict.text()
    dialog.session.read_by(replace(dialog.session.reading, header=None))
    settle(qtbot, dialog)
    assert dialog.session.options.features == ("width", "height")
    assert dialog.session.reading.kinds == (("width", "text"),)


def test_roles_of_columns_that_are_gone_are_given_up_aloud(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "13_title_excel.csv")
    choose_role(dialog, "length", "ignore")
    settle(qtbot, dialog)
    dialog.session.read_by(ReadingOptions(delimiter=","))
    settle(qtbot, dialog)
    assert "roles chosen before no longer apply" in dialog.verdict.text()


def test_reset_gives_up_roles_too(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "27_text_columns.csv")
    assert not dialog.choices.reset.isEnabled()
    choose_role(dialog, "width", "ignore")
    settle(qtbot, dialog)
    assert dialog.choices.reset.isEnabled()
    dialog.choices.reset.click()
    settle(qtbot, dialog)
    assert dialog.session.options == DataOptions()
    assert not dialog.choices.reset.isEnabled()


def test_nearly_as_many_classes_as_rows_are_no_success(qtbot: QtBot) -> None:
    origin = FileOrigin(example("13_title_excel.csv"), ReadingOptions(delimiter=","))
    assert "19 classes in 20 rows" in opened(qtbot, origin).verdict.text()
    assert "hardly" not in opened(qtbot, "27_text_columns.csv").verdict.text()
