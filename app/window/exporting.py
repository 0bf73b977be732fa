"""Weights on their way to a file: those on the screen, or the best of the run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.settings import LAST_FOLDER
from app.weights import best_model
from app.window import files
from slp_core.errors import SlpError

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from slp_core.storage.model import Model
    from slp_core.training.pocket import Best
    from slp_core.training.snapshot import Snapshot


def export_present(window: MainWindow) -> None:
    """Ask for a file, and save the weights of the moment on the screen, with the verdict."""
    model = window.workspace.model()
    if model is None:
        return
    verdict = None if window.advising is None else window.advising.verdict()
    if verdict is not None:
        model = model.judged(verdict.kind, verdict.text)
    _export(window, model, "weights", "Weights")


def export_best(window: MainWindow) -> None:
    """Ask for a file, and save the best weights of the run, whichever moment is shown."""
    current, last = window.workspace.current, window.workspace.player.last
    if current is None or last is None:
        return
    if last.best is None:
        window.status.show_note(NO_BEST)
        return
    model = best_model(current, last, last.best)
    _export(window, model, "best-weights", f"The weights of update {last.best.update:,}")


def go_to_best(window: MainWindow) -> None:
    """Show the moment with the best weights of the run, and say by which loss they are."""
    player = window.workspace.player
    last = player.last
    if last is None or last.best is None:
        window.status.show_note(NO_BEST)
        return
    player.seek(last.best.update)
    if last.best.update < player.earliest:
        window.status.show_note(
            f"The best weights, of update {last.best.update:,}, lie too far back to go to; they"
            " are kept and can be exported (Ctrl+Shift+E)."
        )
    else:
        window.status.show_note(best_text(last.best, last))


NO_BEST = "There are no best weights yet: no loss has been measured."


def best_text(best: Best, last: Snapshot) -> str:
    """What the best weights are the best of, in one sentence."""
    if best.by_validation:
        which = "validation loss of the moments on record"
    elif last.config.batch_size == "full":
        which = "training loss so far"
    else:
        which = "training loss of the moments on record"
    return f"Update {best.update:,}: the smallest {which}, {best.loss:.4g}."


def _export(window: MainWindow, model: Model, suffix: str, what: str) -> None:
    current = window.workspace.current
    stem = "model" if current is None else Path(current.table.name).stem
    path = files.ask_export(window, window.settings.last_folder() / f"{stem}-{suffix}.json")
    if path is None:
        return
    try:
        model.save(path)
    except SlpError as error:
        window.show_refusal(error)
    else:
        window.banner.clear()
        window.settings.set(LAST_FOLDER, str(path.parent))
        window.status.show_note(f"{what} saved to {path}.")
