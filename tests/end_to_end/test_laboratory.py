"""The gradient lab in the real window: checked against the open run, trained beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.view import GradientLab
from app.moment import RunMoment
from app.panels.finding_card import FindingCard
from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace
from slp_core.insight.gradient.starts import STARTS
from tests.app.workspace_examples import is_open, opened

pytestmark = pytest.mark.qt_log_ignore("does not support")
SOURCE = "sample:two_gaussians"


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    opened(window.workspace, qtbot, SOURCE)
    return window


def live(window: MainWindow) -> tuple[RunMoment, ...]:
    return window.workspace.runs.live(window.workspace.player.frame)


def the_lab(window: MainWindow) -> GradientLab:
    assert window.views is not None
    window.views.show_view("lab")
    lab = window.views.view("lab")
    assert isinstance(lab, GradientLab)
    return lab


def test_the_askers_gradient_is_checked_on_the_open_data_and_trained_beside_the_right_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    lab = the_lab(window)
    lab.begin_with("q1_elementwise")
    QTest.mouseClick(lab.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: lab.result.outcome is not None and lab.check.isVisible())
    outcome = lab.result.outcome
    assert outcome is not None
    assert outcome.report.ids == ("second_term_extra_one",)
    current = window.workspace.current
    assert current is not None
    assert outcome.asked.ground.dataset is current.dataset
    QTest.mouseClick(lab.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    assert window.focusWidget() is window.middle  # where Space plays
    window.workspace.player.step(20)
    qtbot.waitUntil(lambda: live(window)[0].snapshot.update == 20)
    own, typed = live(window)
    assert typed.name == "My gradient"
    assert typed.snapshot.loss > own.snapshot.loss


def test_training_again_takes_the_place_of_the_typed_run_of_before(
    window: MainWindow, qtbot: QtBot
) -> None:
    lab = the_lab(window)
    for key in ("q1_elementwise", "q1_right"):
        lab.begin_with(key)
        QTest.mouseClick(lab.train, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: len(live(window)) == 2)
    gradients = [lane.gradient for lane in window.workspace.runs.lanes]
    assert [g.source for g in gradients if g is not None] == [STARTS["q1_right"].source]


def test_keys_of_the_window_are_typed_in_the_editor(window: MainWindow, qtbot: QtBot) -> None:
    lab = the_lab(window)
    lab.editor.selectAll()
    lab.editor.setFocus()
    QTest.keyClicks(lab.editor, "dW = X . T")
    lab.editor.completion.close()
    assert lab.editor.value() == "dW = X . T"
    assert not window.workspace.player.playing


def test_the_verdict_on_the_typed_run_leads_back_to_the_formula(
    window: MainWindow, qtbot: QtBot
) -> None:
    lab = the_lab(window)
    lab.begin_with("q1_elementwise")
    typed = lab.editor.value()
    QTest.mouseClick(lab.train, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(live(window)) == 2)
    lab.begin_with("q1_right")
    window.actions_["run.next"].trigger()
    window.workspace.player.step(2)
    message = window.status.message
    qtbot.waitUntil(lambda: "follows your formula" in message.text(), timeout=20_000)
    assert "ower the learning rate" not in message.text()
    QTest.mouseClick(window.status.why, Qt.MouseButton.LeftButton)
    assert window.views is not None
    findings = window.views.view("findings")

    def mend() -> FindingCard | None:
        cards = findings.findChildren(FindingCard)
        return next((card for card in cards if card.value().id == "L5"), None)

    qtbot.waitUntil(lambda: mend() is not None, timeout=20_000)
    card = mend()
    assert card is not None
    assert "Mend the formula" in card.value().advice
    QTest.mouseClick(card.fix, Qt.MouseButton.LeftButton)
    assert lab.editor.value() == typed
    assert lab.isVisible()
    qtbot.waitUntil(lambda: lab.result.outcome is not None and lab.check.isVisible())


def test_a_formula_of_one_session_is_there_in_the_next(qtbot: QtBot, tmp_path: Path) -> None:
    def session() -> tuple[MainWindow, GradientLab]:
        made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        made.build_views()
        space = made.workspace
        space.open(SOURCE)
        qtbot.waitUntil(
            lambda: is_open(space, SOURCE) and space.player.snapshot is not None, timeout=10_000
        )
        return made, the_lab(made)

    first, lab = session()
    lab.editor.selectAll()
    lab.editor.setFocus()
    QTest.keyClicks(lab.editor, "dW = X.T @ (Z - Y)")
    lab.editor.completion.close()
    first.close()
    second, lab = session()
    assert lab.editor.value() == "dW = X.T @ (Z - Y)"
    second.close()
