"""The lab by mouse and keyboard: the asker's formula, mended one fault at a time."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.asked import Outcome
from app.lab.header import RIGHT
from app.lab.view import GradientLab
from app.theme import THEMES
from slp_core.arrays import Ints
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.starts import STARTS
from slp_core.insight.gradient.typed_gradient import TypedGradient
from tests.app.lab.conftest import now, press_check, type_in, whole
from tests.slp_core.training.examples import blobs

pytestmark = pytest.mark.qt_log_ignore("does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier
Q1 = STARTS["q1_printed"].source.strip()
HOSTILE = "dW = X.__class__.__bases__\n"


def outcome(lab: GradientLab) -> Outcome:
    assert lab.result.outcome is not None
    return lab.result.outcome


def report(lab: GradientLab) -> GradientReport:
    return outcome(lab).report


def choose(lab: GradientLab, text: str) -> None:
    """An entry of the lab's menus, found by the beginning of its text."""
    menus = [lab.header_widget.starts.menu(), lab.header_widget.choices.menu()]
    actions = [action for menu in menus for action in menu.actions()]
    next(action for action in actions if action.text().startswith(text)).trigger()


def show_me(lab: GradientLab, qtbot: QtBot, mistake: str) -> None:
    card = next(card for card in lab.result.cards if card.mistake.id == mistake)
    lab.result.ensureWidgetVisible(card.show_me)
    QTest.mouseClick(card.show_me, Qt.MouseButton.LeftButton)
    whole(lab, qtbot)


def test_the_right_formula_of_the_pair_stands_there_and_is_right(
    lab: GradientLab, qtbot: QtBot
) -> None:
    assert lab.editor.value().startswith("E = Z - Y")
    press_check(lab, qtbot)
    assert lab.result.verdict.title.text() == "Right"
    assert "200 training samples" in lab.result.verdict.about.text()
    assert report(lab).points[0].label == "the current weights"
    assert not lab.result.cards
    assert lab.result.sweep.isVisible()


def test_the_askers_formula_is_typed_and_mended_one_fault_at_a_time(
    lab: GradientLab, qtbot: QtBot
) -> None:
    choose(lab, "Samples are &columns")
    choose(lab, "With a &bias")
    type_in(lab, Q1)
    assert lab.editor.value() == Q1
    press_check(lab, qtbot)
    assert report(lab).ids == ("summed_too_early", "second_term_extra_one")
    assert [card.mistake.id for card in lab.result.cards] == list(report(lab).ids)
    show_me(lab, qtbot, "summed_too_early")
    assert report(lab).ids == ("second_term_extra_one",)
    assert "(1 - 1/(Z - 1))" in lab.editor.value()
    show_me(lab, qtbot, "second_term_extra_one")
    assert lab.result.verdict.title.text() == "Right; at large scores: division by zero"
    lab.editor.undo()
    lab.editor.undo()
    assert lab.editor.value() == Q1


def test_a_falling_loss_is_no_proof(lab: GradientLab, qtbot: QtBot) -> None:
    lab.begin_with("q2_missing_term")
    press_check(lab, qtbot)
    assert lab.result.verdict.title.text() == "Wrong"
    assert "a falling loss is no proof" in lab.result.verdict.moral.text()


def test_figures_are_shown_and_the_worst_comes_first(lab: GradientLab, qtbot: QtBot) -> None:
    lab.begin_with("q2_missing_term")
    press_check(lab, qtbot)
    rows = lab.result.components.rows
    worst = report(lab).components[0]
    assert rows.rowCount() == len(report(lab).components)
    assert rows.figure(0, 0).text[0] == worst.parameter
    numeric, yours = lab.result.agreement.places
    assert len(numeric) == rows.rowCount()
    assert worst.yours in yours
    assert lab.result.parts.rows.rowCount() == 2  # W and b


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [(HOSTILE, 1, 8), ("E = Z - Y\ndW = __import__(X)\n", 2, 6), ("dW = X[0]\n", 1, 7)],
)
def test_what_is_not_in_the_language_is_refused_with_its_place(
    lab: GradientLab, qtbot: QtBot, source: str, line: int, column: int
) -> None:
    lab.editor.set_value(source)
    press_check(lab, qtbot)
    assert lab.result.verdict.title.text() == "Refused"
    error = lab.editor.errors[0]
    assert (error.line, error.column) == (line, column)
    assert f"line {line}, column {column}" in lab.note.text.text().lower()


def test_errors_are_underlined_while_one_types(lab: GradientLab, qtbot: QtBot) -> None:
    lab.editor.set_value("dW = X @ Q\n")
    qtbot.waitUntil(lambda: len(lab.editor.errors) == 1)
    waves = [s for s in lab.editor.extraSelections() if s.cursor.selectedText() == "Q"]  # pyright: ignore[reportAttributeAccessIssue] - a public field in Qt
    assert waves
    assert "Known here" in lab.note.text.text()


def test_the_ledger_is_red_where_the_samples_are_summed_too_early(
    lab: GradientLab, qtbot: QtBot
) -> None:
    lab.begin_with("q1_printed")
    qtbot.waitUntil(lambda: any(row.state == "error" for row in lab.ledger.value()))
    model = lab.ledger.rows
    texts = [model.figure(row, 0).text for row in range(model.rowCount())]
    assert any("summed before" in text for text in texts)
    shapes = {row.name: row.shape for row in lab.ledger.value()}
    assert shapes["X"] == (2, 200)


def test_a_gradient_that_is_not_the_slope_of_the_typed_loss_is_not_just_right(
    lab: GradientLab, qtbot: QtBot
) -> None:
    lab.begin_with("q2_log_likelihood")
    press_check(lab, qtbot)
    assert report(lab).verdict == "right"
    assert lab.result.verdict.title.text() == ("Right for this pair, but not the slope of your C")
    assert lab.result.verdict.role == "warning"


