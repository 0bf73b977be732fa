"""Building a data set: from a table and the choices to arrays, in cache-sized blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, Ints, frozen
from slp_core.data.choosing import choose
from slp_core.data.dataset import Dataset
from slp_core.data.features import Feature, listed
from slp_core.data.polynomial import check_degree
from slp_core.data.preprocessing import Preparation
from slp_core.data.scaling import Scaling, mean_and_deviation
from slp_core.data.scaling import scaling as scaling_of
from slp_core.data.selection import Source
from slp_core.data.split import check_seed, check_share, split_rows
from slp_core.data.table import Table
from slp_core.data.target import Target
from slp_core.errors import DataError


def build(
    table: Table,
    target: str | None,
    features: Sequence[str] | None,
    *,
    task: str | None,
    scaling: str,
    degree: int,
    validation: float,
    seed: int,
    stratify: bool,
    dtype: type[np.floating[Any]] | None,
) -> Dataset:
    """See :meth:`Dataset.from_table`."""
    measure = scaling_of(scaling)
    check_share(validation)
    check_seed(seed)
    choice = choose(table, target, features, task)
    check_degree(len(choice.sources), degree)
    coded, rows = choice.coded, choice.rows
    train, held = _split(coded, rows.size, validation, seed, stratify)
    notes = [*choice.notes, *_check_parts(coded, train, held, validation)]
    fitted, means = _fit(choice.sources, rows[train], measure, notes)
    preparation = Preparation(fitted, degree, scaling)
    order = rows[np.concatenate([train, held])] if held.size else rows
    prepared = _prepare(choice.sources, order, preparation, dtype)
    return Dataset(
        name=table.name,
        task=coded.task,
        target=choice.column.name,
        classes=coded.classes,
        preparation=preparation,
        prepared=prepared,
        all_labels=_ordered(coded.labels, train, held),
        all_values=_ordered(coded.values, train, held),
        samples=train.size,
        row_index=frozen(order),
        left_out=table.rows - rows.size,
        notes=tuple(notes),
        means=means,
        validation=validation,
        seed=seed,
        stratify=stratify,
    )


def _split(
    coded: Target, rows: int, validation: float, seed: int, stratify: bool
) -> tuple[Ints, Ints]:
    labels = coded.labels if stratify and coded.classes else None
    return split_rows(rows, validation, seed, labels)


def _check_parts(coded: Target, train: Ints, held: Ints, share: float) -> list[str]:
    """Refuse a training part without one of the classes; say what the validation part lacks."""
    if share > 0.0 and not held.size:
        return ["Validation: too few rows to hold any out."]
    if coded.task == "regression":
        return []
    absent = _absent(coded, train)
    if absent:
        raise DataError(
            f"The training part has no row of the class {absent}.",
            code="data.class_absent",
            hint="Stratify the split, or hold out fewer rows.",
        )
    absent = _absent(coded, held) if held.size else ""
    return [f"Validation: no row of the class {absent} was held out."] if absent else []


def _absent(coded: Target, part: Ints) -> str:
    """Names of the classes without a row in ``part``."""
    counts = np.bincount(coded.labels[part], minlength=len(coded.classes))
    names = [repr(name) for name, count in zip(coded.classes, counts, strict=True) if not count]
    return listed(names[:5], len(names))


def _fit(
    sources: Sequence[Source], train: Ints, scaling: Scaling, notes: list[str]
) -> tuple[tuple[Feature, ...], Float64s]:
    """Center and scale of every feature, and the means (p,), all over the training rows."""
    fitted: list[Feature] = []
    means = np.empty(len(sources))
    for place, source in enumerate(sources):
        cells = _take(source.cells, train)
        center, scale = scaling.measure(cells)
        means[place], deviation = mean_and_deviation(cells)
        if deviation == 0.0:
            notes.append(f"{source.feature.name}: the same in every training row.")
        fitted.append(replace(source.feature, center=center, scale=scale))
    return tuple(fitted), frozen(means)


def _take(cells: NDArray[Any], rows: Ints) -> Floats:
    """The cells at ``rows``, as numbers; without a copy where all are wanted."""
    taken = cells if rows.size == cells.size and cells.size else cells[rows]
    return taken.astype(np.float64) if taken.dtype == np.bool_ else taken


def _prepare(
    sources: Sequence[Source],
    order: Ints,
    preparation: Preparation,
    dtype: type[np.floating[Any]] | None,
) -> Floats:
    """(N, m) prepared inputs of the rows in ``order``."""
    kind = dtype or _common_type(sources)
    prepared = np.empty((order.size, len(preparation.terms)), dtype=kind)
    for block in preparation.blocks(order.size):
        rows = order[block]
        raw = np.empty((len(sources), rows.size))
        for place, source in enumerate(sources):
            raw[place] = source.cells[rows]
        with np.errstate(over="ignore", invalid="ignore"):
            prepared[block] = preparation.expand(raw).T
        if not np.isfinite(prepared[block]).all():
            raise _too_large(preparation, prepared[block])
    return frozen(prepared)


def _common_type(sources: Sequence[Source]) -> type[np.floating[Any]]:
    """float32 only if the table keeps all its numbers so."""
    types = {source.cells.dtype.type for source in sources} - {np.bool_}
    return np.float32 if types == {np.float32} else np.float64


def _too_large(preparation: Preparation, block: Floats) -> DataError:
    term = int(np.argwhere(~np.isfinite(block))[0, 1])
    return DataError(
        f"The term {preparation.terms[term]} grows beyond the largest number.",
        code="data.term_overflow",
        hint="Standardise the features or choose a lower degree.",
    )


def _ordered(values: NDArray[Any], train: Ints, held: Ints) -> NDArray[Any]:
    if values.size and held.size:
        values = np.concatenate([values[train], values[held]])
    return frozen(values)
