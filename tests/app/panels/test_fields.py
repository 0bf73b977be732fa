"""Choice boxes, the share slider, the feature list and strips."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.panels.choice_box import ChoiceBox, Mark, Option
from app.panels.feature_picker import FeaturePicker
from app.panels.form import Disclosure, IconButton, IconLabel
from app.panels.share_slider import ShareSlider
from app.panels.strips import InviteStrip, NotesStrip
from app.panels.texts import ClampedText
from app.theme import THEMES, Theme, apply, contrast
from tests.app.conftest import Ear

pytestmark = pytest.mark.qt_log_ignore("does not support")
FRUIT = (Option("a", "Apple", "Red."), Option("b", "Banana", "Yellow."), Option("c", "Cherry"))


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    made = ChoiceBox("A fruit.")
    qtbot.addWidget(made)
    made.set_options(FRUIT)
    made.set_value("a")
    return made


def test_choice_set_silently(box: ChoiceBox, heard: Ear) -> None:
    keys = heard(box.value_changed)
    box.set_value("b")
    assert (box.value(), box.currentText(), keys) == ("b", "Banana", [])
    assert box.toolTip() == "A fruit.\nYellow."


def test_choice_by_key_tells_once(box: ChoiceBox, heard: Ear) -> None:
    keys = heard(box.value_changed)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert keys == ["b"]
    box.activated.emit(1)
    assert keys == ["b"]


def test_refused_choices_are_skipped_and_say_why(box: ChoiceBox, heard: Ear) -> None:
    keys = heard(box.value_changed)
    box.set_refusals({"b": "No bananas today."})
    assert box.is_refused("b")
    assert box.tip_of("b") == "No bananas today."
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert keys == ["c"]
    box.set_refusals({})
    assert not box.is_refused("b")
    assert box.tip_of("b") == "Yellow."


def test_an_unknown_key_shows_nothing(box: ChoiceBox) -> None:
    box.set_value("z")
    assert (box.value(), box.currentText()) == ("z", "")


def test_new_options_keep_the_choice(box: ChoiceBox, heard: Ear) -> None:
    keys = heard(box.value_changed)
    box.set_value("c")
    box.set_options(reversed(FRUIT))
    assert (box.value(), box.currentText(), keys) == ("c", "Cherry", [])


def test_marks_are_icons_with_a_reason(box: ChoiceBox) -> None:
    stone = Mark("warning", "danger", "Has a stone.")
    box.set_marks({"c": stone})
    assert box.tip_of("c") == "Has a stone."
    assert box.mark() is None
    box.set_value("c")
    assert box.mark() == stone
    box.showPopup()
    assert not box.itemIcon(2).isNull()
    box.hidePopup()


def test_a_mark_is_painted_in_the_colour_of_the_theme(box: ChoiceBox, qapp: QApplication) -> None:
    box.set_marks({"a": Mark("pause", "danger", "Wait.")})
    box.resize(160, 30)
    for theme in THEMES.values():
        apply(qapp, theme)
        image = box.grab().toImage()
        seen = {image.pixelColor(x, 15).name() for x in range(110, 142)}
        assert any(contrast(color, theme.danger) < 1.1 for color in seen)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_choice_box_paints_text_and_arrow(box: ChoiceBox, qapp: QApplication, theme: Theme) -> None:
    apply(qapp, theme)
    box.resize(160, 40)
    image = box.grab().toImage()

    def inked(left: int, right: int) -> bool:
        ground = image.pixelColor(100, 6)
        return any(
            image.pixelColor(x, y) != ground for x in range(left, right) for y in range(10, 30)
        )

    assert inked(8, 60)
    assert inked(140, 152)
    assert not inked(110, 136)


def test_share_slider(qtbot: QtBot, heard: Ear) -> None:
    share = ShareSlider("Kept for later.")
    qtbot.addWidget(share)
    values = heard(share.value_changed)
    share.set_value(0.33)
    assert (share.value(), values) == (0.33, [])
    QTest.keyClick(share.slider, Qt.Key.Key_Right)
    QTest.keyClick(share.slider, Qt.Key.Key_Home)
    assert values == [0.4, 0.0]


@pytest.fixture
def picker(qtbot: QtBot) -> FeaturePicker:
    made = FeaturePicker("Columns.")
    qtbot.addWidget(made)
    made.set_names(["x", "y", "day", "z"], {"day": "Dates."})
    made.set_value(["z", "x", "day", "gone"])
    return made


def test_picker_keeps_the_order_and_drops_what_cannot_be(picker: FeaturePicker) -> None:
    assert picker.value() == ("x", "z")
    assert picker.text() == "2 of 3"


def test_picker_tells_when_the_list_closes(picker: FeaturePicker, heard: Ear) -> None:
    values = heard(picker.value_changed)
    picker.open_list()
    popup = picker.popup
    popup.all.click()
    assert values == []
    popup.close()
    assert values == [("x", "y", "z")]
    picker.open_list()
    popup.close()
    assert len(values) == 1


def test_escape_leaves_the_features_as_they_were(picker: FeaturePicker, heard: Ear) -> None:
    values = heard(picker.value_changed)
    picker.open_list()
    picker.popup.all.click()
    QTest.keyClick(picker.popup.list, Qt.Key.Key_Escape)
    assert picker.popup.isHidden()
    assert (values, picker.value()) == ([], ("x", "z"))
    picker.open_list()
    assert picker.popup.ticked() == ("x", "z")
    picker.popup.all.click()
    QTest.keyClick(picker.popup.list, Qt.Key.Key_Return)
    assert picker.popup.isHidden()
    assert values == [("x", "y", "z")]


def test_picker_keeps_at_least_one(picker: FeaturePicker, heard: Ear) -> None:
    values = heard(picker.value_changed)
    picker.open_list()
    picker.popup.none.click()
    picker.popup.close()
    assert (values, picker.value()) == ([], ("x", "z"))


def test_disclosure(qtbot: QtBot, heard: Ear) -> None:
    body = QLabel("inside")
    fold = Disclosure("More", body, "Show more.")
    qtbot.addWidget(fold)
    told = heard(fold.toggled)
    fold.set_open(True)
    assert (body.isHidden(), told) == (False, [])
    button = fold.findChild(IconButton)
    assert button is not None
    button.click()
    assert (body.isHidden(), fold.is_open(), told) == (True, False, [False])


def test_notes_strip_hides_when_there_is_nothing(qtbot: QtBot, heard: Ear) -> None:
    strip = NotesStrip()
    qtbot.addWidget(strip)
    strip.set_notes([], 0)
    assert strip.isHidden()
    strip.set_notes(["One.", "Two.", "Three."], 1200)
    assert not strip.isHidden()
    assert [t.text() for t in strip.findChildren(ClampedText)] == ["One.", "Two.", "… and 1 more"]
    assert "Three." in strip.toolTip()
    asked = heard(strip.problems_requested)
    button = strip.findChild(QPushButton)
    assert button is not None
    assert button.text() == "Show 1,200 problems"
    button.click()
    assert len(asked) == 1


def test_a_button_does_not_narrow_the_notes(qtbot: QtBot) -> None:
    strip = NotesStrip()
    qtbot.addWidget(strip)
    strip.set_notes(["width: 18 cells missing (lines 2, 9, 16 and 15 more)."], 3)
    strip.resize(260, 80)
    strip.grab()
    text, mark = strip.findChild(ClampedText), strip.findChild(IconLabel)
    assert text is not None
    assert mark is not None
    assert mark.x() == 0
    assert text.width() > 220


def test_invite_strip_asks(qtbot: QtBot, heard: Ear) -> None:
    strip = InviteStrip()
    qtbot.addWidget(strip)
    asked = heard(strip.open_requested)
    strip.click()
    assert len(asked) == 1


def test_icons_follow_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    label, button = IconLabel("play", "text", 24), IconButton("play", "Go.")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    before = button.icon().cacheKey()
    apply(qapp, THEMES["dark"])
    assert button.icon().cacheKey() != before
    assert label.grab().toImage().pixelColor(11, 12).name() == THEMES["dark"].text
