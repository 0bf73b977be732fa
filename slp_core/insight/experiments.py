"""Small honest experiments: short runs that tell the data, the model and the settings apart.

Each takes a second or so, can be cancelled, and comes back as figures with one sentence. They train
copies: the run on the screen is not touched.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from slp_core.arrays import frozen
from slp_core.insight.experiments_runs import Watch, best_run
from slp_core.insight.floor import Baseline, baseline
from slp_core.insight.optimum_problem import posed, value, zeros
from slp_core.insight.verdict_text import figure
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.own_gradient import OwnGradientMaker
from slp_core.training.snapshot import Snapshot
from slp_core.training.start import starting_weights

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

Cancelled = Callable[[], bool]
Progress = Callable[[float], None]
Outcome = Literal["as_expected", "suspicious", "unknown"]

SECONDS: Final = 2.0
FEW: Final = 3
_CUT: Final = " Time was over before it came to rest."


@dataclass(frozen=True, slots=True)
class Experiment:
    """What an experiment found.

    Attributes
    ----------
    kind
        ``zero_inputs``, ``fit_few``, ``shuffled_labels`` or ``first_loss``.
    outcome
        ``as_expected``; ``suspicious``: look closer; ``unknown``: time was over.
    found, expected
        The figure measured and the one it is compared with.
    text
        One sentence.
    rows
        Places of the training samples it used, if not all.
    """

    kind: str
    outcome: Outcome
    found: float
    expected: float
    text: str
    rows: tuple[int, ...] = ()


def zero_inputs(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    seconds: float = SECONDS,
    cancelled: Cancelled | None = None,
    progress: Progress | None = None,
) -> Experiment:
    """Train on inputs of 0: what a model reaches that sees nothing is the baseline."""
    known = baseline(dataset, config.resolved(dataset))
    blank = replace(dataset, prepared=frozen(np.zeros_like(dataset.prepared)))
    ended, whole = best_run(blank, config, Watch(seconds, cancelled, progress))
    seen = _accuracy_text(ended, known)
    text = (
        f"Without inputs the loss ends at {ended.loss:.4g}{seen}; the best constant answer costs "
    )
    text += f"{known.loss:.4g}. What is below comes from the inputs."
    near = abs(ended.loss - known.loss) <= 0.02 * max(abs(known.loss), 1e-12)
    outcome: Outcome = "suspicious" if whole else "unknown"
    if near and ended.update > 0:
        outcome = "as_expected"
    text += "" if whole or near else _CUT
    return Experiment("zero_inputs", outcome, ended.loss, known.loss, text)


def _accuracy_text(ended: Snapshot, known: Baseline) -> str:
    if ended.accuracy is None or known.accuracy is None:
        return ""
    return f" and {ended.accuracy:.1%} are right (always {known.answer}: {known.accuracy:.1%})"


def fit_few(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    seconds: float = SECONDS,
    cancelled: Cancelled | None = None,
    progress: Progress | None = None,
    gradient: OwnGradientMaker | None = None,
) -> Experiment:
    """Train on three samples, of as many classes as can be: a sound model learns them by heart.

    With ``gradient`` the steps follow one that is not the objective's.
    """
    rows = _few_rows(dataset)
    watch = Watch(seconds, cancelled, progress)
    ended, whole = best_run(_subset(dataset, rows), config, watch, gradient)
    places = tuple(rows.tolist())
    if ended.accuracy is not None:
        good = ended.accuracy == 1.0
        share, loss = f"{ended.accuracy:.0%}", figure(ended.loss)
        text = f"{share} of {len(rows)} samples learnt by heart (loss {loss})."
        found, expected = ended.accuracy, 1.0
    else:
        found, expected = float(ended.r2 if ended.r2 is not None else math.nan), 1.0
        good = not found < 0.99
        text = f"R² {found:.4g} on {len(rows)} samples (loss {figure(ended.loss)})."
    if not good:
        text += " Not even these can be learnt: look at pair, rate, gradient and labels."
    text += "" if whole or good else _CUT
    outcome: Outcome = "as_expected" if good else "suspicious" if whole else "unknown"
    return Experiment("fit_few", outcome, found, expected, text, places)


def _few_rows(dataset: Dataset) -> np.ndarray:
    """Three places: the first of each class in turn, with different inputs; else spread values."""
    if dataset.task == "regression":
        order = np.argsort(dataset.values, kind="stable")
        return np.unique(order[[0, len(order) // 2, -1]])
    chosen: list[int] = []
    for label in range(len(dataset.classes)):
        chosen += np.flatnonzero(dataset.labels == label)[:1].tolist()
    for place in range(dataset.samples):
        if len(chosen) >= FEW:
            break
        if place not in chosen and not (dataset.X[chosen] == dataset.X[place]).all(axis=1).any():
            chosen.append(place)
    return np.array(sorted(chosen[:FEW]))


def _subset(dataset: Dataset, rows: np.ndarray) -> Dataset:
    """The data set with these training rows alone."""
    of_classes = bool(dataset.classes)
    return replace(
        dataset,
        prepared=frozen(dataset.X[rows].copy()),
        all_labels=frozen(dataset.labels[rows].copy()) if of_classes else dataset.all_labels,
        all_values=dataset.all_values if of_classes else frozen(dataset.values[rows].copy()),
        samples=len(rows),
        row_index=frozen(dataset.row_index[rows].copy()),
    )


def shuffled_labels(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    seed: int = 0,
    seconds: float = SECONDS,
    cancelled: Cancelled | None = None,
    progress: Progress | None = None,
) -> Experiment:
    """Train on targets in random order: what is still learnt is chance, or memory."""
    order = np.random.default_rng(seed).permutation(dataset.samples)
    mixed = replace(dataset, all_labels=_mixed(dataset.all_labels, order),
                    all_values=_mixed(dataset.all_values, order))  # fmt: skip
    watch = Watch(seconds, cancelled, progress)
    real, first = best_run(dataset, config, watch.part(0.0, 0.5))
    ended, second = best_run(mixed, config, watch.part(0.5, 1.0))
    known = baseline(dataset, config.resolved(dataset))
    way = known.loss - real.loss
    learnt = (known.loss - ended.loss) / way if way > 0.0 else math.inf
    text = (
        f"With shuffled targets the loss ends at {ended.loss:.4g}, with the real ones at "
        f"{real.loss:.4g}; a constant answer costs {known.loss:.4g}."
    )
    whole = first and second
    if learnt > 0.5 and whole:
        text += " Nearly as much is learnt from noise: this is memory, or there is little to learn."
    elif learnt <= (0.5 if whole else 0.25):
        text += " What is learnt from the real ones is not an accident."
    text += "" if whole else _CUT
    outcome: Outcome = "suspicious" if whole else "unknown"
    if learnt <= (0.5 if whole else 0.25):  # both had the same time
        outcome = "as_expected"
    return Experiment("shuffled_labels", outcome, ended.loss, real.loss, text)


def _mixed(targets: np.ndarray, order: np.ndarray) -> np.ndarray:
    if not len(targets):
        return targets
    return frozen(np.concatenate([targets[: len(order)][order], targets[len(order) :]]))


def first_loss(
    dataset: Dataset, config: TrainingConfig, parameters: Parameters | None = None
) -> Experiment:
    """The loss at the start against that of scores of 0: ln K for cross-entropy."""
    settled = config.resolved(dataset)
    problem = posed(dataset, settled)
    start = starting_weights(problem, settled, parameters)
    found, expected = value(problem, start), value(problem, zeros(problem))
    name = ""
    if settled.loss == "cross_entropy" and dataset.classes:
        alone = settled.activation == "softmax" or problem.shape[1] == 1
        name = f" (ln {len(dataset.classes)})" if alone else f" ({problem.shape[1]} times ln 2)"
    near = found <= 2.0 * expected
    text = f"The loss at the start is {found:.4g}; scores of 0 cost {expected:.4g}{name}."
    text += "" if near else " Start from smaller weights."
    return Experiment("first_loss", "as_expected" if near else "suspicious", found, expected, text)
