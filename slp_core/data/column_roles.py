"""What each column would be for, if nobody chose: target, feature, or ignored and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from slp_core.data.choosing import Choice, choose
from slp_core.data.table import Table
from slp_core.errors import SlpError

ColumnRole: TypeAlias = Literal["target", "feature", "ignored"]


@dataclass(frozen=True, slots=True)
class RoleOf:
    """The role of one column; ``reason`` says why it is ignored, and is empty for others."""

    role: ColumnRole
    reason: str = ""


def column_roles(table: Table, target: str | None = None) -> dict[str, RoleOf]:
    """The role of every column by name, with the target guessed unless it is named.

    Where nothing can be learned, every column is ignored for the reason that is given.
    """
    try:
        choice = choose(table, target, None, None)
    except SlpError as error:
        nothing = RoleOf("ignored", f"nothing can be learned: {error}")
        return dict.fromkeys(table.names, nothing)
    used = {source.feature.column for source in choice.sources}
    reasons = _reasons(choice, set(table.names) - used)
    roles = {name: RoleOf("ignored", reason) for name, reason in reasons.items()}
    roles |= {name: RoleOf("feature") for name in used}
    roles[choice.column.name] = RoleOf("target")
    return {name: roles[name] for name in table.names}


def _reasons(choice: Choice, names: set[str]) -> dict[str, str]:
    """Why columns are left out, in the words of the choice."""
    reasons = dict.fromkeys(names, "it is not used")
    for note in choice.notes:
        name, told, reason = note.rpartition(": left out, ")
        if told and name in names:
            reasons[name] = reason.removesuffix(".")
    return reasons
