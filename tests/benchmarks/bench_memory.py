"""Memory of the window over a long run at full speed, with views switched, zoomed and restarted.

    python -m tests.benchmarks.bench_memory [--minutes 10 | --updates 1000000] [--runs 4]

Prints the resident memory every half minute, or every tenth of the updates, and how long the record
of the run is; both should be flat after the first minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_window import PARTNERS, spin

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--updates", type=int, default=0, help="stop there, and print ten times")
    parser.add_argument("--runs", type=int, default=1, choices=(1, 2, 3, 4))
    options = parser.parse_args()
    from app.settings import Settings
    from app.sources import DataOptions
    from app.window.main_window import MainWindow
    from app.workspace import Workspace
    from slp_core.training.config import TrainingConfig

    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(0.001)
    space = Workspace()
    window = MainWindow(space, Settings(Path(tempfile.mkdtemp()) / "settings.ini"))
    window.show()
    window.build_views()
    window.speed.set_value(None)
    config = TrainingConfig(batch_size=32, epochs=10**9)
    space.open("sample:three_blobs", DataOptions(degree=3), config, play=True)
    spin(1.0)
    for changes in PARTNERS[: options.runs - 1]:
        space.compare(changes)
    started, turn, made, shown = monotonic(), 0, 0, -1
    print("minutes    updates  memory MB  points  checkpoints")
    while made < (options.updates or 10**12) and monotonic() - started < 60.0 * options.minutes:
        spin(1.0 if options.updates else 30.0)
        now = space.player.snapshot
        made = now.update if now is not None else 0
        if now is None or (options.updates and made * 10 // options.updates == shown):
            continue
        shown = made * 10 // options.updates if options.updates else shown
        history = now.history
        print(
            f"{(monotonic() - started) / 60:7.1f} {made:10,} {resident():10.1f}"
            f" {len(history):7} {len(history.checkpoints):12}",
            flush=True,
        )
        turn += 1
        assert window.views is not None
        window.views.show_view(("activation", "accuracy")[turn % 2])
        window.views.fit()
        if turn % 4 == 0:
            window.appearance.next()
    window.close()


if __name__ == "__main__":
    main()
