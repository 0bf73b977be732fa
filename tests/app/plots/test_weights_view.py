from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.weights_table import WeightsTable
from app.plots.weights_bar_layout import Sizes, lay_out
from app.plots.weights_scale import CalmEnd, diverging_rows, diverging_table
from app.plots.weights_view import WeightsView
from app.theme import THEMES, contrast
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import picture, settle, show
from tests.app.plots.run_examples import at, moment, sample, trained, with_nan

IRIS = trained(sample("iris"))
MOONS = trained(sample("moons"), epochs=60)
DIGITS = trained(sample("digits"), epochs=5)


def made(qtbot: QtBot, mode: str = "bars", width: int = 520, height: int = 400) -> WeightsView:
    view = WeightsView(WeightsTable())
    qtbot.addWidget(view.header_widget)
    view.mode.set_value(mode)
    return show(qtbot, view, width, height)


def test_without_a_run_it_says_so(qtbot: QtBot) -> None:
    view = made(qtbot)
    assert view.empty.isVisible()
    view.show_moment(moment(IRIS))
    assert not view.empty.isVisible()
    view.show_moment(None)
    assert view.empty.isVisible()


def test_weights_of_other_data_are_not_drawn(qtbot: QtBot) -> None:
    view = made(qtbot)
    view.show_moment(moment(at(IRIS, Parameters(np.ones((2, 1)), np.zeros(1)))))
    assert "do not fit" in view.empty.text()


@pytest.mark.parametrize("mode", ["bars", "numbers", "history", "images"])
@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("run", [IRIS, DIGITS, with_nan(DIGITS)], ids=["iris", "digits", "nan"])
def test_every_mode_draws_every_run(qtbot: QtBot, mode: str, theme: str, run: object) -> None:
    view = made(qtbot, mode)
    view.set_theme(THEMES[theme])
    empty = picture(view)
    view.show_moment(moment(run))  # pyright: ignore[reportArgumentType]  # a run
    settle(qtbot)
    assert picture(view) != empty


def test_bars_point_where_their_signs_say(qtbot: QtBot) -> None:
    view = made(qtbot)
    view.show_moment(moment(at(MOONS, Parameters(np.array([[1.0], [-1.0]]), np.zeros(1)))))
    settle(qtbot)
    bars = view.bars.bars
    assert bars is not None
    image = picture(view.bars.viewport())
    ratio = image.width() / view.bars.viewport().width()
    for row, side in ((bars.rows[0], 1), (bars.rows[1], -1)):
        bar = bars.bar(row.rect)
        for way in (1, -1):
            x = bar.center().x() + way * bar.width() / 8
            color = image.pixelColor((QPointF(x, bar.center().y()) * ratio).toPoint())
            ground = THEMES["light"].surface
            assert (color.name() != ground) is (way == side)


def test_the_tooltip_of_a_bar_tells_both_units(qtbot: QtBot) -> None:
    view = made(qtbot)
    view.show_moment(moment(IRIS))
    bars = view.bars.bars
    assert bars is not None
    center = bars.rows[0].rect.center()
    text = view.bars.tip_at(center.x(), center.y())
    assert text.startswith("w sepal_length → setosa: ")
    assert "scaled" in text
    assert "original units" in text


@pytest.mark.parametrize("width", [280, 600, 1300])
@pytest.mark.parametrize(("terms", "outputs"), [(1, 1), (2, 1), (64, 10)])
def test_rows_of_bars_never_overlap(width: int, terms: int, outputs: int) -> None:
    bars = lay_out(terms, outputs, (width, 300), Sizes(16, 60, 60))
    rects = [row.rect for row in bars.rows] + [group.head for group in bars.groups]
    assert len(bars.rows) == (terms + 1) * outputs
    for n, first in enumerate(rects[:80]):
        assert not any(first.intersects(other) for other in rects[n + 1 :])
    assert max(rect.bottom() for rect in rects) <= bars.height
    assert all(bars.bar(row.rect).width() > 20 for row in bars.rows)


def test_groups_stand_side_by_side_only_where_their_type_has_room() -> None:
    usual = lay_out(4, 3, (514, 300), Sizes(15, 80, 77)).groups
    large = lay_out(4, 3, (514, 300), Sizes(19, 98, 95)).groups
    assert usual[1].head.left() > usual[0].head.right()
    assert large[1].head.top() > large[0].rule


