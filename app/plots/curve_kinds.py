"""What the curves show: one row for each plot of the run's history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.numbers import number_text, share_text
from app.plots.toggles import Toggle
from app.theme import Theme
from slp_core.training.snapshot import Snapshot


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

    def text(self, value: float, regression: bool = False) -> str:
        """A value of this plot in words."""
        return share_text(value) if self.share and not regression else number_text(value)


def _accuracy(snapshot: Snapshot) -> float | None:
    return snapshot.accuracy if snapshot.accuracy is not None else snapshot.r2


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
        tip="The length of the gradient of the loss over all training samples.",
        series=(
            Series(
                label="‖∂L/∂(W, b)‖",
                column="gradient_norm",
                low="gradient_min",
                high="gradient_max",
                live=lambda s: s.gradient_norm,
                color=lambda t: t.gradient_color,
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

CURVE_TOGGLES = (
    Toggle("log_y", "log y", "Logarithmic values: equal ratios are equal distances"),
    Toggle("log_x", "log x", "Logarithmic time: the first updates are seen as well as the last"),
    Toggle("epochs", "epochs", "Count time in epochs instead of updates"),
    Toggle("recent", "recent", "Scale the values on the last half of the run"),
)