def test_a_click_in_the_ledger_goes_to_the_place(lab: GradientLab, qtbot: QtBot) -> None:
    lab.begin_with(RIGHT)
    qtbot.waitUntil(lambda: bool(lab.ledger.value()))
    model = lab.ledger.rows
    row = next(r for r in range(model.rowCount()) if model.figure(r, 0).text == "db")
    place = lab.ledger.visualRect(model.index(row, 0)).center()
    QTest.mouseClick(lab.ledger.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert lab.editor.textCursor().blockNumber() == 2


def test_a_check_is_cancelled(lab: GradientLab, qtbot: QtBot) -> None:
    press_check(lab, qtbot)
    before = outcome(lab)
    lab.editor.set_value("dW = X.T @ (Y - Z) / N\n")
    QTest.mouseClick(lab.check, Qt.MouseButton.LeftButton)
    assert lab.cancel.isVisible()
    QTest.mouseClick(lab.cancel, Qt.MouseButton.LeftButton)
    assert lab.check.isVisible()
    qtbot.wait(300)
    assert outcome(lab) is before
    assert "cancelled" in lab.note.text.text()


def test_results_are_marked_when_text_data_or_convention_change(
    lab: GradientLab, qtbot: QtBot
) -> None:
    lab.editor.set_value("dW = X.T @ (Z - Y) / N\ndb = mean(Z - Y, axis=0)\n")
    press_check(lab, qtbot)
    assert not lab.result.stale.isVisible()
    lab.show_moment(now(outcome(lab).asked.ground.dataset, W=0.5))  # only the weights have moved
    assert not lab.result.stale.isVisible()
    QTest.keyClicks(lab.editor, "#")
    assert "formula" in lab.result.stale.text()
    QTest.keyClick(lab.editor, Qt.Key.Key_Backspace)
    assert not lab.result.stale.isVisible()
    lab.show_moment(now(blobs()))
    assert "data" in lab.result.stale.text()


def test_only_selected_rows_are_checked_where_that_is_wanted(
    lab: GradientLab, qtbot: QtBot
) -> None:
    rows: Ints = np.arange(10, 30)
    lab.set_selection(rows)
    choose(lab, "On the &selected rows")
    press_check(lab, qtbot)
    assert report(lab).points[0].samples == 20
    assert "20 selected samples" in lab.result.verdict.about.text()


def test_the_convention_turns_the_ready_made_formula_and_leaves_ones_own(
    lab: GradientLab, qtbot: QtBot
) -> None:
    choose(lab, "Samples are &columns")
    assert "E @ X.T" in lab.editor.value()
    press_check(lab, qtbot)
    assert report(lab).verdict == "right"
    lab.editor.set_value("dW = X\n")
    choose(lab, "Samples are &rows")
    assert lab.editor.value() == "dW = X\n"


def test_a_question_of_another_pair_is_checked_against_its_own(
    lab: GradientLab, qtbot: QtBot
) -> None:
    lab.begin_with("q3_sign")
    press_check(lab, qtbot)
    assert report(lab).ids == ("sign_flipped",)
    assert lab.result.verdict.about.text().startswith("Softmax + cross-entropy")
    assert not lab.train.isEnabled()
    choose(lab, "Against Sigmoid")
    assert lab.train.isEnabled()


def test_without_numbers_there_is_no_picture_of_them(lab: GradientLab, qtbot: QtBot) -> None:
    lab.begin_with("q1_as_asked")
    press_check(lab, qtbot)
    assert "transposed" in report(lab).ids
    assert not lab.result.agreement.isVisible()
    lab.begin_with(RIGHT)
    press_check(lab, qtbot)
    assert lab.result.agreement.isVisible()


def test_training_is_asked_for_with_what_is_typed(lab: GradientLab, qtbot: QtBot) -> None:
    asked: list[TypedGradient] = []
    lab.train_asked.connect(asked.append)
    lab.begin_with("q1_printed")
    QTest.mouseClick(lab.train, Qt.MouseButton.LeftButton)
    assert asked == [TypedGradient(STARTS["q1_printed"].source, "columns")]
    lab.begin_with("q1_as_asked")  # its shapes do not meet
    QTest.mouseClick(lab.train, Qt.MouseButton.LeftButton)
    assert len(asked) == 1
    assert "do not meet" in lab.note.text.text()


@pytest.mark.parametrize("theme", ["dark", "projector"])
@pytest.mark.parametrize("size", [(480, 206), (1100, 700), (1200, 380)])
def test_every_page_is_there_in_every_size(
    lab: GradientLab, qtbot: QtBot, theme: str, size: tuple[int, int]
) -> None:
    lab.set_theme(THEMES[theme])
    lab.resize(*size)
    press_check(lab, qtbot)
    pages = (lab.editor, lab.ledger, lab.result)
    for number, page in enumerate(pages):
        lab.show_page(number)
        assert page.isVisible()
    assert lab.width() == size[0]


def test_without_data_random_ones_are_checked(lab: GradientLab, qtbot: QtBot) -> None:
    lab.show_moment(None)
    press_check(lab, qtbot)
    assert "random data" in lab.result.verdict.about.text()
    assert not lab.train.isEnabled()


def test_control_enter_checks_from_anywhere_in_the_view(lab: GradientLab, qtbot: QtBot) -> None:
    lab.train.setFocus()
    QTest.keyClick(lab.train, Qt.Key.Key_Return, CONTROL)
    whole(lab, qtbot)
    assert report(lab).verdict == "right"
