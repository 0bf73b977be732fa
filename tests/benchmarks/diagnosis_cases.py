"""Runs for the calibration of the rules, and the healthy ones among them.

A case names the rules that must speak, and those that may (true as well, or a matter of taste);
any other finding counts as a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from slp_core.data.dataset import Dataset
from slp_core.data.samples import SAMPLES, load_sample
from slp_core.data.table import Table
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.rates import largest_rate

Wrong = Callable[[Parameters], None]
"""Spoils a gradient in place."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One run. ``must`` and ``may`` are ids of rules; ``wrong`` spoils the gradient it follows."""

    name: str
    dataset: Dataset
    config: TrainingConfig
    table: Table | None = None
    must: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    wrong: Wrong | None = None


BINARY = ("two_gaussians", "overlapping", "separable", "moons", "xor", "circles")
MANY = ("three_blobs", "four_blobs", "iris", "penguins", "wine")
NUMBERS = ("noisy_line", "noisy_plane", "cars")
SMALL = (*BINARY, *MANY, *NUMBERS)
_TRUE_OF_SETS = frozenset({"P4", "P5", "P8", "P9", "L11", "L15"})
"""What is simply so in some of the shipped sets; told apart by cases of their own."""


def healthy(shift: int = 0) -> Iterator[Case]:
    """Runs that need no help; ``shift`` draws other points and other orders."""
    for case in _healthy():
        yield _redrawn(case, shift) if shift else case


def _redrawn(case: Case, shift: int) -> Case:
    """The same on other points of a generated set (on another split of a measured one)."""
    name, old = case.name.split(" ", 1)[0], case.dataset
    dataset = load_sample(name, seed=old.seed + shift, validation=old.validation)
    config = replace(case.config, seed=case.config.seed + shift)
    rate = config.learning_rate
    if rate is not None and (limit := largest_rate(old, config.resolved(old))):
        wider = largest_rate(dataset, config.resolved(dataset)) or limit
        config = replace(config, learning_rate=rate / limit * wider)
    return replace(case, dataset=dataset, config=config)


def _healthy() -> Iterator[Case]:
    for name in SAMPLES:
        yield case_of(name, may=_TRUE_OF_SETS)
        if name != "digits":
            yield case_of(name, {"optimizer": "adam"}, may=_TRUE_OF_SETS)
            yield case_of(name, {"optimizer": "lbfgs"}, may=_TRUE_OF_SETS)
            yield case_of(name, {"batch_size": 16, "epochs": 100}, may=_TRUE_OF_SETS)
    for name in SMALL:
        for share in (0.1, 0.9):
            yield at_rate(name, share, may=_TRUE_OF_SETS)
        for seed in (1, 2):
            yield case_of(
                name,
                {"batch_size": 8, "epochs": 60, "seed": seed, "initializer": "xavier"},
                seed=seed, may=_TRUE_OF_SETS,
            )  # fmt: skip
        yield case_of(name, {"l2": 1e-3}, may=_TRUE_OF_SETS)
        yield case_of(name, {"optimizer": "momentum"}, may=_TRUE_OF_SETS)
        yield case_of(name, {"optimizer": "nesterov"}, may=_TRUE_OF_SETS)
        yield case_of(name, {}, validation=0.25, may=_TRUE_OF_SETS | {"L14"})
    for name in (*BINARY, *MANY):
        for activation, loss in PAIRS:
            yield case_of(name, {"activation": activation, "loss": loss}, may=_TRUE_OF_SETS)


PAIRS = (
    ("sigmoid", "quadratic"),
    ("tanh", "quadratic"),
    ("identity", "quadratic"),
    ("identity", "squared_hinge"),
    ("probit", "cross_entropy"),
    ("softmax", "cross_entropy"),
    ("identity", "huber"),
)


def case_of(
    name: str,
    options: dict[str, object] | None = None,
    *,
    must: frozenset[str] = frozenset(),
    may: frozenset[str] = frozenset(),
    **data: object,
) -> Case:
    """A run on a shipped set; ``data`` are options of `load_sample`."""
    dataset = load_sample(name, **data)  # pyright: ignore[reportArgumentType] - options of a table
    config = TrainingConfig(**(options or {}))  # pyright: ignore[reportArgumentType] - options of a table
    shown = " ".join(f"{key}={value}" for key, value in {**(options or {}), **data}.items())
    return Case(name=f"{name} {shown}", dataset=dataset, config=config, must=must, may=may)


def at_rate(
    name: str,
    share: float,
    options: dict[str, object] | None = None,
    must: frozenset[str] = frozenset(),
    may: frozenset[str] = frozenset(),
    **data: object,
) -> Case:
    """The same at a share of the largest stable rate."""
    case = case_of(name, options, must=must, may=may, **data)
    limit = largest_rate(case.dataset, case.config.resolved(case.dataset))
    config = replace(case.config, learning_rate=share * (limit or 1.0))
    return replace(case, name=f"{case.name} rate={share:g} of the limit", config=config)
