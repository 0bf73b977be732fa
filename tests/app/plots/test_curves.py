from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.curve_kinds import CURVE_KINDS
from app.plots.curves import CurvesPlot
from app.plots.numbers import format_count
from app.plots.scales import LINEAR, LOG, LOG_COUNT
from app.theme import THEMES
from tests.app.plots.curve_examples import flag, made
from tests.app.plots.examples import (
    Calls,
    distance,
    falling,
    history,
    picture,
    settle,
    show,
    snapshot,
    under,
)


def has_color(image: QImage, color: str, within: float = 40) -> int:
    """How many of every second pixel have nearly this colour."""
    return sum(
        distance(image.pixelColor(x, y), QColor(color)) < within
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


@pytest.mark.parametrize("kind", list(CURVE_KINDS))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_series_is_drawn_in_its_color(qtbot: QtBot, kind: str, theme: str) -> None:
    plot = made(qtbot, kind)
    plot.set_theme(THEMES[theme])
    if any(series.part for series in plot.kind.series):
        plot.toggles.set("parts", True)
    settle(qtbot)
    image = picture(plot.canvas)
    assert image.pixelColor(image.width() - 3, 3).name() == THEMES[theme].surface
    for series in plot.kind.series:
        assert has_color(image, series.color(THEMES[theme])) > 40


def test_labels_carry_the_newest_values(qtbot: QtBot) -> None:
    plot = made(qtbot)
    assert plot.legend.texts == ("train 0.2012", "validation 0.2214")
    assert plot.detail.text() == "best 0.1234"
    assert plot.accessibleDescription() == "train 0.2012, validation 0.2214, best 0.1234"


def test_without_validation_nothing_is_said_of_it(qtbot: QtBot) -> None:
    past = history([0, 1, 2], loss=[3.0, 2.0, 1.0], loss_min=[3, 2, 1], loss_max=[3, 2, 1])
    assert made(qtbot, "loss", past).legend.texts == ("train 1",)


def test_hovering_reads_the_values_of_that_update(qtbot: QtBot) -> None:
    plot = made(qtbot)
    past = falling()
    plot.canvas.hovered.emit(QPointF(float(past.update[50]) + 0.4, 0.5))
    assert plot.legend.texts[0] == f"train {number_text(past.loss[50])}"
    assert flag(plot) == f"update {past.update[50]}, epoch {past.update[50] / 10:.4g}"
    plot.canvas.hovered.emit(None)
    assert plot.legend.texts[0] == "train 0.2012"
    assert flag(plot) == ""


def test_hovering_with_the_mouse(qtbot: QtBot) -> None:
    plot = made(qtbot)
    place = plot.canvas.place_of(1000, 0.4).toPoint()
    target = under(plot.canvas, place)
    QTest.mouseMove(target, target.mapFrom(plot.canvas, place))
    qtbot.waitUntil(lambda: flag(plot).startswith("update"))


def test_log_axes(qtbot: QtBot) -> None:
    plot = made(qtbot, "gradient")
    assert plot.canvas.y_axis.scale is LOG, "gradient norms span decades"
    plot.set_log(x=True, y=False)
    assert (plot.canvas.x_axis.scale, plot.canvas.y_axis.scale) == (LOG_COUNT, LINEAR)
    assert plot.canvas.x_range == pytest.approx((0.0, np.log10(2001)))
    plot.set_log(y=True)
    low, high = plot.canvas.y_range
    assert low < np.log10(0.5e-4)
    assert high > np.log10(2)


def test_the_switches_are_buttons_with_names(qtbot: QtBot) -> None:
    plot = made(qtbot)
    buttons = {b.text(): b for b in plot.toggles.findChildren(QToolButton) if b.isVisible()}
    assert list(buttons) == ["log y", "log x", "smooth", "epochs", "recent"]
    assert all(b.toolTip() and b.accessibleName() for b in buttons.values())
    QTest.mouseClick(buttons["log y"], Qt.MouseButton.LeftButton)
    assert plot.canvas.y_axis.scale is LOG
    QTest.mouseClick(buttons["epochs"], Qt.MouseButton.LeftButton)
    assert plot.canvas.x_range[1] == 200
    assert plot.unit.text() == "epoch"


def test_recent_values_fill_the_axis(qtbot: QtBot) -> None:
    plot = made(qtbot)
    whole = plot.canvas.y_range
    plot.set_recent(True)
    recent = plot.canvas.y_range
    assert recent[1] - recent[0] < 0.5 * (whole[1] - whole[0])


def test_a_zoom_is_kept_until_fit(qtbot: QtBot) -> None:
    plot = made(qtbot)
    fitted = plot.canvas.x_range
    plot.canvas.zoom(0.5)
    zoomed = plot.canvas.x_range
    past = falling()
    plot.show_history(past, snapshot(past, update=5000, epoch=500.0))
    assert plot.canvas.x_range == pytest.approx(zoomed)
    button = plot.canvas.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert plot.canvas.x_range[1] == 6000 > fitted[1]
    assert not button.isVisible()


def test_a_zoom_ends_with_its_run(qtbot: QtBot) -> None:
    plot = made(qtbot)
    plot.canvas.zoom(0.5)
    new = history([0], loss=[0.7], loss_min=[0.7], loss_max=[0.7])
    plot.show_history(new, snapshot(new))
    assert plot.canvas.x_range == pytest.approx((-0.03, 1.0))
    assert not plot.canvas.held
    plot.canvas.zoom(0.5)
    other = falling(last=500)
    plot.show_history(other, snapshot(other))
    assert plot.canvas.x_range == (0.0, 600.0)


def test_the_last_values_are_those_of_the_snapshot(qtbot: QtBot) -> None:
    plot = made(qtbot)
    past = falling()
    plot.show_history(past, snapshot(past, loss=0.1778))
    assert plot.legend.texts[0] == "train 0.1778"
    plot.show_history(past, snapshot(past, loss=0.1666, update=2003))
    assert plot.legend.texts[0] == "train 0.1666"


def test_hidden_events_wait(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = made(qtbot)
    plot.hide()
    calls = Calls()
    monkeypatch.setattr("app.plots.curves.record", calls)
    plot.set_events([(500, "batch 32")])
    assert calls.seen == []
    monkeypatch.undo()
    plot.show()
    settle(qtbot)
    plot.canvas.hovered.emit(QPointF(500.0, 0.5))
    assert flag(plot) == "update 500: batch 32"


def test_the_end_of_the_numbers_still_has_an_axis(qtbot: QtBot) -> None:
    values = [1.0, 1e150, 1.7e308]
    past = history([0, 10, 20], loss=values, loss_min=values, loss_max=values)
    plot = made(qtbot, "loss", past)
    for log in (False, True):
        plot.set_log(y=log)
        settle(qtbot)
        assert len(plot.canvas.y_axis.ticks.labelled) >= 2
    plot.set_log(x=True)
    assert len(plot.canvas.x_axis.ticks.labelled) >= 2


@pytest.mark.parametrize("size", [1.0, 2.2])
def test_no_label_is_cut_off_at_the_right(qtbot: QtBot, size: float) -> None:
    plot = made(qtbot, "loss", falling(last=15000))
    theme = THEMES["light"]
    plot.set_theme(replace(theme, font_size=theme.font_size * size))
    settle(qtbot)
    area, axis = plot.canvas.rect_of_area(), plot.canvas.x_axis
    place, label = axis.ticks.labelled[-1]
    right = plot.canvas.place_of(place, 0).x() + axis.measure(label) / 2
    assert right <= min(plot.canvas.width(), area.right() + axis.overhang)


def test_events_are_marked_and_read_by_pointing(qtbot: QtBot) -> None:
    plot = made(qtbot)
    plot.set_events([(500, "rate 0.1 → 0.5"), (1500, "batch 32")])
    plot.canvas.hovered.emit(QPointF(503.0, 0.5))
    assert flag(plot) == "update 500: rate 0.1 → 0.5"
    plot.set_log(x=True)
    plot.canvas.hovered.emit(QPointF(float(np.log10(1501)), 0.5))
    assert flag(plot) == f"update {format_count(1500)}: batch 32"
    plot.set_log(x=False)
    plot.set_epochs(True)
    plot.canvas.hovered.emit(QPointF(50.0, 0.5))
    assert flag(plot) == "update 500: rate 0.1 → 0.5"
    plot.canvas.hovered.emit(QPointF(80.0, 0.5))
    assert flag(plot).startswith("update 80")


def test_leaving_the_finite_numbers_is_drawn_and_named(qtbot: QtBot) -> None:
    loss = [3.0, 5.0, 90.0, np.nan]
    past = history([0, 1, 2, 3], loss=loss, loss_min=loss, loss_max=loss)
    plot = made(qtbot, "loss", past)
    assert plot.detail.text() == "✕ not finite after update 2"
    assert plot.legend.texts == ("train NaN",)
    assert has_color(picture(plot.canvas), THEMES["light"].danger) > 5


def test_hidden_it_only_remembers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = made(qtbot)
    plot.hide()
    calls = Calls()
    monkeypatch.setattr("app.plots.curves.record", calls)
    past = falling(last=3000)
    for _ in range(5):
        plot.show_history(past, snapshot(past))
    assert calls.seen == []
    monkeypatch.undo()
    plot.show()
    qtbot.waitUntil(lambda: plot.canvas.x_range[1] == 3000)


def test_no_run_yet(qtbot: QtBot) -> None:
    plot = show(qtbot, CurvesPlot("loss"), 480, 240)
    plot.show_history(history([]))
    assert plot.legend.texts == ()
    assert plot.canvas.x_axis.ticks.labelled == plot.canvas.y_axis.ticks.labelled == ()
    plot.canvas.hovered.emit(QPointF(0.5, 0.5))
    plot.clear()
    assert plot.detail.text() == ""


def test_one_point_is_a_run_too(qtbot: QtBot) -> None:
    past = history([0], loss=[0.7], loss_min=[0.7], loss_max=[0.7])
    plot = made(qtbot, "loss", past)
    low, high = plot.canvas.y_range
    assert low < 0.7 < high
    assert [label for _, label in plot.canvas.x_axis.ticks.labelled] == ["0", "1"]
    assert has_color(picture(plot.canvas), THEMES["light"].train_color) > 3, "a dot"


def test_huge_and_tiny_losses(qtbot: QtBot) -> None:
    for factor in (1e9, 1e-9, 1e200):
        values = np.array([3.0, 2.0, 1.5]) * factor
        past = history([0, 10, 20], loss=values, loss_min=values, loss_max=values)
        plot = made(qtbot, "loss", past)
        low, high = plot.canvas.y_range
        assert low <= 1.5 * factor < 3 * factor <= high
        assert all(len(label) < 8 for _, label in plot.canvas.y_axis.ticks.labelled)
