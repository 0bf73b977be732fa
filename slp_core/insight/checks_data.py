"""Checks of the data alone: cells, columns, classes, rows that are there twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.arrays import Float64s, Ints
from slp_core.insight.findings import MOST_ROWS, Finding, Fix, Level, changes
from slp_core.insight.floor import ErrorFloor, error_floor, same_rows

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.data.table import Column, Table

MANY: Final = 0.05
"""Share of rows or cells from which on it is worth a word of caution."""
MOSTLY: Final = 0.3
"""Share of a column's cells that may be missing and still be filled."""
MAJORITY: Final = 0.8
ALIKE: Final = 1.0 - 1e-12
LOOKED_AT: Final = 4_000_000
"""Numbers of the inputs that are looked at; of larger sets, every so-many-th row."""
_MOST_COLUMNS: Final = 400


def empty_cells(table: Table, dataset: Dataset) -> Finding | None:
    """P1: cells that are missing in a column in use, and the rows that cost."""
    used = {*dataset.preparation.columns, dataset.target}
    bad = [column for column in table.columns if column.name in used and column.missing]
    if not bad or not table.rows:
        return None
    bad.sort(key=lambda column: -column.missing)
    share = dataset.left_out / table.rows
    named = ", ".join(f"{column.name} {column.missing}" for column in bad[:5])
    more = " ..." if len(bad) > 5 else ""
    cost = f"which costs {dataset.left_out} of {table.rows} rows"
    if not dataset.left_out:
        cost = "which were filled"
    text = f"Cells are empty or not finite ({named}{more}), {cost}."
    level: Level = "caution" if share > MANY else "note"
    fix = _mend_cells(bad, table, dataset) if dataset.left_out else None
    return Finding("P1", level, text, fix, columns=tuple(column.name for column in bad))


def _mend_cells(bad: list[Column], table: Table, dataset: Dataset) -> Fix | None:
    """Leave out a column that is hardly there; fill the cells of others."""
    worst = bad[0]
    if worst.name == dataset.target:
        return None
    names = tuple(name for name in dataset.preparation.columns if name != worst.name)
    if worst.missing > MOSTLY * table.rows and names:
        return Fix(f"Leave out {worst.name}", changes(features=names), "data")
    return Fix("Fill with the mean", changes(missing="mean"), "data")


def numbers_as_text(table: Table) -> Finding | None:
    """P2: texts that are numbers once the decimal sign is the other one."""
    comma = table.dialect.decimal == ","
    found = [
        (column, share)
        for column in table.columns
        if column.kind == "text" and (share := _numeric_share(column, comma)) > 0.5
    ]
    if not found:
        return None
    column, share = found[0]
    sign, name = (".", "point") if comma else (",", "comma")
    text = (
        f"{column.name} was read as text, but {share:.0%} of its cells are numbers with a decimal "
        f"{name}."
    )
    fix = Fix(f"Read with a decimal {name}", changes(decimal=sign), "reading")
    return Finding("P2", "fault", text, fix, columns=tuple(row.name for row, _ in found))


def _numeric_share(column: Column, comma: bool) -> float:
    """Share of the cells, missing ones apart, that are numbers with the other decimal sign."""
    if column.codes is None:
        return 0.0
    counts = np.bincount(column.codes, minlength=len(column.distinct))
    cells = good = 0
    for text, count in zip(column.distinct, counts.tolist(), strict=True):
        if text:
            cells += count
            good += count * _is_number(text, comma)
    return good / cells if cells else 0.0


def _is_number(text: str, comma: bool) -> bool:
    sign, other = (".", ",") if comma else (",", ".")
    if text.count(sign) != 1 or other in text.partition(sign)[2]:
        return False
    try:
        float(text.replace(other, "").replace(sign, "."))
    except ValueError:
        return False
    return "_" not in text


