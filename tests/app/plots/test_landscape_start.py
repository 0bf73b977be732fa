from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.plots.landscape_survey import COARSE
from app.plots.landscape_view import LandscapeView
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import under
from tests.app.plots.landscape_examples import IRIS, MOONS, shown_view, surveyed
from tests.app.plots.run_examples import sample, trained

Told = tuple[Parameters, str, int]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[LandscapeView]:
    yield from shown_view(qtbot)


def listened(view: LandscapeView) -> list[Told]:
    told: list[Told] = []

    def listen(after: Parameters, text: str, gesture: int) -> None:
        told.append((after, text, gesture))

    view.parameters_edited.connect(listen)
    return told


def click(view: LandscapeView, x: float, y: float, twice: bool = False) -> QPointF:
    """Click a place of the plot; returns the place that was meant, to the pixel."""
    pixel = view.canvas.place_of(x, y).toPoint()
    target = under(view.canvas, pixel)
    inner = target.mapFrom(view.canvas, pixel)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(target, left, none, inner)
    place = view.marking.place
    assert place is not None
    if twice:
        QTest.mouseDClick(target, left, none, inner)  # the second press alone
        QTest.mouseRelease(target, left, none, inner)
    return place


def test_a_click_marks_and_the_button_starts_there(qtbot: QtBot, view: LandscapeView) -> None:
    told = listened(view)
    surveyed(qtbot, view, MOONS, size=COARSE)
    place = click(view, -1.0, 1.0)
    assert view.stage.start.isVisible()
    assert "loss" in view.note.text()
    assert not told
    QTest.mouseClick(view.stage.start, Qt.MouseButton.LeftButton)
    after = told[0][0]
    np.testing.assert_allclose(after.W[:, 0], [place.x(), place.y()])
    np.testing.assert_array_equal(after.b, MOONS.snapshot.parameters.b)
    assert not after.W.flags.writeable
    assert not view.stage.start.isVisible()


def test_a_double_click_starts_and_does_not_fit(qtbot: QtBot, view: LandscapeView) -> None:
    told = listened(view)
    surveyed(qtbot, view, MOONS, size=COARSE)
    view.canvas.zoom(0.8)
    before = view.canvas.x_range
    place = click(view, 0.5, 0.5, twice=True)
    assert len(told) == 1
    np.testing.assert_allclose(told[0][0].W[:, 0], [place.x(), place.y()])
    assert view.canvas.x_range == before


def test_two_clicks_apart_in_time_only_mark(
    qtbot: QtBot, view: LandscapeView, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = listened(view)
    surveyed(qtbot, view, MOONS, size=COARSE)
    monkeypatch.setattr(QApplication, "doubleClickInterval", lambda: 0)
    click(view, 0.5, 0.5)
    click(view, 0.5, 0.5)
    assert not told


def test_by_keys_a_place_is_marked_moved_and_started_from(
    qtbot: QtBot, view: LandscapeView
) -> None:
    told = listened(view)
    surveyed(qtbot, view, MOONS, size=COARSE)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    marked = view.marking.place
    now = MOONS.snapshot.parameters.W
    assert marked is not None
    assert (marked.x(), marked.y()) == pytest.approx((now[0, 0], now[1, 0]))
    QTest.keyClick(view.canvas, Qt.Key.Key_Right)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    after = told[0][0]
    assert after.W[0, 0] > now[0, 0]
    assert after.W[1, 0] == pytest.approx(now[1, 0])
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    QTest.keyClick(view.canvas, Qt.Key.Key_Escape)
    assert view.marking.place is None


def test_every_start_is_an_undo_step(qtbot: QtBot, view: LandscapeView) -> None:
    told = listened(view)
    surveyed(qtbot, view, MOONS, size=COARSE)
    for _ in range(2):
        QTest.keyClick(view.canvas, Qt.Key.Key_Return)
        QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    assert told[0][2] != told[1][2]


def test_a_start_in_the_path_s_plane_is_in_the_plane(qtbot: QtBot, view: LandscapeView) -> None:
    told = listened(view)
    view.header_widget.mode.set_value("path")
    surveyed(qtbot, view, IRIS, size=COARSE)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    QTest.keyClick(view.canvas, Qt.Key.Key_Return)
    np.testing.assert_allclose(told[0][0].flat(), IRIS.snapshot.parameters.flat(), atol=1e-9)


def test_a_bias_that_is_off_stays(qtbot: QtBot, view: LandscapeView) -> None:
    told = listened(view)
    surveyed(qtbot, view, trained(sample("noisy_line"), epochs=5, bias=False), size=COARSE)
    click(view, 1.0, 2.0, twice=True)
    after = told[0][0]
    assert after.W[0, 0] != 0.0
    assert after.b[0] == 0.0
