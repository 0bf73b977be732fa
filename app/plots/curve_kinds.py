"""What the curves show: one row for each plot of the run's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isnan
from types import MappingProxyType

from app.numbers import NONE, number_text, share_text
from app.plots.toggles import Toggle
from app.theme import Theme
from slp_core.training.snapshot import Snapshot

_PARTS = Toggle("parts", "W, b", "The gradient of the weights and of the biases apart")
_TOGGLES = (
    Toggle("log_y", "log y", "Logarithmic values: equal ratios are equal distances"),
    Toggle("log_x", "log x", "Logarithmic time: the first updates are seen as well as the last"),
    Toggle("smooth", "smooth", "A smoothed line over the raw one; the slider says how smooth"),
    Toggle("epochs", "epochs", "Count time in epochs instead of updates"),
    Toggle("recent", "recent", "Scale the values on the last half of the run"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: columns of the history, and where the live value is in a snapshot."""

    label: str
    column: str
    low: str | None = None
    high: str | None = None
    live: Callable[[Snapshot], float | None]
    color: Callable[[Theme], str]
    dashed: bool = False
    part: bool = False
    """Shown on demand only, with a thinner line: a part of the first series."""
    always: bool = False
    """There is a value at all times, so that NaN is a number that was lost."""

    def text(self, value: float, kind: CurveKind, regression: bool = False) -> str:
        """A value of this series in words; a dash where it does not apply."""
        missing = not self.always and isnan(value)
        return NONE if missing else kind.text(value, regression)


@dataclass(frozen=True, slots=True)
class Usual:
    """Where values usually are, and who says so."""

    low: float
    high: float
    label: str
    tip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveKind:
    """One plot of curves."""

    key: str
    title: str
    tip: str
    series: tuple[Series, ...]
    log_y: bool = False
    share: bool = False
    """Values are shares: the axis ends at 1 and texts are percentages (R² in regression is not)."""
    best: bool = False
    usual: Usual | None = None
    unknown: str = ""
    """What is said while none of its values is known."""

    @property
    def toggles(self) -> tuple[Toggle, ...]:
        """The switches of this plot."""
        return (_PARTS, *_TOGGLES) if any(series.part for series in self.series) else _TOGGLES

    def text(self, value: float, regression: bool = False) -> str:
        """A value of this plot in words."""
        if not self.share:
            return number_text(value)
        return f"R² {number_text(value)}" if regression else share_text(value)


def _accuracy(snapshot: Snapshot) -> float | None:
    return snapshot.accuracy if snapshot.accuracy is not None else snapshot.r2


def _step(snapshot: Snapshot) -> float | None:
    """Of the last update; one that was taken back was none, and the record knows the one before."""
    taken_back = snapshot.stop is not None and snapshot.stop.not_finite is not None
    return None if taken_back else snapshot.weight_step_ratio


def _validation_accuracy(snapshot: Snapshot) -> float | None:
    held = snapshot.validation_accuracy
    return held if held is not None else snapshot.validation_r2


_ROWS = (
    CurveKind(
        key="loss",
        title="Loss",
        tip="The mean loss over all samples after each update; the band shows its ups and downs.",
        series=(
            Series(
                label="train",
                column="loss",
                low="loss_min",
                high="loss_max",
                live=lambda s: s.loss,
                color=lambda t: t.train_color,
                always=True,
            ),
            Series(
                label="validation",
                column="validation_loss",
                live=lambda s: s.validation_loss,
                color=lambda t: t.validation_color,
                dashed=True,
            ),
        ),
        best=True,
    ),
    CurveKind(
        key="gradient",
        title="Gradient norm",
        tip="The length of the gradient of the loss over all training samples, whole and by parts.",
        series=(
            Series(
                label="‖∂L/∂(W, b)‖",
                column="gradient_norm",
                low="gradient_min",
                high="gradient_max",
                live=lambda s: s.gradient_norm,
                color=lambda t: t.gradient_color,
                always=True,
            ),
            Series(
                label="W",
                column="gradient_norm_W",
                live=lambda s: s.gradient_norm_W,
                color=lambda t: t.activation_color,
                part=True,
                always=True,
            ),
            Series(
                label="b",
                column="gradient_norm_b",
                live=lambda s: s.gradient_norm_b,
                color=lambda t: t.warning,
                dashed=True,
                part=True,
                always=True,
            ),
        ),
        log_y=True,
    ),
    CurveKind(
        key="step",
        title="Step size",
        tip="By how much of their length each update changes the weights (without biases).",
        series=(
            Series(
                label="‖ΔW‖ / ‖W‖",
                column="weight_step_ratio",
                live=_step,
                color=lambda t: t.activation_color,
            ),
        ),
        log_y=True,
        unknown="no step yet",
        usual=Usual(
            3e-4,
            3e-3,
            "usual, about 0.001",
            "A rule of thumb, made for deep networks in mid-training (CS231n, Stanford: ratio of "
            "weights to updates): around 0.001. Far above, the rate may be too large; far below, "
            "too small, or the run has arrived. From zero weights every run starts at 1.",
        ),
    ),
    CurveKind(
        key="rate",
        title="Learning rate",
        tip="The rate that updates are made with: the setting, after its schedule.",
        series=(
            Series(
                label="rate",
                column="learning_rate",
                live=lambda s: s.learning_rate,
                color=lambda t: t.train_color,
                always=True,
            ),
            Series(
                label="after line search",
                column="step_length",
                live=lambda s: s.step_length,
                color=lambda t: t.validation_color,
                dashed=True,
            ),
        ),
        log_y=True,
    ),
    CurveKind(
        key="accuracy",
        title="Accuracy",
        tip="The share of samples the model classifies rightly (R² for a numeric target).",
        series=(
            Series(
                label="train",
                column="accuracy",
                live=_accuracy,
                color=lambda t: t.train_color,
            ),
            Series(
                label="validation",
                column="validation_accuracy",
                live=_validation_accuracy,
                color=lambda t: t.validation_color,
                dashed=True,
            ),
        ),
        share=True,
    ),
)

CURVE_KINDS: Mapping[str, CurveKind] = MappingProxyType({row.key: row for row in _ROWS})
