"""What the record of a run says, in the terms the rules speak in.

Everything here is a function of recorded numbers: the same run has the same facts. It takes a
small fraction of a millisecond, as it is asked for with every frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from slp_core.arrays import Float64s, Ints
from slp_core.insight.optimum import BestLoss
from slp_core.network.pairs import Pair, pair
from slp_core.training.history import COLUMNS
from slp_core.training.snapshot import Snapshot

LATE: Final = 10
"""Points at the end that show whether a run bounces."""
NEVER_MEASURED: Final = 0.01
"""Share of the best loss that the way to it is at least taken to be: XOR leaves a line no way."""
_ROW: Final = {name: row for row, name in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """A run in figures; only points of the present objective count.

    Attributes
    ----------
    points
        (columns, points) of the record that are comparable with the present state.
    best, stable_rate
        The exact answers, where they are known.
    """

    snapshot: Snapshot
    points: Float64s
    best: BestLoss | None
    stable_rate: float | None

    def column(self, name: str) -> Float64s:
        """One value of every comparable point."""
        return self.points[_ROW[name]]

    def last(self, name: str) -> float:
        """The value of the last point; NaN without any."""
        return float(self.points[_ROW[name], -1]) if self.points.shape[1] else math.nan

    @property
    def count(self) -> int:
        """Comparable points."""
        return self.points.shape[1]

    @property
    def updates(self) -> Ints:
        """Updates made at each point."""
        return self.column("update").astype(np.int64)

    @property
    def begin(self) -> int:
        """The update of the first comparable point; the present one if there is none."""
        return int(self.points[0, 0]) if self.count else self.snapshot.update

    @property
    def pair(self) -> Pair:
        """The judgement on the pair."""
        return pair(str(self.snapshot.config.activation), str(self.snapshot.config.loss))

    @property
    def full_batch(self) -> bool:
        """Whether an update sees all samples."""
        return self.snapshot.config.batch_size == "full"

    @property
    def first_loss(self) -> float:
        """Loss at the first comparable point."""
        return float(self.column("loss")[0]) if self.count else self.snapshot.loss

    @property
    def halfway(self) -> tuple[int, float]:
        """(update, loss) of the last point in the first half of the run."""
        updates = self.points[0]
        middle = (updates[0] + self.snapshot.update) // 2
        point = max(int((updates <= middle).sum()) - 1, 0)
        return int(updates[point]), float(self.column("loss")[point])

    @property
    def lowest(self) -> float | None:
        """The best reachable loss: proved, or the smallest that was ever seen; None if unknown."""
        best = self.best
        if best is None or (best.method == "zero" and not self._is_separating(best)):
            return None
        return best.value if best.exact else min(best.value, self.snapshot.best_loss)

    @staticmethod
    def _is_separating(best: BestLoss) -> bool:
        return best.parameters is not None and bool(best.parameters.flat().any())

    @property
    def way(self) -> float | None:
        """From where nothing is known to the best: min(first, constant) − best; None if unknown.

        The loss at the start alone would not do: from a saturated start, 11.4, a loss of twice the
        best would have 98 % of its way behind it.
        """
        lowest, best = self.lowest, self.best
        if lowest is None or best is None:
            return None
        start = min(self.first_loss, best.baseline) if best.baseline > 0.0 else self.first_loss
        return max(start - lowest, NEVER_MEASURED * abs(lowest), 1e-300)

    @property
    def gap(self) -> float | None:
        """Share of the way that is left; None if unknown."""
        lowest, way = self.lowest, self.way
        if lowest is None or way is None:
            return None
        return max(self.snapshot.loss - lowest, 0.0) / way

    @property
    def rate_share(self) -> float | None:
        """The rate as a share of the largest stable one; None where there is no such thing."""
        limit = self.stable_rate
        if limit is None or not 0.0 < limit < math.inf:
            return None
        return self.snapshot.learning_rate / limit

    @property
    def stalled(self) -> bool:
        """Whether the second half of the run brought next to nothing.

        A twentieth of what is left, where that is known; else a hundredth of the loss.
        """
        fallen = self.halfway[1] - self.snapshot.loss
        lowest = self.lowest
        if lowest is None:
            return fallen <= 0.01 * abs(self.snapshot.loss)
        return fallen <= 0.05 * (self.snapshot.loss - lowest)

    def late(self, name: str, count: int = LATE) -> Float64s:
        """The values of the last points."""
        return self.column(name)[-count:]

    def rises(self, count: int = 2 * LATE) -> float:
        """Share of the last steps between points that went up by more than rounding."""
        losses = self.late("loss", count + 1)
        if len(losses) < 3:
            return 0.0
        steps = np.diff(losses)
        return float(np.mean(steps > 1e-9 * np.abs(losses[:-1])))


def facts_of(
    snapshot: Snapshot, best: BestLoss | None = None, stable_rate: float | None = None
) -> Facts:
    """The figures of a run; exact answers make more of them known."""
    points = snapshot.history.table[:, snapshot.objective_point :]
    return Facts(snapshot, points, best, stable_rate)


def limit_text(share: float, digits: int = 3) -> str:
    """A learning rate as a share of the largest stable one, or a multiple of it."""
    times = "times" if share > 1.0 else "of"
    number = f"{share:,.0f}" if share >= 100.0 else f"{share:.{digits}g}"
    return f"{number} {times} the largest stable one"


def way_text(share: float) -> str:
    """A share of the way, for a sentence."""
    return f"{share:.0%}" if share >= 0.1 else f"{share:.1%}"
