"""What a person does with runs: compare, turn to another, end, keep, continue. Undoable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from app.history import Action, History, Step
from app.preparation import Prepared
from app.runs import MOST_LIVE, SHARED, Lane, check, check_steps
from app.runs_book import RunBook
from app.runs_partners import changes_text, completed
from app.runs_race import Race, entrants
from app.settings_jobs import SettingsJobs
from app.weights import LoadedWeights
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.resolution import outputs, partners

if TYPE_CHECKING:
    from slp_core.insight.gradient.typed_gradient import TypedGradient

_COUNT = ("", "", "Both", "All three", "All four")


class Host(Protocol):
    """What the desk needs of the workspace."""

    current: Prepared | None
    wish: TrainingConfig

    def hold(self, result: Prepared) -> None:
        """Show other settings for the same data."""


class RunDesk(QObject):
    """Orders about runs, each one step that can be undone where anything would be lost."""

    refused = Signal(object)
    """An exception: something could not be done and nothing has changed."""

    def __init__(self, book: RunBook, history: History, jobs: SettingsJobs, host: Host) -> None:
        super().__init__(book)
        self._book, self._history, self._jobs, self._host = book, history, jobs, host

    def compare(
        self,
        changes: Mapping[str, object],
        name: str = "",
        run: int | None = None,
        gradient: TypedGradient | None = None,
    ) -> None:
        """Train another run that differs from a run (the active one) in these settings.

        With ``gradient`` its steps follow a typed one. All live runs start again together, from
        the same weights where their shapes agree.
        """
        current, active = self._host.current, self._book.active
        if current is None or active is None:
            return
        wanted = completed(self._wanted(run), changes, current.dataset)
        if len(self._book.lanes) >= MOST_LIVE:
            self._book.noted.emit("Four runs are compared already: end one of them first.")
            return
        try:
            check(wanted, current.dataset, gradient)
        except ConfigError as error:
            self.refused.emit(error)
            return
        ((lane, line),) = self._book.new_lanes(1)
        row = Lane(lane, 0, line, wanted, name, gradient, bool(set(SHARED) & set(changes)))
        text = f"Compare with {name or changes_text(changes)}".removesuffix(" with ")
        self._do(text, lambda: self._add((row,)), lambda: self._drop((lane,)))
        self._book.noted.emit(self._start_note(current.dataset))

    def race(self, race: Race) -> bool:
        """Train runs beside the active one that differ from it in one setting; one step.

        Live runs that are in the way are kept as they are. Says whether there is such a race.
        """
        current, active = self._host.current, self._book.active
        if current is None or active is None:
            return False
        field = entrants(race, self._host.wish, current.config, current.dataset, active.gradient)
        if not field:
            self._book.noted.emit(f"{race.text}: no other run is possible with these settings.")
            return False
        leaving = tuple(lane for lane in self._book.lanes if lane is not active)
        places = self._book.new_lanes(len(field), [lane.lane for lane in leaving])
        rows = tuple(
            Lane(lane, 0, line, wanted, gradient=active.gradient)
            for (lane, line), wanted in zip(places, field, strict=True)
        )
        self._do(race.text, partial(self._swap, leaving, rows), partial(self._swap, rows, leaving))
        return True

    def start_all(self, weights: Parameters) -> None:
        """Let all live runs start again from these weights, which the active one can have."""
        before = self._book.start
        self._do(
            "Start all runs at a place of the landscape",
            partial(self._book.restart_from, weights),
            partial(self._book.restart_from, before),
        )
        self._book.noted.emit(f"{_COUNT[len(self._book.lanes)]} runs start again from there.")

    def refuses(self, wanted: TrainingConfig) -> bool:
        """Say why the active run cannot have these settings, and show its own again; if so."""
        active, current = self._book.active, self._host.current
        try:
            check_steps(wanted, None if active is None else active.gradient)
        except ConfigError as error:
            self.refused.emit(error)
            if current is not None:
                self._host.hold(current)
            return True
        return False

    def activate(self, run: int) -> None:
        """Edit the settings of another live run from now on; nothing else changes."""
        lane = self._book.lane(run)
        if lane is not None:
            self.turn_to(lane.lane)

    def next(self) -> None:
        """Turn to the live run after the active one."""
        lanes, active = self._book.lanes, self._book.active
        if active is not None and len(lanes) > 1:
            self.turn_to(lanes[(lanes.index(active) + 1) % len(lanes)].lane)

    def end(self, run: int) -> None:
        """Keep a live run as it is now; the others go on. The last one stays."""
        lane = self._book.lane(run)
        if lane is not None and len(self._book.lanes) > 1:
            self._end((lane,), f"End {lane.title}")

    def keep_only(self, run: int) -> None:
        """End all live runs but one."""
        lane = self._book.lane(run)
        others = tuple(row for row in self._book.lanes if row is not lane)
        if lane is not None and others:
            self._end(others, f"Keep only {lane.title}")

    def forget(self, run: int) -> None:
        """Take a kept run out of the book."""
        moment = next((m for m in self._book.kept.runs if m.run == run), None)
        if moment is not None:
            self._do(
                f"Delete {moment.name}",
                lambda: self._forget(run),
                lambda: self._book.put_back(moment),
            )

    def continue_from(self, run: int) -> None:
        """Start the active run with the settings of a run and from its last weights."""
        moment, current = self._book.find(run), self._host.current
        if moment is None or current is None:
            return
        if not same_inputs(moment.dataset, current.dataset):
            self._book.noted.emit(f"{moment.name} was trained on other features or classes.")
        elif not moment.snapshot.parameters.is_finite:
            self._book.noted.emit(f"The weights of {moment.name} are not finite.")
        else:
            wanted = replace(moment.wanted or moment.config, start=None)
            note = f"Going on from the weights of {moment.name}."
            self._jobs.prepare(
                current,
                wanted,
                lambda result: self._adopt(LoadedWeights(result, moment.snapshot.parameters, note)),
            )

    def load_weights(self, path: Path) -> None:
        """Start the active run again from saved weights, with the settings they were made for."""
        if self._host.current is not None:
            self._jobs.load(path, self._host.current, self._adopt)

    def turn_to(self, lane: int) -> None:
        """Edit the settings of the live run in a lane; unknown lanes change nothing."""
        result = self._book.activate(lane)
        if result is not None:
            self._history.settle()
            self._host.hold(result)
            self._jobs.prepare(result, result.wanted, self._host.hold)  # its own stable rate

    # Inside.

    def _adopt(self, loaded: LoadedWeights) -> None:
        self._host.hold(loaded.prepared)
        self._book.load(loaded.prepared, loaded.start)
        self._book.noted.emit(loaded.note)

    def _wanted(self, run: int | None) -> TrainingConfig:
        active = self._book.active
        if run is None or (active is not None and active.run == run):
            return self._host.wish
        lane, moment = self._book.lane(run), self._book.find(run)
        if lane is not None:
            return lane.wanted
        return (moment.wanted or moment.config) if moment is not None else self._host.wish

    def _end(self, lanes: Sequence[Lane], text: str) -> None:
        numbers = tuple(lane.lane for lane in lanes)
        self._do(text, lambda: self._drop(numbers), lambda: self._add(lanes))

    def _forget(self, run: int) -> None:
        self._book.forget(run)

    def _add(self, lanes: Sequence[Lane]) -> None:
        self._book.add(lanes)

    def _drop(self, lanes: Sequence[int]) -> None:
        active = self._book.active
        if active is not None and active.lane in lanes:
            stay = next(row.lane for row in self._book.lanes if row.lane not in lanes)
            self.turn_to(stay)
        self._book.drop(lanes)

    def _swap(self, out: Sequence[Lane], into: Sequence[Lane]) -> None:
        """End some live runs, and train others in their place."""
        self._drop([lane.lane for lane in out])
        if into:
            self._add(into)

    def _do(self, text: str, forward: Action, backward: Action) -> None:
        self._history.push(Step(text, forward, backward))
        self._history.settle()

    def _start_note(self, dataset: Dataset) -> str:
        """From where the live runs start, in one sentence."""
        who = _COUNT[len(self._book.lanes)]
        widths = {_outputs(lane.wanted, dataset) for lane in self._book.lanes}
        if any(lane.apart for lane in self._book.lanes):
            return f"{who} runs start again, each from the weights of its own seed."
        if len(widths) == 1:
            return f"{who} runs start again from the same weights."
        return f"{who} runs start again from the same seed: their weights differ in shape."


def same_inputs(first: Dataset, second: Dataset) -> bool:
    """Whether weights learnt on one data set mean the same on the other."""
    same = first.preparation == second.preparation and first.written == second.written
    return same and first.target == second.target


def _outputs(wanted: TrainingConfig, dataset: Dataset) -> int:
    return outputs(pair(*partners(wanted, dataset.task)), dataset)
