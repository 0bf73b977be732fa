"""Small data sets, models and runs for the plots' tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.plots.canvas import Canvas
from app.plots.colors import rgb
from app.plots.decision import DecisionPlot
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network.coding import outputs
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig
from slp_core.training.history import COLUMNS, History
from slp_core.training.snapshot import Snapshot

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


def show(qtbot: QtBot, widget: AnyWidget, width: int = 520, height: int = 480) -> AnyWidget:
    """The widget on the (offscreen) screen, painted."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    settle(qtbot)
    return widget


def settle(qtbot: QtBot) -> None:
    """Let everything that is due be done and painted."""
    for _ in range(3):  # a layout may post another layout, which may post a paint
        QApplication.sendPostedEvents()
        QApplication.processEvents()
        qtbot.wait(1)


def blobs(
    classes: int = 2,
    points: int = 60,
    *,
    degree: int = 1,
    sine: bool = False,
    features: int = 2,
    validation: float = 0.0,
    scaling: str = "standardize",
    offset: float = 0.0,
    spread: float = 1.0,
) -> Dataset:
    """Clouds around a circle, with further features of noise."""
    random = np.random.default_rng(0)
    label = np.arange(points) % classes
    angle = 2 * np.pi * label / classes
    centers = np.stack((np.cos(angle), np.sin(angle)), axis=1) * 3
    X = random.normal(0, 0.6, (points, max(features, 2)))
    X[:, :2] += centers
    columns: dict[str, object] = {f"f{n}": X[:, n] * spread + offset for n in range(features)}
    columns["kind"] = np.array([f"class {chr(97 + n)}" for n in label], dtype=object)
    return dataset(
        columns, "kind", degree=degree, sine=sine, validation=validation, scaling=scaling
    )


def plane(points: int = 50, features: int = 2) -> Dataset:
    """A numeric target that is a plane over the features."""
    X = np.random.default_rng(1).uniform(-2, 2, (points, features))
    columns: dict[str, object] = {f"f{n}": X[:, n] for n in range(features)}
    columns["height"] = 3 + X @ np.arange(1.0, features + 1)
    return dataset(columns, "height", validation=0.2)


def dataset(
    columns: dict[str, object],
    target: str,
    *,
    degree: int = 1,
    sine: bool = False,
    validation: float = 0.0,
    scaling: str = "standardize",
) -> Dataset:
    """A data set of these columns."""
    table = Table.from_columns("example", {name: np.asarray(v) for name, v in columns.items()})
    return Dataset.from_table(
        table, target, degree=degree, sine=sine, validation=validation, scaling=scaling
    )


def weights(data: Dataset, outputs: int, seed: int = 3) -> Parameters:
    """Some weights that fit the data set."""
    random = np.random.default_rng(seed)
    return Parameters(random.normal(0, 1.5, (data.terms, outputs)), random.normal(0, 0.5, outputs))


def history(updates: Sequence[int], **columns: Sequence[float] | Float64s) -> History:
    """A history with these columns; the others are NaN."""
    table = np.full((len(COLUMNS), len(updates)), np.nan)
    table[0] = updates
    table[1] = np.asarray(updates) / 10
    for name, values in columns.items():
        table[COLUMNS.index(name)] = values
    return History(table, ())


def falling(points: int = 200, last: int = 2000) -> History:
    """A loss that falls, with ups and downs, and a gradient norm over four decades."""
    updates = np.unique(np.linspace(0, last, points).astype(int))
    share = updates / last
    loss = 0.2 + 0.5 * np.exp(-6 * share)
    norm = 10.0 ** (-4 * share)
    return history(
        updates.tolist(),
        loss=loss,
        loss_min=loss - 0.05,
        loss_max=loss + 0.05,
        validation_loss=loss * 1.1,
        accuracy=0.6 + 0.35 * share,
        validation_accuracy=0.55 + 0.35 * share,
        gradient_norm=norm,
        gradient_min=norm / 2,
        gradient_max=norm * 2,
        gradient_norm_W=norm * 0.8,
        gradient_norm_b=norm * 0.6,
        weight_step_ratio=norm * 0.01,
        learning_rate=np.full(len(updates), 0.1),
        step_length=np.full(len(updates), 0.05),
    )


def snapshot(past: History, **changes: object) -> Snapshot:
    """The moment at the end of a history."""
    values: dict[str, object] = {
        "update": int(past.update[-1]),
        "epoch": float(past.epoch[-1]),
        "parameters": Parameters(np.zeros((2, 1)), np.zeros(1)),
        "loss": float(past.loss[-1]),
        "validation_loss": None,
        "gradient_norm": 1.0,
        "gradient_norm_W": 1.0,
        "gradient_norm_b": 0.0,
        "accuracy": 0.9,
        "r2": None,
        "validation_accuracy": None,
        "validation_r2": None,
        "learning_rate": 0.1,
        "step_ratio": 0.0,
        "best_loss": 0.1234,
        "best_update": 3,
        "history": past,
        "config": TrainingConfig(),
        "stop": None,
        "seconds": 1.0,
    }
    return Snapshot(**(values | changes))  # pyright: ignore[reportArgumentType]  # a dict of all


def picture(widget: QWidget) -> QImage:
    """What the widget looks like."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def color_at(canvas: Canvas, x: float, y: float) -> QColor:
    """Colour of the pixel at a place of the view."""
    place: QPointF = canvas.place_of(x, y)
    return picture(canvas).pixelColor(place.toPoint())


def distance(first: QColor, second: QColor) -> float:
    """How far apart two colours are."""
    return float(np.linalg.norm(np.subtract(rgb(first.name()), rgb(second.name()))))


def under(canvas: Canvas, place: QPoint) -> QWidget:
    """The widget that gets the mouse's events there."""
    found = canvas.childAt(place)
    assert found is not None
    return found


def drag(
    canvas: Canvas,
    places: Sequence[tuple[float, float]],
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press the left button at the first place (in the view), let it go at the last."""
    points = [canvas.place_of(*place).toPoint() for place in places]
    target = under(canvas, points[0])
    inner = [target.mapFrom(canvas, point) for point in points]
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(target, left, keys, inner[0])
    for point in inner[1:]:
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(target.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            left,
            keys,
        )
        QApplication.sendEvent(target, event)
    QTest.mouseRelease(target, left, keys, inner[-1])


@dataclass
class Calls:
    """Stands in for a function that must not be called."""

    seen: list[object] = field(default_factory=list[object])

    def __call__(self, *arguments: object) -> None:
        self.seen.append(arguments)


def made(qtbot: QtBot, data: Dataset, chosen: Pair) -> DecisionPlot:
    """A decision plot of these data and this pair, painted."""
    plot = show(qtbot, DecisionPlot())
    plot.set_data(data)
    plot.set_model(chosen)
    settle(qtbot)
    return plot


def some(data: Dataset, chosen: Pair) -> Parameters:
    """Some weights of the right shape."""
    return weights(data, outputs(chosen, len(data.classes)) if data.classes else 1)


def image_of(plot: DecisionPlot) -> np.ndarray:
    """The pixels of the region."""
    view = plot.view
    assert view is not None
    assert view.image is not None
    return view.image
