"""Optimizers: what an update makes of a gradient.

A step works in place on the flat parameter vector (all weights, then the biases) and on a
preallocated `State`. Rate and momentum are arguments, never captured: a slider acts on the next
update. `newton` and `lbfgs` need the objective itself, see `second_order`; their rows have no step.

The steps call two to nine NumPy functions and allocate nothing: at 32 samples and two inputs the
calls, not the arithmetic, are what an update costs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from slp_core.arrays import Floats

ADAGRAD_EPSILON = 1e-10
RMSPROP_DECAY = 0.9
RMSPROP_EPSILON = 1e-8
ADAM_SECOND_DECAY = 0.999
ADAM_EPSILON = 1e-8


class State:
    """What an optimizer remembers between two updates; all arrays have the size of theta."""

    __slots__ = ("first", "first_power", "scratch", "second", "second_power")

    def __init__(self, size: int, dtype: np.dtype[np.floating] | type[np.floating] = np.float64):
        self.first: Floats = np.zeros(size, dtype)
        """Running mean (or sum) of gradients: the velocity."""
        self.second: Floats = np.zeros(size, dtype)
        """Running mean (or sum) of squared gradients."""
        self.scratch: Floats = np.empty(size, dtype)
        self.first_power = 1.0
        """Product of the decays of `first` so far, for Adam's bias correction."""
        self.second_power = 1.0

    def copy(self) -> State:
        """The same memory, of its own; the scratch is left empty."""
        other = State(0)
        other.first, other.second = self.first.copy(), self.second.copy()
        other.first_power, other.second_power = self.first_power, self.second_power
        return other

    def restore(self, state: State) -> None:
        """Remember what ``state`` does."""
        self.first[:], self.second[:] = state.first, state.second
        self.first_power, self.second_power = state.first_power, state.second_power


