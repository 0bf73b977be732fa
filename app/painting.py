"""What a stroke on the decision view means for the table: pure functions from points to edits.

Points are in original units, rows are rows of the table. Nothing here lets a table get into a
state that cannot be trained: the last points of the last two classes stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.class_names import written_class
from slp_core.arrays import Float64s, Ints
from slp_core.data.cells import Cell
from slp_core.data.dataset import Dataset
from slp_core.data.edits import CellChange, Edit, new_rows, without_rows
from slp_core.data.features import Feature
from slp_core.data.table import Column, Table
from slp_core.errors import DataError

MOST_MOVED = 100_000
"""More points are not moved at once: each cell is kept for the undo history."""

Axes = tuple[int, int | None]
"""Features on the axes; None where the output goes up."""


def stroke_edit(
    table: Table, dataset: Dataset, axes: Axes, points: Float64s, target: str | float
) -> Edit:
    """New rows for ``points`` (r, 2) of a class, or of a number to predict.

    Features that are not on an axis are at their mean or their most frequent text; columns that
    are not used stay empty. Where one feature is shown against a numeric target, the second
    coordinate is the target and ``target`` is not read.

    Raises
    ------
    DataError
        The class does not suit the column of the target.
    """
    usual = _usual_cells(table, dataset)
    of_feature = {n: dataset.preparation.features[n] for n in axes if n is not None}
    written = written_class(dataset, target) if isinstance(target, str) else target
    upwards = axes[1] is None and not dataset.classes
    rows: list[list[Cell]] = []
    for point in points.tolist():
        cells = dict(usual)
        cells[dataset.target] = point[1] if upwards else written
        for place, feature in zip(point, of_feature.values(), strict=False):
            cells[feature.column] = _cell_at(table, feature, place, cells[feature.column])
        rows.append([cells[name] for name in table.names])
    return new_rows(table, rows)


@dataclass(frozen=True, slots=True, eq=False)
class Erasure:
    """What can be erased: the edit (None for nothing), its rows, and a sentence on what stays."""

    edit: Edit | None
    rows: Ints
    note: str = ""


def erase_edit(dataset: Dataset, rows: Ints) -> Erasure:
    """Take ``rows`` out, but leave enough to train on."""
    samples = np.flatnonzero(np.isin(dataset.row_index, rows))
    kept, note = _needed(dataset, samples)
    going = np.setdiff1d(rows, dataset.row_index[kept])
    return Erasure(without_rows(going.tolist()) if going.size else None, going, note)


def move_edit(dataset: Dataset, axes: Axes, rows: Ints, points: Float64s) -> Edit:
    """Put ``rows`` (r,) at ``points`` (r, 2); categories, and heights of classes, stay.

    Raises
    ------
    DataError
        There are too many rows to be kept for undo.
    """
    _check_moved(rows)
    changes: list[CellChange] = []
    for place, name in enumerate(_movable(dataset, axes)):
        if name is not None:
            values = points[:, place].tolist()
            changes += [
                CellChange(row, name, value)
                for row, value in zip(rows.tolist(), values, strict=True)
            ]
    return Edit(changed=tuple(changes))


def jitter_edit(
    table: Table, dataset: Dataset, axes: Axes, rows: Ints, share: float, seed: int
) -> Edit:
    """Move ``rows`` at random, by a normal ``share`` of the range of what the axes show.

    Raises
    ------
    DataError
        There are too many rows to be kept for undo.
    """
    _check_moved(rows)
    random = np.random.default_rng(seed)
    points = np.zeros((rows.size, 2))
    for place, name in enumerate(_movable(dataset, axes)):
        numbers = None if name is None else table.column(name).numbers
        if numbers is None:
            continue
        used = numbers[dataset.row_index]
        spread = share * float(used.max() - used.min()) or share
        step = 10.0 ** (np.floor(np.log10(spread)) - 2)
        moved = numbers[rows] + random.normal(0.0, spread, rows.size)
        points[:, place] = tidy(moved, step)
    return move_edit(dataset, axes, rows, points)


def remove_class_edit(table: Table, dataset: Dataset, name: str) -> Edit:
    """Take out every row of a class.

    Raises
    ------
    DataError
        Fewer than two classes would be left.
    """
    if len(dataset.classes) <= 2:
        raise DataError(
            f"“{name}” cannot be removed: at least two classes are needed to train.",
            code="painting.two_classes",
            hint="Add another class first.",
        )
    column, written = table.column(dataset.target), written_class(dataset, name)
    if column.codes is None:
        found = np.flatnonzero(column.values == float(written))
    else:
        codes = [
            code
            for code, text in enumerate(column.distinct)
            if text == written or (column.kind == "bool" and text.casefold() == written.casefold())
        ]
        found = np.flatnonzero(np.isin(column.codes, codes))
    erasure = erase_edit(dataset, found)
    if erasure.edit is None or erasure.note:
        raise DataError(
            f"“{name}” cannot be removed: each other class has a single point.",
            code="painting.class_needed",
            hint="Put a second point of another class first.",
        )
    return erasure.edit


# Places.


def tidy(values: Float64s, step: float) -> Float64s:
    """Values with no more digits than ``step`` can tell apart: a mouse is not more exact."""
    if not step > 0 or not np.isfinite(step):
        return values
    decimals = int(np.ceil(-np.log10(step)))
    return np.round(values, min(decimals, 300)) if decimals > -300 else values


def _cell_at(table: Table, feature: Feature, place: float, usual: Cell) -> Cell:
    """What a column holds at a place of the axis of one of its features."""
    if feature.category is None:
        return place
    if table.column(feature.column).numbers is not None:
        return 1.0 if place >= 0.5 else 0.0
    if place >= 0.5:
        return feature.category
    if usual != feature.category:
        return usual
    return _frequent(table.column(feature.column), without=feature.category)


def _movable(dataset: Dataset, axes: Axes) -> list[str | None]:
    """The column that each coordinate writes to; None where it cannot be moved along."""
    features = [dataset.preparation.features[n] for n in axes if n is not None]
    names = [None if feature.category is not None else feature.column for feature in features]
    if axes[1] is None:
        names.append(None if dataset.classes else dataset.target)
    return names


def _check_moved(rows: Ints) -> None:
    if rows.size > MOST_MOVED:
        raise DataError(
            f"{rows.size:,} points are too many to be moved at once.",
            code="painting.too_many",
            hint=f"Select at most {MOST_MOVED:,} of them.",
        )


def _usual_cells(table: Table, dataset: Dataset) -> dict[str, Cell]:
    """A cell for each column: means and most frequent texts of features, else nothing."""
    cells: dict[str, Cell] = {
        column.name: "" if column.numbers is None else float("nan") for column in table.columns
    }
    for place, feature in enumerate(dataset.preparation.features):
        column = table.column(feature.column)
        if column.numbers is None:
            cells[column.name] = _frequent(column)
        elif feature.category is None:
            cells[column.name] = float(f"{dataset.means[place]:.6g}")
        else:
            cells[column.name] = 1.0 if dataset.means[place] >= 0.5 else 0.0
    return cells


def _frequent(column: Column, without: str = "") -> str:
    if column.codes is None:
        return ""
    order = np.argsort(-np.bincount(column.codes), kind="stable")
    texts = (column.distinct[int(code)] for code in order)
    return next((text for text in texts if text not in ("", without)), "")


# What has to stay.


def _needed(dataset: Dataset, samples: Ints) -> tuple[Ints, str]:
    """Which of these samples must stay, and a sentence about it ("" if all may go)."""
    if not dataset.classes:
        return _needed_values(dataset, samples)
    labels = dataset.all_labels
    left = np.bincount(labels, minlength=len(dataset.classes))
    left -= np.bincount(labels[samples], minlength=len(dataset.classes))
    kept: list[int] = []
    for label in range(len(dataset.classes)):
        going = samples[labels[samples] == label]
        if left[label] == 0 and going.size and np.count_nonzero(left) < 2:
            kept.append(int(going[-1]))
            left[label] = 1
    if kept:
        names = " and ".join(f"“{dataset.classes[int(labels[sample])]}”" for sample in kept)
        return np.array(kept), f"The last point of {names} stays: training needs two classes."
    if left.sum() == np.count_nonzero(left) > 2 and samples.size:
        return _twins(labels[samples], left, samples), (
            "A second point of a class stays: with one point each, classes would be names."
        )
    return samples[:0], ""


def _twins(labels: Ints, left: Ints, samples: Ints) -> Ints:
    """Samples to keep so that one class has two: of a class that is there, or two of one."""
    there = samples[left[labels] > 0]
    if there.size:
        return there[-1:]
    return samples[labels == np.bincount(labels).argmax()][-2:]


def _needed_values(dataset: Dataset, samples: Ints) -> tuple[Ints, str]:
    stays = np.ones(len(dataset.all_values), np.bool_)
    stays[samples] = False
    values = dataset.all_values[stays]
    if values.size and values.min() < values.max():
        return samples[:0], ""
    ends = [int(dataset.all_values.argmin()), int(dataset.all_values.argmax())]
    return np.array(ends), "Two points stay: a line needs two different values."
