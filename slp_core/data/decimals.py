"""Decimal point or decimal comma, and which sign groups thousands: settled by votes of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from slp_core.data.numerals import undressed

_BOTH = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})+([.,])[0-9]+")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})+")
_ONE = re.compile(r"[+-]?([0-9]*)([.,])([0-9]*)(?:[eE][+-]?[0-9]+)?")
_SAFE_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:(['’\u00a0\u202f\u2009 ])[0-9]{3})+(?:([.,])[0-9]+)?")
_LONGEST = 64
_DIGIT = re.compile(r"[0-9]")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Decimals:
    """The marks, what could be otherwise, and what speaks against a mark that was told."""

    decimal: str
    thousands: str | None
    doubts: tuple[str, ...]
    objections: tuple[str, ...] = ()


@dataclass(slots=True)
class _Votes:
    decimal: Counter[str]
    thousands: Counter[str]
    unclear: dict[str, str]  # "1,234" and "1.234": the sign and one example


def settle(
    cells: Iterable[str], delimiter: str, decimal: str | None, thousands: str | None
) -> Decimals:
    """Vote over the cells of the sample; what the user gave is kept."""
    votes = _Votes(Counter(), Counter(), {})
    for cell in cells:
        _vote(cell, votes)
    doubts: list[str] = []
    objections: tuple[str, ...] = ()
    if decimal is None:
        decimal = _decimal(votes, delimiter, doubts)
    else:
        objections = _objections(votes, decimal)
    if thousands is None:
        thousands = _thousands(votes, decimal, doubts)
    return Decimals(decimal, thousands or None, tuple(doubts), objections)


def _objections(votes: _Votes, told: str) -> tuple[str, ...]:
    other = "," if told == "." else "."
    if votes.decimal[other] <= votes.decimal[told]:
        return ()
    return (
        f"the decimal mark was told to be {told!r}, but {votes.decimal[other]} of the first "
        f"cells have {other!r}",
    )


def _vote(cell: str, votes: _Votes) -> None:
    if len(cell) > _LONGEST or not _DIGIT.search(cell):
        return
    bare = _SPACE.sub("", undressed(cell))
    both = _BOTH.fullmatch(bare)
    if both and both[1] != both[2]:
        votes.thousands[both[1]] += 1
        votes.decimal[both[2]] += 1
    elif groups := _GROUPS.fullmatch(bare):
        votes.thousands[groups[1]] += 1
    elif safe := _SAFE_GROUPS.fullmatch(cell):
        votes.thousands[safe[1]] += 1
        if safe[2]:
            votes.decimal[safe[2]] += 1
    elif one := _ONE.fullmatch(bare):
        _vote_of_one(one, cell, votes)


def _vote_of_one(one: re.Match[str], cell: str, votes: _Votes) -> None:
    """A single sign is unclear only where it could group thousands: "1,234", not "0,234"."""
    whole, sign, fraction = one[1], one[2], one[3]
    if len(fraction) == 3 and 1 <= len(whole) <= 3 and not whole.startswith("0"):
        votes.unclear.setdefault(sign, cell)
    elif whole or fraction:
        votes.decimal[sign] += 1


def _decimal(votes: _Votes, delimiter: str, doubts: list[str]) -> str:
    point, comma = votes.decimal["."], votes.decimal[","]
    if point and comma:
        winner, loser = (".", ",") if point >= comma else (",", ".")
        doubts.append(
            f"most numbers have the decimal mark {winner!r}, but "
            f"{min(point, comma)} of the first cells have {loser!r}"
        )
        return winner
    if point or comma:
        return "." if point else ","
    if votes.thousands["."] or votes.thousands[","]:
        return "," if votes.thousands["."] else "."
    return _unvoted(votes, delimiter, doubts)


def _unvoted(votes: _Votes, delimiter: str, doubts: list[str]) -> str:
    """Only unclear cells, or none: a comma between semicolons is a decimal mark."""
    if "," in votes.unclear and "." not in votes.unclear and delimiter != ",":
        doubts.append(_either(votes.unclear[","], ",", grouped=False))
        return ","
    if "." in votes.unclear and delimiter == ";":
        doubts.append(_either(votes.unclear["."], ".", grouped=False))
    return "."


def _thousands(votes: _Votes, decimal: str, doubts: list[str]) -> str | None:
    signs = [sign for sign, _ in votes.thousands.most_common() if sign != decimal]
    if signs:
        return signs[0]
    other = "," if decimal == "." else "."
    if other not in votes.unclear:
        return None
    if not votes.decimal[decimal]:
        doubts.append(_either(votes.unclear[other], other, grouped=True))
    return other


def _either(cell: str, sign: str, *, grouped: bool) -> str:
    point, group = cell.replace(sign, "."), cell.replace(sign, "")
    return f"{cell!r} may be {point} or {group}; it is read as {group if grouped else point}"
