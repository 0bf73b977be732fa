"""The weights file as a mapping of fields: written from a model, and checked into one.

JSON and NPZ hold the same fields. Everything read is checked here, once: kinds, keys, shapes,
finiteness, and that the parts belong together.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any, cast

import numpy as np

from slp_core.arrays import Float64s
from slp_core.data.polynomial import HIGHEST_DEGREE
from slp_core.data.preprocessing import Feature, Preparation
from slp_core.data.scaling import SCALINGS
from slp_core.data.target import TASKS, Task
from slp_core.errors import ConfigError
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.parameters import Parameters
from slp_core.storage.fields import Fields
from slp_core.storage.model import Model

FORMAT, VERSION = "perceptron-lab-weights", 1

_AGREEMENT = 1e-6
"""Weights in original units may differ from the scaled ones by this share: people round."""


def document_of(model: Model) -> dict[str, Any]:
    """All fields of a weights file in the order they are written; weights stay arrays."""
    original = model.original_parameters()
    return {
        "format": FORMAT,
        "version": VERSION,
        "task": model.task,
        "target": model.target,
        "activation": model.activation,
        "loss": model.loss,
        "features": [_feature(row) for row in model.preparation.features],
        "scaling": model.preparation.scaling,
        "degree": model.preparation.degree,
        "sine": model.preparation.sine or None,
        "terms": list(model.preparation.terms),
        "classes": list(model.classes),
        "classes_written": list(model.written) if model.written != model.classes else None,
        "weights": model.parameters.W,
        "bias": model.parameters.b,
        "weights_original": original[0] if original else None,
        "bias_original": original[1] if original else None,
        "training": plain(model.training),
        "metrics": plain(model.metrics),
        "created_with": created_with(),
    }


def _feature(row: Feature) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": row.name, "center": row.center, "scale": row.scale}
    return fields | {"column": row.column, "category": row.category, "fill": row.fill}


def created_with() -> str:
    """Name and version of the program."""
    from importlib.metadata import PackageNotFoundError, version  # 10 ms that reading can spare

    try:
        return f"Perceptron Lab {version('perceptron-lab')}"
    except PackageNotFoundError:
        return "Perceptron Lab"


def plain(value: object) -> Any:
    """A value in JSON types: arrays become lists, what is not finite becomes None."""
    if isinstance(value, Mapping):
        items = cast("Mapping[object, object]", value).items()
        return {str(key): plain(item) for key, item in items}
    if isinstance(value, np.ndarray | np.generic):
        return plain(cast("Any", value).tolist())
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("list[object]", value)]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def model_from(document: Mapping[str, Any], path: Path) -> Model:
    """The model a weights file describes.

    Raises
    ------
    DataError
        A field is missing or wrong; ``column`` is its place.
    """
    fields = Fields(document, path)
    _check_version(fields)
    task = cast("Task", fields.one_of("task", TASKS))
    activation = fields.one_of("activation", ACTIVATIONS)
    loss = fields.one_of("loss", LOSSES)
    preparation = _preparation(fields)
    classes = _classes(fields, task)
    outputs = 1 if task == "regression" else coding.outputs(activation, len(classes))
    W = fields.array("weights", (len(preparation.terms), outputs))
    b = fields.array("bias", (outputs,))
    _check_original(fields, preparation, W, b)
    fields.text("created_with")
    try:
        return Model(
            task=task,
            activation=activation,
            loss=loss,
            preparation=preparation,
            classes=classes,
            written=_written(fields, classes),
            target=fields.optional_text("target") or "",
            parameters=Parameters(W, b),
            training=plain(fields.mapping("training")),
            metrics=plain(fields.mapping("metrics")),
        )
    except ConfigError as error:
        raise fields.wrong(error.field, f"cannot be used: {error.message.rstrip('.')}") from error


def _check_version(fields: Fields) -> None:
    fields.one_of("format", (FORMAT,))
    version = fields.whole("version", 1, 10**9)
    if version > VERSION:
        error = fields.wrong("version", f"is {version}, newer than {VERSION}, which can be read")
        error.hint = "Update the program to read this file."
        raise error


def _preparation(fields: Fields) -> Preparation:
    features = fields.objects("features", _read_feature)
    if not features:
        raise fields.wrong("features", "is empty")
    degree = fields.whole("degree", 1, HIGHEST_DEGREE)
    sine = fields.optional_number("sine") or 0.0
    if sine < 0.0:
        raise fields.wrong("sine", "must be a positive frequency")
    try:
        preparation = Preparation(features, degree, _scaling(fields, features), sine)
    except ConfigError as error:
        raise fields.wrong("degree", f"cannot be used: {error.message.rstrip('.')}") from error
    terms = fields.texts("terms")
    if terms != preparation.terms:
        what = f"degree {degree}" + (" and the sines" if sine else "")
        raise fields.wrong("terms", f"does not list the terms of {what} of the features")
    return preparation


def _scaling(fields: Fields, features: tuple[Feature, ...]) -> str:
    """The key is for people: centers and scales say everything, so a file may leave it out."""
    if fields.optional_text("scaling") is not None:
        return fields.one_of("scaling", SCALINGS)
    scaled = any(row.center != 0.0 or row.scale != 1.0 for row in features)
    return "standardize" if scaled else "none"


def _read_feature(fields: Fields) -> Feature:
    name = fields.text("name")
    center, scale = fields.number("center"), fields.number("scale")
    if scale == 0.0:
        raise fields.wrong("scale", "is 0, by which nothing can be divided")
    column, category = fields.optional_text("column"), fields.optional_text("category")
    fill = fields.optional_number("fill")
    return Feature(name, name if column is None else column, category, center, scale, fill)


def _classes(fields: Fields, task: Task) -> tuple[str, ...]:
    classes = fields.texts("classes")
    count = len(classes)
    fits = {"regression": count == 0, "binary": count == 2, "multiclass": count > 2}[task]
    if not fits:
        raise fields.wrong("classes", f"lists {count} classes, which is not {task}")
    if len(set(classes)) < count:
        raise fields.wrong("classes", "names a class twice")
    return classes


def _written(fields: Fields, classes: tuple[str, ...]) -> tuple[str, ...]:
    """The classes as their table wrote them: a field where they were renamed."""
    written = fields.optional_texts("classes_written")
    if written is None:
        return classes
    if len(written) != len(classes):
        raise fields.wrong("classes_written", f"lists {len(written)} classes, not {len(classes)}")
    if len(set(written)) < len(written):
        raise fields.wrong("classes_written", "names a class twice")
    return written


def _check_original(fields: Fields, preparation: Preparation, W: Float64s, b: Float64s) -> None:
    """Weights in original units may be left out (null), but they may not say something else."""
    expected = preparation.in_original_units(W, b)
    for name, index in (("weights_original", 0), ("bias_original", 1)):
        if fields.value(name) is None:
            continue
        if expected is None:
            raise fields.wrong(name, "must be null above degree 1 and with sine terms")
        found = fields.array(name, expected[index].shape)
        if not _agree(found, expected[index], np.abs(b).max() + np.abs(expected[1]).max()):
            raise fields.wrong(name, "does not belong to the scaled weights")


def _agree(found: Float64s, expected: Float64s, size: float) -> bool:
    """Whether two sets of weights are the same up to rounding; ``size`` is that of a bias."""
    slack = _AGREEMENT * (np.abs(expected) + (size if expected.ndim == 1 else 0.0))
    return bool(np.all(np.abs(found - expected) <= slack))
