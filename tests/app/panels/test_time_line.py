from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.moment import Span
from app.panels.time_line import TimeLine
from app.panels.time_line_value import TimeValue
from app.theme import THEMES, Theme, apply
from tests.app.conftest import Ear

K = Qt.Key
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
RUN = TimeValue(position=300, epoch=300 / 7, reached=700, planned=7000, updates_per_epoch=7)


@pytest.fixture
def line(qtbot: QtBot) -> TimeLine:
    made = TimeLine()
    qtbot.addWidget(made)
    made.resize(900, made.sizeHint().height())
    made.set_value(RUN)
    made.show()
    return made


def at(line: TimeLine, update: int) -> QPoint:
    return QPoint(round(line.track.x_of(update)), line.track.height() // 2)


def picture(line: TimeLine) -> QImage:
    return line.track.grab().toImage()


def has(image: QImage, color: str, near: int) -> bool:
    """Whether the colour is in the columns around ``near``."""
    ratio = image.devicePixelRatio()
    return any(
        image.pixelColor(x, y) == QColor(color)
        for x in range(round((near - 4) * ratio), round((near + 5) * ratio))
        for y in range(image.height())
    )


def test_a_value_is_shown_silently(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    line.set_value(replace(RUN, position=123))
    assert line.value().position == 123
    assert line.text() == "epoch 42.8 · update 123"
    assert (line.track.value(), line.track.minimum(), line.track.maximum()) == (123, 0, 700)
    assert values == []


def test_a_click_and_a_drag_seek_within_what_was_reached(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    QTest.mousePress(line.track, Qt.MouseButton.LeftButton, pos=at(line, 100))
    assert values[-1] == pytest.approx(100, abs=2)
    QTest.mouseMove(line.track, at(line, 600))
    assert values[-1] == pytest.approx(600, abs=2)
    QTest.mouseMove(line.track, at(line, 950))
    assert values[-1] == 700
    QTest.mouseMove(line.track, QPoint(-50, 5))
    assert values[-1] == 0
    QTest.mouseRelease(line.track, Qt.MouseButton.LeftButton, pos=QPoint(-50, 5))
    QTest.mouseMove(line.track, at(line, 300))
    assert values[-1] == 0


def test_the_handle_stays_where_it_was_put_until_the_moment_arrives(line: TimeLine) -> None:
    QTest.mousePress(line.track, Qt.MouseButton.LeftButton, pos=at(line, 100))
    line.set_value(replace(RUN, position=250))
    sought = line.track.shown()
    assert sought == pytest.approx(100, abs=2)
    assert f"update {sought}" in line.text()
    QTest.mouseRelease(line.track, Qt.MouseButton.LeftButton, pos=at(line, 100))
    line.set_value(replace(RUN, position=200, seeking=True))
    assert line.track.shown() == sought
    line.set_value(replace(RUN, position=sought))
    line.set_value(replace(RUN, position=sought + 9))
    assert line.track.shown() == sought + 9


@pytest.mark.parametrize(
    ("key", "modifier", "expected"),
    [
        (K.Key_Left, None, 299),
        (K.Key_Right, None, 301),
        (K.Key_Left, SHIFT, 293),
        (K.Key_Right, SHIFT, 307),
        (K.Key_Left, CONTROL, 290),
        (K.Key_Right, CONTROL, 310),
        (K.Key_Up, None, 301),
        (K.Key_Down, None, 299),
        (K.Key_PageUp, None, 400),
        (K.Key_PageDown, None, 200),
        (K.Key_Home, None, 0),
        (K.Key_End, None, 700),
    ],
)
def test_keys_seek(
    line: TimeLine, heard: Ear, key: Qt.Key, modifier: Qt.KeyboardModifier | None, expected: int
) -> None:
    values = heard(line.sought)
    QTest.keyClick(line.track, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert values == [expected]


def test_keys_go_on_from_where_the_last_one_led(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    for _ in range(3):
        QTest.keyClick(line.track, K.Key_Left)
    assert values == [299, 298, 297]


def test_a_logarithmic_track_moves_by_pages_of_its_own(line: TimeLine, heard: Ear) -> None:
    values, chosen = heard(line.sought), heard(line.log_changed)
    button = line.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (chosen, line.is_log()) == ([True], True)
    QTest.keyClick(line.track, K.Key_PageDown)
    assert values == [150]
    line.set_log(False)
    assert chosen == [True]


def test_nothing_moves_below_the_earliest_moment(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    line.set_value(replace(RUN, earliest=280))
    QTest.keyClick(line.track, K.Key_Home)
    QTest.mouseClick(line.track, Qt.MouseButton.LeftButton, pos=at(line, 10))
    assert values == [280]


def test_the_wheel_and_other_keys_do_nothing(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    QTest.keyClick(line.track, K.Key_Space)
    QTest.mouseClick(line.track, Qt.MouseButton.RightButton, pos=at(line, 10))
    assert values == []


def test_without_a_run_it_rests_and_says_why(line: TimeLine, heard: Ear) -> None:
    values = heard(line.sought)
    line.set_value(TimeValue())
    assert not line.track.isEnabled()
    QTest.mouseClick(line.track, Qt.MouseButton.LeftButton, pos=QPoint(100, 10))
    assert values == []
    assert "drag here" in line.track.tip_at(100.0)


def test_tooltips_tell_the_place_and_what_happened_there(line: TimeLine) -> None:
    line.set_value(replace(RUN, marks=((100, "l2 0 → 0.1"),), best=500))
    assert "Changed here: l2 0 → 0.1" in line.track.tip_at(line.track.x_of(100) + 2)
    assert "Changed here" not in line.track.tip_at(line.track.x_of(300))
    assert "Best so far" in line.track.tip_at(line.track.x_of(500))
    assert "updates 0 to 700 can be seen again" in line.track.tip_at(line.track.x_of(900))


def test_screen_readers_hear_a_slider(line: TimeLine) -> None:
    found = QAccessible.queryAccessibleInterface(line.track)
    assert found.role() == QAccessible.Role.Slider
    assert found.text(QAccessible.Text.Name) == "Time line"
    assert "update 300 of 700" in found.text(QAccessible.Text.Description)
    assert found.valueInterface().currentValue() == 300
    assert found.valueInterface().maximumValue() == 700


def test_updates_beyond_two_thousand_million_are_still_shown(line: TimeLine, heard: Ear) -> None:
    values, far = heard(line.sought), 5 * 10**9
    line.set_value(TimeValue(position=far, epoch=1.0, reached=far, updates_per_epoch=far))
    QTest.keyClick(line.track, K.Key_Left)
    assert values == [far - 1]
    assert f"{far - 1:,}" in line.text()


@pytest.mark.parametrize("key", THEMES)
def test_what_was_found_is_drawn_in_every_theme(
    line: TimeLine, qapp: QApplication, key: str
) -> None:
    theme: Theme = THEMES[key]
    apply(qapp, theme)
    line.set_theme(theme)
    plain = picture(line)
    spans = (Span(100, 150, "a", "fault"), Span(400, 450, "b", "warning"))
    line.set_value(replace(RUN, spans=spans, best=600, not_finite=700, marks=((520, "x"),)))
    drawn = picture(line)
    expected = {125: theme.danger, 425: theme.warning, 600: theme.ok, 520: theme.text}
    for update, color in {**expected, 700: theme.danger}.items():
        assert has(drawn, color, at(line, update).x()), update
        assert not has(plain, color, at(line, update).x()), update


@pytest.mark.parametrize("key", THEMES)
def test_it_is_a_thin_strip_that_fits_600_pixels(
    line: TimeLine, qapp: QApplication, key: str
) -> None:
    apply(qapp, THEMES[key])
    line.set_theme(THEMES[key])
    line.resize(600, line.sizeHint().height())
    line.set_value(TimeValue(position=10**6, epoch=1e6, reached=10**6))
    assert 28 <= line.height() <= (40 if key == "projector" else 36)
    assert line.minimumSizeHint().width() <= 600
    assert line.track.width() >= 280


def test_nothing_moves_while_numbers_grow(line: TimeLine) -> None:
    line.set_value(replace(RUN, position=1, reached=501))
    before = line.track.x()
    line.set_value(replace(RUN, position=999, reached=999))
    assert line.track.x() == before
