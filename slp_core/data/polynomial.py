"""Polynomial terms of the features: which there are, what they are called, how they are computed.

The linear terms come first and in the order of the features, so that the weights of a model of
degree 1 are the first weights of any higher degree. Then come the squares and products, and so on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement
from math import comb, pi

import numpy as np

from slp_core.arrays import Float64s, Ints, frozen
from slp_core.errors import ConfigError

HIGHEST_DEGREE = 5
MOST_TERMS = 2000
"""More terms than this are refused above degree 1: 64 pixels of degree 3 would be 47 904."""

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Terms:
    """All products of up to ``degree`` features.

    ``exponents`` (m, p) tells each term's powers. Term t above degree 1 is term ``parent[t]``
    times feature ``factor[t]``: one multiplication each. ``levels`` are the ends of the degrees.
    """

    exponents: Ints
    parent: Ints
    factor: Ints
    levels: tuple[int, ...]

    def expand(self, scaled: Float64s) -> Float64s:
        """(p, n) scaled features, one row for each feature, to (m, n) terms."""
        terms = np.empty((len(self.exponents), scaled.shape[1]))
        terms[: self.levels[0]] = scaled
        for start, end in zip(self.levels, self.levels[1:], strict=False):
            parents, factors = self.parent[start:end], self.factor[start:end]
            np.multiply(terms[parents], scaled[factors], out=terms[start:end])
        return terms


def count_terms(features: int, degree: int) -> int:
    """Number of terms: C(p + degree, degree) − 1."""
    return comb(features + degree, degree) - 1


def check_degree(features: int, degree: int) -> None:
    """Refuse a degree that does not exist or makes too many terms.

    Raises
    ------
    ConfigError
        Field ``degree``.
    """
    if isinstance(degree, bool) or degree not in range(1, HIGHEST_DEGREE + 1):
        raise ConfigError(
            f"The degree must be a whole number from 1 to {HIGHEST_DEGREE}, not {degree!r}.",
            field="degree",
            value=degree,
        )
    count = count_terms(features, degree)
    if degree > 1 and count > MOST_TERMS:
        raise ConfigError(
            f"Degree {degree} of {features} features makes {count} terms; at most {MOST_TERMS} "
            "are allowed.",
            field="degree",
            value=degree,
            hint="Choose a lower degree or fewer features.",
        )


@lru_cache(maxsize=8)
def terms_of(features: int, degree: int) -> Terms:
    """The terms of ``features`` features up to ``degree``, in their fixed order."""
    check_degree(features, degree)
    combinations: list[tuple[int, ...]] = []
    for power in range(1, degree + 1):
        combinations += combinations_with_replacement(range(features), power)
    place = {chosen: index for index, chosen in enumerate(combinations)}
    exponents = np.zeros((len(combinations), features), dtype=np.int64)
    for index, chosen in enumerate(combinations):
        np.add.at(exponents[index], list(chosen), 1)
    parent = np.array([place.get(chosen[:-1], -1) for chosen in combinations], dtype=np.int64)
    factor = np.array([chosen[-1] for chosen in combinations], dtype=np.int64)
    levels = tuple(count_terms(features, power) for power in range(1, degree + 1))
    return Terms(frozen(exponents), frozen(parent), frozen(factor), levels)


def term_names(names: Sequence[str], degree: int) -> tuple[str, ...]:
    """``("x", "y")`` of degree 2 to ``("x", "y", "x²", "x·y", "y²")``.

    Above degree 1 a name that is not one word is put in brackets, as in ``(width = 3)²``.
    """
    if degree == 1:
        return tuple(names)
    words = [_word(name) for name in names]
    higher = terms_of(len(names), degree).exponents[len(names) :]
    return (*names, *(_name(words, row) for row in higher.tolist()))


def wave_names(names: Sequence[str], frequency: float) -> tuple[str, ...]:
    """``("x", "y")`` and pi to ``("sin(π·x)", "sin(π·y)")``."""
    if frequency == 1.0:
        return tuple(f"sin({name})" for name in names)
    times = frequency / pi
    factor = f"{'' if times == 1.0 else f'{times:g}'}π" if times.is_integer() else f"{frequency:g}"
    return tuple(f"sin({factor}·{_word(name)})" for name in names)


def _word(name: str) -> str:
    return name if name.isidentifier() else f"({name})"


def _name(words: Sequence[str], exponents: Sequence[int]) -> str:
    factors = (
        words[feature] + (str(power).translate(_SUPERSCRIPTS) if power > 1 else "")
        for feature, power in enumerate(exponents)
        if power
    )
    return "·".join(factors)
