"""The options of a run, declared once: command line, data choices and training settings."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.sources import DataOptions
from slp_core.data.missing import MISSING
from slp_core.data.scaling import SCALINGS
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.initializers import INITIALIZERS
from slp_core.network.losses import LOSSES
from slp_core.training.config import TrainingConfig
from slp_core.training.optimizers import OPTIMIZERS
from slp_core.training.schedules import SCHEDULES


@dataclass(frozen=True, slots=True)
class RunOption:
    """One option: the field it sets, how its word is read, and what it does."""

    field: str
    convert: Callable[[str], object]
    metavar: str
    summary: str

    @property
    def flag(self) -> str:
        """The option as typed: ``--learning-rate``."""
        return "--" + self.field.replace("_", "-")


def _whole(word: str) -> int:
    try:
        return int(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not a whole number") from None


def _number(word: str) -> float:
    try:
        return float(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number") from None


def _batch(word: str) -> int | str:
    if word == "full":
        return word
    try:
        return int(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is neither a whole number nor full") from None


def _names(word: str) -> tuple[str, ...]:
    """Names between commas; one that holds a comma is quoted as in a CSV file."""
    names = tuple(
        name.strip() for name in next(csv.reader([word], skipinitialspace=True), list[str]())
    )
    if not names or not all(names):
        raise argparse.ArgumentTypeError(f"{word!r} is not a list of names such as a,b,c")
    return names


def _one_of(rows: Iterable[str]) -> str:
    return "|".join(rows)


DATA_OPTIONS = (
    RunOption("features", _names, "a,b,c", "columns to learn from (default: all that can be)"),
    RunOption(
        "task", str, "binary|multiclass|regression", "what to learn (default: the target says)"
    ),
    RunOption("scaling", str, _one_of(SCALINGS), "how features are scaled (default standardize)"),
    RunOption("degree", _whole, "N", "products of features up to this degree (default 1)"),
    RunOption(
        "missing",
        str,
        _one_of(MISSING),
        "rows with a missing cell, or its fill (default leave_out)",
    ),
    RunOption("validation", _number, "SHARE", "share of rows kept for validation (default 0)"),
)

TRAINING_OPTIONS = (
    RunOption("activation", str, _one_of(ACTIVATIONS), "default sigmoid, softmax or identity"),
    RunOption("loss", str, _one_of(LOSSES), "default cross_entropy, or quadratic for identity"),
    RunOption("optimizer", str, _one_of(OPTIMIZERS), "default gd"),
    RunOption("learning_rate", _number, "R", "default half the largest stable rate"),
    RunOption("momentum", _number, "M", "of momentum and nesterov (default 0.9)"),
    RunOption("schedule", str, _one_of(SCHEDULES), "how the rate falls (default constant)"),
    RunOption("batch_size", _batch, "N|full", "rows per update (default full)"),
    RunOption("epochs", _whole, "N", "passes over the data (default 1000)"),
    RunOption("l1", _number, "R", "penalty on the sum of |W| (default 0)"),
    RunOption("l2", _number, "R", "penalty on half the sum of W² (default 0)"),
    RunOption("initializer", str, _one_of(INITIALIZERS), "the first weights (default zeros)"),
    RunOption("class_weights", str, "none|balanced", "balanced: rare classes count as much"),
    RunOption("seed", _whole, "N", "of the split, the first weights and the order (default 0)"),
    RunOption("clip_norm", _number, "R", "largest norm of a gradient"),
    RunOption("stop_loss", _number, "R", "stop at this training loss"),
    RunOption("stop_gradient", _number, "R", "stop at this gradient norm"),
    RunOption("stop_seconds", _number, "R", "stop after this time"),
    RunOption("patience", _whole, "N", "stop after N epochs without a better validation loss"),
)

FLAGS: Mapping[str, str] = MappingProxyType(
    {option.field: option.flag for option in (*DATA_OPTIONS, *TRAINING_OPTIONS)}
    | {"bias": "--no-bias", "sine": "--sine", "target": "--target", "output": "--output"}
    | {"points": "--points", "rows": "--rows"}
)
"""The option that sets each field, for errors that name a field."""


def add_target(parser: argparse.ArgumentParser) -> None:
    """Add ``--target``."""
    parser.add_argument("--target", metavar="COLUMN", help="the column to learn")


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """Add every run option; what is not given stays out of the result."""
    for title, options in (("data", DATA_OPTIONS), ("training", TRAINING_OPTIONS)):
        group = parser.add_argument_group(title)
        for option in options:
            group.add_argument(
                option.flag,
                type=option.convert,
                metavar=option.metavar,
                help=option.summary,
                default=argparse.SUPPRESS,
            )
    parser.add_argument(
        "--sine",
        action="store_true",
        default=argparse.SUPPRESS,
        help="add a sine of each feature of numbers",
    )
    parser.add_argument(
        "--no-bias",
        dest="bias",
        action="store_false",
        default=argparse.SUPPRESS,
        help="learn no bias",
    )


def add_check_options(parser: argparse.ArgumentParser) -> None:
    """Add what says which gradient is checked, and on which data."""
    pair = [row for row in TRAINING_OPTIONS if row.field in ("activation", "loss", "l1", "l2")]
    other = [row for row in TRAINING_OPTIONS if row.field == "seed"]
    for option in (*pair, *(row for row in DATA_OPTIONS if row.field != "validation"), *other):
        parser.add_argument(
            option.flag,
            type=option.convert,
            metavar=option.metavar,
            help=option.summary,
            default=argparse.SUPPRESS,
        )
    parser.add_argument("--no-bias", dest="bias", action="store_false", help="there is no bias")
    parser.add_argument(
        "--convention",
        choices=("rows", "columns"),
        default="rows",
        help="where the formula has its samples: rows of X (default) or columns",
    )
    parser.add_argument(
        "--points", metavar="N", type=_whole, default=3, help="points to check at (default 3)"
    )
    parser.add_argument("--rows", metavar="N", type=_whole, help="samples at most (default 2000)")


def training_config(options: Mapping[str, Any]) -> TrainingConfig:
    """The training settings in ``options``; ConfigError names the field that is wrong."""
    fields = [option.field for option in TRAINING_OPTIONS] + ["bias"]
    return TrainingConfig(**{name: options[name] for name in fields if name in options})


def data_options(options: Mapping[str, Any]) -> DataOptions:
    """The choices about the data in ``options``."""
    fields = ["target", "seed", "sine", *(option.field for option in DATA_OPTIONS)]
    return DataOptions(**{name: options[name] for name in fields if name in options})
