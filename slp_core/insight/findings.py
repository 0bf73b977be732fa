"""What can be found wrong with data, settings or a run: one frozen row per rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from slp_core.network.parameters import Parameters

Level = Literal["fault", "caution", "note"]
"""fault: it will not learn like this. caution: likely not what was meant. note: good to know."""
Scope = Literal["training", "data", "reading", "gradient"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One check before training (P), or one monitor of a run (L).

    Attributes
    ----------
    id, title
        Public id, and the name on the screen.
    rule
        When it speaks, in one line.
    advice
        What to do about it.
    """

    id: str
    title: str
    rule: str
    advice: str

    @property
    def before(self) -> bool:
        """Whether it needs no run."""
        return self.id.startswith("P")


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that may mend it, as data: a click applies it and undo takes it back.

    Attributes
    ----------
    label
        What the button says.
    changes
        Names and values. Scope ``training``: fields of `TrainingConfig`. ``data``: arguments of
        `Dataset.from_table`. ``reading``: arguments of `read_csv`.
        ``gradient``: fields of `TypedGradient`, to be shown where it can be mended.
    """

    label: str
    changes: Mapping[str, object]
    scope: Scope = "training"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that spoke, with its evidence.

    Attributes
    ----------
    id
        Key of `RULES`.
    level
        How much it matters here.
    text
        One sentence with the numbers.
    fix
        One click, or None where there is nothing to change in the settings.
    span
        First and last update it concerns; None before training.
    rows
        Places among the training samples of the points concerned, a thousand at most.
    columns
        Features or columns concerned.
    start
        Weights that ``fix`` starts from, where it goes on from the present ones.
    hint, name
        What to do here, and what it is called, in place of what the rule says.
    """

    id: str
    level: Level
    text: str
    fix: Fix | None = None
    span: tuple[int, int] | None = None
    rows: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    start: Parameters | None = field(default=None, compare=False, repr=False)
    hint: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or RULES[self.id].title

    @property
    def advice(self) -> str:
        """What to do."""
        return self.hint or RULES[self.id].advice


MOST_ROWS: Final = 1000

_ROWS = (
    Rule(
        "P1",
        "Empty or non-finite cells",
        "Any cell of a column in use is missing.",
        "Fill the cells, or leave out the column that costs the most rows.",
    ),
    Rule(
        "P2",
        "Numbers read as text",
        "More than half of a text column are numbers with the other decimal sign.",
        "Read the file with the other decimal sign.",
    ),
    Rule(
        "P3",
        "Features not scaled",
        "Spreads differ by more than 10, a mean lies more than 3 spreads from 0, or the longest "
        "axis of the data is 1000 times the shortest.",
        "Standardise the features; else the rate must suit the largest and is slow for the rest.",
    ),
    Rule(
        "P4",
        "Constant or duplicate column",
        "A feature has no spread, or repeats another one up to scale and shift.",
        "Leave the column out: its weight is arbitrary.",
    ),
    Rule(
        "P5",
        "Imbalance",
        "One class has more than 80 % of the samples.",
        "Compare the accuracy with the baseline; let every class count the same.",
    ),
    Rule(
        "P6",
        "Targets do not fit the loss",
        "Targets lie outside what the activation or the loss can take.",
        "Treat the target as classes, or take a pair for numbers.",
    ),
    Rule(
        "P7",
        "A class is absent from a part",
        "A class has no row in the validation part.",
        "Stratify the split, or hold out more rows.",
    ),
    Rule(
        "P8",
        "Same inputs twice",
        "Equal inputs have different targets, or stand in both parts of the split.",
        "Look at the error floor; remove the copies before splitting.",
    ),
    Rule(
        "P9",
        "Pair mismatch",
        "The pair saturates, cannot learn, or is undefined.",
        "Take the loss that matches the activation.",
    ),
    Rule(
        "P10",
        "Loss at the start is wrong",
        "It is over four times the loss of scores of 0 (ln K for cross-entropy), or over twice "
        "that under a pair that saturates.",
        "Start from smaller weights.",
    ),
    Rule(
        "P11",
        "Saturated start",
        "The activation is flat for more than half of the samples.",
        "Start from smaller weights.",
    ),
    Rule(
        "P12",
        "Learning rate out of range",
        "It is above the largest stable rate (gravely so if also above that at the best weights), "
        "or below a thousandth of it.",
        "Take half the largest stable rate.",
    ),
    Rule(
        "P13",
        "Bias off, data off centre",
        "There is no bias, and the mean of a feature is more than one spread from 0, or that of "
        "the targets more than a quarter.",
        "Switch the bias on.",
    ),
    Rule(
        "L1",
        "Not a finite number",
        "A score, the loss, the gradient or a weight is NaN or infinite.",
        "The last finite weights are kept; lower the rate or scale the features.",
    ),
    Rule(
        "L2",
        "Confidently wrong",
        "More than 5 % of the samples are saturated and wrong, under a loss that still pulls.",
        "Lower the rate, scale the features.",
    ),
    Rule(
        "L3",
        "Bounces across the valley",
        "In full batches, successive gradients point against each other, or the loss rises in two "
        "updates of five, and it does not come down.",
        "Take half the largest stable rate.",
    ),
    Rule(
        "L4",
        "Too slow",
        "Over 10 % of the way is left, the rate is under a hundredth of the largest stable one, "
        "and the epochs will not do.",
        "Raise the rate.",
    ),
    Rule(
        "L5",
        "Climbs from the start",
        "Below the largest stable rate the loss rises, or falls by less or more than any right "
        "gradient could make it.",
        "Check the sign and the factor of the gradient.",
    ),
    Rule(
        "L6",
        "One class for everything",
        "Every sample is decided for the same class, for ten points or more.",
        "Look for NaN, ties, saturation and imbalance, in this order.",
    ),
    Rule(
        "L8",
        "Saturation trap",
        "More than 5 % of the samples are saturated and wrong, more than 10 % of the way is left, "
        "and the loss barely moves.",
        "Go on with cross-entropy from the same weights.",
    ),
    Rule(
        "L10",
        "Diverging",
        "The loss is more than twice its best, its start and its value half-way, for five points.",
        "Stop, halve the rate, go back to the best weights.",
    ),
    Rule(
        "L11",
        "Noise of the mini-batches",
        "With mini-batches the loss goes up and down, while its trend falls or is level.",
        "No fault. Larger batches or a falling rate calm it.",
    ),
    Rule(
        "L12",
        "Penalty too strong",
        "The penalty's pull cancels that of the data with over 20 % of the way left.",
        "Lower the penalty.",
    ),
    Rule(
        "L14",
        "Overfits",
        "For six points or more the validation loss is over 5 % above its best, and over 2 % of "
        "its start, while the training loss fell.",
        "Stop early, or add a penalty.",
    ),
    Rule(
        "L15",
        "Too good",
        "99 % are right after the first epoch, and one column alone decides.",
        "Make sure that this column is known before the target is.",
    ),
)

RULES: Final[Mapping[str, Rule]] = MappingProxyType({row.id: row for row in _ROWS})
"""Every rule by its id."""

LEVELS: Final[tuple[Level, ...]] = ("fault", "caution", "note")


def worst(findings: tuple[Finding, ...]) -> Level | None:
    """The gravest level among findings; None without any."""
    present = {row.level for row in findings}
    return next((level for level in LEVELS if level in present), None)


def changes(**fields: object) -> Mapping[str, object]:
    """The changes of a fix, read-only."""
    return MappingProxyType(fields)
