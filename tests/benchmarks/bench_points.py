"""Many points in the decision view: until they are drawn, panning, finding, selecting, painting.

    python -m tests.benchmarks.bench_points [--points 2000 20000 200000 1000000] [--features 20]

Uses the display there is; QT_QPA_PLATFORM=offscreen or an Xvfb screen will do. Times are medians
in ms; each includes what the window does until it has painted.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from PySide6.QtWidgets import QApplication

from app.brushes import Brush
from app.painting import stroke_edit
from app.plots.decision import DecisionPlot
from slp_core.data.dataset import Dataset
from slp_core.data.edits import apply_edit
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters


def cloud(points: int, features: int) -> Table:
    """Three classes around a circle in the first two of the features."""
    random = np.random.default_rng(0)
    label = np.arange(points) % 3
    X = random.normal(0, 1, (features, points)).astype(np.float32)
    X[0] += 3 * np.cos(2 * np.pi * label / 3)
    X[1] += 3 * np.sin(2 * np.pi * label / 3)
    columns = {f"f{n}": X[n] for n in range(features)}
    names = np.array(["a", "b", "c"], dtype=object)
    return Table.from_columns("cloud", {**columns, "class": names[label]})


def middle(do: Callable[[], object], times: int = 9) -> float:
    """Median duration in ms of doing something until the window has painted it."""
    taken: list[float] = []
    for _ in range(times):
        started = perf_counter()
        do()
        QApplication.processEvents()
        taken.append(1000 * (perf_counter() - started))
    return statistics.median(taken)


@dataclass
class Bench:
    plot: DecisionPlot
    table: Table
    data: Dataset
    parameters: Parameters
    turn: int = 1

    def pan(self) -> None:
        self.turn = -self.turn
        self.plot.canvas.pan(0.05 * self.turn, 0.0)

    def zoom(self) -> None:
        self.turn = -self.turn
        self.plot.canvas.zoom(0.9 if self.turn > 0 else 1 / 0.9)

    def frame(self) -> None:
        self.plot.show_parameters(self.parameters)

    def mistakes(self) -> None:
        self.plot.show_mistakes(self.parameters)

    def find(self) -> None:
        assert self.plot.view is not None
        self.plot.view.samples.at(0.5, 0.5)

    def select(self) -> None:
        assert self.plot.view is not None
        samples = self.plot.view.samples.between((-9, 0), (9, 9))
        self.plot.set_selection(self.data.row_index[samples])

    def rest(self) -> None:
        assert self.plot.view is not None
        self.plot.view.samples.refresh()

    def stroke(self) -> None:
        spots = np.random.default_rng(1).normal(size=(10, 2))
        applied = apply_edit(self.table, stroke_edit(self.table, self.data, (0, 1), spots, "a"))
        self.table = applied.table
        self.data = revised(self.data, applied.table, applied.kept)

    def adopt(self) -> None:
        self.plot.set_data(self.data, self.table, keep=True)


def opened(points: int, features: int) -> Bench:
    table = cloud(points, features)
    data = Dataset.from_table(table, "class")
    random = np.random.default_rng(2)
    parameters = Parameters(random.normal(size=(data.terms, 3)), np.zeros(3))
    plot = DecisionPlot()
    plot.resize(716, 780)
    plot.show()
    plot.set_data(data, table)
    plot.set_model(pair("softmax", "cross_entropy"))
    plot.set_axes(0, 1)
    plot.set_painting(Brush(tool="brush", label="a"))
    QApplication.processEvents()
    plot.show_parameters(parameters)
    return Bench(plot, table, data, parameters)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, nargs="+", default=[2000, 20_000, 200_000, 1_000_000])
    parser.add_argument("--features", type=int, default=20)
    options = parser.parse_args()
    application = QApplication(sys.argv[:1])
    names = ("frame", "pan", "zoom", "rest", "mistakes", "find", "select", "stroke", "adopt")
    print(f"{'points':>9} {'open':>7}" + "".join(f"{name:>9}" for name in names))
    for points in options.points:
        started = perf_counter()
        bench = opened(points, options.features)
        opening = 1000 * (perf_counter() - started)
        row = [middle(getattr(bench, name)) for name in names]
        print(f"{points:9,} {opening:7.0f}" + "".join(f"{value:9.1f}" for value in row))
        bench.plot.close()
        bench.plot.deleteLater()
        application.processEvents()


if __name__ == "__main__":
    main()
