"""Commands of the Edit menu."""

from __future__ import annotations

from app.command import Command

EDIT_ROWS = (
    Command(
        key="edit.undo",
        text="&Undo",
        summary="Take back the last edit of data or settings.",
        menu="edit",
        icon="undo",
        shortcuts=("Ctrl+Z",),
        toolbar="file",
    ),
    Command(
        key="edit.redo",
        text="&Redo",
        summary="Do again what was taken back.",
        menu="edit",
        icon="redo",
        shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"),
        toolbar="file",
    ),
    Command(
        key="edit.paint",
        text="&Paint points",
        summary="Put, brush, erase and move points with the mouse while training goes on.",
        menu="edit",
        icon="paint",
        shortcuts=("Ctrl+D",),
        checkable=True,
        section=True,
    ),
    Command(
        key="edit.select_all",
        text="Select &all points",
        summary="Select every row of the table and its point.",
        menu="edit",
        shortcuts=("Ctrl+A",),
    ),
    Command(
        key="edit.select_none",
        text="Select &nothing",
        summary="Select no row and no point.",
        menu="edit",
        shortcuts=("Ctrl+Shift+A",),
    ),
    Command(
        key="edit.delete",
        text="&Delete the selected rows",
        summary="Take the selected rows out of the data.",
        menu="edit",
        shortcuts=("Del",),
    ),
    Command(
        key="edit.back_to_file",
        text="&Back to the file",
        summary="Undo every edit of the table at once.",
        menu="edit",
        icon="restart",
        shortcuts=("Ctrl+Alt+Z",),
        section=True,
    ),
    Command(
        key="edit.preferences",
        text="Pr&eferences…",
        summary="Choose colours, text size, frame rate, and how new data begins.",
        menu="edit",
        icon="preferences",
        shortcuts=("Ctrl+,",),
        section=True,
    ),
)
