from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.plots.weights_picker import Choice, Picker
from tests.app.plots.examples import show

CHOICES = (
    Choice("a", "Apples & pears", "Fruit."),
    Choice("b", "Bread", "Baked.", "", "None is left."),
    Choice("c", "Cheese", "Aged.", "Cold"),
)


def made(qtbot: QtBot) -> Picker:
    picker = Picker("Food", "What there is.")
    picker.set_choices(CHOICES)
    picker.set_value("a")
    return show(qtbot, picker, 120, 30)


def texts(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions()]


def test_a_choice_is_told_once(qtbot: QtBot) -> None:
    picker = made(qtbot)
    told: list[str] = []
    picker.value_changed.connect(told.append)
    menu = picker.menu()
    for _ in range(2):
        menu.aboutToShow.emit()
        entries = [action for action in picker.findChildren(QAction) if action.text() == "Cheese"]
        entries[-1].trigger()
    assert told == ["c"]
    assert picker.value() == "c"
    assert picker.text().startswith("Cheese")


def test_setting_a_value_says_nothing(qtbot: QtBot) -> None:
    picker = made(qtbot)
    told: list[str] = []
    picker.value_changed.connect(told.append)
    picker.set_value("c")
    assert not told
    assert "Aged." in picker.toolTip()


def test_refused_entries_are_grey_with_the_reason(qtbot: QtBot) -> None:
    picker = made(qtbot)
    menu = picker.menu()
    menu.aboutToShow.emit()
    bread = menu.actions()[1]
    assert not bread.isEnabled()
    assert bread.toolTip() == "None is left."
    assert texts(menu) == ["Apples && pears", "Bread", "Cold"]


def test_long_names_are_cut_on_the_button_only(qtbot: QtBot) -> None:
    picker = Picker("Food", "What there is.", most=12)
    qtbot.addWidget(picker)
    picker.set_choices([Choice("x", "a very long name indeed")])
    picker.set_value("x")
    assert len(picker.text()) <= 14
    assert "a very long name indeed" in picker.toolTip()
