"""What is not in sight costs nothing while runs train."""

from __future__ import annotations

import sys
from collections import Counter
from types import FrameType

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.lab.view import GradientLab
from app.training.messages import Frame
from app.view_kinds import VIEW_KINDS
from app.window.main_window import MainWindow
from slp_core.training.config import TrainingConfig

FRAMES = 12
REMEMBERS = {"findings: FindingsView.show_told"}
"""Only keeps what it is given until it is seen."""


class Calls:
    """Counts the methods of some objects that are called in this thread."""

    def __init__(self, owners: dict[str, QWidget]) -> None:
        self.made: Counter[str] = Counter()
        self._watched: dict[int, tuple[str, QObject]] = {}
        for key, widget in owners.items():
            for part in (widget, *widget.findChildren(QObject)):
                self._watched[id(part)] = key, part

    def __enter__(self) -> Calls:
        sys.setprofile(self._look)
        return self

    def __exit__(self, *_error: object) -> None:
        sys.setprofile(None)

    def _look(self, frame: FrameType, event: str, _value: object) -> None:
        if event == "call" and frame.f_code.co_varnames[:1] == ("self",):
            key, part = self._watched.get(id(frame.f_locals["self"]), ("", None))
            if part is frame.f_locals["self"]:
                self.made[f"{key}: {frame.f_code.co_qualname}"] += 1


def playing(window: MainWindow, qtbot: QtBot) -> dict[str, QWidget]:
    """All views built, two runs training; returns the views."""
    assert window.views is not None
    views = {key: window.views.view(key) for key in VIEW_KINDS}
    lab = views["lab"]
    assert isinstance(lab, GradientLab)
    qtbot.waitUntil(lambda: bool(lab.ledger.value()))  # shapes of what stands there, asked once
    space = window.workspace
    endless = TrainingConfig(batch_size=32, epochs=10**9)
    space.open("sample:three_blobs", wanted=endless)
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    space.compare({"optimizer": "adam"})
    qtbot.waitUntil(
        lambda: space.player.frame is not None and len(space.player.frame.snapshots) > 1
    )
    window.speed.set_value(None)
    space.player.play()
    qtbot.waitUntil(lambda: window.advising is not None and window.advising.told is not None)
    return views


def wait_for_frames(window: MainWindow, qtbot: QtBot) -> None:
    """Frames of the run, and one look of who gives advice."""
    frames: list[Frame] = []
    told: list[object] = []
    assert window.advising is not None
    window.workspace.player.frame_arrived.connect(frames.append)
    window.advising.counsel.told.connect(told.append)
    qtbot.waitUntil(lambda: len(frames) >= FRAMES and bool(told), timeout=20_000)


def test_no_method_of_a_hidden_view_is_called(window: MainWindow, qtbot: QtBot) -> None:
    views = playing(window, qtbot)
    hidden = {key: view for key, view in views.items() if not view.isVisible()}
    assert len(hidden) > 10
    with Calls(hidden) as calls:
        wait_for_frames(window, qtbot)
    assert set(calls.made) <= REMEMBERS
    shown = {key: view for key, view in views.items() if view.isVisible()}
    with Calls(shown) as calls:
        wait_for_frames(window, qtbot)
    assert {name.split(":")[0] for name in calls.made} == set(shown)


def test_numbers_that_change_do_not_lay_the_window_out(window: MainWindow, qtbot: QtBot) -> None:
    playing(window, qtbot)
    wait_for_frames(window, qtbot)
    asked = Layouts(window.toolbar), Layouts(window.timing.line)
    wait_for_frames(window, qtbot)
    assert asked[0].count == 0
    assert asked[1].count <= 3  # the place in words grows with the scale


class Layouts(QObject):
    """Counts how often a widget lays out what is in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_a_hidden_view_is_of_now_when_it_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    views = playing(window, qtbot)
    assert window.views is not None
    wait_for_frames(window, qtbot)
    for key, told in (
        ("findings", "._draw"),
        ("confusion", ".show_moment"),
        ("weights", ".show_moment"),
    ):
        with Calls({key: views[key]}) as calls:
            window.views.place("third", key)
        assert any(name.endswith(told) for name in calls.made), calls.made
