"""Checks of the settings against the data: scaling, pair, start, rate, bias."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from slp_core.errors import ConfigError
from slp_core.insight.checks_data import inputs
from slp_core.insight.findings import MOST_ROWS, Finding, Fix, Level, changes
from slp_core.insight.optimum_answers import Answers
from slp_core.insight.optimum_problem import value, zeros
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.metrics import score_blocks
from slp_core.training.problem import Problem, pose
from slp_core.training.rates import largest_rate
from slp_core.training.resolution import partners
from slp_core.training.start import starting_weights
from slp_core.training.tally import saturated, tally

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

SPREADS: Final = 10.0
OFFSET: Final = 3.0
CONDITION: Final = 1e3
EXCESS: Final = 3.0
EXCESS_TRAP: Final = 1.0
"""Of a pair that saturates, for which a bad start is not soon made good."""
FLAT_START: Final = 0.5
FAR_BELOW: Final = 1e-3
OFF_CENTRE: Final = 1.0
TARGET_OFF_CENTRE: Final = 0.25
_MATCHING: Final = {
    "sigmoid": "cross_entropy",
    "softmax": "cross_entropy",
    "probit": "cross_entropy",
}


def check_model(
    dataset: Dataset,
    config: TrainingConfig,
    parameters: Parameters | None,
    answers: Answers | None,
) -> list[Finding | None]:
    """P3 and P9 to P13, for settings that are complete."""
    problem = pose(dataset, config)
    start = starting_weights(problem, config, parameters)
    with np.errstate(all="ignore"):
        return _checked(dataset, config, problem, start, answers)


def _checked(
    dataset: Dataset,
    config: TrainingConfig,
    problem: Problem,
    start: Parameters,
    answers: Answers | None,
) -> list[Finding | None]:
    return [
        _scale(dataset, config),
        _mismatch(dataset, config),
        _first_loss(problem, start),
        _flat_start(problem, start),
        _rate(dataset, config, answers),
        _no_bias(dataset, config),
    ]


def refused(dataset: Dataset, config: TrainingConfig, error: ConfigError) -> Finding | None:
    """P6 or P9, for settings that cannot be used with the data; None for any other reason."""
    if error.code == "config.regression":
        return _targets(dataset, error)
    if error.code == "config.pair":
        activation, _ = partners(config, dataset.task)
        loss = _MATCHING.get(activation, "quadratic")
        fix = Fix(f"Take {LOSSES[loss].label.lower()}", changes(loss=loss))
        return Finding("P9", "fault", error.message, fix)
    return None


def _targets(dataset: Dataset, error: ConfigError) -> Finding:
    values = dataset.all_values
    low, high = float(values.min()), float(values.max())
    text = f"{error.message} The targets of {dataset.target} go from {low:g} to {high:g}."
    if len(np.unique(values)) == 2:
        fix = Fix("Treat the two values as classes", changes(task="multiclass"), "data")
    else:
        fix = Fix("Take identity and quadratic", changes(activation="identity", loss="quadratic"))
    return Finding("P6", "fault", text, fix, columns=(dataset.target,))


def _scale(dataset: Dataset, config: TrainingConfig) -> Finding | None:
    """P3, where scaling is not already the remedy that was taken."""
    if dataset.scaling == "standardize" or config.optimizer in ("newton", "lbfgs"):
        return None
    X = inputs(dataset)
    means, spread = X.mean(axis=0), X.std(axis=0)
    living = spread > 1e-12 * np.maximum(np.abs(X).max(axis=0), 1e-300)
    if not living.any():
        return None
    ratio = float(spread[living].max() / spread[living].min())
    offsets = np.where(living, np.abs(means) / np.where(living, spread, 1.0), 0.0)
    condition = _condition(X[:, living])
    reasons: list[str] = []
    if ratio > SPREADS:
        reasons.append(f"spreads differ by a factor of {ratio:.3g}")
    if offsets.max() > OFFSET:
        name = dataset.feature_names[int(offsets.argmax())]
        reasons.append(f"the mean of {name} is {offsets.max():.3g} of its spreads from 0")
    if condition > CONDITION:
        reasons.append(f"the valley is {condition:.2g} times steeper across than along")
    if not reasons:
        return None
    fix = Fix("Standardise", changes(scaling="standardize"), "data")
    text = f"The features are not scaled: {', '.join(reasons)}."
    return Finding("P3", "caution", text, fix, columns=dataset.feature_names)


def _condition(X: np.ndarray) -> float:
    """Largest over smallest eigenvalue of [X 1]ᵀ[X 1]/n, directions without data left out."""
    some = X[:: max(X.size // 1_000_000, 1)]
    A = np.hstack([some, np.ones((len(some), 1))])
    values = np.linalg.eigvalsh(A.T @ A / len(A))
    living = values[values > 1e-12 * values[-1]]
    return float(living[-1] / living[0])


def _mismatch(dataset: Dataset, config: TrainingConfig) -> Finding | None:
    """P9: the pair's own judgement."""
    judged = pair(str(config.activation), str(config.loss))
    if judged.status in ("canonical", "works"):
        return None
    fix = None
    if dataset.task != "regression" and judged.status == "cannot_learn":
        fix = Fix("Take the perceptron's loss", changes(loss="perceptron"))
    elif dataset.task != "regression" and judged.activation in _MATCHING:
        loss = _MATCHING[judged.activation]
        fix = Fix(f"Take {LOSSES[loss].label.lower()}", changes(loss=loss))
    level = "fault" if judged.status == "cannot_learn" else "note"
    return Finding("P9", level, f"{judged.label}: {judged.reason}", fix)


