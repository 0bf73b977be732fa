"""What the import dialog works out off the GUI thread: the table, and what can be learned from it.

No widget is known here; every function may run in a job.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from app.jobs import JobControl
from app.origins import FileOrigin, TextOrigin
from app.sources import DataOptions, read_source
from slp_core.arrays import frozen
from slp_core.data.choosing import Choice, choose
from slp_core.data.encoding import survey
from slp_core.data.missing import MISSING
from slp_core.data.opening import examine
from slp_core.data.pace import Pace
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Dialect, Table
from slp_core.errors import DataError, SlpError

ReadOrigin: TypeAlias = FileOrigin | TextOrigin
Role: TypeAlias = Literal["target", "feature", "ignore"]


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column is for, and what would be if nobody had chosen.

    ``usual_features`` belong to ``target``. ``classes`` is 0 for a number; ``used`` counts rows.
    """

    target: str
    features: frozenset[str]
    usual_target: str
    usual_features: frozenset[str]
    classes: int
    used: int
    notes: tuple[str, ...]

    @property
    def usual(self) -> bool:
        """Whether nothing else was chosen than what is usual."""
        return self.target == self.usual_target and self.features == self.usual_features

    def role(self, name: str) -> Role:
        """What a column is for."""
        if name == self.target:
            return "target"
        return "feature" if name in self.features else "ignore"


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """`Roles`, or the reason why nothing can be learned by these choices."""

    options: DataOptions
    roles: Roles | None
    refusal: Exception | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One reading: the table, or why there is none; ``lines`` is a table to cut raw lines by."""

    reading: ReadingOptions
    table: Table | None
    refusal: Exception | None = None
    verdict: Verdict | None = None
    lines: Table | None = None


def read(
    origin: ReadOrigin, reading: ReadingOptions, options: DataOptions, control: JobControl
) -> Found:
    """Read by these decisions; a refusal is an answer like any other."""
    origin = replace(origin, reading=reading)
    try:
        table = read_source(origin, control.progress, control.cancelled).table
    except (SlpError, OSError, MemoryError, UnicodeError) as error:
        return unread(origin, reading, error, control)
    return found_of(table, reading, options)


def unread(
    origin: ReadOrigin, reading: ReadingOptions, error: Exception, control: JobControl
) -> Found:
    """A reading that failed; its lines can be looked at if they are text."""
    return Found(reading, None, error, lines=_bare_table(origin, reading, control))


def found_of(table: Table, reading: ReadingOptions, options: DataOptions) -> Found:
    """A reading that was made before, with what can be learned from it."""
    kinds = tuple(pair for pair in reading.kinds if pair[0] in table.names)
    reading = replace(reading, kinds=kinds)
    problems = tuple(p for p in table.problems if p.kind != "no_such_column")
    if len(problems) != len(table.problems):
        table = replace(table, problems=problems)
    return Found(reading, table, None, judge(table, options), table)


def judge(table: Table, options: DataOptions) -> Verdict:
    """What the columns are for under ``options``, whose unknown names are passed over."""
    options = fitting(options, table)
    try:
        return Verdict(options, _roles(table, options))
    except (SlpError, MemoryError) as error:
        return Verdict(options, None, error)


def fitting(options: DataOptions, table: Table) -> DataOptions:
    """Options without columns that the table does not have."""
    names = set(table.names)
    if options.target is not None and options.target not in names:
        options = replace(options, target=None, task=None, renames=())
    if options.features is not None and not names.issuperset(options.features):
        options = replace(options, features=None)
    return options


def places(before: Table, table: Table) -> dict[str, str]:
    """The new name of each column where only the names are others; else nothing."""
    if before.dialect.delimiter != table.dialect.delimiter:
        return {}
    same = len(before.names) == len(table.names)
    return dict(zip(before.names, table.names, strict=True)) if same else {}


def carried(options: DataOptions, before: Table, table: Table) -> tuple[DataOptions, str]:
    """Roles for a table whose columns have other names, and a sentence on what became of them."""
    chosen = {name for name in (options.target, *(options.features or ())) if name is not None}
    new = places(before, table)
    if not chosen or (not new and chosen <= set(table.names)):
        return options, ""
    if not chosen <= new.keys():
        return options, "The columns have changed: the roles chosen before no longer apply."
    target = None if options.target is None else new[options.target]
    features = options.features and tuple(new[name] for name in options.features)
    said = "The columns have other names now: their roles were kept."
    return replace(options, target=target, features=features), said


def carried_kinds(
    wanted: ReadingOptions, found: ReadingOptions, before: Table, table: Table
) -> ReadingOptions:
    """``found`` with the kinds that were lost because their columns have other names."""
    new, kept = places(before, table), dict(found.kinds)
    lost = [(new[name], kind) for name, kind in wanted.kinds if name not in kept and name in new]
    return replace(found, kinds=(*found.kinds, *lost)) if lost else found


def settled(options: DataOptions, roles: Roles, given: DataOptions) -> DataOptions:
    """Options in which a choice that is the usual one is no choice.

    What means the same as in ``given`` stays as it is there: looking at a file changes nothing.
    """
    target = None if options.target == roles.usual_target else options.target
    features = options.features
    if features is not None and frozenset(features) == roles.usual_features:
        features = None
    if given.target == roles.target:
        target = given.target
        if given.features is not None and frozenset(given.features) == roles.features:
            features = given.features
    return replace(options, target=target, features=features)


def shown_roles(options: DataOptions, table: Table, before: Roles | None) -> Roles:
    """Roles to show until (or although) `judge` gives none: those of the options themselves."""
    if before is None:
        usable = frozenset(c.name for c in table.columns if c.kind not in ("empty", "date"))
        before = Roles("", usable, "", usable, 0, 0, ())
    target = options.target or before.usual_target
    features = before.features if options.features is None else frozenset(options.features)
    return replace(before, target=target, features=features - {target})


def with_role(
    options: DataOptions, table: Table, roles: Roles, names: Iterable[str], role: Role
) -> DataOptions:
    """Options after a person has said what some columns are for.

    A new target leaves the chosen features as they are, without itself.
    """
    chosen = set(names)
    if role == "target":
        target = next(name for name in table.names if name in chosen)
        features = options.features
        if features is not None:
            features = tuple(name for name in features if name != target) or None
        task = options.task if target == roles.target else None
        renames = options.renames if target == roles.target else ()
        return replace(options, target=target, features=features, task=task, renames=renames)
    wanted = set(roles.features) | chosen if role == "feature" else roles.features - chosen
    wanted = wanted - {roles.target}
    ordered = tuple(name for name in table.names if name in wanted)
    return replace(options, target=roles.target, features=ordered)


def with_kind(
    reading: ReadingOptions, names: Iterable[str], kind: Literal["number", "text"] | None
) -> ReadingOptions:
    """Decisions with another kind for some columns; None leaves it to the reader."""
    kinds = dict(reading.kinds)
    for name in names:
        if kind is None:
            kinds.pop(name, None)
        else:
            kinds[name] = kind
    return replace(reading, kinds=tuple(kinds.items()))


def _bare_table(origin: ReadOrigin, reading: ReadingOptions, control: JobControl) -> Table | None:
    """A table of nothing, to show the lines of a file that gave none; None if it is no text."""
    name, path, encoding = origin.name, None, "utf-8"
    try:
        if isinstance(origin, FileOrigin):
            path = Path(origin.path)
            pace = Pace(path, None, control.cancelled)
            encoding = survey(examine(path), reading.encoding, pace).encoding
    except (DataError, OSError):
        return None
    dialect = Dialect(encoding, reading.delimiter or ",", header=False)
    return Table(name, path, dialect, (), 0, (), (), frozen(np.ones(1, np.int64)))


def _roles(table: Table, options: DataOptions) -> Roles:
    usual = _choice(table, None, None, options)
    by_target = usual
    if options.target is not None and options.target != usual.column.name:
        by_target = _choice(table, options.target, None, options)
    chosen = by_target
    if options.features is not None:
        chosen = _choice(table, by_target.column.name, options.features, options)
    return Roles(
        chosen.column.name,
        _columns(chosen),
        usual.column.name,
        _columns(by_target),
        len(chosen.coded.classes),
        len(chosen.rows),
        chosen.notes,
    )


def _choice(
    table: Table, target: str | None, features: tuple[str, ...] | None, options: DataOptions
) -> Choice:
    fills = MISSING[options.missing].measure is not None
    task = options.task if target == options.target else None
    return choose(table, target, features, task, fills=fills)


def _columns(choice: Choice) -> frozenset[str]:
    return frozenset(source.feature.column for source in choice.sources)
