"""How fast the objective alone is: gradients of mini-batches for every pair, and passes over X.

Run by hand: ``python -m tests.benchmarks.bench_objective [--quick]``. The best of several rounds
counts. A pass over X is set against one sum of its numbers, which reads it once; with ``--blocks``
it is repeated for several sizes of block. torch's autograd is the peer where it is installed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import timeit
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from slp_core.arrays import Floats
from slp_core.network import coding
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.objective import Objective
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters
from slp_core.network.workspace import Workspace

ROUNDS = 5
BLOCKS_KIB = (128, 256, 512, 1024, 2048)


def best(step: Callable[[], object], repeats: int) -> float:
    """Least seconds of one step."""
    step()
    return min(timeit.repeat(step, number=repeats, repeat=ROUNDS)) / repeats


def problem(
    judged: Pair, n: int, d: int, classes: int, dtype: type[np.floating[Any]] = np.float64
) -> tuple[Parameters, Floats, Floats]:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n, d), dtype=np.float32).astype(dtype, copy=False)
    Y = coding.encode(rng.integers(0, classes, n), classes, judged, dtype)
    return Parameters(rng.normal(size=(d, Y.shape[1])).astype(dtype), np.zeros_like(Y[0])), X, Y


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    print(f"\n{title}")
    for row in (head, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def mini_batches(repeats: int) -> None:
    """One gradient of 32 samples, with and without the value."""
    rows: list[tuple[str, ...]] = []
    for d, classes, activation, loss in (
        (2, 2, "sigmoid", "cross_entropy"),
        (64, 2, "sigmoid", "cross_entropy"),
        (4, 3, "softmax", "cross_entropy"),
        (64, 10, "softmax", "cross_entropy"),
    ):
        judged = pair(activation, loss)
        gradient, both = _steps(judged, d, classes, repeats)
        peer = torch_gradient(judged, d, classes, repeats // 4)
        ratio = "-" if peer is None else f"{peer / both:.0f}x"
        rows.append((f"{d} x {classes}", judged.label, micro(gradient), micro(both), ratio))
    table("32 samples", ("inputs x classes", "pair", "gradient", "and value", "torch"), rows)


def every_pair(repeats: int) -> None:
    """One gradient of 32 samples of 2 inputs and 2 classes, microseconds, for every pair."""
    rows: list[tuple[str, ...]] = []
    for activation in ACTIVATIONS:
        cells = [activation]
        for loss in LOSSES:
            judged = pair(activation, loss)
            undefined = judged.status == "undefined"
            cells.append("-" if undefined else micro(_steps(judged, 2, 2, repeats)[0]))
        rows.append(tuple(cells))
    table("every pair, 32 samples of 2 inputs", ("", *LOSSES), rows)


def _steps(judged: Pair, d: int, classes: int, repeats: int) -> tuple[float, float]:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    at, X, Y = problem(judged, 32, d, classes)
    workspace, gradient = objective.workspace(32, *at.W.shape), at.copy()
    alone = best(lambda: objective.gradient_into(at, X, Y, workspace, gradient), repeats)
    both = best(lambda: objective.value_and_gradient_into(at, X, Y, workspace, gradient), repeats)
    return alone, both


def torch_gradient(judged: Pair, d: int, classes: int, repeats: int) -> float | None:
    """Value and gradient by torch's autograd, eager, one thread; None without torch."""
    if importlib.util.find_spec("torch") is None:
        return None
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    _, X, Y = problem(judged, 32, d, classes)
    inputs = torch.from_numpy(X)
    model = torch.nn.Linear(d, Y.shape[1]).double()
    many = judged.activation == "softmax"
    cost = torch.nn.CrossEntropyLoss() if many else torch.nn.BCEWithLogitsLoss()
    targets = torch.from_numpy(np.argmax(Y, axis=1) if many else Y)

    def step() -> None:
        model.zero_grad()
        cost(model(inputs), targets).backward()

    return best(step, repeats)


def passes(quick: bool, blocks: bool) -> None:
    """Value and gradient over large data, against reading X once."""
    rows: list[tuple[str, ...]] = []
    scale = 10 if quick else 1
    for n, d, classes, activation in ((1_000_000, 32, 2, "sigmoid"), (200_000, 64, 10, "softmax")):
        for dtype in (np.float32, np.float64):
            judged = pair(activation, "cross_entropy")
            at, X, Y = problem(judged, n // scale, d, classes, dtype)
            read = best(X.sum, 3)
            name = f"{n // scale} x {d} x {classes} {dtype.__name__}"
            for size in BLOCKS_KIB if blocks else (0,):
                took = _pass(judged, at, X, Y, size)
                label = "default" if size == 0 else f"{size} KiB"
                rows.append((name, label, milli(read), milli(took), f"{took / read:.1f}x"))
    table("passes over X", ("samples", "block", "read", "value + gradient", "ratio"), rows)


def _pass(judged: Pair, at: Parameters, X: Floats, Y: Floats, kibibytes: int) -> float:
    objective = Objective(activation=judged.activation, loss=judged.loss)
    d, k = at.W.shape
    workspace = objective.workspace(len(X), d, k, X.dtype)
    if kibibytes:
        rows = kibibytes * 1024 // ((d + 4 * k) * X.itemsize)
        workspace = Workspace.allocate(rows, d, k, X.dtype)
    gradient = Parameters.zeros(d, k)
    return best(lambda: objective.value_and_gradient_into(at, X, Y, workspace, gradient), 1)


def micro(seconds: float) -> str:
    return f"{seconds * 1e6:.1f}"


def milli(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the objective.")
    parser.add_argument("--quick", action="store_true", help="smaller data, fewer repeats")
    parser.add_argument("--blocks", action="store_true", help="several sizes of block")
    arguments = parser.parse_args()
    repeats = 500 if arguments.quick else 4000
    mini_batches(repeats)
    every_pair(repeats // 4)
    passes(arguments.quick, arguments.blocks)


if __name__ == "__main__":
    main()
