"""The weights as a table for a spreadsheet: one row for each term, then the bias."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from slp_core.arrays import Floats
from slp_core.storage.model import Model


def encode(model: Model) -> bytes:
    """Columns: term, center, scale, one weight for each output, and the same in original units.

    Where missing cells are filled, a column says with what. Centers, scales, fills and weights in
    original units belong to features: terms made of them leave these empty.
    """
    original = model.original_parameters()
    header = ["term", *_SCALING[: _width(model)]]
    header += [f"weight ({name})" for name in model.output_names]
    if original is not None:
        header += [f"weight in original units ({name})" for name in model.output_names]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    W, b = model.parameters.W, model.parameters.b
    for place, term in enumerate(model.preparation.terms):
        row = [term, *_scaling(model, place), *_texts(W[place])]
        writer.writerow(row + (_texts(original[0][place]) if original else []))
    writer.writerow(
        ["bias", *[""] * _width(model), *_texts(b), *(_texts(original[1]) if original else [])]
    )
    return buffer.getvalue().encode("utf-8", errors="backslashreplace")


_SCALING = ("center", "scale", "fill")


def _width(model: Model) -> int:
    """How many of those columns there are: a fill only where missing cells are filled."""
    return 2 if all(row.fill is None for row in model.preparation.features) else 3


def _scaling(model: Model, place: int) -> Iterable[str]:
    features = model.preparation.features
    if place >= len(features):
        return [""] * _width(model)
    values = [getattr(features[place], name) for name in _SCALING[: _width(model)]]
    return ["" if value is None else repr(value) for value in values]


def _texts(values: Floats) -> list[str]:
    return [repr(float(value)) for value in values]
