"""What views tell each other: one selection, and edits on their way to the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Slot

from slp_core.arrays import Ints
from slp_core.data.edits import Edit

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views


class Linking(QObject):
    """Passes on what is selected and edited in one view; made once the views are there."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._views = window, window.workspace, views
        selection = self._space.selection
        views.decision.selection_changed.connect(selection.set)
        views.table.selection_changed.connect(selection.set)
        selection.changed.connect(self._show_selection)
        views.decision.edited.connect(self._space.edit)
        views.table.edit_requested.connect(self._edit)
        views.decision.refused.connect(window.show_refusal)
        views.decision.noted.connect(window.status.show_note)
        self._show_selection(selection.rows)

    @Slot(object, str)
    def _edit(self, edit: Edit, text: str) -> None:
        self._space.edit(edit, text)

    @Slot(object)
    def _show_selection(self, rows: Ints) -> None:
        self._views.decision.set_selection(rows)
        self._views.table.set_selection(rows)

    def select_all(self) -> None:
        """Select every row of the table."""
        table = self._space.editing.table
        if table is not None:
            self._space.selection.set(np.arange(table.rows))

    def select_nothing(self) -> None:
        """Select no row."""
        self._space.selection.set(np.empty(0, np.int64))
