"""The model as a Python module that needs NumPy and nothing else.

Names come from users' files and can hold quotes, line breaks and backslashes. They enter the
module only through ``repr``, and the docstring only after its quotes and backslashes are escaped,
so that no name can end a text and become code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Template
from typing import Any

import numpy as np

from slp_core.arrays import Floats
from slp_core.data.features import Feature
from slp_core.network import coding
from slp_core.network.losses import LOSSES
from slp_core.storage.document import created_with
from slp_core.storage.model import Model

_ACTIVATIONS = {
    "identity": "return V",
    "sigmoid": "E = np.exp(-np.abs(V))\n    return np.where(V >= 0, 1.0, E) / (1.0 + E)",
    "tanh": "return np.tanh(V)",
    "softmax": (
        "E = np.exp(V - V.max(axis=1, keepdims=True))\n    return E / E.sum(axis=1, keepdims=True)"
    ),
    "relu": "return np.maximum(V, 0.0)",
    "leaky_relu": "return np.maximum(V, 0.01 * V)",
    "softplus": "return np.maximum(V, 0.0) + np.log1p(np.exp(-np.abs(V)))",
    "softsign": "return V / (1.0 + np.abs(V))",
    "probit": "return 0.5 * np.vectorize(math.erfc, otypes=[float])(-V / math.sqrt(2.0))",
    "step": "return np.where(V >= 0, 1.0, 0.0)",
}

_MODULE = Template('''\
"""$documentation
"""

${math}import numpy as np

FEATURES = $features
CENTERS = np.array($centers)
SCALES = np.array($scales)
${fills_constant}\
${terms_constant}\
WEIGHTS = np.array($weights)  # terms x outputs
BIAS = np.array($bias)
$classes_constant

def scores(X):
    """Scores (n, $outputs) of inputs (n, $inputs) in the units of the data."""
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or X.shape[1] != $inputs:
        raise ValueError(f"X must have the shape (n, $inputs), not {X.shape}")
${fill}\
    S = (X - CENTERS) / SCALES
${expand}\
    return S @ WEIGHTS + BIAS


def activation(V):
    """The activation, $activation."""
    $body


def outputs(X):
    """Outputs (n, $outputs) of inputs (n, $inputs)."""
    return activation(scores(X))


def predict(X):
    """$predicts"""
    $decision
''')


def encode(model: Model) -> bytes:
    """The module's source."""
    preparation = model.preparation
    text = _MODULE.substitute(
        documentation=_escaped(_documentation(model)),
        math="import math\n\n" if model.activation == "probit" else "",
        features=_lines(repr(row.name) for row in preparation.features),
        centers=_numbers(preparation.centers),
        scales=_numbers(preparation.scales),
        fills_constant=_fills_constant(model),
        fill="    X = np.where(np.isnan(X), FILLS, X)\n" if _has_fills(model) else "",
        terms_constant=_terms_constant(model),
        weights=_rows(model.parameters.W),
        bias=_numbers(model.parameters.b),
        classes_constant=_classes_constant(model),
        outputs=model.output_count,
        inputs=len(preparation.features),
        expand=_expansion(model),
        activation=model.activation,
        body=_ACTIVATIONS[model.activation],
        predicts="Predicted values (n,)." if not model.classes else "Predicted classes (n,).",
        decision=_decision(model),
    )
    return text.encode()


def _documentation(model: Model) -> str:
    lines = ["A one-layer network: scores = prepared inputs @ WEIGHTS + BIAS.", ""]
    lines.append(f"Made with {created_with()}. It needs NumPy only.")
    lines += ["    predict(X)   what is predicted for every row of X"]
    lines += ["    outputs(X)   what the activation makes of the scores"]
    lines += ["    scores(X)    the weighted sums", ""]
    lines += [f"X has {len(model.preparation.features)} columns, in the units of the data:"]
    lines += [f"    {_described(row)}" for row in model.preparation.features]
    if model.classes:
        lines += ["", f"Classes: {', '.join(map(repr, model.classes))}"]
    lines += [
        "",
        "Settings:",
        f"    target: {model.target!r}",
        f"    activation: {model.activation}",
    ]
    lines += [f"    loss: {model.loss}", f"    scaling: {model.preparation.scaling}"]
    lines += [f"    degree: {model.preparation.degree}"]
    if model.preparation.waves:
        lines += [f"    sine terms: {', '.join(map(repr, model.preparation.wave_terms))}"]
    told = {**model.training, **{f"final {name}": v for name, v in model.metrics.items()}}
    skipped = ("activation", "loss", "scaling", "degree")
    lines += [
        f"    {k}: {_plain(v)!r}" for k, v in told.items() if v is not None and k not in skipped
    ]
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    """A NumPy number as Python writes it: 0.5, not np.float64(0.5)."""
    return value.item() if hasattr(value, "item") else value


def _described(row: Feature) -> str:
    if row.category is None:
        return repr(row.name)
    return f"{row.name!r}: 1 where the column {row.column!r} is {row.category!r}, else 0"


def _escaped(text: str) -> str:
    """Text that can stand between triple quotes and comes back as it is."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _lines(entries: Iterable[str]) -> str:
    return "(\n" + "".join(f"    {entry},\n" for entry in entries) + ")"


def _numbers(values: Floats) -> str:
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def _rows(values: Floats) -> str:
    return "[\n" + "".join(f"    {_numbers(row)},\n" for row in values) + "]"


def _has_fills(model: Model) -> bool:
    return any(row.fill is not None for row in model.preparation.features)


def _fills_constant(model: Model) -> str:
    if not _has_fills(model):
        return ""
    fills = _numbers(model.preparation.fills).replace("nan", "np.nan")
    return f"FILLS = np.array({fills})  # in place of missing values (NaN)\n"


def _terms_constant(model: Model) -> str:
    preparation, text = model.preparation, ""
    if preparation.degree > 1:
        rows = (_factors(row) for row in preparation.exponents.tolist())
        text += f"TERMS = {_lines(map(repr, rows))}  # each is a product of these features\n"
    if preparation.waves:
        text += f"WAVES = {preparation.waves!r}  # the features with a sine term\n"
        text += f"FREQUENCY = {preparation.sine!r}\n"
    return text


def _factors(exponents: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(place) for place in np.repeat(np.arange(len(exponents)), exponents))


def _expansion(model: Model) -> str:
    text = ""
    if model.preparation.waves:
        text += "    sines = np.sin(FREQUENCY * S[:, WAVES])\n"
    if model.preparation.degree > 1:
        text += "    S = np.stack([S[:, term].prod(axis=1) for term in map(list, TERMS)], axis=1)\n"
    if model.preparation.waves:
        text += "    S = np.concatenate([S, sines], axis=1)\n"
    return text


def _classes_constant(model: Model) -> str:
    if not model.classes:
        return ""
    return f"CLASSES = np.array({_lines(map(repr, model.classes))}, dtype=object)\n"


def _decision(model: Model) -> str:
    """The rule of :func:`coding.decide`, with its threshold as a number."""
    if not model.classes:
        return "return outputs(X)[:, 0]"
    if model.output_count > 1:
        return "return CLASSES[scores(X).argmax(axis=1)]"
    by_score = LOSSES[model.loss].space == "score" and model.activation != "step"
    if by_score:
        return "return CLASSES[(scores(X)[:, 0] > 0.0).astype(int)]"
    threshold = float(coding.threshold(model.pair))
    return f"return CLASSES[(outputs(X)[:, 0] > {threshold!r}).astype(int)]"
