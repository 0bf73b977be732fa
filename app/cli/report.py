"""What ``perceptron-lab train`` prints: one JSON object, or a page for people."""

from __future__ import annotations

from typing import Any

from slp_core.arrays import Floats
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.insight.diagnosis import Diagnosis
from slp_core.result import Result
from slp_core.training.snapshot import Snapshot

_LARGEST_TABLE = (16, 10)
"""Rows and columns of weights that still fit on a screen."""
_NAME_WIDTH = 28
_SHOWN_NOTES = 12
_READABLE_R2 = 1e4
_BEST = "Best reachable loss "


def as_json(dataset: Dataset, result: Result, diagnosis: Diagnosis) -> dict[str, Any]:
    """Every figure of the run, under public names."""
    snapshot, config = result.snapshot, result.snapshot.config
    W, b = snapshot.parameters.W, snapshot.parameters.b
    original = result.model.original_parameters()
    regression = dataset.task == "regression"
    return {
        "samples": dataset.samples,
        "left_out": dataset.left_out,
        "features": dataset.feature_names,
        "terms": dataset.preparation.terms,
        "target": dataset.target,
        "classes": None if regression else dataset.classes,
        "task": dataset.task,
        "activation": config.activation,
        "loss": config.loss,
        "optimizer": config.optimizer,
        "learning_rate": config.learning_rate,
        "epochs": _whole(snapshot.epoch),
        "updates": snapshot.update,
        "loss_value": snapshot.loss,
        **_best(diagnosis, snapshot),
        "gradient_norm": snapshot.gradient_norm,
        "accuracy": snapshot.accuracy,
        "r2": snapshot.r2,
        "validation": _validation(snapshot),
        "stop_reason": result.stop_reason,
        "stop_text": result.stop.text,
        "verdict": {"kind": diagnosis.verdict.kind, "text": diagnosis.verdict.text},
        "findings": [
            {"id": row.id, "text": row.text, "level": row.level, "advice": row.advice}
            for row in diagnosis.findings
        ],
        "weights": W,
        "bias": b,
        "weights_original": original[0] if original else None,
        "bias_original": original[1] if original else None,
        "notes": dataset.notes,
        "seconds": result.seconds,
        "updates_per_second": result.updates_per_second,
    }


def _best(diagnosis: Diagnosis, snapshot: Snapshot) -> dict[str, Any]:
    """The best reachable loss; null where the time was not enough to know it."""
    best, apart = diagnosis.answers.best, diagnosis.answers.separability
    known = best.value if best.exact else min(best.value, snapshot.best_loss)
    return {
        "best_loss": None if best.cut else known,
        "best_loss_exact": best.exact,
        "best_loss_text": best.text,
        "baseline_loss": best.baseline,
        "largest_stable_rate": diagnosis.answers.stable_rate,
        "separable": None if apart is None else apart.separable,
    }


def _whole(epoch: float) -> float | int:
    return int(epoch) if epoch == int(epoch) else epoch


def _validation(snapshot: Snapshot) -> dict[str, float | None] | None:
    if snapshot.validation_loss is None:
        return None
    return {
        "loss_value": snapshot.validation_loss,
        "accuracy": snapshot.validation_accuracy,
        "r2": snapshot.validation_r2,
    }


def summary(source: str, dataset: Dataset, result: Result, diagnosis: Diagnosis) -> list[str]:
    """The page: what was trained, how, what came of it, and the weights if they are few."""
    snapshot, config = result.snapshot, result.snapshot.config
    return [
        f"data        {source}: {_data_line(dataset)}",
        f"model       {config.activation} + {config.loss}{_penalties(snapshot)}",
        f"training    {config.optimizer}, rate {config.learning_rate:.4g} {config.schedule}, "
        f"batch {config.batch_size}, seed {config.seed}",
        f"run         {snapshot.epoch:g} epochs, {snapshot.update} updates in "
        f"{result.seconds:.2f} s ({result.updates_per_second:,.0f} per second)",
        f"loss        {_part(snapshot.loss, snapshot.accuracy, snapshot.r2)}, "
        f"gradient norm {snapshot.gradient_norm:.3g}",
        *_validation_line(snapshot),
        f"best        {diagnosis.answers.best.text.removeprefix(_BEST)}",
        f"stopped     {result.stop.text}",
        f"verdict     {_verdict(result, diagnosis)}",
        *(f"{row.level:<12}{row.id} {row.title}: {row.text}" for row in diagnosis.findings),
        *_weights(dataset, result),
    ]


