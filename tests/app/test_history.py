from __future__ import annotations

from collections.abc import Hashable

import pytest

from app.history import History, Step

pytestmark = pytest.mark.usefixtures("qapp")


class Diary:
    """Steps that write down what they do."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.history = History()

    def do(self, name: str, gesture: Hashable = None, *, adds: bool = False) -> None:
        def forward() -> None:
            self.said.append(f"+{name}")

        def backward() -> None:
            self.said.append(f"-{name}")

        self.history.push(Step(name, forward, backward, gesture, adds=adds))

    def take(self) -> list[str]:
        said, self.said = self.said, []
        return said


def test_steps_are_undone_last_first() -> None:
    diary = Diary()
    diary.do("a")
    diary.do("b")
    diary.history.settle()
    diary.history.stack.undo()
    diary.history.stack.undo()
    diary.history.stack.redo()
    assert diary.take() == ["+a", "+b", "-b", "-a", "+a"]


def test_the_places_of_a_slider_are_one_step() -> None:
    diary = Diary()
    for name in ("a", "b", "c"):
        diary.do(name, "rate")
    diary.history.settle()
    diary.take()
    assert diary.history.stack.count() == 1
    diary.history.stack.undo()
    diary.history.stack.redo()
    assert diary.take() == ["-a", "+c"]


def test_a_slider_that_rested_begins_another_step(monkeypatch: pytest.MonkeyPatch) -> None:
    diary = Diary()
    clock = [0.0]
    monkeypatch.setattr("app.history.monotonic", lambda: clock[0])
    diary.do("a", "rate")
    clock[0] = 0.9
    diary.do("b", "rate")
    clock[0] = 2.0
    diary.do("c", "rate")
    assert diary.history.stack.count() == 2


def test_the_pieces_of_a_stroke_are_all_undone() -> None:
    diary = Diary()
    for name in ("a", "b"):
        diary.do(name, 7, adds=True)
        diary.history.settle()
    diary.do("c", 8, adds=True)
    diary.take()
    assert diary.history.stack.count() == 2
    diary.history.stack.undo()
    diary.history.stack.undo()
    diary.history.stack.redo()
    assert diary.take() == ["-c", "-b", "-a", "+a", "+b"]


def test_what_is_refused_leaves_no_step() -> None:
    diary = Diary()
    diary.do("a")
    diary.history.settle()
    diary.do("b")
    diary.do("c")
    diary.take()
    diary.history.drop()
    assert diary.take() == []
    assert diary.history.stack.count() == 1
    assert diary.history.stack.undoText() == "a"


def test_a_refused_piece_leaves_the_rest_of_its_stroke() -> None:
    diary = Diary()
    diary.do("a", 7, adds=True)
    diary.history.settle()
    diary.do("b", 7, adds=True)
    diary.history.drop()
    diary.take()
    diary.history.stack.undo()
    assert diary.take() == ["-a"]


def test_nothing_is_left_of_other_data() -> None:
    diary = Diary()
    diary.do("a")
    diary.history.clear()
    assert not diary.history.stack.canUndo()
    diary.history.drop()
    assert diary.take() == ["+a"]
