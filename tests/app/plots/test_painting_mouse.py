from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.brushes import Brush
from app.plots.paint_outbox import PAUSE
from slp_core.data.dataset import Dataset
from slp_core.data.edits import apply_edit, without_rows
from slp_core.data.revision import revised
from slp_core.data.table import Table
from tests.app.plots.examples import drag, settle, under
from tests.app.plots.painting_examples import PUT, click, cloud, desk


def test_a_click_puts_a_point_where_the_mouse_is(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    before = at.plot.canvas.x_range, at.plot.canvas.y_range
    click(at.plot, 1.2, 0.4)
    assert at.heard == [("Put 1 point of b", 1)]
    row = [column.cell(40) for column in at.table.columns]
    width, height = at.plot.canvas.pixel
    assert row[0] == pytest.approx(1.2, abs=width)
    assert row[1] == pytest.approx(0.4, abs=height)
    assert row[2] == "b"
    assert (at.plot.canvas.x_range, at.plot.canvas.y_range) == before, "the view stays"
    assert at.plot.view is not None
    assert at.plot.view.image is not None, "and so does the picture of the model"
    assert len(str(row[0])) < 8, "a mouse is not exact to sixteen digits"


def test_quick_clicks_are_strokes_of_their_own_and_none_is_lost(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    for n in range(4):
        click(at.plot, 0.3 * n, 0.0)
    qtbot.waitUntil(lambda: len(at.heard) == 4, timeout=10 * PAUSE)
    assert [stroke for _, stroke in at.heard] == [1, 2, 3, 4]
    assert at.table.rows == 44


def test_the_second_press_of_a_double_click_puts_a_point_too(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.plot.canvas.zoom(0.5)
    before = at.plot.canvas.x_range
    place = at.plot.canvas.place_of(1.0, 0.0).toPoint()
    target = under(at.plot.canvas, place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(at.plot.canvas, place))
    qtbot.waitUntil(lambda: at.table.rows >= 41)
    assert at.plot.canvas.x_range == before, "painting does not fit the view"


def test_a_brush_stroke_is_one_stroke_in_parts_and_inside_its_discs(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="brush", label="a", radius=20, amount=5))
    way = [(0.1 * n, 0.0) for n in range(12)]
    drag(at.plot.canvas, way)
    qtbot.waitUntil(lambda: len(at.heard) == 2, timeout=10 * PAUSE)
    assert {stroke for _, stroke in at.heard} == {1}
    added = at.table.rows - 40
    assert at.heard[0][0] == "Brush 5 points of a"
    assert at.heard[1][0] == f"Brush {added} points of a"
    width, height = at.plot.canvas.pixel
    assert added == pytest.approx(5 + 5 * 1.1 / (20 * width), abs=3)
    x = np.asarray(at.table.column("f0").values[40:], dtype=float)
    y = np.asarray(at.table.column("f1").values[40:], dtype=float)
    line = np.clip(x, 0.0, 1.1)
    assert np.hypot((x - line) / width, y / height).max() <= 21


def test_wet_points_are_shown_until_the_data_has_them(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.late = True
    click(at.plot, 1.0, 0.0)
    click(at.plot, 2.0, 0.0)
    wet = at.plot._stage.wet  # pyright: ignore[reportPrivateUsage]  # what is drawn
    assert len(at.heard) == 1, "the second waits for the first"
    assert len(wet.places) == 2
    at.late = False
    at.adopt()
    qtbot.waitUntil(lambda: len(at.heard) == 2, timeout=10 * PAUSE)
    assert len(wet.places) == 0
    assert at.table.rows == 42


def test_a_refused_edit_lets_the_next_one_come(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.late = True
    click(at.plot, 1.0, 0.0)
    at.plot.settle_edit()
    at.late = False
    click(at.plot, 2.0, 0.0)
    qtbot.waitUntil(lambda: len(at.heard) == 2, timeout=10 * PAUSE)
    assert at.table.rows == 41


def test_nothing_is_made_while_the_table_is_newer_than_the_data(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.plot.set_data(at.data, None, keep=True)
    click(at.plot, 1.0, 0.0)
    assert at.heard == []
    at.plot.set_data(at.data, at.table, keep=True)
    assert len(at.heard) == 1
    assert at.table.rows == 41


def test_other_data_end_a_stroke(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), PUT)
    at.late = True
    click(at.plot, 1.0, 0.0)
    click(at.plot, 2.0, 0.0)
    table = cloud(20)
    at.plot.set_data(Dataset.from_table(table), table)
    settle(qtbot)
    qtbot.wait(2 * PAUSE)
    assert len(at.heard) == 1
    assert len(at.plot._stage.wet.places) == 0  # pyright: ignore[reportPrivateUsage]  # what is drawn


def test_erasing_takes_what_lies_under_the_way_but_not_the_last_of_two_classes(
    qtbot: QtBot,
) -> None:
    at = desk(qtbot, cloud(), Brush(tool="erase", radius=30))
    x, y = at.data.inputs(0)[0], at.data.inputs(1)[0]
    click(at.plot, x, y)
    gone = 40 - at.table.rows
    assert gone >= 1
    assert at.heard == [(f"Erase {gone} point" + ("s" if gone > 1 else ""), 1)]
    at.plot.set_painting(Brush(tool="erase", radius=120))
    (left, right), (bottom, top) = at.plot.canvas.x_range, at.plot.canvas.y_range
    grid = [(u, v) for v in np.linspace(bottom, top, 7) for u in np.linspace(left, right, 9)]
    drag(at.plot.canvas, [(0.99 * u + 0.01, 0.98 * v) for u, v in grid[4:-4]])
    qtbot.waitUntil(lambda: at.table.rows == 2, timeout=20 * PAUSE)
    assert sorted(str(text) for text in at.table.column("kind").values) == ["a", "b"]
    assert at.notes
    assert set(at.notes) <= {
        "The last point of “a” stays: training needs two classes.",
        "The last point of “b” stays: training needs two classes.",
        "The last point of “a” and “b” stays: training needs two classes.",
    }
    assert at.errors == []


def test_moving_takes_the_nearest_or_all_that_are_selected(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="move"))
    x, y = at.data.inputs(0)[5], at.data.inputs(1)[5]
    row = int(at.data.row_index[5])
    drag(at.plot.canvas, [(x, y), (x + 0.5, y + 0.2), (x + 1.0, y + 0.5)])
    assert at.heard == [("Move 1 point", 1)]
    width, height = at.plot.canvas.pixel
    assert at.table.column("f0").cell(row) == pytest.approx(x + 1, abs=2 * width)
    assert at.table.column("f1").cell(row) == pytest.approx(y + 0.5, abs=2 * height)
    assert len(at.plot._stage.wet.places) == 0  # pyright: ignore[reportPrivateUsage]  # what is drawn
    at.plot.set_selection(np.array([row, 3, 4]))
    qtbot.wait(PAUSE + 20)
    before = [at.table.column("f0").cell(n) for n in (3, 4)]
    drag(at.plot.canvas, [(x + 1, y + 0.5), (x + 0.5, y + 0.5)])
    # The pause grows with what an edit costs, so how long it lasts is not known here.
    qtbot.waitUntil(lambda: at.heard[-1] == ("Move 3 points", 2), timeout=20 * PAUSE)
    for n, old in zip((3, 4), before, strict=True):
        assert at.table.column("f0").cell(n) == pytest.approx(float(old) - 0.5, abs=2 * width)


def test_while_something_is_carried_the_mouse_shows_where_it_would_be(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(), Brush(tool="move"))
    x, y = at.data.inputs(0)[5], at.data.inputs(1)[5]
    seen: list[np.ndarray] = []
    wet = at.plot._stage.wet  # pyright: ignore[reportPrivateUsage]  # what is drawn

    def look(_touch: object) -> None:
        seen.append(wet.places)

    at.plot.canvas.touched.connect(look)
    drag(at.plot.canvas, [(x, y), (x + 0.4, y), (x + 0.8, y + 0.3), (x + 0.8, y + 0.3)])
    assert seen[-1][0] == pytest.approx((x + 0.8, y + 0.3), abs=0.03)


def test_with_one_feature_classes_have_no_height(qtbot: QtBot) -> None:
    at = desk(qtbot, cloud(features=1), PUT)
    click(at.plot, 1.5, 0.5)
    assert [column.cell(40) for column in at.table.columns][1] == "b"
    at.plot.set_painting(Brush(tool="move"))
    qtbot.wait(PAUSE + 20)
    assert at.plot.view is not None
    samples = at.plot.view.samples
    row = int(at.data.row_index[2])
    drag(at.plot.canvas, [(samples.x[2], samples.y[2]), (1.0, 0.5)])
    moved = pytest.approx(1.0, abs=0.05)
    qtbot.waitUntil(lambda: at.table.column("f0").cell(row) == moved, timeout=20 * PAUSE)
    assert [change.column for change in at.edits[-1].changed] == ["f0"]


def test_regression_over_one_feature_takes_the_height(qtbot: QtBot) -> None:
    table = Table.from_columns("line", {"x": np.arange(8.0), "y": np.arange(8.0) * 1.5 + 0.25})
    at = desk(qtbot, table, Brush(tool="put"), target="y", task="regression")
    click(at.plot, 2.0, 8.0)
    row = [column.cell(8) for column in at.table.columns]
    width, height = at.plot.canvas.pixel
    assert row == pytest.approx([2.0, 8.0], abs=max(width, height))


def test_a_part_waits_until_the_plot_shows_the_newest_table(qtbot: QtBot) -> None:
    """Another view may have edited the table meanwhile: the rows here are not those of now."""
    at = desk(qtbot, cloud(), Brush(tool="erase", radius=5))
    applied = apply_edit(at.table, without_rows([3]))
    at.plot.set_newest(lambda: applied.table)
    sample = int(np.flatnonzero(at.data.row_index == 20)[0])
    click(at.plot, at.data.inputs(0)[sample], at.data.inputs(1)[sample])
    at.plot.settle_edit()
    qtbot.wait(2 * PAUSE)
    assert at.heard == []
    at.late = True
    at.data = revised(at.data, applied.table, applied.kept)
    at.plot.set_data(at.data, applied.table, keep=True)
    assert 19 in at.edits[0].removed.tolist(), "row 20 is row 19 now"
