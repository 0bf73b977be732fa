"""Saved weights, re-expressed for the open data. No Qt: runs on any thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.preparation import Prepared, prepare
from slp_core.errors import DataError
from slp_core.network.parameters import Parameters
from slp_core.storage.formats import load_model
from slp_core.storage.model import Model
from slp_core.training.pocket import Best
from slp_core.training.snapshot import Snapshot
from slp_core.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class LoadedWeights:
    """What loading a file comes to: settings of its pair, and where the run starts."""

    prepared: Prepared
    start: Parameters
    note: str


def load_weights(path: Path, current: Prepared) -> LoadedWeights:
    """Read weights for the open data; the run takes the file's pair, and a bias if it has one.

    Raises
    ------
    DataError
        The file cannot be read, or its model is of other features, classes or another kind.
    ConfigError
        The other settings do not go with the file's pair.
    """
    model = load_model(path)
    start = _fitting(path, model, current)
    wanted = replace(
        current.wanted,
        activation=model.activation,
        loss=model.loss,
        bias=current.wanted.bias or bool(start.b.any()),
    )
    prepared = prepare(current.document, current.choice, current.dataset, wanted)
    return LoadedWeights(prepared, start, f"Weights loaded from {path.name}.")


def best_model(current: Prepared, last: Snapshot, best: Best) -> Model:
    """The model of the best weights of a run whose last moment is given, with its own figures."""
    # The best do not reach back over a change of samples or objective: these are theirs.
    figures = Trainer(current.dataset, last.config, best.parameters).snapshot()
    history = last.history
    epoch = float(np.interp(best.update, history.update, history.epoch))
    moment = replace(figures, update=best.update, epoch=epoch, seconds=last.seconds, stop=None)
    return Model.from_run(current.dataset, moment)


def _fitting(path: Path, model: Model, current: Prepared) -> Parameters:
    dataset = current.dataset
    ours, theirs = dataset.preparation, model.preparation
    same_classes = model.classes == dataset.classes or model.written == dataset.written
    if not same_classes or model.task != dataset.task:
        raise _misfit(path, "classes", model.classes, dataset.classes)
    names = tuple(f.name for f in theirs.features), tuple(f.name for f in ours.features)
    if names[0] != names[1]:
        raise _misfit(path, "features", *names)
    if ours.same_terms(theirs):
        return model.parameters
    original = theirs.in_original_units(model.parameters.W, model.parameters.b)
    if original is None or not ours.is_linear:
        raise DataError(
            f"{path.name} was trained with another scaling, degree or sine terms",
            code="weights.misfit",
            path=path,
            hint="Choose the same scaling, degree and sine terms, then load the weights again.",
        )
    return Parameters(*ours.from_original_units(*original))


def _misfit(path: Path, what: str, theirs: tuple[str, ...], ours: tuple[str, ...]) -> DataError:
    return DataError(
        f"{path.name} is a model of other {what} ({_listed(theirs)}) than the open data "
        f"({_listed(ours)})",
        code="weights.misfit",
        path=path,
        hint="Open the data it was trained on first.",
    )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "") if names else "none"
