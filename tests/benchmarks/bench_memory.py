"""Memory of the window over a long run at full speed, with views switched, zoomed and restarted.

    python -m tests.benchmarks.bench_memory [--minutes 10]

Prints the resident memory every half minute; it should be flat after the first minute.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from time import monotonic

from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_window import spin

PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Resident memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * PAGE / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
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
    started, turn = monotonic(), 0
    print("minutes    updates  memory MB")
    while monotonic() - started < 60.0 * options.minutes:
        spin(30.0)
        made = space.player.snapshot.update if space.player.snapshot is not None else 0
        print(f"{(monotonic() - started) / 60:7.1f} {made:10,} {resident():10.1f}", flush=True)
        turn += 1
        assert window.views is not None
        window.views.show_view(("activation", "accuracy")[turn % 2])
        window.views.fit()
        if turn % 4 == 0:
            window.appearance.next()
    window.close()


if __name__ == "__main__":
    main()
