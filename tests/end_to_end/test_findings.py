"""Findings in the real window: the light, a click that shows span and points, an undone fix."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.moment import Span
from app.panels.answer_links import APART, BEST, PROOF, AnswerLinks
from app.panels.finding_card import FindingCard
from app.panels.findings_view import FindingsView
from app.plots.curves import CurvesPlot
from app.window.main_window import MainWindow
from tests.app.workspace_examples import is_open, opened

pytestmark = pytest.mark.qt_log_ignore("does not support")
SOURCE = "sample:saturated_start"


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    opened(window.workspace, qtbot, SOURCE)
    return window


def findings(window: MainWindow) -> FindingsView:
    assert window.views is not None
    view = window.views.view("findings")
    assert isinstance(view, FindingsView)
    return view


def card(window: MainWindow, rule: str, qtbot: QtBot) -> FindingCard:
    def there() -> list[FindingCard]:
        cards = findings(window).findChildren(FindingCard)
        return [card for card in cards if card.value().id == rule and card.isVisible()]

    qtbot.waitUntil(lambda: bool(there()), timeout=20_000)
    return there()[0]


def spans(window: MainWindow) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """On the curves of the loss, and on the time line."""
    assert window.views is not None
    plot = window.views.view("loss")
    assert isinstance(plot, CurvesPlot)
    return plot.guides.spans, window.timing.line.value().spans


def stuck(window: MainWindow, qtbot: QtBot) -> None:
    """Train until the saturation trap is found, then pause."""
    assert window.views is not None
    window.views.place("main", "findings")
    space = window.workspace
    space.player.step(300)
    card(window, "L8", qtbot)


def test_a_click_on_a_finding_shows_its_span_and_its_points(
    window: MainWindow, qtbot: QtBot
) -> None:
    stuck(window, qtbot)
    qtbot.waitUntil(lambda: all(spans(window)))
    assert not any(span.chosen for row in spans(window) for span in row)
    here = card(window, "L8", qtbot)
    about = here.value()
    QTest.mouseClick(here, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    current = window.workspace.current
    assert current is not None
    chosen = [[span for span in row if span.chosen] for row in spans(window)]
    assert [len(row) for row in chosen] == [1, 1]
    assert (chosen[0][0].first, chosen[0][0].last) == about.span
    rows = current.dataset.row_index[np.array(about.rows)]
    assert len(rows) > 0
    assert sorted(window.workspace.selection.rows.tolist()) == sorted(rows.tolist())
    QTest.mouseClick(here, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))
    assert not any(span.chosen for row in spans(window) for span in row)
    assert window.workspace.selection.rows.size == 0


def test_return_does_what_a_click_does(window: MainWindow, qtbot: QtBot) -> None:
    stuck(window, qtbot)
    here = card(window, "L8", qtbot)
    here.setFocus()
    QTest.keyClick(here, Qt.Key.Key_Return)
    assert window.workspace.selection.rows.size > 0


def test_the_light_says_how_bad_it_is_and_leads_to_the_findings(
    window: MainWindow, qtbot: QtBot
) -> None:
    light, why = window.status.light, window.status.why
    qtbot.waitUntil(lambda: "Worth a look" in light.accessibleName(), timeout=20_000)
    assert "Saturated start" in light.toolTip()
    assert why.text().startswith("Why? (")
    QTest.mouseClick(light, Qt.MouseButton.LeftButton)
    assert findings(window).isVisible()
    stuck(window, qtbot)
    qtbot.waitUntil(lambda: "keeps it from learning" in light.accessibleName())


def test_a_fix_is_one_step_that_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    stuck(window, qtbot)
    here = card(window, "L8", qtbot)
    space = window.workspace
    QTest.mouseClick(here.fix, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: space.current is not None and space.current.config.loss == "cross_entropy"
    )
    window.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: space.current is not None and space.current.config.loss == "quadratic")


def answered(window: MainWindow, qtbot: QtBot) -> AnswerLinks:
    """The links, once the exact answers are known."""
    assert window.views is not None
    window.views.place("main", "findings")
    links = findings(window).links
    qtbot.waitUntil(links.isVisible, timeout=20_000)
    return links


def test_one_click_leads_to_the_best_weights_and_undo_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    links, player = answered(window, qtbot), window.workspace.player
    assert window.advising is not None
    answers = window.advising.counsel.answers
    assert answers is not None
    assert player.snapshot is not None
    before = player.snapshot.loss
    QTest.mouseClick(links.buttons[BEST], Qt.MouseButton.LeftButton)
    near = pytest.approx(answers.best.value, rel=1e-4)
    qtbot.waitUntil(lambda: player.snapshot is not None and player.snapshot.loss == near)
    window.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: player.snapshot is not None and player.snapshot.loss == before)


def test_rows_that_prove_that_no_line_separates_are_selected(
    window: MainWindow, qtbot: QtBot
) -> None:
    links = answered(window, qtbot)
    assert not links.buttons[APART].isVisible()
    QTest.mouseClick(links.buttons[PROOF], Qt.MouseButton.LeftButton)
    assert 2 <= window.workspace.selection.rows.size <= 4


def test_after_a_run_that_ran_away_one_click_goes_on_from_the_best_weights(
    window: MainWindow, qtbot: QtBot
) -> None:
    space = window.workspace
    space.open("sample:noisy_line")
    qtbot.waitUntil(lambda: is_open(space, "sample:noisy_line"), timeout=10_000)
    current = space.current
    assert current is not None
    space.configure(replace(current.wanted, learning_rate=50.0 * (current.stable_rate or 1.0)))
    qtbot.waitUntil(lambda: space.wish.learning_rate is not None)
    assert window.views is not None
    window.views.place("main", "findings")
    window.speed.set_value(None)
    window.workspace.player.play()
    here = card(window, "L1", qtbot)
    assert here.fix.text().startswith("Go back to the best weights, with a rate of")
    worst = space.player.snapshot
    assert worst is not None
    assert worst.best is not None
    window.workspace.player.pause()
    QTest.mouseClick(here.fix, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: space.player.snapshot is not None and space.player.snapshot.stop is None
    )
    start = space.player.snapshot
    assert start is not None
    assert start.loss == pytest.approx(worst.best.loss)
