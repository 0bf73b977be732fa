from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.import_choices import LABELS
from app.dialogs.import_dialog import ImportDialog
from app.origins import FileOrigin, TextOrigin
from app.settings import Settings
from app.sources import DataOptions
from app.theme import THEMES, apply
from slp_core.data.reader import read_csv
from slp_core.data.reading_options import ReadingOptions
from slp_core.errors import DataError
from tests.app.dialogs.conftest import Ear
from tests.app.dialogs.import_examples import begun, example, opened, settle

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")

KEY = Qt.Key


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> None:
    apply(qapp, THEMES["light"])


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


def choose_role(dialog: ImportDialog, column: str, role: str) -> None:
    table = dialog.table()
    assert table is not None
    dialog.views.preview.pick(table.names.index(column))
    menu = dialog.views.bar.menu()
    labels = {"target": "Target", "feature": "Feature", "ignore": "Left out"}
    next(action for action in menu.actions() if action.text() == labels[role]).trigger()


def test_a_file_is_shown_as_it_is_understood(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "03_excel_de_cp1252.csv")
    assert "20 rows × 4 columns" in dialog.head.text()
    assert "Semicolons, decimal comma" in dialog.head.text()
    assert dialog.choices.boxes["encoding"].box.currentText() == "Automatic (Windows-1252)"
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


def test_the_size_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    dialog = opened(qtbot, "01_simple.csv", settings=settings)
    dialog.resize(740, 520)
    QTest.keyClick(dialog, KEY.Key_Escape)
    again = opened(qtbot, "01_simple.csv", settings=settings)
    assert (again.width(), again.height()) == (740, 520)


def test_every_control_has_a_name_a_tip_and_a_key(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "two_tables.csv")
    stops: list[QWidget] = []
    widget: QWidget | None = dialog.nextInFocusChain()
    while widget is not None and widget is not dialog:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [dialog.choices.field(name) for name in ("encoding", "header", "skip", "missing")]
    wanted += [dialog.views.preview, dialog.views.bar.kind, dialog.views.bar.role]
    wanted += [dialog.views.problems.view, dialog.open_button]
    assert [each for each in wanted if each not in stops] == []
    bar = dialog.views.bar
    for field in (*map(dialog.choices.field, LABELS), bar.kind, bar.role):
        assert field.accessibleName()
        assert field.toolTip()
    for button in dialog.findChildren(QPushButton):
        assert button.toolTip() or button.text().replace("&", "") == "Cancel"


def test_mnemonics_are_unique(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    texts = [label.text() for label in dialog.findChildren(QLabel) if "&" in label.text()]
    texts += [button.text() for button in dialog.findChildren(QPushButton)]
    texts += [dialog.views.tabs.tabText(k) for k in range(3)]
    keys = [text[text.index("&") + 1].upper() for text in texts if "&" in text]
    assert len(keys) > 10
    assert len(keys) == len(set(keys)), sorted(keys)


@pytest.mark.parametrize("key", ["dark", "projector"])
def test_it_fits_a_small_screen_in_large_type(qtbot: QtBot, qapp: QApplication, key: str) -> None:
    apply(qapp, THEMES[key])
    dialog = opened(qtbot, "two_tables.csv")
    least = dialog.minimumSizeHint()
    assert least.width() <= 1000
    assert least.height() <= 700
    apply(qapp, THEMES["light"])


def test_closing_while_it_reads_leaves_no_thread(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("x,y\n" + "1.5,a\n2.5,b\n" * 200_000)
    dialog = begun(qtbot, FileOrigin(str(path)))
    dialog.close()
    assert not dialog.session.is_busy()


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
