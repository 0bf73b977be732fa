from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPushButton,
    QSlider,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.actions import Actions
from app.commands import COMMANDS, MENUS, Choice, Toolbar
from app.keys import KeyGuard
from app.theme import THEMES, apply

# Offscreen, Qt says this whenever a window with a least size is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window: QMainWindow) -> Actions:
    return Actions(window)


def test_every_command_has_an_action_on_the_window(actions: Actions, window: QMainWindow) -> None:
    on_window = {action.objectName() for action in window.actions()}
    assert on_window == set(COMMANDS)
    for key, row in COMMANDS.items():
        assert row.summary in actions[key].toolTip()
        assert len(actions[key].shortcuts()) == len(row.shortcuts)


def test_menus_hold_every_command_in_order(actions: Actions, window: QMainWindow) -> None:
    actions.fill_menu_bar(window.menuBar())
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles == list(MENUS.values())
    held: list[str] = []
    for top in window.menuBar().actions():
        menu = cast(QMenu, top.menu())
        entries = menu.actions()
        held += [entry.objectName() for entry in entries if not entry.isSeparator()]
    assert held == list(COMMANDS)


def test_toolbar_buttons_have_names(actions: Actions, window: QMainWindow) -> None:
    toolbar = QToolBar(window)
    groups: tuple[Toolbar, ...] = ("file", "run", "out")
    for group in groups:
        actions.fill_toolbar(toolbar, group)
    shown = [action.objectName() for action in toolbar.actions()]
    assert shown == [k for group in groups for k, row in COMMANDS.items() if row.toolbar == group]
    for action in toolbar.actions():
        button = toolbar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        assert button.accessibleName()
        assert not button.icon().isNull()


def test_on_calls_without_arguments(actions: Actions) -> None:
    calls: list[str] = []
    actions.on("run.play", lambda: calls.append("play"))
    actions["run.play"].trigger()
    assert calls == ["play"]


def test_on_toggled_carries_the_state(actions: Actions) -> None:
    states: list[bool] = []
    actions.on_toggled("view.log_values", states.append)
    actions["view.log_values"].trigger()
    actions["view.log_values"].trigger()
    actions["view.log_values"].setChecked(True)
    assert states == [True, False]


def test_play_becomes_pause_and_back(actions: Actions) -> None:
    before = actions["run.play"].icon().cacheKey()
    actions.set_active("run.play", True)
    assert actions["run.play"].iconText().strip() == "Pause"
    assert actions["run.play"].text() == "&Pause"
    assert actions["run.play"].icon().cacheKey() != before
    actions.set_active("run.play", False)
    assert actions["run.play"].iconText().strip() == "Play"


@pytest.mark.parametrize("size", [11.0, 17.0])
def test_play_and_pause_are_equally_wide(
    actions: Actions, window: QMainWindow, qapp: QApplication, qtbot: QtBot, size: float
) -> None:
    toolbar = QToolBar(window)
    window.addToolBar(toolbar)
    actions.fill_toolbar(toolbar, "run")
    with qtbot.waitExposed(window):
        window.show()
    apply(qapp, THEMES["light"].sized(size / 11.0))
    button = toolbar.widgetForAction(actions["run.play"])
    assert isinstance(button, QToolButton)
    natural: list[int] = []
    widths: list[int] = []
    for active in (False, True, False):
        actions.set_active("run.play", active)
        qapp.processEvents()
        assert button.text().strip() == ("Pause" if active else "Play")
        natural.append(button.sizeHint().width())
        widths.append(button.width())
    apply(qapp, THEMES["light"])
    assert natural[0] != natural[1]
    assert set(widths) == {max(natural)}


def test_choices_are_filled_and_chosen(actions: Actions) -> None:
    rows = [Choice("a", "&A", "First."), Choice("b", "&B")]
    actions.set_choices("file.recent", rows)
    menu = actions.menu("file.recent")
    seen: list[tuple[str, str]] = []

    def keep(key: str, value: str) -> None:
        seen.append((key, value))

    actions.chosen.connect(keep)
    menu.actions()[1].trigger()
    assert seen == [("file.recent", "b")]
    assert not menu.actions()[0].isCheckable()
    actions.set_choices("file.recent", [])
    assert not actions["file.recent"].isEnabled()


