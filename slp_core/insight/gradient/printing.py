"""A report as the text that a terminal shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from slp_core.insight.formula.ledger import LedgerRow
    from slp_core.insight.gradient.report import Component, GradientReport

_SHOWN_COMPONENTS: Final = 8


def as_text(report: GradientReport) -> str:
    """Everything that fits a terminal."""
    lines = [report.message]
    for mistake in report.mistakes:
        lines.append(f"  {mistake.title}: {mistake.formula}")
        if mistake.alternatives:
            lines.append(f"  the same here: {', '.join(mistake.alternatives)}")
    lines += [f"  {remark}" for remark in report.remarks]
    if report.fix is not None:
        lines += ["", "  right would be:"]
        lines += [f"    {line}" for line in report.fix.source.strip().splitlines()]
    if report.components and report.verdict != "right":
        lines += ["", *_table(report.components[:_SHOWN_COMPONENTS])]
    faulty = [row for row in report.shapes if row.state in ("error", "warning")]
    if report.shapes:
        lines += ["", *_ledger([row for row in report.shapes if row.depth == 0 or row in faulty])]
    return "\n".join(lines)


def _table(components: Sequence[Component]) -> list[str]:
    lines = ["  component      yours         true          numeric       error"]
    for row in components:
        place = (
            f"{row.parameter}[{row.row}, {row.column}]"
            if row.parameter == "W"
            else (f"b[{row.row}]")
        )
        numbers = [row.yours, row.analytic, row.numeric]
        shown = "".join("-".ljust(14) if x is None else f"{x:<14.6g}" for x in numbers)
        error = "kink" if row.relative_error is None else f"{row.relative_error:.2g}"
        lines.append(f"  {place:<15}{shown}{error}")
    return lines


def _ledger(rows: Sequence[LedgerRow]) -> list[str]:
    lines: list[str] = []
    width = min(44, max(len(row.name) for row in rows))
    for row in rows:
        indent = "    " if row.depth else "  "
        shape = "?" if row.shape is None else " x ".join(map(str, row.shape)) or "1"
        axes = "" if not row.axes else f"({', '.join(axis or '1' for axis in row.axes)})"
        note = f"  ! {row.note}" if row.note else ""
        hint = f" -> {row.hint}" if row.hint else ""
        lines.append(f"{indent}{row.name:<{width}}  {shape} {axes}{note}{hint}".rstrip())
    return lines
