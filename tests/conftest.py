"""Ground rules of every test: no display needed, no settings of the user's touched, silence."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.collecting import collect_due

gc.disable()  # collected by `cycles_end_here`, never in the thread of a job that still runs


class Windows:
    """Collects all generations once windows pile up: each new one polishes all that there are."""

    MANY = 40
    """Windows, menus and lists of boxes more than after the last time."""

    def __init__(self) -> None:
        self._kept = 0

    def collect(self) -> None:
        if _windows() > self._kept + self.MANY:
            gc.collect()
            self._kept = _windows()
        else:
            collect_due()


def _windows() -> int:
    return len(QApplication.topLevelWidgets()) if QApplication.instance() else 0


_WINDOWS = Windows()


@pytest.fixture(autouse=True)
def cycles_end_here() -> Iterator[None]:
    """Collect in the thread of the tests: widgets that die in another one end the process."""
    yield
    _WINDOWS.collect()


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep settings in a folder of this test's own."""
    folder = tmp_path_factory.mktemp("settings")
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    yield folder
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))


@pytest.fixture(autouse=True)
def no_thread_left_behind() -> Iterator[None]:
    """Fail a test that leaves a Python thread running."""
    before = set(threading.enumerate())
    yield
    left = [t for t in set(threading.enumerate()) - before if not t.daemon and t.is_alive()]
    # Threads that Qt started show up as dummy threads and end with their pool.
    left = [t for t in left if not t.name.startswith("Dummy")]
    assert not left, f"threads left running: {left}"
