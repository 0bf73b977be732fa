"""What is being settled in the import dialog, without its looks: readings, roles, what is ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.dialogs.import_lines import Content
from app.dialogs.import_reading import (
    Found,
    ReadOrigin,
    Role,
    Roles,
    Verdict,
    carried,
    carried_kinds,
    fitting,
    found_of,
    judge,
    read,
    settled,
    shown_roles,
    unread,
    with_kind,
    with_role,
)
from app.dialogs.import_shown import Shown
from app.jobs import JobControl, Jobs
from app.origins import FileOrigin
from app.sources import DataOptions
from slp_core.data.reading_options import ColumnKind, ReadingOptions
from slp_core.data.table import Table

_READ, _JUDGE = "read", "judge"


class ImportSession(QObject):
    """Lives in the GUI thread; reads and judges in jobs, of which the newest counts."""

    started = Signal()
    """Reading has begun; what was found before stays until `found`."""
    progressed = Signal(float)
    """The share read so far (0..1)."""
    found = Signal(object)
    """A `Found`: a reading is over, well or not."""
    judged = Signal(object)
    """A `Verdict` on the columns of the table; follows a reading and a choice of roles."""
    shown_changed = Signal(object)
    """A `Shown`: the table or what its columns are for has changed."""

    def __init__(self, origin: ReadOrigin, options: DataOptions, parent: QObject) -> None:
        super().__init__(parent)
        self.origin, self.reading, self.options = origin, origin.reading, options
        self._given = options
        self.jobs = Jobs(self)
        self.result: Found | None = None
        self.verdict: Verdict | None = None
        self.note = ""
        """What became of the roles when the columns got other names; empty if nothing."""
        self._roles: Roles | None = None
        self._before: Table | None = None
        application = QCoreApplication.instance()
        if application is not None:  # a thread that outlives it takes the process with it
            application.aboutToQuit.connect(self.shut_down)

    @property
    def table(self) -> Table | None:
        """The table read last, if the last reading gave one."""
        return self.result.table if self.result is not None else None

    @property
    def content(self) -> Content:
        """Where the lines are: a path, or the text itself."""
        return Path(self.origin.path) if isinstance(self.origin, FileOrigin) else self.origin.text

    def is_reading(self) -> bool:
        """Whether a reading is under way."""
        return self.jobs.is_running(_READ)

    def is_busy(self) -> bool:
        """Whether anything is worked out."""
        return self.is_reading() or self.jobs.is_running(_JUDGE)

    def is_ready(self) -> bool:
        """Whether the table can be opened as it is shown."""
        judged = self.verdict is not None and self.verdict.refusal is None
        return self.table is not None and judged and not self.is_busy()

    def begin(self, found: Table | Exception | None) -> None:
        """Start from what was read before, or by reading."""
        origin, reading, options = self.origin, self.reading, self.options
        if found is None:
            self.read_by(reading)
        elif isinstance(found, Table):
            self._start(lambda _control: found_of(found, reading, options))
        else:
            self._start(lambda control: unread(origin, reading, found, control))

    def read_by(self, reading: ReadingOptions) -> None:
        """Read again by other decisions."""
        origin, options = self.origin, self.options
        self.reading = reading
        self._start(lambda control: read(origin, reading, options, control))

    def choose_kind(self, names: tuple[str, ...], kind: ColumnKind | None) -> None:
        """Settle the kind of some columns; None leaves it to the reader."""
        self.read_by(with_kind(self.reading, names, kind))

    def choose_role(self, names: tuple[str, ...], role: Role) -> None:
        """Settle what some columns are for."""
        table = self.table
        if table is not None:
            roles = shown_roles(self.options, table, self._roles)
            self.options, self.note = with_role(self.options, table, roles, names, role), ""
            self._judge(table)

    def reset(self) -> None:
        """Leave everything to the reader again: how it is written, kinds and roles."""
        roles, options = self._roles, replace(self.options, target=None, features=None)
        if roles is not None and roles.target != roles.usual_target:
            options = replace(options, task=None, renames=())
        self.options, self._given = options, options
        table = self.table
        if table is None or self.reading != ReadingOptions() or self.is_reading():
            self.read_by(ReadingOptions())
        else:
            self._judge(table)

    def stop(self) -> None:
        """Go back to the reading before."""
        self.jobs.cancel(_READ)
        if self.result is not None:
            self._take(self.result)

    def shut_down(self) -> None:
        """End all jobs; safe to call more than once."""
        self.jobs.shut_down()

    def _start(self, work: Callable[[JobControl], Found]) -> None:
        self.jobs.cancel(_JUDGE)
        self.jobs.start(_READ, work, self._take, self._fail, self.progressed.emit)
        self.started.emit()

    def _take(self, found: Found) -> None:
        if found.table is not None and self._carry(found, found.table):
            return
        self.result, self.reading, self.verdict = found, found.reading, None
        self._roles = None
        self.found.emit(found)
        if found.verdict is not None:
            self._take_verdict(found.verdict)

    def _carry(self, found: Found, table: Table) -> bool:
        """Bring roles and kinds over to other names; True if it has to be read once more."""
        before, self._before = self._before, table
        if before is None or before.names == table.names:
            return False
        self.options, note = carried(self.options, before, table)
        self.note = note or self.note
        reading = carried_kinds(self.reading, found.reading, before, table)
        if reading == found.reading:
            return False
        self.read_by(reading)
        return True

    def _fail(self, error: Exception) -> None:
        """A fault of the program is shown in place like a refusal of the reader."""
        self._take(Found(self.reading, None, error))

    def _judge(self, table: Table) -> None:
        options = self.options
        self._show(table, shown_roles(options, table, self._roles))
        self.jobs.start(
            _JUDGE,
            lambda _control: judge(table, options),
            self._take_verdict,
            lambda error: self._take_verdict(Verdict(options, None, error)),
        )

    def _take_verdict(self, verdict: Verdict) -> None:
        table = self.table
        if table is None:
            return
        self.options = fitting(self.options, table)
        if verdict.options != self.options:  # roles were chosen while the file was read
            self._judge(table)
            return
        self.verdict, self._roles = verdict, verdict.roles or self._roles
        if verdict.roles is not None:
            self.options = settled(self.options, verdict.roles, self._given)
        self._show(table, verdict.roles or shown_roles(self.options, table, self._roles))
        self.judged.emit(verdict)

    def _show(self, table: Table, roles: Roles) -> None:
        self.shown_changed.emit(Shown(table, self.reading, roles))
