"""The weights as a table for a spreadsheet: one row for each term, then the bias."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from slp_core.arrays import Floats
from slp_core.storage.model import Model


def encode(model: Model) -> bytes:
    """Columns: term, center, scale, one weight for each output, and the same in original units.

    Centers, scales and weights in original units belong to features: terms of a higher degree
    leave them empty, and there are none at all above degree 1.
    """
    original = model.original_parameters()
    header = ["term", "center", "scale"]
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
    writer.writerow(["bias", "", "", *_texts(b), *(_texts(original[1]) if original else [])])
    return buffer.getvalue().encode("utf-8", errors="backslashreplace")


def _scaling(model: Model, place: int) -> Iterable[str]:
    features = model.preparation.features
    if place >= len(features):
        return "", ""
    return repr(features[place].center), repr(features[place].scale)


def _texts(values: Floats) -> list[str]:
    return [repr(float(value)) for value in values]
