"""What a lesson is: values, each checked by ``app.lessons.reading``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from app.origins import Origin
from app.sources import DataOptions
from slp_core.insight.formula.axes import Convention
from slp_core.training.config import TrainingConfig

if TYPE_CHECKING:
    from slp_core.insight.gradient.typed_gradient import TypedGradient

Selected: TypeAlias = Literal["", "worst"] | tuple[int, ...]
"""Rows that a step selects: the one with the largest loss, or these, counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFormula:
    """A typed gradient; ``start`` is its key among the formulas to begin with, if it is one.

    ``check`` False: the lab shows its shapes, and the check waits for the person.
    """

    source: str
    convention: Convention = "rows"
    start: str = ""
    check: bool = True

    @property
    def gradient(self) -> TypedGradient:
        """What a run steps by."""
        from slp_core.insight.gradient.typed_gradient import TypedGradient  # not for every start

        return TypedGradient(self.source, self.convention)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A run beside the first one: settings that differ, and maybe a typed gradient.

    Without a ``name`` it is called by its number.
    """

    name: str
    changes: Mapping[str, object]
    formula: LessonFormula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonStep:
    """One step, whole in itself: whatever was shown before, it comes to the same.

    Attributes
    ----------
    origin, data, settings
        What is opened, and how it is trained.
    name
        What the first run is called; empty: its number.
    compare
        Runs beside the first one, in lock step.
    turn_to
        Name of the compared run that is shown where only one can be; empty: the first run.
    views
        The view of each pane.
    enlarge
        A pane that fills the window; empty: none.
    weights
        How the weights are shown; empty: as they are.
    formula
        What the gradient lab shows.
    epochs
        Passes over the data made at once, before the step is shown.
    play
        Whether training goes on from there by itself.
    """

    text: str
    origin: Origin
    data: DataOptions
    settings: TrainingConfig
    name: str = ""
    compare: tuple[Compared, ...] = ()
    turn_to: str = ""
    views: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    enlarge: str = ""
    weights: str = ""
    formula: LessonFormula | None = None
    epochs: int = 0
    play: bool = False
    select: Selected = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A title, the question it answers, where that was asked, and the steps."""

    title: str
    question: str
    source: str
    steps: tuple[LessonStep, ...]
