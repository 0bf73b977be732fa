"""Refuse a table that this computer cannot hold, before its memory is taken."""

from __future__ import annotations

import os

import numpy as np

from slp_core.data.columns import FloatType
from slp_core.errors import DataError

_USABLE = 0.8


def refuse_too_large(rows: int, columns: int, kind: FloatType) -> None:
    """Raise `DataError` if ``rows`` x ``columns`` numbers exceed most of the memory."""
    needed = rows * columns * np.dtype(kind).itemsize
    present = _physical_memory()
    if present and needed > _USABLE * present:
        raise DataError(
            f"a table of {rows} rows and {columns} columns needs {needed / 2**30:.1f} GB "
            f"of memory; this computer has {present / 2**30:.1f} GB",
            code="csv.too_large",
            hint="Read a part of the rows or columns.",
        )


def _physical_memory() -> int:
    """Bytes of main memory; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0
