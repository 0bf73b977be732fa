"""The window while nothing is open: commands that need data are greyed, and say why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.window.main_window import MainWindow

NEEDS_DATA = (
    *("file.problems", "file.save_data", "file.export_weights", "file.load_weights"),
    *("file.export_best", "run.to_best", "run.race", "run.race_rates"),
    *("edit.select_all", "edit.select_none", "edit.delete", "edit.back_to_file"),
    *("run.play", "run.step_update", "run.step_epoch", "run.ten_on"),
    *("run.back_update", "run.back_epoch", "run.ten_back", "run.to_start", "run.to_end"),
    *("run.restart_same", "run.restart_new", "run.compare"),
    *("view.fit", "view.data_card"),
)
REASON = "Not yet: no data is open. Open a file (Ctrl+O) or a sample first."


class Bare(QObject):
    """Greys what needs data until the first data is open; made once for a window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._actions = window.actions_
        self._tips = {key: self._actions[key].toolTip() for key in NEEDS_DATA}
        for key, tip in self._tips.items():
            self._actions[key].setEnabled(False)
            self._actions[key].setToolTip(f"{tip}\n{REASON}")
        window.workspace.opened.connect(self._begin)

    @Slot(object)
    def _begin(self, _prepared: object) -> None:
        """There is data, and there will be from now on."""
        for key, tip in self._tips.items():
            self._actions[key].setEnabled(True)
            self._actions[key].setToolTip(tip)
        self._tips = {}
