"""What each command does: the table of commands, connected to the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands import Choice
from app.dialogs.about import AboutDialog
from app.dialogs.problems import ProblemsDialog
from app.dialogs.shortcuts import ShortcutsDialog
from app.settings import FRAME_RATE, LOG_TIME, LOG_VALUES, SHOW_TABLE
from app.theme import Theme
from app.view_kinds import VIEW_KINDS
from app.window import files
from app.window.appearance import NO_LARGER
from app.window.exporting import export_best, export_present, go_to_best
from app.window.finding_commands import show_palette
from app.window.placing import fits
from app.window.preferring import Preferring

if TYPE_CHECKING:
    from app.window.main_window import MainWindow


TABLE = "view.table"
LOG_COMMANDS = {"view.log_values": LOG_VALUES, "view.log_time": LOG_TIME}


def connect_commands(window: MainWindow) -> None:
    """Connect every action of the window, and fill its submenus."""
    actions, space, look = window.actions_, window.workspace, window.appearance
    for key in ("run.play", "run.step_update", "run.step_epoch", "run.ten_on"):
        actions.on(key, window.status.end_note)  # what was said before is stale now
    for key, slot in {
        "file.open": window.doors.ask_file,
        "file.paste": window.doors.paste,
        "file.new_painting": window.doors.new_painting,
        "file.samples": window.doors.show_gallery,
        "file.reading": window.doors.show_reading,
        "file.save_data": window.doors.save_data,
        "edit.undo": lambda: window.linking and window.linking.undo(),
        "edit.redo": lambda: window.linking and window.linking.redo(),
        "edit.select_all": lambda: window.linking and window.linking.select_all(),
        "edit.select_none": lambda: window.linking and window.linking.select_nothing(),
        "edit.delete": lambda: window.views and window.views.decision.erase_selected(),
        "edit.back_to_file": space.back_to_the_file,
        "file.problems": lambda: _show_problems(window),
        "file.export_weights": partial(export_present, window),
        "file.export_best": partial(export_best, window),
        "file.load_weights": lambda: _load(window),
        "file.quit": window.close,
        "run.play": space.player.toggle,
        "run.step_update": lambda: space.player.step(1),
        "run.step_epoch": lambda: space.player.step(None),
        "run.ten_on": lambda: space.player.step(10),
        "run.back_update": lambda: space.player.step_back(1),
        "run.back_epoch": lambda: space.player.step_back(None),
        "run.ten_back": lambda: space.player.step_back(10),
        "run.to_start": lambda: space.player.seek(0),
        "run.to_best": partial(go_to_best, window),
        "run.to_end": lambda: space.player.seek(space.player.reached),
        "run.restart_same": space.runs.restart,
        "run.restart_new": space.restart_new,
        "run.faster": lambda: window.speed.shift(1),
        "run.slower": lambda: window.speed.shift(-1),
        "view.fit": lambda: window.views and window.views.fit(),
        "view.next_theme": look.next,
        "view.larger_text": lambda: _resize_text(window, 1),
        "view.smaller_text": lambda: _resize_text(window, -1),
        "view.data_card": window.panels.data.show_card,
        **{f"show.{key}": partial(_show_view, window, key) for key in VIEW_KINDS},
        "help.palette": partial(show_palette, window),
        "help.shortcuts": lambda: ShortcutsDialog(window).show(),
        "help.about": lambda: AboutDialog(window).show(),
    }.items():
        actions.on(key, slot)
    for key, setting in LOG_COMMANDS.items():
        actions[key].setChecked(window.settings.get(setting))
        actions.on_toggled(key, partial(_set_log, window, key))
    look.changed.connect(partial(_mark_theme, window))
    actions.set_choice("view.frame_rate", window.settings.get(FRAME_RATE))
    actions.chosen.connect(partial(_choose, window))
    actions[TABLE].setChecked(window.settings.get(SHOW_TABLE))
    actions.on_toggled(TABLE, window.show_table)
    actions.on_toggled("edit.paint", window.show_painting)
    refresh_recent(window)
    Preferring(window)


def refresh_recent(window: MainWindow) -> None:
    """Fill the list of recent files."""
    recent = window.settings.recent_files()
    window.actions_.set_choices(
        "file.recent",
        [Choice(str(path), path.name.replace("&", "&&"), str(path)) for path in recent],
    )


def _choose(window: MainWindow, key: str, value: str) -> None:
    if key == "file.recent":
        window.doors.open(value)
    elif key == "view.theme":
        window.appearance.choose(value)
    elif key == "view.frame_rate":
        window.settings.set(FRAME_RATE, value)
        window.set_pace()


def _show_view(window: MainWindow, key: str) -> None:
    if window.views is not None:
        window.views.show_view(key)


def _set_log(window: MainWindow, key: str, on: bool) -> None:
    window.settings.set(LOG_COMMANDS[key], on)
    window.show_axes()


def _mark_theme(window: MainWindow, _theme: Theme) -> None:
    window.actions_.set_choice("view.theme", window.appearance.choice)


def _show_problems(window: MainWindow) -> None:
    current = window.workspace.current
    if current is not None:
        ProblemsDialog(current.table, window, current.dataset).show()


def _load(window: MainWindow) -> None:
    path = files.ask_weights(window, window.settings.last_folder())
    if path is not None:
        window.banner.clear()
        window.workspace.load_weights(Path(path))


def _resize_text(window: MainWindow, steps: int) -> None:
    """Larger or smaller text, as far as the window still fits its screen."""
    window.appearance.resize_text(steps)
    if steps > 0 and not fits(window, window.screen().availableSize()):
        window.appearance.resize_text(-steps)
        window.status.show_note(NO_LARGER)
