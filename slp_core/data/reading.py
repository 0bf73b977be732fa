"""One pass over the rows of a file under a fixed plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Ints
from slp_core.data.blocks import Block, Blocks
from slp_core.data.columns import CodeColumns, FloatType, NumberColumns
from slp_core.data.digits import numbers
from slp_core.data.labels import Labels
from slp_core.data.layout import Layout
from slp_core.data.ledger import Ledger
from slp_core.data.marks import Grammar
from slp_core.data.numerals import Numerals, is_infinite
from slp_core.data.oddcells import OddCells
from slp_core.data.records import Lines, Record, holds_marks, joined, split
from slp_core.data.scan import Cells, Leftover, Scanned, scan, scan_joined
from slp_core.data.table import Problem

_SHOWN = 80
LEFT_OUT = "the row is left out"
AS_MISSING = "the cell counts as missing"
NO_VALUES = "the row has no value in any column"
KEPT_EMPTY = "it is kept as a row of missing cells"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one pass needs to know; ``numeric`` (width,) says which columns hold numbers.

    ``told`` (width,) holds what the user decided about it, None where nothing; ``strangers`` are
    names of columns that were decided about but are not in the file.
    """

    layout: Layout
    names: tuple[str, ...]
    numeric: tuple[bool, ...]
    missing: frozenset[str]
    capacity: int
    kind: FloatType
    told: tuple[bool | None, ...]
    strangers: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """Everything a pass collects; `take` is called with one block after the other."""

    plan: Plan
    ledger: Ledger
    labels: Labels = field(default_factory=Labels)
    not_numbers: Counter[int] = field(default_factory=Counter[int])
    numbers: NumberColumns = field(init=False)
    codes: CodeColumns = field(init=False)
    numerals: Numerals = field(init=False)
    lines: Ints = field(init=False)
    _odd: OddCells = field(init=False)
    _sentinels: list[float] = field(init=False)
    _grammar: Grammar = field(init=False)
    _number_places: list[int] = field(init=False)
    _text_places: list[int] = field(init=False)

    def __post_init__(self) -> None:
        plan, layout = self.plan, self.plan.layout
        self._number_places = [j for j, numeric in enumerate(plan.numeric) if numeric]
        self._text_places = [j for j, numeric in enumerate(plan.numeric) if not numeric]
        self.numbers = NumberColumns(len(self._number_places), plan.capacity, plan.kind)
        self.codes = CodeColumns(len(self._text_places), plan.capacity)
        self.lines = np.empty(plan.capacity, np.int64)
        self.numerals = Numerals(layout.decimal, layout.thousands, plan.missing)
        self._odd = OddCells(self.numerals)
        self._sentinels = _sentinels(plan.missing, layout.decimal)
        signs = layout.signs
        self._grammar = Grammar(signs.delimiter.encode(), signs.quote.encode())

    @property
    def rows(self) -> int:
        """How many rows there are so far."""
        return max(self.numbers.rows, self.codes.rows)

    def take(self, block: Block, blocks: Blocks) -> None:
        """Read ``block``; a record that goes on in the next block takes lines from it."""
        layout = self.plan.layout
        scanned = scan(block, self._grammar, layout.width, layout.signs.comment)
        if scanned is None:
            scanned = self._line_by_line(block, blocks)
        cells = scanned.cells
        self._add_rows(cells)
        if len(cells.lines):
            self.ledger.enter("data", int(cells.lines[0]), len(cells.lines))
            self.ledger.enter("continuation", int(cells.lines[0]), scanned.extra_lines)
        for line in scanned.empty:
            self.ledger.add(Problem(line, None, "", NO_VALUES, KEPT_EMPTY, "blank_row"))
        for leftover in scanned.leftovers:
            self._leave(leftover)

    def _add_rows(self, cells: Cells) -> None:
        rows = self.rows
        self.lines[rows : rows + len(cells.lines)] = cells.lines
        if self._number_places:
            self.numbers.add(self._numbers(cells))
        if self._text_places:
            starts, ends = (_picked(part, self._text_places) for part in (cells.starts, cells.ends))
            codes = self.labels.code(cells.text, starts, ends)
            self.codes.add(codes.reshape(-1, len(self._text_places)))

    def _numbers(self, cells: Cells) -> NDArray[np.float64]:
        places = self._number_places
        starts, ends = _picked(cells.starts, places), _picked(cells.ends, places)
        values, odd = numbers(cells.text, starts, ends, self.plan.layout.decimal)
        if self._sentinels:
            values[np.isin(values, self._sentinels)] = np.nan
        for place in self._odd.read(cells.text, starts, ends, values, odd):
            row, column = divmod(place, len(places))
            cell = cells.text.cell(int(starts[place]), int(ends[place])).decode()
            self._not_a_number(int(cells.lines[row]), places[column], cell)
        return values.reshape(-1, len(places))

    def _not_a_number(self, line: int, column: int, cell: str) -> None:
        self.not_numbers[column] += 1
        name = self.plan.names[column]
        shown = cell[:_SHOWN]
        if is_infinite(cell):
            reason, kind = f"{shown!r} is not a finite number", "infinite"
        else:
            reason, kind = f"{shown!r} is not a number", "not_a_number"
        self.ledger.add(Problem(line, name, shown, reason, AS_MISSING, kind))

    def _line_by_line(self, block: Block, blocks: Blocks) -> Scanned:
        layout = self.plan.layout
        lines = Lines(_lines_of(block), block.line, lambda: _following(blocks))
        records: list[Record] = []
        leftovers: list[Leftover] = []
        used = 0
        for item in split(lines, layout.signs, layout.width):
            used = item.line - lines.first + (item.lines if isinstance(item, Record) else 1)
            if isinstance(item, Leftover):
                leftovers.append(item)
            elif _is_row(item, layout.width):
                records.append(item)
            else:
                leftovers += _as_leftovers(item, lines)
        _put_back(lines, used, blocks)
        extra = sum(record.lines - 1 for record in records)
        cells = scan_joined(joined(records), [record.line for record in records], layout.width)
        empty = [record.line for record in records if not any(record.cells)]
        return Scanned(cells, leftovers, empty, extra)

    def _leave(self, item: Leftover) -> None:
        """Account for a line that is no row, and tell it unless it is simply blank."""
        signs = self.plan.layout.signs
        text = item.text.strip()
        if signs.is_comment(item.text):
            self.ledger.enter("comment", item.line)
        elif not text.strip(f"{signs.quote} "):
            self.ledger.enter("blank", item.line)
        else:
            self._leave_bad(item, text)

    def _leave_bad(self, item: Leftover, text: str) -> None:
        self.ledger.enter("bad", item.line)
        width = self.plan.layout.width
        if "\0" in text:
            reason, kind = "the line holds NUL bytes: it is damaged", "nul"
        elif item.why:
            reason, kind = item.why, "quote"
        else:
            has = "1 cell" if item.cells == 1 else f"{item.cells} cells"
            reason, kind = f"the line has {has} instead of {width}", "ragged"
            self.ledger.note_width(item.line, item.cells)
        shown = text.replace("\0", "\\0")[:_SHOWN]
        self.ledger.add(Problem(item.line, None, shown, reason, LEFT_OUT, kind))


