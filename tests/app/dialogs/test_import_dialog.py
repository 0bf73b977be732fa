from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.dialogs.import_dialog import ImportDialog
from app.origins import FileOrigin, TextOrigin
from app.sources import DataOptions
from slp_core.data.reader import read_csv
from slp_core.data.reading_options import ReadingOptions
from slp_core.errors import DataError
from tests.app.conftest import Ear
from tests.app.dialogs.import_examples import begun, example, opened, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")

KEY = Qt.Key


def choose(dialog: ImportDialog, name: str, key: str) -> None:
    """Choose an entry of a box by the keyboard."""
    box = dialog.choices.boxes[name].box
    box.setFocus()
    keys = [option.key for option in box.options()]
    steps = keys.index(key) - box.currentIndex()
    QTest.keyClick(box, KEY.Key_Return)
    popup = box.view()
    for _ in range(abs(steps)):
        QTest.keyClick(popup, KEY.Key_Down if steps > 0 else KEY.Key_Up)
    QTest.keyClick(popup, KEY.Key_Return)


def test_a_file_is_shown_as_it_is_understood(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "03_excel_de_cp1252.csv")
    assert "20 rows × 4 columns" in dialog.head.text()
    assert "Semicolons, decimal comma" in dialog.head.text()
    assert dialog.choices.boxes["encoding"].box.currentText() == "Auto (Windows-1252)"
    assert dialog.open_button.isEnabled()
    assert dialog.choices.value() == ReadingOptions()
    assert "Learns" in dialog.verdict.text()


def test_enter_opens_with_the_choices_and_the_table(qtbot: QtBot, heard: Ear) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    taken = heard(dialog.taken)
    QTest.keyClick(dialog, KEY.Key_Return)
    assert dialog.value() == (ReadingOptions(), DataOptions())
    assert taken == [(ReadingOptions(), DataOptions(), dialog.table())]


