"""A confusion matrix in words: tooltips, the line above it, what a screen reader says."""

from __future__ import annotations

from app.plots.confusion_cells import short_share
from app.plots.confusion_data import Confusion, Shown
from app.plots.numbers import format_count
from app.plots.user_text import inline, isolated

_MOST = 12
"""Classes whose recall is read out."""


def words_at(shown: Shown, true: int | None, decided: int | None) -> str:
    """What a cell, or a whole row or column of them (None), says."""
    confusion, names = shown.confusion, [isolated(name) for name in shown.names]
    if decided is None:
        return "" if true is None else _row_words(confusion, names[true], true)
    if true is None:
        return _column_words(confusion, names[decided], decided)
    count, whole = int(confusion.counts[true, decided]), int(confusion.counts[true].sum())
    share = short_share(float(confusion.shares[true, decided]))
    verb = "found" if true == decided else f"taken for {names[decided]}"
    picked = int(shown.picked[true, decided])
    more = f" {format_count(picked)} selected." if picked else ""
    return (
        f"{format_count(count)} of {format_count(whole)} rows of {names[true]} {verb} ({share})."
        f"{more} Click to select them, Ctrl to add."
    )


def summary(confusion: Confusion, names: tuple[str, ...], part: str) -> str:
    """The whole matrix for those who listen to it."""
    found = ", ".join(
        f"{name}: {confusion.counts[n, n]} of {confusion.counts[n].sum()} found"
        for n, name in enumerate(names[:_MOST])
    )
    return f"{part}: accuracy {short_share(confusion.accuracy)}. {found}"


def _row_words(confusion: Confusion, name: str, true: int) -> str:
    whole, right = int(confusion.counts[true].sum()), int(confusion.counts[true, true])
    if not whole:
        return f"There is no row of {name} here."
    share = short_share(float(confusion.recall[true]))
    return (
        f"Recall: {format_count(right)} of {format_count(whole)} rows of {name} found ({share})."
        " Click to select all rows of the class."
    )


def _column_words(confusion: Confusion, name: str, decided: int) -> str:
    whole, right = int(confusion.counts[:, decided].sum()), int(confusion.counts[decided, decided])
    if not whole:
        return f"No row is taken for {name}."
    share = short_share(float(confusion.precision[decided]))
    return (
        f"Precision: {format_count(right)} of {format_count(whole)} rows taken for {name} are"
        f" ({share}). Click to select all rows taken for it."
    )


def headline(confusion: Confusion, part: str) -> str:
    """``Training: 93.3 % right (140 of 150)``."""
    share, total = short_share(confusion.accuracy), format_count(confusion.total)
    return f"{part}: {share} right ({format_count(confusion.right)} of {total})"


def shortened_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the classes as rows and columns carry them."""
    return tuple(inline(name) for name in names)
