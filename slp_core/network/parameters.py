"""The numbers a network learns: weights W (d, k) and bias b (k,)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from slp_core.arrays import Floats, frozen
from slp_core.errors import ConfigError

_FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """Weights W of shape (d, k) and bias b of shape (k,), for d inputs and k outputs.

    Lists are taken too; whole numbers become float64, float32 stays float32. Arrays are kept, not
    copied: `copy` and `frozen` copy.

    Raises
    ------
    ConfigError
        When the shapes do not belong together.
    """

    W: Floats
    b: Floats

    def __post_init__(self) -> None:
        W, b = _floats(self.W), _floats(self.b)
        if W.ndim != 2 or b.shape != (W.shape[1],):
            raise ConfigError(
                "W must have the shape (inputs, outputs) and b (outputs,);"
                f" got W {W.shape} and b {b.shape}.",
                field="start",
                value=(W.shape, b.shape),
            )
        object.__setattr__(self, "W", W)
        object.__setattr__(self, "b", b)

    @classmethod
    def zeros(cls, d: int, k: int, dtype: np.dtype[np.floating] | type = np.float64) -> Parameters:
        """All zeros, W and b being views of one flat array (see `from_flat`)."""
        return cls.from_flat(np.zeros(d * k + k, dtype), d, k)

    @classmethod
    def from_flat(cls, flat: Floats, d: int, k: int) -> Parameters:
        """Views of a flat array of d*k + k numbers, W row by row, then b: one memory for both."""
        if flat.shape != (d * k + k,):
            raise ConfigError(
                f"{d} inputs and {k} outputs need {d * k + k} numbers in a row;"
                f" got an array of the shape {flat.shape}.",
                field="start",
                value=flat.shape,
            )
        return cls(flat[: d * k].reshape(d, k), flat[d * k :])

    def flat(self) -> Floats:
        """A new array of d*k + k numbers: W row by row, then b."""
        return np.concatenate((self.W.ravel(), self.b))

    def copy(self) -> Parameters:
        """Independent, writeable copies, W and b being views of one flat array."""
        d, k = self.W.shape
        return Parameters.from_flat(self.flat(), d, k)

    def frozen(self) -> Parameters:
        """Read-only copies, which may cross threads."""
        return Parameters(frozen(self.W.copy()), frozen(self.b.copy()))

    @property
    def is_finite(self) -> bool:
        """Whether every number is finite."""
        return bool(np.isfinite(self.W).all() and np.isfinite(self.b).all())


def _floats(values: object) -> Floats:
    """As a floating-point array; arrays of float32 or float64 are returned unchanged."""
    array = np.asarray(values)
    if array.dtype in _FLOATS:
        return array
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError):
        raise ConfigError("W and b must be numbers.", field="start") from None
