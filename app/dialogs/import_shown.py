"""What the views of the import dialog show: one table with what is settled about its columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.dialogs.import_column_words import KINDS, ROLES, contents_text
from app.dialogs.import_reading import Role, Roles
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Column, Table


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A value; only the summaries, which take a look at every cell, are kept once made."""

    table: Table
    reading: ReadingOptions
    roles: Roles
    _told: dict[str, str] = field(init=False)
    _contents: dict[int, str] = field(init=False, default_factory=dict[int, str])

    def __post_init__(self) -> None:
        object.__setattr__(self, "_told", dict(self.reading.kinds))

    def column(self, index: int) -> Column:
        """A column by its number from 0."""
        return self.table.columns[index]

    def told_kind(self, index: int) -> str | None:
        """The kind a person settled; None where the reader judged."""
        return self._told.get(self.column(index).name)

    def role(self, index: int) -> Role:
        """What a column is for."""
        return self.roles.role(self.column(index).name)

    def kind_text(self, index: int) -> str:
        """The kind in words; a dot marks one that a person settled."""
        text = KINDS[self.column(index).kind]
        return text if self.told_kind(index) is None else f"{text} •"

    def role_text(self, index: int) -> str:
        """The role in words."""
        return ROLES[self.role(index)]

    def contents(self, index: int) -> str:
        """What a column holds, in one line."""
        if index not in self._contents:
            self._contents[index] = contents_text(self.column(index))
        return self._contents[index]
