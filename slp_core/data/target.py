"""The target: which column it is, whether it is classes or a number, and how it is coded."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.data.features import categories_of, category_numbers, finite_cells, listed
from slp_core.data.scaling import low_and_span
from slp_core.data.table import Column, Table
from slp_core.errors import ConfigError, DataError

Task: TypeAlias = Literal["binary", "multiclass", "regression"]
TASKS: tuple[str, ...] = ("binary", "multiclass", "regression")

CLASS_NAMES = ("class", "target", "label", "species")
"""A column called so is the target unless another is named."""
GROUP_NAMES = ("group", "category", "kind", "type")
"""Names of classes beside points x and y; elsewhere they are as often a feature."""
MOST_LIKELY_CLASSES = 20
"""A text column with more different texts is not guessed to be the classes of points."""
MOST_NUMBER_CLASSES = 10
"""A numeric target with more different values than this is predicted as a number."""
MOST_CLASSES = 1000
_FEWEST_ROWS = 6
"""Tables of fewer rows are examples made by hand, such as a point of each class."""
_ROWS_PER_CLASS = 2


@dataclass(frozen=True, slots=True)
class Target:
    """The coded target of the rows that were asked for.

    ``labels`` (n,) index ``classes`` (empty in regression), ``values`` (n,) are the numbers of a
    regression (empty otherwise).
    """

    task: Task
    classes: tuple[str, ...]
    labels: Ints
    values: Float64s


def likely_targets(table: Table, features: Sequence[str] | None) -> list[Column]:
    """Columns that may be the target where none is named, the likeliest first.

    Usual names come first, then the others from the last column backwards. A column called y is
    put behind a column of classes beside it where it is the coordinate next to an x.
    """
    taken = frozenset(features or ())
    usable = [
        column
        for column in table.columns
        if column.kind not in ("empty", "date") and column.name not in taken
    ]
    by_name = {column.name.casefold(): column for column in reversed(usable)}
    named = [by_name[name] for name in CLASS_NAMES if name in by_name]
    y = [by_name["y"]] if "y" in by_name else []
    beside = _classes_beside(table, usable) if y and not _is_class_like(y[0]) else []
    ordered = [*named, *beside, *y, *reversed(usable)]
    return list({id(column): column for column in ordered}.values())


def _classes_beside(table: Table, usable: Sequence[Column]) -> list[Column]:
    """The columns of classes in a table of points x and y, the likeliest first."""
    names = [name.casefold() for name in table.names]
    if "x" not in names:
        return []
    # A few whole numbers are classes behind the point (x, y, 0), but an input before it (x, 0, y).
    behind = table.names[names.index("y") :]
    found = [
        column
        for column in reversed(usable)
        if column.name.casefold() not in ("x", "y")
        and _is_class_like(column)
        and (column.numbers is None or _is_group(column) or column.name in behind)
    ]
    return sorted(found, key=lambda column: (not _is_group(column), column.numbers is not None))


def _is_group(column: Column) -> bool:
    return column.name.casefold() in GROUP_NAMES


def _is_class_like(column: Column) -> bool:
    """Whether few different cells come again and again."""
    if column.numbers is None:
        different = len(categories_of(column))
        return 2 <= different <= MOST_LIKELY_CLASSES and different < len(column) - column.missing
    values = column.numbers[finite_cells(column)]
    if not np.array_equal(values, np.floor(values)):
        return False
    return 2 <= np.unique(values).size <= min(MOST_NUMBER_CLASSES, values.size // 2)


def check_filled(table: Table, column: Column) -> None:
    """Refuse a target without a single value.

    Raises
    ------
    DataError
        Every cell is missing.
    """
    if column.missing == len(column) or not finite_cells(column).any():
        raise DataError(
            f"The target column {column.name!r} is empty.",
            code="data.empty_target",
            column=column.name,
            path=table.path,
            hint="Choose another target.",
        )


def thin_note(classes: int, rows: int) -> str:
    """A sentence where nearly every row is a class of its own; empty where all is well.

    It is learned all the same: whoever named the target may want just that.
    """
    if not classes or rows < _FEWEST_ROWS or classes * _ROWS_PER_CLASS <= rows:
        return ""
    return f"{classes:,} classes in {rows:,} rows: hardly any class has rows to learn from."


def code_target(table: Table, column: Column, rows: Ints | slice, task: str | None) -> Target:
    """Classes or numbers of the target at ``rows``, where it is never missing.

    Raises
    ------
    DataError
        Fewer than two classes, as many as rows, too many, or a number that never changes.
    ConfigError
        ``task`` does not exist or does not suit the column.
    """
    if task is not None and task not in TASKS:
        raise ConfigError(
            f"There is no task called {task!r}.", field="task", value=task, allowed=TASKS
        )
    numbers = None if column.numbers is None else column.numbers[rows]
    if task == "regression" and numbers is None:
        raise ConfigError(
            f"The target {column.name!r} holds {column.kind}, not numbers, so it has no "
            "regression.",
            field="task",
            value=task,
            allowed=("binary", "multiclass"),
        )
    if numbers is not None and (task == "regression" or (task is None and _is_quantity(numbers))):
        return _regression(table, column, numbers)
    if numbers is None:
        classes, labels = _by_text(table, column, rows)
    else:
        classes, labels = _by_value(table, column, numbers)
    if task == "binary" and len(classes) > 2:
        raise ConfigError(
            f"The target {column.name!r} has {len(classes)} classes, not two.",
            field="task",
            value=task,
            allowed=("multiclass",),
        )
    kind: Task = "binary" if len(classes) == 2 else "multiclass"
    return Target(kind, classes, labels, np.empty(0))


def code_again(
    table: Table, column: Column, rows: Ints, task: Task, classes: Sequence[str]
) -> Target:
    """The target at ``rows`` of an edited table; new classes follow the known ones.

    Raises
    ------
    DataError
        Fewer than two classes are left, there are too many, or a number never changes.
    """
    if task == "regression":
        if column.numbers is None:
            raise DataError(
                f"The target {column.name!r} holds {column.kind}, not numbers.",
                code="data.not_numbers",
                column=column.name,
                path=table.path,
            )
        return _regression(table, column, column.numbers[rows])
    texts, numbers = _coded(column, rows)
    fold: Callable[[str], str] = str.casefold if column.kind == "bool" else str
    present = {fold(text): text for text in reversed(_present(texts, numbers))}
    known = [text for text in classes if fold(text) in present]
    old = {fold(text) for text in known}
    new = sorted((text for key, text in present.items() if key not in old), key=natural_key)
    found = (*known, *new)
    if not 2 <= len(found) <= MOST_CLASSES:
        _check_classes(table, column, found[:5], len(found), rows.size)
    place = {fold(text): index for index, text in enumerate(found)}
    labels = np.array([place.get(fold(text), -1) for text in texts])[numbers]
    return Target("binary" if len(found) == 2 else "multiclass", found, labels, np.empty(0))


def _coded(column: Column, rows: Ints) -> tuple[tuple[str, ...], Ints]:
    """The texts a column has, and which of them (n,) stands at each of the rows."""
    if column.numbers is None:
        return column.distinct, category_numbers(column, column.distinct)[rows]
    different, numbers = np.unique(column.numbers[rows], return_inverse=True)
    return _texts(different), numbers


def _is_quantity(values: Floats) -> bool:
    """Whether numbers measure something, rather than number the classes."""
    if not np.array_equal(values, np.floor(values)):
        return True
    different = np.unique(values).size
    return different > MOST_NUMBER_CLASSES or different == values.size > 2


def _regression(table: Table, column: Column, values: Floats) -> Target:
    values = values.astype(np.float64)
    if low_and_span(values)[1] == 0.0:
        raise DataError(
            f"The target {column.name!r} is {values[0]:g} in every row: there is nothing to learn.",
            code="data.constant_target",
            column=column.name,
            path=table.path,
            hint="Choose another target.",
        )
    return Target("regression", (), np.empty(0, dtype=np.int64), values)


def _by_value(table: Table, column: Column, values: Floats) -> tuple[tuple[str, ...], Ints]:
    different, labels = np.unique(values, return_inverse=True)
    _check_classes(table, column, _texts(different[:5]), different.size, values.size)
    return _texts(different), labels.astype(np.int64)


def _texts(values: Floats) -> tuple[str, ...]:
    return tuple(str(text) for text in Column.of_numbers("", values).texts())


def _by_text(table: Table, column: Column, rows: Ints | slice) -> tuple[tuple[str, ...], Ints]:
    """Classes that occur in the rows, in natural order, and each row's class number."""
    numbers = category_numbers(column, categories_of(column))[rows]
    present = _present(categories_of(column), numbers)
    _check_classes(table, column, present[:5], len(present), numbers.size)
    classes = tuple(sorted(present, key=natural_key))
    return classes, category_numbers(column, classes)[rows]


