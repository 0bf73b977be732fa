"""Hands on the model: weights that are moved in a view, and training goes on from there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.window.main_window import MainWindow
from slp_core.network.parameters import Parameters
from slp_core.training.snapshot import Snapshot
from tests.app.plots.examples import drag

ELSEWHERE = Parameters(np.array([[3.0], [-2.0]]), np.array([0.5]))


@pytest.fixture
def window(window: MainWindow, qtbot: QtBot) -> MainWindow:
    window.workspace.open("sample:two_gaussians")
    qtbot.waitUntil(lambda: window.workspace.player.snapshot is not None)
    window.workspace.player.step(20)
    qtbot.waitUntil(lambda: snapshot(window).update == 20)
    return window


def snapshot(window: MainWindow) -> Snapshot:
    assert window.workspace.player.snapshot is not None
    return window.workspace.player.snapshot


@pytest.mark.parametrize("key", ["weights", "landscape", "decision"])
def test_a_view_moves_the_weights_and_undo_brings_them_back(
    window: MainWindow, qtbot: QtBot, key: str
) -> None:
    before = snapshot(window).parameters.W.copy()
    assert window.views is not None
    view: Any = window.views.view(key)
    view.parameters_edited.emit(ELSEWHERE, "Change weight w1", 7)
    qtbot.waitUntil(lambda: np.array_equal(snapshot(window).parameters.W, ELSEWHERE.W))
    stack = window.workspace.history.stack
    assert stack.undoText() == "Change weight w1"
    stack.undo()
    qtbot.waitUntil(lambda: np.array_equal(snapshot(window).parameters.W, before))
    stack.redo()
    qtbot.waitUntil(lambda: np.array_equal(snapshot(window).parameters.W, ELSEWHERE.W))
    window.workspace.player.step(1)
    qtbot.waitUntil(lambda: snapshot(window).update == 21)
    assert not np.array_equal(snapshot(window).parameters.W, ELSEWHERE.W)


def test_the_boundary_follows_the_mouse_and_one_undo_brings_it_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    before = snapshot(window).parameters
    assert window.views is not None
    decision = window.views.decision
    grasp = decision.grasp()
    assert grasp is not None
    foot, size = grasp.arrow.foot, decision.canvas.pixel
    way = [(foot[0] + n * size[0], foot[1] + n * size[1]) for n in (0, 15, 30, 45)]
    drag(decision.canvas, way)
    qtbot.waitUntil(lambda: not np.array_equal(snapshot(window).parameters.b, before.b))
    assert np.allclose(snapshot(window).parameters.W, before.W)
    stack = window.workspace.history.stack
    assert stack.undoText() == "Move the boundary"
    stack.undo()
    qtbot.waitUntil(lambda: np.array_equal(snapshot(window).parameters.b, before.b))
