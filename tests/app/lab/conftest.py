"""What the tests of the gradient lab share: a lab on open data, and ways to type into it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.lab.view import GradientLab
from app.moment import Moment
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from tests.app.plots.quality_examples import moment
from tests.slp_core.training.examples import gaussians

SIGMOID = pair("sigmoid", "cross_entropy")


def now(dataset: Dataset | None = None, W: float = 0.3) -> Moment:
    """Two clouds and a sigmoid with cross-entropy."""
    data = gaussians() if dataset is None else dataset
    return moment(data, SIGMOID, Parameters(np.full((2, 1), W), np.zeros(1)))


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[GradientLab]:
    """A lab in a window, on two clouds."""
    view = GradientLab()
    view.set_theme(THEMES["light"])
    view.resize(1100, 700)
    qtbot.addWidget(view)
    with qtbot.waitExposed(view):
        view.show()
    view.show_moment(now())
    yield view
    view.shut_down()


def type_in(lab: GradientLab, text: str) -> None:
    """Replace the formula, key by key."""
    lab.editor.selectAll()
    for number, line in enumerate(text.split("\n")):
        if number:
            lab.editor.completion.close()
            QTest.keyClick(lab.editor, Qt.Key.Key_Return)
        QTest.keyClicks(lab.editor, line)
    lab.editor.completion.close()


def whole(lab: GradientLab, qtbot: QtBot) -> None:
    """Wait until a check is done, with what mends it."""
    qtbot.waitUntil(
        lambda: lab.result.outcome is not None and lab.cancel.isHidden(), timeout=15_000
    )


def press_check(lab: GradientLab, qtbot: QtBot) -> None:
    lab.editor.setFocus()
    QTest.keyClick(lab.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    whole(lab, qtbot)
