"""What is checked: a typed formula or a Python callable, asked for its gradient at a point."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, cast

import numpy as np

from slp_core.arrays import Float64s
from slp_core.errors import ConfigError, FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.facts import Fact
from slp_core.insight.formula.ledger import Ledger, Sizes
from slp_core.insight.formula.limits import Cancelled, Watch
from slp_core.insight.formula.run import evaluate
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import Formula
from slp_core.insight.gradient.case import Case, Point, given_values
from slp_core.network.parameters import Parameters


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """A gradient as somebody computed it, in our convention: W (d, k) and b (k,).

    None where there is none or its shape is another; ``misfit`` then says which. ``turned`` is what
    W would be if it were transposed.
    """

    W: Float64s | None
    b: Float64s | None
    facts: tuple[Fact, ...] = ()
    misfit: str = ""
    turned: Float64s | None = None


class Subject(Protocol):
    """Anything that gives a gradient at a point."""

    cancelled: Cancelled | None

    def at(self, point: Point, *, penalties: bool = True) -> Typed | None:
        """The gradient; without penalties where it can be had (else None)."""
        ...


class FormulaSubject:
    """A formula, computed on the samples of a point."""

    def __init__(
        self, formula: Formula, convention: Convention, cancelled: Cancelled | None = None
    ) -> None:
        self.formula = formula
        self.convention: Convention = convention
        self.cancelled = cancelled
        self._ledgers: dict[Sizes, Ledger] = {}
        # One for all evaluations, to bound their sum.
        self._watch = Watch(cancelled=cancelled)

    def sizes(self, case: Case) -> Sizes:
        """The sizes a case has for the formula."""
        d, k = case.shape
        return Sizes(samples=len(case.X), features=d, outputs=k, convention=self.convention)

    def ledger(self, case: Case) -> Ledger:
        """The shapes of the formula on a case."""
        sizes = self.sizes(case)
        if sizes not in self._ledgers:
            self._ledgers[sizes] = ledger(self.formula, sizes)
        return self._ledgers[sizes]

    def at(self, point: Point, *, penalties: bool = True) -> Typed:
        """The gradient the formula gives; raises FormulaError where shapes do not meet."""
        case = point.case
        factors = (case.l1, case.l2) if penalties else (0.0, 0.0)
        given = given_values(point, self.convention, *factors)
        checked = self.ledger(case)
        found = evaluate(self.formula, given, self.sizes(case), watch=self._watch, checked=checked)
        values, formula = found.values, self.formula
        W = values[formula.weights] if formula.weights else None
        b = values[formula.bias] if formula.bias else None
        return fitted(W, b, case, self.convention, found.facts)


def fitted(
    W: Float64s | None,
    b: Float64s | None,
    case: Case,
    convention: Convention = "rows",
    facts: tuple[Fact, ...] = (),
) -> Typed:
    """Results brought into our convention; what has another shape is left out and said."""
    d, k = case.shape
    wanted = (d, k) if convention == "rows" else (k, d)
    short = tuple(size for size in wanted if size != 1)
    misfits: list[str] = []
    slopes = shifts = turned = None
    if W is not None and (W.shape == wanted or (W.ndim < 2 and W.shape == short)):
        slopes = W.reshape(wanted)
    elif W is not None:
        misfits.append(f"dW has the shape {W.shape}, W has {wanted}")
        if W.shape == wanted[::-1]:
            turned = W.T if convention == "rows" else W
    if b is not None and b.size == k == max(b.shape, default=1):
        shifts = b.reshape(k)
    elif b is not None:
        misfits.append(f"db has the shape {b.shape}, b has ({k},)")
    ours = slopes if slopes is None or convention == "rows" else slopes.T
    return Typed(ours, shifts, facts, "; ".join(misfits), turned)


class CallableSubject:
    """A Python function.

    Its parameters are filled by name: X, Y, W, b, V, Z, N, M, K, l1, l2 (in either case), and
    ``parameters`` gets both. Other names go by number: (parameters, X, Y) or (X, Y, W, b). It
    returns (dW, db), a mapping with these keys, Parameters, dW alone, or (value, Parameters) like
    Objective.value_and_gradient.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        convention: Convention,
        cancelled: Cancelled | None = None,
    ) -> None:
        self.cancelled = cancelled
        self._function = function
        self._convention: Convention = convention
        self._names = _parameter_names(function)

    def at(self, point: Point, *, penalties: bool = True) -> Typed | None:
        """The gradient the function gives."""
        case = point.case
        knows = bool({"l1", "l2"} & set(self._names))
        if not penalties and not knows and (case.l1 or case.l2):
            return None
        factors = (case.l1, case.l2) if penalties else (0.0, 0.0)
        values: dict[str, Any] = {
            name: value.copy()
            for name, value in given_values(point, self._convention, *factors).items()
        }
        for name in ("N", "M", "K"):
            values[name] = int(values[name])
        for name in ("l1", "l2"):
            values[name] = float(values[name])
        values["parameters"] = Parameters(point.W.copy(), point.b.copy())
        with np.errstate(all="ignore"):
            result = self._function(*(values[name] for name in self._names))
        W, b = _unpacked(result)
        return fitted(W, b, case, self._convention)


