from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.brushes import Brush
from app.plots.paint_outbox import PAUSE
from app.theme import THEMES
from tests.app.plots.examples import drag, under
from tests.app.plots.painting_examples import PUT, click, cloud, desk


def test_jitter_removing_and_deleting_are_edits_in_turn(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush())
    at.plot.set_selection(np.array([1, 2]))
    at.plot.jitter(0.01)
    at.plot.erase_selected()
    at.plot.remove_class("a")
    qtbot.waitUntil(lambda: len(at.heard) + len(at.errors) == 3, timeout=10 * PAUSE)
    assert [text for text, _ in at.heard] == ["Jitter 2 points", "Erase 2 points"]
    assert "at least two classes" in str(at.errors[0])
    assert at.table.rows == 38


def test_a_new_class_keeps_the_view_and_gets_its_marker(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="put", label="c", index=2))
    click(at.plot, 0.5, 0.5)
    assert at.data.classes == ("a", "b", "c")
    assert at.plot.legend.texts == ("ring: misclassified",), "the classes are in the bar"
    at.plot.set_painting(None)
    assert at.plot.legend.texts[:3] == ("a", "b", "c")


def test_painting_off_the_same_drag_pans(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.plot.set_painting(None)
    before = at.plot.canvas.x_range
    drag(at.plot.canvas, [(1.0, 0.0), (1.5, 0.0), (2.0, 0.0)])
    assert at.heard == []
    assert at.plot.canvas.x_range != before


def test_control_and_the_wheel_ask_for_a_larger_brush(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="brush", label="a", radius=20))
    asked: list[float] = []
    at.plot.radius_asked.connect(asked.append)
    before = at.plot.canvas.x_range
    for keys in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
        place = at.plot.canvas.place_of(1.0, 0.0).toPoint()
        target = under(at.plot.canvas, place)
        inner = target.mapFrom(at.plot.canvas, place)
        event = QWheelEvent(
            QPointF(inner), QPointF(target.mapToGlobal(inner)), QPoint(), QPoint(0, 120),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(target, event)
        if keys == Qt.KeyboardModifier.ControlModifier:
            assert at.plot.canvas.x_range == before
    assert asked == [pytest.approx(23)]
    assert at.plot.canvas.x_range != before, "without Ctrl the wheel zooms"


def test_the_brush_is_drawn_around_the_mouse_in_the_colour_of_its_class(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="brush", label="b", index=1, radius=30))
    place = at.plot.canvas.place_of(1.0, 0.0).toPoint()
    target = under(at.plot.canvas, place)
    QTest.mouseMove(target, target.mapFrom(at.plot.canvas, place))
    cursor = at.plot._cursor  # pyright: ignore[reportPrivateUsage]  # what is drawn
    qtbot.waitUntil(cursor.isVisible)
    assert (
        cursor.geometry().center() == place
        or (cursor.geometry().center() - place).manhattanLength() < 4
    )
    assert cursor.width() < 80, "as large as the brush, not as the plot"
    image = at.plot.canvas.grab().toImage()
    wanted = THEMES["light"].class_colors[1]
    ring = [image.pixelColor(place.x() + 30 + n, place.y()).name() for n in (-1, 0, 1)]
    assert wanted in ring
    at.plot.set_painting(None)
    assert not cursor.isVisible()
