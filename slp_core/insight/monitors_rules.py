"""When a monitor speaks: each rule a function of the facts alone, used by findings and verdict.

A rule returns what it saw, or None. The thresholds were tuned on some hundred runs with planted
faults: see `tests.benchmarks.bench_diagnosis` and the README.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.insight.monitors_facts import LATE, NEVER_MEASURED, Facts
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES

AGAINST: Final = -0.5
"""Median cosine of successive gradients below which steps go across the valley."""
OFTEN: Final = 0.4
"""Share of rising steps that is not an accident."""
CAUGHT: Final = 0.05
"""Share of samples that are saturated and wrong."""
LEFT: Final = 0.1
"""Share of the way that is a lot to be left."""
CLIMB: Final = 2.0
SLOW: Final = 1e-2
CANCELLED: Final = 0.2
HELD_BACK: Final = 0.2
ARRIVED: Final = 0.05
RISEN: Final = 0.05
RISEN_OF_START: Final = 0.02
CHECKS: Final = 6
_PROMISES: Final = 200
_WORTH: Final = 1e-5
"""Share of the loss that a step must promise: below, rounding has a say."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw: the figure it rests on, and from which update on."""

    figure: float
    since: int


def runs_away(facts: Facts) -> Seen | None:
    """L10: above twice the best, twice half-way and the start at once, not for a moment only.

    Each alone fails: mini-batches wobble at several times a tiny best loss, and the perceptron's
    loss is 0 at a start of zeros.
    """
    snapshot = facts.snapshot
    if facts.count < 2:
        return None
    line = max(CLIMB * snapshot.best_loss, CLIMB * facts.halfway[1], facts.first_loss)
    if not snapshot.loss > line:
        return None
    late = facts.late("loss", 5)
    above = CLIMB * snapshot.best_loss
    if facts.count >= 2 * LATE and not (late > above).all():
        return None
    return Seen(snapshot.loss / max(snapshot.best_loss, 1e-300), snapshot.best_update)


def bounces(facts: Facts) -> Seen | None:
    """L3: full-batch steps that jump across the valley and do not come down."""
    config = facts.snapshot.config
    if not facts.full_batch or facts.count <= LATE or config.optimizer in ("newton", "lbfgs"):
        return None
    if _settled(facts) or (facts.best is None and not LOSSES[facts.pair.loss].smooth):
        return None  # at a kink a step always jumps: only the best loss tells how far off that is
    turns = facts.late("turn")
    norms = facts.late("gradient_norm", LATE + 1)
    across = float(np.median(turns))
    plain = config.optimizer == "gd"
    if plain and across < AGAINST and norms[-4:].max() > 0.8 * norms[:4].max():
        return Seen(across, _since(facts, facts.column("turn") < 0.0))
    rises = facts.rises()
    losses = facts.late("loss", 2 * LATE + 1)
    falls = losses[0] - losses[-1]
    if len(losses) > 2 * LATE and rises > OFTEN and falls < 0.05 * _travelled(losses):
        return Seen(rises, int(facts.updates[-len(losses)]))
    return _leaps(facts)


def _leaps(facts: Facts) -> Seen | None:
    """Above the stable rate: long creeps and sudden leaps, which a few points may not show.

    Below it descent never rises (descent lemma), so that no healthy run comes into question.
    """
    share = facts.rate_share
    if share is None or share <= 1.0:
        return None
    updates = facts.points[0]
    late = updates >= 0.5 * (updates[0] + updates[-1])
    steps = np.diff(facts.column("loss")[late])
    climbed = float(steps[steps > 0.0].sum())
    if len(steps) < LATE or climbed < 0.1 * facts.snapshot.loss:
        return None
    return Seen(float(np.mean(steps > 0.0)), int(updates[late][0]))


def _settled(facts: Facts) -> bool:
    """At the best, or with a gradient that has gone: what jumps there is rounding."""
    gap = facts.gap
    if gap is not None and gap <= 0.01:
        return True
    first = float(facts.column("gradient_norm")[0])
    return facts.snapshot.gradient_norm <= 1e-6 * first


