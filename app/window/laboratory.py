"""The gradient lab in the window: a run whose steps follow what was typed there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from app.lab.memory import Kept, as_texts, from_texts
from app.lab.view import GradientLab
from app.settings import FORMULAS
from slp_core.insight.gradient.typed_gradient import TypedGradient

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

LAB = "lab"
NAME = "My gradient"
_SAID = (
    "“My gradient” steps by your formula beside the right one, its loss and gradient norm are the"
    " true ones: Space plays both."
)


class Laboratory(QObject):
    """Connects the lab with the book of runs once the lab is there."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window = window
        self._space, self._views, self._settings = window.workspace, views, window.settings
        views.built.connect(self._connect)
        if LAB in views.there():
            self._connect(LAB)

    @Slot(str)
    def _connect(self, key: str) -> None:
        if key == LAB:
            lab = self._views.view(LAB)
            assert isinstance(lab, GradientLab)  # noqa: S101 - its builder says so
            lab.train_asked.connect(self._train)
            lab.recall(from_texts(self._settings.get(FORMULAS)))
            lab.kept.connect(self._keep)

    @Slot(object)
    def _keep(self, kept: Sequence[Kept]) -> None:
        """Remember what was typed for the next session."""
        self._settings.set(FORMULAS, as_texts(kept))

    @Slot(object)
    def _train(self, typed: TypedGradient) -> None:
        """Train beside the active run; a typed run of before gives way and is kept."""
        book, desk = self._space.runs, self._space.desk
        active = book.active
        for lane in book.lanes:
            if lane.gradient is not None and lane is not active:
                desk.end(lane.run)
        desk.compare({}, NAME, gradient=typed)
        self._window.middle.setFocus()  # Space plays now, and presses no button
        self._space.noted.emit(_SAID)
