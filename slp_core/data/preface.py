"""The lines before the first row, each in its class and told."""

from __future__ import annotations

from slp_core.data.layout import Layout
from slp_core.data.ledger import Ledger, LineClass
from slp_core.data.table import Problem


def account_for_preface(ledger: Ledger, layout: Layout) -> None:
    """Enter every line before the first row of data into ``ledger``."""
    heading = layout.heading
    names = set(heading.header_lines)
    for line, text in enumerate(layout.preface, 1):
        what = "header" if line in names else _class_of(line, text, layout)
        ledger.enter(what, line)
        if what == "title":
            ledger.add(_title(line, text))
    if heading.units_line is not None:
        ledger.add(_units(heading.units_line, layout.preface[heading.units_line - 1]))


def _class_of(line: int, text: str, layout: Layout) -> LineClass:
    bare = text.strip()
    if line <= layout.skipped and bare:
        return "title"
    if not bare:
        return "blank"
    comment = layout.signs.comment
    return "comment" if comment and bare.startswith(comment) else "title"


def _title(line: int, text: str) -> Problem:
    if line == 1 and text.lower().startswith("sep="):
        reason, outcome = "the line names the separator", "it is obeyed"
    else:
        reason, outcome = "the line stands before the table", "the line is skipped"
    return Problem(line, None, text.strip()[:80], reason, outcome, "title")


def _units(line: int, text: str) -> Problem:
    reason = "the line below the names has no numbers: units or a second line of names"
    return Problem(line, None, text.strip()[:80], reason, "the line is skipped", "second_header")
