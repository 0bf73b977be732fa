"""The weights as a sheet of numbers, in scaled or in original units, each of which may be changed.

The network sees ``(x - c) / s`` where a feature is scaled. Weights in original units belong to the
unscaled x: ``w / s``, and the bias ``b - Σ c w / s``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

import numpy as np

from slp_core.arrays import frozen
from slp_core.data.dataset import Dataset
from slp_core.data.preprocessing import Preparation
from slp_core.network.parameters import Parameters

Units = Literal["scaled", "original"]
BIAS: Final = "bias"
"""What the row of biases is called, after the rows of the terms."""


def output_names(dataset: Dataset, outputs: int) -> tuple[str, ...]:
    """What each output speaks for: its class, the second of two classes, or the target."""
    if not dataset.classes:
        return (dataset.target,)
    return dataset.classes[1:2] if outputs == 1 else dataset.classes


def why_not_original(preparation: Preparation) -> str:
    """Why there are no weights in original units; empty where there are."""
    if preparation.is_linear:
        return ""
    if preparation.degree > 1:
        return (
            "Weights in original units do not exist for powers of scaled features: each would mix"
            " with those of all lower degrees."
        )
    return "Weights in original units do not exist beside sine terms: their phase would change."


def in_units(preparation: Preparation, parameters: Parameters, units: Units) -> Parameters:
    """The weights and biases in these units; the scaled ones where no others exist."""
    if units == "scaled" or not preparation.is_linear:
        return parameters
    with np.errstate(all="ignore"):  # a run that left the finite numbers is shown as it is
        original = preparation.in_original_units(parameters.W, parameters.b)
    return parameters if original is None else Parameters(*original)


def changed(
    preparation: Preparation,
    parameters: Parameters,
    place: tuple[int, int],
    value: float,
    units: Units = "scaled",
    *,
    bias: bool = True,
) -> Parameters:
    """The weights with one number of the sheet set to ``value``; read-only.

    In original units every other original number stays: moving a weight moves the scaled bias.

    Parameters
    ----------
    place
        Row and column of the sheet; the row after the last term is that of the biases.
    units
        What ``value`` is in.
    bias
        False: the network has no bias; the scaled bias stays as it is.
    """
    row, column = place
    new = parameters.copy()
    W, b = new.W, new.b
    terms = len(W)
    if units == "scaled" or not preparation.is_linear:
        target, index = (b, column) if row == terms else (W, (row, column))
        target[index] = value
        return _read_only(new)
    before = in_units(preparation, parameters, "original")
    if row == terms:
        b[column] += value - before.b[column]
    else:
        W[row, column] = value * preparation.scales[row]
        if bias:
            b[column] += preparation.centers[row] * (value - before.W[row, column])
    return _read_only(new)


def _read_only(parameters: Parameters) -> Parameters:
    return replace(parameters, W=frozen(parameters.W), b=frozen(parameters.b))
