"""What the reader saw in a file, as plain JSON-able data."""

from __future__ import annotations

from slp_core.data.table import Column, Problem, Table


def describe(table: Table) -> dict[str, object]:
    """The answer of ``inspect --json``; doubts come first among the problems."""
    dialect = table.dialect
    doubts = [
        {"line": None, "column": None, "text": "", "reason": doubt} for doubt in dialect.doubts
    ]
    return {
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "decimal": dialect.decimal,
        "quote": dialect.quote,
        "header": dialect.header,
        "skipped_lines": dialect.skip,
        "rows": table.rows,
        "columns": [_column(column) for column in table.columns],
        "problems": doubts + [_problem(problem) for problem in table.problems],
    }


def _column(column: Column) -> dict[str, object]:
    return {"name": column.name, "kind": column.kind, "missing": column.missing}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.line,
        "column": problem.column,
        "text": problem.text,
        "reason": f"{problem.reason}; {problem.outcome}",
    }
