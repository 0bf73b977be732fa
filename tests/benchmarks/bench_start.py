"""Start to the first painted window, against a bare PySide6 + pyqtgraph window.

    python -m tests.benchmarks.bench_start [--repeat 7]

Each start is a process of its own; byte code is compiled by a first, unmeasured round. Prints the
medians in milliseconds and their ratio.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

BARE = """
import os
from time import time
started = float(os.environ["STARTED"])
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
import pyqtgraph
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1440, 900)
window.show()
def painted():
    print(time() - started, flush=True)
    app.quit()
QTimer.singleShot(0, lambda: (window.grab(), painted()))
app.exec()
"""
SHELL = """
import os
from time import time
started = float(os.environ["STARTED"])
import app.cli
from app.launch import WindowOptions
import app.application as composition
from app.window.main_window import MainWindow
from PySide6.QtWidgets import QApplication
def painted(window):
    print(time() - started, flush=True)
    window.close()
    QApplication.quit()
{hook}
composition.open_window(WindowOptions())
"""
FIRST = """
real = MainWindow.build_after_first_paint
def hooked(self):
    self._after_paint.run(lambda: painted(self))
MainWindow.build_after_first_paint = hooked
"""
READY = """
real = MainWindow.build_views
def hooked(self):
    real(self)
    self._after_paint.run(lambda: painted(self))
MainWindow.build_views = hooked
"""


def once(code: str, environment: dict[str, str]) -> float:
    """Milliseconds from the start of the process to its first paint."""
    from time import time

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"STARTED": repr(time())},
        capture_output=True,
        text=True,
        check=True,
    )
    return 1000.0 * float(done.stdout.split()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    options = parser.parse_args()
    environment = dict(os.environ) | {"XDG_CONFIG_HOME": tempfile.mkdtemp()}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    cases = {
        "bare PySide6 + pyqtgraph window": BARE,
        "Perceptron Lab, shell painted": SHELL.format(hook=FIRST),
        "Perceptron Lab, plots painted": SHELL.format(hook=READY),
    }
    times: dict[str, list[float]] = {label: [] for label in cases}
    for round_ in range(options.repeat + 1):
        for label, code in cases.items():
            taken = once(code, environment)
            if round_:
                times[label].append(taken)
    bare = statistics.median(times["bare PySide6 + pyqtgraph window"])
    for label, taken in times.items():
        middle = statistics.median(taken)
        print(f"{label:34} {middle:7.0f} ms  {middle / bare:5.2f} x")


if __name__ == "__main__":
    main()
