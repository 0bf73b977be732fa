"""The findings as cards: order, words, links; a click and Return are one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

import slp_core as slp
from app.moment import Told
from app.panels.finding_card import LEVELS, FindingCard
from app.panels.findings_view import WORKING, FindingsView
from slp_core.insight.diagnosis import diagnose
from slp_core.insight.experiments_rows import EXPERIMENT_FOR, EXPERIMENTS
from slp_core.insight.findings import RULES, Finding
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


def told(answered: bool = True) -> Told:
    """A run from a saturated start, after a hundred updates."""
    data = slp.load_sample("saturated_start")
    config = TrainingConfig(
        activation="sigmoid", loss="quadratic", initializer="saturated", learning_rate=0.5
    )
    trainer = Trainer(data, config)
    trainer.advance(100)
    found = diagnose(data, trainer.snapshot(), seconds=None)
    return Told(data, trainer.snapshot(), found if answered else None, found.findings)


@pytest.fixture
def view(qtbot: QtBot) -> FindingsView:
    made = FindingsView()
    qtbot.addWidget(made)
    made.resize(420, 700)
    made.show()
    return made


def cards(view: FindingsView) -> list[FindingCard]:
    return [card for card in view.findChildren(FindingCard) if card.isVisible()]


def test_the_gravest_come_first(view: FindingsView, qtbot: QtBot) -> None:
    said = told()
    view.show_told(said)
    qtbot.waitUntil(lambda: len(cards(view)) == len(said.findings))
    levels = [card.value().level for card in cards(view)]
    assert levels == sorted(levels, key=list(LEVELS).index)
    assert {card.value().id for card in cards(view)} == {row.id for row in said.findings}
    assert cards(view)[0].value().id == "L8"


def test_before_the_answers_are_known_it_says_so(view: FindingsView) -> None:
    view.show_told(told(answered=False))
    assert WORKING in view.accessibleDescription()
    assert view.links.isHidden()
    view.show_told(told())
    assert WORKING not in view.accessibleDescription()
    assert not view.links.isHidden()


@pytest.mark.parametrize("rule", RULES)
def test_a_card_offers_the_experiment_that_tells_more(qtbot: QtBot, rule: str) -> None:
    card = FindingCard(Finding(rule, "note", "Something."))
    qtbot.addWidget(card)
    card.show()
    assert card.experiment.isVisible() == (rule in EXPERIMENT_FOR)
    asked: list[str] = []
    card.experiment_asked.connect(asked.append)
    if rule in EXPERIMENT_FOR:
        assert EXPERIMENTS[EXPERIMENT_FOR[rule]].label in card.experiment.text()
        QTest.mouseClick(card.experiment, Qt.MouseButton.LeftButton)
        assert asked == [EXPERIMENT_FOR[rule]]


def test_a_finding_may_be_called_and_mended_otherwise_than_its_rule(qtbot: QtBot) -> None:
    card = FindingCard(Finding("L5", "fault", "It climbs.", name="Your formula", hint="Mend it."))
    qtbot.addWidget(card)
    assert "Your formula" in card.accessibleName()
    assert "Mend it." in card.accessibleDescription()
    assert RULES["L5"].advice not in card.accessibleDescription()


def test_no_rate_is_tried_where_a_typed_formula_is_to_blame(qtbot: QtBot) -> None:
    card = FindingCard(Finding("L1", "fault", "Not finite.", hint="Write it otherwise."))
    qtbot.addWidget(card)
    assert card.experiment.isHidden()
