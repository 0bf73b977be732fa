from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.plots.canvas import Canvas
from app.plots.scales import LINEAR, LOG, LOG_COUNT, Scale
from app.theme import THEMES
from tests.app.plots.examples import distance, picture, settle, show, under


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    made = Canvas(grid=True)
    made.set_theme(THEMES["light"])
    show(qtbot, made)
    made.set_range((0, 10), (0, 1))
    return made


def wheel(canvas: Canvas, x: float, y: float, notches: int) -> None:
    place = canvas.place_of(x, y)
    target = under(canvas, place.toPoint())
    inner = QPointF(target.mapFrom(canvas, place.toPoint()))
    event = QWheelEvent(
        inner,
        QPointF(target.mapToGlobal(inner.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(target, event)


def test_the_wheel_zooms_about_the_mouse(qtbot: QtBot, canvas: Canvas) -> None:
    with qtbot.waitSignals([canvas.moved, canvas.range_changed]):
        wheel(canvas, 2.0, 0.5, 3)
    left, right = canvas.x_range
    assert right - left < 10
    assert (2 - left) / (right - left) == pytest.approx(0.2, abs=0.01)


def test_dragging_pans(canvas: Canvas) -> None:
    start, end = canvas.place_of(5, 0.5).toPoint(), canvas.place_of(7, 0.5).toPoint()
    target = under(canvas, start)
    QTest.mousePress(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(canvas, start))
    for share in (0.3, 0.6, 1.0):
        place = start + (end - start) * share
        QTest.mouseMove(target, target.mapFrom(canvas, place))
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(canvas, end))
    left, right = canvas.x_range
    assert right - left == pytest.approx(10)
    assert left == pytest.approx(-2, abs=0.3)


@pytest.mark.parametrize(
    ("key", "x"),
    [
        (Qt.Key.Key_Right, (1, 11)),
        (Qt.Key.Key_Left, (-1, 9)),
        (Qt.Key.Key_Plus, (1, 9)),
        (Qt.Key.Key_Minus, (-1.25, 11.25)),
    ],
)
def test_keys_move_the_view(canvas: Canvas, key: Qt.Key, x: tuple[float, float]) -> None:
    QTest.keyClick(canvas, key)
    assert canvas.x_range == pytest.approx(x)


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_Home])
def test_keys_fit(qtbot: QtBot, canvas: Canvas, key: Qt.Key) -> None:
    with qtbot.waitSignal(canvas.fit_asked):
        QTest.keyClick(canvas, key)


def test_a_double_click_fits(qtbot: QtBot, canvas: Canvas) -> None:
    place = canvas.place_of(5, 0.5).toPoint()
    target = under(canvas, place)
    with qtbot.waitSignal(canvas.fit_asked):
        QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(canvas, place))


def test_hovering_tells_the_place_and_leaving_ends_it(qtbot: QtBot, canvas: Canvas) -> None:
    place = canvas.place_of(4, 0.25).toPoint()
    target = under(canvas, place)
    said: list[QPointF | None] = []
    canvas.hovered.connect(said.append)
    QTest.mouseMove(target, target.mapFrom(canvas, place))
    qtbot.waitUntil(lambda: bool(said))
    point = said[-1]
    assert point is not None
    assert (point.x(), point.y()) == pytest.approx((4, 0.25), abs=0.05)
    QApplication.sendEvent(target, QEvent(QEvent.Type.Leave))
    assert said[-1] is None


def claims(canvas: Canvas, key: Qt.Key, modifier: Qt.KeyboardModifier) -> bool:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    event.ignore()
    QApplication.sendEvent(canvas, event)
    return event.isAccepted()


def test_arrows_belong_to_the_window_until_the_plot_was_reached_by_tab(canvas: Canvas) -> None:
    none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    canvas.activateWindow()
    canvas.setFocus()
    assert not claims(canvas, Qt.Key.Key_Right, none)
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert claims(canvas, Qt.Key.Key_Right, none)
    assert not claims(canvas, Qt.Key.Key_Right, shift), "Shift+Right steps an epoch"
    assert not claims(canvas, Qt.Key.Key_Space, none)


def test_the_theme_reaches_background_and_grid(qtbot: QtBot, canvas: Canvas) -> None:
    for key in ("dark", "light"):
        theme = THEMES[key]
        canvas.set_theme(theme)
        settle(qtbot)
        image = picture(canvas)
        free = canvas.place_of(0.9, 0.94).toPoint()
        assert image.pixelColor(free).name() == theme.surface
        line = canvas.place_of(5.0, 0.94).toPoint()
        near = [image.pixelColor(line + QPoint(dx, 0)).name() for dx in (-1, 0, 1)]
        assert theme.grid in near


def test_both_ends_are_labelled(canvas: Canvas) -> None:
    assert [label for _, label in canvas.x_axis.ticks.labelled][:: 10 // 2][0] == "0"
    assert canvas.x_axis.ticks.labelled[-1][1] == "10"


def test_labels_do_not_overlap_at_any_size(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.set_scales(y=LOG)
    for height in (90, 160, 300, 700):
        canvas.resize(300, height)
        canvas.set_range(y=(-1.5, 0.5))
        settle(qtbot)
        places = [place for place, _ in canvas.y_axis.ticks.labelled]
        pixels = canvas.area[1] / 2.0
        font = canvas.fontMetrics().height()
        gaps = [(b - a) * pixels for a, b in pairwise(places)]
        assert all(gap > font * 0.8 for gap in gaps)


def test_a_resized_axis_is_drawn_whole(qtbot: QtBot, canvas: Canvas) -> None:
    """Qt keeps parts of a cached picture when only its size changes."""
    for width, height in ((300, 200), (640, 560)):
        canvas.resize(width, height)
        settle(qtbot)
    cached = picture(canvas)
    other = Canvas(grid=True)
    qtbot.addWidget(other)
    other.set_theme(THEMES["light"])
    other.resize(canvas.size())
    with qtbot.waitExposed(other):
        other.show()
    other.set_range((0, 10), (0, 1))
    settle(qtbot)
    assert picture(other) == cached
    assert distance(cached.pixelColor(3, 3), cached.pixelColor(4, 4)) == 0


@pytest.mark.parametrize("scale", [LINEAR, LOG, LOG_COUNT])
def test_zooming_without_end_does_no_harm(canvas: Canvas, scale: Scale) -> None:
    canvas.set_scales(scale, scale)
    for factor in (1e-3, 1e3):
        for _ in range(60):
            canvas.zoom(factor)
            low, high = canvas.x_range
            assert np.isfinite([low, high]).all()
            assert low < high
