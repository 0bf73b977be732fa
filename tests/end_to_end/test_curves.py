"""One moment read off all curves of the window at once."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.plots.curves import CurvesPlot
from app.window.main_window import MainWindow
from tests.app.plots.examples import under


def test_pointing_at_one_curve_reads_all_of_them(window: MainWindow, qtbot: QtBot) -> None:
    space, views = window.workspace, window.views
    assert views is not None
    space.open("sample:two_gaussians")
    qtbot.waitUntil(lambda: space.current is not None and space.player.snapshot is not None)
    views.place("first", "loss")
    views.place("second", "gradient")
    views.place("third", "step")
    space.player.step(300)
    plots = [views.view(key) for key in ("loss", "gradient", "step")]
    loss, *others = [plot for plot in plots if isinstance(plot, CurvesPlot)]
    qtbot.waitUntil(
        lambda: space.player.snapshot is not None and space.player.snapshot.update == 300
    )
    qtbot.waitUntil(lambda: loss.canvas.x_range[1] >= 300)
    hidden = views.view("rate")
    assert isinstance(hidden, CurvesPlot)

    place = loss.canvas.place_of(150, sum(loss.canvas.y_range) / 2).toPoint()
    target = under(loss.canvas, place)
    place = target.mapFrom(loss.canvas, place)
    QTest.mouseMove(target, place - QPoint(0, 9))  # it may have been there since another test
    QTest.mouseMove(target, place)
    qtbot.waitUntil(lambda: loss.cross.flag.isVisible())
    assert loss.cross.flag.text.startswith("update 1")
    assert [plot.cross.flag.text for plot in others] == [loss.cross.flag.text] * 2
    assert not hidden.cross.flag.isVisible()

    QTest.mouseMove(window.toolbar)
    qtbot.waitUntil(lambda: not loss.cross.flag.isVisible())
    assert not any(plot.cross.flag.isVisible() for plot in others)
