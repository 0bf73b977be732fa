"""Which views a presenter shows: as many as have room in large type, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent
from PySide6.QtWidgets import QSplitter

from app.view_kinds import VIEW_KINDS

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

LINES = 13
"""Lines of type a pane at the side needs to show a curve with its axes."""
SIDE = ("first", "second", "third")
FOR_CLASSES = frozenset({"confusion", "roc", "probabilities", "accuracy"})
FOR_NUMBERS = frozenset({"residuals"})


@dataclass(frozen=True, slots=True)
class _Before:
    """The views as they were."""

    arrangement: dict[str, str]
    enlarged: str
    below: bool


class PresentedViews:
    """Lends the views to a presenter, and puts them back."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        self._window, self._views = window, views
        self._before = _Before(views.arrangement(), views.enlarged, views.shows_below)
        self._handles = {splitter: splitter.saveState() for splitter in self._splitters}
        self._hidden: set[str] = set()
        self._turned: dict[str, str] = {}

    @property
    def is_as_left(self) -> bool:
        """Whether nobody has moved a view since the last turn."""
        return self._turned == self._views.arrangement()

    def fit(self, height: int, line: int) -> None:
        """Hide the panes at the side for which a screen of this height has no room."""
        room = max(1, min(len(SIDE), height // (LINES * line)))
        for key in self._spare(room):
            if not self._views.panes[key].isHidden():
                self._hidden.add(key)
                self._views.panes[key].hide()

    def turn(self, by: int) -> None:
        """Show the next view in the main pane; the others stay where they were at first."""
        self._views.put_back()
        order = self._useful()
        base = self._before.arrangement
        now = self._views.arrangement()["main"]
        place = order.index(now) if now in order else 0
        self._turned = swapped(base, "main", order[(place + by) % len(order)])
        self._arrange(self._turned)

    def restore(self) -> None:
        """Put all back as it was; a lesson that is open keeps its views."""
        views, before = self._views, self._before
        views.put_back()
        if not self._steps():
            self._arrange(before.arrangement)
        for key in self._hidden:
            views.panes[key].show()
        self._hidden.clear()
        self._window.show_table(before.below)
        self._window.actions_["view.table"].setChecked(before.below)
        if before.enlarged:
            views.enlarge(before.enlarged)
        views.draw()
        self.restore_handles()

    def restore_handles(self) -> None:
        """Put the handles between the panes where they were.

        First everything learns how little room it needs in the usual type: a handle does not go
        where a panel still asks for the width of the large one.
        """
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        for splitter, state in self._handles.items():
            splitter.restoreState(QByteArray(state))

    @property
    def _splitters(self) -> tuple[QSplitter, ...]:
        return (self._window.split, self._views, self._views.side, self._views.center)

    def _arrange(self, wanted: dict[str, str]) -> None:
        for pane, view in wanted.items():
            self._views.place(pane, view)

    def _spare(self, room: int) -> list[str]:
        """Panes to hide, the last first; those that a lesson speaks of stay."""
        named = self._steps()
        free = [key for key in reversed(SIDE) if key not in named]
        return free[: max(0, len(SIDE) - room)]

    def _steps(self) -> dict[str, str]:
        """The panes that the step of an open lesson speaks of, with their views."""
        teaching = self._window.teaching
        if teaching is None or teaching.lesson is None:
            return {}
        value = teaching.strip.value()
        return dict(teaching.lesson.steps[value.step if value is not None else 0].views)

    def _useful(self) -> list[str]:
        """The views that have something to say of these data."""
        current = self._window.workspace.current
        classes = current is not None and bool(current.dataset.classes)
        without = FOR_NUMBERS if classes else FOR_CLASSES
        alone = len(self._window.workspace.runs.lanes) < 2
        return [key for key in VIEW_KINDS if key not in without and not (alone and key == "beside")]


def swapped(arrangement: dict[str, str], pane: str, view: str) -> dict[str, str]:
    """An arrangement with a view in a pane; the pane that had it takes what was there."""
    before = arrangement[pane]
    other = {key: before for key, shown in arrangement.items() if shown == view}
    return {**arrangement, **other, pane: view}
