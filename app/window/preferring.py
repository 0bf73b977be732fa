"""Preferences in the window: shown, applied at once, and kept to when other data is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.origins import Origin, SampleOrigin
from app.preferences import Preferences
from app.preparation import Prepared
from app.settings import KEEP, LOG_VALUES, OWN_VIEWS, TEXT_SCALE, VIEWS
from app.view_kinds import PANES
from app.window.appearance import NO_LARGER, SIZES
from app.window.placing import fits
from app.window.speed import SPEEDS

if TYPE_CHECKING:
    from app.dialogs.preferences import PreferencesDialog
    from app.window.main_window import MainWindow

LOG = "view.log_values"


class Preferring(QObject):
    """Made once for a window."""

    applied = Signal(object)
    """The `Preferences` that are in force now."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._settings = window, window.settings
        self._origin: Origin | None = None
        window.actions_.on("edit.preferences", self.show)
        window.workspace.opened.connect(self._begin)

    @Slot()
    def show(self) -> PreferencesDialog:
        """Open the dialog, which applies everything at once."""
        from app.dialogs.preferences import PreferencesDialog  # it draws marks as plots do

        value, speeds = Preferences.of(self._settings), [_text(speed) for speed in SPEEDS]
        dialog = PreferencesDialog(value, SIZES, speeds, self._window)
        dialog.value_changed.connect(self.apply)
        dialog.views_asked.connect(self._keep_views)
        own = self._settings.get(OWN_VIEWS)
        dialog.rejected.connect(lambda: self._settings.set(OWN_VIEWS, own))
        self.applied.connect(dialog.set_value)
        self._window.appearance.changed.connect(dialog.preview.update)
        dialog.show()
        return dialog

    @Slot(object)
    def apply(self, value: Preferences) -> None:
        """Store preferences, and let the window follow."""
        window, before = self._window, Preferences.of(self._settings)
        value.store(self._settings)
        if value.frame_rate != before.frame_rate:
            window.actions_.set_choice("view.frame_rate", value.frame_rate)
            window.set_pace()
        look = (value.theme, value.class_colors, value.text_scale)
        if look != (before.theme, before.class_colors, before.text_scale):
            window.appearance.apply()
            self._fit(before.text_scale)
        self.applied.emit(Preferences.of(self._settings))

    def _fit(self, before: float) -> None:
        """Take back a size of text for which the screen has no room."""
        window, room = self._window, self._window.screen().availableSize()
        while self._settings.get(TEXT_SCALE) > before and not fits(window, room):
            smaller = [s for s in SIZES if before <= s < self._settings.get(TEXT_SCALE)]
            self._settings.set(TEXT_SCALE, max(smaller, default=before))
            window.appearance.apply()
            window.status.show_note(NO_LARGER)

    @Slot()
    def _keep_views(self) -> None:
        if self._window.views is not None:
            self._settings.set_panes(self._window.views.arrangement(), OWN_VIEWS)

    # New data.

    @Slot(object)
    def _begin(self, prepared: Prepared) -> None:
        """Let other data begin as a person prefers; a lesson says itself how its data do."""
        before, self._origin = self._origin, prepared.origin
        teaching = self._window.teaching
        if _alike(before, prepared.origin) or (teaching is not None and teaching.lesson):
            return
        wanted = Preferences.of(self._settings)
        if wanted.speed != KEEP:
            self._window.speed.set_value(None if wanted.speed == "full" else float(wanted.speed))
        if wanted.log != KEEP:
            self._settings.set(LOG_VALUES, wanted.log == "log")
            self._window.actions_[LOG].setChecked(wanted.log == "log")
            self._window.show_axes()
        if wanted.table != KEEP:
            self._window.actions_["view.table"].setChecked(wanted.table == "show")
            self._window.show_table(wanted.table == "show")
        if wanted.views != KEEP:
            own = self._settings.panes(OWN_VIEWS) if wanted.views == "own" else {}
            self._arrange({**PANES, **own})

    def _arrange(self, panes: dict[str, str]) -> None:
        views = self._window.views
        if views is None:  # they will be built so
            self._settings.set_panes(panes, VIEWS)
            return
        views.put_back()
        for pane, view in panes.items():
            views.place(pane, view)


def _alike(before: Origin | None, now: Origin) -> bool:
    """Whether it is the same data, or the same built-in set with other numbers."""
    if isinstance(before, SampleOrigin) and isinstance(now, SampleOrigin):
        return before.key == now.key
    return before is now


def _text(speed: float | None) -> str:
    return "full" if speed is None else f"{speed:.0f}"
