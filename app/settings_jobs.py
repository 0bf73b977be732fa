"""Making settings ready in the background: filling in what is left open, loading weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.jobs import JobControl, Jobs
from app.preparation import Prepared, changed, prepare
from app.weights import LoadedWeights, load_weights
from slp_core.training.config import TrainingConfig

_SETTINGS = "settings"


class SettingsJobs:
    """The jobs that end with other settings for the same data; the newest wish wins."""

    def __init__(self, jobs: Jobs, refuse: Callable[[Exception], None]) -> None:
        self._jobs, self._refuse = jobs, refuse

    def prepare(
        self, current: Prepared, wanted: TrainingConfig, adopt: Callable[[Prepared], None]
    ) -> None:
        """Fill in what ``wanted`` leaves open; a learning rate alone is adopted at once."""
        self.cancel()
        if changed(current.wanted, wanted) == {"learning_rate"} and wanted.learning_rate:
            config = replace(current.config, learning_rate=wanted.learning_rate)
            adopt(replace(current, wanted=wanted, config=config))
            return

        def work(_control: JobControl) -> Prepared:
            return prepare(current.document, current.choice, current.dataset, wanted)

        self._jobs.start(_SETTINGS, work, adopt, self._refuse)

    def load(self, path: Path, current: Prepared, adopt: Callable[[LoadedWeights], None]) -> None:
        """Read saved weights for the open data."""

        def work(_control: JobControl) -> LoadedWeights:
            return load_weights(path, current)

        self._jobs.start(_SETTINGS, work, adopt, self._refuse)

    def cancel(self) -> None:
        """Forget what is being made ready."""
        self._jobs.cancel(_SETTINGS)
