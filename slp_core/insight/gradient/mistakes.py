"""The mistakes people make in the gradient of one layer: closed rows.

Each row knows which changes of the right recipe it stands for, and for which pairs it makes sense.
A gradient that equals such a recipe on the user's own data is named by it; that beats any
tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from slp_core.arrays import Float64s
from slp_core.insight.gradient import changes
from slp_core.insight.gradient.case import Case, Point
from slp_core.insight.gradient.changes import Change
from slp_core.insight.gradient.recipe import TRUTH, Kitchen, Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One mistake.

    Attributes
    ----------
    title, sentence
        A few words, and what is wrong in a sentence.
    formula
        The right way, in the formula language (samples as rows).
    changes
        Every form the mistake takes in a case; none where it makes no sense.
    """

    id: str
    title: str
    sentence: str
    formula: str
    changes: Callable[[Case], tuple[Change, ...]]

    def gradients(self, point: Point) -> list[tuple[Float64s, Float64s]]:
        """The wrong gradients (dW, db) this mistake gives at a point of the user's data."""
        kitchen = Kitchen(point)
        return [kitchen.gradient(replace(TRUTH, **change)) for change in self.changes(point.case)]


_ROWS = (
    Mistake(
        id="forgot_mean",
        title="1/N forgotten",
        sentence="You sum over the samples where the loss takes their mean: divide by N.",
        formula="dW = X.T @ E / N",
        changes=changes.scaled(mean="forgotten"),
    ),
    Mistake(
        id="sign_flipped",
        title="Sign flipped",
        sentence="You climb: this gradient points the other way, change its sign.",
        formula="E = Z - Y, not Y - Z",
        changes=changes.scaled(sign=-1.0),
    ),
    Mistake(
        id="factor_two",
        title="A factor of 2",
        sentence="Your gradient is twice or half the right one: the factor of the loss, 1/2 or"
        " none, decides whether a 2 stays.",
        formula="1/2 (z - y)² has the slope z - y, (z - y)² has 2 (z - y)",
        changes=changes.factor_two,
    ),
    Mistake(
        id="slope_forgotten",
        title="Slope of the activation forgotten",
        sentence="Your gradient equals the true one divided by f'(v) for each sample: multiply by"
        " the slope of the activation.",
        formula="E = dL/dZ * f'(V)",
        changes=changes.slope_forgotten,
    ),
    Mistake(
        id="summed_too_early",
        title="Summed over the samples too early",
        sentence="You sum over the samples before everything that belongs to a sample is"
        " multiplied in: the sum comes last.",
        formula="dW = X.T @ (dL/dZ * f'(V)) / N",
        changes=changes.summed_early,
    ),
    Mistake(
        id="second_term_sign",
        title="Wrong sign in the (1 - y) term",
        sentence="The (1 - y) term has the wrong sign: d/da ln(1 - a) = -1/(1 - a).",
        formula="dL/dZ = -Y / Z + (1 - Y) / (1 - Z)",
        changes=changes.signal_changed("sign"),
    ),
    Mistake(
        id="second_term_extra_one",
        title="An extra 1 - in the (1 - y) term",
        sentence="The (1 - y) term has an extra 1: d/da ln(1 - a) = 1/(a - 1), nothing more.",
        formula="dL/dZ = -(Y / Z + (1 - Y) / (Z - 1))",
        changes=changes.signal_changed(
            "extra_one", "extra_one_more", "added_one", "added_one_more"
        ),
    ),
    Mistake(
        id="second_term_missing",
        title="(1 - y) term missing",
        sentence="The (1 - y) ln(1 - a) term is missing: your loss ignores the points with y = 0.",
        formula="dL/dZ = -Y / Z + (1 - Y) / (1 - Z)",
        changes=changes.signal_changed("missing"),
    ),
    Mistake(
        id="softmax_diagonal",
        title="Jacobian of softmax taken as diagonal",
        sentence="You use only z (1 - z) of the slope of softmax, but each output depends on every"
        " score.",
        formula="E = Z * (G - sum(Z * G, axis=1, keepdims=True)) with G = dL/dZ",
        changes=changes.softmax_diagonal,
    ),
    Mistake(
        id="softmax_axis",
        title="Softmax over the wrong axis",
        sentence="Your softmax goes over the samples: the probabilities of each sample must add up"
        " to 1.",
        formula="Z = softmax(V), or sum(exp(V), axis=1, keepdims=True) below the line",
        changes=changes.softmax_axis,
    ),
    Mistake(
        id="classes_permuted",
        title="Classes in another order",
        sentence="Labels and columns are in different order: the gradient is right for classes"
        " that change places.",
        formula="column k of Y belongs to column k of W",
        changes=changes.classes_permuted,
    ),
    Mistake(
        id="transposed",
        title="A transpose is missing",
        sentence="Rows and columns are exchanged: a transpose is missing or one too many.",
        formula="dW = X.T @ E / N",
        changes=changes.transposed,
    ),
    Mistake(
        id="bias_forgotten",
        title="Bias forgotten",
        sentence="There is no gradient for the bias: b would never move.",
        formula="db = mean(E, axis=0)",
        changes=changes.bias_forgotten,
    ),
    Mistake(
        id="penalty_forgotten",
        title="Penalty forgotten",
        sentence="The objective has a penalty, and your gradient does not know it.",
        formula="dW = X.T @ E / N + l2 * W + l1 * sign(W)",
        changes=changes.penalty_forgotten,
    ),
    Mistake(
        id="penalty_on_bias",
        title="Penalty on the bias",
        sentence="You penalise b, but the penalty touches W only.",
        formula="db = mean(E, axis=0)",
        changes=changes.bias_penalised,
    ),
    Mistake(
        id="penalty_factor",
        title="Penalty with another factor",
        sentence="The penalty is l2/2 times the squares, and its slope l2 W: yours is twice or half"
        " of that, or of the other sign.",
        formula="dW = X.T @ E / N + l2 * W",
        changes=changes.penalty_changed("double", "half", "negative"),
    ),
    Mistake(
        id="penalty_averaged",
        title="Penalty divided by N",
        sentence="You divide the penalty by N as well; only the loss is a mean over the samples.",
        formula="dW = X.T @ E / N + l2 * W",
        changes=changes.penalty_changed("averaged"),
    ),
    Mistake(
        id="slope_twice",
        title="Slope of the activation taken twice",
        sentence="The slope of the activation is multiplied in once too often: the error signal"
        " holds it already.",
        formula="E = dL/dZ * f'(V), once; with cross-entropy E = Z - Y",
        changes=changes.slope_twice,
    ),
    Mistake(
        id="slope_at_output",
        title="Slope taken at the output",
        sentence="You take the slope of the activation at the output Z; it belongs to the score V.",
        formula="dsigmoid(V), which is Z * (1 - Z)",
        changes=changes.slope_at_output,
    ),
    Mistake(
        id="mean_twice",
        title="Divided by N twice",
        sentence="You take the mean over the samples and divide by N once more.",
        formula="db = mean(E, axis=0), or sum(E, axis=0) / N",
        changes=changes.scaled(mean="twice"),
    ),
    Mistake(
        id="mean_over_outputs",
        title="Divided by the number of outputs",
        sentence="You take the mean over the outputs too; the loss is their sum.",
        formula="dW = X.T @ E / N",
        changes=changes.mean_over_outputs,
    ),
)

