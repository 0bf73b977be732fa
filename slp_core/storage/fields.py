"""Reading untrusted values one field at a time, with the place named when one is wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s
from slp_core.errors import DataError

Value = TypeVar("Value")
_LONGEST_SHOWN = 60


class Fields:
    """The fields of one object in a file.

    Every reading method takes a field's name and gives a value of the asked kind, or raises
    DataError with the field's place, such as ``features[2].scale``.
    """

    def __init__(self, values: Mapping[str, Any], path: Path, place: str = "") -> None:
        self._values = values
        self._path = path
        self._place = place

    def wrong(self, name: str, problem: str) -> DataError:
        """The error that says what is wrong with a field."""
        place = f"{self._place}.{name}" if self._place else name
        return DataError(
            f"{self._path.name}: {place} {problem}.",
            code="weights.field",
            path=self._path,
            column=place,
            hint="The file is damaged or was made by something else: export the weights again.",
        )

    def value(self, name: str) -> object:
        """Whatever the field holds; it must be there."""
        if name not in self._values:
            raise self.wrong(name, "is missing")
        return self._values[name]

    def text(self, name: str) -> str:
        """A text."""
        value = self.value(name)
        if not isinstance(value, str):
            raise self.wrong(name, f"must be a text, not {_shown(value)}")
        return value

    def optional_text(self, name: str) -> str | None:
        """A text, or None where the field is missing or null."""
        return self.text(name) if self._values.get(name) is not None else None

    def one_of(self, name: str, allowed: Iterable[str]) -> str:
        """One of some texts."""
        value = self.text(name)
        keys = tuple(allowed)
        if value not in keys:
            raise self.wrong(name, f"is {_shown(value)}; known are {', '.join(keys)}")
        return value

    def whole(self, name: str, low: int, high: int) -> int:
        """A whole number from low to high."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.wrong(
                name, f"must be a whole number from {low} to {high}, not {_shown(value)}"
            )
        return value

    def number(self, name: str) -> float:
        """A finite number."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(name, f"must be a number, not {_shown(value)}")
        if not abs(value) <= sys.float_info.max:  # a whole number may be larger than any float
            raise self.wrong(name, f"must be a finite number, not {_shown(value)}")
        return float(value)

    def optional_number(self, name: str) -> float | None:
        """A finite number, or None where the field is missing or null."""
        return self.number(name) if self._values.get(name) is not None else None

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; null stands for none."""
        value = self.value(name)
        values = self._list(name, [] if value is None else value)
        for index, entry in enumerate(values):
            if not isinstance(entry, str):
                raise self.wrong(f"{name}[{index}]", f"must be a text, not {_shown(entry)}")
        return tuple(cast("list[str]", values))

    def optional_texts(self, name: str) -> tuple[str, ...] | None:
        """A list of texts, or None where the field is missing or null."""
        return self.texts(name) if self._values.get(name) is not None else None

    def objects(self, name: str, read: Callable[[Fields], Value]) -> tuple[Value, ...]:
        """A list of objects, each read by ``read``."""
        found: list[Value] = []
        for index, value in enumerate(self._list(name, self.value(name))):
            place = f"{name}[{index}]"
            if not isinstance(value, dict):
                raise self.wrong(place, f"must be an object, not {_shown(value)}")
            found.append(read(Fields(cast("dict[str, Any]", value), self._path, place)))
        return tuple(found)

    def mapping(self, name: str) -> dict[str, Any]:
        """An object as it is."""
        value = self.value(name)
        if not isinstance(value, dict):
            raise self.wrong(name, f"must be an object, not {_shown(value)}")
        return cast("dict[str, Any]", value)

    def array(self, name: str, shape: tuple[int, ...]) -> Float64s:
        """Finite numbers of exactly this shape, from nested lists or an array."""
        value = self.value(name)
        if isinstance(value, np.ndarray):
            array = self._numbers(name, cast("NDArray[Any]", value), shape)
        else:
            self._check_lists(name, value, shape)
            array = np.array(value, dtype=np.float64).reshape(shape)
        bad = np.argwhere(~np.isfinite(array))
        if bad.size:
            place = name + "".join(f"[{index}]" for index in bad[0])
            raise self.wrong(place, f"is {array[tuple(bad[0])]}, not a finite number")
        return array

    def _numbers(self, name: str, array: NDArray[Any], shape: tuple[int, ...]) -> Float64s:
        if array.dtype.kind not in "fiu":
            raise self.wrong(name, f"must be numbers, not of type {array.dtype}")
        if array.shape != shape:
            raise self.wrong(name, f"has the shape {array.shape} instead of {shape}")
        return array.astype(np.float64)

    def _check_lists(self, name: str, value: object, shape: tuple[int, ...]) -> None:
        """Check nested lists before NumPy sees them: it would take texts, and pad nothing."""
        if not shape:
            Fields({name: value}, self._path, self._place).number(name)
            return
        items = self._list(name, value)
        if len(items) != shape[0]:
            raise self.wrong(name, f"has {len(items)} entries instead of {shape[0]}")
        for index, item in enumerate(items):
            if len(shape) > 1 or not isinstance(item, float):
                self._check_lists(f"{name}[{index}]", item, shape[1:])

    def _list(self, name: str, value: object) -> Sequence[object]:
        if not isinstance(value, list | tuple):
            raise self.wrong(name, f"must be a list, not {_shown(value)}")
        return cast("Sequence[object]", value)


def _shown(value: object) -> str:
    """A value in an error message, cut where it is long."""
    if isinstance(value, dict | list | tuple | np.ndarray):
        kind = "an object" if isinstance(value, dict) else "a list"
        return kind if isinstance(value, dict | list | tuple) else "an array"
    if isinstance(value, int) and not -1e15 < value < 1e15:
        return "a number with very many digits"
    text = "null" if value is None else repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."
