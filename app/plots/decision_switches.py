"""The layers of the decision view: what their switches say."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.plots.toggles import Toggle
from app.plots.weight_arrow import MOST_ARROWS

TOGGLES: Final = (
    Toggle(
        "contours",
        "Contours",
        "Lines of equal output: probabilities 0.1 to 0.9, margins at scores −1 and 1, or values.",
    ),
    Toggle(
        "weights",
        "Weights",
        "The weight vector with its length; with several classes, that of each.",
    ),
    Toggle(
        "ghosts",
        "Ghosts",
        "Up to eight earlier boundaries, near 0, 1, 3, 10, 30 ... updates; older ones are fainter.",
    ),
    Toggle(
        "best",
        "Best",
        "The boundary of the best weights so far, where they are not those of now.",
    ),
    Toggle(
        "residuals",
        "Residuals",
        "From each sample to the prediction; of more than 500 samples some are drawn.",
    ),
    Toggle(
        "spikes",
        "Residuals",
        "At each sample a spike as high as it is missed: up where the true number is above the"
        " prediction. Of more than 200 samples some have one.",
    ),
)
WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contours": "Now: the outputs of several classes have no lines in common. Show one class"
        " against the rest.",
        "weights": "Now: there are none without classes or with powers of features; of more than"
        f" {MOST_ARROWS} classes, show one against the rest.",
        "ghosts": "Now: a field of numbers has no boundary.",
        "best": "Now: a field of numbers has no boundary.",
        "residuals": "Now: there are none with classes, or where other features are held.",
        "spikes": "",
    }
)
"""Why a layer means nothing where it is greyed."""
