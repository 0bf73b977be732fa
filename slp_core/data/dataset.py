"""The data set: prepared inputs and coded targets, training rows first, ready for the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from slp_core.arrays import Float64s, Floats, Ints
from slp_core.data.preprocessing import Preparation
from slp_core.data.renaming import shown_names
from slp_core.data.table import Table
from slp_core.data.target import Task


@dataclass(frozen=True, kw_only=True, eq=False)
class Dataset:
    """Everything a run needs to know of the data. All arrays are read-only.

    N rows are usable; the first n of them train, the others validate. m prepared terms are made
    of p features.

    Attributes
    ----------
    task
        ``"binary"`` (two classes), ``"multiclass"`` or ``"regression"``.
    target
        Name of the target's column.
    classes
        Names of the classes as they are shown; empty in regression.
    written
        The same classes as the table writes them, in natural order.
    renames
        Names to show in place of those in the table, also of classes that do not occur now.
    prepared
        (N, m) all prepared inputs, training rows first.
    all_labels, all_values
        (N,) class numbers, or the numbers to predict; the one that does not apply is empty.
    samples
        n, the number of training rows.
    row_index
        (N,) row of the table that each sample came from.
    left_out
        Rows of the table that are not used because a cell is missing.
    missing
        Key of what becomes of missing cells; see :data:`slp_core.data.missing.MISSING`.
    filled
        How many cells were missing and are filled.
    notes
        How many rows are used, if not all; then one sentence about each thing that was left out,
        recoded or looks odd.
    column_notes
        Those of the notes that stay true while rows come and go.
    means
        (p,) means of the training inputs in original units.
    validation, seed, stratify
        The choices of the split; scaling and degree are in the preparation.
    """

    name: str
    task: Task
    target: str
    classes: tuple[str, ...]
    written: tuple[str, ...]
    renames: Mapping[str, str]
    preparation: Preparation
    prepared: Floats
    all_labels: Ints
    all_values: Float64s
    samples: int
    row_index: Ints
    left_out: int
    missing: str
    filled: int
    notes: tuple[str, ...]
    column_notes: tuple[str, ...]
    means: Float64s
    validation: float
    seed: int
    stratify: bool

    @classmethod
    def from_table(
        cls,
        table: Table,
        target: str | None = None,
        features: Sequence[str] | None = None,
        *,
        task: str | None = None,
        scaling: str = "standardize",
        degree: int = 1,
        sine: bool = False,
        missing: str = "leave_out",
        renames: Mapping[str, str] | None = None,
        validation: float = 0.0,
        seed: int = 0,
        stratify: bool = True,
        dtype: type[np.float32] | type[np.float64] | None = None,
    ) -> Dataset:
        """Choose target and features, leave out incomplete rows, split, scale and expand.

        Parameters
        ----------
        target
            Column to predict. None takes one called class, target, label, species or y (y not in
            a table of points x, y with a column of classes), else the last one; a column that
            cannot be learnt gives way to the next. Numbers are a regression if any is not whole
            or more than 10 differ.
        features
            Columns to predict from; None takes all that suit, without texts whose missing cells
            would cost over 5 % of the rows. Texts become one feature for each category, up to 20.
        task
            ``"regression"`` or ``"multiclass"`` where the column could be either.
        scaling, degree
            See :class:`Preparation`. Scaling is measured on training rows only.
        sine
            Whether each feature of numbers gets a sine term, with about two waves over the data.
        missing
            ``"leave_out"`` the rows with a missing cell, or fill it with the ``"mean"`` or the
            ``"median"`` of the training rows (the most frequent text, where it is text). Rows
            without a target are always left out.
        renames
            Class as the table writes it -> name that is shown instead.
        validation, seed, stratify
            See :func:`split_rows`.
        dtype
            Of the prepared inputs; None keeps the table's.

        Raises
        ------
        DataError
            The table has no such columns, or not enough in them to learn from.
        ConfigError
            A choice does not exist or does not suit the table.
        """
        from slp_core.data.building import build  # it needs this class

        return build(
            table,
            target,
            features,
            task=task,
            scaling=scaling,
            degree=degree,
            sine=sine,
            missing=missing,
            renames=renames or {},
            validation=validation,
            seed=seed,
            stratify=stratify,
            dtype=dtype,
        )

    def renamed(self, renames: Mapping[str, str]) -> Dataset:
        """The same data set with other names shown for its classes.

        Raises
        ------
        ConfigError
            A name is empty, or two classes would have the same.
        """
        classes = shown_names(self.written, renames)
        return replace(self, classes=classes, renames=MappingProxyType(dict(renames)))

    @property
    def X(self) -> Floats:
        """(n, m) prepared training inputs, contiguous."""
        return self.prepared[: self.samples]

    @property
    def labels(self) -> Ints:
        """(n,) class numbers of the training rows; empty in regression."""
        return self.all_labels[: self.samples]

    @property
    def values(self) -> Float64s:
        """(n,) target numbers of the training rows; empty in classification."""
        return self.all_values[: self.samples]

    @property
    def X_validation(self) -> Floats:
        """(N − n, m) prepared validation inputs, contiguous."""
        return self.prepared[self.samples :]

    @property
    def labels_validation(self) -> Ints:
        """(N − n,) class numbers of the validation rows; empty in regression."""
        return self.all_labels[self.samples :]

    @property
    def values_validation(self) -> Float64s:
        """(N − n,) target numbers of the validation rows; empty in classification."""
        return self.all_values[self.samples :]

    @property
    def features(self) -> int:
        """p, the number of features."""
        return len(self.preparation.features)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The names of the p features."""
        return tuple(feature.name for feature in self.preparation.features)

    @property
    def terms(self) -> int:
        """m, the number of prepared terms."""
        return len(self.preparation.terms)

    @property
    def scaling(self) -> str:
        """Key of the scaling."""
        return self.preparation.scaling

    @property
    def degree(self) -> int:
        """Highest degree of the terms."""
        return self.preparation.degree

    @property
    def sine(self) -> bool:
        """Whether there are sine terms."""
        return bool(self.preparation.sine)

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the prepared inputs."""
        return self.prepared.dtype

    def inputs(self, feature: int) -> Float64s:
        """(N,) one feature in original units, training rows first."""
        preparation = self.preparation
        scaled: NDArray[np.float64] = self.prepared[:, feature].astype(np.float64)
        scaled *= preparation.scales[feature]
        scaled += preparation.centers[feature]
        return scaled