def oddities(source: str, table: Table, dataset: Dataset) -> list[str]:
    """What was odd, left out or recoded: never silently."""
    lines = [f"note        {text}" for text in dataset.notes[:_SHOWN_NOTES]]
    if len(dataset.notes) > _SHOWN_NOTES:
        lines.append(f"            and {len(dataset.notes) - _SHOWN_NOTES} more (--json has all)")
    if table.problems:
        places = sum(problem.count for problem in table.problems)
        what = "1 odd place" if places == 1 else f"{places} odd places"
        lines.append(f"note        {what} in the file: perceptron-lab inspect {source}")
    return ["", *lines] if lines else []


def _verdict(result: Result, diagnosis: Diagnosis) -> str:
    kind, text = diagnosis.verdict.kind, diagnosis.verdict.text
    return kind if text == result.stop.text else f"{kind}: {text}"


def _data_line(dataset: Dataset) -> str:
    held = len(dataset.X_validation)
    parts = [f"{dataset.samples} samples", f"{dataset.features} features"]
    if dataset.classes:
        parts.append(f"{len(dataset.classes)} classes of {dataset.target}")
    else:
        parts.append(f"{dataset.target} as a number")
    if held:
        parts.append(f"{held} rows for validation")
    if dataset.left_out:
        parts.append(f"{dataset.left_out} rows left out")
    return ", ".join(parts)


def _penalties(snapshot: Snapshot) -> str:
    config = snapshot.config
    parts = [
        f", {name} {value:g}" for name, value in (("l1", config.l1), ("l2", config.l2)) if value
    ]
    return "".join(parts) + ("" if config.bias else ", no bias")


def _part(loss: float, accuracy: float | None, r2: float | None) -> str:
    parts = [f"{loss:.6g}"]
    if accuracy is not None:
        parts.append(f"accuracy {accuracy:.2%}")
    if r2 is not None:
        parts.append(f"R² {r2:.4f}" if abs(r2) < _READABLE_R2 else f"R² {r2:.4g}")
    return ", ".join(parts)


def _validation_line(snapshot: Snapshot) -> list[str]:
    if snapshot.validation_loss is None:
        return []
    text = _part(snapshot.validation_loss, snapshot.validation_accuracy, snapshot.validation_r2)
    return [f"validation  {text}"]


def _weights(dataset: Dataset, result: Result) -> list[str]:
    """The table of weights, in original units where there are such."""
    W, b = result.snapshot.parameters.W, result.snapshot.parameters.b
    if W.shape[0] > _LARGEST_TABLE[0] or W.shape[1] > _LARGEST_TABLE[1]:
        return [
            "",
            f"weights     {W.shape[0]} x {W.shape[1]} (--output writes them, --json prints them)",
        ]
    original = result.model.original_parameters()
    units = "original units" if original else "scaled inputs"
    rows, bias = original or (W, b)
    names = [*dataset.preparation.terms, "bias"]
    width = min(max(len(name) for name in names), _NAME_WIDTH)
    heads = dataset.classes if W.shape[1] == len(dataset.classes) else ()
    head = " ".join(f"{name[:12]:>12}" for name in heads)
    lines = ["", f"weights ({units})", *([f"  {'':<{width}} {head}"] if head else [])]
    values = [*rows, bias]
    lines += [_row(name, row, width) for name, row in zip(names, values, strict=True)]
    return lines


def _row(name: str, values: Floats, width: int) -> str:
    shown = name if len(name) <= width else name[: width - 1] + "…"
    return f"  {shown:<{width}} " + " ".join(f"{value:>12.5g}" for value in values)
