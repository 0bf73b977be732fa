"""A followed sample as rich text: each step with its formula, and the numbers in it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from app.formulas.letters import fenced, rich
from app.moment import RunMoment
from app.numbers import decimals_for, fixed_text, number_text
from app.panels.sample_data import Followed
from app.theme import SMALL, Theme, mix
from slp_core.arrays import Float64s, Ints
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair

MOST_TERMS = 8
MOST_OUTPUTS = 10
_LONG = 22
"""Letters of a term's name."""
_STEP = "<p style='margin-top:0; margin-bottom:0; margin-left:16px'>"


def headline(run: RunMoment, found: Followed) -> str:
    """Which row, what it is, and whether the network is right."""
    dataset = run.dataset
    part = "" if found.training else " (validation: it is judged, but does not train)"
    if not dataset.classes:
        value = float(dataset.all_values[found.sample])
        truth = f"{dataset.target} {number_text(value)}, predicted {number_text(found.Z[0])}"
        return f"{_row(run, found)}{part}: {truth}"
    true = dataset.classes[int(dataset.all_labels[found.sample])]
    said = dataset.classes[found.decided]
    verdict = "decided right" if true == said else f"taken for {said}"
    return f"{_row(run, found)}{part}: {true}, {verdict}"


def _row(run: RunMoment, found: Followed) -> str:
    """The row's name at the beginning of a line."""
    return run.table.row_name(found.row).capitalize()


def story(
    run: RunMoment,
    found: Followed,
    output: int,
    theme: Theme,
    *,
    whole: bool,
    narrow: bool = False,
    letters: int = 0,
) -> str:
    """All steps for one output, as rich text.

    ``narrow`` leaves out the inputs as given; with ``letters`` names have so many at most, and
    tables are in small type.
    """
    parts = [
        _title("1", "Score", "v = x·w + b", theme),
        terms_table(run, found, output, theme, whole=whole, narrow=narrow, letters=letters),
        _title("2", "Output", f"a = {rich(ACTIVATIONS[run.pair.activation].formula)}", theme),
        f"{_STEP}a = {_output_text(run.pair, found, output)}</p>",
        _title("3", "Loss against the target", f"L = {_loss_formula(run.pair)}", theme),
        f"{_STEP}y = {number_text(found.Y[output])}<br>L = {_loss_text(run.pair, found)}</p>",
        _title("4", "Error signal", f"dL/dv = {rich(run.pair.error_signal)}", theme),
        f"{_STEP}dL/dv = {signal_text(run.pair, found, output)}</p>",
        _title("5", "What it adds to the gradient", "∂/∂w: x·dL/dv / n", theme),
        f"{_STEP}{_share_text(found, output)}</p>",
    ]
    if len(found.V) > 1:
        parts.append(_outputs_table(run, found, output, theme, small=letters > 0))
    return f"<div style='color:{theme.text}'>{''.join(parts)}</div>"


def _title(number: str, name: str, formula: str, theme: Theme) -> str:
    return (
        f"<p style='margin-top:9px; margin-bottom:1px'><b>{number}&nbsp; {name}</b>"
        f"&nbsp;&nbsp; <span style='color:{theme.muted}'>{formula}</span></p>"
    )


def order_of_terms(found: Followed, output: int) -> Ints:
    """All terms, the largest contributions to the gradient (then to the score) first."""
    size = np.abs(found.contribution[:, output])
    product = np.abs(found.x * found.W[:, output])
    return np.lexsort((np.arange(len(size)), -product, -size)).astype(np.int64)


def terms_table(
    run: RunMoment,
    found: Followed,
    output: int,
    theme: Theme,
    *,
    whole: bool,
    narrow: bool = False,
    letters: int = 0,
) -> str:
    """Every term: as given, as the network sees it, times its weight, and its share of dW."""
    scaled = run.dataset.scaling != "none" and not narrow
    tight = 0 < letters < _LONG
    order = order_of_terms(found, output)
    d = len(order)
    shown = order if whole or d <= MOST_TERMS + 2 else order[:MOST_TERMS]
    shown = np.sort(shown) if len(shown) == d and d <= MOST_TERMS + 2 else shown
    x, w = found.x, found.W[:, output]
    columns = [x, w, x * w, found.contribution[:, output]]
    heads = ["x", "w", "x·w", "to ∂/∂w" if tight else "adds to ∂/∂w"]
    if scaled:
        given = np.full(d, np.nan)
        given[: len(found.given)] = found.given
        columns, heads = [given, *columns], ["as given", "x scaled", *heads[1:]]
    texts = [_column(column) for column in columns]
    terms = run.dataset.preparation.terms
    most = letters or _LONG
    rows = [[_name(terms[i], most), *(text[i] for text in texts)] for i in _whole(shown)]
    lead = [""] * (len(heads) - 3)
    if len(shown) < d:
        rest = np.setdiff1d(np.arange(d), shown)
        link = f"<a href='more'>… and {len(rest)} more{' terms' * (not tight)}</a>"
        sums = number_text(float((x * w)[rest].sum()))
        rows.append([link, *lead, "", sums, ""])
    elif whole and d > MOST_TERMS + 2:
        rows.append(["<a href='fewer'>show the largest only</a>", *lead, "", "", ""])
    bias = number_text(float(found.b[output]))
    rows.append(["b", *lead, bias, bias, number_text(float(found.bias_contribution[output]))])
    total = f"<b>{number_text(float(found.V[output]))}</b>"
    rows.append(["<b>v</b>", *lead, "", total, ""])
    return _table(["", *heads], rows, theme, last=True, small=letters > 0)


