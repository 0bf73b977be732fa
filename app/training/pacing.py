"""When to draw and how much to train in between: arithmetic on clock readings, no clock."""

from __future__ import annotations

from dataclasses import dataclass

BURST_SECONDS = 0.002
"""A burst between two looks at the orders. With 2 ms and a rest of 0.1 ms the window's 99th
percentile of event latency stayed under 15 ms at 63-69 % of headless throughput."""
REST_SECONDS = 0.0001
RATE_WINDOW = 1.0
"""Seconds over which updates per second are measured."""
PAINT_TIMEOUT = 0.25
"""A window that cannot paint (hidden, minimised) must not stop training."""


RESTFUL_RATE = 30.0
"""Up to so many frames a second the window rests as long as it painted; at 60, half as long (a
full rest left 47 to 54 frames of the 60)."""


class FrameClock:
    """Decides when the next frame is due.

    Frames come at most at the chosen rate, never before the window has had a rest from painting
    the last one (`RESTFUL_RATE`), and a frame whose numbers are expensive to work out is spaced
    so that training keeps at least three quarters of the time.
    """

    def __init__(self) -> None:
        self._due = 0.0

    def due(self, now: float) -> bool:
        """Whether a frame should be made at ``now`` (seconds, monotonic)."""
        return now >= self._due

    def reset(self) -> None:
        """Make the next frame due at once."""
        self._due = 0.0

    @property
    def next_due(self) -> float:
        """When the next frame is due (seconds, monotonic)."""
        return self._due

    def painted(self, started: float, announced: float, now: float, rate: float) -> None:
        """Plan the next frame.

        Parameters
        ----------
        started, announced, now
            When the frame's numbers were begun, when it was announced, and when it was on the
            screen (seconds, monotonic).
        rate
            Most frames a second.
        """
        computing = announced - started
        painting = now - announced
        # From when the frame was due, not from when it was begun, or each frame is a little late.
        steady = max(self._due, started - 0.5 / rate) + 1.0 / rate
        rest = painting * min(1.0, RESTFUL_RATE / rate)
        self._due = max(steady, now + rest, now + 3.0 * computing)


@dataclass(slots=True)
class Throttle:
    """Hands out updates at a steady number a second."""

    rate: float | None = None
    _owed: float = 0.0
    _last: float | None = None

    def reset(self) -> None:
        """Forget the past: nothing is owed, but the first update is due at once."""
        self._owed, self._last = 1.0, None

    def allowance(self, now: float) -> int | None:
        """Whole updates due at ``now``; None means no limit.

        No more than a quarter of a second is ever caught up after a stall.
        """
        if self.rate is None:
            return None
        if self._last is not None:
            self._owed += min(now - self._last, 0.25 if self.rate >= 4 else 1.0 / self.rate) * (
                self.rate
            )
        self._last = now
        return int(self._owed + 1e-9)

    def spend(self, updates: int) -> None:
        """Take made updates off what is owed."""
        self._owed -= updates

    def seconds_to_next(self) -> float:
        """How long until the next update is due; 0 without a limit."""
        if self.rate is None:
            return 0.0
        return max(0.0, (1.0 - self._owed) / self.rate)


class BurstSize:
    """How many updates make one burst of about ``BURST_SECONDS``."""

    def __init__(self) -> None:
        self.updates = 1

    def learn(self, updates: int, seconds: float) -> None:
        """Adapt to a burst of ``updates`` that took ``seconds``; changes at most twofold.

        A burst that was asked to be short says how much fits only if it took too long.
        """
        if updates < 1 or seconds <= 0.0:
            return
        fits = updates * BURST_SECONDS / seconds
        if updates < self.updates and fits >= updates:
            return
        self.updates = int(min(max(fits, self.updates / 2, 1), self.updates * 2, 100_000))


class SpeedMeter:
    """Updates per second over about the last second."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.value = 0.0
        self._since: float | None = None
        self._made = 0

    def count(self, updates: int, now: float) -> None:
        if self._since is None:
            self._since = now
            return
        self._made += updates
        if now - self._since >= RATE_WINDOW:
            self.value = self._made / (now - self._since)
            self._since, self._made = now, 0
