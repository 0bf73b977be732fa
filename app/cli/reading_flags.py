"""The options that say how a file is written, where the reader would judge otherwise."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from app.origins import FileOrigin, Origin, origin_from
from slp_core.data.reading_options import ReadingOptions
from slp_core.errors import ConfigError

# (field, metavar, help); an empty word means that there is no such sign.
_SIGNS = (
    ("encoding", "NAME", "such as utf-8, cp1252 or utf-16"),
    ("delimiter", "SIGN", "between cells: , ; | tab space"),
    ("decimal", "SIGN", "decimal mark: . or ,"),
    ("thousands", "SIGN", 'sign between groups of digits, "" for none'),
    ("quote", "SIGN", 'sign around cells, "" for none'),
    ("comment", "SIGN", 'sign that begins a comment, "" for none'),
)
_SIGN_FIELDS = tuple(field for field, _, _ in _SIGNS)

FLAGS: Mapping[str, str] = MappingProxyType(
    {field: f"--{field}" for field in (*_SIGN_FIELDS, "skip")}
    | {"header": "--no-header", "kinds": "--kind"}
)
"""The option that sets each field, for errors that name a field."""


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of reading; what is not given stays out of the result."""
    group = parser.add_argument_group("how the file is written (default: as the reader judges)")
    for field, metavar, summary in _SIGNS:
        _add(group, f"--{field}", metavar=metavar, help=summary)
    _add(group, "--skip", metavar="N", type=_count, help="lines to pass over at the top")
    _add(group, "--header", action="store_true", help="the first line gives the names")
    _add(group, "--no-header", dest="header", action="store_false", help="the first line is a row")
    _add(group, "--missing-words", metavar="A,B", type=_words, help="cells that count as missing")
    _add(
        group,
        "--kind",
        dest="kinds",
        metavar="COLUMN=KIND",
        type=_kind,
        action="append",
        help="number or text, for one column; may be given several times",
    )


def told_origin(options: Mapping[str, Any]) -> Origin:
    """The source in ``options``, with how it is to be read.

    Raises
    ------
    ConfigError
        A built-in set was given options of reading.
    """
    origin, reading = origin_from(options["source"]), reading_options(options)
    if isinstance(origin, FileOrigin):
        return replace(origin, reading=reading)
    if reading != ReadingOptions():
        raise ConfigError(
            "a built-in set is not read from a file",
            field=next(iter(reading.as_dict())),
            hint="Leave out the options that say how the file is written.",
        )
    return origin


def reading_options(options: Mapping[str, Any]) -> ReadingOptions:
    """What ``options`` say about reading."""
    told = {name: options[name] for name in (*_SIGN_FIELDS, "skip", "header") if name in options}
    return ReadingOptions(
        **told, missing=options.get("missing_words"), kinds=tuple(options.get("kinds", ()))
    )


def _add(group: argparse._ArgumentGroup, flag: str, **how: Any) -> None:  # pyright: ignore[reportPrivateUsage] - argparse has no public name for it
    group.add_argument(flag, default=argparse.SUPPRESS, **how)


def _count(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is not a number of lines")
    return int(word)


def _words(word: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in word.split(","))


def _kind(word: str) -> tuple[str, str]:
    name, equals, kind = word.rpartition("=")
    if not equals or not name:
        raise argparse.ArgumentTypeError(f"{word!r} is not like size=number")
    return name, kind
