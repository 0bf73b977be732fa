"""Looking for a text in the cells of the file: row by row from the present one, in bounded time."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np

from app.tables.contents import Contents, column_texts
from app.tables.fields import Field
from app.tables.order import Control
from slp_core.arrays import Bools, Ints

SECONDS: Final = 3.0
"""How long a search goes on before it says how far it has come."""
_BLOCK: Final = 2048
_NUMERIC: Final = frozenset("0123456789.+-e")


@dataclass(frozen=True, slots=True, eq=False)
class Quest:
    """What is looked for, and where: from the view's row ``start`` on, round to the row before."""

    contents: Contents
    order: Ints | None
    text: str
    start: int
    back: bool = False

    @property
    def rows(self) -> int:
        """Rows of the view."""
        return self.contents.table.rows if self.order is None else self.order.size

    @property
    def cost(self) -> int:
        """Cells to be looked at."""
        texts = sum(len(column.distinct) for column in self.contents.table.columns)
        return self.rows * len(self.contents.table.columns) + texts


@dataclass(frozen=True, slots=True)
class Answer:
    """The cell that was found, or how many rows were looked at in vain.

    ``row`` is −1 where nothing was found; ``finished`` is False where the time was up: the search
    can go on ``seen`` rows further.
    """

    row: int = -1
    column: int = -1
    seen: int = 0
    finished: bool = True


def found(quest: Quest, control: Control, seconds: float = SECONDS) -> Answer:
    """The first row from the start on with the text in a cell; capitals do not matter."""
    total, until = quest.rows, monotonic() + seconds
    seekers = _seekers(quest)
    step = -1 if quest.back else 1
    for first in range(0, total, _BLOCK):
        if control.cancelled() or (first and monotonic() > until):
            return Answer(seen=first, finished=False)
        control.progress(first / total)
        places = (quest.start + step * np.arange(first, min(first + _BLOCK, total))) % total
        rows = places if quest.order is None else quest.order[places]
        hits = [(column, seeker.hits(rows)) for column, seeker in seekers]
        best = min(((int(h.argmax()), c) for c, h in hits if h.any()), default=None)
        if best is not None:
            return Answer(int(places[best[0]]), best[1], first + best[0])
    return Answer(seen=total)


class _Seeker:
    """Finds the text in one column: each different text of a column is looked at once."""

    def __init__(self, contents: Contents, field: Field, text: str) -> None:
        self._column = contents.column(field)
        self._text = text
        names = contents.names_of(field)
        self._names = names
        distinct = [names.get(each, each) for each in self._column.distinct]
        self._has = np.array([text in each.casefold() for each in distinct], np.bool_)

    @property
    def is_hopeful(self) -> bool:
        """Whether the column may have the text at all."""
        if self._column.numbers is None:
            return bool(self._has.any())
        digits = set(self._text) <= _NUMERIC or self._text in ("inf", "-inf")
        return digits or bool(self._names)

    def hits(self, rows: Ints) -> Bools:
        """(n,) whether each row has the text."""
        if self._column.codes is not None:
            return np.asarray(self._has[self._column.codes[rows]])
        texts = column_texts(self._column, rows)
        if self._names:
            texts = [self._names.get(each, each).casefold() for each in texts]
        return np.array([self._text in each for each in texts], np.bool_)


def _seekers(quest: Quest) -> list[tuple[int, _Seeker]]:
    text = quest.text.strip().casefold().replace("\u2212", "-")
    made = [
        (column, _Seeker(quest.contents, field, text))
        for column, field in enumerate(quest.contents.fields)
        if field.source >= 0
    ]
    return [(column, seeker) for column, seeker in made if seeker.is_hopeful]
