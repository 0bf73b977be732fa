"""What a time line shows, its scale, and what it says in words. Knows no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from app.moment import RunMoment, Span
from slp_core.training.snapshot import Snapshot

_STEPS: Final = (1, 2, 5)
_SHORTEST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """Where a run is in its own time.

    Attributes
    ----------
    position, epoch
        The moment shown, in updates and in epochs with their fraction.
    reached, earliest
        The updates that can be gone to.
    planned
        The update at which the run is to end; 0 if nobody knows.
    updates_per_epoch
        In the batch size of now.
    marks
        Updates at which something was changed, and what; also those ahead.
    spans
        Findings: from where to where, and how bad.
    best
        The update of the best weights, or None.
    not_finite
        The update at which the numbers stopped being finite, or None.
    seeking
        Whether another moment is being sought: the handle then stays where it was put.
    """

    position: int = 0
    epoch: float = 0.0
    reached: int = 0
    earliest: int = 0
    planned: int = 0
    updates_per_epoch: int = 1
    marks: tuple[tuple[int, str], ...] = ()
    spans: tuple[Span, ...] = ()
    best: int | None = None
    not_finite: int | None = None
    seeking: bool = False

    def epoch_at(self, update: int) -> float:
        """The epoch after ``update`` updates, as if the batch size had always been that of now."""
        return max(self.epoch + (update - self.position) / self.updates_per_epoch, 0.0)


def time_value(
    run: RunMoment,
    reached: int,
    earliest: int = 0,
    *,
    position: int | None = None,
    end: Snapshot | None = None,
    seeking: bool = False,
) -> TimeValue:
    """The time line of a run that has been to ``reached`` and can go back to ``earliest``.

    ``position`` is where all live runs are, which this one may have ended before; ``end`` is its
    last moment, if an earlier one is shown.
    """
    snapshot, size = run.snapshot, run.config.batch_size
    last = snapshot if end is None else end
    position = snapshot.update if position is None else position
    per_epoch = 1 if size == "full" else math.ceil(run.dataset.samples / size)
    stop = last.stop
    best = last.best.update if last.best is not None else None
    return TimeValue(
        position=position,
        epoch=snapshot.epoch + (position - snapshot.update) / per_epoch,
        reached=max(reached, position),
        earliest=earliest,
        planned=run.config.epochs * per_epoch,
        updates_per_epoch=per_epoch,
        marks=run.marks,
        spans=run.spans,
        best=best,
        not_finite=None if stop is None or stop.not_finite is None else last.update,
        seeking=seeking,
    )


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Places between 0 and 1 of updates between 0 and ``extent``; linear, or even in log(1 + u)."""

    extent: int
    log: bool = False

    @classmethod
    def of(cls, value: TimeValue, log: bool) -> TimeScale:
        """A scale with some room ahead, which stays the same for a while, up to the plan."""
        power = 10 ** max(len(str(max(value.reached, 1))) - 1, 0)
        nice = next(s * power for s in (*_STEPS, 10) if s * power >= value.reached)
        extent = max(nice, _SHORTEST)
        if 0 < value.planned < extent and value.reached <= value.planned:
            extent = value.planned
        return cls(extent, log)

    def share(self, update: float) -> float:
        """Where an update lies."""
        if self.log:
            return math.log1p(max(update, 0)) / math.log1p(self.extent)
        return update / self.extent

    def update(self, share: float) -> int:
        """The update at a place; the nearest one."""
        share = min(max(share, 0.0), 1.0)
        if self.log:
            return round(math.expm1(share * math.log1p(self.extent)))
        return round(share * self.extent)

    def ticks(self, most: int) -> tuple[int, ...]:
        """Round numbers of updates: powers of ten, or about ``most`` steps of 1, 2 or 5 of one."""
        if self.log:
            return (0, *(10**n for n in range(len(str(self.extent)))))
        step = next(
            s * 10**n
            for n in range(len(str(self.extent)) + 1)
            for s in _STEPS
            if self.extent / (s * 10**n) <= max(most, 1)
        )
        return tuple(range(0, self.extent + 1, step))


def place_text(value: TimeValue, update: int, *, brief: bool = False) -> str:
    """``epoch 214 · update 12,345``; the update alone where there is little room."""
    if brief:
        return f"update {update:,}"
    epoch = value.epoch if update == value.position else value.epoch_at(update)
    digits = 0 if value.updates_per_epoch == 1 else 1
    # Rounded down: an epoch that is not complete must not look as if it were.
    whole = math.floor(epoch * 10**digits + 1e-9) / 10**digits
    return f"epoch {whole:,.{digits}f} · update {update:,}"


def widest_text(value: TimeValue, extent: int, *, brief: bool = False) -> str:
    """A text as wide as any place within ``extent``, so that nothing moves as numbers grow."""
    text = place_text(value, extent, brief=brief)
    return "".join("0" if letter.isdigit() else letter for letter in text)


def described(value: TimeValue) -> str:
    """Everything on the time line in one line, for a screen reader."""
    text = f"{place_text(value, value.position)} of {value.reached:,}"
    extra = [
        _count(len(value.marks), "change"),
        _count(len(value.spans), "finding"),
        "" if value.best is None else f"best at update {value.best:,}",
        "" if value.not_finite is None else f"not finite after update {value.not_finite:,}",
        "" if not value.earliest else f"goes back to update {value.earliest:,}",
    ]
    return "; ".join([text, *filter(None, extra)])


def found_near(value: TimeValue, first: int, last: int) -> tuple[str, ...]:
    """What lies between two updates, in words, the gravest first."""
    lines: list[str] = []
    if value.not_finite is not None and first <= value.not_finite <= last:
        lines.append(f"Not finite after update {value.not_finite:,}")
    lines += [span.title for span in value.spans if span.first <= last and span.last >= first]
    lines += [f"Changed here: {text}" for at, text in value.marks if first <= at <= last]
    if value.best is not None and first <= value.best <= last:
        lines.append(f"Best so far (Shift+B): update {value.best:,}")
    return tuple(lines)


def _count(number: int, word: str) -> str:
    return "" if not number else f"{number} {word}{'' if number == 1 else 's'}"
