"""A typed gradient as something that trains: (dW, db) of a batch, quickly, NaN allowed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from slp_core.arrays import Float64s, Floats
from slp_core.errors import FormulaError
from slp_core.insight.formula.axes import Convention
from slp_core.insight.formula.facts import Fact
from slp_core.insight.formula.ledger import Ledger, Sizes
from slp_core.insight.formula.limits import Cancelled, Watch
from slp_core.insight.formula.run import evaluate
from slp_core.insight.formula.shapes import ledger
from slp_core.insight.formula.source import Formula, read_formula
from slp_core.insight.gradient.subject import result_error
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.parameters import Parameters

_SCORES: Final = frozenset({"V", "Z"})


class GradientFunction:
    """The gradient that a formula computes, for training with it.

    Parameters
    ----------
    formula
        Text or a formula that has been read; its results are dW and, if b is to be learnt, db.
    activation
        Key of the activation, for the Z that the formula finds.
    l1, l2
        The factors that the formula finds under these names.
    convention
        Where the formula has its samples; parameters, X and Y here always have them in rows.

    Raises
    ------
    FormulaError
        The formula cannot be read or computes no gradient.
    """

    def __init__(
        self,
        formula: str | Formula,
        *,
        activation: str,
        l1: float = 0.0,
        l2: float = 0.0,
        convention: Convention = "rows",
    ) -> None:
        self._formula = read_formula(formula) if isinstance(formula, str) else formula
        error = result_error(self._formula)
        if error is not None:
            raise error
        self._activation = ACTIVATIONS[activation]
        self._factors = {"l1": np.asarray(l1, np.float64), "l2": np.asarray(l2, np.float64)}
        self._convention: Convention = convention
        self._needs_scores = bool(self._formula.used & _SCORES)
        self._ledgers: dict[Sizes, Ledger] = {}

    @property
    def formula(self) -> Formula:
        """What is computed."""
        return self._formula

    @property
    def has_bias(self) -> bool:
        """Whether the formula gives db; without it b stays where it is."""
        return self._formula.bias is not None

    def __call__(self, parameters: Parameters, X: Floats, Y: Floats) -> Parameters:
        """The gradient of a batch in float64; what is not finite is passed on.

        Raises
        ------
        FormulaError
            Shapes do not meet for a batch of this size, or a result has another shape.
        """
        gradient = Parameters.zeros(*parameters.W.shape)
        self.gradient_into(parameters, X, Y, gradient)
        return gradient

    def gradient_into(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        gradient: Parameters,
        cancelled: Cancelled | None = None,
    ) -> None:
        """As the call, into arrays that are there; Objective.gradient_into has the same order."""
        W, b = self._evaluated(parameters, X, Y, facts=False, cancelled=cancelled)[0]
        np.copyto(gradient.W, W, casting="same_kind")
        np.copyto(gradient.b, b, casting="same_kind")

    def facts(self, parameters: Parameters, X: Floats, Y: Floats) -> tuple[Fact, ...]:
        """Where the numbers leave the finite range at these parameters, for an explanation."""
        return self._evaluated(parameters, X, Y, facts=True, cancelled=None)[1]

    def _evaluated(
        self,
        parameters: Parameters,
        X: Floats,
        Y: Floats,
        *,
        facts: bool,
        cancelled: Cancelled | None,
    ) -> tuple[tuple[Float64s, Float64s], tuple[Fact, ...]]:
        sizes = Sizes(
            samples=len(X),
            features=parameters.W.shape[0],
            outputs=parameters.W.shape[1],
            convention=self._convention,
        )
        checked = self._checked(sizes)
        given = self._given(parameters, X, Y)
        watch = Watch(cancelled=cancelled)
        found = evaluate(self._formula, given, sizes, watch=watch, checked=checked, facts=facts)
        return self._results(found.values, sizes), found.facts

    def _checked(self, sizes: Sizes) -> Ledger:
        """The ledger of a batch of this size, which is the same for every batch of the size."""
        found = self._ledgers.get(sizes)
        if found is None:
            found = ledger(self._formula, sizes)
            if found.faults:
                raise found.faults[0]
            self._ledgers[sizes] = found
        return found

    def _given(self, parameters: Parameters, X: Floats, Y: Floats) -> dict[str, Float64s]:
        W, b = parameters.W, parameters.b
        turned = self._convention == "columns"
        numbers = {"N": len(X), "M": W.shape[0], "K": W.shape[1]}
        given: dict[str, Any] = {name: np.float64(value) for name, value in numbers.items()}
        given |= self._factors
        matrices: dict[str, Floats] = {"X": X, "Y": Y, "W": W}
        if self._needs_scores:
            with np.errstate(all="ignore"):
                matrices["V"] = X @ W + b
                matrices["Z"] = self._activation.value(matrices["V"])
        for name, values in matrices.items():
            double = values.astype(np.float64, copy=False)
            given[name] = double.T if turned else double
        given["b"] = b.astype(np.float64, copy=False)
        if turned:
            given["b"] = given["b"][:, None]
        return given

    def _results(self, values: Any, sizes: Sizes) -> tuple[Float64s, Float64s]:
        formula = self._formula
        shape = (sizes.features, sizes.outputs)
        slopes = np.zeros(shape)
        if formula.weights is not None:
            slopes = self._fitted(values[formula.weights], sizes.weights, formula.weights)
            slopes = slopes.T if self._convention == "columns" else slopes
        shifts = np.zeros(sizes.outputs)
        if formula.bias is not None:
            shifts = self._fitted(values[formula.bias], (sizes.outputs,), formula.bias)
        return slopes, shifts

    def _fitted(self, found: Float64s, wanted: tuple[int, ...], name: str) -> Float64s:
        """A result in the shape wanted; axes of size 1 are forgiven where they cannot mislead."""
        short = tuple(size for size in wanted if size != 1)
        alike = tuple(size for size in found.shape if size != 1) == short
        if found.shape == wanted or (alike and (len(wanted) == 1 or found.ndim < 2)):
            return found.reshape(wanted)
        line = next(line for line in reversed(self._formula.lines) if line.name == name)
        raise FormulaError(
            f"{name} has the shape {found.shape}, and {wanted} is needed.",
            line=line.span.line,
            column=line.span.column,
            code="formula.shape",
        )
