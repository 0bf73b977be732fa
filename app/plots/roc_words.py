"""ROC curves in words: legend, headline, what is read at a point."""

from __future__ import annotations

from math import isinf, isnan

from app.numbers import number_text, share_text
from app.plots.roc_data import MEAN, Curves, Line, Part
from app.plots.user_text import inline
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.training.answers import certainty_kind, told

PARTS: tuple[Part, ...] = ("training", "validation")


def auc_text(line: Line | None) -> str:
    """An area, or why there is none."""
    if line is None:
        return ""
    if line.drawable:
        text = f"{line.roc.auc:.3f}"
        return "> 0.999" if text == "1.000" and line.roc.auc < 1.0 else text
    return "no rows" if not line.roc.positives else "no other rows"


def headline(curves: Curves, dataset: Dataset) -> str:
    """The areas, before anything else."""
    several = len(dataset.classes) > 2
    areas = [(part, curves.of(part, MEAN if several else 1)) for part in PARTS]
    said = ", ".join(f"{part} {auc_text(line)}" for part, line in areas if line is not None)
    if not said:
        return "No part is chosen"
    return f"Mean AUC: {said}" if several else f"AUC: {said} ({inline(dataset.classes[1])})"


def one_sided(curves: Curves, dataset: Dataset) -> str:
    """Which classes have no curve, and why."""
    reasons: list[str] = []
    for line in curves.lines:
        if line.drawable or line.number == MEAN:
            continue
        without = "row" if not line.roc.positives else "other row"
        name = inline(dataset.classes[line.number])
        reasons.append(f"no {without} of {name} among the {line.part} rows")
    if not reasons:
        return ""
    text = reasons[0].replace("other row of", "row but those of")
    more = f" and {len(reasons) - 1} more" if len(reasons) > 1 else ""
    return f"No curve: {text}{more}"


def class_text(curves: Curves, dataset: Dataset, number: int) -> str:
    """One class of several in the legend: its name and its areas."""
    name = "mean" if number == MEAN else inline(dataset.classes[number])
    areas = [auc_text(curves.of(part, number)) for part in PARTS]
    return f"{name} {' · '.join(area for area in areas if area)}"


def point_text(line: Line, index: int, dataset: Dataset, pair: Pair) -> str:
    """A point of a curve: the rates first, then the threshold."""
    fpr, tpr = float(line.roc.fpr[index]), float(line.roc.tpr[index])
    rates = f"TPR {share_text(tpr)}, FPR {share_text(fpr)}"
    threshold = float(line.roc.thresholds[index])
    if isnan(threshold):
        return f"{rates}   mean over classes, {line.part}"
    name = inline(dataset.classes[line.number])
    if isinf(threshold):
        return f"{rates}   nothing taken for {name}, {line.part}"
    value = number_text(float(told(line.roc.thresholds[index : index + 1], pair)[0]))
    return f"{rates}   {certainty_kind(pair)} of {name} ≥ {value}, {line.part}"


def description(curves: Curves, dataset: Dataset) -> str:
    """The picture for those who listen to it."""
    classes = [
        f"{inline(dataset.classes[line.number])}, {line.part}: {auc_text(line)}"
        for line in curves.lines
        if line.number != MEAN
    ]
    return f"{headline(curves, dataset)}. {'; '.join(classes)}"
