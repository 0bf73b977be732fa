"""How a file is written, judged from its first lines: separator, quote, comment sign.

Every separator is tried; the one wins under which most rows have the same number of cells and
most cells are of a plain kind. A decision that could have gone another way leaves a doubt.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from slp_core.data.numerals import DEFAULT_MISSING, undressed
from slp_core.data.records import Lines, Record, Signs, split

DELIMITERS = (",", ";", "\t", "|", " ")
SIGN_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe", " ": "space"}
_COMMENTS = ("#", "%", "//")
_SCORED_LINES = 400
_SCORED_CELLS = 4000
_LOOKED_AT = 4000
# A rival this close to the winner is worth a question.
_CLOSE = 0.6
# A rival of a separator that was told must be this much better to be named.
_FAR = 1.5
_LONGEST_PRICE = 64
_TOO_IRREGULAR = 0.2
_HOPELESS = 0.08
_STEADY = 0.9
_UNSTEADY = 0.7

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?"
    r"|[+-]?[0-9]{1,3}(?:[.,'’\u00a0\u202f ][0-9]{3})+(?:[.,][0-9]+)?"
)
_DATE = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[T ][0-9:.+Z-]+)?|[0-9:]{4,8}")
_SUSPICIOUS = re.compile(r"[;\t|,]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to cut the sample: its rows, their usual width, and how plausible that is."""

    signs: Signs
    records: tuple[Record, ...]
    width: int
    score: float
    regular: float


@dataclass(frozen=True, slots=True)
class Choice:
    """The winning candidate, what speaks against it, and what against a separator that was told."""

    best: Candidate
    doubts: tuple[str, ...]
    objections: tuple[str, ...] = ()


def choose(
    texts: list[str],
    first: int,
    delimiter: str | None,
    quote: str | None,
    comment: str | None,
) -> Choice | None:
    """Judge the lines ``texts`` (the first is file line ``first``); None if no table is seen.

    ``delimiter``, ``quote`` and ``comment`` given by the user are taken as they are ("" = none).
    """
    sign = _comment_sign(texts) if comment is None else comment
    found = _candidates(texts, first, delimiter, quote, sign)
    if comment is None and sign and _comments_are_rows(texts, sign, found[0]):
        found = _candidates(texts, first, delimiter, quote, "")
    best = found[0]
    if delimiter is not None:
        return _told(best, _candidates(texts, first, None, quote, best.signs.comment), texts)
    single = _single_column(texts, first, quote, best)
    if single is not None:
        return single
    if best.width > 1 and best.score < _HOPELESS:
        return None
    if best.width < 2:
        return None if best.regular < 0.5 else Choice(best, _one_column())
    doubts = [_rival_doubt(best, rival) for rival in found[1:] if _is_close(best, rival)]
    doubts += _quote_doubts(best, texts)
    if best.regular < _UNSTEADY:
        doubts.append(f"only {100 * best.regular:.0f} % of the first lines have {best.width} cells")
    return Choice(best, tuple(doubts))


def _told(best: Candidate, rivals: list[Candidate], texts: list[str]) -> Choice:
    """The separator is kept; one that cuts far more regularly is named."""
    rival = rivals[0]
    better = rival.width > 1 and _is_steady(rival) and rival.score > _FAR * best.score
    if not better or rival.signs.delimiter == best.signs.delimiter:
        objections = ()
    else:
        chosen, other = (sign_name(each.signs.delimiter) for each in (best, rival))
        objections = (
            f"the separator was told to be a {chosen}; splitting at each {other} would be more "
            f"regular ({rival.width} columns)",
        )
    doubts = _quote_doubts(best, texts) if best.width > 1 else _one_column()
    return Choice(best, tuple(doubts), objections)


def _candidates(
    texts: list[str], first: int, delimiter: str | None, quote: str | None, comment: str
) -> list[Candidate]:
    """All ways to cut, best first; the order of `DELIMITERS` decides ties."""
    delimiters = DELIMITERS if delimiter is None else (delimiter,)
    found: list[Candidate] = []
    for sign in delimiters:
        if delimiter is None and not any(sign in text for text in texts):
            continue
        quotes = _quotes(texts, sign) if quote is None else (quote,)
        found += [_candidate(texts, first, Signs(sign, each, comment)) for each in quotes]
    if not found:
        found = [_candidate(texts, first, Signs(",", '"' if quote is None else quote, comment))]
    if any(each.signs.delimiter == "\t" and _is_steady(each) for each in found):
        found = [each for each in found if each.signs.delimiter != " "]
    return sorted(found, key=lambda each: -each.score)


def _is_steady(candidate: Candidate) -> bool:
    return candidate.width > 1 and candidate.regular > _STEADY


