"""Missing cells: the rows they cost, or what is put in their place, and what is said about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slp_core.arrays import Bools, Floats, Ints
from slp_core.data.features import Feature, counted, finite_cells, gaps_in, lines_text
from slp_core.data.inputs import Source
from slp_core.data.preprocessing import Preparation
from slp_core.data.scaling import mean_and_deviation
from slp_core.data.table import Column, Table
from slp_core.errors import ConfigError, DataError


@dataclass(frozen=True, slots=True)
class Missing:
    """What becomes of missing cells.

    ``measure`` takes the values (n,) of one feature that are there in the **training** rows and
    gives what is put in place of the others; None where their rows are left out instead.
    """

    key: str
    label: str
    summary: str
    measure: Callable[[Floats], float] | None


def _mean(values: Floats) -> float:
    return mean_and_deviation(values)[0]


def _median(values: Floats) -> float:
    wide = values.astype(np.float64)
    with np.errstate(over="ignore"):  # the two in the middle are added
        median = float(np.median(wide))
    return median if np.isfinite(median) else 2.0 * float(np.median(wide / 2.0))


_ROWS = (
    Missing("leave_out", "Leave out row", "A row with a missing cell is not used.", None),
    Missing(
        "mean",
        "Fill: mean",
        "A missing number is the mean of the training rows, a missing text the most frequent one.",
        _mean,
    ),
    Missing(
        "median",
        "Fill: median",
        "A missing number is the median of the training rows, a missing text the most frequent"
        " one.",
        _median,
    ),
)

MISSING: Mapping[str, Missing] = MappingProxyType({row.key: row for row in _ROWS})


def missing_rule(key: str) -> Missing:
    """The rule called ``key``; ConfigError lists those that exist."""
    try:
        return MISSING[key]
    except KeyError:
        raise ConfigError(
            f"There is no way called {key!r} to treat missing cells.",
            field="missing",
            value=key,
            allowed=tuple(MISSING),
        ) from None


def fills_of(sources: Sequence[Source], train: Ints, rule: Missing) -> list[float | None]:
    """What each feature takes for a missing cell, measured where training rows have one.

    A column without gaps gets a fill as well: the next file may have some.

    Raises
    ------
    DataError
        No training row has a value.
    """
    if rule.measure is None:
        return [None] * len(sources)
    present = [_present(source, train) for source in sources]
    most = _most_frequent(sources, present)
    fills: list[float | None] = []
    for place, (source, values) in enumerate(zip(sources, present, strict=True)):
        feature = source.feature
        if not values.size:
            raise _nothing_to_fill_from(feature)
        named = feature.category is not None
        fills.append(float(most[feature.column] == place) if named else rule.measure(values))
    return fills


def _most_frequent(sources: Sequence[Source], present: Sequence[Floats]) -> dict[str, int]:
    """For each column of texts the place of its most frequent category; −1: a truth value's no."""
    counts: dict[str, list[tuple[int, int]]] = {}
    for place, (source, values) in enumerate(zip(sources, present, strict=True)):
        feature = source.feature
        if feature.category is None:
            continue
        count = int(values.sum())
        counts.setdefault(feature.column, []).append((count, place))
        if feature.name == feature.column:  # a truth value: one feature for two answers
            counts[feature.column].append((values.size - count, -1))
    return {column: max(found, key=lambda pair: pair[0])[1] for column, found in counts.items()}


def _nothing_to_fill_from(feature: Feature) -> DataError:
    return DataError(
        f"{feature.column!r} has no value in the training rows to fill the others from.",
        code="data.nothing_to_fill_from",
        column=feature.column,
        hint="Leave the column out, or hold out fewer rows.",
    )


def _present(source: Source, rows: Ints) -> Floats:
    """The cells that are there, at ``rows``."""
    cells = source.cells[rows]
    return cells if source.gaps is None else cells[~source.gaps[rows]]


def usable_rows(table: Table, usable: Bools) -> Ints:
    """The rows that can be used, of (rows,) whether each can.

    Raises
    ------
    DataError
        There is none.
    """
    rows = np.flatnonzero(usable)
    if not rows.size:
        raise DataError(
            f"{table.name} has no row in which every chosen column has a value.",
            code="data.no_rows",
            path=table.path,
            hint="Leave out the columns with many missing cells, or choose another target.",
        )
    return rows


def total_notes(table: Table, rows: Ints, unknown: bool = False) -> list[str]:
    """How many rows are used, if not all; ``unknown``: some hold texts not known before."""
    left_out = table.rows - rows.size
    if not left_out:
        return []
    used, out = ("is" if count == 1 else "are" for count in (rows.size, left_out))
    return [
        f"{rows.size} of {table.rows} rows {used} used;"
        f" {left_out} {out} left out because a cell is missing"
        f"{' or not known from before' if unknown else ''}."
    ]


def gap_notes(table: Table, preparation: Preparation, missing: str, target: Column) -> list[str]:
    """A sentence about each column that is used and has missing cells; the target comes last."""
    notes: list[str] = []
    for name in preparation.columns:
        gaps = gaps_in(table.column(name))
        if gaps is not None:
            places = np.flatnonzero(gaps)
            cells, lines = counted(places.size, "cell"), lines_text(table, places)
            filled = fill_text([f for f in preparation.features if f.column == name], missing)
            notes.append(
                f"{name}: {cells} missing ({lines}){filled and f', filled with {filled}'}."
            )
    gaps = np.flatnonzero(~finite_cells(target))
    if gaps.size:
        count, lines = counted(gaps.size, "row"), lines_text(table, gaps)
        notes.append(f"{target.name}: the target is missing in {count} ({lines}).")
    return notes


def fill_text(features: Sequence[Feature], missing: str) -> str:
    """What the missing cells of a column become, as in ``5.84, the mean ...``; "" if nothing."""
    first = features[0]
    if first.fill is None:
        return ""
    if first.category is None:
        return f"{first.fill:.6g}, the {missing} of the training rows"
    chosen = [f"{feature.category!r}" for feature in features if feature.fill]
    word = chosen[0] if chosen else f"not {first.category!r}"
    return f"{word}, the most frequent of the training rows"
