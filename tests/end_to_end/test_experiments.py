"""Experiments in the real window: from the menu and from a finding, and a rate taken over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.experiments_view import ExperimentsView
from app.panels.finding_card import FindingCard
from app.window.main_window import MainWindow
from slp_core.insight.experiments_rates import Sweep
from slp_core.insight.experiments_rows import EXPERIMENT_FOR, EXPERIMENTS
from slp_core.insight.findings import RULES
from tests.app.workspace_examples import opened

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    opened(window.workspace, qtbot)
    return window


def experiments(window: MainWindow) -> ExperimentsView:
    assert window.views is not None
    view = window.views.view("experiments")
    assert isinstance(view, ExperimentsView)
    return view


def test_the_menu_makes_an_experiment_and_its_rate_can_be_used_and_undone(
    window: MainWindow, qtbot: QtBot
) -> None:
    entries = window.actions_.choices("run.experiment")
    assert [entry.text() for entry in entries] == [row.label for row in EXPERIMENTS.values()]
    entries[-1].trigger()
    view = experiments(window)
    qtbot.waitUntil(lambda: view.cards["rate_sweep"].trial is not None, timeout=30_000)
    assert view.isVisible()
    trial, space = view.cards["rate_sweep"].trial, window.workspace
    assert trial is not None
    assert isinstance(trial.result, Sweep)
    QTest.mouseClick(view.use, Qt.MouseButton.LeftButton)
    best = trial.result.best_rate
    qtbot.waitUntil(lambda: space.current is not None and space.wish.learning_rate == best)
    assert not view.cards["rate_sweep"].stale.isVisible()
    window.actions_["edit.undo"].trigger()
    qtbot.waitUntil(lambda: space.wish.learning_rate is None)


def test_a_finding_leads_to_the_experiment_that_tells_more(
    window: MainWindow, qtbot: QtBot
) -> None:
    opened(window.workspace, qtbot, "sample:saturated_start")
    assert window.views is not None
    window.views.show_view("findings")
    findings = window.views.view("findings")

    def card() -> FindingCard | None:
        found = findings.findChildren(FindingCard)
        return next((card for card in found if card.value().id == "P11"), None)

    qtbot.waitUntil(lambda: card() is not None, timeout=20_000)
    there = card()
    assert there is not None
    assert there.experiment.text() == "Experiment: Loss at the start"
    QTest.mouseClick(there.experiment, Qt.MouseButton.LeftButton)
    view = experiments(window)
    qtbot.waitUntil(lambda: view.cards["first_loss"].trial is not None, timeout=30_000)
    assert view.cards["first_loss"].outcome.text() == "Look closer"


def test_findings_lead_to_experiments_that_there_are() -> None:
    assert set(EXPERIMENT_FOR) <= set(RULES)
    assert set(EXPERIMENT_FOR.values()) == set(EXPERIMENTS)
