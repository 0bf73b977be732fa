from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.window.screens import AUTO, screen_choices, screen_for, stage

TWO = """{"screens": [
    {"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1},
    {"name": "beamer", "x": 1366, "y": 0, "width": 1024, "height": 768, "logicalDpi": 96, "dpr": 1}
]}"""
TALK = """
from pathlib import Path
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from app.settings import Settings
from app.window.main_window import MainWindow
from app.workspace import Workspace

app = QApplication([])
screens = {screen.name(): screen for screen in QGuiApplication.screens()}
main = QGuiApplication.primaryScreen().name()
other = next(name for name in screens if name != main)
window = MainWindow(Workspace(), Settings(Path("settings.ini")))
window.setGeometry(screens[main].geometry().adjusted(40, 40, -40, -40))
window.show()
app.processEvents()
before = window.geometry()
presenter = window.actions_["view.presenter"]

presenter.trigger()
app.processEvents()
assert window.isFullScreen()
assert window.geometry() == screens[other].geometry(), window.geometry()

window.actions_.choices("view.presenter_screen")[1 + list(screens).index(main)].trigger()
app.processEvents()
assert window.geometry() == screens[main].geometry(), window.geometry()

window.actions_.choices("view.presenter_screen")[0].trigger()
app.screenRemoved.emit(screens[other])
app.processEvents()
assert not window.isFullScreen()
assert window.geometry() == before, (window.geometry(), before)
assert "screen is gone" in window.status.message.text()
window.close()
"""


@pytest.mark.parametrize(
    ("names", "here", "wanted", "found"),
    [
        (("a",), "a", AUTO, "a"),
        (("a", "b"), "a", AUTO, "b"),
        (("a", "b", "c"), "c", AUTO, "c"),
        (("a", "b"), "b", "a", "a"),
        (("a", "b"), "a", "gone", "b"),
    ],
)
def test_the_talk_is_not_on_the_screen_with_the_mail(
    names: tuple[str, ...], here: str, wanted: str, found: str
) -> None:
    assert stage(names, "a", here, wanted) == found


def test_every_screen_can_be_chosen(qapp: QApplication) -> None:
    assert [choice.value for choice in screen_choices()] == [
        AUTO,
        *(screen.name() for screen in qapp.screens()),
    ]
    assert screen_for(QWidget(), "gone") is qapp.primaryScreen()


def test_with_two_screens_the_window_goes_to_the_other_and_comes_back(tmp_path: Path) -> None:
    """Qt offers more than one screen only from the start of a program."""
    (tmp_path / "screens.json").write_text(TWO, encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}",
        "XDG_CONFIG_HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[3]),
    }
    done = subprocess.run(
        [sys.executable, "-c", TALK],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
