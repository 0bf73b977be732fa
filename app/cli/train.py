"""``perceptron-lab train``: trains without a window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli import report
from app.cli.console import Progress, complain, note, say, say_json
from app.cli.files import check_distinct, check_writable
from app.cli.history_file import history_csv
from app.cli.run_options import data_options, training_config
from app.sources import Source, dataset_from, read_source
from slp_core.data.dataset import Dataset
from slp_core.errors import DataError
from slp_core.result import Result, train
from slp_core.storage.atomic import write_text
from slp_core.storage.formats import format_of
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

LEFT_FINITE = 3


def run(options: Mapping[str, Any]) -> int:
    """Train as ``options`` say, write the files asked for, print how it went."""
    config = training_config(options)
    _check_files(options)
    dataset = _dataset(options)
    result = _train(dataset, config)
    written = _write(options, dataset, result)
    if options["json"]:
        say_json(report.as_json(dataset, result))
    else:
        say(*report.summary(options["source"], dataset, result))
        say(*(f"wrote       {path}" for path in written))
    return _verdict_code(result)


def _check_files(options: Mapping[str, Any]) -> None:
    """Refuse before the training what could not be written after it."""
    for name, suffix in (("output", ""), ("history", ".csv"), ("picture", ".png")):
        path: Path | None = options[name]
        if path is not None:
            check_writable(path, suffix or format_of(path).key)
    check_distinct([options["source"]], _files(options))


def _files(options: Mapping[str, Any]) -> list[Path]:
    wanted = (options["output"], options["history"], options["picture"])
    return [path for path in wanted if path is not None]


def _dataset(options: Mapping[str, Any]) -> Dataset:
    progress = Progress("reading")
    try:
        source = read_source(options["source"], progress.show)
    finally:
        progress.clear()
    choices = data_options(options)
    if choices.target is None and source.target is None:
        raise _no_target(source)
    for text in source.table.notes:
        note(f"note: {text}")
    return dataset_from(source, choices)


def _no_target(source: Source) -> DataError:
    names = source.table.names
    shown = ", ".join(names[:20]) + (" ..." if len(names) > 20 else "")
    return DataError(
        "say which column to learn: --target COLUMN",
        code="usage.target",
        path=source.table.path,
        hint=f"Columns: {shown}",
    )


def _train(dataset: Dataset, config: TrainingConfig) -> Result:
    progress = Progress("training")

    def show(snapshot: Snapshot) -> None:
        share = snapshot.epoch / max(snapshot.config.epochs, 1)
        progress.show(share, f"epoch {snapshot.epoch:.0f}  loss {snapshot.loss:.4g}")

    try:
        return train(dataset, config, show)
    finally:
        progress.clear()


def _write(options: Mapping[str, Any], dataset: Dataset, result: Result) -> list[Path]:
    """Write the files asked for; returns their paths."""
    output, history, picture = options["output"], options["history"], options["picture"]
    if output is not None:
        result.model.save(output)
    if history is not None:
        write_text(history, history_csv(result.history, regression=dataset.task == "regression"))
    if picture is not None:
        from app.decision_picture import draw_decision  # Qt

        draw_decision(picture, dataset, result.snapshot)
    return _files(options)


def _verdict_code(result: Result) -> int:
    if result.stop_reason != "not_finite":
        return 0
    complain(result.stop.text, "The last finite weights are kept. Try a lower --learning-rate.")
    return LEFT_FINITE
