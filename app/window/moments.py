"""From what the workspace knows to what views show."""

from __future__ import annotations

from app.moment import Moment
from app.runs_book import RunBook
from app.training.messages import Frame


def moment_of(book: RunBook, frame: Frame) -> Moment:
    """All runs at the moment of a frame, which holds at least one, and the kept ones."""
    live = book.live(frame)
    kept = book.kept
    others = tuple(run for run in kept.runs if not run.pinned)
    return Moment((*live, *kept.pinned), frame.playing, others)
