from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.brushes import TOOLS, Brush
from app.commands import COMMANDS
from app.panels.bubble import Bubble
from app.panels.paint_bar import PaintBar
from app.panels.paint_classes import MOST_CHIPS
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from tests.app.conftest import Ear


def no_icon(_index: int) -> QIcon:
    return QIcon()


def opened_bar(qtbot: QtBot, table: Table, target: str, **choice: object) -> PaintBar:
    """The bar as a window that has the focus."""
    bar = PaintBar(no_icon)
    qtbot.addWidget(bar)
    bar.resize(620, 90)
    data = Dataset.from_table(table, target, **choice)  # pyright: ignore[reportArgumentType]  # as named
    bar.set_data(data, table, other=True)
    with qtbot.waitActive(bar):
        bar.show()
        bar.activateWindow()
    bar.setFocus()
    return bar


def numbered(classes: int) -> Table:
    label = np.arange(2 * classes) % classes
    return Table.from_columns("t", {"x": np.arange(2.0 * classes) + 0.5, "class": label})


def test_the_first_class_is_the_brushs(qtbot: QtBot, table: Table) -> None:
    bar = opened_bar(qtbot, table, "species")
    assert bar.value() == Brush(label="a", index=0)
    assert bar.chips.texts == ["a  3", "b  3", "c  3"]