_KNOWN = ("X", "Y", "W", "b", "V", "Z", "N", "M", "K", "l1", "l2", "parameters")
_BY_NUMBER = {3: ("parameters", "X", "Y"), 4: ("X", "Y", "W", "b")}


def _parameter_names(function: Callable[..., Any]) -> tuple[str, ...]:
    """The given values to call the function with, in order."""
    kinds = inspect.Parameter
    needed = [
        parameter.name
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)
        and parameter.default is kinds.empty
    ]
    folded = {name.lower(): name for name in _KNOWN}
    if needed and all(name.lower() in folded for name in needed):
        return tuple(folded[name.lower()] for name in needed)
    if len(needed) in _BY_NUMBER:
        return _BY_NUMBER[len(needed)]
    raise ConfigError(
        "The function must take (X, Y, W, b), (parameters, X, Y) or parameters of these names: "
        + ", ".join(_KNOWN)
        + ".",
        field="formula",
        value=tuple(needed),
        hint="Write for example def gradient(X, Y, Z): return X.T @ (Z - Y) / len(X), ...",
    )


def _unpacked(result: Any) -> tuple[Float64s | None, Float64s | None]:
    """dW and db out of what a function returned."""
    if isinstance(result, (tuple, list)):
        items = cast("Sequence[Any]", result)
        if len(items) == 2 and isinstance(items[1], Parameters):
            return _unpacked(items[1])
        if len(items) == 2:
            return _array(items[0]), _array(items[1])
    if isinstance(result, Parameters):
        return _array(result.W), _array(result.b)
    if isinstance(result, Mapping):
        parts = cast("Mapping[str, Any]", result)
        return _array(parts.get("dW")), _array(parts.get("db"))
    if isinstance(result, np.ndarray):
        return _array(result), None
    raise ConfigError(
        "The function must return (dW, db), a mapping with these keys, or Parameters.",
        field="formula",
        value=type(cast("object", result)).__name__,
    )


def _array(value: Any) -> Float64s | None:
    if value is None:
        return None
    try:
        return np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise ConfigError(
            "The function must return arrays of numbers.",
            field="formula",
            value=type(value).__name__,
        ) from None


def result_error(formula: Formula) -> FormulaError | None:
    """The complaint about a formula that computes no gradient, or None."""
    if formula.weights or formula.bias:
        return None
    last = formula.lines[-1].span if formula.lines else None
    return FormulaError(
        "The result is missing: no line assigns dW.",
        line=last.line if last else 1,
        column=last.column if last else 1,
        hint="Name the gradients dW and db (or data_w, dL_dW, grad_W and the like).",
    )
