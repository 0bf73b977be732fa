"""Which plane of the features' space is on the screen: two features, or two mixtures of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from app.numbers import number_text, share_text
from app.plots.field import Window
from app.plots.user_text import inline
from slp_core.arrays import Float64s, Floats
from slp_core.data.dataset import Dataset
from slp_core.data.principal import PrincipalPlane, slice_on
from slp_core.data.slices import Slice, slice_through


@dataclass(frozen=True, slots=True)
class AxisTexts:
    """Of the axis to the right and the one upwards: its name, that before a value, a tooltip."""

    names: tuple[str, str]
    short: tuple[str, str]
    tips: tuple[str, str] = ("", "")


class Sheet(Protocol):
    """Where samples lie on a plane, and how scores depend on the place."""

    x: Float64s
    y: Float64s
    axes: AxisTexts
    middle: tuple[float, float]
    """Where the means of the training samples lie."""

    def through(self, held: Floats) -> Slice:
        """The scores on the plane with the other features at ``held`` (p,), original units."""
        ...

    def scaled(self, x: Window, y: Window) -> tuple[Window, Window]:
        """The view in the coordinates of the slice."""
        ...


class FeatureSheet:
    """Two features in their own units."""

    def __init__(self, dataset: Dataset, i: int, j: int) -> None:
        self._dataset, self._features = dataset, (i, j)
        self.x, self.y = dataset.inputs(i), dataset.inputs(j)
        names = dataset.feature_names[i], dataset.feature_names[j]
        self.axes = AxisTexts(names, names)
        self.middle = float(dataset.means[i]), float(dataset.means[j])

    def through(self, held: Floats) -> Slice:
        """The slice at which the other features are held."""
        return slice_through(self._dataset.preparation, *self._features, held)

    def scaled(self, x: Window, y: Window) -> tuple[Window, Window]:
        """In scaled units."""
        first, second = (self._dataset.preparation.features[n] for n in self._features)
        return x.scaled(first.center, first.scale), y.scaled(second.center, second.scale)


class PrincipalSheet:
    """The two first principal components of the scaled features."""

    def __init__(self, dataset: Dataset, plane: PrincipalPlane) -> None:
        self._dataset, self.plane = dataset, plane
        places = plane.project(dataset.prepared[:, : dataset.features])
        self.x, self.y = (np.ascontiguousarray(column) for column in places.T)
        first, second = (share_text(share) for share in plane.shares)
        self.axes = AxisTexts(
            (f"component 1 ({first})", f"component 2 ({second})"),
            ("component 1", "component 2"),
            (self._tip(0), self._tip(1)),
        )
        self.middle = 0.0, 0.0

    def through(self, held: Floats) -> Slice:
        """The plane through a row (p,); through the mean where that is held."""
        preparation = self._dataset.preparation
        if held is self._dataset.means:
            return slice_on(preparation, self.plane)
        scaled = (np.asarray(held, np.float64) - preparation.centers) / preparation.scales
        return slice_on(preparation, self.plane, scaled)

    def scaled(self, x: Window, y: Window) -> tuple[Window, Window]:
        """Coordinates of the plane are those of the slice."""
        return x, y

    def _tip(self, axis: int) -> str:
        names = self._dataset.feature_names
        found = self.plane.loadings(axis)
        made = ", ".join(f"{inline(names[n])} {number_text(weight, 2)}" for n, weight in found)
        more = len(names) - len(found)
        rest = f" and {more} smaller" if more > 0 else ""
        share = share_text(self.plane.shares[axis])
        return f"{share} of the variance of the scaled features. Largest loadings: {made}{rest}."
