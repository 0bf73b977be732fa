"""Every command of the window, declared once.

Menus, toolbar, shortcuts, the sheet of shortcuts and the tests read these rows. What a command
does is the window's business: it connects to the action of the same key.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.command import MENUS, Choice, Command, Menu, Toolbar
from app.command_rows.edit_rows import EDIT_ROWS
from app.command_rows.file_rows import FILE_ROWS
from app.command_rows.help_rows import HELP_ROWS
from app.command_rows.question_rows import QUESTION_ROWS
from app.command_rows.run_rows import RUN_ROWS
from app.command_rows.show_rows import SHOW_ROWS
from app.command_rows.view_rows import VIEW_ROWS

__all__ = ["COMMANDS", "MENUS", "Choice", "Command", "Menu", "Toolbar"]

COMMANDS: Mapping[str, Command] = MappingProxyType(
    {
        row.key: row
        for row in (
            *FILE_ROWS,
            *EDIT_ROWS,
            *RUN_ROWS,
            *VIEW_ROWS,
            *SHOW_ROWS,
            *QUESTION_ROWS,
            *HELP_ROWS,
        )
    }
)
