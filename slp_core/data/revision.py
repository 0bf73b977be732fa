"""A data set once more, after rows of its table were added, removed or changed.

What the network has learnt stays meaningful only while its inputs mean the same: features, centers
and scales are kept, and so is the order of the classes. Each row keeps its part.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from slp_core.arrays import Bools, Float64s, Ints, frozen
from slp_core.data.building import check_parts, ordered
from slp_core.data.dataset import Dataset
from slp_core.data.features import cells_of, finite_cells
from slp_core.data.inputs import Source, filled_cells, prepare_rows
from slp_core.data.missing import gap_notes, total_notes, usable_rows
from slp_core.data.preprocessing import Preparation
from slp_core.data.renaming import shown_names
from slp_core.data.table import Table
from slp_core.data.target import Target, code_again
from slp_core.errors import DataError

_TRAINS, _HELD, _NEW = 0, 1, -1


def revised(dataset: Dataset, table: Table, kept: Ints) -> Dataset:
    """The data set of an edited table, with the preparation and the parts of ``dataset``.

    Features, centers, scales and terms stay, also where a new row lies far outside. Classes keep
    their order; a new class comes last, one without rows goes. A kept row stays in its part, but
    the last row of a class trains. New rows are held out whenever their class (without
    stratification: all rows) holds out less than the data set's share. No chance is involved:
    undoing an edit restores the parts.

    Parameters
    ----------
    dataset
        Made of the table before the edit.
    table
        The edited table, with the same columns.
    kept
        (rows,) for each row of ``table`` its row in the table before; −1 for a new row.

    Raises
    ------
    DataError
        No row can be used, fewer than two classes are left, the number to predict is the same in
        every row, or ``table`` lacks a column.
    ConfigError
        A new class has the name that is shown for another.
    """
    _check_kept(dataset, table, kept)
    preparation = dataset.preparation
    column = table.column(dataset.target)
    sources, usable, unknown = _sources(preparation, table)
    rows = usable_rows(table, usable & finite_cells(column))
    found = code_again(table, column, rows, dataset.task, dataset.written)
    coded = replace(found, classes=shown_names(found.classes, dataset.renames))
    held = _held(dataset, _parts(dataset, kept)[rows], coded)
    train, validation = np.flatnonzero(~held), np.flatnonzero(held)
    order = rows[np.concatenate([train, validation])]
    prepared = prepare_rows(sources, order, preparation, dataset.dtype.type)
    return replace(
        dataset,
        task=coded.task,
        classes=coded.classes,
        written=found.classes,
        prepared=prepared,
        all_labels=ordered(coded.labels, train, validation),
        all_values=ordered(coded.values, train, validation),
        samples=train.size,
        row_index=frozen(order),
        left_out=table.rows - rows.size,
        filled=filled_cells(sources, rows),
        notes=(
            *total_notes(table, rows, unknown),
            *dataset.column_notes,
            *gap_notes(table, preparation, dataset.missing, column),
            *check_parts(coded, train, validation, dataset.validation),
        ),
        means=_means(preparation, prepared[: train.size]),
    )


def _check_kept(dataset: Dataset, table: Table, kept: Ints) -> None:
    before = dataset.left_out + dataset.row_index.size
    if kept.shape != (table.rows,) or (kept.size and not -1 <= kept.min() <= kept.max() < before):
        raise DataError(
            f"The {table.rows} rows after the edit do not say which of the {before} rows before"
            " they were.",
            code="data.kept",
        )


def _sources(preparation: Preparation, table: Table) -> tuple[list[Source], Bools, bool]:
    """The features' cells in the edited table, which rows (rows,) have all of them, and whether
    one holds a text that no feature knows."""
    features = preparation.features
    found: dict[int, Source] = {}
    usable = np.ones(table.rows, dtype=np.bool_)
    unknown = False
    for cells in cells_of(features, table):
        usable &= cells.usable
        unknown = unknown or not (cells.known | ~finite_cells(cells.column)).all()
        for place, values in zip(cells.places, cells.values, strict=True):
            found[place] = Source(features[place], values, cells.gaps)
    return [found[place] for place in range(len(features))], usable, unknown


def _parts(dataset: Dataset, kept: Ints) -> Ints:
    """(rows,) the part each row of the edited table was in."""
    part = np.full(dataset.left_out + dataset.row_index.size + 1, _NEW, dtype=np.int64)
    part[dataset.row_index[: dataset.samples]] = _TRAINS
    part[dataset.row_index[dataset.samples :]] = _HELD
    return part[kept]  # a new row is -1, which is the last entry: new


def _held(dataset: Dataset, part: Ints, coded: Target) -> Bools:
    """(N,) which rows are held out now."""
    held = np.asarray(part == _HELD)
    new = part == _NEW
    if coded.classes and dataset.stratify:
        groups = coded.labels
    else:
        groups = np.zeros(part.size, dtype=np.int64)
    for group in np.unique(groups[new]).tolist():
        mine = groups == group
        arrivals = np.flatnonzero(mine & new)
        before = int(mine.sum()) - arrivals.size
        taken = _takes(before, int((held & mine).sum()), arrivals.size, dataset.validation)
        held[arrivals[taken]] = True
    _keep_training(held, coded)
    return held


def _takes(rows: int, held: int, arrivals: int, share: float) -> Bools:
    """(arrivals,) which new rows of a group are held out.

    The group has ``rows`` rows, ``held`` of them held out. Each new row joins them if they are
    fewer than ``round(share * rows)`` with it.
    """
    count = np.arange(arrivals + 1)
    wanted = np.floor(share * (rows + count) + 0.5)
    most = rows + count - 1  # one row must train
    after = np.maximum(held, np.minimum(np.minimum(held + count, wanted), most))
    return np.asarray(np.diff(after) > 0)


def _keep_training(held: Bools, coded: Target) -> None:
    """Let the first row of a class train where all of its rows are held out."""
    if not coded.classes:
        held[0] &= not held.all()
        return
    trained = np.bincount(coded.labels[~held], minlength=len(coded.classes))
    for label in np.flatnonzero(trained == 0).tolist():
        held[np.flatnonzero(coded.labels == label)[0]] = False


def _means(preparation: Preparation, X: np.ndarray) -> Float64s:
    """(p,) means of the training inputs in original units, without overflow on the way."""
    scaled = X[:, : len(preparation.features)]
    if scaled.dtype == np.float32:
        means = scaled.mean(axis=0, dtype=np.float64)
    else:
        means = np.full(len(X), 1.0 / len(X)) @ scaled
    return frozen(means * preparation.scales + preparation.centers)
