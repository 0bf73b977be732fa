"""Lessons in the real window: opened, walked through, put away, and wrong ones told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace
from tests.end_to_end.pupil import SPACE, Pupil


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
