"""From what was typed into a cell to the edit of the table."""

from __future__ import annotations

import math

from app.tables.contents import Contents
from app.tables.fields import Field
from slp_core.data.cells import number_from, text_from
from slp_core.data.edits import CellChange, Edit
from slp_core.data.features import categories_of
from slp_core.errors import DataError

MOST_OFFERED = 200
"""Different texts of a column that are offered while a cell is edited."""


def edit_of(contents: Contents, field: Field, row: int, text: str) -> Edit | None:
    """The edit that writes ``text`` into a cell; None where it says what stands there.

    Raises
    ------
    DataError
        The column holds numbers and the text is none.
    """
    column = contents.column(field)
    written = as_written(contents, text) if field.is_target else text
    before = column.cell(row)
    if column.numbers is not None:
        number = number_from(column.name, written)
        if number == before or (math.isnan(number) and math.isnan(float(before))):
            return None
        return Edit(changed=(CellChange(row, column.name, number),))
    if text_from(written) == before:
        return None
    return Edit(changed=(CellChange(row, column.name, written),))


def refusal(contents: Contents, field: Field, text: str) -> str:
    """Why a text cannot stand in a column, and what can; empty if it can."""
    column = contents.column(field)
    if column.numbers is None:
        return ""
    try:
        number_from(column.name, as_written(contents, text) if field.is_target else text)
    except DataError as error:
        return f"{error.message} {error.hint}".strip()
    return ""


def as_written(contents: Contents, text: str) -> str:
    """A class as the file spells it, of the name it is shown by."""
    shown = {name: written for written, name in contents.shown_names.items()}
    return shown.get(text.strip(), text)


def offered(contents: Contents, field: Field) -> tuple[str, ...]:
    """What may be meant: the classes, or the few texts that a column holds."""
    dataset = contents.dataset
    if field.is_target and dataset is not None and dataset.classes:
        return dataset.classes[:MOST_OFFERED]
    column = contents.column(field)
    texts = () if column.numbers is not None else categories_of(column)
    return tuple(sorted(texts, key=str.casefold)) if len(texts) <= MOST_OFFERED else ()
