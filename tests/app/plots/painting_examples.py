"""A decision plot whose edits are made, as the workspace makes them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.brushes import Brush
from app.plots.decision import DecisionPlot
from slp_core.data.dataset import Dataset
from slp_core.data.edits import Edit, apply_edit
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.network.pairs import pair
from tests.app.plots.examples import settle, show, some, under

SIGMOID = pair("sigmoid", "cross_entropy")
LINE = pair("identity", "quadratic")
PUT = Brush(tool="put", label="b", index=1)


def cloud(points: int = 40, features: int = 2) -> Table:
    random = np.random.default_rng(0)
    label = np.arange(points) % 2
    columns: dict[str, np.ndarray] = {
        f"f{n}": random.normal(0, 0.6, points) + 3.0 * label * (n == 0) for n in range(features)
    }
    columns["kind"] = np.array(["a", "b"], dtype=object)[label]
    return Table.from_columns("cloud", columns)


@dataclass
class Desk:
    """A plot whose edits are made, as the workspace makes them."""

    plot: DecisionPlot
    table: Table
    data: Dataset
    late: bool = False
    heard: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    edits: list[Edit] = field(default_factory=list[Edit])
    notes: list[str] = field(default_factory=list[str])
    errors: list[object] = field(default_factory=list[object])

    def __post_init__(self) -> None:
        self.plot.edited.connect(self.hear)
        self.plot.noted.connect(self.notes.append)
        self.plot.refused.connect(self.errors.append)

    def hear(self, edit: Edit, text: str, stroke: int) -> None:
        self.heard.append((text, stroke))
        self.edits.append(edit)
        if not self.late:
            self.adopt()

    def adopt(self) -> None:
        applied = apply_edit(self.table, self.edits[-1])
        self.table = applied.table
        self.data = revised(self.data, applied.table, applied.kept)
        self.plot.set_data(self.data, self.table, keep=True)


def desk(qtbot: QtBot, table: Table, brush: Brush, **choice: object) -> Desk:
    data = Dataset.from_table(table, **choice)  # pyright: ignore[reportArgumentType]  # as named
    plot = show(qtbot, DecisionPlot())
    plot.set_data(data, table)
    chosen = SIGMOID if data.classes else LINE
    plot.set_model(chosen)
    settle(qtbot)
    plot.show_parameters(some(data, chosen))
    plot.set_painting(brush)
    return Desk(plot, table, data)


def click(plot: DecisionPlot, x: float, y: float) -> None:
    place = plot.canvas.place_of(x, y).toPoint()
    target = under(plot.canvas, place)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(plot.canvas, place))
