"""What the command line asks of the window, as values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.origins import FileOrigin, Origin, origin_from
from app.sources import DataOptions
from slp_core.data.reading_options import ReadingOptions
from slp_core.training.config import TrainingConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """How the window opens.

    ``source`` is a file or ``sample:NAME``, None for the bare start; ``data`` the choices about
    its columns, ``reading`` how the file is read; ``play`` starts the training at once. With
    ``screenshot`` the window waits ``after`` seconds, saves a picture of itself there and closes.
    """

    source: str | None = None
    data: DataOptions = field(default_factory=DataOptions)
    play: bool = False
    config: TrainingConfig = field(default_factory=TrainingConfig)
    screenshot: Path | None = None
    after: float = 0.0
    size: tuple[int, int] | None = None
    reading: ReadingOptions = field(default_factory=ReadingOptions)

    @property
    def origin(self) -> Origin | None:
        """Where the data comes from, and how it is read; None for the bare start."""
        if self.source is None:
            return None
        origin = origin_from(self.source)
        return replace(origin, reading=self.reading) if isinstance(origin, FileOrigin) else origin

    @property
    def wanted(self) -> TrainingConfig | None:
        """The settings asked for; None if there are none, so that the source's own are used."""
        asked = self.config != TrainingConfig() or self.config.start is not None
        return self.config if asked else None

    @property
    def target(self) -> str | None:
        """The column to learn, None for the default of the source."""
        return self.data.target