def _sentinels(missing: frozenset[str], decimal: str) -> list[float]:
    """Missing tokens that are numbers, such as -999."""
    numerals = Numerals(decimal, None, frozenset())
    values = [numerals.read(token) for token in sorted(missing)]
    return [value for value in values if value is not None]


def _picked(part: Ints, places: list[int]) -> Ints:
    """Columns ``places`` of a (rows, width) array, flat by rows."""
    if all(after == before + 1 for before, after in pairwise(places)):
        return part[:, places[0] : places[-1] + 1].reshape(-1)
    return part[:, places].reshape(-1)


def _lines_of(block: Block) -> list[str]:
    return block.text.decode().split("\n")[:-1]


def _following(blocks: Blocks) -> list[str]:
    block = blocks.next()
    return [] if block is None else _lines_of(block)


def _put_back(lines: Lines, used: int, blocks: Blocks) -> None:
    """Lines that were read ahead and belong to no record of this block come next."""
    rest = lines.texts[used:]
    if rest:
        text = "".join(line + "\n" for line in rest).encode()
        blocks.put_back(Block(text, lines.first + used))


def _is_row(record: Record, width: int) -> bool:
    """One cell without text is a blank line."""
    wide = len(record.cells) == width and (width > 1 or bool(record.cells[0]))
    return wide and not holds_marks(record)


def _as_leftovers(record: Record, lines: Lines) -> list[Leftover]:
    """The lines of a record that is no row."""
    index = record.line - lines.first
    own = lines.texts[index : index + record.lines]
    width, why = len(record.cells), ""
    if holds_marks(record):
        width, why = 0, "the line holds control characters"
    return [Leftover(record.line + k, width, text[:300], why) for k, text in enumerate(own)]
