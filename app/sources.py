"""Where data comes from: a file or a built-in set, and the choices that make a data set of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from slp_core.data.dataset import Dataset
from slp_core.data.reader import read_csv
from slp_core.data.samples import SAMPLES, sample_table
from slp_core.data.table import Table
from slp_core.errors import ConfigError, SlpError

SAMPLE_PREFIX = "sample:"
SESSION_SUFFIX = ".slp"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataOptions:
    """Which columns to learn from and how to prepare them; None means the default."""

    target: str | None = None
    features: tuple[str, ...] | None = None
    task: str | None = None
    scaling: str = "standardize"
    degree: int = 1
    validation: float = 0.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A table, and the column it is usually learned for (built-in sets know theirs)."""

    table: Table
    target: str | None


def read_source(
    name: str,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Source:
    """Read the file ``name``, or the built-in set ``sample:NAME``.

    ``progress`` hears the share read so far (0..1); ``cancelled`` is asked whether to give up.

    Raises
    ------
    DataError, OSError
        The file cannot be read.
    ConfigError
        There is no such built-in set.
    """
    if name.startswith(SAMPLE_PREFIX):
        return _sample(name.removeprefix(SAMPLE_PREFIX))
    table = read_csv(checked_path(name), progress=progress, cancelled=cancelled)
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
        validation=options.validation,
        seed=options.seed,
    )


def _sample(key: str) -> Source:
    row = SAMPLES[_sample_key(key)]
    return Source(sample_table(row.key), row.target)


def _sample_key(key: str) -> str:
    if key not in SAMPLES:
        raise ConfigError(
            f'there is no built-in set called "{key}"',
            field="sample",
            value=key,
            allowed=tuple(SAMPLES),
        )
    return key
