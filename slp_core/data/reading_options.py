"""What a person settled about how a file is to be read: a value that can be kept and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias

from slp_core.data.numerals import DEFAULT_MISSING
from slp_core.errors import ConfigError

ColumnKind: TypeAlias = Literal["number", "text"]
COLUMN_KINDS: tuple[ColumnKind, ...] = ("number", "text")


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Decisions about a file; None means: judge by the file.

    ``thousands``, ``quote`` and ``comment`` may be "", which means that there is none. ``skip``
    counts lines from the top. ``missing`` lists the cells that count as missing beside the empty
    one. ``kinds`` are pairs of a column's name, as the table names it, and "number" or "text".
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    quote: str | None = None
    comment: str | None = None
    header: bool | None = None
    skip: int | None = None
    missing: tuple[str, ...] | None = None
    kinds: tuple[tuple[str, ColumnKind], ...] = ()

    @property
    def missing_cells(self) -> frozenset[str]:
        """What counts as missing, in any case the empty cell."""
        told = DEFAULT_MISSING if self.missing is None else frozenset(self.missing)
        return told | {""}

    def as_dict(self) -> dict[str, Any]:
        """What was decided, as JSON-able data; nothing for what was left to the reader."""
        told: dict[str, Any] = {name: getattr(self, name) for name in (*_TEXTS, "header", "skip")}
        told["missing"] = None if self.missing is None else list(self.missing)
        told["kinds"] = dict(self.kinds) or None
        return {name: value for name, value in told.items() if value is not None}

    @classmethod
    def from_dict(cls, mapping: Mapping[str, object]) -> ReadingOptions:
        """The options that `as_dict` gave.

        Raises
        ------
        ConfigError
            A field is unknown or its value is of the wrong type; ``field`` names it. Whether a
            sign can be used is checked when a file is read.
        """
        for name in mapping:
            if name not in _FIELDS:
                raise _refused(str(name), mapping[name], "it is no option of reading", _FIELDS)
        found: dict[str, Any] = {
            name: value for name, value in mapping.items() if value is not None
        }
        for name in _TEXTS:
            _require(found, name, str, "a text")
        _require(found, "header", bool, "true or false")
        if isinstance(found.get("skip"), bool):
            raise _refused("skip", found["skip"], "it must be a whole number")
        _require(found, "skip", int, "a whole number")
        if "missing" in found:
            found["missing"] = _texts(found["missing"])
        if "kinds" in found:
            found["kinds"] = _kinds(found["kinds"])
        return cls(**found)


_TEXTS = ("encoding", "delimiter", "decimal", "thousands", "quote", "comment")
_FIELDS = tuple(field.name for field in fields(ReadingOptions))


def _require(found: Mapping[str, object], name: str, kind: type, what: str) -> None:
    if name in found and not isinstance(found[name], kind):
        raise _refused(name, found[name], f"it must be {what}")


def _texts(value: object) -> tuple[str, ...]:
    texts = _items(value)
    if texts is None or not all(isinstance(text, str) for text in texts):
        raise _refused("missing", value, "it must be a list of texts")
    return tuple(str(text) for text in texts)


def _kinds(value: object) -> tuple[tuple[str, ColumnKind], ...]:
    mapping: Any = value
    if not isinstance(value, Mapping):
        raise _refused("kinds", value, "it must say a kind for each name of a column")
    kinds: list[tuple[str, ColumnKind]] = []
    for name, kind in mapping.items():
        if not isinstance(name, str) or kind not in COLUMN_KINDS:
            raise _refused("kinds", kind, f"column {name!r} cannot be of it", COLUMN_KINDS)
        kinds.append((name, kind))
    return tuple(kinds)


def _items(value: object) -> list[object] | None:
    items: Any = value
    return list(items) if isinstance(value, list | tuple) else None


def _refused(field: str, value: object, why: str, allowed: tuple[str, ...] = ()) -> ConfigError:
    return ConfigError(
        f"{field} cannot be {value!r}: {why}", field=field, value=value, allowed=allowed
    )
