"""Frames a second, event latency and share of headless throughput while the window trains.

    python -m tests.benchmarks.bench_window [--seconds 10] [--frame-rate 30|60|turbo]

Uses the display there is; QT_QPA_PLATFORM=offscreen or an Xvfb screen will do. A timer of 4 ms
stands for an event: its latency is how much later than due it is handled.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.origins import Origin, SampleOrigin, origin_from

if TYPE_CHECKING:
    from app.settings import Settings
    from app.window.main_window import MainWindow
    from app.workspace import Workspace

TICK = 0.004


@dataclass(frozen=True)
class Case:
    label: str
    source: str
    degree: int
    batch_size: int
    points: int | None = None
    runs: int = 1


PARTNERS = ({"loss": "quadratic"}, {"optimizer": "adam"}, {"optimizer": "momentum"})
"""What the runs beside the first one differ in."""
CASES = (
    Case("two gaussians, linear, batch 32", "sample:two_gaussians", 1, 32),
    Case("three blobs, cubic, batch 32", "sample:three_blobs", 3, 32),
    Case("digits 8x8, ten classes, batch 32", "sample:digits", 1, 32),
    Case("10,000 points, batch 32", "sample:two_gaussians", 1, 32, 10_000),
    Case("10,000 points, batch 32, four runs", "sample:two_gaussians", 1, 32, 10_000, 4),
)


def origin_of(case: Case) -> Origin:
    """The data of a case."""
    made = origin_from(case.source)
    assert isinstance(made, SampleOrigin)
    return replace(made, points=case.points)


class Latency:
    """Lateness of a precise timer, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._due = monotonic() + TICK
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._tick)
        self.timer.start(round(TICK * 1000))

    def _tick(self) -> None:
        now = monotonic()
        self.late.append(max(0.0, 1000.0 * (now - self._due)))
        self._due = now + TICK
        self.timer.start(round(TICK * 1000))


def spin(seconds: float) -> None:
    """Run the event loop; ``QApplication.quit`` would close the window."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def headless(case: Case, seconds: float) -> float:
    """Updates a second of the trainer alone, in this process."""
    from app.sources import DataOptions, dataset_from, read_source
    from slp_core.training.config import TrainingConfig
    from slp_core.training.trainer import Trainer

    dataset = dataset_from(read_source(origin_of(case)), DataOptions(degree=case.degree))
    config = TrainingConfig(batch_size=case.batch_size, epochs=10**9).resolved(dataset)
    trainer = Trainer(dataset, config)
    trainer.advance(deadline=monotonic() + 1.0)
    before, started = trainer.update, monotonic()
    trainer.advance(deadline=started + seconds)
    return (trainer.update - before) / (monotonic() - started)


def trained(case: Case, settings: Settings) -> tuple[MainWindow, Workspace]:
    """The window with the default views and all runs of a case, settled at full speed."""
    from app.sources import DataOptions
    from app.window.main_window import MainWindow
    from app.workspace import Workspace
    from slp_core.training.config import TrainingConfig

    workspace = Workspace()
    window = MainWindow(workspace, settings)
    window.resize(1400, 850)
    window.show()
    window.build_views()
    window.speed.set_value(None)
    config = TrainingConfig(batch_size=case.batch_size, epochs=10**9)
    workspace.open(origin_of(case), DataOptions(degree=case.degree), config, play=True)
    spin(1.0)
    for changes in PARTNERS[: case.runs - 1]:
        workspace.compare(changes)
    spin(3.0)
    return window, workspace


def in_window(case: Case, seconds: float, rate: str) -> tuple[float, list[float], float]:
    """Frames a second, latencies and updates a second with everything on."""
    from app.settings import FRAME_RATE, Settings
    from app.training.messages import Frame

    settings = Settings()
    settings.set(FRAME_RATE, rate)
    window, workspace = trained(case, settings)
    frames: list[Frame] = []
    workspace.player.frame_arrived.connect(frames.append)
    assert workspace.player.snapshot is not None
    latency, before, started = Latency(), workspace.player.snapshot.update, monotonic()
    spin(seconds)
    elapsed = monotonic() - started
    latency.timer.stop()
    made = workspace.player.snapshot.update - before
    window.close()
    spin(0.1)
    return len(frames) / elapsed, latency.late, made / elapsed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", default="", help="a part of the label of the cases to run")
    parser.add_argument("--frame-rate", choices=("30", "60", "turbo"), default="30")
    options = parser.parse_args()
    folder = tempfile.mkdtemp()
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(0.001)
    print(
        f"{'case':36} {'fps':>5} {'p50':>6} {'p95':>6} {'p99 ms':>7} {'updates/s':>10} {'share':>6}"
    )
    for case in (case for case in CASES if options.only in case.label):
        alone = headless(case, 3.0)
        fps, late, speed = in_window(case, options.seconds, options.frame_rate)
        cuts = statistics.quantiles(late, n=100)
        print(
            f"{case.label:36} {fps:5.1f} {cuts[49]:6.1f} {cuts[94]:6.1f} {cuts[98]:7.1f} "
            f"{speed:10,.0f} {speed / alone:6.0%}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
