"""Several runs in one plot of curves."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pyqtgraph as pg
import pytest
from pytestqt.qtbot import QtBot

from app.moment import RunMoment
from app.plots.curves import CurvesPlot
from app.runs_look import line_color
from app.theme import THEMES, Theme
from tests.app.plots.run_examples import sample, trained, with_nan

DATA = sample("saturated_start")
SETTINGS = {"activation": "sigmoid", "initializer": "saturated", "learning_rate": 0.5}


@pytest.fixture(scope="module")
def runs() -> tuple[RunMoment, RunMoment]:
    stuck = trained(DATA, run=1, loss="quadratic", epochs=300, **SETTINGS)
    recovered = trained(DATA, run=2, loss="cross_entropy", epochs=300, **SETTINGS)
    return stuck, recovered


@pytest.fixture
def plot(qtbot: QtBot) -> CurvesPlot:
    made = CurvesPlot("loss")
    made.resize(420, 300)
    qtbot.addWidget(made)
    made.show()
    return made


def drawn(plot: CurvesPlot) -> dict[str, Any]:
    """Curves with points, by the colour of their pen."""
    box: Any = plot.canvas._box  # pyright: ignore[reportPrivateUsage] - the items alone know
    found: dict[str, Any] = {}
    for item in box.childGroup.childItems():
        if isinstance(item, pg.PlotCurveItem) and cast(Any, item).opts["antialias"]:
            x = cast(Any, item).xData
            if x is not None and len(x) > 1:
                found[cast(Any, item).opts["pen"].color().name()] = item
    return found


def test_each_run_has_its_colour_and_the_active_one_is_thicker(
    plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]
):
    plot.show_runs(runs)
    theme = THEMES["light"]
    items = drawn(plot)
    first, second = items[line_color(theme, 0)], items[line_color(theme, 1)]
    assert first.opts["pen"].widthF() > second.opts["pen"].widthF()
    assert second.opts["pen"].dashPattern()
    np.testing.assert_allclose(first.yData[-1], runs[0].snapshot.loss)
    np.testing.assert_allclose(second.yData[-1], runs[1].snapshot.loss)


def test_the_legend_says_what_sets_them_apart(plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]):
    plot.resize(900, 300)
    plot.show_runs(runs)
    first, second = plot.legend.texts
    assert first.startswith("Run 1 · Quadratic 0.4")
    assert second.startswith("Run 2 · Cross-entropy 0.")


def test_axes_hold_all_runs(plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]):
    plot.show_runs(runs)
    assert plot.canvas.y_range[1] > runs[1].snapshot.history.loss.max()


def test_alone_a_run_looks_as_ever(plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]):
    plot.show_runs(runs[:1])
    alone = {color: item.opts["pen"].widthF() for color, item in drawn(plot).items()}
    plot.show_runs(runs)
    plot.show_runs(runs[:1])
    again = {color: item.opts["pen"].widthF() for color, item in drawn(plot).items()}
    assert alone == again
    assert len(alone) == 1
    assert plot.legend.texts[0].startswith("train")


def test_another_active_run_changes_only_who_is_thick(
    plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]
):
    plot.show_runs(runs)
    plot.show_runs(runs[::-1])
    theme, items = THEMES["light"], drawn(plot)
    first, second = items[line_color(theme, 0)], items[line_color(theme, 1)]
    assert first.opts["pen"].widthF() < second.opts["pen"].widthF()


def test_numbers_follow_while_lines_wait(plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]):
    plot.resize(900, 300)
    plot.show_runs(runs)
    lines = drawn(plot)
    later = trained(DATA, run=2, loss="cross_entropy", epochs=600, **SETTINGS)
    plot.show_runs((runs[0], later), lines=False)
    assert set(drawn(plot)) == set(lines)
    assert plot.legend.texts[1].endswith(f"{later.snapshot.loss:.4g}")


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_hidden_broken_and_in_every_theme(
    qtbot: QtBot, runs: tuple[RunMoment, RunMoment], theme: Theme
):
    made = CurvesPlot("accuracy")
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.show_runs((with_nan(runs[0]), *runs[1:]))
    made.show()
    made.clear()
    assert not made.legend.texts


def test_dashes_keep_their_length_when_the_view_changes(
    plot: CurvesPlot, runs: tuple[RunMoment, RunMoment]
):
    plot.show_runs(runs)
    item = drawn(plot)[line_color(THEMES["light"], 1)]
    before = gaps(pieces(plot))
    (low, high), (bottom, top) = plot.canvas.x_range, plot.canvas.y_range
    plot.canvas.set_range((low, low + (high - low) / 4), (bottom, bottom + (top - bottom) / 4))
    assert gaps(pieces(plot)) == pytest.approx(4 * before, rel=0.05)  # pyright: ignore[reportUnknownMemberType] - pytest is untyped there
    assert pieces(plot).xData[-1] <= item.xData[-1]


def gaps(item: Any) -> int:
    """How often the line is interrupted."""
    return int((item.xData[1:-1:2] != item.xData[2::2]).sum())


def pieces(plot: CurvesPlot) -> Any:
    """The item in sight that is drawn in pieces."""
    box: Any = plot.canvas._box  # pyright: ignore[reportPrivateUsage] - the items alone know
    (found,) = (
        item
        for item in box.childGroup.childItems()
        if isinstance(item, pg.PlotCurveItem)
        and cast(Any, item).isVisible()
        and cast(Any, item).opts["antialias"]
        and cast(Any, item).opts["connect"] == "pairs"
    )
    return found


def test_a_run_that_lost_its_numbers_has_a_cross_where_it_did(plot: CurvesPlot):
    data = sample("noisy_line")
    lost = trained(data, run=1, learning_rate=20.0, epochs=5000)
    assert lost.snapshot.stop is not None
    assert lost.snapshot.stop.kind == "not_finite"
    assert np.isfinite(lost.snapshot.loss), "the update that led there was taken back"
    good = trained(data, run=2, learning_rate=0.1, epochs=50)
    plot.resize(900, 300)
    plot.show_runs((lost, good))
    said = f"not finite after update {lost.snapshot.update}"
    assert [text.endswith(" ✕") for text in plot.legend.texts] == [True, False]
    plot.show_runs((lost,))
    assert plot.detail.text() == f"✕ {said}"
    assert said in plot.canvas.accessibleDescription()
    (place,) = crosses(plot)
    assert place[0] == lost.snapshot.update
    assert plot.canvas.y_range[0] < place[1] < plot.canvas.y_range[1]
    plot.set_pointed(lost.snapshot.update)
    assert plot.cross.flag.text.endswith("✕ not finite after this")
    plot.set_pointed(lost.snapshot.update - 1)
    assert plot.cross.flag.text.endswith(str(lost.snapshot.update - 1))
    plot.set_pointed(None)

    plot.show_runs((good, lost))
    (place,) = crosses(plot)
    assert place[0] == lost.snapshot.update
    assert plot.canvas.y_range[0] < place[1] < plot.canvas.y_range[1]
    assert plot.legend.texts[1].endswith(" ✕")
    assert plot.detail.text() == ""
    plot.show_runs((good,))
    assert crosses(plot) == []


def test_of_an_update_that_was_taken_back_there_is_no_step(qtbot: QtBot):
    lost = trained(sample("noisy_line"), learning_rate=20.0, epochs=5000)
    made = CurvesPlot("step")
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show()
    made.show_runs((lost,))
    assert len(crosses(made)) == 1
    assert not made.legend.texts[0].endswith(" 0")


def crosses(plot: CurvesPlot) -> list[tuple[float, float]]:
    """Places of the crosses that are seen."""
    box: Any = plot.canvas._box  # pyright: ignore[reportPrivateUsage] - the items alone know
    found: list[tuple[float, float]] = []
    for item in box.childGroup.childItems():
        if isinstance(item, pg.ScatterPlotItem) and item.isVisible():
            drawn_as = cast(Any, item)
            if drawn_as.opts["symbol"] == "x":
                found += zip(drawn_as.data["x"], drawn_as.data["y"], strict=True)
    return found
