"""The pair card and the small texts in it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.icons import icon_names
from app.panels.pair_card import STATUS_LOOKS, PairCard, targets_text
from app.panels.texts import ClampedText, ElidedLabel
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_texts_do_not_change_their_size(qtbot: QtBot) -> None:
    for text in (ElidedLabel(), ClampedText(3)):
        qtbot.addWidget(text)
        before = text.sizeHint()
        text.set_text("long " * 200)
        text.resize(100, before.height())
        text.grab()
        assert text.sizeHint() == before
        assert text.toolTip() == text.text()


def test_a_text_grows_when_it_must_and_never_shrinks(qtbot: QtBot) -> None:
    text = ClampedText(2, 4)
    qtbot.addWidget(text)
    text.resize(150, 60)
    text.set_text("short")
    assert text.lines() == 2
    text.set_text("some longer words that need more than two of those lines")
    assert text.lines() == 3
    text.set_text("short")
    assert text.lines() == 3
    text.set_text("long " * 200)
    assert text.lines() == 4
    text.resize(9000, 60)
    text.show()
    assert text.lines() == 2


@pytest.fixture
def card(qtbot: QtBot) -> PairCard:
    made = PairCard()
    qtbot.addWidget(made)
    return made


def test_card_shows_every_pair_and_never_shrinks(card: PairCard) -> None:
    card.resize(240, 120)
    card.show()
    before = card.sizeHint().height()
    for activation in ACTIVATIONS:
        for loss in LOSSES:
            judged = pair(activation, loss)
            card.set_value(judged)
            assert card.sizeHint().height() >= before
            before = card.sizeHint().height()
            words = [label.text() for label in card.findChildren(QLabel)]
            assert STATUS_LOOKS[judged.status].word == card.word.text()
            assert judged.reason in card.accessibleDescription()
            assert judged.error_signal in card.accessibleDescription()
            assert targets_text(judged) in words


def test_the_judgement_leads_to_its_picture(card: PairCard, qtbot: QtBot) -> None:
    card.set_value(pair("sigmoid", "quadratic"))
    card.show()
    with qtbot.waitSignal(card.why_asked):
        QTest.mouseClick(card.word, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(card.why_asked):
        QTest.keyClick(card.word, Qt.Key.Key_Space)
    assert "pair plot" in card.word.toolTip()


def test_the_coding_of_the_targets_fits_the_task() -> None:
    plain = pair("identity", "quadratic")
    assert targets_text(plain) == "y = −1, 1"
    assert targets_text(plain, "multiclass") == "y = −1, 1"
    assert targets_text(plain, "regression") == "y any number"
    assert targets_text(pair("sigmoid", "quadratic"), "regression") == "0 ≤ y ≤ 1"
    assert targets_text(pair("tanh", "quadratic"), "regression") == "−1 ≤ y ≤ 1"
    assert targets_text(pair("relu", "quadratic"), "regression") == "y ≥ 0"
    assert targets_text(pair("softmax", "cross_entropy"), "multiclass") == "y one-hot"


def test_rosenblatts_rule_speaks_of_one_coding(card: PairCard) -> None:
    rule = pair("step", "perceptron")
    card.set_value(rule)
    said = f"{rule.error_signal} {rule.reason}"
    assert targets_text(rule) == "y = −1, 1"
    assert "0 or 1" not in said
    signal = card.findChildren(ElidedLabel)[0]
    assert signal.fontMetrics().horizontalAdvance(signal.text()) < 230


def test_every_status_has_its_own_word_and_shape() -> None:
    words = [look.word for look in STATUS_LOOKS.values()]
    icons = [look.icon for look in STATUS_LOOKS.values()]
    assert len(set(words)) == len(set(icons)) == len(STATUS_LOOKS)
    assert set(icons) <= set(icon_names())
