"""What the tests of the import dialog share."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.dialogs.import_dialog import ImportDialog
from app.dialogs.import_reading import ReadOrigin
from app.origins import FileOrigin
from app.settings import Settings
from app.sources import DataOptions
from slp_core.data.table import Table

CSV = Path(__file__).parents[2] / "data" / "csv"


def example(name: str) -> str:
    """The path of one of the awkward files."""
    return str(next(CSV.glob(f"*/{name}")))


def opened(
    qtbot: QtBot,
    origin: ReadOrigin | str,
    options: DataOptions | None = None,
    found: Table | Exception | None = None,
    settings: Settings | None = None,
) -> ImportDialog:
    """The dialog on a file (or its name), shown and done with reading."""
    origin = FileOrigin(example(origin)) if isinstance(origin, str) else origin
    dialog = begun(qtbot, origin, options, found, settings)
    settle(qtbot, dialog)
    return dialog


def begun(
    qtbot: QtBot,
    origin: ReadOrigin,
    options: DataOptions | None = None,
    found: Table | Exception | None = None,
    settings: Settings | None = None,
) -> ImportDialog:
    """The dialog, shown, which may be reading still."""
    dialog = ImportDialog(origin, options, found, settings=settings)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # looked at after it closed
    # Names the dialog itself, so that it lives until it is closed: without a parent it would go
    # with the last variable, perhaps before a thread of its that was cancelled has ended.
    qtbot.addWidget(dialog, before_close_func=lambda _widget: dialog.session.shut_down())
    dialog.show()
    return dialog


def settle(qtbot: QtBot, dialog: ImportDialog) -> None:
    """Wait until the dialog has nothing to work out."""
    qtbot.waitUntil(lambda: not dialog.session.is_busy(), timeout=20_000)
