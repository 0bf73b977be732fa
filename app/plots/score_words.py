"""The score view in words."""

from __future__ import annotations

import numpy as np

from app.numbers import number_text
from app.plots.numbers import format_count
from app.plots.quality_asked import counted
from app.plots.readout import sample_text
from app.plots.score_distance import ALL, Distances, Drawn, Sides
from app.plots.user_text import inline
from app.plots.weights_picker import Choice
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

TRUE = Choice(
    Sides().key,
    "True class against best other",
    "Right samples lie to the right of the line, whatever their class.",
    short="True / best other",
)


def choices(names: tuple[str, ...]) -> list[Choice]:
    """All comparisons of these classes: none with two, where there is one boundary only."""
    found = [TRUE]
    for a, name in enumerate(names):
        group = f"{inline(name)} against"
        label = f"{inline(name)} against best other"
        tip = f"What is decided as {inline(name)} lies to the right of the line."
        found.append(Choice(Sides(a).key, label, tip, group))
        for b, other in enumerate(names):
            if a != b:
                label = f"{inline(name)} against {inline(other)}"
                tip = "Only the rows of these two classes are drawn."
                found.append(Choice(Sides(a, b).key, label, tip, group))
    return found


def side_names(dataset: Dataset, sides: Sides) -> tuple[str, str]:
    """What the left and the right of the line mean."""
    names = [inline(name) for name in dataset.classes]
    if len(names) == 2:
        return names[0], names[1]
    second = "best other" if sides.second == ALL else names[sides.second]
    return second, "true class" if sides.first == ALL else names[sides.first]


def headline(found: Distances) -> str:
    """How many are wrong, of how many that are drawn."""
    wrong = int(np.count_nonzero(found.wrong & found.shown))
    return f"{format_count(wrong)} of {counted(int(found.shown.sum()))} misclassified"


def note(drawn: Drawn) -> str:
    """How many samples are drawn, where not all are."""
    there = int(drawn.found.shown.sum())
    if drawn.picture is None:
        return ""
    if drawn.points == there:
        return "counted in small cells"
    return f"{format_count(drawn.points)} of {format_count(there)} samples drawn"


def left_out(found: Distances) -> str:
    """What is said of rows without a distance: the weights there are 0."""
    unknown = int(np.count_nonzero(~np.isfinite(found.distance)))
    return f"{counted(unknown)} without a boundary" if unknown else ""


def point_text(found: Distances, sample: int, dataset: Dataset, table: Table | None = None) -> str:
    """One sample: its distance first."""
    distance = number_text(float(found.distance[sample]))
    wrong = ", misclassified" if found.wrong[sample] else ""
    return f"distance {distance}{wrong}   [{sample_text(dataset, sample, table)}]"


def description(found: Distances, dataset: Dataset, sides: Sides) -> str:
    """The picture for those who listen to it."""
    left, right = side_names(dataset, sides)
    return f"Distances to the boundary, {left} left and {right} right: {headline(found)}"
