"""What the counsel tells of a run, in its own time and never of the wrong data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.counsel import Counsel
from app.moment import Told
from app.workspace import Workspace
from slp_core.insight.gradient.typed_gradient import TypedGradient
from tests.app.workspace_examples import Listener, opened


class Ear:
    """Keeps what is told."""

    def __init__(self, counsel: Counsel) -> None:
        self.heard: list[Told] = []
        counsel.told.connect(self.heard.append)

    def kinds(self) -> set[str]:
        return {told.diagnosis.verdict.kind for told in self.heard if told.diagnosis is not None}

    def ids(self) -> set[str]:
        return {finding.id for finding in self.heard[-1].findings} if self.heard else set()


@pytest.fixture
def counsel(space: Workspace) -> Iterator[Counsel]:
    made = Counsel(space)
    yield made
    made.shut_down()


def test_a_healthy_run_ends_as_good_as_it_gets(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    ear = Ear(counsel)
    opened(space, qtbot)
    space.player.set_pace(None, 30.0)
    space.player.play()
    qtbot.waitUntil(lambda: "converged" in ear.kinds(), timeout=20_000)
    assert counsel.answers is not None
    assert counsel.answers.best.value == pytest.approx(0.2261, abs=1e-4)
    assert ear.ids() == set()


def test_a_saturated_start_is_found_before_and_while_it_trains(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    ear = Ear(counsel)
    opened(space, qtbot, "sample:saturated_start")
    qtbot.waitUntil(lambda: "P11" in ear.ids(), timeout=20_000)
    space.player.set_pace(200.0, 30.0)
    space.player.play()
    qtbot.waitUntil(lambda: "saturated" in ear.kinds(), timeout=20_000)


def test_other_settings_have_other_answers(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    current = opened(space, qtbot)
    qtbot.waitUntil(lambda: counsel.answers is not None, timeout=20_000)
    before = counsel.answers
    space.configure(replace(current.wanted, learning_rate=0.01))
    qtbot.wait(400)
    assert counsel.answers is before
    space.configure(replace(current.wanted, l2=0.5))
    qtbot.waitUntil(lambda: counsel.answers not in (None, before), timeout=20_000)
    assert before is not None
    assert counsel.answers is not None
    assert counsel.answers.best.value > before.best.value


def test_what_is_told_is_of_the_data_that_is_open(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    ear = Ear(counsel)
    opened(space, qtbot)
    opened(space, qtbot, "sample:iris")
    qtbot.waitUntil(lambda: bool(ear.heard) and ear.heard[-1].diagnosis is not None, timeout=20_000)
    assert space.current is not None
    assert ear.heard[-1].dataset is space.current.dataset


def test_a_run_that_follows_a_typed_gradient_hears_what_the_check_says_of_it(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    ear = Ear(counsel)
    opened(space, qtbot)
    wrong = TypedGradient("E = Y - Z\ndW = X.T @ E / N\ndb = sum(E, axis=0) / N")
    space.desk.compare({}, "Mine", gradient=wrong)
    qtbot.waitUntil(lambda: len(space.runs.lanes) == 2)
    assert "gradient_suspect" not in ear.kinds()
    space.desk.next()
    space.player.step(20)
    qtbot.waitUntil(lambda: "gradient_suspect" in ear.kinds(), timeout=20_000)
    diagnosis = ear.heard[-1].diagnosis
    assert diagnosis is not None
    assert "climbs instead of descending: sign flipped" in diagnosis.verdict.text
    assert ear.ids() == {"L5"}
    ear.heard.clear()
    space.desk.next()
    qtbot.waitUntil(lambda: bool(ear.kinds()), timeout=20_000)
    assert "gradient_suspect" not in ear.kinds()


def test_answers_are_kept_for_settings_one_comes_back_to(
    space: Workspace, listener: Listener, counsel: Counsel, qtbot: QtBot
):
    current = opened(space, qtbot)
    qtbot.waitUntil(lambda: counsel.answers is not None, timeout=20_000)
    before = counsel.answers
    space.configure(replace(current.wanted, l2=0.5))
    qtbot.waitUntil(lambda: counsel.answers not in (None, before), timeout=20_000)
    space.configure(current.wanted)
    qtbot.waitUntil(lambda: counsel.answers is before, timeout=20_000)
    opened(space, qtbot, "sample:iris")
    qtbot.waitUntil(lambda: counsel.answers not in (None, before), timeout=20_000)