MISTAKES: Mapping[str, Mistake] = MappingProxyType({row.id: row for row in _ROWS})
"""Every mistake by its id, the most frequent first."""


def _single(case: Case, orders: Sequence[Change]) -> list[tuple[str, Change]]:
    """Every mistake of a case; ``orders`` of the classes have been guessed from the gradient."""
    found = [(row.id, change) for row in _ROWS for change in row.changes(case)]
    usual = [change for _, change in found]
    return found + [("classes_permuted", change) for change in orders if change not in usual]


def recipes(case: Case, orders: Sequence[Change] = ()) -> list[tuple[str, Recipe]]:
    """Every single mistake of a case: id and recipe."""
    return [(name, replace(TRUTH, **change)) for name, change in _single(case, orders)]


def pairs(case: Case, orders: Sequence[Change] = ()) -> list[tuple[tuple[str, str], Recipe]]:
    """Any two mistakes that change different fields; of the orders of classes only the guessed
    ones where there are many."""
    many = case.shape[1] > 2
    single = [
        (name, change)
        for name, change in _single(case, orders)
        if not many or name != "classes_permuted" or change in orders
    ]
    found: list[tuple[tuple[str, str], Recipe]] = []
    for place, (first, change) in enumerate(single):
        for second, other in single[place + 1 :]:
            clash = (change.keys() & other.keys()) - {"whole"}
            if first != second and not clash:
                found.append(((first, second), replace(TRUTH, **{**change, **other})))
    return found
