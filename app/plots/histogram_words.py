"""How sure a model is, in words."""

from __future__ import annotations

from math import isnan

import numpy as np

from app.numbers import number_text, share_text
from app.plots.histogram_data import Certainties
from app.plots.quality_asked import counted
from app.plots.user_text import inline
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.training.calibration import Reliability


def groups(dataset: Dataset) -> tuple[str, str]:
    """What the lower and the upper bars are."""
    if len(dataset.classes) == 2:
        return inline(dataset.classes[0]), inline(dataset.classes[1])
    return "wrong", "right"


def axis_name(found: Certainties, dataset: Dataset) -> str:
    """What is counted."""
    of = f"of {inline(dataset.classes[1])}" if len(dataset.classes) == 2 else "of the decided class"
    return f"{found.kind} {of}"


def headline(found: Certainties, part: str, calibration: bool) -> str:
    """What is shown, in one line of figures."""
    if calibration and found.reliability is not None:
        error, brier = found.reliability.error, found.reliability.brier
        text = f"{part}: calibration error {share_text(error)}"
        return text if found.threshold is None else f"{text}, Brier {number_text(brier, 3)}"
    total = int(found.counts.sum())
    return f"{part}: {counted(total)}"


def note(found: Certainties, pair: Pair) -> str:
    """Said where the certainty is no probability."""
    if found.kind == "probability":
        return ""
    return f"{pair.label} gives no probabilities: its {found.kind} is shown"


def bin_text(found: Certainties, number: int, dataset: Dataset) -> str:
    """One bin: both groups, then where it lies."""
    lower, upper = (counted(int(n)) for n in found.counts[:, number])
    low, high = (number_text(float(edge)) for edge in found.edges[number : number + 2])
    names = groups(dataset)
    link = "of " if len(dataset.classes) == 2 else ""
    said = f"{upper} {link}{names[1]}, {lower} {link}{names[0]}"
    return f"{said}   {found.kind} {low} to {high}"


def point_text(found: Reliability, number: int) -> str:
    """One bin of the calibration."""
    low, high = (share_text(float(edge)) for edge in found.edges[number : number + 2])
    if not found.counts[number]:
        return f"no rows   probability {low} to {high}"
    came = share_text(float(found.happened[number]))
    said = share_text(float(found.said[number]))
    first, last = share_text(float(found.low[number])), share_text(float(found.high[number]))
    rows = counted(int(found.counts[number]))
    return f"{came} came true, {said} was said   {rows}, 95 % interval {first} to {last}"


def description(found: Certainties, dataset: Dataset, part: str) -> str:
    """The picture for those who listen to it."""
    lower, upper = found.counts.sum(axis=1)
    names = groups(dataset)
    text = f"{part}: {axis_name(found, dataset)}; {upper} {names[1]}, {lower} {names[0]}"
    if found.reliability is not None and not isnan(found.reliability.error):
        gaps = np.abs(found.reliability.happened - found.reliability.said)
        worst = int(np.nanargmax(gaps))
        text += f"; {point_text(found.reliability, worst)}"
    return text
