"""Where an axis puts its ticks and what they say: pure functions, in the coordinates of the view.

Steps are 1, 2 or 5 times a power of ten, as fine as the labels allow without touching; how wide a
label is, the caller measures. A view far from zero, or of very large numbers, moves what all labels
share into the name of the axis (``×10⁹``, ``− 1000000000``) instead of printing twelve digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from app.plots.numbers import decade, power_of_ten

Measure = Callable[[str], float]
"""Pixels a label takes along the axis."""

_MOST_DIGITS = 6
_MOST_LABELS = 10
_LAST_DECADE = 307
_GAP = 18.0
"""Pixels kept free between two labels."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """``labelled`` (place, text) and ``minor`` places, in view coordinates.

    ``suffix`` belongs to the name of the axis: what was taken out of every label.
    """

    labelled: tuple[tuple[float, str], ...]
    minor: tuple[float, ...] = ()
    suffix: str = ""


TickMaker = Callable[[float, float, float, Measure], Ticks]
"""(low, high, length in pixels, measure) -> Ticks."""


def linear_ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Ticks of a linear axis."""
    span = high - low
    if not span > 1e-290 or length < 8:
        return Ticks(())
    step = nice_step(span * max(24.0 / length, 1 / _MOST_LABELS))
    while True:
        ticks = _linear(low, high, step)
        if fits(ticks.labelled, low, high, length, measure) or len(ticks.labelled) < 2:
            return ticks
        step = nice_step(step * 1.01)


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below ``least``."""
    exponent = decade(least)
    for factor in (1, 2, 5):
        if factor * 10.0**exponent >= least * (1 - 1e-9):
            return factor * 10.0**exponent
    return 10.0 ** (exponent + 1)


def _linear(low: float, high: float, step: float) -> Ticks:
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    if last - first > 200:
        return Ticks(())
    counts = range(first, last + 1)
    largest = max(abs(low), abs(high))
    digits = decade(largest) - decade(step * 1.0000001) + 1
    if digits > _MOST_DIGITS:
        return _offset_ticks(counts, step)
    if largest >= 1e6 or largest < 1e-2:
        return _scaled_ticks(counts, step, decade(largest))
    places = max(0, -decade(step * 1.0000001))
    return Ticks(tuple((n * step, _signed(n * step, places)) for n in counts))


def _offset_ticks(counts: range, step: float) -> Ticks:
    """Labels count from a round number near the view, which goes into the axis' name."""
    base = counts.start - counts.start % 100 if counts.start >= 0 else -(-counts.start // 100) * 100
    inner = _linear(
        (counts.start - base) * step, (counts.stop - 1 - base) * step + step * 1e-6, step
    )
    labelled = tuple(
        (n * step, label) for n, (_, label) in zip(counts, inner.labelled, strict=False)
    )
    sign = "−" if base >= 0 else "+"
    return Ticks(labelled, suffix=f"{sign} {_plain(abs(base * step))}{inner.suffix}")


def _scaled_ticks(counts: range, step: float, exponent: int) -> Ticks:
    places = max(0, exponent - decade(step * 1.0000001))
    factor = 10.0**-exponent
    labelled = tuple((n * step, _signed(n * step * factor, places)) for n in counts)
    return Ticks(labelled, suffix=f"×{power_of_ten(exponent) if exponent else ''}")


def _plain(value: float) -> str:
    return f"{value:.12g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e−")


def _signed(value: float, places: int) -> str:
    text = f"{abs(value):.{places}f}"
    return f"−{text}" if value < 0 and float(text) != 0 else text


def log_ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Ticks of a logarithmic axis; ``low`` and ``high`` are powers of ten (view coordinates).

    1-2-5 where that fits, whole decades (or every second, third ...) where it does not, and
    linear steps in a view narrower than a decade or so.
    """
    if not high > low or max(-low, high) > _LAST_DECADE or length < 8:
        return Ticks(())
    minor = _decade_ticks(low, high, range(2, 10)) if length / (high - low) > 36 else ()
    best: tuple[tuple[float, str], ...] = ()
    for candidate in _log_candidates(low, high):
        if len(candidate) > len(best) and fits(candidate, low, high, length, measure):
            best = candidate
    return Ticks(best, tuple(place for place, _ in minor))


def _log_candidates(low: float, high: float) -> Iterable[tuple[tuple[float, str], ...]]:
    for stride in (1, 2, 3, 4, 5, 10, 20, 50, 100):
        yield tuple(tick for tick in _decade_ticks(low, high, (1,), stride))
    yield _decade_ticks(low, high, (1, 3))
    yield _decade_ticks(low, high, (1, 2, 5))
    if high - low < 1.7 and abs(high) < 12:
        bottom, top = 10.0**low, 10.0**high
        step = nice_step((top - bottom) / 12)
        for _ in range(6):
            linear = _linear(bottom, top, step).labelled
            yield tuple((log10(value), label) for value, label in linear if value > 0)
            step = nice_step(step * 1.01)


def _decade_ticks(
    low: float, high: float, factors: Iterable[int], stride: int = 1
) -> tuple[tuple[float, str], ...]:
    ticks = [
        (exponent + log10(factor), power_of_ten(exponent, factor))
        for exponent in range(floor(low), ceil(high) + 1)
        if exponent % stride == 0
        for factor in factors
    ]
    return tuple(tick for tick in ticks if low - 1e-9 <= tick[0] <= high + 1e-9)


def count_ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Ticks of a logarithmic axis of counts, drawn at log10(1 + count): 0, 1, 2, 5, 10 ..."""
    if not high > low or high > _LAST_DECADE or length < 8:
        return Ticks(())
    top = 10.0**high - 1
    exponents = range(ceil(log10(top)) + 1) if top > 1 else range(1)
    for factors in ((1, 2, 5), (1,)):
        for stride in (1, 2, 3, 4):
            counts = [f * 10**e for e in exponents if e % stride == 0 for f in factors]
            ticks = [
                (0.0, "0"),
                *((log10(1 + n), power_of_ten(_zeros(n), _lead(n))) for n in counts),
            ]
            kept = tuple(tick for tick in ticks if low - 1e-9 <= tick[0] <= high + 1e-9)
            if fits(kept, low, high, length, measure):
                return Ticks(kept)
    return Ticks(())


def _zeros(count: int) -> int:
    return len(str(count)) - 1


def _lead(count: int) -> int:
    return int(str(count)[0])


def fits(
    ticks: Sequence[tuple[float, str]], low: float, high: float, length: float, measure: Measure
) -> bool:
    """Whether no label comes closer than a gap to the next."""
    scale = length / (high - low)
    sizes = [measure(label) for _, label in ticks]
    return all(
        (second[0] - first[0]) * scale >= (a + b) / 2 + _GAP
        for first, second, a, b in zip(ticks, ticks[1:], sizes, sizes[1:], strict=False)
    )
