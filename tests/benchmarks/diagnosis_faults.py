"""Runs with a fault planted on purpose, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample, sample_table
from slp_core.data.table import Table
from slp_core.insight.optimum import best_loss
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from tests.benchmarks.diagnosis_cases import NUMBERS, SMALL, Case, Wrong, at_rate, case_of


def planted(shift: int = 0) -> Iterator[Case]:
    """Runs with a fault, rule by rule; ``shift`` draws other points and orders."""
    yield from _rates(shift)
    yield from _starts(shift)
    yield from _gradients(shift)
    yield from _penalties(shift)
    yield from _data(shift)
    yield from _columns(shift)
    yield from _targets(shift)


def _rates(shift: int) -> Iterator[Case]:
    quiet = frozenset({"P4", "P5", "P8", "L6"})
    for name in NUMBERS:
        for share in (1.1, 1.5, 3.0):
            may = quiet | {"L1", "L3"}
            yield at_rate(name, share, must=frozenset({"P12", "L10"}), may=may, seed=shift)
    for name in ("two_gaussians", "overlapping", "moons", "xor", "circles", "spiral", "iris"):
        for activation, loss in RESTLESS:
            for factor in (1.3, 2.0, 5.0, 20.0):
                yield from _beyond(name, activation, loss, factor, shift)
    for name in sorted({*SMALL} - {"circles"}):  # of which a line learns next to nothing
        for share in (1e-4, 1e-5):
            must = frozenset({"P12", "L4"})
            yield at_rate(name, share, {"epochs": 500}, must=must, may=quiet, seed=shift)
    for name in NUMBERS:
        wild = frozenset({"P12", "L1"})
        yield at_rate(name, 1e6, must=wild, may=quiet | {"L3", "L10"}, seed=shift)


RESTLESS = (("sigmoid", "cross_entropy"), ("identity", "squared_hinge"))


def _beyond(name: str, activation: str, loss: str, factor: float, shift: int) -> Iterator[Case]:
    """A rate that is ``factor`` times what even the best weights would bear: it cannot rest."""
    if name == "iris" and activation == "sigmoid":
        activation = "softmax"
    options: dict[str, object] = {"activation": activation, "loss": loss}
    may = frozenset({"P4", "P5", "P8", "P9", "L1", "L2", "L6", "L8"})
    case = case_of(name, options, must=frozenset({"P12", "L3 or L10"}), may=may, seed=shift)
    best = best_loss(case.dataset, case.config)
    if best.steepest is None:
        return  # the weights grow without end, and so does the rate they bear
    config = replace(case.config, learning_rate=factor * 2.0 / best.steepest)
    yield replace(case, name=f"{case.name} {factor:g} times the limit at the end", config=config)


def _starts(shift: int) -> Iterator[Case]:
    may = frozenset({"P4", "P5", "P8", "L6", "P12"})
    for name in ("saturated_start", "two_gaussians", "separable", "moons", "overlapping"):
        for rate in (0.1, 0.5):
            case = case_of(
                name,
                {"activation": "sigmoid", "loss": "quadratic", "initializer": "saturated",
                 "learning_rate": rate, "epochs": 100},
                must=frozenset({"P9", "P10", "P11", "L8"}), may=may, seed=shift,
            )  # fmt: skip
            yield case
        options: dict[str, object] = {"initializer": "saturated"}
        yield case_of(name, options, must=frozenset({"P10", "P11"}), may=may, seed=shift)
    for name in ("two_gaussians", "moons"):
        dataset = load_sample(name, seed=shift)
        far = Parameters(np.full((2, 1), 300.0) * [[-1.0], [-1.0]], np.zeros(1))
        config = TrainingConfig(start=far, learning_rate=0.5, epochs=60)
        must = frozenset({"P10", "P11", "L2"})
        yield Case(name=f"{name} from afar", dataset=dataset, config=config, must=must, may=may)


def _gradients(shift: int) -> Iterator[Case]:
    may = frozenset({"P4", "P5", "P8", "P9", "L10", "L1", "L3", "L6", "L8", "L2", "L4", "L12"})
    for name in ("two_gaussians", "iris", "noisy_plane", "xor", "three_blobs"):
        for label, wrong in WRONG.items():
            case = at_rate(name, 0.3, {"epochs": 60}, frozenset({"L5"}), may, seed=shift)
            yield replace(case, name=f"{case.name} {label}", wrong=wrong)


def _flip(slopes: Parameters) -> None:
    slopes.W[:] *= -1.0
    slopes.b[:] *= -1.0


def _double(slopes: Parameters) -> None:
    slopes.W[:] *= 2.0
    slopes.b[:] *= 2.0


def _half(slopes: Parameters) -> None:
    slopes.W[:] *= 0.5
    slopes.b[:] *= 0.5


def _first_only(slopes: Parameters) -> None:
    slopes.W[0] *= -1.0


WRONG: dict[str, Wrong] = {
    "sign flipped": _flip,
    "factor 2": _double,
    "factor 1/2": _half,
    "one row flipped": _first_only,
}


def _penalties(shift: int) -> Iterator[Case]:
    may = frozenset({"P4", "P5", "P8", "P12", "L6"})
    for name in ("two_gaussians", "moons", "separable", "iris", "noisy_line", "wine"):
        for l2 in (1.0, 10.0):
            yield case_of(name, {"l2": l2}, must=frozenset({"L12"}), may=may, seed=shift)
    for seed in range(shift, shift + 4):
        random = np.random.default_rng(seed)
        X = random.normal(size=(80, 30))
        labels = (X[:, 0] + random.normal(size=80) > 0).astype(int)
        columns = {f"x{j}": X[:, j] for j in range(30)}
        table = Table.from_columns("noise", {**columns, "y": labels})
        dataset = Dataset.from_table(table, "y", validation=0.5, seed=seed)
        config = TrainingConfig(optimizer="adam", epochs=500)
        name = f"many useless features {seed}"
        yield Case(name=name, dataset=dataset, config=config, must=frozenset({"L14"}))


def _data(shift: int) -> Iterator[Case]:
    rest = frozenset({"P4", "P5", "P8", "L4", "L3", "L15"})
    for name in ("iris", "wine", "breast_cancer", "cars"):
        yield case_of(name, must=frozenset({"P3"}), may=rest, scaling="none", seed=shift)
    for factor in (30.0, 1000.0):
        for seed in range(shift, shift + 2):
            table = sample_table("moons", seed=seed)
            wide = np.asarray(table.column("x2").values, float) * factor
            new = Table.from_columns("wide", _columns_of(table) | {"x2": wide})
            dataset = Dataset.from_table(new, "class", scaling="none")
            name = f"one feature times {factor:g}"
            must = frozenset({"P3"})
            yield Case(name=name, dataset=dataset, config=TrainingConfig(), must=must, may=rest)
    for name in ("noisy_line", "noisy_plane", "cars"):
        off: dict[str, object] = {"bias": False}
        yield case_of(name, off, must=frozenset({"P13"}), may=rest, seed=shift)
    may = rest | {"P3", "L6"}
    for name in ("iris", "wine"):
        off = {"bias": False}
        must = frozenset({"P13"})
        yield case_of(name, off, must=must, may=may, scaling="none", seed=shift)
    for balance in (0.85, 0.95):
        table = sample_table("imbalanced", balance=balance, seed=shift)
        dataset = Dataset.from_table(table, "class")
        must = frozenset({"P5"})
        name = f"imbalanced {balance}"
        yield Case(name=name, dataset=dataset, config=TrainingConfig(), must=must, may=may)
    settings = {"class": np.array(["a", "b"] * 5 + ["c"] * 3), "x": np.arange(13.0)}
    for seed in range(shift, shift + 2):
        dataset = Dataset.from_table(
            Table.from_columns("few", settings), "class", validation=0.1, seed=seed
        )
        must = frozenset({"P7"})
        yield Case(
            name=f"few rows {seed}", dataset=dataset, config=TrainingConfig(), must=must,
            may=rest | {"L6", "L14"},
        )  # fmt: skip


def _columns_of(table: Table) -> dict[str, np.ndarray]:
    return {column.name: np.asarray(column.values) for column in table.columns}


_FEATURES = {"commas": ("x1", "x2")}


def _columns(shift: int) -> Iterator[Case]:
    rest = frozenset({"P8", "L15"})
    for seed in range(shift, shift + 3):
        table = sample_table("moons", seed=seed)
        columns, random = _columns_of(table), np.random.default_rng(seed)
        n = table.rows
        x1 = columns["x1"].astype(float)
        held = int(Dataset.from_table(table, "class", validation=0.2).row_index[-1])
        extra: dict[str, tuple[dict[str, np.ndarray], str]] = {
            "nearly constant": ({"rare": (np.arange(n) == held).astype(float)}, "P4"),
            "twin": ({"twin": 2.5 * x1 + 1.0}, "P4"),
            "holes": ({"x3": np.where(random.random(n) < 0.2, np.nan, x1)}, "P1"),
            "commas": ({"x3": np.array([f"{v:.3f}".replace(".", ",") for v in x1])}, "P2"),
            "leak": ({"paid": (columns["class"] == "B") + 0.01 * random.random(n)}, "L15"),
        }
        for name, (more, rule) in extra.items():
            new = Table.from_columns(name, {**more, **columns})
            features = _FEATURES.get(name)
            share = 0.2 if name == "nearly constant" else 0.0
            dataset = Dataset.from_table(new, "class", features, validation=share)
            yield Case(
                name=f"{name} {seed}", dataset=dataset, config=TrainingConfig(), table=new,
                must=frozenset({rule}), may=rest | {"P4", "L14"},
            )  # fmt: skip
        again = {key: np.concatenate([value, value]) for key, value in columns.items()}
        dataset = Dataset.from_table(Table.from_columns("twice", again), "class", validation=0.3)
        yield Case(
            name=f"every row twice {seed}", dataset=dataset, config=TrainingConfig(),
            must=frozenset({"P8"}),
        )  # fmt: skip
        labels = np.concatenate([columns["class"], np.roll(columns["class"], 7)])
        dataset = Dataset.from_table(Table.from_columns("both", again | {"class": labels}), "class")
        yield Case(
            name=f"contradictions {seed}", dataset=dataset, config=TrainingConfig(),
            must=frozenset({"P8"}), may=frozenset({"L6"}),
        )  # fmt: skip


def _targets(shift: int) -> Iterator[Case]:
    random = np.random.default_rng(shift)
    x = random.normal(size=60)
    signs = np.where(x + 0.3 * random.normal(size=60) > 0, 1.0, -1.0)
    for target, activation in ((signs, "sigmoid"), (3.0 * x, "sigmoid"), (2.0 * signs, "tanh")):
        table = Table.from_columns("targets", {"x": x, "y": target})
        dataset = Dataset.from_table(table, "y", task="regression")
        config = TrainingConfig(activation=activation, loss="quadratic")
        name = f"{activation} on other numbers"
        yield Case(name=name, dataset=dataset, config=config, must=frozenset({"P6"}))
    for activation, loss in (("tanh", "cross_entropy"), ("identity", "cross_entropy")):
        options: dict[str, object] = {"activation": activation, "loss": loss}
        yield case_of("moons", options, must=frozenset({"P9"}), seed=shift)
    may = frozenset({"L6"})
    for name in ("two_gaussians", "iris"):
        cannot: dict[str, object] = {"activation": "step", "loss": "quadratic"}
        yield case_of(name, cannot, must=frozenset({"P9"}), may=may, seed=shift)
    for name in ("two_gaussians", "moons", "iris"):
        small: dict[str, object] = {"batch_size": 1, "epochs": 40, "learning_rate": 0.3}
        yield case_of(name, small, must=frozenset({"L11"}), may=frozenset({"P12"}), seed=shift)
    for name in ("imbalanced",):
        blank: dict[str, object] = {"bias": True, "l2": 100.0}
        yield case_of(name, blank, must=frozenset({"L6", "P5", "L12"}), seed=shift)