def _first_loss(problem: Problem, start: Parameters) -> Finding | None:
    """P10: the loss at the start against that of scores of 0."""
    if not start.flat().any():
        return None
    first, expected = value(problem, start), value(problem, zeros(problem))
    worse = EXCESS_TRAP if problem.pair.status == "saturates" else EXCESS
    if not first - expected >= worse * expected > 0.0:
        return None
    known = ""
    if problem.pair.loss == "cross_entropy" and problem.pair.activation == "softmax":
        known = f" (ln {problem.classes})"
    elif problem.pair.loss == "cross_entropy" and problem.shape[1] == 1:
        known = " (ln 2)"
    text = f"The loss at the start is {first:.4g}; scores of 0 would cost {expected:.4g}{known}."
    level = "caution" if problem.pair.status == "saturates" else "note"
    return Finding("P10", level, text, _SMALLER_START)


_SMALLER_START = Fix("Start from zeros", changes(initializer="zeros", start=None))


def _flat_start(problem: Problem, start: Parameters) -> Finding | None:
    """P11: outputs that are flat before anything was learnt."""
    seen = tally(problem, problem.training, start)
    if problem.pair.status == "cannot_learn":
        return None
    if not seen.saturated > FLAT_START:
        return None
    slow = problem.pair.status == "saturates"
    tail = "they barely learn." if slow else "this loss still pulls them back."
    text = (
        f"At the start the {ACTIVATIONS[problem.pair.activation].label.lower()} is flat for "
        f"{seen.saturated:.0%} of the samples, {seen.saturated_wrong:.0%} of all on the wrong "
        f"side: {tail}"
    )
    rows = saturated_rows(problem, start)
    return Finding("P11", "caution" if slow else "note", text, _SMALLER_START, rows=rows)


def saturated_rows(problem: Problem, parameters: Parameters) -> tuple[int, ...]:
    """Places of samples whose outputs are flat, a thousand at most."""
    found: list[int] = []
    for rows, V in score_blocks(problem.training, parameters):
        flat = saturated(problem, V, problem.objective.outputs(V))
        found += (np.flatnonzero(flat) + rows.start).tolist()
        if len(found) >= MOST_ROWS:
            break
    return tuple(found[:MOST_ROWS])


def _rate(dataset: Dataset, config: TrainingConfig, answers: Answers | None) -> Finding | None:
    """P12: the rate against the largest stable one."""
    rate = config.learning_rate
    limit = largest_rate(dataset, config) if answers is None else answers.stable_rate
    if limit is None or rate is None or not math.isfinite(limit) or limit <= 0.0:
        return None
    fix = Fix(f"Take {0.5 * limit:.3g}, half of it", changes(learning_rate=0.5 * limit))
    if rate < FAR_BELOW * limit:
        text = f"The rate {rate:.4g} is {rate / limit:.2g} of the largest stable one, {limit:.4g}."
        return Finding("P12", "caution", f"{text} It will take long.", fix)
    if not rate > limit * (1.0 + 1e-9):
        return None
    text = f"The rate {rate:.4g} is {rate / limit:.3g} times the largest stable one, {limit:.4g}."
    level, more = _too_high(dataset, config, answers)
    return Finding("P12", level, f"{text} {more}", fix)


def _too_high(
    dataset: Dataset, config: TrainingConfig, answers: Answers | None
) -> tuple[Level, str]:
    """What comes of a rate above the limit.

    Nothing is promised there, but descent may still end well: the curvature where it ends is
    mostly less than the largest there is. Above the limit at the best weights it cannot come to
    rest. The limit of mini-batches allows for the worst of them, and most losses forgive.
    """
    rate = config.learning_rate or 0.0
    if config.batch_size != "full":
        whole = largest_rate(dataset, replace(config, batch_size="full"))
        forgiving = (config.activation, config.loss) != ("identity", "quadratic")
        if forgiving and whole is not None and rate <= whole:
            return "note", "The noise of the batches may keep it far from the best."
        return "caution", "It may bounce or diverge."
    end = None if answers is None else answers.rate_at_best
    if end is not None and rate > end:
        text = f"Even at the best weights, where {end:.4g} would do, it cannot come to rest there."
        return "fault", text
    if end is not None or (answers is not None and not answers.best.attained):
        return "note", "It may bounce at first, but can end well."
    return "caution", "It may bounce or diverge."


def _no_bias(dataset: Dataset, config: TrainingConfig) -> Finding | None:
    """P13: no bias, and something that only a bias could move."""
    if config.bias:
        return None
    X = inputs(dataset)
    spread = X.std(axis=0)
    living = spread > 1e-12 * np.maximum(np.abs(X).max(axis=0), 1e-300)
    offsets = np.where(living, np.abs(X.mean(axis=0)) / np.where(living, spread, 1.0), 0.0)
    fix = Fix("Switch the bias on", changes(bias=True))
    if offsets.max(initial=0.0) > OFF_CENTRE:
        name = dataset.feature_names[int(offsets.argmax())]
        text = f"There is no bias, but the mean of {name} is {offsets.max():.3g} spreads from 0."
        return Finding("P13", "caution", text, fix, columns=(name,))
    if dataset.task == "regression":
        values = dataset.values
        off = abs(float(values.mean())) / (float(values.std()) or 1.0)
        if off > TARGET_OFF_CENTRE:
            text = f"There is no bias, but the mean target is {off:.3g} spreads from 0."
            return Finding("P13", "caution", text, fix, columns=(dataset.target,))
    return None
