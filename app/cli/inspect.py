"""``perceptron-lab inspect``: what the reader sees in a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.cli.console import Progress, say, say_json
from app.cli.reading_flags import told_origin
from app.sources import read_source
from slp_core.data.features import counted
from slp_core.data.inspection import describe

_SHOWN_PROBLEMS = 20
_SHOWN_VALUES = 4
_SHOWN_TEXT = 24
_NAMED: Mapping[str, str] = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "space"}


def run(options: Mapping[str, Any]) -> int:
    """Print what was found in the file, for people or as JSON."""
    progress = Progress("reading")
    try:
        found = read_source(told_origin(options), progress.show)
    finally:
        progress.clear()
    table, seen = found.table, describe(found.table, found.target)
    if options["json"]:
        say_json(seen)
    else:
        say(*summary(options["source"], seen), *(f"note: {text}" for text in table.notes))
    return 0


def summary(source: str, seen: Mapping[str, Any]) -> list[str]:
    """The lines a person reads: the format, the columns, the problems."""
    header = "names in the first row" if seen["header"] else "no names in the first row"
    count = seen["skipped_lines"]
    skipped = f", {counted(count, 'line')} skipped" if count else ""
    return [
        f"{source}: {counted(seen['rows'], 'row')}, {counted(len(seen['columns']), 'column')}",
        f"{seen['encoding']}, separated by {_sign(seen['delimiter'])}, "
        f"decimal {_sign(seen['decimal'])}, {header}{skipped}",
        "",
        *_columns(seen["columns"]),
        *_problems(seen["problems"]),
    ]


def _sign(sign: str | None) -> str:
    return "nothing" if not sign else _NAMED.get(sign, sign)


def _columns(columns: list[Mapping[str, Any]]) -> list[str]:
    width = max((len(str(column["name"])) for column in columns), default=0)
    width = min(max(width, 6), 40)
    lines = [f"  {'column':<{width}}  kind    missing  values"]
    for column in columns:
        missing = column["missing"] or "-"
        line = f"  {column['name']:<{width}}  {column['kind']:<6}  {missing:>7}  {_values(column)}"
        lines.append(line.rstrip())
    return lines


def _values(column: Mapping[str, Any]) -> str:
    """The range of a column of numbers, else its most frequent values with their counts."""
    if "min" in column:
        return f"{column['min']:.6g} to {column['max']:.6g}"
    frequent = column["frequent"]
    if not frequent:
        return ""
    if column["distinct"] > _SHOWN_VALUES and frequent[0]["count"] == 1:
        return f"{column['distinct']} different"
    shown = [f"{_short(each['value'])} ({each['count']})" for each in frequent[:_SHOWN_VALUES]]
    more = column["distinct"] - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 3] + "..."


def _problems(problems: list[Mapping[str, Any]]) -> list[str]:
    if not problems:
        return ["", "no problems"]
    lines = ["", "1 problem" if len(problems) == 1 else f"{len(problems)} problems"]
    for problem in problems[:_SHOWN_PROBLEMS]:
        spots = [f"{key} {problem[key]}" for key in ("line", "column") if problem[key] is not None]
        where = ", ".join(spots)
        quoted = problem["text"] and problem["text"] not in problem["reason"]
        words = [f"{where}:"] if where else []
        words += [f'"{problem["text"]}"'] if quoted else []
        lines.append(f"  {' '.join([*words, problem['reason']])}")
    if len(problems) > _SHOWN_PROBLEMS:
        lines.append(f"  and {len(problems) - _SHOWN_PROBLEMS} more (all of them with --json)")
    return lines
