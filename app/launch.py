"""What the command line asks of the window, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.sources import DataOptions
from slp_core.training.config import TrainingConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOptions:
    """How the window opens.

    ``source`` is a file or ``sample:NAME``, None for the bare start; ``data`` the choices about
    its columns; ``play`` starts the training at once. With ``screenshot`` the window waits
    ``after`` seconds, saves a picture of itself there and closes.
    """

    source: str | None = None
    data: DataOptions = field(default_factory=DataOptions)
    play: bool = False
    config: TrainingConfig = field(default_factory=TrainingConfig)
    screenshot: Path | None = None
    after: float = 0.0
    size: tuple[int, int] | None = None

    @property
    def target(self) -> str | None:
        """The column to learn, None for the default of the source."""
        return self.data.target
