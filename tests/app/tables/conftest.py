"""What the tests of the table view share: a table with gaps, its data set, weights, a view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.tables.view import TableView
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table
from slp_core.network import coding
from slp_core.network.pairs import Pair, pair
from slp_core.network.parameters import Parameters

ROWS = 40


def flowers(rows: int = ROWS, classes: int = 3) -> Table:
    """Numbers, a note in every row and classes; rows 4 and 9 have no width, row 6 no class."""
    random = np.random.default_rng(5)
    width = random.normal(size=rows).round(3)
    width[[4, 9]] = np.nan
    names = np.array([f"class {'abcdefgh'[k % classes]}" for k in range(rows)], dtype=object)
    names[6] = ""
    return Table.from_columns(
        "flowers",
        {
            "length": np.arange(rows, dtype=float),
            "width": width,
            "note": np.array([f"plant {k}" for k in range(rows)], dtype=object),
            "kind": names,
        },
    )


@pytest.fixture
def table() -> Table:
    return flowers()


@pytest.fixture
def dataset(table: Table) -> Dataset:
    return Dataset.from_table(table, "kind", ["length", "width"], validation=0.25)


def weights(dataset: Dataset, chosen: Pair, seed: int = 0) -> Parameters:
    """Random weights that fit."""
    classes = len(dataset.classes)
    outputs = coding.outputs(chosen, classes) if classes else 1
    random = np.random.default_rng(seed)
    shape = (dataset.prepared.shape[1], outputs)
    return Parameters(random.normal(size=shape), random.normal(size=outputs))


SOFTMAX = pair("softmax", "cross_entropy")


@dataclass
class Hand:
    """A person's mouse and keyboard at a table view."""

    view: TableView

    def click(
        self, row: int, column: int = 1, modifiers: Qt.KeyboardModifier | None = None
    ) -> None:
        cell = self.view.grid.visualRect(self.view.model.index(row, column))
        none = Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(
            self.view.grid.viewport(),
            Qt.MouseButton.LeftButton,
            none if modifiers is None else modifiers,
            cell.center(),
        )

    def drag(self, first: int, last: int) -> None:
        view, port = self.view, self.view.grid.viewport()
        places = [view.grid.visualRect(view.model.index(r, 1)).center() for r in (first, last)]
        QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=places[0])
        QTest.mouseMove(port, (places[0] + places[1]) / 2)
        QTest.mouseMove(port, places[1])
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=places[1])

    def double_click(self, row: int, column: int) -> None:
        self.click(row, column)
        cell = self.view.grid.visualRect(self.view.model.index(row, column))
        port = self.view.grid.viewport()
        QTest.mouseDClick(port, Qt.MouseButton.LeftButton, pos=cell.center())

    def head(self, name: str) -> None:
        """Click on the name of a column."""
        header = self.view.grid.header
        place = header.sectionViewportPosition(self.column(name)) + 10
        port = header.viewport()
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=QPoint(place, 10))

    def choose(self, key: str) -> None:
        """Choose a filter with the keys."""
        box = self.view.bar.filter
        keys = [option.key for option in box.options()]
        box.setFocus()
        while box.value() != key:
            down = keys.index(box.value() or "all") < keys.index(key)
            QTest.keyClick(box, Qt.Key.Key_Down if down else Qt.Key.Key_Up)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
        none = Qt.KeyboardModifier.NoModifier
        QTest.keyClick(self.view.grid, key, none if modifiers is None else modifiers)

    def column(self, name: str) -> int:
        return [field.label for field in self.view.model.fields].index(name)

    def texts(self, name: str) -> list[str]:
        """A column of the view, from the top."""
        column = self.column(name)
        return [self.view.model.shown(row, column) for row in range(self.view.model.rowCount())]

    def rows(self) -> list[int]:
        """The rows of the table that are shown."""
        return [self.view.model.table_row(row) for row in range(self.view.model.rowCount())]


@pytest.fixture
def view(qtbot: QtBot, table: Table, dataset: Dataset) -> Iterator[TableView]:
    made = TableView()
    qtbot.addWidget(made)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.set_data(table, dataset)
    made.set_model(SOFTMAX, weights(dataset, SOFTMAX))
    yield made
    made.shut_down()


@pytest.fixture
def hand(view: TableView) -> Hand:
    return Hand(view)
