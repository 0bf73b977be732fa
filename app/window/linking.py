"""What views tell each other: one selection, and edits on their way to the workspace."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from app.editing import stroke_of
from app.history import Step
from app.preparation import Prepared
from slp_core.data.edits import Edit
from slp_core.data.table import Table
from slp_core.network.parameters import Parameters

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views


class Linking(QObject):
    """Passes on what is selected and edited in one view; made once the views are there."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._views = window, window.workspace, views
        selection = self._space.selection
        selection.changed.connect(views.set_selection)
        views.built.connect(self._connect)
        for key in views.there():
            self._connect(key)
        views.decision.set_newest(lambda: self._space.editing.table, self._shown_table)
        views.decision.edited.connect(self._space.edit)
        views.decision.refused.connect(window.show_refusal)
        self._space.prepared.connect(self._settle)
        views.set_selection(selection.rows)
        selection.changed.connect(self._allow)
        self._allow()

    @Slot(str)
    def _connect(self, key: str) -> None:
        """Listen to a view, as far as it has something to say."""
        view = self._views.view(key)
        for name, slot in (
            ("selection_changed", self._space.selection.set),
            ("edit_requested", self._edit),
            ("noted", self._window.status.show_note),
            ("parameters_edited", self._place),
            ("pointed_changed", self._point),
        ):
            signal = getattr(view, name, None)
            if signal is not None:
                signal.connect(slot)

    @Slot(object, str, int)
    def _place(self, weights: Parameters, text: str, gesture: int) -> None:
        """Go on from weights that were typed, dragged or picked; undo brings back the old ones."""
        snapshot, player = self._space.player.snapshot, self._space.player
        if snapshot is None or snapshot.parameters.W.shape != weights.W.shape:
            return
        forward, backward = (
            partial(player.place, weights),
            partial(player.place, snapshot.parameters),
        )
        self._space.history.push(Step(text, forward, backward, ("place", gesture), adds=True))
        self._space.history.settle()

    @Slot(object)
    def _point(self, update: int | None) -> None:
        """Read off every curve the moment that a person points at in one; None: of now."""
        for key in self._views.there():
            follow = getattr(self._views.view(key), "set_pointed", None)
            if follow is not None:
                follow(update)

    @Slot(object, str)
    def _edit(self, edit: Edit, text: str) -> None:
        self._space.edit(edit, text)

    @Slot(object)
    def _settle(self, _prepared: Prepared) -> None:
        """A stroke goes on whether its last part was taken or refused."""
        self._views.decision.settle_edit()
        self._allow()

    @Slot()
    def _allow(self) -> None:
        """Grey what would do nothing: deleting without a selection, going back without an edit."""
        current, selected = self._space.current, self._space.selection.rows.size > 0
        edited = current is not None and current.document.edited
        self._window.actions_.set_enabled(current is not None and selected, "edit.delete")
        self._window.actions_.set_enabled(edited, "edit.back_to_file")

    def undo(self) -> None:
        """Take back the last thing that was done, with what of it is still on its way."""
        if self._views.decision.before_undo():
            return
        stroke = stroke_of(self._space.history.undo())
        if stroke is not None:
            self._views.decision.forget_stroke(stroke)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._views.decision.before_redo()
        self._space.history.stack.redo()

    def _shown_table(self) -> Table | None:
        return None if self._space.current is None else self._space.current.table

    def select_all(self) -> None:
        """Select every row of the table."""
        table = self._space.editing.table
        if table is not None:
            self._space.selection.set(np.arange(table.rows))

    def select_nothing(self) -> None:
        """Select no row."""
        self._space.selection.set(np.empty(0, np.int64))
