"""Single fields of a lesson: each is checked, and what is wrong with it is told with its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from app.lessons.lesson import Selected
from slp_core.errors import DataError
from slp_core.insight.formula.axes import Convention

MOST_LETTERS = 2_000
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a lesson something is: ``steps[2].settings``. Reads what is there."""

    name: str

    def __truediv__(self, field: str) -> Place:
        return Place(f"{self.name}.{field}" if self.name else field)

    def __getitem__(self, number: int) -> Place:
        return Place(f"{self.name}[{number}]")

    def wrong(self, problem: str, value: object = None) -> DataError:
        """An error that tells the place, what is wrong there, and what was given."""
        given = "" if value is None else f", not {_short(value)}"
        return DataError(f"{self.name or 'lesson'}: {problem}{given}.", code="lesson.field")

    def mapping(self, value: object) -> Mapping[str, Any]:
        """A JSON object."""
        if not isinstance(value, dict):
            raise self.wrong("must be an object in braces", value)
        return cast("dict[str, Any]", value)

    def rows(self, value: object, most: int) -> Sequence[Any]:
        """A JSON list."""
        if not isinstance(value, list):
            raise self.wrong("must be a list in square brackets", value)
        rows = cast("list[Any]", value)
        if len(rows) > most:
            raise self.wrong(f"at most {most} are allowed", len(rows))
        return rows

    def text(self, value: object, *, empty: bool = False) -> str:
        """A text, its white space as one reads it."""
        if not isinstance(value, str) or not (empty or value.strip()):
            raise self.wrong("must be a text", value)
        if len(value) > MOST_LETTERS:
            raise self.wrong(f"at most {MOST_LETTERS:,} letters are allowed", len(value))
        return value.strip()

    def texts(self, value: object) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self[n].text(row) for n, row in enumerate(self.rows(value, MOST_ROWS)))

    def switch(self, value: object) -> bool:
        """True or false."""
        if not isinstance(value, bool):
            raise self.wrong("must be true or false", value)
        return value

    def whole(self, value: object, low: int, high: int) -> int:
        """A whole number."""
        good = isinstance(value, int) and not isinstance(value, bool)
        if not good or not low <= cast(int, value) <= high:
            raise self.wrong(f"must be a whole number from {low:,} to {high:,}", value)
        return cast(int, value)

    def number(self, value: object, low: float, high: float) -> float:
        """A number."""
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not low <= cast(float, value) <= high:
            raise self.wrong(f"must be a number from {low:g} to {high:g}", value)
        return float(cast(float, value))

    def one_of(self, value: object, allowed: Collection[str]) -> str:
        """One of a few words."""
        if not isinstance(value, str) or value not in allowed:
            raise self.wrong(f"must be one of {', '.join(allowed)}", value)
        return value

    def known(self, value: object, allowed: Collection[str]) -> Mapping[str, Any]:
        """A JSON object without any other fields than these."""
        found = self.mapping(value)
        for field in found:
            if field not in allowed:
                raise (self / field).wrong(f"no such field; allowed are {', '.join(allowed)}")
        return found

    def convention(self, value: object, usual: Convention) -> Convention:
        """Where samples are, in a formula."""
        if value is None:
            return usual
        return cast(Convention, self.one_of(value, ("rows", "columns")))

    def selected(self, value: object) -> Selected:
        """Rows to select."""
        if isinstance(value, list):
            rows = self.rows(cast(object, value), MOST_ROWS)
            return tuple(self[n].whole(row, 0, 2**31) for n, row in enumerate(rows))
        if value in ("", "worst"):
            return "worst" if value else ""
        raise self.wrong('must be "worst" or a list of rows', value)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
