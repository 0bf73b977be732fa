"""``perceptron-lab check``: a typed gradient against the truth.

What is checked may be wrong and the command still did its work: it exits with 0. A formula that
cannot be read is unusable input, like an unreadable file: exit code 2 and one error line on stderr;
with ``--json`` the object with the verdict ``refused`` is printed as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.console import Progress, complain, say, say_json
from app.cli.reading_flags import told_origin
from app.cli.run_options import data_options
from app.cli.train import chosen_dataset
from app.sources import read_source
from slp_core.data.dataset import Dataset
from slp_core.errors import ConfigError, DataError, FormulaError

UNUSABLE = 2
_LONGEST = 100_000


def run(options: Mapping[str, Any]) -> int:
    """Check the formula in a file and print what was found, for people or as JSON."""
    from slp_core.insight.gradient.check import check_gradient  # no other command needs it

    path: Path = options["formula"]
    source = _text(path)
    dataset = _dataset(options)
    try:
        report = check_gradient(
            source,
            dataset=dataset,
            activation=options.get("activation"),
            loss=options.get("loss"),
            l1=options.get("l1", 0.0),
            l2=options.get("l2", 0.0),
            bias=options["bias"],
            convention=options["convention"],
            points=options["points"],
            rows=options["rows"],
            seed=options.get("seed", 0),
            curve=False,
        )
    except FormulaError as error:
        return _refuse(path, error, as_json=options["json"])
    if options["json"]:
        say_json(report.as_dict())
    else:
        say(str(report))
    return 0


def _refuse(path: Path, error: FormulaError, *, as_json: bool) -> int:
    from slp_core.insight.gradient.report import GradientReport

    if as_json:
        say_json(GradientReport.refused(error).as_dict())
    complain(f"{path}: line {error.line}, column {error.column}: {error.message}", error.hint)
    return UNUSABLE


def _text(path: Path) -> str:
    """The formula; a file that is no text or far too long is refused before it is read whole."""
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory", str(path))
    with path.open("rb") as file:
        raw = file.read(_LONGEST + 1)
    if len(raw) > _LONGEST:
        raise DataError("this is too long for a formula", code="formula.file", path=path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(
            "this is not text in UTF-8",
            code="formula.file",
            path=path,
            hint="Write the formula in a plain text file.",
        ) from None


def _dataset(options: Mapping[str, Any]) -> Dataset | None:
    """The data named, or None for random numbers."""
    name: str | None = options["source"]
    choices = data_options(options)
    if name is None:
        if choices.target is not None:
            raise ConfigError(
                "name the file that has this column", field="target", value=choices.target
            )
        return None
    progress = Progress("reading")
    try:
        source = read_source(told_origin(options), progress.show)
    finally:
        progress.clear()
    return chosen_dataset(source, choices)