def test_rows_that_are_seen_are_found() -> None:
    bars = lay_out(64, 10, (600, 300), Sizes(16, 60, 60))
    seen = bars.between(500, 800)
    assert seen == [row for row in bars.rows if row.rect.top() < 800 and row.rect.bottom() > 500]
    assert 0 < len(seen) < 60


def test_scales_are_calm() -> None:
    scale = CalmEnd()
    assert scale.follow(np.array([0.9, -2.7])) == 3.0
    assert scale.follow(np.array([2.0, np.nan])) == 3.0
    assert scale.follow(np.array([1.0])) == 3.0
    assert scale.follow(np.array([3.1])) == 4.0
    assert scale.follow(np.array([0.5])) == pytest.approx(0.6)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_colours_of_weights_grow_more_visible_to_both_sides(theme: object) -> None:
    from app.theme import Theme

    assert isinstance(theme, Theme)
    table = diverging_table(theme)
    colors = [f"#{r:02x}{g:02x}{b:02x}" for r, g, b, _ in table.tolist()]
    away = [contrast(color, theme.surface) for color in colors]
    assert away[0] > away[100] > away[255]
    assert away[510] > away[410] > away[255]
    rows = diverging_rows(np.array([-2.0, 0.0, 1.0, np.nan, np.inf]), 1.0)
    assert rows.tolist() == [0, 255, 510, 255, 510]


def test_pictures_are_offered_for_pixels_only(qtbot: QtBot) -> None:
    view = made(qtbot, "images")
    view.show_moment(moment(IRIS))
    assert view.page == "bars"
    refused = {choice.key: choice.refusal for choice in view.mode.choices()}
    assert "pixels" in refused["images"]
    view.show_moment(moment(DIGITS))
    assert view.page == "images"
    assert not any(choice.refusal for choice in view.mode.choices())


def test_pixels_are_read_by_mouse_and_by_keys(qtbot: QtBot) -> None:
    view = made(qtbot, "images")
    view.show_moment(moment(DIGITS))
    settle(qtbot)
    page = view.images
    tile = page.tiles()[3]
    place = tile.topLeft() + QPointF(tile.width() * 3.5 / 8, tile.height() * 2.5 / 8)
    QTest.mouseMove(page, QPoint(2, 2))
    QTest.mouseMove(page, place.toPoint())
    assert page.picked == (3, 2, 3)
    data = DIGITS.dataset
    assert page.reading().startswith("w p23 → 3: ")
    QTest.keyClick(page, Qt.Key.Key_Left)
    QTest.keyClick(page, Qt.Key.Key_PageDown)
    assert page.picked == (4, 2, 2)
    assert "p22" in page.reading()
    assert "p22" in data.feature_names
    for _ in range(9):
        QTest.keyClick(page, Qt.Key.Key_Up)
        QTest.keyClick(page, Qt.Key.Key_Left)
    assert "never changes" in page.reading()


def test_history_ends_in_the_present_and_names_its_lines(qtbot: QtBot) -> None:
    view = made(qtbot, "history")
    view.show_moment(moment(MOONS))
    settle(qtbot)
    found = view.history.tracks
    assert found is not None
    assert found.names == ("w x1", "w x2", "b")
    np.testing.assert_array_equal(found.values[:, -1], MOONS.snapshot.parameters.flat())
    assert found.update[0] == 0
    assert found.update[-1] == MOONS.snapshot.update
    place = QPointF(found.update[-1], found.values[1, -1])
    assert view.history.reading(place).startswith("w x2   ")
    assert view.time.isVisibleTo(view.header_widget)


def test_many_lines_are_cut_to_the_largest_and_it_is_said(qtbot: QtBot) -> None:
    view = made(qtbot, "history")
    view.show_moment(moment(DIGITS))
    settle(qtbot)
    assert view.history.note.text().startswith("the 40 largest of 6")


def test_units_change_with_the_picker(qtbot: QtBot) -> None:
    view = made(qtbot)
    view.show_moment(moment(MOONS))
    scaled = picture(view)
    view.units.set_value("original")
    view.show_moment(moment(replace(MOONS)))
    assert picture(view) != scaled


def test_powers_refuse_original_units(qtbot: QtBot) -> None:
    view = made(qtbot)
    view.show_moment(moment(trained(sample("moons", degree=2), epochs=5)))
    original = view.units.choices()[1]
    assert "powers" in original.refusal
