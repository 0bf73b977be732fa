"""``perceptron-lab train``: trains without a window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli import report
from app.cli.console import Progress, complain, note, say, say_json
from app.cli.files import check_distinct, check_writable
from app.cli.history_file import history_csv
from app.cli.reading_flags import told_origin
from app.cli.run_options import data_options, training_config
from app.origins import Origin
from app.sources import DataOptions, Source, dataset_from, read_source
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.errors import DataError
from slp_core.insight.diagnosis import Diagnosis, diagnose
from slp_core.result import DIAGNOSIS_SECONDS, Result, train
from slp_core.storage.atomic import write_text
from slp_core.storage.formats import format_of
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

LEFT_FINITE = 3


def run(options: Mapping[str, Any]) -> int:
    """Train as ``options`` say, write the files asked for, print how it went."""
    config = training_config(options)
    _check_files(options)
    source = _read(told_origin(options))
    dataset = chosen_dataset(source, data_options(options))
    result = _train(dataset, config)
    _write(options, dataset, result)
    diagnosis = _diagnose(dataset, result, source.table)
    if options["output"] is not None:  # a second time: the weights are safe while it is judged
        verdict = diagnosis.verdict
        result.model.judged(verdict.kind, verdict.text).save(options["output"])
    if options["json"]:
        say_json(report.as_json(dataset, result, diagnosis))
    else:
        say(*report.summary(options["source"], dataset, result, diagnosis))
        say(*report.oddities(options["source"], source.table, dataset))
        say(*(f"wrote       {path}" for path in _files(options)))
    return _exit_code(result, options["output"])


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


def _read(origin: Origin) -> Source:
    progress = Progress("reading")
    try:
        return read_source(origin, progress.show)
    finally:
        progress.clear()


def chosen_dataset(source: Source, choices: DataOptions) -> Dataset:
    """The data set that the options make of a source; a file must come with its target."""
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


def _diagnose(dataset: Dataset, result: Result, table: Table) -> Diagnosis:
    """What the run came to, within a second or so: it says itself where that was not enough."""
    progress = Progress("judging")
    progress.show(0.0, "")
    try:
        return diagnose(dataset, result.snapshot, table, seconds=DIAGNOSIS_SECONDS)
    finally:
        progress.clear()


def _write(options: Mapping[str, Any], dataset: Dataset, result: Result) -> None:
    """Write the files asked for."""
    output, history, picture = options["output"], options["history"], options["picture"]
    if output is not None:
        result.model.save(output)
    if history is not None:
        write_text(history, history_csv(result.history, regression=dataset.task == "regression"))
    if picture is not None:
        from app.decision_picture import draw_decision  # Qt

        draw_decision(picture, dataset, result.snapshot)


def _exit_code(result: Result, output: Path | None) -> int:
    if result.stop_reason != "not_finite":
        return 0
    where = f"written to {output}" if output else "not written (--output WEIGHTS)"
    complain(result.stop.text, f"The weights of update {result.snapshot.update} are {where}.")
    return LEFT_FINITE