def constant_or_duplicate(dataset: Dataset) -> Finding | None:
    """P4: features without spread, and pairs of which one follows from the other."""
    X = inputs(dataset)[:, :_MOST_COLUMNS]
    names = dataset.feature_names[:_MOST_COLUMNS]
    every = dataset.X[:, : X.shape[1]]  # a rare value must not be missed
    low, high = every.min(axis=0).astype(np.float64), every.max(axis=0).astype(np.float64)
    still = high - low <= 1e-12 * np.maximum(np.maximum(-low, high), 1e-300)
    spread = X.std(axis=0)
    still |= spread == 0.0
    flat = [name for name, is_still in zip(names, still, strict=True) if is_still]
    twins = [
        (a, b)
        for a, b in _twins(X, np.flatnonzero(~still), spread)
        if not _same_column(dataset, a, b)
    ]
    if not flat and not twins:
        return None
    parts: list[str] = []
    if flat:
        parts.append(f"{_listed(flat)} {'is' if len(flat) == 1 else 'are'} constant")
    if twins:
        named = [f"{names[a]} and {names[b]}" for a, b in twins]
        parts.append(f"{_listed(named)} are the same up to scale")
    gone = {*flat, *(names[b] for _, b in twins)}
    kept = tuple(dict.fromkeys(
        row.column for row in dataset.preparation.features if row.name not in gone
    ))  # fmt: skip
    fix = Fix("Leave them out", changes(features=kept), "data") if kept else None
    text = "; ".join(parts) + f" ({len(gone)} of {dataset.features} features)."
    return Finding("P4", "note", text, fix, columns=tuple(gone))


def _same_column(dataset: Dataset, a: int, b: int) -> bool:
    """Whether both are categories of one column: of two categories each tells the other."""
    features = dataset.preparation.features
    return features[a].column == features[b].column


def _twins(X: Float64s, living: Ints, spread: Float64s) -> list[tuple[int, int]]:
    """Pairs of features with a correlation of ±1."""
    if len(living) < 2:
        return []
    scaled = (X[:, living] - X[:, living].mean(axis=0)) / spread[living]
    alike = np.abs(scaled.T @ scaled) / len(X) > ALIKE
    first, second = np.nonzero(np.triu(alike, 1))
    return [(int(living[a]), int(living[b])) for a, b in zip(first, second, strict=True)]


def imbalance(dataset: Dataset) -> Finding | None:
    """P5: one class has most of the samples."""
    if dataset.task == "regression":
        return None
    counts = np.bincount(dataset.labels, minlength=len(dataset.classes))
    share = float(counts.max() / counts.sum())
    if not share > MAJORITY:
        return None
    name = dataset.classes[int(counts.argmax())]
    text = f"{share:.1%} of the samples are {name}: always answering it is that right already."
    fix = Fix("Let every class count the same", changes(class_weights="balanced"))
    return Finding("P5", "note", text, fix, columns=(dataset.target,))


def class_absent(dataset: Dataset) -> Finding | None:
    """P7: a class without a row in the validation part."""
    if dataset.task == "regression" or not len(dataset.X_validation):
        return None
    counts = np.bincount(dataset.labels_validation, minlength=len(dataset.classes))
    absent = [name for name, count in zip(dataset.classes, counts, strict=True) if not count]
    if not absent:
        return None
    text = f"The validation part of {counts.sum()} rows has none of {_listed(absent)}."
    fix = None
    if not dataset.stratify:
        fix = Fix("Stratify the split", changes(stratify=True), "data")
    elif dataset.validation < 0.5:
        share = min(2.0 * dataset.validation, 0.5)
        fix = Fix(f"Hold out {share:.0%}", changes(validation=share), "data")
    return Finding("P7", "caution", text, fix, columns=(dataset.target,))


def same_inputs(dataset: Dataset, floor: ErrorFloor | None = None) -> Finding | None:
    """P8: equal inputs with different targets, or on both sides of the split."""
    held = len(dataset.X_validation)
    groups = same_rows(dataset.prepared) if held else None
    if floor is None:
        floor = error_floor(dataset, None if groups is None else groups[: dataset.samples])
    across = 0
    if groups is not None:
        across = int(np.isin(groups[dataset.samples :], groups[: dataset.samples]).sum())
    if not floor.rows.size and not across:
        return None
    parts = [floor.text] if floor.rows.size else []
    level: Level = "note"
    if across:
        parts.append(f"{across} of {held} validation rows have inputs that are trained on as well.")
        level = "caution" if across > MANY * held else "note"
    if floor.accuracy is not None and floor.accuracy < 1.0 - MANY:
        level = "caution"
    rows = tuple(floor.rows[:MOST_ROWS].tolist())
    return Finding("P8", level, " ".join(parts), None, rows=rows)


def inputs(dataset: Dataset) -> Float64s:
    """(m, p) the features as the network sees them, of all rows or of evenly spread ones."""
    X = dataset.X[:, : dataset.features]
    step = max(X.size // LOOKED_AT, 1)
    return X[::step].astype(np.float64)


def _listed(names: list[str]) -> str:
    shown = names[:3]
    return ", ".join(shown) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
