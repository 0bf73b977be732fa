"""Names of classes: how the table writes them, and which ones another class may have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

import numpy as np

from slp_core.data.cells import text_from
from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Table
from slp_core.data.target import MOST_CLASSES, MOST_NUMBER_CLASSES, natural_key
from slp_core.errors import DataError

LONGEST_NAME = 60


def written_class(dataset: Dataset, name: str) -> str:
    """A class as the table writes it; it may be shown under another name."""
    return dict(zip(dataset.classes, dataset.written, strict=True)).get(name, name)


def names_now(before: Dataset | None, now: Dataset | None) -> dict[str, str | None]:
    """What the classes of before are called now: a class is the same while it is written so."""
    if before is None:
        return {}
    shown = {} if now is None else dict(zip(now.written, now.classes, strict=True))
    return {
        name: shown.get(written)
        for name, written in zip(before.classes, before.written, strict=True)
    }


def classes_note(before: Dataset, now: Dataset) -> str:
    """Why training starts again after an edit of the table: outputs belong to classes."""
    added = [name for name, key in zip(now.classes, now.written, strict=True)
             if key not in before.written]  # fmt: skip
    gone = [name for name, key in zip(before.classes, before.written, strict=True)
            if key not in now.written]  # fmt: skip
    if added and not gone:
        noun, it = ("class", "it") if len(added) == 1 else ("classes", "them")
        return f"New {noun} {_quoted(added)}: training starts again, with an output for {it}."
    if gone and not added:
        noun = "class" if len(gone) == 1 else "classes"
        return f"No points are left of {noun} {_quoted(gone)}: training starts again without."
    return "The data has other classes now: training starts again."


def read_order(classes: Iterable[str]) -> str:
    """A sentence where classes are in another order than a file with these names gives them.

    A file says nothing of an order, and that of its rows may be any: names decide.
    """
    shown, read = list(classes), sorted(classes, key=natural_key)
    if shown == read:
        return ""
    return f"Opened again, its classes are in the order of their names: {', '.join(read[:6])}" + (
        " …." if len(read) > 6 else "."
    )


def _quoted(names: list[str]) -> str:
    listed = ", ".join(f"“{name}”" for name in names[:3])
    return listed + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def next_class(table: Table, dataset: Dataset, others: Iterable[str] = ()) -> str:
    """A name for another class: the next number, or the next letter that is free."""
    taken = {name.casefold() for name in (*dataset.classes, *dataset.written, *others)}
    if table.column(dataset.target).numbers is not None:
        number = _next_number(dataset)
        while str(number) in taken:
            number += 1
        return str(number)
    following = (_after(name) for name in reversed((*dataset.classes, *others)))
    letters = (f"class {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    numbered = (f"class {n}" for n in range(1, MOST_CLASSES + 2))
    proposals = chain(following, letters, numbered)
    return next(name for name in proposals if name and name.casefold() not in taken)


def _after(name: str) -> str:
    """What comes after ``B``, ``class b`` or ``group 7``; "" after other names."""
    found = re.fullmatch(r"(|.*[\W_])([A-Ya-y]|[0-9]{1,6})", name)
    if found is None:
        return ""
    head, last = found.groups()
    return f"{head}{int(last) + 1 if last.isdecimal() else chr(ord(last) + 1)}"


def check_class(table: Table, dataset: Dataset, text: str, others: Iterable[str] = ()) -> str:
    """The name of another class, as it will be shown.

    Raises
    ------
    DataError
        It is empty, taken, means a missing cell, or does not suit the column of the target.
    """
    name = " ".join(text.split())
    names = (*dataset.classes, *others)
    taken = {other.casefold() for other in (*names, *dataset.written)}
    if not name or not text_from(name):
        raise _bad_name(
            f"“{name}” stands for a missing value." if name else "A class needs a name.",
            "Type a word.",
        )
    if len(name) > LONGEST_NAME:
        raise _bad_name(f"A name has at most {LONGEST_NAME} letters.", "Choose a shorter one.")
    if name.casefold() in taken:
        raise _bad_name(f"There is a class “{name}” already.", "Choose another name.")
    column = table.column(dataset.target)
    if column.numbers is not None:
        name = _number_name(column, dataset, name, names)
    if len(names) >= MOST_CLASSES:
        raise _bad_name(f"There are at most {MOST_CLASSES} classes.", "Use one of them.")
    return name


def check_shown(name: str, others: Iterable[str]) -> None:
    """Whether a class may be shown under this name.

    Raises
    ------
    DataError
        It is empty, or another class has it.
    """
    if not name.strip():
        raise _bad_name("A class needs a name.", "Type a word.")
    if name in others:
        raise _bad_name(f"There is a class “{name}” already.", "Choose another name.")


def _next_number(dataset: Dataset) -> int:
    return int(np.floor(max(float(name) for name in dataset.written))) + 1


def _number_name(column: Column, dataset: Dataset, name: str, names: tuple[str, ...]) -> str:
    try:
        number = float(name.replace(",", "."))
        whole = int(number)
    except (ValueError, OverflowError):
        number, whole = 0.5, 0
    if number != whole:
        raise _bad_name(
            f"“{name}” is no whole number, and the classes in {column.name} are numbers.",
            f"Add {_next_number(dataset)} and rename it then: a number may be shown as a word.",
        )
    if str(whole) in (*names, *dataset.written):
        raise _bad_name(f"There is a class “{whole}” already.", "Choose another number.")
    if len(names) >= MOST_NUMBER_CLASSES:
        raise _bad_name(
            f"A column of numbers with more than {MOST_NUMBER_CLASSES} different ones would be"
            " read as a quantity.",
            "Use one of the classes there are.",
        )
    return str(whole)


def _bad_name(message: str, hint: str) -> DataError:
    return DataError(message, code="painting.class_name", hint=hint)
