"""The parts of a step: what it opens, how that is prepared and trained, and where it is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from app.lessons.fields import Place
from app.lessons.lesson import LessonFormula
from app.origins import SAMPLE_PREFIX, FileOrigin, Origin, SampleOrigin
from app.sources import DataOptions, usual_settings
from app.view_kinds import PANES, VIEW_KINDS
from slp_core.data.missing import MISSING
from slp_core.data.samples import MOST_NOISE, MOST_POINTS, SAMPLES
from slp_core.data.scaling import SCALINGS
from slp_core.data.target import TASKS
from slp_core.errors import ConfigError
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig

_SETTINGS = tuple(row.name for row in fields(TrainingConfig))
_CHANGES = tuple(name for name in _SETTINGS if name not in ("start", "initializer", "seed"))
"""Runs that are compared start from the same weights."""
_SEEDS = 2**63 - 1
_Way: TypeAlias = Callable[[Place, Any], Any]
"""Reads one field, and refuses what it cannot be."""


def read_origin(place: Place, value: object, beside: Path) -> Origin:
    """``"sample:NAME"``, a file beside the lesson, or a generated set with its points."""
    if isinstance(value, str):
        if value.startswith(SAMPLE_PREFIX):
            key = place.one_of(value.removeprefix(SAMPLE_PREFIX), tuple(SAMPLES))
            return SampleOrigin(key)
        return _file(place, place.text(value), beside)
    names = ("sample", "points", "noise", "balance", "seed")
    found = place.known(value, names)
    key = (place / "sample").one_of(found.get("sample"), tuple(SAMPLES))
    return SampleOrigin(key, **_generated(place, found, key))


def _generated(place: Place, found: Mapping[str, Any], key: str) -> dict[str, Any]:
    row, given = SAMPLES[key], {name: value for name, value in found.items() if name != "sample"}
    ways: dict[str, _Way] = {
        "points": lambda p, v: p.whole(v, 6, MOST_POINTS),
        "noise": lambda p, v: p.number(v, 0.0, MOST_NOISE),
        "balance": lambda p, v: p.number(v, 0.01, 0.99),
        "seed": lambda p, v: p.whole(v, 0, _SEEDS),
    }
    for name in given:
        if not row.generated or (name == "balance" and row.cloud is None):
            raise (place / name).wrong(f"{row.label} has none to choose")
    return {name: ways[name](place / name, value) for name, value in given.items()}


def _file(place: Place, name: str, beside: Path) -> FileOrigin:
    if Path(name).is_absolute():
        raise place.wrong("a file is named as it is found from the lesson's folder", name)
    path = beside / name
    if not path.is_file():
        raise place.wrong(f'there is no file "{name}" beside the lesson')
    return FileOrigin(str(path))


_DATA: Mapping[str, _Way] = MappingProxyType(
    {
        "target": Place.text,
        "features": Place.texts,
        "task": lambda p, v: p.one_of(v, TASKS),
        "scaling": lambda p, v: p.one_of(v, tuple(SCALINGS)),
        "degree": lambda p, v: p.whole(v, 1, 20),
        "sine": Place.switch,
        "missing": lambda p, v: p.one_of(v, tuple(MISSING)),
        "renames": lambda p, v: tuple((k, (p / k).text(n)) for k, n in p.mapping(v).items()),
        "validation": lambda p, v: p.number(v, 0.0, 0.9),
        "seed": lambda p, v: p.whole(v, 0, _SEEDS),
        "stratify": Place.switch,
    }
)


def read_data(place: Place, value: object) -> DataOptions:
    """Which columns are learned from and how they are prepared."""
    found = place.known(value, tuple(_DATA))
    return DataOptions(**{name: _DATA[name](place / name, v) for name, v in found.items()})


def read_settings(place: Place, value: object, origin: Origin) -> TrainingConfig:
    """Settings of training: those usual for the data, changed as the lesson says."""
    found = dict(place.known(value, _SETTINGS))
    if found.get("start") is not None:
        found["start"] = _start(place / "start", found["start"])
    return _changed(place, usual_settings(origin), found)


def read_changes(place: Place, value: object, settings: TrainingConfig) -> Mapping[str, object]:
    """Settings in which a run differs from another."""
    found = place.known(value, _CHANGES)
    _changed(place, settings, found)
    return MappingProxyType(dict(found))


def _changed(place: Place, basis: TrainingConfig, found: Mapping[str, Any]) -> TrainingConfig:
    try:
        return replace(basis, **found)
    except ConfigError as error:
        hint = error.hint or (f"Allowed are {', '.join(error.allowed)}." if error.allowed else "")
        wrong = (place / error.field).wrong(error.message.rstrip("."))
        wrong.hint = hint
        raise wrong from error


def _start(place: Place, value: object) -> Parameters:
    found = place.known(value, ("W", "b"))
    W = [
        [(place / "W")[i][j].number(x, -1e6, 1e6) for j, x in enumerate(_line(place / "W", i, row))]
        for i, row in enumerate((place / "W").rows(found.get("W"), 10_000))
    ]
    b = [
        (place / "b")[j].number(x, -1e6, 1e6)
        for j, x in enumerate((place / "b").rows(found.get("b"), 1_000))
    ]
    if not W or not b or any(len(row) != len(b) for row in W):
        raise place.wrong("W needs a row for each input, with as many numbers as b has")
    return Parameters(W, b)  # pyright: ignore[reportArgumentType] - lists are taken too


def _line(place: Place, number: int, row: object) -> Any:
    return place[number].rows(row, 1_000)


def read_views(place: Place, value: object) -> Mapping[str, str]:
    """The view of each pane; no view is in two of them."""
    found = place.known(value, tuple(PANES))
    seen: dict[str, str] = {}
    for pane, view in found.items():
        key = (place / pane).one_of(view, tuple(VIEW_KINDS))
        if key in seen.values():
            raise (place / pane).wrong(f"{key} is in another pane already")
        seen[pane] = key
    return MappingProxyType(seen)


def read_formula(place: Place, value: object) -> LessonFormula:
    """A formula to begin with, or a text in the formula language."""
    from slp_core.errors import FormulaError
    from slp_core.insight.formula.source import read_formula as parsed
    from slp_core.insight.gradient.starts import STARTS  # only lessons with formulas need these

    found = place.known(value, ("start", "text", "convention", "check"))
    if ("start" in found) == ("text" in found):
        raise place.wrong('either "start" or "text" is needed')
    where, check = place / "convention", (place / "check").switch(found.get("check", True))
    if "start" in found:
        key = (place / "start").one_of(found["start"], tuple(STARTS))
        row = STARTS[key]
        convention = where.convention(found.get("convention"), row.convention)
        return LessonFormula(source=row.source, convention=convention, start=key, check=check)
    source = (place / "text").text(found["text"])
    try:
        parsed(source)
    except FormulaError as error:
        said = f"line {error.line}, column {error.column}: {error.message.rstrip('.')}"
        wrong = (place / "text").wrong(said)
        wrong.hint = error.hint
        raise wrong from error
    convention = where.convention(found.get("convention"), "rows")
    return LessonFormula(source=source, convention=convention, check=check)
