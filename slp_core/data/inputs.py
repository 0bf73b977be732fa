"""Prepared inputs of a table's rows, computed in blocks that stay in the cache."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Bools, Floats, Ints, frozen
from slp_core.data.features import Feature
from slp_core.data.preprocessing import Preparation
from slp_core.errors import DataError


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One feature, and its raw cells (rows,): numbers, or True where it is 1.

    ``gaps`` (rows,) are the cells that take the feature's fill; None if there is none.
    """

    feature: Feature
    cells: NDArray[Any]
    gaps: Bools | None = None


def prepare_rows(
    sources: Sequence[Source],
    order: Ints,
    preparation: Preparation,
    dtype: type[np.floating[Any]] | None,
) -> Floats:
    """(N, m) prepared inputs of the rows in ``order``; every row by itself, in float64.

    Raises
    ------
    DataError
        A term grows beyond the largest number.
    """
    kind = dtype or _common_type(sources)
    prepared = np.empty((order.size, len(preparation.terms)), dtype=kind)
    for block in preparation.blocks(order.size):
        rows = order[block]
        raw = np.empty((len(sources), rows.size))
        for place, source in enumerate(sources):
            raw[place] = source.cells[rows]
            if source.gaps is not None:
                raw[place, source.gaps[rows]] = preparation.features[place].fill
        with np.errstate(over="ignore", invalid="ignore"):
            prepared[block] = preparation.expand(raw).T
        if not np.isfinite(prepared[block]).all():
            raise _too_large(preparation, prepared[block])
    return frozen(prepared)


def filled_cells(sources: Sequence[Source], rows: Ints) -> int:
    """How many cells of the table's columns are filled at ``rows``."""
    gaps = {source.feature.column: source.gaps for source in sources}
    return sum(int(missing[rows].sum()) for missing in gaps.values() if missing is not None)


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
