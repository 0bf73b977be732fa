"""Where a run is, in a form that is compared bit for bit."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from slp_core.training.course import Course
from slp_core.training.snapshot import Snapshot
from slp_core.training.trainer import Trainer


def numbers(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot but the time it took, in a form that is compared bit for bit."""
    found: dict[str, Any] = {
        row.name: getattr(snapshot, row.name)
        for row in fields(Snapshot)
        if row.name not in ("seconds", "parameters", "history", "config", "stop", "best")
    }
    history = snapshot.history
    points = [(point.update, point.parameters.flat().tobytes()) for point in history.checkpoints]
    best = snapshot.best
    kept = best and (best.update, best.loss, best.by_validation, best.parameters.flat().tobytes())
    stop = snapshot.stop and (snapshot.stop.kind, snapshot.stop.text)
    return {key: str(value) for key, value in found.items()} | {
        "parameters": snapshot.parameters.flat().tobytes(),
        "history": history.table.tobytes(),
        "checkpoints": points,
        "stop": stop,
        "best": kept,
        "config": snapshot.config,
    }


def told(course: Course | Trainer) -> dict[str, Any]:
    """Where a run is, with what its next updates depend on."""
    return numbers(course.snapshot()) | {"left": course.updates_left_in_epoch}


def each_update(trainer: Trainer, updates: int) -> dict[int, dict[str, Any]]:
    """Every state of straight training, the last one with what ended it."""
    seen = {trainer.update: told(trainer)}
    for _ in range(updates):
        trainer.advance(1)
        seen = {update: state for update, state in seen.items() if update <= trainer.update}
        seen[trainer.update] = told(trainer)
    return seen
