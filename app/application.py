"""The composition root: the only place that builds things and ties their lives together."""

from __future__ import annotations

import sys
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.collecting import Collector
from app.icons import application_icon
from app.launch import WindowOptions
from app.settings import Settings
from app.window.crash import CrashReporter
from app.window.interrupt import Interrupt
from app.window.main_window import MainWindow
from app.window.picture import save_picture
from app.window.qt_messages import quieten
from app.workspace import Workspace
from slp_core.errors import SlpError

NAME = "Perceptron Lab"
FIRST_SAMPLE = "sample:two_gaussians"
SWITCH_INTERVAL = 0.001
"""How long the training thread may keep the interpreter lock from the window (Python's own 5 ms
left a 99th percentile of event latency of 176 ms)."""


def open_window(options: WindowOptions) -> int:
    """Open the window and run until it is closed.

    Returns the exit code of the program.
    """
    application = _application()
    workspace = Workspace()
    interrupt = Interrupt()
    collector = Collector(application)
    collector.start()
    try:
        return _run(application, workspace, options)
    finally:
        # A thread that is destroyed while it runs takes the process with it.
        workspace.shut_down()
        interrupt.uninstall()
        collector.stop()


def _run(application: QApplication, workspace: Workspace, options: WindowOptions) -> int:
    window = MainWindow(workspace, Settings())
    crash = CrashReporter(window.show_problem, window)
    crash.install()
    application.aboutToQuit.connect(workspace.shut_down)
    if options.size is not None:
        window.resize(*options.size)
    else:
        window.restore_place()
    window.show()
    window.build_after_first_paint()
    window.doors.asks = options.screenshot is None  # nobody is there to answer
    window.doors.start(options, FIRST_SAMPLE)
    photographer = _Photographer(window, options) if options.screenshot is not None else None
    try:
        code = application.exec()
    finally:
        crash.uninstall()
    if photographer is not None and photographer.error is not None:
        raise photographer.error
    return code


def _application() -> QApplication:
    sys.setswitchinterval(SWITCH_INTERVAL)
    quieten()
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName(NAME)
    application.setOrganizationName("perceptron-lab")
    application.setDesktopFileName("perceptron-lab")
    application.setWindowIcon(application_icon())
    return application


class _Photographer:
    """Saves a picture of the window some time after its start, and ends the program.

    ``error`` is what kept it from being taken: data that cannot be opened, or a file that cannot
    be written.
    """

    def __init__(self, window: MainWindow, options: WindowOptions) -> None:
        self.error: Exception | None = None
        self._window, self._options = window, options
        self._due = monotonic() + options.after
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look)
        self._timer.start(50)
        window.workspace.refused.connect(self._give_up)

    def _look(self) -> None:
        if monotonic() >= self._due and self._window.is_settled():
            self._timer.stop()
            path = self._options.screenshot
            assert path is not None  # noqa: S101 - there is no photographer without one
            try:
                save_picture(self._window, path)
            except (SlpError, OSError) as error:
                self.error = error
            QApplication.exit(0)

    def _give_up(self, error: Exception) -> None:
        self.error = error
        QApplication.exit(2)
