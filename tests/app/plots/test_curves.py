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
from slp_core.training.history import History
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


def made(qtbot: QtBot, kind: str = "loss", past: History | None = None) -> CurvesPlot:
    plot = show(qtbot, CurvesPlot(kind), 480, 240)
    past = past or falling()
    plot.show_history(past, snapshot(past))
    settle(qtbot)
    return plot


def flag(plot: CurvesPlot) -> str:
    """What stands on the axis of time where the values are read off."""
    shown = plot.cross.flag
    return shown.text if shown.isVisible() else ""


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


def test_accuracy_becomes_r2_in_regression(qtbot: QtBot) -> None:
    past = falling()
    plot = show(qtbot, CurvesPlot("accuracy"), 480, 240)
    plot.show_history(past, snapshot(past))
    assert plot.title.text() == "Accuracy"
    assert plot.legend.texts[0] == "train 90.0 %"
    assert plot.canvas.y_range[1] == pytest.approx(1.0, abs=0.05)
    plot.show_history(past, snapshot(past, accuracy=None, r2=0.95))
    assert plot.title.text() == "R²"
    assert plot.legend.texts[0] == "train 0.95"


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


def test_numbers_can_be_renewed_without_drawing(qtbot: QtBot) -> None:
    plot = made(qtbot)
    before = picture(plot.canvas)
    past = falling()
    later = replace(snapshot(past), loss=0.123456)
    plot.show_history(past, later, lines=False)
    settle(qtbot)
    assert number_text(0.123456) in plot.accessibleDescription()
    assert picture(plot.canvas) == before


def test_the_gradient_is_parted_on_demand(qtbot: QtBot) -> None:
    plot = made(qtbot, "gradient")
    assert [text.split()[0] for text in plot.legend.texts] == ["‖∂L/∂(W,"]
    whole = picture(plot.canvas)
    buttons = {b.text(): b for b in plot.toggles.findChildren(QToolButton)}
    QTest.mouseClick(buttons["W, b"], Qt.MouseButton.LeftButton)
    plot.canvas.hovered.emit(QPointF(float(falling().update[50]), 0.5))
    norm = float(falling().gradient_norm[50])
    assert plot.legend.texts[1:] == (f"W {number_text(norm * 0.8)}", f"b {number_text(norm * 0.6)}")
    plot.canvas.hovered.emit(None)
    QTest.mouseClick(buttons["W, b"], Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert picture(plot.canvas) == whole


def test_a_part_that_is_rounding_noise_does_not_stretch_the_axis(qtbot: QtBot) -> None:
    past = falling()
    past.table[12, 0] = 1e-17
    plot = made(qtbot, "gradient", past)
    before = plot.canvas.y_range
    plot.toggles.set("parts", True)
    assert plot.canvas.y_range == before


def test_the_usual_size_of_a_step_is_a_band_that_says_it_is_a_rule_of_thumb(qtbot: QtBot) -> None:
    plot = made(qtbot, "step")
    assert plot.legend.texts[-1] == "usual, about 0.001"
    entry = plot.guides.entries()[0]
    assert "rule of thumb" in entry.tip
    assert "CS231n" in entry.tip
    place = plot.canvas.place_of(1900, float(np.log10(1e-3))).toPoint()
    outside = plot.canvas.place_of(1900, float(np.log10(1e-2))).toPoint()
    image = picture(plot.canvas)
    assert image.pixelColor(place).green() > image.pixelColor(place).red()
    assert image.pixelColor(outside) == QColor(THEMES["light"].surface)


def test_before_the_first_update_there_is_no_step(qtbot: QtBot) -> None:
    past = falling()
    past.table[20, 0] = np.nan
    plot = made(qtbot, "step", past)
    plot.canvas.hovered.emit(QPointF(0.0, 0.0))
    assert plot.legend.texts[0] == "‖ΔW‖ / ‖W‖ –"


def test_a_line_search_is_shown_only_where_there_is_one(qtbot: QtBot) -> None:
    past = falling()
    assert len(made(qtbot, "rate", past).legend.texts) == 2
    past.table[21] = np.nan
    assert made(qtbot, "rate", past).legend.texts == ("rate 0.1",)


def test_changes_of_settings_are_told_to_those_who_do_not_see_them(qtbot: QtBot) -> None:
    plot = made(qtbot)
    assert "Changes" not in plot.canvas.accessibleDescription()
    plot.set_events([(100 * n, f"batch {n}") for n in range(1, 8)])
    text = plot.canvas.accessibleDescription()
    assert text.startswith("train 0.2012, validation 0.2214, best 0.1234. Changes: ")
    assert text.endswith("update 600: batch 6; update 700: batch 7")
    assert "batch 2;" not in text


def test_a_shorter_number_at_the_right_moves_nothing(qtbot: QtBot) -> None:
    plot = made(qtbot)
    past = falling()
    widths = set[int]()
    for best in (0.1234, 0.2, 0.1999, 0.1):
        plot.show_history(past, snapshot(past, best_loss=best))
        settle(qtbot)
        widths.add(plot.legend.width())
    assert len(widths) == 1


@pytest.mark.parametrize(("recent", "most"), [(False, 1), (True, 3)])
def test_ranges_of_a_noisy_run_change_seldom(qtbot: QtBot, recent: bool, most: int) -> None:
    noise = 0.3 + 0.05 * np.random.default_rng(3).normal(size=900)
    plot = show(qtbot, CurvesPlot("loss"), 480, 240)
    plot.set_recent(recent)
    ranges = list[tuple[float, float]]()
    for n in range(100, 900, 20):
        loss = noise[:n]
        past = history(list(range(n)), loss=loss, loss_min=loss, loss_max=loss)
        plot.show_history(past, snapshot(past))
        ranges.append(plot.canvas.y_range)
    assert len(set(ranges)) <= most


def test_many_epochs_are_told_in_groups_of_digits(qtbot: QtBot) -> None:
    past = falling(last=2_000_000)
    plot = made(qtbot, "loss", past)
    plot.set_pointed(2_000_000)
    assert flag(plot) == f"update {format_count(2_000_000)}, epoch {format_count(200_000)}"
