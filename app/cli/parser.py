"""The words of the command line: one parser for each command, and one for the window."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from app.cli.console import PROGRAM
from app.cli.reading_flags import add_reading_options
from app.cli.run_options import add_check_options, add_run_options, add_target

COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "train": "train without a window",
        "predict": "predict the rows of a file with saved weights",
        "inspect": "show what the reader sees in a file",
        "check": "check a gradient that you derived",
    }
)

_SOURCE_HELP = "a CSV file, or sample:NAME for a built-in set (sample:iris)"


class UsageError(Exception):
    """The words of a command line do not fit together; ``usage`` shows how they would."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class Parser(argparse.ArgumentParser):
    """argparse that raises instead of writing, and that guesses what a misspelt option meant."""

    def error(self, message: str) -> NoReturn:
        usage = f"{self.format_usage()}{self.prog} --help explains them"
        raise UsageError(message + self._guess(message), usage)

    def _guess(self, message: str) -> str:
        unknown = re.match(r"unrecognized arguments: (--[\w-]+)", message)
        if not unknown:
            return ""
        known = [word for action in self._actions for word in action.option_strings]
        close = difflib.get_close_matches(unknown[1], known, n=1)
        return f" (did you mean {close[0]}?)" if close else ""


def parse(words: Sequence[str]) -> dict[str, Any]:
    """The options in ``words``; ``command`` is ``window`` or a key of `COMMANDS`.

    Raises
    ------
    UsageError
        The words do not fit together.
    SystemExit
        Help or the version was asked for and has been printed.
    """
    if words and words[0] in _BUILDERS:
        parser, rest = _BUILDERS[words[0]](), list(words[1:])
        return {"command": words[0], **vars(parser.parse_args(rest))}
    return {"command": "window", **vars(_window().parse_args(list(words)))}


def _parser(command: str, words: str, description: str, **more: Any) -> Parser:
    name = f"{PROGRAM} {command}".strip()
    # Spelt out: argparse would list every run option, twenty lines of them under each error.
    usage = f"{name} {words}"
    return Parser(prog=name, usage=usage, description=description, allow_abbrev=False, **more)


def _window() -> Parser:
    commands = "\n".join(f"  {PROGRAM} {key:<9} {what}" for key, what in COMMANDS.items())
    parser = _parser(
        "",
        "[DATA.csv] [--target COLUMN] [--play] [options of the run]",
        "Opens the window: see, check and understand how a one-layer network learns.",
        epilog=f"Without a window (each with its own --help):\n{commands}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", metavar="DATA.csv", nargs="?", help=_SOURCE_HELP)
    parser.add_argument("--version", action="version", version=_version())
    add_target(parser)
    parser.add_argument("--play", action="store_true", help="start training at once")
    parser.add_argument(
        "--screenshot", metavar="FILE.png", type=Path, help="save a picture of the window and exit"
    )
    parser.add_argument(
        "--after", metavar="SECONDS", type=_wait, help="how long to wait before the picture"
    )
    parser.add_argument("--size", metavar="1440x900", type=_size, help="size of the window")
    add_reading_options(parser)
    add_run_options(parser)
    return parser


def _train() -> Parser:
    parser = _parser(
        "train",
        "DATA.csv --target COLUMN [--output WEIGHTS] [--json] [options of the run]",
        "Trains without a window and prints how it went.",
    )
    parser.add_argument("source", metavar="DATA.csv", help=_SOURCE_HELP)
    add_target(parser)
    parser.add_argument(
        "--output",
        metavar="WEIGHTS",
        type=Path,
        help="write the weights; the ending says how: .json, .npz, .csv, .py",
    )
    parser.add_argument(
        "--history", metavar="FILE.csv", type=Path, help="write the curves as a table"
    )
    parser.add_argument(
        "--picture", metavar="FILE.png", type=Path, help="draw the decision view into a file"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_reading_options(parser)
    add_run_options(parser)
    return parser


def _predict() -> Parser:
    parser = _parser(
        "predict",
        "WEIGHTS DATA.csv [--output FILE.csv]",
        "Predicts every row of a file, in the order of the file.",
    )
    parser.add_argument("weights", metavar="WEIGHTS", type=Path, help="a .json or .npz of train")
    parser.add_argument("source", metavar="DATA.csv", help=_SOURCE_HELP)
    parser.add_argument(
        "--output", metavar="FILE.csv", type=Path, help="write there instead of printing"
    )
    add_reading_options(parser)
    return parser


def _inspect() -> Parser:
    parser = _parser(
        "inspect",
        "DATA.csv [--json] [options of reading]",
        "Shows what the reader sees in a file, and every problem in it.",
    )
    parser.add_argument("source", metavar="DATA.csv", help=_SOURCE_HELP)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_reading_options(parser)
    return parser


def _check() -> Parser:
    parser = _parser(
        "check",
        "FORMULA.txt [DATA.csv --target COLUMN] --activation A --loss L [--json]",
        "Checks a gradient that you derived, and names the mistake in it.",
        epilog=_CHECK_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("formula", metavar="FORMULA.txt", type=Path, help="the gradient, as text")
    parser.add_argument("source", metavar="DATA.csv", nargs="?", help=_SOURCE_HELP)
    add_target(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_check_options(parser)
    add_reading_options(parser)
    return parser


_CHECK_EPILOG = """The file holds assignments whose results are dW and db, for example:
  E = (Z - Y) * dsigmoid(V)
  dW = X.T @ E / N
  db = mean(E, axis=0)
Given are X, Y, W, b, V, Z, N, M, K, l1, l2. Without data, random numbers are used."""
_BUILDERS = MappingProxyType(
    {"train": _train, "predict": _predict, "inspect": _inspect, "check": _check}
)


def _version() -> str:
    return f"{PROGRAM} {metadata.version(PROGRAM)}"


def _wait(word: str) -> float:
    try:
        seconds = float(word)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds <= 86_400.0:
        raise argparse.ArgumentTypeError(f"{word!r} is not a number of seconds from 0 to 86400")
    return seconds


def _size(word: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{2,5})[x×X](\d{2,5})", word)
    size = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(100 <= side <= 16_384 for side in size):
        raise argparse.ArgumentTypeError(
            f"{word!r} is not a size like 1440x900, each from 100 to 16384"
        )
    return size
