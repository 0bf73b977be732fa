"""The three demonstrations, step by step through the real window, with what they measure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.asked import Outcome
from app.lab.view import GradientLab
from app.moment import RunMoment
from app.panels.sample_view import SampleView
from app.plots.weights_view import WeightsView
from app.settings import Settings
from app.window.main_window import MainWindow
from app.window.teaching import Teaching
from app.workspace import Workspace

SPACE = Qt.Key.Key_Space


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.build_views()
    made.speed.set_value(None)
    yield made
    made.close()


class Pupil:
    """Goes through a lesson as a person does."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        assert window.teaching is not None
        assert window.views is not None
        self.window, self.qtbot, self.space = window, qtbot, window.workspace
        self.teaching: Teaching = window.teaching
        self.views = window.views

    def begin(self, key: str) -> None:
        self.window.actions_[key].trigger()
        self.arrive(0)

    def page_down(self) -> None:
        step = self.step
        QTest.keyClick(self.window, Qt.Key.Key_PageDown)
        self.arrive(step + 1)

    @property
    def step(self) -> int:
        value = self.teaching.strip.value()
        return -1 if value is None else value.step

    def arrive(self, step: int) -> None:
        """Wait until a step is on, its data and runs there and its first epochs made."""
        assert self.step == step
        self.qtbot.waitUntil(lambda: self.teaching.settled, timeout=30_000)
        assert self.window.banner.problem is None

    def play(self) -> None:
        """Press Space, and wait for the end of all runs."""
        QTest.keyClick(self.window, SPACE)
        self.qtbot.waitUntil(lambda: self.space.player.playing)
        self.qtbot.waitUntil(lambda: not self.space.player.playing, timeout=60_000)

    @property
    def runs(self) -> list[RunMoment]:
        """The live runs, the active one first."""
        return list(self.space.runs.live(self.space.player.frame))

    def losses(self) -> list[float]:
        return [run.snapshot.loss for run in self.runs]

    def accuracies(self) -> list[float | None]:
        return [run.snapshot.accuracy for run in self.runs]

    def checked(self) -> Outcome:
        """What the gradient lab has found, once it has."""
        lab = self.views.view("lab")
        assert isinstance(lab, GradientLab)
        self.qtbot.waitUntil(
            lambda: (
                lab.result.outcome is not None
                and lab.result.outcome.whole
                and lab.result.outcome.asked.source == lab.editor.value()
            ),
            timeout=30_000,
        )
        assert lab.result.outcome is not None
        return lab.result.outcome


@pytest.fixture
def pupil(window: MainWindow, qtbot: QtBot) -> Pupil:
    return Pupil(window, qtbot)


def test_a_derivative_is_checked_named_trained_and_mended(pupil: Pupil, qtbot: QtBot) -> None:
    pupil.begin("question.derivatives")
    lab = pupil.views.view("lab")
    assert isinstance(lab, GradientLab)
    qtbot.waitUntil(lambda: any(row.note for row in lab.ledger.value()))
    assert "X.T on the right would meet it" in " ".join(
        f"{row.note} {row.hint}" for row in lab.ledger.value()
    )

    pupil.page_down()
    found = pupil.checked().report
    assert found.verdict == "wrong"
    assert set(found.ids) == {"summed_too_early", "second_term_extra_one"}

    pupil.page_down()
    pupil.play()
    right, asked = pupil.runs
    assert (right.name, asked.name) == ("Right", "As asked")
    assert right.snapshot.loss == pytest.approx(0.2263, abs=5e-4)
    assert asked.snapshot.loss == pytest.approx(17.33, abs=0.05)
    assert asked.snapshot.stop is not None
    assert (asked.snapshot.stop.kind, asked.snapshot.update) == ("not_finite", 7)

    pupil.page_down()
    assert pupil.checked().report.ids == ("second_term_extra_one",)
    pupil.play()
    assert pupil.losses() == pytest.approx([0.2263, 4.269], abs=5e-3)
    assert pupil.accuracies()[1] == pytest.approx(0.095, abs=0.006)

    pupil.page_down()
    assert pupil.checked().report.verdict == "right"
    pupil.play()
    assert pupil.losses()[0] == pytest.approx(pupil.losses()[1], rel=1e-9)
    assert pupil.accuracies() == [pytest.approx(0.895)] * 2


