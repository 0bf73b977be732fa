"""Making other data in the background: reading, generating, choosing. The newest wish wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.jobs import JobControl, Jobs
from app.origins import Origin
from app.preparation import Document, Prepared, prepare, rebuild, rename, renames_only
from app.sources import DataOptions, Source, dataset_from, read_source
from slp_core.data.table import Table
from slp_core.training.config import TrainingConfig

_DATA = "data"
Adopt = Callable[[Prepared], None]


class DataJobs:
    """The jobs that end with another data set; ``tell`` hears how far reading has come."""

    def __init__(
        self, jobs: Jobs, tell: Callable[[str, float], None], refuse: Callable[[Exception], None]
    ) -> None:
        self._jobs, self._tell, self._refuse = jobs, tell, refuse
        self._reading = False

    @property
    def running(self) -> bool:
        """Whether another data set is being made."""
        return self._jobs.is_running(_DATA)

    @property
    def reading(self) -> bool:
        """Whether it comes from another origin."""
        return self._reading and self.running

    def read(
        self,
        origin: Origin,
        table: Table | None,
        choice: DataOptions,
        wanted: TrainingConfig,
        adopt: Adopt,
        admit: Callable[[Prepared], bool] | None = None,
    ) -> None:
        """Read an origin, unless its ``table`` is there already, and prepare what is in it.

        What ``admit`` refuses is dropped.
        """

        def work(control: JobControl) -> Prepared:
            if table is not None:
                read = Source(table, None)
            else:
                read = read_source(origin, control.progress, control.cancelled)
            dataset = dataset_from(read, choice)
            settled = replace(choice, target=dataset.target)
            return prepare(Document(origin, read.table, read.table), settled, dataset, wanted)

        def take(result: Prepared) -> None:
            if admit is None or admit(result):
                adopt(result)
            else:
                self._tell("", 1.0)

        self._start_reading(origin, work, take)

    def generate(
        self, origin: Origin, current: Prepared, choice: DataOptions, adopt: Adopt
    ) -> None:
        """Read an origin in place of the open one; what fits of the settings stays."""

        def work(control: JobControl) -> Prepared:
            read = read_source(origin, control.progress, control.cancelled)
            document = Document(origin, read.table, read.table)
            return rebuild(current, document, choice, dataset_from(read, choice))

        self._start_reading(origin, work, adopt)

    def make(
        self,
        document: Document,
        current: Prepared,
        choice: DataOptions,
        wanted: TrainingConfig | None,
        adopt: Adopt,
    ) -> None:
        """Make the data set that ``choice`` says; without ``wanted`` the settings that fit stay."""

        def work(_control: JobControl) -> Prepared:
            same = document.table is current.table
            if same and renames_only(current.choice, choice):
                return rename(current, choice)  # the split and the preparation stay
            dataset = dataset_from(Source(document.table, choice.target), choice)
            if wanted is not None:
                return prepare(document, choice, dataset, wanted)
            return rebuild(current, document, choice, dataset)

        self._reading = False
        self._jobs.start(_DATA, work, adopt, self._refuse)

    def cancel(self) -> None:
        """Stop; what is open stays."""
        self._jobs.cancel(_DATA)

    def _start_reading(
        self, origin: Origin, work: Callable[[JobControl], Prepared], adopt: Adopt
    ) -> None:
        tell: Callable[[float], None] = partial(self._tell, f"Reading {origin.name}")
        tell(0.0)
        self._reading = True
        self._jobs.start(_DATA, work, adopt, self._refuse, tell)
