"""From an origin to a table, and from a table to the data set that the choices make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.origins import SAMPLE_PREFIX, FileOrigin, MadeOrigin, Origin, SampleOrigin, origin_from
from slp_core.data.dataset import Dataset
from slp_core.data.reader import read_table, read_text
from slp_core.data.samples import SAMPLES, sample_table
from slp_core.data.table import Table
from slp_core.errors import ConfigError, SlpError
from slp_core.training.config import TrainingConfig

SESSION_SUFFIX = ".slp"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataOptions:
    """Which columns to learn from and how to prepare them; None means the default."""

    target: str | None = None
    features: tuple[str, ...] | None = None
    task: str | None = None
    scaling: str = "standardize"
    degree: int = 1
    sine: bool = False
    missing: str = "leave_out"
    renames: tuple[tuple[str, str], ...] = ()
    validation: float = 0.0
    seed: int = 0
    stratify: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """A table, and the column it is usually learned for (built-in sets know theirs)."""

    table: Table
    target: str | None


def read_source(
    origin: Origin | str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Source:
    """Read what the data comes from; a text is a file's name, or ``sample:NAME``.

    ``progress`` hears the share read so far (0..1); ``cancelled`` is asked whether to give up.

    Raises
    ------
    DataError, OSError
        The file cannot be read.
    ConfigError
        There is no such built-in set.
    """
    if isinstance(origin, str):
        origin = origin_from(origin)
    match origin:
        case SampleOrigin():
            return _sample(origin)
        case MadeOrigin(table):
            return Source(table, None)
        case FileOrigin(path, reading):
            return Source(read_table(checked_path(path), reading, progress, cancelled), None)
        case _:
            table = read_text(
                origin.text,
                name=origin.name,
                options=origin.reading,
                progress=progress,
                cancelled=cancelled,
            )
            return Source(table, None)


def checked_path(name: str) -> Path:
    """``name`` as the path of a file that is there and may be a table."""
    path = Path(name)
    if path.suffix.lower() == SESSION_SUFFIX:
        raise SlpError(
            f"{name}: session files are not supported yet",
            code="session.unsupported",
            hint="Open the CSV file the session was made from.",
        )
    if not path.exists():
        raise FileNotFoundError(2, "No such file or directory", name)
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", name)
    return path


def check_source(name: str) -> None:
    """Refuse at once, before anything is opened, what cannot be a source."""
    if name.startswith(SAMPLE_PREFIX):
        _sample_key(name.removeprefix(SAMPLE_PREFIX))
    else:
        checked_path(name)


def dataset_from(source: Source, options: DataOptions) -> Dataset:
    """The data set that ``options`` make of ``source``."""
    return Dataset.from_table(
        source.table,
        source.target if options.target is None else options.target,
        options.features,
        task=options.task,
        scaling=options.scaling,
        degree=options.degree,
        sine=options.sine,
        missing=options.missing,
        renames=dict(options.renames),
        validation=options.validation,
        seed=options.seed,
        stratify=options.stratify,
    )


def usual_settings(origin: Origin) -> TrainingConfig:
    """The settings to begin with: the defaults, or those that show what a built-in set teaches."""
    row = SAMPLES.get(origin.key) if isinstance(origin, SampleOrigin) else None
    return replace(TrainingConfig(), **(dict(row.settings) if row is not None else {}))


def _sample(origin: SampleOrigin) -> Source:
    row = SAMPLES[_sample_key(origin.key)]
    table = sample_table(
        row.key,
        points=origin.points,
        noise=origin.noise,
        balance=origin.balance,
        seed=origin.seed,
    )
    return Source(table, row.target)


def _sample_key(key: str) -> str:
    if key not in SAMPLES:
        raise ConfigError(
            f'there is no built-in set called "{key}"',
            field="sample",
            value=key,
            allowed=tuple(SAMPLES),
        )
    return key