def test_a_pair_that_saturates_stands_still(pupil: Pupil) -> None:
    pupil.begin("question.pairs")
    assert pupil.losses() == pytest.approx([0.4369, 11.458], abs=1e-3)
    assert pupil.accuracies() == [pytest.approx(0.115)] * 2
    pupil.play()
    played = pupil.losses()

    pupil.page_down()
    assert pupil.losses() == played
    assert played == pytest.approx([0.4359, 0.2262], abs=5e-4)
    assert pupil.accuracies() == pytest.approx([0.11, 0.895], abs=0.006)

    pupil.page_down()
    assert pupil.views.arrangement()["main"] == "pair"
    assert len(pupil.runs) == 1

    for start, end in ((11.458, 0.2262), (107.818, 0.1822)):
        pupil.page_down()
        assert pupil.losses() == pytest.approx([start], abs=1e-3)
        pupil.play()
        assert pupil.losses() == pytest.approx([end], abs=5e-4)
        assert pupil.accuracies() == [pytest.approx(0.895)]

    pupil.page_down()
    assert pupil.losses() == pytest.approx([played[1]], rel=1e-12)

    pupil.page_down()
    assert "0.5 times the slope of the C you typed" in " ".join(pupil.checked().report.remarks)
    pupil.page_down()
    said = " ".join(pupil.checked().report.remarks)
    assert "not the slope of the C you typed" in said
    assert "(1 - y) term missing" in said

    pupil.page_down()
    assert pupil.checked().report.ids == ("second_term_missing",)
    pupil.play()
    assert pupil.losses() == pytest.approx([0.2262, 1.163], abs=5e-3)
    assert pupil.accuracies() == pytest.approx([0.895, 0.52], abs=0.006)

    pupil.page_down()
    assert outputs(pupil) == pytest.approx([0.982, 0.982], abs=1e-3)
    pupil.play()
    assert outputs(pupil) == pytest.approx([0.203, 0.012], abs=1e-3)


def outputs(pupil: Pupil) -> list[float]:
    """What the single neuron says to 1."""
    weights = [run.snapshot.parameters.W[0, 0] for run in pupil.runs]
    return [float(1.0 / (1.0 + np.exp(-w))) for w in weights]


def test_two_roads_to_ninety_percent_error(pupil: Pupil) -> None:
    pupil.begin("question.ninety")
    derived, right = pupil.runs
    assert (derived.name, right.name) == ("As derived", "Right")
    assert pupil.accuracies() == pytest.approx([1 - 0.899, 1 - 0.044], abs=1e-3)
    assert pupil.losses() == pytest.approx([13_131.8, 0.1391], rel=0.01)
    assert decided(derived) == {4}

    pupil.page_down()
    found = pupil.checked().report
    assert found.ids == ("sign_flipped",)
    assert found.cosine == pytest.approx(-1.0)

    pupil.page_down()
    assert pupil.checked().report.verdict == "right"
    assert pupil.runs[0].name == "Right"
    assert pupil.losses() == pytest.approx([0.1391, 13_131.8], rel=0.01)

    pupil.page_down()
    overflows, right = pupil.runs
    stop = overflows.snapshot.stop
    assert stop is not None
    assert (stop.kind, overflows.snapshot.update) == ("not_finite", 2)
    assert stop.not_finite is not None
    assert stop.not_finite.quantity == "gradient"
    assert right.snapshot.accuracy == pytest.approx(1 - 0.085, abs=1e-3)
    zeros = np.count_nonzero(right.dataset.labels == right.dataset.classes.index("0"))
    assert 1 - zeros / right.dataset.samples == pytest.approx(0.901, abs=5e-4)

    pupil.page_down()
    assert pupil.accuracies() == pytest.approx([1 - 0.044], abs=1e-3)
    weights = pupil.views.view("weights")
    assert isinstance(weights, WeightsView)
    assert weights.page == "images"

    pupil.page_down()
    sample = pupil.views.view("sample")
    assert isinstance(sample, SampleView)
    assert sample.followed is not None
    assert sample.followed.loss == pytest.approx(7.076, abs=0.01)
    np.testing.assert_array_equal(pupil.space.selection.rows, [sample.followed.row])
    assert not pupil.views.panes["first"].isVisible()
    assert not pupil.teaching.strip.next.isEnabled()


def decided(run: RunMoment) -> set[int]:
    """The classes that the run says at all."""
    p = run.snapshot.parameters
    return set((run.dataset.X @ p.W + p.b).argmax(axis=1).tolist())


