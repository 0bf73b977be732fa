"""Small models for the tests."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import numpy as np

from slp_core.data.preprocessing import Feature, Preparation
from slp_core.data.target import Task
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.storage.model import Model

HOSTILE = (
    "quote \" and ' both",
    '"""\nimport os; os.abort()\n"""',
    "'''; raise SystemExit('''",
    "back\\slash \\",
    "line\nbreak\r\ttab",
    "naïve 数学 𝛼 \u2028 \u202e",
    "${braces} $inputs %s {0}",
    "half \udc81",
    "",
    "comma, semicolon; = 3",
)

CONTRACT_FIELDS = [
    "format",
    "version",
    "task",
    "activation",
    "loss",
    "features",
    "degree",
    "terms",
    "classes",
    "weights",
    "bias",
    "weights_original",
    "bias_original",
    "training",
    "metrics",
    "created_with",
]

PAIRS = [
    (activation, loss)
    for activation in ACTIVATIONS
    for loss in LOSSES
    if pair(activation, loss).status != "undefined"
]


def make_model(
    activation: str = "softmax",
    loss: str = "cross_entropy",
    classes: tuple[str, ...] = ("A", "B", "C"),
    *,
    features: tuple[str, ...] = ("x", "y"),
    degree: int = 1,
    seed: int = 0,
    metrics: dict[str, Any] | None = None,
    fills: tuple[float | None, ...] = (),
    sine: float = 0.0,
) -> Model:
    random = np.random.default_rng(seed)
    rows = tuple(
        Feature(name, name, None, random.normal(), random.uniform(0.5, 2.0), fill)
        for name, fill in zip_longest(features, fills)
    )
    preparation = Preparation(rows, degree, sine=sine)
    k = coding.outputs(activation, len(classes)) if classes else 1
    task: Task = "regression"
    if classes:
        task = "binary" if len(classes) == 2 else "multiclass"
    return Model(
        task=task,
        activation=activation,
        loss=loss,
        preparation=preparation,
        classes=classes,
        target="kind",
        parameters=Parameters(
            random.normal(size=(len(preparation.terms), k)), random.normal(size=k)
        ),
        training={"optimizer": "gd", "learning_rate": 0.1, "epochs": 3, "seed": 0},
        metrics=metrics or {},
    )


def some_inputs(model: Model, rows: int = 40, seed: int = 5) -> np.ndarray[Any, np.dtype[Any]]:
    return np.random.default_rng(seed).normal(size=(rows, len(model.preparation.features))) * 3


def assert_same(found: Model, expected: Model) -> None:
    for name in ("task", "activation", "loss", "preparation", "classes", "target"):
        assert getattr(found, name) == getattr(expected, name), name
    assert np.array_equal(found.parameters.W, expected.parameters.W)
    assert np.array_equal(found.parameters.b, expected.parameters.b)
    assert dict(found.training) == dict(expected.training)
    X = some_inputs(expected)
    assert np.array_equal(found.outputs(X), expected.outputs(X))
    assert found.predict(X).tolist() == expected.predict(X).tolist()
