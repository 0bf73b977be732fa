"""``perceptron-lab predict``: saved weights on new rows."""

from __future__ import annotations

import csv
import io
import shlex
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.cli.console import Progress, note, say, warn
from app.cli.files import check_distinct, check_writable
from app.cli.reading_flags import told_origin
from app.origins import Origin
from app.sources import read_source
from slp_core.arrays import Bools, Floats, Ints
from slp_core.data.features import category_numbers, finite_cells
from slp_core.data.table import Column, Table
from slp_core.errors import DataError
from slp_core.network.coding import is_probability
from slp_core.storage.atomic import write_text
from slp_core.storage.formats import load_model
from slp_core.storage.model import Model

_SHOWN_LINES = 8


def run(options: Mapping[str, Any]) -> int:
    """Predict every row, in the order of the file; a row that cannot be used stays empty."""
    output = options["output"]
    if output is not None:
        check_writable(output, ".csv")
        check_distinct([options["weights"], options["source"]], [output])
    model = load_model(options["weights"])
    table = _read(told_origin(options))
    inputs, usable, reasons = _inputs(model, table)
    predicted = np.asarray(model.predict(inputs[usable]))
    text = predictions_csv(model, predicted, inputs[usable], usable)
    if output is None:
        sys.stdout.write(text)
    else:
        write_text(output, text)
        say(f"wrote {output}: {int(usable.sum())} predictions in {table.rows} rows")
    tell = note if output is None else say
    for line in agreement(model, table, predicted, usable):
        tell(line)
    if not usable.all():
        warn(_unusable(table, usable, reasons))
    return 0


def _inputs(model: Model, table: Table) -> tuple[Floats, Bools, tuple[str, ...]]:
    """The model's inputs; a column of words where it needs numbers is refused with a way out."""
    try:
        return model.inputs_from(table)
    except DataError as error:
        if error.code == "data.not_numbers" and error.text:
            error.hint = (
                f"Predict with --kind {shlex.quote(f'{error.column}=number')}: such cells count "
                "as missing. Or check that it is the right file, and its decimal sign."
            )
        raise


def _read(origin: Origin) -> Table:
    progress = Progress("reading")
    try:
        return read_source(origin, progress.show).table
    finally:
        progress.clear()


def predictions_csv(model: Model, predicted: NDArray[Any], inputs: Floats, usable: Bools) -> str:
    """One line for each row of the file, usable or not, under a line of names."""
    names, columns = _shares(model, inputs)
    answers = iter(zip(predicted.tolist(), *columns, strict=True))
    empty = [""] * (1 + len(names))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["prediction", *names])
    writer.writerows(next(answers) if good else empty for good in usable.tolist())
    return text.getvalue()


def _shares(model: Model, inputs: Floats) -> tuple[list[str], Sequence[Sequence[float]]]:
    """What stands beside a predicted class: a probability for each class, or the outputs."""
    if model.task == "regression":
        return [], []
    if is_probability(model.pair):
        kind, names, values = "probability", model.classes, model.predict_proba(inputs)
    else:
        kind, names, values = "output", model.output_names, model.outputs(inputs)
    return [f"{kind} {name}" for name in names], values.T.tolist()


def agreement(model: Model, table: Table, predicted: NDArray[Any], usable: Bools) -> list[str]:
    """How the predictions compare with the target, if the file has it."""
    if model.target not in table.names:
        return []
    column = table.column(model.target)
    if model.task == "regression":
        return _numbers_agree(column.values[usable], predicted, model.target)
    known = finite_cells(column)[usable]
    if not known.any():
        return []
    truth = _truth(model, column)[usable]
    places = {name: place for place, name in enumerate(model.classes)}
    decided = np.array([places[name] for name in predicted.tolist()], dtype=np.int64)
    right, count = int((truth == decided)[known].sum()), int(known.sum())
    return [f"accuracy {right / count:.2%} ({right} of {count} rows with a known {model.target})"]


def _truth(model: Model, column: Column) -> Ints:
    """(n,) class numbers of a file's target: renamed classes are known by either name."""
    by_name = [category_numbers(column, names) for names in (model.written, model.classes)]
    return max(by_name, key=lambda numbers: int((numbers >= 0).sum()))


def _numbers_agree(truth: NDArray[Any], predicted: NDArray[Any], target: str) -> list[str]:
    if truth.dtype.kind != "f":
        return []
    known = np.isfinite(truth)
    if not known.any():
        return []
    errors = truth[known] - predicted[known]
    spread = float(((truth[known] - truth[known].mean()) ** 2).sum())
    r2 = f"R² {1.0 - float((errors**2).sum()) / spread:.4f}, " if spread else ""
    error = float(np.abs(errors).mean())
    return [f"{r2}mean absolute error {error:.4g} ({known.sum()} rows with a known {target})"]


def _unusable(table: Table, usable: Bools, reasons: Sequence[str]) -> str:
    lines = table.lines[~usable]
    shown = ", ".join(str(line) for line in lines[:_SHOWN_LINES])
    more = " ..." if len(lines) > _SHOWN_LINES else ""
    why = f" ({' '.join(reasons)})" if reasons else ""
    return f"{len(lines)} of {table.rows} rows got no prediction: line {shown}{more}{why}"
