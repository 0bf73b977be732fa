"""The account of a file: every physical line in one class, every odd place told.

Places of one kind are listed singly at first and then only counted, so that a file full of
problems takes no more memory than a clean one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from slp_core.data.table import Problem
from slp_core.errors import DataError

LineClass: TypeAlias = Literal["data", "header", "title", "blank", "comment", "bad", "continuation"]
LISTED = 50
_GROUPS = 2000
_RUN = 3
_RUNS_LISTED = 20


@dataclass(slots=True)
class _Run:
    """Consecutive lines of one other width: perhaps a second table."""

    start: int
    end: int
    cells: int


class Ledger:
    """Counts lines and collects problems while a file is read."""

    def __init__(self) -> None:
        self.lines: Counter[LineClass] = Counter()
        self.first_lines: dict[LineClass, int] = {}
        self._listed: dict[tuple[str, int | str | None], list[Problem]] = {}
        self._counts: Counter[tuple[str, int | str | None]] = Counter()
        self._last_line: dict[tuple[str, int | str | None], int | None] = {}
        self._run: _Run | None = None
        self._runs: list[_Run] = []

    def enter(self, what: LineClass, line: int, count: int = 1) -> None:
        """Account for ``count`` lines from ``line`` on."""
        self.lines[what] += count
        self.first_lines.setdefault(what, line)

    def add(self, problem: Problem) -> None:
        """Tell one place; listed while there are few of its kind and column, else counted."""
        key = (problem.kind, problem.column)
        if key not in self._listed and len(self._listed) >= _GROUPS:
            key = (problem.kind, None)
        listed = self._listed.setdefault(key, [])
        if len(listed) < LISTED:
            listed.append(problem)
        self._counts[key] += problem.count
        self._last_line[key] = problem.line

    def note_width(self, line: int, cells: int) -> None:
        """Watch for runs of lines with the same other width."""
        run = self._run
        if run and run.cells == cells and line == run.end + 1:
            run.end = line
            return
        self._close_run()
        self._run = _Run(line, line, cells)

    def problems(self) -> tuple[Problem, ...]:
        """All problems in the order of their lines; those without a line come first."""
        self._close_run()
        told = [problem for listed in self._listed.values() for problem in listed]
        told += [self._rest(key) for key in self._listed if self._unlisted(key)]
        told += [_second_table(run) for run in self._runs]
        return tuple(sorted(told, key=lambda each: each.line or 0))

    def check(self, total: int, path: Path) -> None:
        """Prove that no line was lost: the classes add up to the lines counted beforehand."""
        if sum(self.lines.values()) == total:
            return
        found = ", ".join(f"{count} {what}" for what, count in self.lines.items())
        raise DataError(
            f"{path.name} has {total} lines, but {sum(self.lines.values())} were "
            f"accounted for ({found}): lines would be lost, so nothing was read",
            code="csv.lines_unaccounted",
            hint="This is a fault of the reader: please report it with the file.",
            path=path,
        )

    def _unlisted(self, key: tuple[str, int | str | None]) -> int:
        return self._counts[key] - sum(problem.count for problem in self._listed[key])

    def _rest(self, key: tuple[str, int | str | None]) -> Problem:
        last, count = self._listed[key][-1], self._unlisted(key)
        return Problem(
            last.line,
            last.column,
            "",
            f"{count} more of this kind up to line {self._last_line[key]}",
            last.outcome,
            last.kind,
            count,
        )

    def _close_run(self) -> None:
        run, self._run = self._run, None
        if run is None or run.cells < 2 or len(self._runs) >= _RUNS_LISTED:
            return
        if run.end - run.start + 1 >= _RUN:
            self._runs.append(run)


def _second_table(run: _Run) -> Problem:
    return Problem(
        run.start,
        None,
        "",
        f"lines {run.start} to {run.end} have {run.cells} cells each: perhaps a second table",
        "it was not read",
        "second_table",
        run.end - run.start + 1,
    )
