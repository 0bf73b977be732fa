"""What the user settled about a file, checked before the file is touched."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from slp_core.data.reading_options import COLUMN_KINDS, ReadingOptions
from slp_core.errors import ConfigError

_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|"}
_FORBIDDEN = frozenset("\n\r\0\"'+-.0123456789\x1e\x1f")


def checked(options: ReadingOptions, dtype: object) -> ReadingOptions:
    """The options with names of separators replaced; `ConfigError` names what cannot be."""
    delimiter = _delimiter(options)
    _check_signs(options)
    if options.skip is not None and options.skip < 0:
        raise _refused("skip", options.skip, ("0", "1", "2"))
    if dtype not in (None, np.float32, np.float64):
        raise _refused("dtype", dtype, ("numpy.float64", "numpy.float32"))
    for _, kind in options.kinds:
        if kind not in COLUMN_KINDS:
            raise _refused("kinds", kind, COLUMN_KINDS)
    return replace(options, delimiter=delimiter)


def _delimiter(options: ReadingOptions) -> str | None:
    delimiter = options.delimiter
    if delimiter is not None:
        delimiter = _NAMES.get(delimiter.lower(), delimiter)
        one = len(delimiter) == 1 and delimiter.isascii() and delimiter not in _FORBIDDEN
        if not one or delimiter.isalpha():
            raise _refused("delimiter", options.delimiter, (",", ";", "tab", "|", "space"))
    return delimiter


def _check_signs(options: ReadingOptions) -> None:
    if options.decimal not in (None, ".", ","):
        raise _refused("decimal", options.decimal, (".", ","))
    if options.quote not in (None, "", '"', "'"):
        raise _refused("quote", options.quote, ('"', "'", ""))
    thousands = options.thousands
    if thousands and (len(thousands) != 1 or thousands.isalnum() or thousands == options.decimal):
        raise _refused("thousands", thousands, (",", ".", "'", " ", ""))
    if options.comment and (len(options.comment) > 8 or not options.comment.strip()):
        raise _refused("comment", options.comment, ("#", "%", "//", ""))


def _refused(field: str, value: object, allowed: tuple[str, ...]) -> ConfigError:
    shown = ", ".join(repr(each) for each in allowed)
    return ConfigError(
        f"{field} cannot be {value!r}",
        field=field,
        value=value,
        allowed=allowed,
        hint=f"Possible are for example {shown}.",
    )
