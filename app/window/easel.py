"""The painting tools above the decision view, tied to it and to the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QIcon

from app.brushes import Brush
from app.panels.paint_bar import PaintBar
from app.plots.marks import marker, picture
from app.plots.paint_stage import style_of
from app.preparation import Prepared
from slp_core.data.table import Table

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views


class Easel(QObject):
    """Shows and hides the tools; what they do are edits like any other."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._plot = window, window.workspace, views.decision
        self._views = views
        self._read: Table | None = None
        self.bar = PaintBar(self._symbol)
        self.bar.hide()
        self.bar.add_actions(window.actions_["edit.undo"], window.actions_["edit.redo"])
        views.painting.addWidget(self.bar)
        self.bar.value_changed.connect(self._take)
        self.bar.class_renamed.connect(self._rename)
        self.bar.class_removed.connect(self._plot.remove_class)
        self.bar.jitter_asked.connect(self._plot.jitter)
        self.bar.back_asked.connect(self._space.back_to_the_file)
        self.bar.save_asked.connect(window.doors.save_data)
        self._plot.radius_asked.connect(self.bar.set_radius)
        window.panels.data.classes.set_symbol(self._symbol)
        window.panels.data.axes_changed.connect(self.bar.set_axes)
        self._space.prepared.connect(self._show_prepared)
        if self._space.current is not None:
            self._show_prepared(self._space.current)

    def show(self, on: bool) -> None:
        """Take up the brush, or put it away."""
        self.bar.setVisible(on)
        self._plot.set_painting(self.bar.value() if on else None)
        if on:
            self._views.place("main", "decision")

    @Slot(object)
    def _take(self, brush: Brush) -> None:
        """Paint with another brush, if there is painting."""
        if not self.bar.isHidden():
            self._plot.set_painting(brush)

    @Slot(object)
    def _show_prepared(self, prepared: Prepared) -> None:
        other = self._read is not prepared.document.as_read
        self._read = prepared.document.as_read
        self.bar.set_data(prepared.dataset, prepared.table, other=other)
        self.bar.set_axes(*self._window.panels.data.axes())
        self.bar.set_edited(prepared.document.edited)

    @Slot(str, str)
    def _rename(self, old: str, new: str) -> None:
        """Show a class under another name; ``old`` is the name that is shown now."""
        current = self._space.current
        if current is None:
            return
        dataset = current.dataset
        written = dataset.written[dataset.classes.index(old)]
        renames = {**dict(current.choice.renames), written: new}
        kept = tuple((key, name) for key, name in renames.items() if key != name)
        self._space.choose_data(replace(current.choice, renames=kept))

    def _symbol(self, index: int) -> QIcon:
        return QIcon(picture(marker(style_of(self._window.appearance.current, index, True))))
