"""What is said beside a pair plot."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.numbers import number_text
from app.plots.pair_data import Curve, abscissa, loss_and_signal
from app.plots.user_text import inline
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair


def axis_name(chosen: Pair, dataset: Dataset) -> str:
    """What goes along the axis of scores."""
    what = abscissa(chosen, dataset)
    if what == "residual":
        return "score − target"
    if what == "odds":
        return "score − others"
    return "score v" if len(dataset.classes) < 3 else "score v of a class"


def signal_note(chosen: Pair, dataset: Dataset) -> str:
    """The formula of the error signal, and what the cut leaves out."""
    taken = chosen.coupled and len(dataset.classes) > 2
    held = "   (the other classes taken together)" if taken else ""
    return f"dL/dv = {chosen.error_signal}{held}"


def curve_name(target: float, index: int, classes: Sequence[str]) -> str:
    """Whose curve it is: "y = 1 (setosa)", "own class"."""
    value = f"y = {number_text(target)}"
    if len(classes) == 2:
        return f"{value}: {inline(classes[index])}"
    if classes:
        return f"{value}: {('another class', 'own class')[index]}"
    return value


def reading(chosen: Pair, curves: Sequence[Curve], place: float, dataset: Dataset) -> str:
    """Loss and error signal of each target at a place of the axis."""
    symbol = "v − y" if abscissa(chosen, dataset) == "residual" else "v"
    parts = [f"{symbol} {number_text(place, 3)}"]
    for each in curves:
        loss, signal = loss_and_signal(chosen, each.target, np.array([place]))
        which = f"y={number_text(each.target, 3)}: " if len(curves) > 1 else ""
        parts.append(
            f"{which}dL/dv {number_text(float(signal[0]), 3)}, L {number_text(float(loss[0]), 3)}"
        )
    return "   ".join(parts)


def summary(chosen: Pair, sentence: str, dashed: Sequence[tuple[str, tuple[Curve, ...]]]) -> str:
    """The picture in words, for those who listen."""
    others = f" Dashed for comparison: {', '.join(name for name, _ in dashed)}." if dashed else ""
    return f"{chosen.label}, error signal {chosen.error_signal}. {sentence}{others}"
