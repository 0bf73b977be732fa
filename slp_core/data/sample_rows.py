"""The built-in sets as rows: what each is, what it teaches, how it is made or where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from slp_core.data import generators
from slp_core.data.generators import Cloud, Trend

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One built-in set.

    A generated set has a ``cloud`` (points of given classes) or a ``trend`` (a number for each
    point); a measured one is a file and has neither, nor points, noise or balance to choose.

    Attributes
    ----------
    summary
        One sentence on what the set teaches.
    target
        Name of the column to learn.
    points, features, classes
        Its size: of a generated set the usual number of points; ``features`` counts columns
        besides the target, ``classes`` is 0 for a numeric target.
    noise
        The usual standard deviation of what is added to the points.
    balance
        The usual share of the first class, the others share the rest evenly; None where there is
        none to choose.
    settings
        Fields of `TrainingConfig` that show best what the set teaches; mostly none.
    """

    key: str
    label: str
    summary: str
    source: str = "generated from a seed"
    licence: str = "free of rights"
    target: str = "class"
    points: int = 200
    features: int = 2
    classes: int = 2
    noise: float = 0.0
    balance: float | None = None
    cloud: Cloud | None = None
    trend: Trend | None = None
    settings: Mapping[str, object] = field(default_factory=lambda: _NOTHING)

    @property
    def generated(self) -> bool:
        """Whether points, noise and seed can be chosen."""
        return self.cloud is not None or self.trend is not None


_UCI = "UCI Machine Learning Repository"
_SATURATED: Mapping[str, object] = MappingProxyType(
    {
        "activation": "sigmoid",
        "loss": "quadratic",
        "optimizer": "gd",
        "learning_rate": 0.5,
        "initializer": "saturated",
    }
)

_CLOUDS = (
    Sample(
        key="two_gaussians",
        label="Two Gaussians",
        summary="Two overlapping clouds: a line gets about nine points in ten right.",
        noise=1.0,
        balance=0.5,
        cloud=generators.two_gaussians,
    ),
    Sample(
        key="overlapping",
        label="Overlapping clouds",
        summary="Clouds half inside each other: no model gets far over 3 in 4 right.",
        noise=1.0,
        balance=0.5,
        cloud=generators.overlapping,
    ),
    Sample(
        key="separable",
        label="Separable",
        summary="An empty margin between two clouds: the perceptron finds an end.",
        noise=0.7,
        balance=0.5,
        cloud=generators.separable,
    ),
    Sample(
        key="imbalanced",
        label="Imbalanced",
        summary="Nine in ten are A: always saying A is 90 % right and useless.",
        points=300,
        noise=1.0,
        balance=0.9,
        cloud=generators.two_gaussians,
    ),
    Sample(
        key="saturated_start",
        label="Saturated start",
        summary="From a wrong start the quadratic loss stands still, cross-entropy learns.",
        noise=1.0,
        balance=0.5,
        cloud=generators.two_gaussians,
        settings=_SATURATED,
    ),
    Sample(
        key="xor",
        label="XOR",
        summary="Opposite corners share a class: no line separates them, degree 2 does.",
        noise=0.1,
        balance=0.5,
        cloud=generators.xor,
    ),
    Sample(
        key="circles",
        label="Circles",
        summary="A ring around a disc: no line separates them, degree 2 does.",
        noise=0.1,
        balance=0.5,
        cloud=generators.circles,
    ),
    Sample(
        key="moons",
        label="Moons",
        summary="Two interlocking half circles: a line is nearly right, degree 3 is better.",
        noise=0.15,
        balance=0.5,
        cloud=generators.moons,
    ),
    Sample(
        key="spiral",
        label="Spiral",
        summary="Two arms wound together: a line is lost, degree 5 with L-BFGS is not.",
        points=300,
        noise=0.03,
        balance=0.5,
        cloud=generators.spiral,
    ),
    Sample(
        key="three_blobs",
        label="Three blobs",
        summary="Three clouds around a circle, for a layer with three outputs.",
        points=240,
        classes=3,
        noise=0.7,
        balance=1 / 3,
        cloud=generators.three_blobs,
    ),
    Sample(
        key="four_blobs",
        label="Four blobs",
        summary="Four clouds around a circle: each output draws its own line.",
        points=240,
        classes=4,
        noise=0.6,
        balance=1 / 4,
        cloud=generators.four_blobs,
    ),
    Sample(
        key="five_blobs",
        label="Five blobs",
        summary="Five clouds around a circle: neighbours dispute their border.",
        points=250,
        classes=5,
        noise=0.5,
        balance=1 / 5,
        cloud=generators.five_blobs,
    ),
)
_TRENDS = (
    Sample(
        key="noisy_line",
        label="Noisy line",
        summary="y = 2x + 1 with noise, for a regression with one feature.",
        target="y",
        points=100,
        features=1,
        classes=0,
        noise=0.5,
        trend=generators.noisy_line,
    ),
    Sample(
        key="noisy_plane",
        label="Noisy plane",
        summary="y = 2 x1 − x2 + 1 with noise, for a regression with two features.",
        target="y",
        points=200,
        classes=0,
        noise=0.5,
        trend=generators.noisy_plane,
    ),
)
_MEASURED = (
    Sample(
        key="iris",
        label="Iris",
        summary="Four lengths of three species of flowers; one stands apart.",
        source=f"R. A. Fisher (1936), {_UCI}",
        licence="CC BY 4.0",
        target="species",
        points=150,
        features=4,
        classes=3,
    ),
    Sample(
        key="penguins",
        label="Penguins",
        summary="Field notes: words beside numbers, and cells that were never filled.",
        source="K. B. Gorman, Palmer Station LTER (2014), palmerpenguins by A. M. Horst",
        licence="CC0 1.0",
        target="species",
        points=344,
        features=6,
        classes=3,
    ),
    Sample(
        key="wine",
        label="Wine",
        summary="Columns from 0.1 to 1700: unscaled, one drowns the others.",
        source=f"S. Aeberhard, M. Forina (1992), {_UCI}",
        licence="CC BY 4.0",
        target="cultivar",
        points=178,
        features=13,
        classes=3,
    ),
    Sample(
        key="breast_cancer",
        label="Breast cancer",
        summary="Even 98 % right may miss a tumour: read the confusion matrix.",
        source=f"W. Wolberg, O. Mangasarian, N. Street, W. Street (1995), {_UCI}",
        licence="CC BY 4.0",
        target="diagnosis",
        points=569,
        features=30,
        classes=2,
    ),
    Sample(
        key="digits",
        label="Digits 8 × 8",
        summary="64 pixels a digit: each output learns one picture of weights.",
        source=f"E. Alpaydin, C. Kaynak (1998), {_UCI}",
        licence="CC BY 4.0",
        target="digit",
        points=1797,
        features=64,
        classes=10,
    ),
    Sample(
        key="cars",
        label="Cars",
        summary="The heavier a car, the thirstier, but not along a straight line.",
        source=f"R. Quinlan (1993), {_UCI}",
        licence="CC BY 4.0",
        target="economy (mpg)",
        points=392,
        features=7,
        classes=0,
    ),
)

SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {row.key: row for row in (*_CLOUDS, *_TRENDS, *_MEASURED)}
)
"""Every built-in set by its key: generated ones first, then measured ones."""