def test_keys_choose_tools_and_classes(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    values = heard(bar.value_changed)
    QTest.keyClicks(bar, "bx2m3")
    tools = [(value.tool, value.label) for value in values]
    assert tools == [
        ("brush", "a"), ("erase", "a"), ("brush", "b"), ("move", "b"), ("brush", "c"),
    ]  # fmt: skip
    assert bar.buttons["brush"].isChecked()
    assert bar.chips.current == 2


def test_a_key_beyond_the_classes_does_nothing(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    values = heard(bar.value_changed)
    QTest.keyClicks(bar, "7")
    assert values == []


def test_setting_is_silent(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    values = heard(bar.value_changed)
    bar.set_value(Brush(tool="erase", radius=50, amount=7, label="b", index=1))
    assert values == []
    assert bar.value().label == "b"
    assert bar.options.radius.value() == 50
    assert bar.options.radius.isVisible()
    assert not bar.options.amount.isVisible(), "an eraser has no amount"


def test_sliders_change_the_brush(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    bar.set_value(Brush(tool="brush", label="a"))
    values = heard(bar.value_changed)
    bar.options.radius.setValue(60)
    bar.options.amount.setValue(9)
    bar.set_radius(60.2)
    assert [(value.radius, value.amount) for value in values] == [(60, 4), (60, 9), (61, 9)]


def test_an_added_class_has_no_points_and_is_chosen(
    qtbot: QtBot, table: Table, dataset: Dataset, heard: Ear
) -> None:
    bar = opened_bar(qtbot, table, "species")
    values = heard(bar.value_changed)
    QTest.mouseClick(bar.chips.add, Qt.MouseButton.LeftButton)
    assert bar.classes == ("a", "b", "c", "d")
    assert bar.chips.texts[-1] == "d  0"
    assert (values[-1].label, values[-1].index, values[-1].tool) == ("d", 3, "brush")
    bar.set_data(dataset, table, other=False)
    assert bar.classes == ("a", "b", "c", "d"), "an edit does not forget it"
    bar.set_data(dataset, table, other=True)
    assert bar.classes == ("a", "b", "c")
    assert values[-1].label == "c"


def test_a_class_that_loses_its_points_can_be_painted_again(qtbot: QtBot, table: Table) -> None:
    bar = opened_bar(qtbot, table, "species")
    rows = [0, 1, 3, 4, 6, 7]
    less = Table.from_columns(
        "flowers", {column.name: np.asarray(column.values)[rows] for column in table.columns}
    )
    bar.set_data(Dataset.from_table(less, "species"), less, other=False)
    assert bar.classes == ("a", "b", "c")
    assert bar.chips.texts == ["a  3", "b  3", "c  0"]


def test_an_eleventh_number_is_refused(qtbot: QtBot) -> None:
    bar = opened_bar(qtbot, numbered(10), "class")
    bar.add_class()
    assert len(bar.classes) == 10
    assert [bubble for bubble in bar.findChildren(Bubble) if bubble.isVisible()]


def test_removing_asks_for_it_and_forgets_what_has_no_points(
    qtbot: QtBot, table: Table, heard: Ear
) -> None:
    bar = opened_bar(qtbot, table, "species")
    told = heard(bar.class_removed)
    bar.add_class()
    bar.remove_class()
    assert told == []
    assert bar.classes == ("a", "b", "c")
    bar.remove_class()
    assert told == ["c"]


def test_numbers_have_no_classes_but_a_value(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "length", features=["width", "height"], task="regression")
    assert not bar.chips.isVisible()
    values = heard(bar.value_changed)
    QTest.keyClicks(bar, "d")
    bar.set_axes(0, 1)
    assert bar.options.target.isVisible()
    QTest.keyClicks(bar.options.target, "2,5")
    QTest.keyClick(bar.options.target, Qt.Key.Key_Return)
    assert (values[-1].value, values[-1].label) == (2.5, "")
    bar.set_axes(0, None)
    assert not bar.options.target.isVisible(), "the height is the value"


def test_many_classes_are_in_a_list(qtbot: QtBot, heard: Ear) -> None:
    label = np.arange(80) % 40
    names = np.array([f"name {n:02}" for n in label], dtype=object)
    bar = opened_bar(
        qtbot, Table.from_columns("t", {"x": np.arange(80.0), "class": names}), "class"
    )
    assert len(bar.chips.texts) == MOST_CHIPS
    values = heard(bar.value_changed)
    menu = bar.chips.findChild(QMenu)
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    menu.actions()[-1].trigger()
    assert values[-1].label == "name 39"


def test_jitter_and_the_menu_tell(qtbot: QtBot, table: Table, heard: Ear) -> None:
    bar = opened_bar(qtbot, table, "species")
    shares, back, save = heard(bar.jitter_asked), heard(bar.back_asked), heard(bar.save_asked)
    QTest.keyClicks(bar, "j")
    bar.options.menu.actions()[0].trigger()
    QTest.mouseClick(bar.options.button, Qt.MouseButton.LeftButton)
    assert shares == [0.02, 0.005, 0.005]
    actions = {action.text().replace("&", ""): action for action in bar.more.menu().actions()}
    actions["Save as CSV…"].trigger()
    actions["Back to the file"].trigger()
    assert len(save) == len(back) == 1
    bar.set_edited(False)
    assert not actions["Back to the file"].isEnabled()


@pytest.mark.parametrize("width", [430, 900])
def test_chips_wrap_and_every_control_has_a_name_and_a_tip(qtbot: QtBot, width: int) -> None:
    bar = opened_bar(qtbot, numbered(10), "class")
    undo = QAction("Undo", bar)
    bar.add_actions(undo)
    bar.set_value(Brush(tool="brush", label="0"))
    bar.resize(width, 300)
    qtbot.wait(20)
    rows = {bar.chips.chip(n).y() for n in range(10)}
    assert len(rows) == (1 if width == 900 else 2)
    assert all(bar.chips.chip(n).geometry().right() <= bar.chips.width() for n in range(10))
    for control in (*bar.buttons.values(), bar.more, bar.chips.add, bar.options.button,
                    bar.options.radius, bar.options.amount, bar.chips.chip(0)):  # fmt: skip
        assert control.toolTip()
        assert control.accessibleName()


def test_a_renamed_class_leaves_no_other_behind(qtbot: QtBot, table: Table) -> None:
    bar = opened_bar(qtbot, table, "species")
    bar.set_value(Brush(tool="brush", label="b", index=1))
    renamed = Dataset.from_table(table, "species", renames={"b": "plus"})
    bar.set_data(renamed, table, other=False)
    assert bar.classes == ("a", "plus", "c")
    assert bar.value().label == "plus"
    bar.set_data(Dataset.from_table(table, "species"), table, other=False)
    assert bar.classes == ("a", "b", "c"), "undoing it leaves none either"
    assert bar.value().label == "b"


def test_no_command_of_the_window_has_a_key_of_the_bar() -> None:
    """Two owners of a key that are there at once both lose it."""
    taken = {keys.upper() for row in COMMANDS.values() for keys in row.shortcuts}
    own = {tool.shortcut for tool in TOOLS.values()} | {"J"} | set("123456789")
    assert not taken & own
