"""The equations of a run, in letters and with the numbers of now."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.formulas.letters import latex, latex_number, rich
from app.moment import RunMoment
from app.numbers import number_text
from app.panels.sample_data import Followed
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair
from slp_core.training.optimizers import OPTIMIZERS

MOST_PRODUCTS = 3
MOST_POWERS = 3


@dataclass(frozen=True, slots=True)
class Equation:
    """``letters`` and ``numbers`` are LaTeX; ``numbers`` is empty where there are none."""

    key: str
    name: str
    tip: str
    letters: str
    numbers: str
    plain: str
    """The letters without LaTeX."""


def equations(run: RunMoment, found: Followed) -> tuple[Equation, ...]:
    """From the score of a sample to the update of the weights."""
    return (
        _score(found),
        _activation(run.pair, found),
        _loss(run.pair, found),
        _signal(run.pair, found),
        _objective(run),
        _gradient(run),
        _update(run),
    )


def as_latex(rows: tuple[Equation, ...]) -> str:
    """All of them as one display."""
    lines = [row.letters for row in rows] + [row.numbers for row in rows if row.numbers]
    return "\n".join(f"\\[ {line} \\]" for line in lines)


def as_text(rows: tuple[Equation, ...]) -> str:
    """All of them without LaTeX."""
    return "\n".join(f"{row.name}: {row.plain}" for row in rows)


def _score(found: Followed) -> Equation:
    own = found.own
    products = [
        rf"{latex_number(float(w), 3, fenced=bool(n))} \cdot"
        rf" {latex_number(float(x), 3, fenced=True)}"
        for n, (w, x) in enumerate(zip(found.W[:, own], found.x, strict=True))
    ]
    if len(products) > MOST_PRODUCTS:
        products = [*products[: MOST_PRODUCTS - 1], r"\ldots"]
    terms = " + ".join([*products, latex_number(float(found.b[own]), 3, fenced=True)])
    return Equation(
        "score",
        "Score",
        "The weighted sum of the inputs, before the activation.",
        r"v = \sum_j w_j x_j + b",
        f"v = {terms} = {latex_number(float(found.V[own]))}",
        "v = Σⱼ wⱼ·xⱼ + b",
    )


def _activation(chosen: Pair, found: Followed) -> Equation:
    row = ACTIVATIONS[chosen.activation]
    result = latex_number(float(found.Z[found.own]))
    letters = f"a = {row.latex}" if row.elementwise else f"a_i = {row.latex}"
    numbers = f"a = {latex(row.latex, _values(found))} = {result}"
    if chosen.activation == "identity":
        numbers = f"a = {result}"
    elif not row.elementwise:
        numbers = f"a = {_shares(found)} = {result}"
    return Equation(
        "activation",
        f"Activation: {row.label}",
        row.summary,
        letters,
        numbers,
        f"a = {row.formula}",
    )


def _shares(found: Followed) -> str:
    """The softmax of the own class: its power, and the largest ones below."""
    own = found.own
    order = [own, *(int(j) for j in np.argsort(-found.V, kind="stable") if j != own)]
    powers = [f"e^{{{latex_number(float(found.V[j]), 3)}}}" for j in order]
    below = [*powers[:MOST_POWERS], *([r"\ldots"] if len(powers) > MOST_POWERS else [])]
    return rf"\frac{{{powers[0]}}}{{{' + '.join(below)}}}"


def _loss(chosen: Pair, found: Followed) -> Equation:
    row = LOSSES[chosen.loss]
    result = latex_number(found.loss)
    if chosen.activation == "softmax" and chosen.loss == "cross_entropy":
        output = latex_number(float(found.Z[found.own]))
        return _loss_row(chosen, r"-\sum_k y_k \ln a_k", rf"-\ln {output} = {result}", "−Σ y·ln a")
    plain = rich(row.formula.split("   (softmax")[0]).replace("<sup>2</sup>", "²")
    if len(found.V) > 1:
        letters = rf"\sum_k \, [{row.latex}]_k"
        return _loss_row(chosen, letters, result, f"Σ over outputs of {plain}")
    numbers = f"{_loss_numbers(chosen, found)} = {result}"
    return _loss_row(chosen, row.latex, numbers, plain)


def _loss_row(chosen: Pair, letters: str, numbers: str, plain: str) -> Equation:
    row = LOSSES[chosen.loss]
    return Equation(
        "loss",
        f"Loss: {row.label}",
        row.summary,
        f"L = {letters}",
        f"L = {numbers}",
        f"L = {plain}",
    )


def _loss_numbers(chosen: Pair, found: Followed) -> str:
    """The loss of one output; of the Huber loss, the branch that holds."""
    values = _values(found)
    if chosen.loss != "huber":
        return latex(LOSSES[chosen.loss].latex, values)
    miss = values["a"] - values["y"]
    size = latex_number(miss, fenced=True)
    return rf"\tfrac12 {size}^2" if abs(miss) <= 1 else rf"|{latex_number(miss)}| - \tfrac12"


def _signal(chosen: Pair, found: Followed) -> Equation:
    head = r"\frac{\partial L}{\partial v}"
    result = latex_number(float(found.E[found.own]))
    whole = chosen.coupled and chosen.loss != "cross_entropy"
    middle = "" if whole else f"{latex(chosen.latex, _values(found))} = "
    return Equation(
        "signal",
        "Error signal",
        "The slope of the loss in the score: what a sample sends back to the weights.",
        f"{head} = {chosen.latex}",
        f"{head} = {middle}{result}",
        f"dL/dv = {chosen.error_signal}",
    )


def _objective(run: RunMoment) -> Equation:
    config, now = run.config, run.snapshot
    letters, plain = r"J = \frac{1}{n} \sum_{i=1}^{n} L_i", "J = 1/n Σᵢ Lᵢ"
    numbers = rf"J = \frac{{1}}{{{run.dataset.samples}}} \sum_{{i}} L_i"
    if config.class_weights != "none":
        letters, plain = r"J = \frac{1}{n} \sum_{i=1}^{n} c_i L_i", "J = 1/n Σᵢ cᵢ·Lᵢ"
        numbers = rf"J = \frac{{1}}{{{run.dataset.samples}}} \sum_{{i}} c_i L_i"
    if config.l1:
        letters, plain = letters + r" + \lambda_1 \sum |w|", plain + " + λ₁ Σ|w|"
        numbers += rf" + {latex_number(config.l1)} \sum |w|"
    if config.l2:
        letters, plain = letters + r" + \frac{\lambda_2}{2} \sum w^2", plain + " + λ₂/2 Σw²"
        numbers += rf" + \frac{{{latex_number(config.l2)}}}{{2}} \sum w^2"
    return Equation(
        "objective",
        "Objective",
        "What training makes small: the mean loss of all training samples, and the penalties.",
        letters,
        f"{numbers} = {latex_number(now.loss)}",
        plain,
    )


def _gradient(run: RunMoment) -> Equation:
    config, now = run.config, run.snapshot
    head = r"g = \frac{\partial J}{\partial W}"
    letters, plain = rf"{head} = \frac{{1}}{{n}} X^{{\top}} E", "g = ∂J/∂W = Xᵀ·E / n"
    numbers = rf"\frac{{1}}{{{run.dataset.samples}}} X^{{\top}} E"
    if config.l1:
        letters, plain = letters + r" + \lambda_1 \operatorname{sign} W", plain + " + λ₁·sign W"
        numbers += rf" + {latex_number(config.l1)} \operatorname{{sign}} W"
    if config.l2:
        letters, plain = letters + r" + \lambda_2 W", plain + " + λ₂·W"
        numbers += rf" + {latex_number(config.l2)}\, W"
    size = latex_number(now.gradient_norm)
    return Equation(
        "gradient",
        "Gradient",
        "E holds the error signals of all samples, a row for each; |g| is the norm with that of b.",
        letters,
        rf"g = {numbers}, \quad |g| = {size}",
        plain,
    )


def _update(run: RunMoment) -> Equation:
    config, now = run.config, run.snapshot
    row = OPTIMIZERS[config.optimizer]
    rate = latex_number(now.learning_rate)
    numbers = row.latex.replace(r"\eta\,", rf"{rate} \cdot ").replace(r"\eta", rf"{rate} \cdot ")
    if row.uses_momentum:
        numbers = numbers.replace(r"\mu", rf"{latex_number(config.momentum)}\,")
    plain = f"{row.formula}, η = {number_text(now.learning_rate)}"
    return Equation("update", f"Update: {row.label}", row.summary, row.latex, numbers, plain)


def _values(found: Followed) -> dict[str, float]:
    own = found.own
    return {"v": float(found.V[own]), "a": float(found.Z[own]), "y": float(found.Y[own])}
