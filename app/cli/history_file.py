"""The curves of a run as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import math

from slp_core.training.history import COLUMNS, History


def history_csv(history: History, *, regression: bool) -> str:
    """One line per point of the curves, full precision; empty where a value does not apply."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_names(regression))
    for row in history.table.T.tolist():
        writer.writerow([int(row[0]), *(_cell(value) for value in row[1:])])
    return text.getvalue()


def _names(regression: bool) -> list[str]:
    if not regression:
        return list(COLUMNS)
    return [name.replace("accuracy", "r2") for name in COLUMNS]


def _cell(value: float) -> float | str:
    return "" if math.isnan(value) else value