def _outputs_table(
    run: RunMoment, found: Followed, output: int, theme: Theme, *, small: bool
) -> str:
    """Scores, outputs and error signals of all outputs."""
    order = np.argsort(-np.abs(found.E), kind="stable")[:MOST_OUTPUTS]
    shown = np.sort(np.union1d(order, [output]))
    texts = [_column(values) for values in (found.V, found.Z, found.Y, found.E)]
    rows = [
        [_bold(_name(run.dataset.classes[j]), j == output), *(text[j] for text in texts)]
        for j in _whole(shown)
    ]
    heads = ["", "v", "a", "y", "dL/dv"]
    return _title("", "All outputs", "", theme) + _table(heads, rows, theme, small=small)


def _whole(numbers: Ints) -> list[int]:
    return [int(number) for number in numbers]


def _bold(text: str, on: bool) -> str:
    return f"<b>{text}</b>" if on else text


def _name(name: str, most: int = _LONG) -> str:
    short = name if len(name) <= most else f"{name[: most // 2 + 1]}…{name[-(most - 4) // 2 :]}"
    return escape(short)


def _column(values: Float64s) -> list[str]:
    """Numbers with the same decimals; what does not exist is empty."""
    known = values[np.isfinite(values)]
    places = decimals_for(float(np.abs(known).max(initial=0.0)))
    return ["" if np.isnan(value) else fixed_text(float(value), places) for value in values]


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    theme: Theme,
    *,
    last: bool = False,
    small: bool = False,
) -> str:
    air = f"padding:1px {3 if small else 7}px"
    head = "".join(
        f"<td align='right' style='color:{theme.muted}; {air}'>{text}</td>" for text in heads
    )
    body: list[str] = []
    for number, row in enumerate(rows):
        ground = mix(theme.surface, theme.raised, 0.6)
        bold = last and number == len(rows) - 1
        style = f" style='background-color:{ground}'" if bold else ""
        cells = [f"<td align='left' style='{air}'>{row[0]}</td>"]
        cells += [f"<td align='right' style='{air}'>{text}</td>" for text in row[1:]]
        body.append(f"<tr{style}>{''.join(cells)}</tr>")
    size = f"; font-size:{theme.font_size * SMALL:.2f}pt" if small else ""
    look = f"margin-left:{0 if small else 10}px; margin-bottom:8px{size}"
    style = f"cellspacing='0' cellpadding='0' style='{look}'"
    return f"<table {style}><tr>{head}</tr>{''.join(body)}</table>"


def _output_text(pair: Pair, found: Followed, output: int) -> str:
    result = f"<b>{number_text(float(found.Z[output]))}</b>"
    if pair.activation == "identity":
        return result
    if pair.activation == "softmax":
        shifted = np.exp(found.V - found.V.max())
        top = f"e<sup>{number_text(float(found.V[output]), 3)}</sup>"
        order = [output, *(j for j in np.argsort(-shifted).tolist() if j != output)]
        below = " + ".join(f"e<sup>{number_text(float(found.V[j]), 3)}</sup>" for j in order[:3])
        more = " + …" if len(order) > 3 else ""
        return f"{top} / ({below}{more}) = {result}"
    numbers = {"v": float(found.V[output]), "a": float(found.Z[output])}
    return f"{rich(ACTIVATIONS[pair.activation].formula, numbers)} = {result}"


def _loss_formula(pair: Pair) -> str:
    if pair.loss == "cross_entropy":
        plain, softmax = LOSSES[pair.loss].formula.split("   (softmax: ")
        return rich(softmax.rstrip(")") if pair.activation == "softmax" else plain)
    return rich(LOSSES[pair.loss].formula)


def _loss_text(pair: Pair, found: Followed) -> str:
    result = f"<b>{number_text(found.loss)}</b>"
    if pair.activation == "softmax" and pair.loss == "cross_entropy":
        return f"−ln {number_text(float(found.Z[found.own]))} = {result}"
    if len(found.V) > 1:
        return f"{result} &nbsp;(summed over {len(found.V)} outputs)"
    numbers = _numbers(found, 0)
    return f"{_loss_with(pair, numbers)} = {result}"


def _loss_with(pair: Pair, numbers: dict[str, float]) -> str:
    formula = LOSSES[pair.loss].formula.split("   (softmax")[0]
    if pair.loss == "huber":
        miss = abs(numbers["a"] - numbers["y"])
        formula = "½·r²" if miss <= 1 else "|r| − ½"
        return rich(formula, {"r": numbers["a"] - numbers["y"]})
    return rich(formula, numbers)


def _numbers(found: Followed, output: int) -> dict[str, float]:
    return {
        "v": float(found.V[output]),
        "a": float(found.Z[output]),
        "y": float(found.Y[output]),
    }


def signal_text(pair: Pair, found: Followed, output: int) -> str:
    """dL/dv with its numbers, and what it comes to."""
    result = f"<b>{number_text(float(found.E[output]))}</b>"
    if pair.coupled and pair.loss != "cross_entropy":
        return f"{result} &nbsp;(all outputs of the sample play a part)"
    return f"{rich(pair.error_signal, _numbers(found, output))} = {result}"


def _share_text(found: Followed, output: int) -> str:
    signal = fenced(float(found.E[output]))
    factor = f" · {number_text(found.weight)}" if found.weight != 1.0 else ""
    says = "" if found.training else " if it trained, which it does not"
    note = f" ({number_text(found.weight)} is the weight of its class)" if factor else ""
    return f"each x · {signal}{factor} / {found.n}{says}: the last column above.{note}"