def test_escape_takes_nothing(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.value() is None


def test_a_table_that_was_read_is_not_read_again(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("x,y\n1,a\n2,b\n3,a\n")
    table = read_csv(path)
    path.unlink()
    dialog = opened(qtbot, FileOrigin(str(path)), found=table)
    assert dialog.table() is table
    assert dialog.open_button.isEnabled()


def test_a_choice_reads_again(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "ambiguous_thousands.csv")
    assert "may be" in dialog.head.text()
    choose(dialog, "thousands", ".")
    choose(dialog, "decimal", ",")
    assert not dialog.open_button.isEnabled()
    settle(qtbot, dialog)
    table = dialog.table()
    assert table is not None
    assert table.columns[0].cell(0) == 1234.0
    assert "may be" not in dialog.head.text()
    QTest.keyClick(dialog, KEY.Key_Return)
    assert dialog.value() == (ReadingOptions(decimal=",", thousands="."), DataOptions())


def test_reset_leaves_everything_to_the_reader_again(qtbot: QtBot) -> None:
    reading = ReadingOptions(delimiter=";", header=False, kinds=(("column 1", "text"),))
    dialog = opened(qtbot, FileOrigin(example("bom_semicolon.csv"), reading))
    assert dialog.choices.boxes["delimiter"].value() == ";"
    QTest.mouseClick(dialog.choices.reset, Qt.MouseButton.LeftButton)
    settle(qtbot, dialog)
    assert dialog.session.reading == ReadingOptions()
    assert not dialog.choices.reset.isEnabled()


def test_lines_to_skip_by_enter_do_not_open(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    dialog.choices.skip.setFocus()
    QTest.keyClicks(dialog.choices.skip, "3")
    QTest.keyClick(dialog.choices.skip, KEY.Key_Return)
    assert dialog.isVisible()
    settle(qtbot, dialog)
    table = dialog.table()
    assert table is not None
    assert table.lines[0] > 3
    assert dialog.session.reading.skip == 3


def test_missing_words_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("x,y\n1,a\n-999,b\n3,a\n4,b\n")
    dialog = opened(qtbot, FileOrigin(str(path)))
    dialog.choices.missing.setFocus()
    QTest.keyClicks(dialog.choices.missing, "-999, leer")
    QTest.keyClick(dialog.choices.missing, KEY.Key_Tab)
    settle(qtbot, dialog)
    assert dialog.session.reading.missing == ("-999", "leer")
    table = dialog.table()
    assert table is not None
    assert table.columns[0].missing == 1


def test_another_sign_is_typed(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("x^y\n1^a\n2^b\n3^a\n")
    dialog = opened(qtbot, FileOrigin(str(path)))
    choose(dialog, "delimiter", "other")
    sign = dialog.choices.boxes["delimiter"].sign
    assert sign.isVisible()
    QTest.keyClicks(sign, "^")
    settle(qtbot, dialog)
    assert dialog.session.reading.delimiter == "^"
    assert not sign.isVisible()
    table = dialog.table()
    assert table is not None
    assert table.names == ("x", "y")


def test_what_cannot_be_read_is_said_in_place(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "bom_semicolon.csv")
    choose(dialog, "encoding", "utf-16")
    settle(qtbot, dialog)
    assert not dialog.open_button.isEnabled()
    assert dialog.views.stack.currentWidget() is dialog.views.refusal
    assert dialog.views.refusal.text.text()
    assert "cannot be read this way" in dialog.head.text()
    QTest.keyClick(dialog, KEY.Key_Return)
    assert dialog.isVisible()
    choose(dialog, "encoding", "auto")
    settle(qtbot, dialog)
    assert dialog.views.stack.currentWidget() is dialog.views.preview
    assert dialog.open_button.isEnabled()


@pytest.mark.parametrize("name", ["table.parquet", "35_empty.csv", "37_binary_png.csv"])
def test_a_file_that_is_no_text_cannot_be_settled(qtbot: QtBot, name: str) -> None:
    error = DataError(f"{name} is no text table", code="csv.foreign", hint="Do this.")
    dialog = opened(qtbot, name, found=error)
    assert not dialog.choices.isEnabled()
    assert not dialog.open_button.isEnabled()
    assert dialog.views.refusal.hint.text() == "Do this."
    assert not dialog.views.tabs.isTabEnabled(2)


def test_no_table_found_still_shows_the_lines(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("x,y\n")
    dialog = opened(qtbot, FileOrigin(str(path)))
    assert dialog.choices.isEnabled()
    dialog.views.tabs.setCurrentIndex(2)
    rows = dialog.views.lines.rows
    qtbot.waitUntil(lambda: rows.data(rows.index(0, 1)) == "x,y")
    assert rows.rowCount() == 1


def test_a_reading_can_be_stopped(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    before = dialog.table()
    dialog.session.read_by(ReadingOptions(delimiter=";"))
    assert not dialog.open_button.isEnabled()
    dialog.views.veil.show()
    QTest.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isVisible()
    settle(qtbot, dialog)
    assert dialog.table() is before
    assert dialog.choices.value() == ReadingOptions()
    assert dialog.views.veil.isHidden()
    assert dialog.open_button.isEnabled()


def test_the_first_reading_stopped_closes(qtbot: QtBot) -> None:
    dialog = begun(qtbot, FileOrigin(example("51_late_float_in_int.csv")))
    dialog.views.veil.show()
    QTest.mouseClick(dialog.views.veil.cancel, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.value() is None


def test_a_paste_has_no_encoding(qtbot: QtBot) -> None:
    dialog = opened(qtbot, TextOrigin("x\ty\n1,5\ta\n2,5\tb\n3,5\ta\n"))
    assert not dialog.choices.boxes["encoding"].isEnabled()
    dialog.views.tabs.setCurrentIndex(2)
    rows = dialog.views.lines.rows
    qtbot.waitUntil(lambda: rows.data(rows.index(1, 1)) == "1,5 ⇥ a")


def test_a_doubt_leads_to_its_choice(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "single_quotes.csv")
    dialog.head.choice_wanted.emit("quote")
    box = dialog.choices.boxes["quote"].box
    assert box.view().isVisible()
    mark = box.mark()
    assert mark is not None
    assert "apostrophes" in mark.reason
    box.hidePopup()


def test_closing_while_it_reads_leaves_no_thread(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("x,y\n" + "1.5,a\n2.5,b\n" * 200_000)
    dialog = begun(qtbot, FileOrigin(str(path)))
    dialog.close()
    assert not dialog.session.is_busy()
