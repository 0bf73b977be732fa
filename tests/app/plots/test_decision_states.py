from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.numbers import number_text
from app.plots.colors import class_color
from app.plots.decision import DecisionPlot
from app.plots.plane import PlaneView
from app.theme import THEMES, apply
from slp_core.network.pairs import pair
from slp_core.network.parameters import Parameters
from tests.app.plots.examples import (
    blobs,
    color_at,
    dataset,
    distance,
    image_of,
    made,
    picture,
    plane,
    settle,
    show,
    some,
)

SOFTMAX = pair("softmax", "cross_entropy")
SIGMOID = pair("sigmoid", "cross_entropy")
LINE = pair("identity", "quadratic")


def test_weights_that_are_not_finite_leave_the_last_picture_and_say_so(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    plot.show_parameters(some(data, SIGMOID))
    before = image_of(plot).copy()
    plot.show_parameters(Parameters(np.full((2, 1), np.nan), np.zeros(1)))
    assert np.array_equal(image_of(plot), before)
    assert "not finite" in plot.note.text()
    plot.show_parameters(some(data, SIGMOID))
    assert plot.note.text() == ""


def test_weights_of_another_model_are_not_drawn(qtbot: QtBot) -> None:
    """The last frame of a run may arrive after the data have changed."""
    plot = made(qtbot, blobs(2), SIGMOID)
    plot.show_parameters(Parameters(np.ones((5, 1)), np.zeros(1)))
    plot.show_parameters(Parameters(np.ones((2, 3)), np.zeros(3)))
    plot.show_mistakes(Parameters(np.ones((2, 3)), np.zeros(3)))
    assert plot.view is not None
    assert plot.view.image is None


def test_hidden_it_only_remembers(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    drawn: list[object] = []
    plot.hide()
    assert plot.view is not None
    monkeypatch.setattr(plot.view, "show", drawn.append)
    last = some(data, SIGMOID)
    for _ in range(5):
        plot.show_parameters(last)
        plot.show_mistakes(last)
    assert drawn == []
    plot.show()
    qtbot.waitUntil(lambda: drawn == [last])


def test_the_theme_recolours_everything(qtbot: QtBot) -> None:
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    plot.show_parameters(some(data, SIGMOID))
    settle(qtbot)
    light = picture(plot)
    plot.set_theme(THEMES["dark"])
    settle(qtbot)
    dark = picture(plot)
    assert dark.pixelColor(2, 2).name() == THEMES["dark"].surface
    bright = sum(
        dark.pixelColor(x, y).lightness() > 128
        for x in range(0, dark.width(), 5)
        for y in range(0, dark.height(), 5)
    )
    assert bright < 0.15 * dark.width() * dark.height() / 25, "something stayed light"
    plot.set_theme(THEMES["light"])
    settle(qtbot)
    assert picture(plot) == light


def test_many_samples_become_a_picture(qtbot: QtBot) -> None:
    points = 21_000
    random = np.random.default_rng(0)
    label = np.arange(points) % 2
    data = dataset(
        {
            "x": random.normal(0, 1, points) + 8.0 * label,
            "y": random.normal(0, 1, points),
            "kind": np.array(["a", "b"], dtype=object)[label],
        },
        "kind",
    )
    plot = made(qtbot, data, SIGMOID)
    settle(qtbot)
    assert "density of 21,000 samples" in plot.legend.texts
    theme = THEMES["light"]
    for k in (0, 1):
        color = color_at(plot.canvas, 8.0 * k, 0.0)
        near = [distance(color, QColor(class_color(theme, n))) for n in (0, 1)]
        assert int(np.argmin(near)) == k
    plot.canvas.set_range((-1.0, 1.0), (-1.0, 1.0))
    qtbot.waitUntil(lambda: distance(color_at(plot.canvas, 0.9, 0.9), QColor(theme.surface)) > 30)


@pytest.mark.parametrize(
    "columns",
    [
        {"x": [1.0], "y": [2.0]},
        {"x": [1.0, 1.0, 1.0, 1.0], "y": [1.0, 2.0, 3.0, 4.0]},
        {"x": [1e9, 2e9, 3e9, 4e9], "y": [1e-9, 2e-9, 3e-9, 4e-9]},
        {"x": [1e9, 1e9 + 1, 1e9 + 2, 1e9 + 3], "y": [0.0, 1.0, 0.0, 1.0]},
    ],
)
def test_odd_data_are_shown(qtbot: QtBot, columns: dict[str, list[float]]) -> None:
    from app.plots.scene import padded

    for values in columns.values():
        low, high = padded(np.array(values))
        assert np.isfinite((low, high)).all()
        assert low < min(values) <= max(values) < high
    if len(columns["x"]) < 4 or len(set(columns["x"])) == 1:
        return  # such columns are refused before they come here
    data = dataset({**columns, "kind": np.array(list("abab"), dtype=object)}, "kind")
    plot = made(qtbot, data, SIGMOID)
    plot.show_parameters(Parameters(np.ones((2, 1)), np.zeros(1)))
    assert isinstance(plot.view, PlaneView)
    x, y = plot.view.picture.boundary
    V = data.preparation.transform(np.stack((x, y), axis=1)).sum(axis=1)
    assert len(x) >= 2
    assert np.abs(V).max() < 0.05


def test_regression_shows_values_as_colors(qtbot: QtBot) -> None:
    data = plane()
    plot = made(qtbot, data, LINE)
    parameters = Parameters(np.array([[1.0], [0.5]]), np.array([3.0]))
    plot.show_parameters(parameters)
    assert plot.color_bar.isVisible()
    assert plot.color_bar.name == "height"
    image = image_of(plot)
    assert image[0, 0, 0] < image[-1, -1, 0], "viridis grows redder"
    assert int(image[0, 0, 2]) > int(image[-1, -1, 2]), "and less blue"
    plot.canvas.hovered.emit(QPointF(0.1, 0.2))
    V = data.preparation.transform(np.array([[0.1, 0.2]])) @ parameters.W + parameters.b
    assert f"height {number_text(V[0, 0])}" in plot.readout.text()
    plot.show_mistakes(parameters)
    assert "misclassified" not in plot.accessibleDescription()


def test_the_same_rate_change_does_not_start_anew(qtbot: QtBot) -> None:
    """The window sets the model again with every change of a setting."""
    data = blobs(2)
    plot = made(qtbot, data, SIGMOID)
    plot.show_parameters(some(data, SIGMOID))
    view = plot.view
    plot.set_model(SIGMOID)
    settle(qtbot)
    assert plot.view is view


def test_resizing_leaves_nothing_of_the_old_picture(qtbot: QtBot) -> None:
    """Markers and axes come from Qt's caches, which keep parts of a picture when sizes change."""
    data = blobs(3, validation=0.3)
    plot = made(qtbot, data, SOFTMAX)
    parameters = some(data, SOFTMAX)
    plot.show_parameters(parameters)
    plot.show_mistakes(parameters)
    for width, height in ((300, 260), (640, 600)):
        plot.resize(width, height)
        settle(qtbot)
    fresh = show(qtbot, DecisionPlot(), 640, 600)
    fresh.set_data(data)
    fresh.set_model(SOFTMAX)
    settle(qtbot)
    for other in (plot, fresh):
        other.fit()
        other.show_parameters(parameters)
        other.show_mistakes(parameters)
        settle(qtbot)
    assert picture(plot) == picture(fresh)


def test_the_ground_follows_the_theme_under_the_applications_style(qtbot: QtBot) -> None:
    """A style sheet of the application takes palettes away from widgets."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    before = application.palette(), application.styleSheet(), application.style().name()
    try:
        apply(application, THEMES["light"])
        plot = made(qtbot, blobs(2), SIGMOID)
        apply(application, THEMES["dark"])
        plot.set_theme(THEMES["dark"])
        settle(qtbot)
        assert picture(plot).pixelColor(2, 2).name() == THEMES["dark"].surface
    finally:
        application.setPalette(before[0])
        application.setStyleSheet(before[1])
        application.setStyle(before[2])


def test_in_a_small_pane_the_picture_has_the_room_of_legend_and_scale(qtbot: QtBot) -> None:
    plot = made(qtbot, plane(), LINE)
    plot.show_parameters(some(plane(), LINE))
    settle(qtbot)
    assert plot.legend.isVisible()
    assert plot.color_bar.isVisible()
    plot.resize(300, 180)
    settle(qtbot)
    assert not plot.legend.isVisible()
    assert not plot.color_bar.isVisible()
    assert plot.canvas.height() > 90
    plot.resize(700, 500)
    settle(qtbot)
    assert plot.legend.isVisible()
    assert plot.color_bar.isVisible()