def _candidate(texts: list[str], first: int, signs: Signs) -> Candidate:
    lines = Lines(list(texts[:_SCORED_LINES]), first)
    records = tuple(item for item in split(lines, signs) if isinstance(item, Record))
    filled = [record for record in records if any(record.cells)]
    widths = Counter(len(record.cells) for record in filled)
    best = Candidate(signs, records, 1, 0.0, 0.0)
    for width, count in widths.most_common(3):
        rows = [record.cells for record in filled if len(record.cells) == width]
        regular = count / max(1, _tries(lines, records, filled))
        score = regular * _plainness(rows) * (width > 1)
        if score > best.score or best.regular == 0.0:
            best = Candidate(signs, records, width, score, regular)
    return best


def _tries(lines: Lines, records: tuple[Record, ...], filled: list[Record]) -> int:
    """Lines that hold something: rows that could be cut and those that could not."""
    cut = sum(record.lines for record in records)
    uncut = sum(1 for text in lines.texts if text.strip()) - cut
    return len(filled) + max(0, uncut)


def _plainness(rows: list[list[str]]) -> float:
    step = max(1, sum(map(len, rows)) // _SCORED_CELLS)
    cells = [cell for row in rows[::step] for cell in row][: 2 * _SCORED_CELLS]
    return sum(map(_cell_score, cells)) / max(1, len(cells))


def _cell_score(cell: str) -> float:
    """1 for a number, date or missing cell; less for words; little for what looks uncut."""
    if cell in DEFAULT_MISSING or _NUMBER.fullmatch(cell) or _DATE.fullmatch(cell):
        return 1.0
    if len(cell) <= _LONGEST_PRICE and _NUMBER.fullmatch(undressed(cell)):
        return 1.0
    return 0.1 if _SUSPICIOUS.search(cell) else 0.6


def _quotes(texts: list[str], delimiter: str) -> tuple[str, ...]:
    """The double quote, and the single one where it surrounds whole cells."""
    edge = re.escape(delimiter)
    # Bounded repeats: an unbounded one takes quadratic time on a line of spaces.
    cell = re.compile(rf"(?:^|{edge}) {{0,3}}'[^'\n]{{0,200}}' {{0,3}}(?:$|{edge})")
    single = sum(1 for text in texts[:_SCORED_LINES] if cell.search(text[:_LOOKED_AT]))
    return ("'", '"') if single * 3 > len(texts[:_SCORED_LINES]) else ('"',)


def _comment_sign(texts: list[str]) -> str:
    filled = [text.lstrip() for text in texts if text.strip()]
    for sign in _COMMENTS:
        count = sum(1 for text in filled if text.startswith(sign))
        if 0 < count < max(2, len(filled) / 2):
            return sign
    return ""


def _comments_are_rows(texts: list[str], sign: str, best: Candidate) -> bool:
    """Whether the lines that begin with the sign are rows (colours such as #ff0000, ids)."""
    marked = [(k, text) for k, text in enumerate(texts) if text.lstrip().startswith(sign)]
    first_row = next((r.line for r in best.records if len(r.cells) == best.width), 0)
    if best.width < 2 or not marked:
        return False
    signs = Signs(best.signs.delimiter, best.signs.quote, "")
    cut = list(split(Lines([text for _, text in marked], 1), signs))
    wide = sum(1 for item in cut if isinstance(item, Record) and len(item.cells) == best.width)
    glued = sum(1 for _, text in marked if text.lstrip()[len(sign) :][:1].isalnum())
    inside = sum(1 for k, _ in marked if k >= first_row)
    return wide > len(marked) / 2 and glued > len(marked) / 2 and inside > len(marked) / 2


def _single_column(
    texts: list[str], first: int, quote: str | None, best: Candidate
) -> Choice | None:
    """One cell per line, where separators occur too rarely to mean anything."""
    if best.score >= _TOO_IRREGULAR or best.width < 2:
        return None
    filled = [text for text in texts[:_SCORED_LINES] if text.strip()]
    free = sum(1 for text in filled if not _SUSPICIOUS.search(text))
    if free < 0.8 * len(filled):
        return None
    signs = Signs("\t", '"' if quote is None else quote, best.signs.comment)
    return Choice(_candidate(texts, first, signs), _one_column())


def _one_column() -> tuple[str, ...]:
    return ("only one column was found: is the separator right?",)


def _is_close(best: Candidate, rival: Candidate) -> bool:
    another = rival.signs.delimiter != best.signs.delimiter
    return another and rival.width > 1 and rival.score >= _CLOSE * best.score


def _rival_doubt(best: Candidate, rival: Candidate) -> str:
    chosen, other = (sign_name(each.signs.delimiter) for each in (best, rival))
    return (
        f"cells are separated by a {chosen} ({best.width} columns); splitting at each {other} "
        f"would be as regular ({rival.width} columns)"
    )


def _quote_doubts(best: Candidate, texts: list[str]) -> list[str]:
    sample = texts[:_SCORED_LINES]
    if best.signs.quote == "'":
        return ["single quotes are taken as quotes, not as apostrophes"]
    if best.signs.delimiter == " " and any('"' in text for text in sample):
        return ["cells are separated by spaces and some are quoted"]
    return []


def sign_name(sign: str) -> str:
    """The sign in words where it has a name."""
    return SIGN_NAMES.get(sign, repr(sign))
