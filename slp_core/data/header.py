"""Which lines stand before the table, and whether its first line is a line of names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

from slp_core.data.dialect import Candidate
from slp_core.data.numerals import Numerals
from slp_core.data.records import Lines, Record, Signs, split

_BODY = 100
MOSTLY = 0.7
"""A column in which at least this share of the filled cells are numbers is a number column."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the table begins.

    ``names`` are raw cells of the header, or None; ``header_lines`` the file lines they take
    (a row of units among them); ``data_line`` the first line after all that.
    """

    names: tuple[str, ...] | None
    header_lines: tuple[int, ...]
    data_line: int
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    units_line: int | None = None
    short: bool = False


def find_heading(
    best: Candidate, texts: list[str], first: int, numerals: Numerals, header: bool | None
) -> Heading | None:
    """Judge the sample; None if no line has the table's width."""
    records = [record for record in best.records if any(record.cells)]
    start = _first_row(records, best.width)
    if start is None:
        return None
    top = records[start]
    body = [each for each in records[start + 1 :] if len(each.cells) == best.width][:_BODY]
    if header is not False:
        sure_names, doubts = _is_header(top.cells, body, numerals)
        if header or sure_names:
            return _with_names(top, body, numerals, doubts if header is None else ())
        outside = _names_above(records[start - 1] if start else None, top, best.width, body)
        outside = outside or _names_in_comment(best, texts, first, top, numerals)
        if outside is not None:
            return outside
    else:
        doubts = ()
    return Heading(None, (), top.line, doubts if header is None else ())


def is_number(cell: str, numerals: Numerals) -> bool:
    """Whether the cell is a number (a missing token is not)."""
    value = numerals.read(cell)
    return value is not None and not isnan(value)


def number_columns(rows: Sequence[Record], width: int, numerals: Numerals) -> list[bool | None]:
    """Per column whether most filled cells are numbers; None where no cell is filled."""
    kinds: list[bool | None] = []
    for j in range(width):
        values = [numerals.read(row.cells[j]) for row in rows]
        words = sum(1 for value in values if value is None)
        count = sum(1 for value in values if value is not None and not isnan(value))
        kinds.append(count >= MOSTLY * (words + count) if words + count else None)
    return kinds


def _first_row(records: list[Record], width: int) -> int | None:
    """The first row of the table: as wide as most, and more than a lonely title."""
    usual = [k for k, record in enumerate(records) if len(record.cells) == width]
    for k in usual:
        first, *others = records[k].cells
        if width < 3 or not first or first[0].isdigit() or any(others):
            return k
    return usual[0] if usual else None


def _is_header(
    top: list[str], body: list[Record], numerals: Numerals
) -> tuple[bool, tuple[str, ...]]:
    """Whether the first row names the columns, and the doubt about it."""
    numeric = [is_number(cell, numerals) for cell in top]
    if not body:
        return not any(numeric), ()
    kinds = number_columns(body, len(top), numerals)
    words_above = numbers_above = 0
    for cell, number, kind in zip(top, numeric, kinds, strict=True):
        if kind and number:
            numbers_above += 1
        elif kind and numerals.read(cell) is None:
            words_above += 1
    repeated, fresh = _text_votes(top, body, kinds)
    if any(kinds):
        return _by_numbers(top, body, (words_above, numbers_above, repeated, fresh), kinds)
    if repeated:
        return False, () if repeated * 2 >= len(top) else (_UNSURE_NO,)
    return True, () if fresh else (_UNSURE_YES,)


_UNSURE_YES = "the first line is taken as names, but nothing sets it apart from the others"
_UNSURE_NO = "the first line is taken as data, but it might be names"


def _by_numbers(
    top: list[str],
    body: list[Record],
    votes: tuple[int, int, int, int],
    kinds: list[bool | None],
) -> tuple[bool, tuple[str, ...]]:
    words_above, numbers_above, repeated, fresh = votes
    if words_above >= max(1, numbers_above):
        return True, () if not numbers_above else (_UNSURE_YES,)
    if looks_like_counts(top):
        return True, ("the first line seems to give counts, not names",)
    if words_above:
        return False, (_UNSURE_NO,)
    if _like_years(top, body, kinds) and not repeated:
        return True, ("the first line has whole numbers that are taken as names",)
    return False, (_UNSURE_NO,) if fresh and not repeated else ()


