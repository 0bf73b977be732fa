"""The dialog of preferences, alone and in the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from app.class_palettes import PALETTES
from app.dialogs.preferences import PreferencesDialog
from app.preferences import FIELDS, Preferences
from app.settings import KEEP, OWN_VIEWS, TEXT_SCALE, Settings
from app.theme import THEMES, apply, current_theme
from app.window.appearance import NO_LARGER, SIZES
from app.window.main_window import MainWindow
from app.window.speed import SPEEDS
from app.workspace import Workspace

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")
Button = QDialogButtonBox.StandardButton
OTHER = Preferences("dark", "ibm", 1.1, "60", "full", "linear", "show", "usual")


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[PreferencesDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = PreferencesDialog(Preferences(), SIZES, ["1", "200", "full"], parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.show()
    yield made
    parent.close()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    made.doors.asks = False
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.build_views()
    yield made
    made.close()


def opened(window: MainWindow) -> PreferencesDialog:
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(PreferencesDialog)
    assert isinstance(found, PreferencesDialog)
    return found


def colors_of(widget: QWidget) -> set[str]:
    """All colours of a widget."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in np.unique(pixels)}


def choose(dialog: PreferencesDialog, name: str, key: str) -> None:
    """Choose as a person does: with the arrows, from the first entry on."""
    box = dialog.box(name)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in [option.key for option in box.options()][1:]:
        if box.value() == key:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == key


def test_preferences_are_stored_whole(tmp_path: Path) -> None:
    OTHER.store(Settings(tmp_path / "s.ini"))
    assert Preferences.of(Settings(tmp_path / "s.ini")) == OTHER
    assert Preferences.of(Settings(tmp_path / "none.ini")) == Preferences()
    assert set(FIELDS) == set(Preferences.__slots__)


def test_every_field_shows_and_tells_its_value(dialog: PreferencesDialog) -> None:
    told: list[Preferences] = []
    dialog.value_changed.connect(told.append)
    dialog.set_value(OTHER)
    assert told == []
    for name in FIELDS:
        box = dialog.box(name)
        assert box.accessibleName()
        assert box.toolTip()
        assert box.currentIndex() >= 0, name
    choose(dialog, "text_scale", "1.25")
    assert told[-1] == replace(OTHER, text_scale=1.25)
    choose(dialog, "class_colors", "tol-muted")
    assert told[-1] == replace(OTHER, text_scale=1.25, class_colors="tol-muted")


def test_reset_chooses_the_defaults_and_cancel_what_was_before(dialog: PreferencesDialog) -> None:
    told: list[Preferences] = []
    dialog.value_changed.connect(told.append)
    choose(dialog, "theme", "dark")
    choose(dialog, "speed", "full")
    QTest.mouseClick(dialog.buttons.button(Button.RestoreDefaults), Qt.MouseButton.LeftButton)
    assert told[-1] == Preferences()
    choose(dialog, "theme", "projector")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told[-1] == Preferences()
    assert not dialog.isVisible()


@pytest.mark.parametrize("palette", PALETTES)
def test_the_preview_has_the_marks_of_the_palette(
    dialog: PreferencesDialog, palette: str, qapp: object
) -> None:
    theme = THEMES["light"].colored(palette)
    apply(qapp, theme)  # pyright: ignore[reportArgumentType] - the fixture is the application
    assert set(theme.class_colors) <= colors_of(dialog.preview)
    apply(qapp, THEMES["light"])  # pyright: ignore[reportArgumentType] - as above


def test_a_palette_reaches_the_views_at_once_and_cancel_brings_back_the_old(
    window: MainWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:iris")
    assert window.views is not None
    decision = window.views.decision
    dialog = opened(window)
    choose(dialog, "class_colors", "ibm")
    assert current_theme().class_colors == PALETTES["ibm"].colors
    wanted = set(PALETTES["ibm"].colors[:3])
    qtbot.waitUntil(lambda: wanted <= colors_of(decision))
    QTest.mouseClick(dialog.buttons.button(Button.Cancel), Qt.MouseButton.LeftButton)
    assert current_theme().class_colors == PALETTES["okabe-ito"].colors
    qtbot.waitUntil(lambda: not wanted & colors_of(decision))


def test_the_window_follows_and_done_keeps_it(window: MainWindow) -> None:
    dialog = opened(window)
    choose(dialog, "theme", "dark")
    choose(dialog, "frame_rate", "turbo")
    assert window.appearance.current.key == "dark"
    marked = [a.data() for a in window.actions_.choices("view.frame_rate") if a.isChecked()]
    assert marked == ["turbo"]
    QTest.mouseClick(dialog.buttons.button(Button.Ok), Qt.MouseButton.LeftButton)
    assert Preferences.of(window.settings).theme == "dark"


def test_text_grows_only_as_far_as_the_screen_has_room(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(window)

    def fits(_window: QWidget, _room: object) -> bool:
        return window.appearance.current.font_size < 15

    monkeypatch.setattr("app.window.preferring.fits", fits)
    dialog.box("text_scale").value_changed.emit("2")
    scale = window.settings.get(TEXT_SCALE)
    assert 1 < scale < 2
    assert dialog.value().text_scale == scale
    assert window.status.message.text() == NO_LARGER


def test_new_data_begins_as_preferred(window: MainWindow, qtbot: QtBot) -> None:
    assert window.views is not None
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:xor")
    window.views.place("main", "loss")
    dialog = opened(window)
    choose(dialog, "speed", "full")
    choose(dialog, "log", "linear")
    choose(dialog, "table", "show")
    choose(dialog, "views", "usual")
    dialog.accept()
    assert window.speed.value() == 200  # what is open stays as it is
    assert window.views.arrangement()["main"] == "loss"
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:moons")
    assert window.speed.value() is None
    assert not window.actions_["view.log_values"].isChecked()
    assert window.views.shows_below
    assert window.views.arrangement()["main"] == "decision"


def test_my_own_views_come_back_and_other_numbers_are_no_new_data(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.views is not None
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:xor")
    window.views.place("main", "accuracy")
    dialog = opened(window)
    QTest.mouseClick(dialog.today, Qt.MouseButton.LeftButton)
    assert dialog.box("views").value() == "own"
    dialog.accept()
    window.views.place("main", "decision")
    with qtbot.waitSignal(window.workspace.opened):
        window.panels.generated.emit(replace(window.panels.data.generator.value(), points=60))
    assert window.views.arrangement()["main"] == "decision"
    with qtbot.waitSignal(window.workspace.player.frame_arrived):
        window.open_path("sample:moons")
    assert window.views.arrangement()["main"] == "accuracy"


def test_cancel_forgets_the_views_that_were_kept(window: MainWindow) -> None:
    dialog = opened(window)
    QTest.mouseClick(dialog.today, Qt.MouseButton.LeftButton)
    assert window.settings.panes(OWN_VIEWS)
    QTest.mouseClick(dialog.buttons.button(Button.Cancel), Qt.MouseButton.LeftButton)
    assert window.settings.get(OWN_VIEWS) == []
    assert Preferences.of(window.settings).views == KEEP


def test_speeds_are_those_of_the_slider(window: MainWindow) -> None:
    options = [option.key for option in opened(window).box("speed").options()]
    assert options == [KEEP, *("full" if s is None else f"{s:.0f}" for s in SPEEDS)]