def test_fixed_choices_carry_one_mark(actions: Actions) -> None:
    actions.set_choice("view.theme", "dark")
    marked = [a.data() for a in actions.menu("view.theme").actions() if a.isChecked()]
    assert marked == ["dark"]


def test_set_theme_recolours(actions: Actions) -> None:
    actions.set_theme(THEMES["dark"])
    image = actions["run.play"].icon().pixmap(32, 32, QIcon.Mode.Normal).toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert middle.name() == THEMES["dark"].text


def test_set_enabled(actions: Actions) -> None:
    actions.set_enabled(False, "run.play", "run.step_update")
    assert not actions["run.play"].isEnabled()
    assert not actions["run.step_update"].isEnabled()


@pytest.fixture
def fields(window: QMainWindow, actions: Actions, qtbot: QtBot) -> dict[str, QWidget]:
    body = QWidget()
    layout = QVBoxLayout(body)
    combo = QComboBox()
    combo.addItems(["adam", "plain"])
    made: dict[str, QWidget] = {
        "check": QCheckBox("on"),
        "button": QPushButton("go"),
        "line": QLineEdit(),
        "combo": combo,
        "slider": QSlider(Qt.Orientation.Horizontal),
        "plain": QWidget(),
    }
    made["plain"].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for widget in made.values():
        layout.addWidget(widget)
    window.setCentralWidget(body)
    KeyGuard(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return made


def keys_seen(actions: Actions) -> list[str]:
    seen: list[str] = []
    for key in ("run.play", "run.step_update", "run.step_epoch", "file.open", "help.shortcuts"):
        actions.on(key, lambda key=key: seen.append(key))
    return seen


@pytest.mark.parametrize(
    ("focus", "key", "expected"),
    [
        ("plain", Qt.Key.Key_Space, ["run.play"]),
        ("plain", Qt.Key.Key_Right, ["run.step_update"]),
        ("plain", Qt.Key.Key_E, ["run.step_epoch"]),
        ("slider", Qt.Key.Key_Space, ["run.play"]),
        ("slider", Qt.Key.Key_Right, []),
        ("check", Qt.Key.Key_Space, []),
        ("check", Qt.Key.Key_P, ["run.play"]),
        ("button", Qt.Key.Key_Space, []),
        ("line", Qt.Key.Key_Space, []),
        ("line", Qt.Key.Key_E, []),
        ("line", Qt.Key.Key_F1, ["help.shortcuts"]),
        ("combo", Qt.Key.Key_P, ["run.play"]),
        ("combo", Qt.Key.Key_Space, ["run.play"]),
        ("combo", Qt.Key.Key_Right, ["run.step_update"]),
        ("combo", Qt.Key.Key_Period, ["run.step_update"]),
        ("combo", Qt.Key.Key_Down, []),
    ],
)
def test_keys_go_where_they_are_needed(
    fields: dict[str, QWidget],
    actions: Actions,
    qtbot: QtBot,
    focus: str,
    key: Qt.Key,
    expected: list[str],
) -> None:
    seen = keys_seen(actions)
    fields[focus].setFocus()
    qtbot.waitUntil(fields[focus].hasFocus)
    QTest.keyClick(fields[focus], key)
    assert seen == expected


def test_widgets_still_obey_their_own_keys(
    fields: dict[str, QWidget], actions: Actions, qtbot: QtBot
) -> None:
    check, line = fields["check"], fields["line"]
    assert isinstance(check, QCheckBox)
    assert isinstance(line, QLineEdit)
    check.setFocus()
    QTest.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    line.setFocus()
    QTest.keyClicks(line, "p e.")
    assert line.text() == "p e."


def test_ctrl_always_reaches_the_window(
    fields: dict[str, QWidget], actions: Actions, qtbot: QtBot
) -> None:
    seen = keys_seen(actions)
    fields["line"].setFocus()
    QTest.keyClick(fields["line"], Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["file.open"]


def test_guard_outlives_the_widget_it_watches(
    fields: dict[str, QWidget], actions: Actions, window: QMainWindow, qtbot: QtBot
) -> None:
    fields["line"].setFocus()
    body = fields["line"].parentWidget()
    assert body is not None
    body.deleteLater()
    qtbot.wait(1)
    window.setFocus()
    assert not window.isHidden()
