"""Column names: as the file gives them where it can, repaired and said where it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from slp_core.data.header import looks_like_counts
from slp_core.data.layout import Layout
from slp_core.data.table import Problem


@dataclass(frozen=True, slots=True)
class Names:
    """One unique name per column, left to right, and what was repaired."""

    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def named(layout: Layout, lines: int) -> Names:
    """Names for the columns of a file with ``lines`` lines."""
    heading = layout.heading
    if heading.names is None:
        return Names(tuple(f"column {j + 1}" for j in range(layout.width)))
    line = heading.header_lines[0] if heading.header_lines else None
    if _gives_counts(layout, lines):
        return _without_counts(layout, line)
    return _repaired(heading.names, line)


def _gives_counts(layout: Layout, lines: int) -> bool:
    """Whether the first line counts rows and features, as in scikit-learn's files."""
    names = layout.heading.names
    return names is not None and looks_like_counts(names) and int(names[0]) <= lines


def _without_counts(layout: Layout, line: int | None) -> Names:
    text = layout.signs.delimiter.join(layout.heading.names or ())
    problem = Problem(
        line,
        None,
        text[:80],
        "the first line gives counts, not names",
        "the columns are called column 1, column 2, ...",
        "count_header",
    )
    return Names(tuple(f"column {j + 1}" for j in range(layout.width)), (problem,))


def _repaired(raw: tuple[str, ...], line: int | None) -> Names:
    wanted = [" ".join(name.split()) for name in raw]
    taken = set(wanted)
    used: set[str] = set()
    names: list[str] = []
    problems: list[Problem] = []
    for j, name in enumerate(wanted):
        unique = name if name and name not in used else _free(name, j, taken | used)
        if unique != raw[j]:
            problems.append(_renamed(raw[j], name, unique, (line, j + 1)))
        used.add(unique)
        names.append(unique)
    return Names(tuple(names), tuple(problems))


def _free(name: str, j: int, taken: set[str]) -> str:
    base = name or f"column {j + 1}"
    if not name and base not in taken:
        return base
    number = 2
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def _renamed(raw: str, name: str, unique: str, place: tuple[int | None, int]) -> Problem:
    line, column = place
    if not name:
        reason = f"column {column} has no name"
    elif name != raw:
        reason = f"the name of column {column} has line breaks or several spaces"
    else:
        reason = f"the name {name!r} occurs more than once"
    return Problem(line, unique, raw[:80], reason, f"it is called {unique!r}", "name")