def _present(names: Sequence[str], numbers: Ints) -> list[str]:
    """The names whose place is among the numbers."""
    counts = np.bincount(numbers, minlength=len(names))
    return [name for name, count in zip(names, counts.tolist(), strict=True) if count]


def natural_key(text: str) -> tuple[int, float, list[tuple[int, str]], str]:
    """Sorts numbers by value, then texts with the numbers inside them by value (a2 before a10)."""
    try:
        value = float(text)
    except ValueError:
        value = np.nan
    if np.isfinite(value):
        return 0, value, [], text
    parts = re.split(r"([0-9]+)", text.casefold())
    # Numbers inside a text by length, then digits: int() refuses more than 4300 of them.
    parts[1::2] = [part.lstrip("0") for part in parts[1::2]]
    inside = [(len(part) if place % 2 else 0, part) for place, part in enumerate(parts)]
    return 1, 0.0, inside, text


def _check_classes(
    table: Table, column: Column, first: Sequence[str], count: int, rows: int
) -> None:
    named = listed((repr(text) for text in first), count)
    if count < 2:
        message, code = f"has only one class, {named}", "data.one_class"
        hint = "At least two classes are needed: choose another target."
    elif count == rows > 2:
        message, code = f"has a class for every row ({named})", "data.class_per_row"
        hint = "It looks like a name or a number of the row: choose another target."
    elif count > MOST_CLASSES:
        message, code = f"has {count} classes ({named})", "data.too_many_classes"
        hint = f"At most {MOST_CLASSES} classes are possible: choose another target."
    else:
        return
    raise DataError(
        f"The target {column.name!r} {message}.",
        code=code,
        column=column.name,
        path=table.path,
        hint=hint,
    )
