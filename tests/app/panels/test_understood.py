from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.panels.understood import UnderstoodStrip
from app.panels.understood_words import (
    doubt_field,
    encoding_word,
    form_text,
    needs_asking,
    problems_text,
    sign_word,
    size_text,
)
from app.theme import THEMES, apply
from slp_core.data.reader import read_csv, read_text
from slp_core.data.table import Dialect, Problem, Table
from tests.app.conftest import Ear

CSV = Path(__file__).parents[2] / "data" / "csv"
ASKED = {
    "33_one_col_noheader.csv",
    "49_numeric_header.csv",
    "63_ambiguous_decimal.csv",
    "67_count_header_sklearn.csv",
    "69_one_col_text.csv",
    "ambiguous_quoted.csv",
    "ambiguous_thousands.csv",
    "german_thousands.csv",
    "shifted_row.csv",
    "single_quotes.csv",
    "stray_quotes.csv",
    "two_tables.csv",
    "units_row.csv",
    "footer_total.csv",
}
OPENED = {
    "01_simple.csv",
    "03_excel_de_cp1252.csv",
    "05_utf16be.txt",
    "13_title_excel.csv",
    "19_ragged_long.csv",
    "21_thousands_us.csv",
    "47_pipe.csv",
    "aligned_spaces.txt",
    "french.csv",
    "not_a_number.csv",
    "savetxt.txt",
    "titles_above.csv",
}


def found(name: str) -> Table:
    return read_csv(next(CSV.glob(f"*/{name}")))


def test_a_simple_file_in_words() -> None:
    table = found("01_simple.csv")
    assert form_text(table) == "Commas, names in line 1."
    assert size_text(table) == "20 rows × 4 columns"
    assert problems_text(table) == ""


def test_a_german_file_in_words() -> None:
    assert form_text(found("03_excel_de_cp1252.csv")) == (
        "Semicolons, decimal comma, names in line 1, Windows-1252."
    )
    assert form_text(found("units_row.csv")).startswith("Commas, names in lines 1 to 2")
    assert "hard spaces between thousands" in form_text(found("french.csv"))
    assert "comments after #" in form_text(found("savetxt.txt"))
    assert "no names" in form_text(found("09_noheader_iris.data"))
    assert form_text(found("69_one_col_text.csv")).startswith("One column, ")


def test_a_paste_has_no_encoding() -> None:
    assert form_text(read_text("a\tb\n1\t2\n")) == "Tabs, decimal point, names in line 1."


def test_problems_are_counted_with_what_they_stand_for() -> None:
    assert problems_text(found("two_tables.csv")) != ""
    one = Problem(1, None, "", "", "", "x")
    table = replace(found("01_simple.csv"), problems=(one,))
    assert problems_text(table) == "1 problem"
    assert problems_text(replace(table, problems=(replace(one, count=1200),))) == "1,200 problems"


def test_encodings_by_the_names_people_know() -> None:
    assert encoding_word("CP1252") == "Windows-1252"
    assert encoding_word("latin-1") == "Latin-1"
    assert encoding_word("no such thing") == "no such thing"
    assert sign_word("^") == "“^”"


@pytest.mark.parametrize("name", sorted(ASKED))
def test_doubtful_files_are_asked_about(name: str) -> None:
    assert needs_asking(found(name))


@pytest.mark.parametrize("name", sorted(OPENED))
def test_clear_files_open_at_once(name: str) -> None:
    assert not needs_asking(found(name))


def test_every_doubt_of_the_reader_leads_to_a_choice() -> None:
    doubts = [doubt for name in ASKED for doubt in found(name).dialect.doubts]
    assert len(doubts) > 8
    assert {doubt: doubt_field(doubt) for doubt in doubts if doubt_field(doubt) is None} == {}
    assert doubt_field("'1,234' may be 1.234 or 1234; it is read as 1234") == "decimal"
    assert doubt_field("single quotes are taken as quotes, not as apostrophes") == "quote"
    assert doubt_field("the first line is taken as data, but it might be names") == "header"
    assert doubt_field("only one column was found: is the separator right?") == "delimiter"


def test_many_cells_that_are_no_numbers_are_asked_about() -> None:
    table = replace(found("01_simple.csv"), problems=())
    bad = [Problem(n, "x", "?", "", "", "not_a_number") for n in range(2, 5)]
    assert not needs_asking(replace(table, problems=tuple(bad[:2])))
    assert needs_asking(replace(table, problems=tuple(bad)))
    others = [replace(each, column=f"c{n}") for n, each in enumerate(bad)]
    assert not needs_asking(replace(table, problems=tuple(others)))


def test_the_strip_is_silent_without_a_file(qtbot: QtBot) -> None:
    strip = UnderstoodStrip()
    qtbot.addWidget(strip)
    assert strip.isHidden()
    strip.set_table(found("01_simple.csv"))
    assert not strip.isHidden()
    strip.set_table(None)
    assert strip.isHidden()


def test_the_strip_says_it_and_leads_to_the_dialog(qtbot: QtBot, heard: Ear) -> None:
    strip = UnderstoodStrip()
    qtbot.addWidget(strip)
    table = found("03_excel_de_cp1252.csv")
    doubtful = replace(table.dialect, sure=False, doubts=("a doubt",))
    strip.set_table(replace(table, dialect=doubtful))
    strip.show()
    assert strip.text() == form_text(table)
    assert "A doubt." in strip.accessibleDescription()
    asked = heard(strip.edit_requested)
    button = strip.findChild(QPushButton)
    assert button is not None
    assert button.toolTip()
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(asked) == 1


@pytest.mark.parametrize("key", ["light", "projector"])
def test_the_strip_fits_the_column_of_panels(qtbot: QtBot, qapp: QApplication, key: str) -> None:
    apply(qapp, THEMES[key])
    strip = UnderstoodStrip()
    qtbot.addWidget(strip)
    strip.set_table(replace(found("french.csv"), dialect=Dialect("utf-16-le", ";", decimal=",")))
    strip.resize(304, 60)
    strip.show()
    assert strip.minimumSizeHint().width() <= 304
    apply(qapp, THEMES["light"])
