"""Texts of the rows that are looked at, made a few dozen rows at a time and kept for a while."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import numpy as np

from app.numbers import NONE
from app.tables.contents import Contents, column_texts
from app.tables.fields import Field
from app.tables.judge import Judge, Judged
from app.tables.words import cell_text, outcome_text, part_text
from slp_core.arrays import Ints

ROWS: Final = 64
"""Rows of one page: a screen shows about thirty, so that two pages are made for it."""
_KEPT: Final = 12


class Page:
    """A few rows of the view: their texts by column, their outcomes; each made when asked for."""

    def __init__(self, contents: Contents, judge: Judge | None, rows: Ints) -> None:
        self._contents, self._judge = contents, judge
        self.rows = rows
        sample = contents.sample_of[rows].astype(np.int64)
        self._samples = sample[sample >= 0]
        self.place = np.where(sample >= 0, np.cumsum(sample >= 0) - 1, -1).tolist()
        """For each row its place among the judged samples, −1 where it is left out."""
        self._texts: dict[int, list[str]] = {}
        self._judged: Judged | None = None

    def forget(self, judge: Judge | None) -> None:
        """Other weights: the outcomes are made anew."""
        self._judge, self._judged = judge, None
        fields = self._contents.fields
        self._texts = {k: texts for k, texts in self._texts.items() if not fields[k].is_outcome}

    def judged(self) -> Judged | None:
        """The outcomes of the rows that are samples; None without weights or samples."""
        if self._judged is None and self._judge is not None and self._samples.size:
            self._judged = self._judge.judged(self._samples)
        return self._judged

    def texts(self, column: int) -> list[str]:
        """One column of the page as it is shown."""
        texts = self._texts.get(column)
        if texts is None:
            texts = self._texts[column] = self._made(self._contents.fields[column])
        return texts

    def is_wrong(self, place: int) -> bool:
        """Whether a row of the page is a mistake."""
        judged, at = self.judged(), self.place[place]
        return judged is not None and at >= 0 and bool(judged.wrong[at] & judged.known[at])

    def label(self, place: int, field: Field) -> int:
        """The class that a cell names, −1 if it names none."""
        dataset, at = self._contents.dataset, self.place[place]
        if dataset is None or not dataset.classes or at < 0:
            return -1
        if field.is_target:
            return int(dataset.all_labels[self._samples[at]])
        judged = self.judged() if field.what == "prediction" else None
        return int(judged.decided[at]) if judged is not None and judged.known[at] else -1

    def _made(self, field: Field) -> list[str]:
        contents = self._contents
        if field.what == "part":
            return [part_text(contents, row) for row in self.rows.tolist()]
        if field.what != "cell":
            return self._outcomes(field)
        texts = column_texts(contents.column(field), self.rows)
        names = contents.names_of(field)
        return [cell_text(names.get(text, text)) if text else NONE for text in texts]

    def _outcomes(self, field: Field) -> list[str]:
        judged, dataset = self.judged(), self._contents.dataset
        if judged is None or dataset is None:
            return [NONE] * len(self.rows)
        return [outcome_text(field, dataset, judged, at) if at >= 0 else NONE for at in self.place]


class Pages:
    """The last few pages of a view of ``rows`` rows in some order."""

    def __init__(self, contents: Contents, judge: Judge | None, order: Ints | None) -> None:
        self._contents, self._judge, self._order = contents, judge, order
        self.rows = contents.table.rows if order is None else order.size
        self._pages: OrderedDict[int, Page] = OrderedDict()

    def at(self, row: int) -> tuple[Page, int]:
        """The page of a row of the view, and the row's place on it."""
        number, place = divmod(row, ROWS)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(number)
            if len(self._pages) > _KEPT:
                self._pages.popitem(last=False)
        return page, place

    def forget(self, judge: Judge | None) -> None:
        """Other weights: outcomes are made anew when they are looked at."""
        self._judge = judge
        for page in self._pages.values():
            page.forget(judge)

    def table_rows(self, first: int, last: int) -> Ints:
        """The table's rows at the view's rows from ``first`` to ``last``, both included."""
        last = min(last, self.rows - 1)
        if self._order is None:
            return np.arange(first, last + 1, dtype=np.int64)
        return self._order[first : last + 1]

    def _page(self, number: int) -> Page:
        rows = self.table_rows(number * ROWS, number * ROWS + ROWS - 1)
        return Page(self._contents, self._judge, rows)
