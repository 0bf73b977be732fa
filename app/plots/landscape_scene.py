"""What a landscape is about: the plane of weights, the runs that walk on it, what is said of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.moment import Moment, RunMoment
from app.numbers import share_text
from app.plots.numbers import format_count
from app.plots.weights_path import path_of
from app.plots.weights_reading import Shown, fits, shown
from app.runs import labels
from slp_core.arrays import Bools, Float64s
from slp_core.insight.landscape import Ground, scores
from slp_core.insight.landscape_plane import Plane, through_path, through_weights

_ROWS = 256
_POINTS = 80
"""Points of all paths that directions are found from: a millisecond's worth."""
_NOTICED = 0.03
"""A plane is stale when scores have left it by this share of their size."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Two flat numbers, or the main directions of the path where both are −1."""

    first: int = -1
    second: int = -1

    @property
    def follow(self) -> bool:
        """Whether they are the path's main directions."""
        return self.first < 0


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """One run's weights over time, (m, P), and the number of its line style.

    A row of NaN is where a hand moved the weights: no training leads across.
    """

    name: str
    line: int
    flats: Float64s


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """Everything a picture is made of but the losses. ``problem`` says why there is none."""

    axes: Axes
    plane: Plane | None
    tracks: tuple[Track, ...]
    names: tuple[str, str]
    note: str
    problem: str = ""


def same_objective(first: RunMoment, second: RunMoment) -> bool:
    """Whether two runs walk on one landscape: the same data, pair and penalties."""
    mine, theirs = first.config, second.config
    return (
        first.dataset is second.dataset
        and first.pair == second.pair
        and (mine.l1, mine.l2, mine.class_weights) == (theirs.l1, theirs.l2, theirs.class_weights)
    )


def together(moment: Moment) -> tuple[RunMoment, ...]:
    """The live runs on the landscape of the active one, which is the first."""
    return tuple(run for run in moment.live if same_objective(moment.active, run))


def is_alike(before: RunMoment, now: RunMoment) -> bool:
    """Whether only rows have been edited: the old picture may stand until the new one is there."""
    one, other = before.dataset, now.dataset
    return (before.pair, one.preparation.terms, one.classes) == (
        now.pair,
        other.preparation.terms,
        other.classes,
    )


def scene_of(moment: Moment, axes: Axes) -> Scene:
    """The scene of the active run, with the other runs that share its landscape."""
    active = moment.active
    now = shown(active, "scaled")
    if now is None:
        text = "The weights of the last run do not fit the data that is open; start a new run."
        return Scene(axes, None, (), ("", ""), "", text)
    others = [r for r in moment.runs[1:] if fits(r) and same_objective(active, r)]
    drawn = (*others, active)
    names = labels(drawn)
    tracks = tuple(
        Track(name, run.line, _flats(run)) for name, run in zip(names, drawn, strict=True)
    )
    left_out = len(moment.runs) - len(drawn)
    apart = _apart(left_out)
    if axes.follow:
        return _following(now, tracks, apart)
    parameters = active.snapshot.parameters
    if not parameters.is_finite:
        return Scene(axes, None, tracks, ("", ""), "", _LOST)
    plane = through_weights(parameters, axes.first, axes.second)
    sides = flat_name(now, axes.first), flat_name(now, axes.second)
    return Scene(axes, plane, tracks, sides, _joined(_held(parameters.flat().size - 2), apart))


def _apart(left_out: int) -> str:
    if left_out == 0:
        return ""
    if left_out == 1:
        return "one run has another objective and is not drawn"
    return f"{format_count(left_out)} runs have other objectives and are not drawn"


def _held(others: int) -> str:
    if others == 0:
        return ""
    if others == 1:
        return "the other weight is held at its present value"
    return f"{format_count(others)} other weights are held at their present values"


_LOST = (
    "Nothing to show here: the weights are not finite numbers any more. Choose a smaller rate,"
    " or start again."
)


def _following(now: Shown, tracks: tuple[Track, ...], apart: str) -> Scene:
    """The plane of the main directions; refused where nothing has moved."""
    axes = Axes()
    d, k = now.parameters.W.shape
    paths = [_thinned(track.flats, _POINTS // len(tracks)) for track in tracks]
    whole, active = np.concatenate(paths), paths[-1]
    known: Bools = np.asarray(np.isfinite(whole).all(axis=1))
    if not known[-1]:
        return Scene(axes, None, tracks, ("", ""), "", _LOST)
    start = int(np.count_nonzero(known[: len(whole) - len(active)]))
    free = None if now.run.config.bias else d * k
    try:
        found = through_path(whole[known], (d, k), start=start, free=free)
    except ValueError:
        text = (
            "Nothing to show yet: the path has no direction before the weights have moved. Train"
            " for a moment, or choose two weights."
        )
        return Scene(axes, None, tracks, ("", ""), "", text)
    names = "main direction", "second direction"
    note = f"the plane holds {share_text(found.share)} of the path's movement"
    if found.straight:
        note = "the path is straight: the second direction is any at right angles"
    return Scene(axes, found.plane, tracks, names, _joined(note, apart))


def _thinned(flats: Float64s, most: int) -> Float64s:
    """At most so many of the weights (m, P), the first and the last among them."""
    if len(flats) <= most:
        return flats
    return flats[np.unique(np.linspace(0, len(flats) - 1, most).astype(np.int64))]


def flat_name(now: Shown, number: int) -> str:
    """The name of one of the flat numbers."""
    d, k = now.parameters.W.shape
    return now.name_of(*((d, number - d * k) if number >= d * k else divmod(number, k)))


def _flats(run: RunMoment) -> Float64s:
    updates, path = path_of(run)
    flats = np.array([parameters.flat() for parameters in path], dtype=np.float64)
    after = np.unique(np.searchsorted(updates, run.moved))
    return np.insert(flats, after[(after > 0) & (after < len(flats))], np.nan, axis=0)


def _joined(*notes: str) -> str:
    return "; ".join(note for note in notes if note)


def is_stale(
    shown_plane: Plane, fresh: Plane, present: Float64s, ground: Ground, *, resting: bool = False
) -> bool:
    """Whether the picture over one plane misleads about the other: scores moved noticeably.

    While ``resting`` any move counts: there is time, and the numbers are compared with others.
    """
    if shown_plane.shape != fresh.shape:
        return True
    ((a, b),) = shown_plane.places(present[None])
    there = shown_plane.flat(a, b)
    if resting:
        ((a, b),) = fresh.places(present[None])
        return not np.allclose(there, fresh.flat(a, b), rtol=1e-9, atol=1e-12)
    step = max(1, len(ground.X) // _ROWS)
    part = Ground(ground.objective, ground.X[::step], ground.Y[::step], None, ground.total)
    still = np.zeros_like(present)
    away, *_ = scores(part, Plane(present - there, still, still, fresh.shape))
    size, *_ = scores(part, Plane(present, still, still, fresh.shape))
    with np.errstate(all="ignore"):
        moved, whole = np.sqrt(np.mean(away**2)), np.sqrt(np.mean(size**2))
    return bool(moved > _NOTICED * max(float(whole), 0.3))
