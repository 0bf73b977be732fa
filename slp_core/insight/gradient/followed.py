"""A run that steps by a typed gradient: what the check says of that gradient, for its verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from slp_core.errors import SlpError
from slp_core.insight.gradient.check import check_gradient
from slp_core.insight.gradient.report import GradientReport
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from slp_core.data.dataset import Dataset

Course = Literal[
    "right",
    "scaled",
    "still",
    "uphill",
    "away",
    "aside",
    "across",
    "overflows",
    "unknown",
]
"""Where steps along it lead: as they should, with another length, nowhere, straight up, away from
the true gradient, aside of it (the loss falls all the same), across it, out of the finite numbers
although it is right on paper; or nobody knows."""

ALIKE: Final = 0.05
"""Cosine above which a small step lowers the loss for sure, and below whose opposite it climbs."""
SAME: Final = 1e-9
_ROUNDING: Final = 1e-9
"""A gradient this much smaller than the true one moves nothing."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What is known of the gradient that the steps of a run follow.

    Attributes
    ----------
    typed
        The formula.
    course
        Where its steps lead.
    cosine
        To the true gradient, at the points of the check; None where it is not known.
    ratio
        Its length over that of the true one, where the direction is right.
    titles
        The names of its mistakes.
    fact
        Where its numbers leave the finite range.
    """

    typed: TypedGradient
    course: Course
    cosine: float | None = None
    ratio: float | None = None
    titles: tuple[str, ...] = ()
    fact: str = ""

    @property
    def misleads(self) -> bool:
        """Whether it is known to be another gradient than that of the loss."""
        return self.course not in ("right", "unknown")

    @property
    def clause(self) -> str:
        """What it does, as the end of "This run follows your formula, which"."""
        what = _WHAT[self.course]
        if self.course == "scaled" and self.ratio is not None:
            what = f"is {self.ratio:.3g} times as long as the true gradient"
        elif self.course in ("away", "aside", "across") and self.cosine is not None:
            what = f"{what} (cosine {self.cosine:.2f})"
        elif self.course == "overflows":
            what = f"{what}: {self.fact}"
        names = ", ".join(title[:1].lower() + title[1:] for title in self.titles)
        return f"{what}: {names}" if names else what


_WHAT: Final[dict[str, str]] = {
    "right": "is right",
    "scaled": "differs in length from the true gradient",
    "still": "cancels to 0 where this run starts, so that nothing moves",
    "uphill": "climbs instead of descending",
    "away": "descends the wrong way",
    "aside": "points aside of the true gradient",
    "across": "stands across the true gradient",
    "overflows": "is right on paper, but whose numbers leave the finite range",
    "unknown": "could not be checked",
}


def followed(
    typed: TypedGradient,
    dataset: Dataset,
    config: TrainingConfig,
    start: Parameters | None = None,
    last: Parameters | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Followed:
    """Check the gradient a run follows, at its start and at two points away from it.

    Parameters
    ----------
    config
        The settings of the run, resolved.
    start
        The weights it began with; None, and weights that are not finite, take a random point.
    last
        The last finite weights of a run that left the finite numbers.
    """
    found = _checked(typed, dataset, config, start, cancelled)
    if found is None:
        return Followed(typed, "unknown")
    course = course_of(found)
    if course == "right" and last is not None:
        late = _checked(typed, dataset, config, last, cancelled)
        if late is not None and late.facts:
            return Followed(typed, "overflows", found.cosine, fact=str(late.facts[0]))
    titles = tuple(mistake.title for mistake in found.mistakes)
    return Followed(typed, course, found.cosine, _ratio(found), titles)


def _checked(
    typed: TypedGradient,
    dataset: Dataset,
    config: TrainingConfig,
    start: Parameters | None,
    cancelled: Callable[[], bool] | None,
) -> GradientReport | None:
    """The check; None where it is too large, or cancelled."""
    try:
        return check_gradient(
            typed.source,
            dataset=dataset,
            activation=config.activation,
            loss=config.loss,
            l1=config.l1,
            l2=config.l2,
            bias=config.bias,
            convention=typed.convention,
            parameters=start if start is not None and start.is_finite else None,
            curve=False,
            mend=False,
            cancelled=cancelled,
        )
    except SlpError:
        return None


def course_of(report: GradientReport) -> Course:
    """Where steps along a checked gradient lead."""
    cosine = report.cosine
    if report.verdict == "right":
        return "right"
    if vanishes(report):
        return "still"
    if report.verdict == "refused" or cosine is None:
        return "unknown"
    if cosine > 1.0 - SAME:
        return "scaled" if report.verdict == "wrong" else "right"
    if cosine < SAME - 1.0:
        return "uphill"
    if cosine > ALIKE:
        return "aside"
    return "away" if cosine < -ALIKE else "across"


def vanishes(report: GradientReport) -> bool:
    """Whether the typed gradient is rounding at the first point, where the true one is not."""
    first = [(c.yours, c.analytic) for c in report.components if c.point == 0]
    sizes = [(abs(yours), abs(true)) for yours, true in first if yours is not None]
    if not sizes or len(sizes) < len(first):
        return False
    yours, true = max(size for size, _ in sizes), max(size for _, size in sizes)
    return yours < _ROUNDING * true


def _ratio(report: GradientReport) -> float | None:
    """One factor for all, where there is one."""
    known = [part for part in report.parts if part.ratio and part.cosine is not None]
    if course_of(report) != "scaled" or not known:
        return None
    return known[0].ratio