Step = Callable[[State, Floats, Floats, float, float], None]


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One optimizer: ``step(state, theta, gradient, rate, momentum)`` changes theta in place.

    ``fixed_rate`` is the default learning rate where the largest stable rate says nothing about
    it; None means half the largest stable rate. ``full_batch`` optimizers take no mini-batches.
    """

    key: str
    label: str
    formula: str
    latex: str
    summary: str
    source: str
    step: Step | None
    fixed_rate: float | None = None
    uses_momentum: bool = False
    full_batch: bool = False


def gd(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """θ ← θ − η g."""
    del momentum
    np.multiply(gradient, rate, out=state.scratch)
    np.subtract(theta, state.scratch, out=theta)


def momentum(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """u ← μ u + g;  θ ← θ − η u (Polyak's heavy ball).

    The rate multiplies the whole velocity and not only the new gradient, so that turning it down
    is felt at once.
    """
    velocity = state.first
    np.multiply(velocity, momentum, out=velocity)
    np.add(velocity, gradient, out=velocity)
    np.multiply(velocity, rate, out=state.scratch)
    np.subtract(theta, state.scratch, out=theta)


def nesterov(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """u ← μ u + g;  θ ← θ − η (g + μ u), the form that needs the gradient at θ only."""
    velocity, scratch = state.first, state.scratch
    np.multiply(velocity, momentum, out=velocity)
    np.add(velocity, gradient, out=velocity)
    np.multiply(velocity, momentum, out=scratch)
    np.add(scratch, gradient, out=scratch)
    np.multiply(scratch, rate, out=scratch)
    np.subtract(theta, scratch, out=theta)


def adagrad(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """s ← s + g²;  θ ← θ − η g / (√s + ε)."""
    del momentum
    squares, scratch = state.second, state.scratch
    np.multiply(gradient, gradient, out=scratch)
    np.add(squares, scratch, out=squares)
    _scaled_step(theta, gradient, squares, scratch, rate, ADAGRAD_EPSILON)


def rmsprop(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """s ← ρ s + (1 − ρ) g²;  θ ← θ − η g / (√s + ε)."""
    del momentum
    squares, scratch = state.second, state.scratch
    np.multiply(gradient, gradient, out=scratch)
    np.multiply(scratch, 1.0 - RMSPROP_DECAY, out=scratch)
    np.multiply(squares, RMSPROP_DECAY, out=squares)
    np.add(squares, scratch, out=squares)
    _scaled_step(theta, gradient, squares, scratch, rate, RMSPROP_EPSILON)


def adam(state: State, theta: Floats, gradient: Floats, rate: float, momentum: float) -> None:
    """u ← μ u + (1 − μ) g;  s ← ρ s + (1 − ρ) g²;  θ ← θ − η û / (√ŝ + ε).

    μ is the momentum setting (the paper's β₁). û and ŝ are divided by one minus the product of
    the decays so far, which stays right when μ changes in mid-run.
    """
    mean, squares, scratch = state.first, state.second, state.scratch
    state.first_power *= momentum
    state.second_power *= ADAM_SECOND_DECAY
    np.multiply(gradient, 1.0 - momentum, out=scratch)
    np.multiply(mean, momentum, out=mean)
    np.add(mean, scratch, out=mean)
    np.multiply(gradient, gradient, out=scratch)
    np.multiply(scratch, 1.0 - ADAM_SECOND_DECAY, out=scratch)
    np.multiply(squares, ADAM_SECOND_DECAY, out=squares)
    np.add(squares, scratch, out=squares)
    # √ŝ + ε = (√s + ε c) / c with c = √(1 − ρᵗ): the corrections are scalars of the rate.
    correction = (1.0 - state.second_power) ** 0.5
    corrected = rate * correction / (1.0 - state.first_power)
    _scaled_step(theta, mean, squares, scratch, corrected, ADAM_EPSILON * correction)


def _scaled_step(
    theta: Floats, direction: Floats, squares: Floats, scratch: Floats, rate: float, epsilon: float
) -> None:
    np.sqrt(squares, out=scratch)
    np.add(scratch, epsilon, out=scratch)
    np.divide(direction, scratch, out=scratch)
    np.multiply(scratch, rate, out=scratch)
    np.subtract(theta, scratch, out=theta)


_ROWS = (
    Optimizer(
        "gd",
        "Gradient descent",
        "θ ← θ − η g",
        r"\theta \leftarrow \theta - \eta\, g",
        "Steps downhill, as far as the slope times the rate.",
        "Cauchy 1847; Robbins and Monro 1951 (mini-batches)",
        gd,
    ),
    Optimizer(
        "momentum",
        "Momentum",
        "u ← μu + g,  θ ← θ − ηu",
        r"u \leftarrow \mu u + g,\quad \theta \leftarrow \theta - \eta u",
        "A heavy ball: keeps rolling, and crosses long flat valleys faster.",
        "Polyak 1964",
        momentum,
        uses_momentum=True,
    ),
    Optimizer(
        "nesterov",
        "Nesterov",
        "u ← μu + g,  θ ← θ − η(g + μu)",
        r"u \leftarrow \mu u + g,\quad \theta \leftarrow \theta - \eta (g + \mu u)",
        "Momentum that looks ahead before it steps.",
        "Nesterov 1983; Sutskever et al. 2013",
        nesterov,
        uses_momentum=True,
    ),
    Optimizer(
        "adagrad",
        "AdaGrad",
        "s ← s + g²,  θ ← θ − ηg/(√s + ε)",
        r"s \leftarrow s + g^2,\quad \theta \leftarrow \theta - \eta\, g / (\sqrt{s} + \epsilon)",
        "Each weight has its own rate, which shrinks with all it has moved.",
        "Duchi, Hazan and Singer 2011",
        adagrad,
        fixed_rate=0.5,
    ),
    Optimizer(
        "rmsprop",
        "RMSProp",
        "s ← 0.9s + 0.1g²,  θ ← θ − ηg/(√s + ε)",
        r"s \leftarrow 0.9 s + 0.1 g^2,\quad "
        r"\theta \leftarrow \theta - \eta\, g / (\sqrt{s} + \epsilon)",
        "Each weight has its own rate, from the size of its recent gradients.",
        "Tieleman and Hinton 2012, lecture 6e",
        rmsprop,
        fixed_rate=0.01,
    ),
    Optimizer(
        "adam",
        "Adam",
        "u ← μu + (1−μ)g,  s ← 0.999s + 0.001g²,  θ ← θ − ηû/(√ŝ + ε)",
        r"\theta \leftarrow \theta - \eta\, \hat u / (\sqrt{\hat s} + \epsilon)",
        "Momentum and a rate of its own for each weight.",
        "Kingma and Ba 2015",
        adam,
        fixed_rate=0.05,
        uses_momentum=True,
    ),
    Optimizer(
        "newton",
        "Newton",
        "θ ← θ − η(H + λI)⁻¹g",
        r"\theta \leftarrow \theta - \eta\, (H + \lambda I)^{-1} g",
        "Jumps to the bottom of the parabola that fits the loss here; for small models.",
        "Nocedal and Wright 2006, chapter 3",
        None,
        fixed_rate=1.0,
        full_batch=True,
    ),
    Optimizer(
        "lbfgs",
        "L-BFGS",
        "θ ← θ − ηBg,  B from the last 10 steps",
        r"\theta \leftarrow \theta - \eta\, B g",
        "Learns the curvature from its last ten steps; the fastest way to an exact optimum.",
        "Liu and Nocedal 1989",
        None,
        fixed_rate=1.0,
        full_batch=True,
    ),
)

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({row.key: row for row in _ROWS})
"""Every optimizer by its key."""