def _travelled(losses: np.ndarray) -> float:
    """How far the loss went up and down in all."""
    return float(np.abs(np.diff(losses)).sum())


def _since(facts: Facts, holds: np.ndarray) -> int:
    """The update from which on a condition held at every point."""
    broken = np.flatnonzero(~holds)
    first = min(int(broken[-1]) + 1, facts.count - 1) if broken.size else 0
    return int(facts.updates[first])


def caught(facts: Facts) -> Seen | None:
    """L2 and L8: many samples are saturated and wrong, and the loss barely moves."""
    share = facts.last("saturated_wrong")
    if not share > CAUGHT or facts.count < 3:
        return None
    gap = facts.gap
    if (gap is not None and gap <= LEFT) or not facts.stalled:
        return None
    if facts.pair.status == "cannot_learn":
        return None  # nothing is caught where nothing ever moves
    return Seen(share, _since(facts, facts.column("saturated_wrong") > CAUGHT))


def learns_when_wrong(facts: Facts) -> bool:
    """Whether a sure and wrong sample still pulls: then it is no trap."""
    return facts.pair.status in ("canonical", "works")


def too_slow(facts: Facts) -> Seen | None:
    """L4: a tiny rate, a long way left, and more epochs needed than there will be."""
    gap, share = facts.gap, facts.rate_share
    if gap is None or share is None or not (gap > LEFT and share < SLOW) or facts.count < LATE:
        return None
    if caught(facts) is not None:
        return None  # a higher rate would not free it
    needed = epochs_needed(facts)
    if needed <= facts.snapshot.config.epochs - facts.snapshot.epoch:
        return None
    return Seen(needed, facts.begin)


def epochs_needed(facts: Facts) -> float:
    """Epochs until 1 % of the way is left, if what is left goes on shrinking as of late."""
    lowest, gap = facts.lowest, facts.gap
    if lowest is None or gap is None or gap <= 0.01:
        return 0.0
    update, loss = facts.halfway
    before, now = loss - lowest, facts.snapshot.loss - lowest
    epochs = facts.snapshot.epoch * (facts.snapshot.update - update) / max(facts.snapshot.update, 1)
    if not before > now > 0.0:
        return math.inf
    return math.log(gap / 0.01) / math.log(before / now) * epochs


def breaks_promise(facts: Facts) -> Seen | None:
    """L5: what is followed is not the gradient of this loss.

    Plain full-batch descent below the largest stable rate 2/L: a step from a gradient g lowers the
    loss by η‖g‖² (1 ± ηL/2) (descent lemma, Nesterov 2004, 1.2.3), whatever the data. A step
    outside this proves that g, or the rate, is not what it is said to be. No limit, no promise:
    kinks, l1, clipping and other optimizers are left alone.
    """
    share, config = facts.rate_share, facts.snapshot.config
    plain = config.optimizer == "gd" and facts.full_batch and config.clip_norm is None
    if not plain or share is None or config.l1 > 0.0 or ACTIVATIONS[facts.pair.activation].kinks:
        return None
    limit = facts.stable_rate
    if limit is None or facts.count < 3:
        return None
    points = facts.points[:, : _PROMISES + 1]
    updates, losses, norms = points[0], points[2], points[8]
    rates = points[14]
    promised = rates[:-1] * np.square(norms[:-1])
    single = (np.diff(updates) == 1.0) & (rates[:-1] < limit)
    single &= promised > _WORTH * np.abs(losses[:-1])
    slack = (rates[:-1] / limit + 0.01) * promised + 1e-6 * np.abs(losses[:-1])
    broken = single & (np.abs(losses[:-1] - losses[1:] - promised) > slack)
    if not np.count_nonzero(broken) > 0.5 * max(np.count_nonzero(single), 1):
        return None
    with np.errstate(all="ignore"):
        kept = (losses[:-1] - losses[1:])[broken] / promised[broken]
    return Seen(float(np.median(kept)), int(updates[int(np.argmax(broken))]))