def _text_votes(top: list[str], body: list[Record], kinds: list[bool | None]) -> tuple[int, int]:
    """In columns of words: how many first cells occur again, how many are unlike the rest."""
    repeated = fresh = 0
    for j, kind in enumerate(kinds):
        if kind is not False or not top[j]:
            continue
        values = [row.cells[j] for row in body]
        distinct = set(values)
        repeated += top[j] in distinct
        fresh += top[j] not in distinct and len(values) > 3 and len(distinct) * 2 <= len(values)
    return repeated, fresh


def looks_like_counts(cells: Sequence[str]) -> bool:
    """A first line such as "150,4,setosa,versicolor,virginica": rows, features, class names."""
    if len(cells) < 3 or not (cells[0].isdecimal() and cells[1].isdecimal()):
        return False
    return int(cells[1]) == len(cells) - 1


def _like_years(top: list[str], body: list[Record], kinds: list[bool | None]) -> bool:
    """Different whole numbers above columns of fractions, and a word above words."""
    above = [cell for cell, kind in zip(top, kinds, strict=True) if kind]
    whole = all(cell.isdecimal() for cell in above) and len(set(above)) == len(above)
    below = [row.cells[j] for row in body for j, kind in enumerate(kinds) if kind]
    fractions = sum(1 for cell in below if not cell.lstrip("+-").isdecimal())
    return whole and bool(below) and fractions > 0.8 * len(below) and len(above) > 1


def _with_names(
    top: Record, body: list[Record], numerals: Numerals, doubts: tuple[str, ...]
) -> Heading:
    lines = tuple(range(top.line, top.line + top.lines))
    units = _units_row(body, numerals)
    if units is not None and units.line == top.line + top.lines:
        said = f"line {units.line} is taken as a second header line (units)"
        lines += (units.line,)
        end = units.line + 1
        return Heading(tuple(top.cells), lines, end, (*doubts, said), units_line=units.line)
    return Heading(tuple(top.cells), lines, top.line + top.lines, doubts)


def _units_row(body: list[Record], numerals: Numerals) -> Record | None:
    """The row below the names, if it has words in every number column."""
    if len(body) < 4 or body[0].lines != 1:
        return None
    kinds = number_columns(body[1:], len(body[0].cells), numerals)
    above = [cell for cell, kind in zip(body[0].cells, kinds, strict=True) if kind]
    words = sum(1 for cell in above if numerals.read(cell) is None)
    if any(is_number(cell, numerals) for cell in above) or words * 2 <= len(above):
        return None
    return body[0]


def _names_above(
    above: Record | None, top: Record, width: int, body: list[Record]
) -> Heading | None:
    """Names one cell short (R) or one empty cell long, on the line before the first row."""
    if above is None or above.line + above.lines != top.line or width < 2:
        return None
    cells, lines = above.cells, tuple(range(above.line, top.line))
    if len(cells) == width + 1 and not cells[-1]:
        return Heading(tuple(cells[:-1]), lines, top.line)
    wordy = all(cells) and not any(cell[:1].isdigit() for cell in cells)
    if len(cells) != width - 1 or not wordy or len(cells) < 2:
        return None
    if not any(row.cells[-1] for row in (top, *body)):
        note = "the rows end with a separator, the line of names does not"
        return Heading((*cells, ""), lines, top.line, notes=(note,), short=True)
    note = (
        f"line {above.line} has one name less than there are columns: "
        "the first column is taken as row names"
    )
    return Heading(("row names", *cells), lines, top.line, notes=(note,), short=True)


def _names_in_comment(
    best: Candidate, texts: list[str], first: int, top: Record, numerals: Numerals
) -> Heading | None:
    """Names in the comment right above the first row, as numpy.savetxt writes them."""
    sign, place = best.signs.comment, top.line - 1 - first
    if not sign or place < 0 or not texts[place].lstrip().startswith(sign):
        return None
    text = texts[place].lstrip()[len(sign) :].strip()
    plain = Signs(best.signs.delimiter, best.signs.quote, "")
    cut = [each for each in split(Lines([text], 1), plain) if isinstance(each, Record)]
    if not cut or len(cut[0].cells) != best.width or not all(cut[0].cells):
        return None
    if best.width < 2 or any(is_number(cell, numerals) for cell in cut[0].cells):
        return None
    note = f"the names come from the comment on line {top.line - 1}"
    return Heading(tuple(cut[0].cells), (top.line - 1,), top.line, notes=(note,))
