"""Processor time of one frame by part, for one run and for four, and how many times as much.

    python -m tests.benchmarks.bench_frame [--seconds 8] [--points 10000]

Frames a second say as much about the machine's other users as about the window; the processor time
of its thread depends on them far less, and the yardstick says how much. A part's time is its own,
without the parts within it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import wraps
from threading import local
from time import thread_time
from typing import Any, cast

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_window import Case, spin, trained

MOST_ROWS = 24


class _Here(local):
    """Parts that have been begun in this thread, and since when each has been counted."""

    def __init__(self) -> None:
        self.stack: list[list[Any]] = []


class Meter:
    """Adds up the processor time of the calling thread, each part without those within it."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._here = _Here()

    def watch(self, owner: Any, name: str, part: str | Callable[[Any], str]) -> None:
        """Count the method ``name`` of a class as ``part``, or as what it says of the object."""
        method = getattr(owner, name)

        @wraps(method)
        def counted(*arguments: Any, **named: Any) -> Any:
            self._enter(part if isinstance(part, str) else part(arguments[0]))
            try:
                return method(*arguments, **named)
            finally:
                self._leave()

        setattr(owner, name, counted)

    def _enter(self, part: str) -> None:
        now = thread_time()
        if self._here.stack:
            self.spent[self._here.stack[-1][0]] += now - self._here.stack[-1][1]
        self._here.stack.append([part, thread_time()])

    def _leave(self) -> None:
        now = thread_time()
        part, since = self._here.stack.pop()
        self.spent[part] += now - since
        if self._here.stack:
            self._here.stack[-1][1] = thread_time()


def watch_window(meter: Meter) -> None:
    """Count what the window does with a frame; before it is built."""
    import pyqtgraph as pg

    from app.counsel import Counsel
    from app.panels.time_line_track import TimeTrack
    from app.window import adapters
    from app.window.comparing import Comparing
    from app.window.main_window import MainWindow
    from app.window.readout import Readout
    from app.window.status import StatusLine
    from app.window.timing import Timing

    for kind in ("Decision", "Table", "Curves", "Activation", "Plain"):
        showing = getattr(adapters, f"{kind}Showing")
        meter.watch(showing, "show_moment", lambda view: f"show {view.widget.accessibleName()}")
    meter.watch(cast(Any, pg).GraphicsView, "paintEvent", lambda view: f"paint {_owner(view)}")
    meter.watch(MainWindow, "_show_frame", "window: a frame")
    meter.watch(Timing, "show", "time line: show")
    meter.watch(TimeTrack, "paintEvent", "time line: paint")
    meter.watch(Readout, "show_snapshot", "readout")
    meter.watch(StatusLine, "show_state", "status line")
    meter.watch(Counsel, "_moved", "counsel: asked")
    meter.watch(Comparing, "_announce", "comparing")


def _owner(view: Any) -> str:
    parent = view.parent()
    while parent is not None and not parent.accessibleName():
        parent = parent.parent()
    return str(parent.accessibleName()) if parent is not None else "?"


def watch_threads(meter: Meter) -> None:
    """Count what other threads do for the window with a lock in their hand."""
    from app import counsel
    from app.training.lockstep import Lockstep

    meter.watch(Lockstep, "snapshots", "training thread: pictures of the runs")
    meter.watch(counsel, "_told", "thread of jobs: monitors, verdict")


def measured(case: Case, seconds: float, meters: tuple[Meter, ...]) -> tuple[int, float, float]:
    """Frames, seconds of the window's thread and seconds in all, with the default views."""
    from time import monotonic

    from app.settings import Settings

    window, workspace = trained(case, Settings())
    frames: list[object] = []
    workspace.player.frame_arrived.connect(frames.append)
    for meter in meters:
        meter.spent.clear()
    begun, started = thread_time(), monotonic()
    spin(seconds)
    found = len(frames), thread_time() - begun, monotonic() - started
    window.close()
    spin(0.1)
    return found


def yardstick() -> float:
    """Milliseconds of a fixed piece of work: twice as many mean a processor twice as busy."""
    best = 1.0
    for _ in range(20):
        started = thread_time()
        _ = sum(n * n % 7 for n in range(40_000))
        best = min(best, thread_time() - started)
    return 1000 * best


def report(title: str, rows: list[tuple[str, float, float]]) -> None:
    """One line for each part: milliseconds a frame with one run and with four, and the ratio."""
    print(f"{title:44} {'1 run':>8} {'4 runs':>8} {'ratio':>6}")
    for name, one, four in rows[:MOST_ROWS]:
        ratio = f"{four / one:6.1f}" if one >= 0.01 else f"{'–':>6}"
        print(f"{name:44} {one:8.2f} {four:8.2f} {ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--source", default="sample:two_gaussians")
    parser.add_argument("--degree", type=int, default=1)
    options = parser.parse_args()
    folder = tempfile.mkdtemp()
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(0.001)
    inside, beside = Meter(), Meter()
    watch_window(inside)
    watch_threads(beside)
    columns: list[dict[str, float]] = []
    for runs in (1, 4):
        case = Case("", options.source, options.degree, 32, options.points, runs)
        frames, spent, elapsed = measured(case, options.seconds, (inside, beside))
        count = max(frames, 1)
        column = {name: 1000 * value / count for name, value in inside.spent.items()}
        column["events, layout, copying to the screen"] = 1000 * spent / count - sum(
            column.values()
        )
        column["all of the window's thread"] = 1000 * spent / count
        column |= {name: 1000 * value / count for name, value in beside.spent.items()}
        columns.append(column)
        load = os.getloadavg()[0]
        print(
            f"{runs} run(s): {frames / elapsed:.1f} frames a second; "
            f"load {load:.1f}, yardstick {yardstick():.2f} ms"
        )
    one, four = columns
    names = sorted({*one, *four}, key=lambda name: -max(one.get(name, 0), four.get(name, 0)))
    report("ms of processor time a frame", [(n, one.get(n, 0), four.get(n, 0)) for n in names])


if __name__ == "__main__":
    main()
