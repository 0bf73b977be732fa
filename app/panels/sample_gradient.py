"""The gradient of W as matrices, with the share of one sample shown off in it."""

from __future__ import annotations

import numpy as np

from app.moment import RunMoment
from app.panels.sample_data import Followed, Follower
from app.panels.sample_matrix import Line, Matrix, cells_of
from app.panels.sample_words import order_of_terms
from slp_core.arrays import Float64s, Ints
from slp_core.network.parameters import Parameters

MOST_COLUMNS = 4
MOST_OUTPUTS = 2
_DOTS = "⋮"


def gradient_lines(
    follower: Follower,
    run: RunMoment,
    found: Followed,
    output: int,
    gradient: Parameters | None,
) -> tuple[Line, ...]:
    """X and dV with the sample's row, and the gradient with what this row gives to it.

    ``gradient`` is X^T dV / n over all samples, None while it is not known.
    """
    terms = _terms(found, output)
    outputs = _outputs(found, output)
    first = _data_line(follower, run, found, terms, outputs)
    if gradient is None:
        return (first, Line(f"The sum over all {found.n} rows follows when training pauses."))
    shown = np.array([output], np.int64)
    total = gradient.W.astype(np.float64)[np.ix_(terms, shown)]
    return (first, _sum_line(run, found, terms, shown, total))


def _terms(found: Followed, output: int) -> Ints:
    most = MOST_COLUMNS if len(found.V) == 1 else MOST_COLUMNS - 1
    return np.sort(order_of_terms(found, output)[:most])


def _outputs(found: Followed, output: int) -> Ints:
    others = [int(j) for j in np.argsort(-np.abs(found.E), kind="stable") if j != output]
    return np.sort(np.array([output, *others][:MOST_OUTPUTS], np.int64))


def _data_line(
    follower: Follower, run: RunMoment, found: Followed, terms: Ints, outputs: Ints
) -> Line:
    rows = _rows(found)
    samples = [row for row in rows if row >= 0]
    X = run.dataset.X[samples][:, terms].astype(np.float64)
    E = follower.signals(run, samples)[:, outputs]
    d, k, n = len(found.x), len(found.V), found.n
    sides = tuple(str(int(run.dataset.row_index[row]) + 1) if row >= 0 else _DOTS for row in rows)
    marked = rows.index(found.sample) if found.training else -1
    names = tuple(run.dataset.preparation.terms[i] for i in map(int, terms))
    text = f"X ({n} × {d}) and dV ({n} × {k}): a row for each sample."
    if not found.training:
        text += f" {run.table.row_name(found.row).capitalize()} is not in them."
    left = Matrix("X", _dotted(X, rows, d), (*names, *_more(terms, d)), sides, marked)
    heads = _output_names(run, outputs, k)
    return Line(text, (left, Matrix("dV = dL/dv", _dotted(E, rows, k), heads, (), marked)))


def _more(shown: Ints, total: int) -> tuple[str, ...]:
    return ("…",) if len(shown) < total else ()


def _output_names(run: RunMoment, outputs: Ints, k: int) -> tuple[str, ...]:
    if k == 1:
        return ("v",)
    return (*(run.dataset.classes[j] for j in map(int, outputs)), *_more(outputs, k))


def _rows(found: Followed) -> list[int]:
    """Samples to show, -1 for those in between."""
    n, middle = found.n, found.sample if found.training else 0
    around = range(max(middle - 1, 0), min(middle + 2, n))
    wanted = sorted({0, *around, n - 1})
    rows: list[int] = []
    for row in wanted:
        if rows and row > rows[-1] + 1:
            rows.append(-1)
        rows.append(row)
    return rows


def _dotted(values: Float64s, rows: list[int], columns: int) -> tuple[tuple[str, ...], ...]:
    """Cells of the samples shown, with dots for what is between and beside them."""
    cells = iter(cells_of(values))
    shown = values.shape[1]
    more = ("…",) if shown < columns else ()
    between = (_DOTS,) * (shown + len(more))
    return tuple((*next(cells), *more) if row >= 0 else between for row in rows)


def _sum_line(run: RunMoment, found: Followed, terms: Ints, outputs: Ints, total: Float64s) -> Line:
    names = tuple(run.dataset.preparation.terms[i] for i in map(int, terms))
    heads = _output_names(run, outputs, len(found.V))[: len(outputs)]
    own = found.contribution[np.ix_(terms, outputs)]
    text = f"∂L/∂W = Xᵀ dV / {found.n}: the sum of what each sample adds."
    result = Matrix("∂L/∂W", cells_of(total), heads, names, bold=True)
    if not found.training:
        return Line(text, (result,))
    rest = Matrix(f"the other {found.n - 1}", cells_of(total - own), heads, before="+")
    share = Matrix(f"row {found.row + 1}", cells_of(own), heads, before="=")
    return Line(text, (result, share, rest))
