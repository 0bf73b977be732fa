"""Building a data set: from a table and the choices to arrays, in cache-sized blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, Ints, frozen
from slp_core.data.choosing import choose
from slp_core.data.dataset import Dataset
from slp_core.data.features import Feature, listed
from slp_core.data.inputs import Source, filled_cells, prepare_rows
from slp_core.data.missing import Missing, fills_of, gap_notes, missing_rule, total_notes
from slp_core.data.polynomial import check_degree
from slp_core.data.preprocessing import Preparation
from slp_core.data.renaming import shown_names
from slp_core.data.scaling import Scaling, mean_and_deviation
from slp_core.data.scaling import scaling as scaling_of
from slp_core.data.split import check_seed, check_share, split_rows
from slp_core.data.table import Table
from slp_core.data.target import Target, thin_note
from slp_core.errors import DataError


def build(
    table: Table,
    target: str | None,
    features: Sequence[str] | None,
    *,
    task: str | None,
    scaling: str,
    degree: int,
    sine: bool,
    missing: str,
    renames: Mapping[str, str],
    validation: float,
    seed: int,
    stratify: bool,
    dtype: type[np.floating[Any]] | None,
) -> Dataset:
    """See :meth:`Dataset.from_table`."""
    measure = scaling_of(scaling)
    check_share(validation)
    check_seed(seed)
    rule = missing_rule(missing)
    choice = choose(table, target, features, task, fills=rule.measure is not None)
    check_degree(len(choice.sources), degree)
    written, rows = choice.coded.classes, choice.rows
    coded = replace(choice.coded, classes=shown_names(written, renames))
    train, held = _split(coded, rows.size, validation, seed, stratify)
    thin = thin_note(len(written), rows.size)
    notes = [*([thin] if thin else []), *check_parts(coded, train, held, validation)]
    fitted, means = _fit(choice.sources, rows[train], measure, rule, notes)
    preparation = Preparation(fitted, degree, scaling, measure.wave if sine else 0.0)
    order = rows[np.concatenate([train, held])] if held.size else rows
    prepared = prepare_rows(choice.sources, order, preparation, dtype)
    return Dataset(
        name=table.name,
        task=coded.task,
        target=choice.column.name,
        classes=coded.classes,
        written=written,
        renames=MappingProxyType(dict(renames)),
        preparation=preparation,
        prepared=prepared,
        all_labels=ordered(coded.labels, train, held),
        all_values=ordered(coded.values, train, held),
        samples=train.size,
        row_index=frozen(order),
        left_out=table.rows - rows.size,
        missing=missing,
        filled=filled_cells(choice.sources, rows),
        notes=(
            *total_notes(table, rows),
            *choice.notes,
            *gap_notes(table, preparation, missing, choice.column),
            *notes,
        ),
        column_notes=choice.notes,
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


def check_parts(coded: Target, train: Ints, held: Ints, share: float) -> list[str]:
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
    sources: Sequence[Source], train: Ints, scaling: Scaling, missing: Missing, notes: list[str]
) -> tuple[tuple[Feature, ...], Float64s]:
    """Fill, center and scale of every feature, and the means (p,), all over the training rows."""
    fills = fills_of(sources, train, missing)
    fitted: list[Feature] = []
    means = np.empty(len(sources))
    for place, source in enumerate(sources):
        cells = _take(source, train, fills[place])
        center, scale = scaling.measure(cells)
        means[place], deviation = mean_and_deviation(cells)
        if deviation == 0.0:
            notes.append(f"{source.feature.name}: the same in every training row.")
        fitted.append(replace(source.feature, center=center, scale=scale, fill=fills[place]))
    return tuple(fitted), frozen(means)


def _take(source: Source, rows: Ints, fill: float | None) -> Floats:
    """The cells at ``rows``, as numbers, filled; without a copy where all are wanted."""
    cells = source.cells
    if source.gaps is not None:
        filled = cells[rows].astype(np.float64)
        filled[source.gaps[rows]] = fill
        return filled
    taken = cells if rows.size == cells.size and cells.size else cells[rows]
    return taken.astype(np.float64) if taken.dtype == np.bool_ else taken


def ordered(values: NDArray[Any], train: Ints, held: Ints) -> NDArray[Any]:
    """The values of the training rows, then of the held ones; an empty array stays so."""
    if values.size and held.size:
        values = np.concatenate([values[train], values[held]])
    return frozen(values)
