"""Commands of the Show menu: one for each view."""

from __future__ import annotations

from app.command import Command
from app.view_kinds import VIEW_KINDS

SHOW_ROWS = tuple(
    Command(
        key=f"show.{kind.key}",
        text=kind.text,
        summary=kind.summary,
        menu="show",
        shortcuts=(kind.shortcut,) if kind.shortcut else (),
    )
    for kind in VIEW_KINDS.values()
)
