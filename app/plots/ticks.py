"""Where an axis puts its ticks and what they say: pure functions, in the coordinates of the view.

Steps are 1, 2 or 5 times a power of ten, as fine as the labels allow without touching; how wide a
label is, the caller measures. A view far from zero, or of very large numbers, moves what all labels
share into the name of the axis (``×10⁹``, ``− 1000000000``) instead of printing twelve digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, isnan, log10

from app.plots.numbers import decade, power_of_ten, superscript

Measure = Callable[[str], float]
"""Pixels a label takes along the axis."""

_MOST_DIGITS = 6
_MOST_LABELS = 10
_LAST_DECADE = 308.0
_FAR = 1e300
"""Ranges are cut here: what lies beyond gets no tick, what lies within still does."""
_STRIDES = (1, 2, 3, 4, 5, 10, 20, 50, 100, 200)
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
    low, high = max(low, -_FAR), min(high, _FAR)
    span = high - low
    if not span > 1e-290 or length < 8:
        return Ticks(())
    step = nice_step(span * max(24.0 / length, 1 / _MOST_LABELS))
    while True:
        ticks = _linear(low, high, step)
        if fits(ticks.labelled, low, high, length, measure) or len(ticks.labelled) < 2:
            return ticks
        step = nice_step(step * 1.01)


def whole_ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Ticks of a linear axis of counts: whole numbers only, each written out."""
    low, high = max(low, -_FAR), min(high, _FAR)
    span = high - low
    if not span > 0 or length < 8:
        return Ticks(())
    step = max(1.0, nice_step(span * max(24.0 / length, 1 / _MOST_LABELS)))
    while True:
        ticks = written_out(_linear(low, high, step))
        if fits(ticks.labelled, low, high, length, measure) or len(ticks.labelled) < 2:
            return ticks
        step = nice_step(step * 1.01)


def share_ticks(low: float, high: float, length: float, measure: Measure) -> Ticks:
    """Ticks of a linear axis of shares, as percentages."""
    ticks = written_out(linear_ticks(100 * low, 100 * high, length, lambda t: measure(f"{t} %")))
    return Ticks(tuple((place / 100, f"{label} %") for place, label in ticks.labelled))


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


def written_out(ticks: Ticks) -> Ticks:
    """The same places with whole numbers in the labels, for an axis whose name is not written."""
    if not ticks.suffix:
        return ticks
    places = [place for place, _ in ticks.labelled]
    largest = max((abs(place) for place in places), default=0.0)
    if largest == 0:
        return replace(ticks, suffix="")
    finest = places[1] - places[0] if len(places) > 1 else largest / 100
    digits = decade(largest) - decade(finest * 1.0000001)
    labelled = tuple((place, _whole(place, decade(largest), digits)) for place in places)
    return replace(ticks, labelled=labelled, suffix="")


def _whole(value: float, exponent: int, digits: int) -> str:
    """``value`` in units of 10 to the exponent, or plain where that would hide digits."""
    digits = max(digits, 0)
    if digits > _MOST_DIGITS - 1 and -3 <= exponent < 12:
        return _signed(value, max(0, digits - exponent))
    if value == 0:
        return "0"
    mantissa = _signed(value / 10.0**exponent, digits)
    return f"{mantissa}·{superscript(exponent)}"


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
    low, high = max(low, -_LAST_DECADE), min(high, _LAST_DECADE)
    if isnan(low + high) or not high > low or length < 8:
        return Ticks(())
    minor = _decade_ticks(low, high, range(2, 10)) if length / (high - low) > 36 else ()
    best: tuple[tuple[float, str], ...] = ()
    for candidate in _log_candidates(low, high):
        if len(candidate) > len(best) and fits(candidate, low, high, length, measure):
            best = candidate
    return Ticks(best, tuple(place for place, _ in minor))


def _log_candidates(low: float, high: float) -> Iterable[tuple[tuple[float, str], ...]]:
    for stride in _STRIDES:
        yield tuple(tick for tick in _decade_ticks(low, high, (1,), stride))
    yield _decade_ticks(low, high, (1, 3))
    yield _decade_ticks(low, high, (1, 2, 5))
    if high - low < 1.7 and abs(high) < 12:
        bottom, top = 10.0**low, 10.0**high
        step = nice_step((top - bottom) / 12)
        for _ in range(6):
            linear = written_out(_linear(bottom, top, step)).labelled
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
    """Ticks of a logarithmic axis of counts, drawn at log10(1 + count): 0, 1, 2, 5, 10 ...

    Zero is the one label that stays; what would touch it goes, and so the decades begin later
    where a decade is narrow.
    """
    high = min(high, _LAST_DECADE)
    if isnan(low + high) or not high > low or length < 8:
        return Ticks(())
    best: tuple[tuple[float, str], ...] = ()
    for candidate in _count_candidates(low, high):
        kept = _clear_of_zero(candidate, (high - low) / length, measure)
        if len(kept) > len(best) and fits(kept, low, high, length, measure):
            best = kept
    return Ticks(best)


def _count_candidates(low: float, high: float) -> Iterable[tuple[tuple[float, str], ...]]:
    for factors, strides in (((1, 2, 5), (1,)), ((1, 3), (1,)), ((1,), _STRIDES)):
        for stride in strides:
            exponents = range(0, ceil(max(high, 0.0)) + 1, stride)
            ticks = [
                (0.0, "0"),
                *((log10(1 + f * 10.0**e), power_of_ten(e, f)) for e in exponents for f in factors),
            ]
            yield tuple(tick for tick in ticks if low - 1e-9 <= tick[0] <= high + 1e-9)
    if high - low < 1.7 and 0 < high < 12:
        bottom, top = max(10.0**low - 1, 0.0), 10.0**high - 1
        step = max(1.0, nice_step((top - bottom) / 12))
        for _ in range(6):
            linear = written_out(_linear(bottom, top, step)).labelled
            yield tuple((log10(1 + value), label) for value, label in linear)
            step = nice_step(step * 1.01)


def _clear_of_zero(
    ticks: tuple[tuple[float, str], ...], pixel: float, measure: Measure
) -> tuple[tuple[float, str], ...]:
    """Without the labels that touch that of zero."""
    if not ticks or ticks[0][1] != "0":
        return ticks
    zero = measure("0")
    apart = [
        tick for tick in ticks[1:] if tick[0] >= pixel * ((zero + measure(tick[1])) / 2 + _GAP)
    ]
    return (ticks[0], *apart)


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
