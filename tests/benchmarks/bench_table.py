"""The table view with a million rows: opening, scrolling, selecting, sorting, filtering, finding.

    python -m tests.benchmarks.bench_table [--rows 1000000] [--columns 20]

Uses the display there is; QT_QPA_PLATFORM=offscreen will do. "Blocked" is the longest time that the
window answered nothing, measured with a timer of 4 ms while the work goes on in the background.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from collections.abc import Callable
from time import monotonic, perf_counter

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.tables.order import Sort
from app.tables.view import TableView
from app.theme import THEMES, apply
from slp_core.data.dataset import Dataset
from slp_core.data.table import Column, Table
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters

FRAMES = 60


def made(rows: int, columns: int) -> tuple[Table, Dataset]:
    """A table of numbers, a text different in every row, and two classes."""
    random = np.random.default_rng(3)
    numbers = random.normal(size=(columns, rows))
    cells: dict[str, object] = {f"x{k}": numbers[k] for k in range(columns)}
    table = Table.from_columns("large", cells)  # pyright: ignore[reportArgumentType] - arrays
    name = Column.of_texts("name", [f"row {k}" for k in random.permutation(rows).tolist()])
    signal = numbers[0] - numbers[1] + 0.5 * random.normal(size=rows)
    kind = Column.of_texts("class", np.where(signal > 0, "yes", "no").astype(object))
    whole = Table(
        name=table.name,
        path=None,
        dialect=table.dialect,
        columns=(*table.columns, name, kind),
        rows=rows,
        problems=(),
        notes=(),
        lines=table.lines,
    )
    features = [f"x{k}" for k in range(columns)]
    return whole, Dataset.from_table(whole, "class", features, validation=0.2)


class Beat:
    """The longest gap between two ticks of the window's loop, in ms."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = monotonic()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self._tick)
        self.timer.start(4)

    def _tick(self) -> None:
        now = monotonic()
        self.longest = max(self.longest, 1000 * (now - self._last))
        self._last = now


def until_arranged(view: TableView, act: Callable[[], None]) -> tuple[float, float]:
    """Milliseconds until the rows stand as wished, and the longest time the window was blocked."""
    beat, started, loop = Beat(), perf_counter(), QEventLoop()
    view.rows_changed.connect(loop.quit)
    QTimer.singleShot(0, act)
    loop.exec()
    view.rows_changed.disconnect(loop.quit)
    view.grid.viewport().repaint()
    taken = 1000 * (perf_counter() - started)
    QApplication.processEvents()
    beat.timer.stop()
    return taken, beat.longest


def frames(view: TableView, step: int) -> list[float]:
    """Milliseconds of each repaint while scrolling by ``step`` rows."""
    bar, times = view.grid.verticalScrollBar(), list[float]()
    for number in range(FRAMES):
        started = perf_counter()
        bar.setValue((number * step) % max(bar.maximum(), 1))
        view.grid.viewport().repaint()
        view.grid.verticalHeader().viewport().repaint()
        times.append(1000 * (perf_counter() - started))
    return times


def say(what: str, milliseconds: float, blocked: float | None = None) -> None:
    told = "" if blocked is None else f"{blocked:10.1f}"
    print(f"{what:44}{milliseconds:10.1f}{told}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--columns", type=int, default=20)
    options = parser.parse_args()
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    application = QApplication(sys.argv[:1])
    sys.setswitchinterval(0.001)
    apply(application, THEMES["light"])
    table, dataset = made(options.rows, options.columns)
    view = TableView()
    view.resize(1200, 700)
    view.show()
    QApplication.processEvents()
    print(f"{options.rows:,} rows x {options.columns} numbers, a text, two classes")
    print(f"{'':44}{'ms':>10}{'blocked':>10}")
    started = perf_counter()
    view.set_data(table, dataset)
    view.set_model(
        pair("sigmoid", "cross_entropy"), Parameters(np.ones((options.columns, 1)), np.zeros(1))
    )
    view.grid.viewport().repaint()
    say("open", 1000 * (perf_counter() - started))
    for what, step in (("scroll by one row, a frame", 1), ("by a page", 25), ("far", 39_989)):
        times = frames(view, step)
        say(f"{what}: median", statistics.median(times))
        say(f"{what}: slowest", max(times))
    started = perf_counter()
    view.grid.pick_all()
    view.grid.viewport().repaint()
    say("select all", 1000 * (perf_counter() - started))
    names = [field.label for field in view.model.fields]
    for name in ("x3", "name", "class", "Probability", "Loss", "Prediction"):
        taken, blocked = until_arranged(
            view, lambda name=name: view.sort_by(Sort(names.index(name)))
        )
        say(f"sort by {name}", taken, blocked)
    say("scroll sorted, a frame: median", statistics.median(frames(view, 39_989)))

    def mistakes() -> None:
        view.bar.filter.set_value("mistakes")
        view.bar.filter.value_changed.emit("mistakes")

    say("mistakes, sorted by prediction", *until_arranged(view, mistakes))
    taken, blocked = until_arranged(view, lambda: view.sort_by(None))
    say("mistakes, as in the file", taken, blocked)
    view.shut_down()


if __name__ == "__main__":
    main()
