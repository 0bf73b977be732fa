"""Somebody who goes through a lesson in the real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.asked import Outcome
from app.lab.view import GradientLab
from app.moment import RunMoment
from app.window.main_window import MainWindow
from app.window.teaching import Teaching

SPACE = Qt.Key.Key_Space


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
