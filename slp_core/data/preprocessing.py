"""What happens to features between the file and the network, and back.

A :class:`Preparation` is fitted once, on training rows, and then only applied: to the data set, to
new rows for a prediction, to a mouse position. It is saved with the weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from slp_core.arrays import Bools, Float64s, Floats, Ints, frozen
from slp_core.data.features import Feature, read_inputs
from slp_core.data.polynomial import check_degree, term_names, terms_of, wave_names
from slp_core.data.scaling import scaling as scaling_of
from slp_core.data.table import Table
from slp_core.errors import ConfigError, DataError

_BLOCK_VALUES = 131_072
"""Values in one block of rows: 1 MiB of float64, which stays in the second-level cache."""


@dataclass(frozen=True)
class Preparation:
    """Features, their scaling and the terms made of them: powers and products, then sines.

    Parameters
    ----------
    features
        The p features in the order of the inputs.
    degree
        Highest degree of the terms, 1 to 5.
    scaling
        Key of the scaling the features' centers and scales came from.
    sine
        Angular frequency w of the sine terms ``sin(w * scaled)``, one for each feature that is a
        number and not a category; 0 for none.

    Raises
    ------
    ConfigError
        The degree does not exist or makes too many terms, or the scaling does not exist.
    """

    features: tuple[Feature, ...]
    degree: int = 1
    scaling: str = "standardize"
    sine: float = 0.0
    centers: Float64s = field(init=False, repr=False, compare=False)
    scales: Float64s = field(init=False, repr=False, compare=False)
    terms: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_degree(len(self.features), self.degree)
        scaling_of(self.scaling)
        self._set("centers", frozen(np.array([row.center for row in self.features], float)))
        self._set("scales", frozen(np.array([row.scale for row in self.features], float)))
        powers = term_names([row.name for row in self.features], self.degree)
        waves = wave_names([self.features[place].name for place in self.waves], self.sine)
        self._set("terms", (*powers, *waves))

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    @property
    def exponents(self) -> Ints:
        """The power of each feature (p) in each term but the sines, which come last."""
        return terms_of(len(self.features), self.degree).exponents

    @property
    def waves(self) -> list[int]:
        """The features that have a sine term, in the order of these terms."""
        if not self.sine:
            return []
        return [place for place, row in enumerate(self.features) if row.category is None]

    @property
    def wave_terms(self) -> tuple[str, ...]:
        """The names of the sine terms."""
        return self.terms[len(self.terms) - len(self.waves) :]

    @property
    def is_linear(self) -> bool:
        """Whether the terms are the features and nothing else."""
        return self.degree == 1 and not self.waves

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns that are read, each once, in the order of the features."""
        return tuple(dict.fromkeys(row.column for row in self.features))

    @property
    def fills(self) -> Float64s:
        """(p,) what stands for a missing cell, in original units; NaN where nothing does."""
        return np.array([np.nan if row.fill is None else row.fill for row in self.features])

    def filled(self, inputs: Floats) -> Floats:
        """Inputs (n, p) in original units with NaN replaced where a feature has a fill."""
        gaps = np.isnan(inputs)
        return np.where(gaps, self.fills, inputs) if gaps.any() else inputs

    def same_terms(self, other: Preparation) -> bool:
        """Whether complete rows give the same terms, whatever is done about missing cells."""
        mine, theirs = (
            replace(
                one, scaling="none", features=tuple(replace(f, fill=None) for f in one.features)
            )
            for one in (self, other)
        )
        return mine == theirs

    def transform(self, inputs: Floats, out: Floats | None = None) -> Floats:
        """Prepared inputs (n, m) of inputs (n, p) in original units.

        Every row depends on itself alone: a row gives the same numbers alone and in a million.
        float32 stays float32, but the arithmetic is float64, block by block; other types become
        float64.

        Parameters
        ----------
        out
            (n, m) to write to.

        Raises
        ------
        DataError
            The inputs are not (n, p).
        """
        inputs = np.asarray(inputs)
        self.check_width(inputs)
        if out is None:
            kind = np.float32 if inputs.dtype == np.float32 else np.float64
            out = np.empty((len(inputs), len(self.terms)), dtype=kind)
        for rows in self.blocks(len(inputs)):
            with np.errstate(over="ignore", invalid="ignore"):  # inf is an answer, not an accident
                out[rows] = self.expand(inputs[rows].T).T
        return out

    def expand(self, raw: Floats) -> Float64s:
        """Prepared inputs (m, n), one row for each term, of raw features (p, n)."""
        scaled = np.subtract(raw, self.centers[:, np.newaxis], dtype=np.float64)
        scaled /= self.scales[:, np.newaxis]
        terms = scaled
        if self.degree > 1:
            terms = terms_of(len(self.features), self.degree).expand(scaled)
        waves = self.waves
        if not waves:
            return terms
        return np.concatenate([terms, np.sin(self.sine * scaled[waves])])

    def blocks(self, rows: int) -> Iterator[slice]:
        """Runs of rows small enough that a block of terms stays in cache."""
        step = max(_BLOCK_VALUES // max(len(self.terms), 1), 16)
        for start in range(0, rows, step):
            yield slice(start, min(start + step, rows))

    def inputs_from(self, table: Table) -> tuple[Float64s, Bools, tuple[str, ...]]:
        """The model's inputs read from another table, whatever else the table holds.

        Returns
        -------
        inputs
            (n, p) in original units, missing cells filled where their feature says with what;
            NaN where a cell cannot be used.
        usable
            (n,) whether every input of the row is a finite number or a known category.
        reasons
            One sentence for each column with cells that cannot be used.

        Raises
        ------
        DataError
            A column is absent, or holds text where numbers are needed.
        """
        return read_inputs(self.features, table)

    def inverse_linear(self, X: Floats) -> Float64s:
        """Inputs (n, p) in original units of prepared inputs (n, m); exact up to rounding."""
        return X[:, : len(self.features)] * self.scales + self.centers

    def in_original_units(self, W: Floats, b: Floats) -> tuple[Float64s, Float64s] | None:
        """Weights (p, k) and bias (k,) that give the same scores from unscaled inputs.

        From ``(x - c) / s @ W + b``: the weights are ``W / s`` and the bias is ``b - c / s @ W``.
        None above degree 1, where the terms of unscaled features mix all degrees below, and with
        sines, whose phase changes.
        """
        if not self.is_linear:
            return None
        weights = np.asarray(W, dtype=np.float64) / self.scales[:, np.newaxis]
        return weights, np.asarray(b, dtype=np.float64) - self.centers @ weights

    def from_original_units(self, W: Floats, b: Floats) -> tuple[Float64s, Float64s]:
        """Weights (p, k) and bias (k,) for scaled inputs; undoes :meth:`in_original_units`.

        Raises
        ------
        ConfigError
            The degree is above 1, or there are sine terms.
        """
        if not self.is_linear:
            raise ConfigError(
                "Weights in original units exist at degree 1 without sine terms only.",
                field="degree",
                value=self.degree,
            )
        original = np.asarray(W, dtype=np.float64)
        bias = np.asarray(b, dtype=np.float64) + self.centers @ original
        return original * self.scales[:, np.newaxis], bias

    def check_width(self, inputs: Floats) -> None:
        """Refuse inputs that are not (n, p)."""
        if inputs.ndim != 2 or inputs.shape[1] != len(self.features):
            names = ", ".join(row.name for row in self.features[:8])
            raise DataError(
                f"Inputs of shape (n, {len(self.features)}) are needed, not {inputs.shape}.",
                code="data.shape",
                hint=f"One row for each sample, with the columns {names}"
                + (" ..." if len(self.features) > 8 else "."),
            )
