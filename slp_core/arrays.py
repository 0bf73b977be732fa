"""Names for the arrays every module speaks of, and the one way to freeze them.

X (n, d) inputs, rows are samples; W (d, k) weights; b (k,) bias; V = X W + b (n, k) score;
Z = f(V) (n, k) output; Y (n, k) targets coded as the pair says.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""float64 everywhere, float32 accepted for large data; operations keep the dtype of X."""
Float64s = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


AnyArray = TypeVar("AnyArray", bound=NDArray[Any])


def frozen(array: AnyArray) -> AnyArray:
    """The same array, marked read-only, so that it may cross threads."""
    array.flags.writeable = False
    return array
