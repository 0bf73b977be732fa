"""Small changes of a typed formula, one for each way a mistake is usually made.

Every change keeps the rest of the text as it was typed. Nothing here judges whether a change is
right: `fixes` computes each one and keeps those that are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from slp_core.insight.formula.source import Formula
from slp_core.insight.formula.tree import (
    Binary,
    Call,
    Name,
    Number,
    Transpose,
    Unary,
    enclosed,
    walk,
)
from slp_core.insight.gradient.typed_text import TypedText
from slp_core.network.activations import ACTIVATIONS


def _divide(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Call) and node.function == "sum":
            yield typed.put(node, typed.text(node).replace("sum", "mean", 1))
    for term in typed.terms():
        yield typed.put(term, f"{typed.product(term)} / N")
    for line in typed.results():
        yield typed.put(line.expression, f"{typed.tight(line.expression)} / N")


def _negate(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Binary) and node.operator == "-":
            swapped = f"{typed.text(node.right)} - {typed.text(node.left)}"
            bracketed = enclosed(typed.text(node))
            yield typed.put(node, f"({swapped})" if bracketed else swapped)
    for node in typed.nodes():
        if isinstance(node, Unary) and node.sign == "-":
            yield typed.put(node, typed.text(node.operand))
    for term in (*typed.terms(), *(line.expression for line in typed.results())):
        yield typed.put(term, f"-{typed.tight(term)}")


def _drop(typed: TypedText) -> Iterator[str]:
    """A factor or a term left out."""
    for node in typed.nodes():
        if isinstance(node, Binary):
            yield typed.put(node, typed.tight(node.left))
            if node.operator in "*+@":
                yield typed.put(node, typed.tight(node.right))


def _double(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Binary) and node.operator in "*/":
            yield from _without_two(typed, node)
    for term in (*typed.terms(), *(line.expression for line in typed.results())):
        yield typed.put(term, f"2 * {typed.product(term)}")
        yield typed.put(term, f"{typed.product(term)} / 2")


def _without_two(typed: TypedText, node: Binary) -> Iterator[str]:
    for side, other in ((node.left, node.right), (node.right, node.left)):
        dropped = isinstance(side, Number) and side.value in (2.0, 0.5)
        if dropped and not (node.operator == "/" and side is node.left):
            yield typed.put(node, typed.tight(other))


def _slope(typed: TypedText) -> Iterator[str]:
    f, samples = typed.setting.pair.activation, typed.setting.samples
    for line in typed.formula.lines:
        for node in walk(line.expression):
            if not isinstance(node, Binary) or node.operator in ("@", "**"):
                continue
            text = typed.tight(node)
            if ACTIVATIONS[f].elementwise:
                yield typed.put(node, f"({text} * d{f}(V))")
            else:
                total = f"sum(Z * {text}, axis={1 - samples}, keepdims=True)"
                yield typed.put(node, f"(Z * ({text} - {total}))")


def _whole_slope(typed: TypedText) -> Iterator[str]:
    """A line that is no result, multiplied as a whole; nicer than in its middle."""
    f, samples = typed.setting.pair.activation, typed.setting.samples
    results = (typed.formula.weights, typed.formula.bias)
    for line in typed.formula.lines:
        if line.name in results:
            continue
        text = typed.tight(line.expression)
        if ACTIVATIONS[f].elementwise:
            yield typed.put(line.expression, f"{text} * d{f}(V)")
        else:
            total = f"sum(Z * {text}, axis={1 - samples}, keepdims=True)"
            yield typed.put(line.expression, f"Z * ({text} - {total})")
    yield from _slope(typed)


def _at_score(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Call) and node.function.startswith("d"):
            yield typed.put(node, f"{node.function}(V)")


def _flip(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Binary) and node.operator in "+-":
            sign = "-" if node.operator == "+" else "+"
            source, place = typed.formula.source, node.place
            yield source[: place.start] + sign + source[place.end :]


def _no_one(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        one = isinstance(node, Binary) and isinstance(node.left, Number) and node.left.value == 1.0
        if isinstance(node, Binary) and one and node.operator in "+-":
            yield typed.put(node, typed.tight(node.right))
            yield typed.put(node, f"(-{typed.tight(node.right)})")
    yield from _drop(typed)


def _later(typed: TypedText) -> Iterator[str]:
    """Sums over samples taken back, one at a time or all together."""
    at = [
        node
        for node in typed.nodes()
        if isinstance(node, Binary)
        and node.operator == "@"
        and isinstance(node.right, Transpose)
        and not (isinstance(node.right.operand, Name) and node.right.operand.name == "X")
    ]
    source = typed.formula.source
    for node in sorted(at, key=lambda node: -node.span.start):
        text = typed.text(node).replace("@", "*")
        source = source[: node.span.start] + text.removesuffix(".T") + source[node.span.end :]
    if at:
        yield source
    for node in typed.nodes():
        if isinstance(node, Call) and node.function in ("sum", "mean"):
            yield typed.put(node, typed.tight(node.arguments[0]))
        if isinstance(node, Call) and node.function == "outer":
            yield from _from_outer(typed, node)


def _from_outer(typed: TypedText, node: Call) -> Iterator[str]:
    inner = [part.arguments[0] for part in node.arguments if isinstance(part, Call)]
    if len(inner) == 2:
        first, second = (typed.tight(part) for part in inner)
        rows = typed.setting.convention == "rows"
        yield typed.put(node, f"{first}.T @ {second} / N" if rows else f"{first} @ {second}.T / N")


def _axis(typed: TypedText) -> Iterator[str]:
    wrong, right = typed.setting.samples, 1 - typed.setting.samples
    for node in typed.nodes():
        if isinstance(node, Call) and node.function == "softmax" and node.keywords:
            yield typed.put(node, f"softmax({typed.text(node.arguments[0])})")
        if isinstance(node, Call) and any(name == "axis" for name, _ in node.keywords):
            text = typed.text(node)
            yield typed.put(node, text.replace(f"axis={wrong}", f"axis={right}"))


def _second_term(typed: TypedText) -> Iterator[str]:
    """The missing half of cross-entropy added, or the short form a - y put in its place."""
    for node in typed.nodes():
        divides = isinstance(node, Binary) and node.operator == "/"
        if isinstance(node, Binary) and divides and typed.text(node.right) == "Z":
            yield typed.put(node, f"({typed.text(node)} - (1 - Y) / (1 - Z))")
        if isinstance(node, Unary) and "Y" in typed.text(node):
            yield typed.put(node, f"({typed.text(node)} + (1 - Y) * Z / (1 - Z))")
    for node in typed.nodes():
        if isinstance(node, Binary) and node.operator == "*":
            yield typed.put(node, "(Z - Y)")


def _jacobian(typed: TypedText) -> Iterator[str]:
    """A product with the diagonal of softmax replaced by one with its whole Jacobian."""
    axis = 1 - typed.setting.samples
    for node in typed.nodes():
        if isinstance(node, Binary) and node.operator == "*":
            for side in (node.left, node.right):
                text = typed.tight(side)
                total = f"sum(Z * {text}, axis={axis}, keepdims=True)"
                yield typed.put(node, f"Z * ({text} - {total})")


def _targets(typed: TypedText) -> Iterator[str]:
    for node in typed.nodes():
        if isinstance(node, Binary | Unary) and any(
            isinstance(part, Name) and part.name == "Y" for part in walk(node)
        ):
            yield typed.put(node, "Y")


def _bias(typed: TypedText) -> Iterator[str]:
    samples, formula = typed.setting.samples, typed.formula
    keep = ", keepdims=True" if samples else ""
    wanted = [
        f"mean({line.name}, axis={samples}{keep})"
        for line in reversed(formula.lines)
        if line.name not in (formula.weights, formula.bias)
    ]
    wanted += [
        f"mean({typed.bare(node.left if samples else node.right)}, axis={samples}{keep})"
        for node in typed.nodes()
        if isinstance(node, Binary) and node.operator == "@"
    ]
    existing = [line for line in formula.lines if line.name == formula.bias]
    for text in wanted:
        if existing:
            yield typed.put(existing[-1].expression, text)
        else:
            yield f"{formula.source.rstrip()}\n{_bias_name(formula)} = {text}\n"


def _bias_name(formula: Formula) -> str:
    name = formula.weights or "dW"
    return name[:-1] + "b" if name[-1] in "Ww" else "db"


def _penalty(typed: TypedText) -> Iterator[str]:
    for line in typed.results():
        if line.name == typed.formula.weights:
            text = typed.text(line.expression)
            yield typed.put(line.expression, f"{text} + {typed.setting.penalty}")


Rewrite = Callable[[TypedText], Iterator[str]]
REWRITES: Mapping[str, tuple[Rewrite, ...]] = MappingProxyType(
    {
        "forgot_mean": (_divide,),
        "sign_flipped": (_negate,),
        "factor_two": (_double,),
        "slope_forgotten": (_whole_slope,),
        "summed_too_early": (_later,),
        "second_term_sign": (_flip,),
        "second_term_extra_one": (_no_one,),
        "second_term_missing": (_second_term,),
        "softmax_diagonal": (_jacobian,),
        "softmax_axis": (_axis,),
        "classes_permuted": (_targets,),
        "transposed": (),
        "bias_forgotten": (_bias,),
        "penalty_forgotten": (_penalty,),
        "penalty_on_bias": (_drop,),
        "penalty_factor": (_drop, _double, _flip),
        "penalty_averaged": (_drop,),
        "slope_twice": (_drop,),
        "slope_at_output": (_at_score,),
        "mean_twice": (_drop,),
        "mean_over_outputs": (_drop,),
    }
)
"""What may mend each mistake; () where the pair's own formula has to be written out."""