# Lessons in general.


def lesson(folder: Path, **fields: Any) -> Path:
    rows = "\n".join(f"{x},{int(x > 4)}" for x in range(10))
    (folder / "own.csv").write_text(f"x,label\n{rows}\n", encoding="utf-8")
    value = {
        "format": "perceptron-lab-lesson",
        "version": 1,
        "title": "Own",
        "question": "Why?",
        "steps": [
            {"text": "One.", "open": "own.csv", "data": {"target": "label"}, "epochs": 5, **fields},
            {"text": "Two.", "open": "sample:moons"},
        ],
    }
    path = folder / "own.json"
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, none)
    window.dropEvent(event)


def test_the_same_step_from_anywhere_comes_to_the_same(pupil: Pupil, qtbot: QtBot) -> None:
    pupil.begin("question.pairs")
    pupil.page_down()
    then, views = [run.snapshot for run in pupil.runs], pupil.views.arrangement()

    pupil.views.place("main", "table")
    pupil.views.enlarge("second")
    pupil.space.selection.set(np.array([3, 5]))
    QTest.keyClick(pupil.window, SPACE)
    qtbot.waitUntil(lambda: pupil.space.player.position > 450)
    QTest.keyClick(pupil.window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ShiftModifier)
    pupil.arrive(1)

    now = [run.snapshot for run in pupil.runs]
    assert [s.update for s in now] == [400, 400]
    for before, after in zip(then, now, strict=True):
        np.testing.assert_array_equal(before.parameters.W, after.parameters.W)
        np.testing.assert_array_equal(before.parameters.b, after.parameters.b)
    assert pupil.views.arrangement() == views
    assert pupil.views.panes["first"].isVisible()
    assert pupil.space.selection.rows.size == 0
    assert not pupil.space.player.playing
    assert not pupil.space.editing.unsaved, "nobody has edited anything"


def test_a_dropped_lesson_begins_and_is_put_away(pupil: Pupil, tmp_path: Path) -> None:
    before = pupil.views.arrangement()
    drop(pupil.window, lesson(tmp_path, views={"main": "loss", "first": "decision"}))
    pupil.arrive(0)
    assert pupil.space.current is not None
    assert pupil.space.current.table.name == "own.csv"
    assert pupil.runs[0].snapshot.update == 5
    assert pupil.views.arrangement()["main"] == "loss"

    pupil.page_down()
    QTest.keyClick(pupil.window, Qt.Key.Key_PageUp)
    pupil.arrive(0)
    pupil.window.actions_["question.close"].trigger()
    assert pupil.teaching.strip.isHidden()
    assert pupil.views.arrangement() == before
    assert pupil.space.current.table.name == "own.csv"
    assert not pupil.window.actions_["question.next"].isEnabled()


def test_a_step_may_play_by_itself(pupil: Pupil, tmp_path: Path, qtbot: QtBot) -> None:
    drop(pupil.window, lesson(tmp_path, play=True, settings={"epochs": 10**6}))
    qtbot.waitUntil(lambda: pupil.space.player.position > 50)
    assert pupil.space.player.playing


def test_a_wrong_lesson_is_told_in_the_banner(pupil: Pupil, tmp_path: Path) -> None:
    drop(pupil.window, lesson(tmp_path, settings={"loss": "huh"}))
    problem = pupil.window.banner.problem
    assert problem is not None
    assert problem.title == "This lesson cannot be used"
    assert "steps[0].settings.loss" in problem.text
    assert pupil.teaching.strip.isHidden()


def test_data_that_do_not_suit_are_told_and_the_lesson_goes_on(
    pupil: Pupil, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(pupil.window, lesson(tmp_path, data={"target": "nobody"}))
    qtbot.waitUntil(lambda: pupil.window.banner.problem is not None)
    pupil.page_down()
    assert pupil.space.current is not None
    assert pupil.space.current.origin == pupil.teaching.lesson.steps[1].origin  # pyright: ignore[reportOptionalMemberAccess] - a lesson is on


def test_a_lesson_asked_for_before_there_are_views_waits(qtbot: QtBot, tmp_path: Path) -> None:
    window = MainWindow(Workspace(), Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(window)
    window.doors.open(str(lesson(tmp_path)))
    window.show()
    window.build_views()
    Pupil(window, qtbot).arrive(0)
    assert window.workspace.player.position == 5
    window.close()
