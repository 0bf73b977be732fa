"""What scores mean: outputs, shares of classes, the boundary between them.

Arrays are class-major here, (k, ...): one class lies together in memory, which makes the softmax of
a whole picture three times as fast. The core's own words (`slp_core.network.coding`) decide what a
class is; this module only asks them for many places at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.plots.boundary import Segments, class_boundary, contour
from app.plots.field import Float32s
from slp_core.arrays import Bools, Floats, Ints
from slp_core.data.dataset import Dataset
from slp_core.network.activations import ACTIVATIONS, Activation
from slp_core.network.coding import decide, is_probability, score_threshold
from slp_core.network.pairs import Pair

LEVELS = (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9)
"""Shares of the second class at which contours are drawn; 0.5 is the boundary."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read the scores of a model for one task."""

    pair: Pair
    classes: int
    """Number of classes; 0 in regression."""

    @property
    def activation(self) -> Activation:
        """The row of the activation."""
        return ACTIVATIONS[self.pair.activation]

    @property
    def probability(self) -> bool:
        """Whether outputs are probabilities."""
        return is_probability(self.pair)

    @property
    def targets(self) -> tuple[float, float]:
        """The outputs asked for without and with a class, moved into the activation's range."""
        bottom, top = self.activation.range
        low, high = (min(max(target, bottom), top) for target in self.pair.target_values)
        return low, high

    def outputs(self, scores: Floats) -> Floats:
        """Outputs (k, ...) of scores (k, ...)."""
        if self.activation.elementwise:
            return self.activation.value(scores)
        return softmax(scores)

    def shares(self, scores: Floats) -> Floats:
        """Shares of the classes (classes, ...) adding up to 1; ``scores`` may be overwritten."""
        if not self.activation.elementwise and len(scores) == self.classes:
            return softmax(scores, out=scores)
        return self._way_to_target(self.outputs(scores))

    def _way_to_target(self, Z: Floats) -> Floats:
        """`slp_core.network.coding.confidence`, class-major and in the type of ``Z``."""
        low, high = self.targets
        share = np.clip((Z - Z.dtype.type(low)) / Z.dtype.type(high - low), 0, 1)
        if len(share) == 1:
            return np.concatenate((1 - share, share))
        total = share.sum(axis=0)
        share += total == 0  # all at "not this class": equal shares
        share /= np.where(total > 0, total, self.classes)
        return share

    def margin(self, scores: Floats) -> Floats | None:
        """The second class's lead over the first, or None with more classes or none."""
        if self.classes != 2:
            return None
        if len(scores) == 2:
            return scores[1] - scores[0]
        return scores[0] - scores.dtype.type(score_threshold(self.pair))

    def boundary(self, scores: Float32s) -> Segments:
        """Where the decision changes, in units of the grid."""
        margin = self.margin(scores)
        return contour(margin) if margin is not None else class_boundary(scores)

    def contour_levels(self) -> tuple[float, ...]:
        """Margins at which a thin contour is worth drawing (two classes only).

        Probabilities: those of `LEVELS`. Hinge losses on the score itself: the margins, -1 and 1.
        """
        if self.classes != 2:
            return ()
        if self.probability:
            inverse = self.activation.inverse or _logit
            middle = score_threshold(self.pair) if self.activation.elementwise else 0.0
            return tuple(inverse(level) - middle for level in LEVELS)
        if self.pair.activation == "identity" and "hinge" in self.pair.loss:
            return (-1.0, 1.0)
        return ()

    def lead(self, scores: Floats, one: int) -> Floats:
        """How far class ``one`` of several is beyond its own threshold (...).

        Its score less the threshold; with softmax, where the outputs depend on each other, the log
        odds of its probability.
        """
        if self.activation.elementwise:
            return scores[one] - scores.dtype.type(score_threshold(self.pair))
        others = np.delete(scores, one, axis=0)
        highest = others.max(axis=0)
        return scores[one] - highest - np.log(np.exp(others - highest).sum(axis=0))

    def output_of(self, scores: Floats, one: int) -> Floats:
        """The outputs (...) of class ``one``; ``scores`` may be overwritten."""
        if self.activation.elementwise:
            return self.activation.value(scores[one])
        return softmax(scores, out=scores)[one]

    def lead_levels(self) -> tuple[float, ...]:
        """Leads at which contours are drawn: tenths of the way to the target; hinges: margins."""
        if self.pair.activation == "identity" and "hinge" in self.pair.loss:
            return (-1.0, 1.0)
        low, high = self.targets
        inverse = self.activation.inverse if self.activation.elementwise else _logit
        if inverse is None or self.pair.activation == "step":
            return ()
        start = score_threshold(self.pair) if self.activation.elementwise else 0.0
        return tuple(inverse(low + level * (high - low)) - start for level in LEVELS)

    def rivals(self, scores: Floats) -> Floats:
        """(classes, ...) numbers of which the largest is decided."""
        margin = self.margin(scores)
        return scores if margin is None else np.stack((-margin, margin))

    def mistakes(self, dataset: Dataset, W: Floats, b: Floats) -> Bools:
        """(N,) which samples the model puts into another class than theirs."""
        V: Floats = dataset.prepared @ W + b
        return self.labels(V) != dataset.all_labels

    def labels(self, V: Floats) -> Ints:
        """(n,) classes of scores (n, k)."""
        Z = self.outputs(V.T).T
        return decide(Z, V, self.pair, self.classes)


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def softmax(scores: Floats, out: Floats | None = None) -> Floats:
    """Softmax over the first axis."""
    result = np.subtract(scores, scores.max(axis=0), out=out)
    np.exp(result, out=result)
    result /= result.sum(axis=0)
    return result