def one_class(facts: Facts) -> Seen | None:
    """L6: everything is decided for one class, after the first updates."""
    # Only for a while, where a line has nothing to hold on to and mini-batches push it about.
    if facts.count <= LATE or not (facts.late("largest_class") >= 1.0).all():
        return None
    return Seen(1.0, _since(facts, facts.column("largest_class") >= 1.0))


def noisy(facts: Facts) -> Seen | None:
    """L11: mini-batches whose loss goes up and down."""
    if facts.full_batch or facts.count <= LATE:
        return None
    rises = facts.rises()
    losses = facts.late("loss", 2 * LATE + 1)
    net = abs(float(losses[0] - losses[-1]))
    if rises < 0.2 or _travelled(losses) < max(2.0 * net, 1e-6 * abs(float(losses[-1]))):
        return None
    return Seen(rises, int(facts.updates[-len(losses)]))


def held_back(facts: Facts) -> Seen | None:
    """L12: the penalty is what stops it. The figure is the share of the way it takes away."""
    best, config, snapshot = facts.best, facts.snapshot.config, facts.snapshot
    if best is None or config.l1 == config.l2 == 0.0 or best.method == "zero":
        return None
    W = snapshot.parameters.W.astype(np.float64)
    pull = float(np.linalg.norm(config.l2 * W + config.l1 * np.sign(W)))
    gap = facts.gap
    arrived = gap is not None and gap <= ARRIVED  # mini-batches leave a gradient there as well
    if snapshot.gradient_norm_W > CANCELLED * pull and W.any() and not arrived:
        return None
    if not W.any() and snapshot.update - facts.begin < LATE:
        return None
    penalty = config.l1 * float(np.abs(W).sum()) + 0.5 * config.l2 * float(np.square(W).sum())
    way = best.baseline - best.unpenalised
    if not way > NEVER_MEASURED * max(abs(best.unpenalised), 1e-300):
        return None
    share = (snapshot.loss - penalty - best.unpenalised) / way
    return Seen(share, facts.begin) if share > HELD_BACK else None


def overfits(facts: Facts) -> Seen | None:
    """L14: the validation loss has turned while the training loss goes on falling."""
    held = facts.column("validation_loss")
    if not facts.count or math.isnan(held[-1]):
        return None
    best = int(np.nanargmin(held))
    later = held[best + 1 :]
    # Above a best of next to nothing 5 % are nothing either.
    line = held[best] + max(RISEN * abs(held[best]), RISEN_OF_START * abs(held[0]))
    if len(later) < CHECKS or not (later[-CHECKS:] > line).all():
        return None
    losses = facts.column("loss")
    fallen = float(losses[best]) - facts.snapshot.loss
    if not fallen > 0.01 * abs(float(losses[best])):
        return None
    return Seen(float(held[-1] / held[best]) - 1.0, int(facts.updates[best]))


def separated(facts: Facts) -> Seen | None:
    """All right, weights still growing, and a loss that only goes to its infimum."""
    snapshot, config = facts.snapshot, facts.snapshot.config
    if snapshot.accuracy != 1.0 or config.l1 + config.l2 > 0.0 or facts.count < 3:
        return None
    if facts.best is not None and facts.best.exact and facts.best.attained:
        return None
    ends = all(ACTIVATIONS[facts.pair.activation].dead) and facts.pair.loss != "perceptron"
    norms, updates = facts.column("weight_norm"), facts.points[0]
    middle = int((updates <= 0.5 * (updates[0] + updates[-1])).sum()) - 1
    if not ends or not norms[-1] > norms[max(middle, 0)] > 0.0:
        return None
    growth = float(norms[-1] / norms[max(middle, 0)])
    return Seen(growth, _since(facts, facts.column("accuracy") >= 1.0))
