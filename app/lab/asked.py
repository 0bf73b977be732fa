"""What the gradient lab is asked to check, and what it is about. Values that may cross threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from slp_core.arrays import Ints
from slp_core.data.dataset import Dataset
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.ledger import Sizes
from slp_core.insight.gradient.report import GradientReport
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.resolution import outputs

_RANDOM = (40, 3)
"""Samples and features where there is no data that suits."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The data and the objective that a formula is about, and where the weights are now.

    ``dataset`` None: random data are made, as none are open or they do not suit the pair.
    """

    dataset: Dataset | None
    pair: Pair
    config: TrainingConfig
    parameters: Parameters | None = None
    update: int = 0

    @property
    def shape(self) -> tuple[int, int]:
        """Features and outputs."""
        if self.dataset is None:
            return _RANDOM[1], 1 if ACTIVATIONS[self.pair.activation].elementwise else 3
        return self.dataset.terms, outputs(self.pair, self.dataset)

    @property
    def samples(self) -> int:
        """Samples that train."""
        return _RANDOM[0] if self.dataset is None else self.dataset.samples

    def same(self, other: Ground) -> bool:
        """Whether a check of one holds for the other: weights do not matter for that."""
        return self.dataset is other.dataset and self.objective == other.objective

    @property
    def objective(self) -> tuple[object, ...]:
        """What is differentiated."""
        config = self.config
        return self.pair.activation, self.pair.loss, config.l1, config.l2, config.bias

    def sizes(self, convention: Convention) -> Sizes:
        """The sizes a formula meets here."""
        d, k = self.shape
        return Sizes(samples=self.samples, features=d, outputs=k, convention=convention)


@dataclass(frozen=True, slots=True)
class Options:
    """How a formula is read and where it is checked.

    ``pair`` is that of a question whose formula was chosen, None for that of the model. ``bias``
    None: as in the model.
    """

    convention: Convention = "rows"
    at_weights: bool = True
    selected_only: bool = False
    pair: tuple[str, str] | None = None
    bias: bool | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One check: the formula, what it is about, and which samples (None: all)."""

    source: str
    ground: Ground
    options: Options
    rows: Ints | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a check.

    ``whole`` False: it is not known yet how to mend it, and the curve over h is missing.
    ``singles`` is, for each of several mistakes, the formula without it.
    """

    asked: Asked
    report: GradientReport
    singles: Mapping[str, str]
    whole: bool


def ground_for(ground: Ground, options: Options, data_fits: bool) -> Ground:
    """The ground with what the options say of pair and bias.

    The weights of now are left out where they are of another pair or are not wanted.
    """
    own = pair(*options.pair) if options.pair is not None else ground.pair
    config = ground.config
    if options.bias is not None:
        config = replace(config, bias=options.bias)
    same = own == ground.pair
    if not same and not data_fits:
        return Ground(None, own, config)
    usable = same and options.at_weights and ground.dataset is not None
    return replace(
        ground, pair=own, config=config, parameters=ground.parameters if usable else None
    )


def pair_name(judged: Pair) -> str:
    """The pair in words."""
    activation = ACTIVATIONS[judged.activation].label.split(" (")[0]
    return f"{activation} + {LOSSES[judged.loss].label.split(' (')[0].lower()}"
