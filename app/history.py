"""What can be undone: every edit of data and settings, one step each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import TypeAlias

from PySide6.QtGui import QUndoCommand, QUndoStack

TOGETHER = 1.0
"""Seconds within which changes of the same thing are one step: a slider that is dragged."""
_MERGES = 1


Action: TypeAlias = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What a step does, what takes it back in reverse order, and when it was last added to."""

    forward: tuple[Action, ...]
    backward: tuple[Action, ...]
    time: float


class Step(QUndoCommand):
    """One thing that was done, and how to take it back.

    ``forward`` is called when it is pushed and when it is redone, ``backward`` when it is undone.
    Steps with the same ``gesture`` become one: with ``adds`` both are done and undone in turn (the
    pieces of a brush stroke); without it, the last is what was meant (the places of a slider),
    and only while they follow each other quickly.
    """

    def __init__(
        self,
        text: str,
        forward: Action,
        backward: Action,
        gesture: Hashable = None,
        *,
        adds: bool = False,
    ) -> None:
        super().__init__(text)
        self.gesture, self._adds = gesture, adds
        self.content = Content((forward,), (backward,), monotonic())
        self.void = False
        """Whether it came to nothing and only has to leave the stack."""

    def redo(self) -> None:
        if not self.void:
            for forward in self.content.forward:
                forward()

    def undo(self) -> None:
        if not self.void:
            for backward in reversed(self.content.backward):
                backward()

    def id(self) -> int:
        return -1 if self.gesture is None else _MERGES

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Step) or other.gesture != self.gesture:
            return False
        mine, theirs = self.content, other.content
        if not self._adds and theirs.time - mine.time > TOGETHER:
            return False
        self.setText(other.text())  # the later piece speaks for all of the gesture
        if self._adds:
            self.content = Content(
                mine.forward + theirs.forward, mine.backward + theirs.backward, theirs.time
            )
            return True
        self.content = Content(theirs.forward, mine.backward, theirs.time)
        return True


class History:
    """The stack of steps, and which of them nobody has confirmed yet.

    Steps start work in the background, and what comes back may be a refusal: then everything that
    was asked for since the last answer is taken from the stack, as if it had not been done.
    """

    def __init__(self) -> None:
        self.stack = QUndoStack()
        self._open: list[tuple[Step, Content | None]] = []

    def push(self, step: Step) -> None:
        """Do a step; it counts once `settle` is called."""
        top = self._top()
        before = None if top is None else top.content
        self.stack.push(step)
        if top is not None and self._top() is top:
            self._open.append((top, before))
        else:
            self._open.append((step, None))

    def undo(self) -> Hashable:
        """Take back the last step and say which gesture it was."""
        top = self._top()
        self.stack.undo()
        return None if top is None else top.gesture

    def settle(self) -> None:
        """What was asked for is done."""
        self._open.clear()

    def drop(self) -> None:
        """Forget the steps that came to nothing."""
        for step, before in reversed(self._open):
            if self._top() is not step:
                continue
            if before is not None:
                step.content = before
            else:
                step.void = True
                step.setObsolete(True)
                self.stack.undo()
        self._open.clear()

    def clear(self) -> None:
        """Begin anew: the data is another."""
        self._open.clear()
        self.stack.clear()

    def _top(self) -> Step | None:
        top = self.stack.command(self.stack.index() - 1) if self.stack.canUndo() else None
        return top if isinstance(top, Step) else None
