"""The pieces a curve is drawn with."""

from __future__ import annotations

from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from app.plots.canvas import Canvas
from app.plots.curve_items import CurveItems, Look
from app.theme import THEMES


def test_a_cross_that_is_drawn_already_takes_the_colour_of_another_theme(qtbot: QtBot) -> None:
    canvas = Canvas()
    qtbot.addWidget(canvas)
    curve = CurveItems(canvas, 0)
    curve.set_look(Look("#123456", 1.0, (), THEMES["dark"].danger))
    curve._mark(np.array([1.0]), np.array([2.0]))  # pyright: ignore[reportPrivateUsage]
    curve.set_look(Look("#123456", 1.0, (), THEMES["projector"].danger))
    cross: Any = curve._end  # pyright: ignore[reportPrivateUsage] - the item alone knows
    (point,) = cross.points()
    assert point.brush().color().name() == THEMES["projector"].danger.lower()
    assert point.pen().color().name() == THEMES["projector"].danger.lower()
