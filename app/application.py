"""The composition root: the only place that builds things and ties their lives together."""

from __future__ import annotations

import sys
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.icons import application_icon
from app.launch import WindowOptions
from app.settings import Settings
from app.window.crash import CrashReporter
from app.window.main_window import MainWindow
from app.window.picture import save_picture
from app.window.qt_messages import quieten
from app.workspace import Workspace

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
    settings = Settings()
    workspace = Workspace()
    window = MainWindow(workspace, settings)
    crash = CrashReporter(window.show_problem, window)
    crash.install()
    application.aboutToQuit.connect(workspace.shut_down)
    _place(window, options)
    window.show()
    window.build_after_first_paint()
    workspace.open(options.source or FIRST_SAMPLE, options.data, options.config, play=options.play)
    if options.screenshot is not None:
        _photograph(window, options)
    try:
        return application.exec()
    finally:
        crash.uninstall()
        workspace.shut_down()


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


def _place(window: MainWindow, options: WindowOptions) -> None:
    if options.size is not None:
        window.resize(*options.size)
    else:
        window.restore_place()


def _photograph(window: MainWindow, options: WindowOptions) -> None:
    """Save a picture ``after`` seconds from now, once the data is open, and quit."""
    path = options.screenshot
    assert path is not None  # noqa: S101 - the caller has checked
    due = monotonic() + options.after
    timer = QTimer(window)

    def look() -> None:
        if monotonic() < due or not window.is_settled():
            return
        timer.stop()
        application = QApplication.instance()
        try:
            save_picture(window, path)
        finally:
            if application is not None:
                application.exit(0 if path.exists() else 2)

    timer.timeout.connect(look)
    timer.start(50)
