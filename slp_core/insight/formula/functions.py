"""The functions a formula may call: closed rows for parser, ledger, evaluation and menus.

Every array is float64 with at most two axes; a comparison gives 1 and 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from slp_core.arrays import Float64s
from slp_core.network import curves
from slp_core.network.activations import ACTIVATIONS, Activation

Kind = Literal["element", "reduce", "softmax", "make", "like", "product", "transpose"]
"""How the shape of the result follows: element by element (with broadcasting), along an axis,
from sizes, from another array, or as a product."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function.

    ``least`` and ``most`` count the arrays (or sizes) it takes; ``apply`` takes them, and for the
    kinds reduce and softmax the axis and, reduce only, keepdims.
    """

    key: str
    signature: str
    summary: str
    kind: Kind
    least: int = 1
    most: int = 1
    apply: Callable[..., Float64s]
    work: float = 1.0

    @property
    def keywords(self) -> tuple[str, ...]:
        """The keywords it knows."""
        if self.kind == "reduce":
            return ("axis", "keepdims")
        return ("axis",) if self.kind == "softmax" else ()


def _numbers(values: object) -> Float64s:
    return np.asarray(values, dtype=np.float64)


def _element(
    key: str, signature: str, summary: str, apply: Callable[..., object], count: int = 1
) -> Function:
    return Function(
        key=key,
        signature=signature,
        summary=summary,
        kind="element",
        least=count,
        most=count,
        apply=lambda *arrays: _numbers(apply(*arrays)),
        work=10.0,
    )


def _choose(condition: Float64s, yes: Float64s, no: Float64s) -> Float64s:
    return np.where(condition != 0.0, yes, no)


def _clip(values: Float64s, low: Float64s, high: Float64s) -> Float64s:
    return np.minimum(np.maximum(values, low), high)


_ELEMENTS = (
    _element("exp", "exp(A)", "e to the power of each element.", np.exp),
    _element("log", "log(A)", "Natural logarithm.", np.log),
    _element("log1p", "log1p(A)", "log(1 + A), exact for small A.", np.log1p),
    _element("expm1", "expm1(A)", "exp(A) - 1, exact for small A.", np.expm1),
    _element("sqrt", "sqrt(A)", "Square root.", np.sqrt),
    _element("square", "square(A)", "A ** 2.", np.square),
    _element("abs", "abs(A)", "Size without sign.", np.abs),
    _element("sign", "sign(A)", "-1, 0 or 1.", np.sign),
    _element("maximum", "maximum(A, B)", "The larger of two, element by element.", np.maximum, 2),
    _element("minimum", "minimum(A, B)", "The smaller of two, element by element.", np.minimum, 2),
    _element("where", "where(A > 0, B, C)", "B where the condition holds, else C.", _choose, 3),
    _element("clip", "clip(A, low, high)", "A held between two bounds.", _clip, 3),
)


def _reduction(
    key: str, summary: str, apply: Callable[..., object], signature: str | None = None
) -> Function:
    def along(A: Float64s, axis: int | None, keepdims: bool) -> Float64s:
        return _numbers(apply(A, axis=axis, keepdims=keepdims))

    return Function(
        key=key,
        signature=signature or f"{key}(A, axis=0, keepdims=True)",
        summary=summary,
        kind="reduce",
        apply=along,
    )


_REDUCTIONS = (
    _reduction("sum", "Sum of all elements, or along an axis.", np.sum),
    _reduction("mean", "Mean of all elements, or along an axis.", np.mean),
    _reduction("max", "Largest element, or along an axis.", np.max),
    _reduction("min", "Smallest element, or along an axis.", np.min),
)


def _softmax(A: Float64s, axis: int) -> Float64s:
    raised = np.exp(A - np.max(A, axis=axis, keepdims=True))
    return raised / np.sum(raised, axis=axis, keepdims=True)


def _softmax_slope(A: Float64s, axis: int) -> Float64s:
    Z = _softmax(A, axis)
    return Z * (1.0 - Z)


_SOFTMAXES = (
    Function(
        key="softmax",
        signature="softmax(V)",
        summary="Probabilities of the classes of each sample; axis chooses other groups.",
        kind="softmax",
        apply=_softmax,
        work=25.0,
    ),
    Function(
        key="dsoftmax",
        signature="dsoftmax(V)",
        summary="z (1 - z) of softmax: only the diagonal of its Jacobian.",
        kind="softmax",
        apply=_softmax_slope,
        work=25.0,
    ),
)


def _made(key: str, summary: str, apply: Callable[..., Float64s]) -> Function:
    return Function(
        key=key,
        signature=f"{key}(N, K)",
        summary=summary,
        kind="make",
        most=2,
        apply=lambda *sizes: apply(sizes),
    )


def _like(key: str, summary: str, apply: Callable[..., Float64s]) -> Function:
    return Function(key=key, signature=f"{key}(A)", summary=summary, kind="like", apply=apply)


def _two(apply: Callable[..., object]) -> Callable[..., Float64s]:
    def product(A: Float64s, B: Float64s) -> Float64s:
        return _numbers(apply(A, B))

    return product


def _unit(size: int) -> Float64s:
    return np.eye(size)


def _density(V: Float64s) -> Float64s:
    return _numbers(curves.probit_slope(V, V))


def _product(key: str, signature: str, summary: str, apply: Callable[..., Float64s]) -> Function:
    return Function(
        key=key,
        signature=signature,
        summary=summary,
        kind="product",
        least=2,
        most=2,
        apply=_two(apply),
    )


_OTHERS = (
    _made("ones", "An array of ones.", np.ones),
    _made("zeros", "An array of zeros.", np.zeros),
    Function(
        key="eye",
        signature="eye(K)",
        summary="The unit matrix.",
        kind="make",
        apply=_unit,
    ),
    _like("ones_like", "Ones in the shape of A.", np.ones_like),
    _like("zeros_like", "Zeros in the shape of A.", np.zeros_like),
    _product("dot", "dot(A, B)", "The matrix product A @ B.", np.dot),
    _product("matmul", "matmul(A, B)", "The matrix product A @ B.", np.matmul),
    _product("outer", "outer(a, b)", "Every element of a times every element of b.", np.outer),
    Function(
        key="transpose",
        signature="transpose(A)",
        summary="Rows and columns exchanged: A.T.",
        kind="transpose",
        apply=np.transpose,
    ),
)


def _activation(row: Activation) -> tuple[Function, Function]:
    """f(V) and f'(V) of an elementwise activation; both take the score."""

    def value(V: Float64s) -> Float64s:
        return _numbers(row.value(np.atleast_1d(V))).reshape(V.shape)

    def slope(V: Float64s) -> Float64s:
        scores = np.atleast_1d(V)
        return _numbers(row.slope(scores, row.value(scores))).reshape(V.shape)

    name = row.label
    return (
        _element(row.key, f"{row.key}(V)", f"{name}: {row.formula}.", value),
        _element(f"d{row.key}", f"d{row.key}(V)", f"Slope of {name} at the score V.", slope),
    )


_ACTIVATIONS = tuple(
    function for row in ACTIVATIONS.values() if row.elementwise for function in _activation(row)
)
_NORMAL = (
    _element("Phi", "Phi(V)", "The normal distribution function, probit.", curves.probit),
    _element("phi", "phi(V)", "The normal density.", _density),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        row.key: row
        for row in (*_REDUCTIONS, *_ELEMENTS, *_SOFTMAXES, *_ACTIVATIONS, *_NORMAL, *_OTHERS)
    }
)
"""Every function by its name, in the order of menus."""

GIVEN: Mapping[str, str] = MappingProxyType(
    {
        "X": "inputs, samples by features",
        "Y": "targets, samples by outputs",
        "W": "weights, features by outputs",
        "b": "bias, one per output",
        "V": "scores X @ W + b",
        "Z": "outputs f(V)",
        "N": "number of samples",
        "M": "number of features",
        "K": "number of outputs",
        "l1": "factor of the penalty on |W|",
        "l2": "factor of the penalty on W² / 2",
    }
)
"""Every name a formula finds already there."""
