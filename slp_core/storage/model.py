"""A trained network, ready to use: what turns rows of a file into predictions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from slp_core.arrays import Bools, Float64s, frozen
from slp_core.data.preprocessing import Preparation
from slp_core.data.table import Table
from slp_core.data.target import Task
from slp_core.errors import ConfigError, DataError
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset
    from slp_core.training.config import TrainingConfig
    from slp_core.training.snapshot import Snapshot


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """Preparation, weights and names: complete without the data they were learnt from.

    Attributes
    ----------
    task
        ``"binary"``, ``"multiclass"`` or ``"regression"``.
    activation, loss
        Keys of the pair.
    preparation
        From p inputs in original units to m prepared terms.
    classes
        Names of the classes in the order of the outputs; empty in regression.
    written
        The same classes as the table wrote them that was learnt from; empty: by these names.
    target
        Name of what is predicted.
    parameters
        W (m, k) and b (k,) for prepared inputs, in float64.
    training, metrics
        How it was trained and how well it did, in plain JSON types.

    Raises
    ------
    ConfigError
        The parts do not belong together.
    """

    task: Task
    activation: str
    loss: str
    preparation: Preparation
    classes: tuple[str, ...]
    target: str
    parameters: Parameters
    training: Mapping[str, Any] = field(default_factory=dict[str, Any])
    metrics: Mapping[str, Any] = field(default_factory=dict[str, Any])
    written: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        W, b = (np.array(a, np.float64) for a in (self.parameters.W, self.parameters.b))
        object.__setattr__(self, "parameters", Parameters(frozen(W), frozen(b)))
        object.__setattr__(self, "written", self.written or self.classes)
        object.__setattr__(self, "training", MappingProxyType(dict(self.training)))
        object.__setattr__(self, "metrics", MappingProxyType(dict(self.metrics)))
        self._check()

    def _check(self) -> None:
        if self.pair.status == "undefined":
            raise ConfigError(self.pair.reason, field="loss", value=self.loss)
        if len(self.written) != len(self.classes):
            raise ConfigError("The classes have two lists of names that differ.", field="classes")
        expected = (len(self.preparation.terms), self.output_count)
        if self.parameters.W.shape != expected:
            raise ConfigError(
                f"The weights must have the shape {expected} (terms, outputs), not "
                f"{self.parameters.W.shape}.",
                field="weights",
                value=self.parameters.W.shape,
            )
        if not self.parameters.is_finite:
            raise ConfigError("The weights are not all finite.", field="weights")

    @classmethod
    def from_run(
        cls,
        dataset: Dataset,
        run: Snapshot | Parameters,
        config: TrainingConfig | None = None,
        *,
        metrics: Mapping[str, Any] | None = None,
    ) -> Model:
        """The model of a run: its data set and a snapshot, or parameters and a resolved config.

        ``metrics`` replaces the figures of the snapshot.
        """
        if not isinstance(run, Parameters):
            config, metrics = config or run.config, metrics or _figures(run)
            run = run.parameters
        if config is None or config.activation is None or config.loss is None:
            raise ConfigError("A model needs a resolved configuration.", field="activation")
        training = {key: value for key, value in config.as_dict().items() if key != "start"}
        training |= {"data": dataset.name, "samples": dataset.samples}
        training |= {"validation": dataset.validation, "split_seed": dataset.seed}
        training |= {"missing": dataset.missing}
        return cls(
            task=dataset.task,
            activation=config.activation,
            loss=config.loss,
            preparation=dataset.preparation,
            classes=dataset.classes,
            written=dataset.written,
            target=dataset.target,
            parameters=run,
            training=training,
            metrics=metrics or {},
        )

    def judged(self, kind: str, text: str) -> Model:
        """The same with the verdict on its run, as a key and as a sentence, in ``metrics``."""
        return replace(self, metrics={**self.metrics, "verdict_kind": kind, "verdict": text})

    @property
    def pair(self) -> Pair:
        """The judgement on activation and loss."""
        return pair(self.activation, self.loss)

    @property
    def output_count(self) -> int:
        """k, the number of outputs."""
        return 1 if self.task == "regression" else coding.outputs(self.pair, len(self.classes))

    @property
    def output_names(self) -> tuple[str, ...]:
        """What each output speaks for: a class, or the target of a regression."""
        if self.task == "regression":
            return (self.target,)
        return self.classes if self.output_count > 1 else (self.classes[1],)

    def score_values(self, X: ArrayLike) -> Float64s:
        """Scores V (n, k) of inputs X (n, p) in original units; NaN is filled where it can be.

        Raises
        ------
        DataError
            X has another shape, is not of numbers, or leaves the finite numbers.
        """
        inputs = _numbers(X)
        self.preparation.check_width(inputs)
        inputs = np.asarray(self.preparation.filled(inputs), np.float64)
        _check_finite(inputs, "The input", self.preparation)
        V = np.empty((len(inputs), self.output_count))
        for rows in self.preparation.blocks(len(inputs)):
            with np.errstate(over="ignore", invalid="ignore"):
                V[rows] = self.preparation.transform(inputs[rows]) @ self.parameters.W
                V[rows] += self.parameters.b
        _check_finite(V, "The score", self.preparation)
        return V

    def outputs(self, X: ArrayLike) -> Float64s:
        """Outputs Z (n, k) of inputs X (n, p) in original units."""
        return np.asarray(ACTIVATIONS[self.activation].value(self.score_values(X)), np.float64)

    def predict(self, X: ArrayLike) -> NDArray[np.object_] | Float64s:
        """Names of the classes (n,), or the values (n,) of a regression."""
        V = self.score_values(X)
        Z = np.asarray(ACTIVATIONS[self.activation].value(V), np.float64)
        if self.task == "regression":
            return Z[:, 0]
        return self.class_names(coding.decide(Z, V, self.pair, len(self.classes)))

    def class_names(self, labels: NDArray[np.int64]) -> NDArray[np.object_]:
        """Names (n,) of class numbers (n,)."""
        return np.array(self.classes, dtype=object)[labels]

    def predict_proba(self, X: ArrayLike) -> Float64s:
        """Probability of every class (n, classes); rows add up to 1.

        Raises
        ------
        ConfigError
            The outputs of this activation and loss are not probabilities.
        """
        if self.task == "regression" or not coding.is_probability(self.pair):
            what = "a regression" if self.task == "regression" else self.pair.label
            raise ConfigError(
                f"The outputs of {what} are not probabilities.",
                field="activation",
                value=self.activation,
                allowed=("sigmoid", "softmax", "probit"),
                hint="Ask for the outputs or the scores instead.",
            )
        return coding.confidence(self.outputs(X), self.pair, len(self.classes))

    def inputs_from(self, table: Table) -> tuple[Float64s, Bools, tuple[str, ...]]:
        """Inputs (n, p), which rows are usable (n,), and why others are not; see Preparation."""
        return self.preparation.inputs_from(table)

    def original_parameters(self) -> tuple[Float64s, Float64s] | None:
        """W (p, k) and b (k,) for unscaled inputs; None where there are other terms."""
        return self.preparation.in_original_units(self.parameters.W, self.parameters.b)

    def save(self, path: Path | str) -> None:
        """Write the model; the end of the name decides how: .json, .npz, .csv or .py.

        Raises
        ------
        ConfigError
            The end of the name is none of these.
        DataError
            The file cannot be written.
        """
        from slp_core.storage.formats import save  # it needs this class

        save(self, Path(path))


def load_model(path: Path | str) -> Model:
    """A model from a .json or .npz file; see :func:`slp_core.storage.formats.load_model`."""
    from slp_core.storage import formats  # it needs the class above

    return formats.load_model(path)


def _figures(snapshot: Snapshot) -> dict[str, Any]:
    names = ("update", "epoch", "loss", "validation_loss", "accuracy", "validation_accuracy")
    names += ("r2", "validation_r2", "gradient_norm", "seconds")
    figures: dict[str, Any] = {name: getattr(snapshot, name) for name in names}
    if snapshot.stop is not None:
        figures["stop_reason"] = snapshot.stop.kind
    return figures


def _numbers(X: ArrayLike) -> Float64s:
    try:
        return np.asarray(X, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise DataError(
            "The inputs are not a table of numbers.",
            code="data.not_numbers",
            hint="One row for each sample, one column for each feature, in original units.",
        ) from error


def _check_finite(values: Float64s, what: str, preparation: Preparation) -> None:
    good = np.isfinite(values)
    if good.all():
        return
    row, column = (int(place) for place in np.argwhere(~good)[0])
    where = f" ({preparation.features[column].name})" if what == "The input" else ""
    raise DataError(
        f"{what} in row {row}{where} is {values[row, column]}; only finite numbers can be used.",
        code="data.not_finite",
        hint="Rows count from 0. Leave out the rows with missing values.",
    )
