"""What a person asks for about runs, in panels, menus and views, on its way to the workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QCursor

from app.command import Choice
from app.runs_partners import Partner, partners
from app.runs_race import RACES, Race, field_text
from app.runs_variants import variants
from app.training.messages import Frame

if TYPE_CHECKING:
    from app.window.main_window import MainWindow
    from app.window.views import Views

COMPARE = "run.compare"


class Comparing(QObject):
    """Connects the book of runs with the window; made once the views are there."""

    def __init__(self, window: MainWindow, views: Views) -> None:
        super().__init__(window)
        self._window, self._space, self._views = window, window.workspace, views
        self._partners: dict[str, Partner] = {}
        self._announced: tuple[Race, list[str]] | None = None
        """The race that begins, and which runs gave way to it."""
        desk, book = self._space.desk, self._space.runs
        self._orders: dict[str, Callable[[int, Any], object]] = {
            "activate": lambda run, _: desk.activate(run),
            "end": lambda run, _: desk.end(run),
            "only": lambda run, _: desk.keep_only(run),
            "forget": lambda run, _: desk.forget(run),
            "continue": lambda run, _: desk.continue_from(run),
            "rename": book.rename,
            "pin": book.pin,
            "compare": lambda run, partner: desk.compare(partner.changes, run=run),
        }
        window.panels.compare_asked.connect(self._compare)
        window.panels.model.card.why_asked.connect(partial(views.show_view, "pair"))
        self._space.prepared.connect(self._offer)
        book.changed.connect(self._refresh)
        actions = window.actions_
        actions.chosen.connect(self._chosen)
        actions.on(COMPARE, self._pop_up)
        for command, race in (("run.race", "optimizers"), ("run.race_rates", "rates")):
            actions.on(command, partial(self.race, race))
        actions.on("run.next", desk.next)
        actions.on("run.only", self._keep_only)
        self._space.player.frame_arrived.connect(self._announce)
        views.built.connect(self._connect)
        for key in views.there():
            self._connect(key)
        self._offer()
        self._refresh()

    def partners_of(self, run: int) -> tuple[Partner, ...]:
        """The run again, with one change each."""
        moment, current = self._space.runs.find(run), self._space.current
        if moment is None or current is None:
            return ()
        return variants(moment.wanted or moment.config, moment.config, current.dataset)

    @Slot(str)
    def _connect(self, key: str) -> None:
        view = self._views.view(key)
        ordered = getattr(view, "ordered", None)
        if ordered is not None:
            ordered.connect(self.carry_out)
        for name, slot in (
            ("race_asked", partial(self.race, "optimizers")),
            ("starts_asked", self._space.desk.start_all),
        ):
            signal = getattr(view, name, None)
            if signal is not None:
                signal.connect(slot)
        ask = getattr(view, "set_partners", None)
        if callable(ask):
            ask(self.partners_of)
        follow = getattr(view, "set_axes", None)
        if key == "beside" and callable(follow):
            data = self._window.panels.data
            data.axes_changed.connect(follow)
            # Other data bring other axes without anybody choosing them.
            self._space.prepared.connect(lambda: follow(*data.axes()))
            follow(*data.axes())

    def race(self, key: str) -> None:
        """Let runs race on the landscape, in the largest pane; say who runs as soon as they do."""
        book, race = self._space.runs, RACES[key]
        before = {lane.run for lane in book.lanes}
        if self._space.desk.race(race):
            kept = [run.name for run in book.kept.runs if run.run in before]
            self._announced = race, kept
            self._views.put_back()
            self._views.place("main", "landscape")

    @Slot(object)
    def _announce(self, frame: Frame) -> None:
        if self._announced is None:
            return
        runs = self._space.runs.live(frame)
        if len(runs) == len(self._space.runs.lanes):
            (race, kept), self._announced = self._announced, None
            verb = "stays" if len(kept) == 1 else "stay"
            told = f" {' and '.join(kept)} {verb} in the table of runs." if kept else ""
            self._window.status.show_note(f"{race.text}: {field_text(race, runs)}.{told}")

    @Slot(str, int, object)
    def carry_out(self, order: str, run: int, value: object) -> None:
        """Do what a view asks for: its orders are the keys of one table."""
        self._orders[order](run, value)

    @Slot(object)
    def _compare(self, changes: Mapping[str, object]) -> None:
        self._space.compare(changes)

    @Slot(str, str)
    def _chosen(self, key: str, value: str) -> None:
        if key == COMPARE and value in self._partners:
            self._space.compare(self._partners[value].changes)

    @Slot()
    def _keep_only(self) -> None:
        active = self._space.runs.active
        if active is not None:
            self._space.desk.keep_only(active.run)

    @Slot()
    def _offer(self) -> None:
        """Fill the menu for the settings of now."""
        current = self._space.current
        rows = () if current is None else partners(current.wanted, current.config, current.dataset)
        self._partners = {row.key: row for row in rows}
        choices = [Choice(row.key, row.label.replace("&", "&&"), row.summary) for row in rows]
        self._window.actions_.set_choices(COMPARE, choices)

    @Slot()
    def _pop_up(self) -> None:
        """Open the menu under its button, or at the mouse where there is no button to be seen."""
        button = self._window.toolbar.widgetForAction(self._window.actions_[COMPARE])
        menu = self._window.actions_.menu(COMPARE)
        visible = button.isVisible()
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()) if visible else QCursor.pos())

    @Slot()
    def _refresh(self) -> None:
        several = len(self._space.runs.lanes) > 1
        self._window.actions_.set_enabled(several, "run.next", "run.only")
        self._space.player.repeat()
