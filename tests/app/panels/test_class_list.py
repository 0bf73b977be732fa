"""The list of classes: counts, colours, and names that change in place."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.panels.bubble import Bubble
from app.panels.class_list import MOST_LINES, SIDE, ClassList
from app.panels.class_look import SHAPE_WORDS, look_words
from app.panels.data_panel import DataPanel
from app.plots.colors import class_symbol
from app.sources import DataOptions
from app.theme import CLASS_COLORS, CLASS_SYMBOLS, THEMES, apply
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from tests.app.conftest import Ear

pytestmark = pytest.mark.qt_log_ignore("does not support")


def dataset(renames: dict[str, str] | None = None, validation: float = 0.25) -> Dataset:
    kinds = np.array(["a"] * 8 + ["b"] * 8 + ["c"] * 4, dtype=object)
    made = Table.from_columns("t", {"x": np.arange(20.0) ** 2, "kind": kinds})
    return Dataset.from_table(made, "kind", renames=renames, validation=validation)


@pytest.fixture
def classes(qtbot: QtBot) -> ClassList:
    made = ClassList()
    qtbot.addWidget(made)
    made.set_classes(dataset())
    made.resize(260, 120)
    with qtbot.waitExposed(made):
        made.show()
    return made


def texts(classes: ClassList, column: int) -> list[str]:
    items = [classes.topLevelItem(place) for place in range(classes.topLevelItemCount())]
    return [item.text(column) for item in items if item is not None]


def point(classes: ClassList, row: int, column: int) -> QPoint:
    index = classes.model().index(row, column)
    return classes.visualRect(index).center()


def rename(classes: ClassList, row: int, name: str, column: int = 0) -> None:
    """Double-click a line and type a name."""
    place = point(classes, row, column)
    QTest.mouseClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = classes.viewport().findChildren(QLineEdit)[-1]  # those before go with the next event
    assert editor.isVisible()
    editor.selectAll()
    QTest.keyClicks(editor, name) if name else QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text over in a queued call


def test_it_shows_names_and_counts_of_both_parts(classes: ClassList) -> None:
    assert texts(classes, 0) == ["a", "b", "c"]
    assert texts(classes, 1) == ["6 + 2", "6 + 2", "3 + 1"]
    classes.set_classes(dataset(validation=0.0))
    assert texts(classes, 1) == ["8", "8", "4"]


@pytest.mark.parametrize("column", [0, 1])
def test_a_double_click_renames(classes: ClassList, heard: Ear, column: int) -> None:
    told = heard(classes.value_changed)
    rename(classes, 1, "  bee   hive ", column)
    assert classes.value() == (("b", "bee hive"),)
    assert texts(classes, 0) == ["a", "bee hive", "c"]
    assert len(told) == 1


def test_f2_renames(classes: ClassList, heard: Ear) -> None:
    told = heard(classes.value_changed)
    QTest.mouseClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=point(classes, 2, 1))
    QTest.keyClick(classes, Qt.Key.Key_F2)
    editor = classes.viewport().findChildren(QLineEdit)[-1]  # those before go with the next event
    assert editor.isVisible()
    QTest.keyClicks(editor, "sea")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt takes the text over in a queued call
    assert classes.value() == (("c", "sea"),)
    assert len(told) == 1


def test_a_name_that_is_taken_stays_typed_until_it_is_another(
    classes: ClassList, heard: Ear
) -> None:
    told = heard(classes.value_changed)
    rename(classes, 1, "a")
    editor = classes.viewport().findChildren(QLineEdit)[-1]
    assert editor.isVisible()
    assert editor.text() == "a"
    assert editor.property("invalid") is True
    bubble = classes.window().findChild(Bubble)
    assert isinstance(bubble, Bubble)
    assert bubble.isVisible()
    assert bubble.text() == "There is a class “a” already. Choose another name."
    assert (classes.value(), told) == ((), [])
    QTest.keyClicks(editor, "nt")
    assert not bubble.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert texts(classes, 0) == ["a", "ant", "c"]
    assert len(told) == 1


def test_a_refused_name_goes_with_escape_and_with_the_focus(
    classes: ClassList, qtbot: QtBot
) -> None:
    rename(classes, 1, "a")
    bubble = classes.window().findChild(Bubble)
    assert isinstance(bubble, Bubble)
    QTest.keyClick(classes.viewport().findChildren(QLineEdit)[-1], Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not bubble.isVisible()
    rename(classes, 1, "a")
    QTest.mouseClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=point(classes, 2, 1))
    qtbot.waitUntil(bubble.isVisible)
    assert texts(classes, 0) == ["a", "b", "c"]
    assert not any(field.isVisible() for field in classes.viewport().findChildren(QLineEdit))


def test_the_field_fits_into_its_line_and_leaves_the_mark_in_sight(classes: ClassList) -> None:
    place = point(classes, 1, 0)
    QTest.mouseClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = classes.viewport().findChildren(QLineEdit)[-1]
    line = classes.visualRect(classes.model().index(1, 0))
    assert line.contains(editor.geometry())
    assert editor.height() >= editor.fontMetrics().height()
    assert editor.x() >= line.x() + SIDE


def test_a_selected_line_shows_its_mark_as_it_is(classes: ClassList) -> None:
    def symbol(index: int) -> QIcon:
        picture = QPixmap(SIDE, SIDE)
        picture.fill(QColor(CLASS_COLORS[index]))
        return QIcon(picture)

    classes.set_symbol(symbol)
    QTest.mouseClick(classes.viewport(), Qt.MouseButton.LeftButton, pos=point(classes, 1, 1))
    item = classes.topLevelItem(1)
    assert item is not None
    assert item.isSelected()
    line = classes.visualRect(classes.model().index(1, 0))
    image = classes.viewport().grab().toImage()
    inside = image.pixelColor(line.left() + SIDE // 2, line.center().y())
    assert inside.name() == CLASS_COLORS[1]


def test_every_mark_has_words_of_its_own() -> None:
    words = [look_words(index) for index in range(20)]
    assert words[:3] == ["blue circle", "orange square", "green triangle"]
    assert len(set(words)) == 20
    assert list(SHAPE_WORDS) == list(CLASS_SYMBOLS)
    assert class_symbol(THEMES["light"], 13) == "+"
    assert words[13] == "pink plus"


@pytest.mark.parametrize("name", ["", "b"])
def test_the_old_name_comes_back(classes: ClassList, name: str) -> None:
    rename(classes, 1, "new")
    rename(classes, 1, name)
    assert classes.value() == ()
    assert texts(classes, 0) == ["a", "b", "c"]


def test_setting_is_silent(classes: ClassList, heard: Ear) -> None:
    told = heard(classes.value_changed)
    classes.set_value((("a", "alpha"),))
    assert texts(classes, 0) == ["alpha", "b", "c"]
    classes.set_classes(dataset({"c": "gamma"}))
    assert classes.value() == (("c", "gamma"),)
    assert told == []


def test_colours_follow_the_theme_and_many_classes_are_scrolled(
    classes: ClassList, qapp: QApplication
) -> None:
    kinds = np.repeat([f"k{n:02}" for n in range(12)], 2).astype(object)
    made = Table.from_columns("t", {"x": np.arange(24.0) ** 2, "kind": kinds})
    classes.set_classes(Dataset.from_table(made, "kind"))
    assert classes.sizeHint().height() < classes.sizeHintForRow(0) * (MOST_LINES + 1)
    item = classes.topLevelItem(11)
    assert item is not None
    for theme in THEMES.values():
        apply(qapp, theme)
        image = item.icon(0).pixmap(12, 12).toImage()
        assert image.pixelColor(image.rect().center()).name() == theme.class_colors[1].lower()


def test_the_panel_tells_of_renames_and_forgets_them_with_the_target(
    qtbot: QtBot, heard: Ear, table: Table
) -> None:
    panel = DataPanel()
    qtbot.addWidget(panel)
    made = Dataset.from_table(table, "species")
    panel.set_table(table, made)
    panel.set_value(DataOptions(target="species"))
    panel.names.set_open(True)
    panel.resize(300, 900)
    with qtbot.waitExposed(panel):
        panel.show()
    told = heard(panel.value_changed)
    rename(panel.classes, 0, "first")
    assert told == [DataOptions(target="species", renames=((made.written[0], "first"),))]
    assert panel.names.text() == "Classes •"
    QTest.keyClick(panel.target, Qt.Key.Key_Up)
    assert told[-1] == DataOptions(target="colour")


def test_a_number_has_no_classes(qtbot: QtBot, table: Table) -> None:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.set_table(table, Dataset.from_table(table, "width", ["length"], task="regression"))
    assert panel.names.isHidden()
    assert panel.names.header.isHidden()
    panel.set_table(table, Dataset.from_table(table, "species"))
    assert not panel.names.header.isHidden()
