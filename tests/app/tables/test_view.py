"""The table view under a person's hands: what is shown, sorted, filtered, found, copied."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.tables.judge import Judge
from app.theme import THEMES
from slp_core.data.dataset import Dataset
from slp_core.data.edits import Edit, apply_edit
from slp_core.data.revision import revised
from slp_core.data.table import Table
from slp_core.network.pairs import pair
from slp_core.storage.model import Model
from tests.app.conftest import Ear

from .conftest import SOFTMAX, Hand, flowers, weights

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_cells_are_those_of_the_file_and_of_the_model(
    hand: Hand, table: Table, dataset: Dataset
) -> None:
    assert hand.texts("length")[:3] == ["0", "1", "2"]
    assert hand.texts("width")[3:5] == [str(table.columns[1].cell(3)), "–"]
    assert hand.texts("note")[7] == "plant 7"
    model = Model(
        task=dataset.task,
        activation="softmax",
        loss="cross_entropy",
        preparation=dataset.preparation,
        classes=dataset.classes,
        target=dataset.target,
        parameters=weights(dataset, SOFTMAX),
    )
    inputs, usable, _ = model.inputs_from(table)
    usable[6] = False
    predicted, shares = model.predict(inputs[usable]), model.predict_proba(inputs[usable])
    told = np.array(hand.texts("Prediction"), dtype=object)
    assert (told[usable] == predicted).all()
    assert set(told[~usable]) == {"–"}
    column = hand.column("Probability")
    row = int(np.flatnonzero(usable)[5])
    assert hand.view.model.shown(row, column) == f"{100 * shares[5].max():.1f} %"
    wrong = [k for k, mark in enumerate(hand.texts("Mistake")) if mark == "✗"]
    truth = table.columns[3].texts()
    assert wrong == [k for k in range(40) if usable[k] and told[k] != truth[k]]


def test_part_and_why_a_row_is_left_out(hand: Hand) -> None:
    assert hand.texts("Part").count("Validation") == 9
    column, model = hand.column("Part"), hand.view.model
    for row, reason in ((4, "width is missing"), (6, "kind (the target) is missing")):
        assert hand.texts("Part")[row] == "Left out"
        for name in ("Part", "Prediction", "Loss"):
            tip = model.data(model.index(row, hand.column(name)), Qt.ItemDataRole.ToolTipRole)
            assert reason in str(tip)
    tip = str(model.data(model.index(0, column), Qt.ItemDataRole.ToolTipRole))
    assert "trains" in tip or "Held out" in tip


def test_rows_have_the_numbers_of_all_views_and_tell_their_line(qtbot: QtBot, hand: Hand) -> None:
    model = hand.view.model
    assert model.headerData(7, Qt.Orientation.Vertical) == "8"
    base = flowers(12)
    lines = base.lines + 1  # the first line has the names
    lines[11] = 0
    fresh = Table(base.name, Path("flowers.csv"), base.dialect, base.columns, 12, (), (), lines)
    hand.view.set_data(fresh, None)
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in (4, 11)] == ["5", "12"]
    told = Qt.ItemDataRole.ToolTipRole
    tips = [str(model.headerData(row, Qt.Orientation.Vertical, told)) for row in (4, 11)]
    assert "line 6" in tips[0]
    assert "new" in tips[1]
    assert model.columnCount() == 4


def test_a_header_sorts_up_then_down_then_not(hand: Hand) -> None:
    hand.view.grid.header.setSectionHidden(0, True)
    natural = list(range(40))
    hand.head("Loss")
    up = [float(text) for text in hand.texts("Loss")[:-3]]
    assert up == sorted(up)
    hand.head("Loss")
    down = hand.rows()
    assert hand.texts("Loss")[-3:] == ["–"] * 3
    assert [float(text) for text in hand.texts("Loss")[:-3]] == sorted(up, reverse=True)
    assert down != natural
    hand.head("Loss")
    assert hand.rows() == natural


def test_filters_show_their_rows_and_count_them(hand: Hand) -> None:
    hand.choose("left_out")
    assert hand.rows() == [4, 6, 9]
    assert hand.view.bar.count.text() == "3 of 40 rows"
    hand.choose("validation")
    assert set(hand.texts("Part")) == {"Validation"}
    hand.choose("mistakes")
    assert set(hand.texts("Mistake")) == {"✗"}
    hand.choose("all")
    assert hand.view.bar.count.text() == "40 rows"


def test_a_perfect_network_has_no_mistakes(hand: Hand, dataset: Dataset) -> None:
    table = Table.from_columns("two", {"x": np.array([-2.0, -1, 1, 2]), "y": list("aabb")})
    data = Dataset.from_table(table, "y", ["x"])
    hand.view.set_data(table, data)
    hand.choose("mistakes")
    assert hand.view.nothing.text() == "The network has no weights yet: nothing is predicted."
    chosen = pair("sigmoid", "cross_entropy")
    one = weights(data, chosen)
    one.W[:], one.b[:] = 5, 0
    hand.view.set_model(chosen, one)
    assert hand.rows() == []
    assert hand.view.nothing.isVisible()
    assert hand.view.nothing.text() == "No mistakes: every row is right."


def test_a_regression_has_errors_instead_of_mistakes(hand: Hand, table: Table) -> None:
    hand.choose("mistakes")
    data = Dataset.from_table(table, "length", ["width"], task="regression")
    hand.view.set_data(table, data)
    chosen = pair("identity", "quadratic")
    hand.view.set_model(chosen, weights(data, chosen))
    box = hand.view.bar.filter
    assert (box.value(), box.is_refused("mistakes")) == ("all", True)
    labels = [field.label for field in hand.view.model.fields]
    assert labels[:5] == ["length", "Prediction", "Error", "Loss", "Part"]
    judged = Judge(data, chosen, weights(data, chosen)).judged(np.array([0]))
    row = int(data.row_index[0])
    shown = hand.texts("Prediction")[row].replace("\u2212", "-")
    assert float(shown) == pytest.approx(judged.values[0], rel=1e-3)


@pytest.mark.parametrize(
    ("activation", "loss", "name"),
    [
        ("sigmoid", "cross_entropy", "Probability"),
        ("tanh", "quadratic", "Output"),
        ("step", "perceptron", "Score"),
        ("identity", "hinge", "Output"),
    ],
)
def test_certainty_is_called_what_it_is(hand: Hand, activation: str, loss: str, name: str) -> None:
    two = flowers(40, 2)
    data = Dataset.from_table(two, "kind", ["length", "width"])
    chosen = pair(activation, loss)
    hand.view.set_data(two, data)
    hand.view.set_model(chosen, weights(data, chosen))
    assert hand.view.model.fields[3].label == name
    judged = Judge(data, chosen, weights(data, chosen)).judged(np.array([0]))
    shown = hand.texts(name)[int(data.row_index[0])]
    text = shown.removesuffix(" %").replace("\u2212", "-")
    scale = 100 if name == "Probability" else 1
    assert float(text) == pytest.approx(scale * judged.values[0], rel=1e-2)


def test_search_jumps_as_one_types_and_goes_round(hand: Hand, qtbot: QtBot) -> None:
    field, grid = hand.view.bar.search, hand.view.grid
    QTest.keyClicks(field, "PLANT 3")
    qtbot.waitUntil(lambda: grid.currentIndex().row() == 3)
    assert grid.currentIndex().column() == hand.column("note")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert grid.currentIndex().row() == 30
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert grid.currentIndex().row() == 3
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert grid.currentIndex().row() == 39
    assert hand.view.selection().size == 0


def test_search_finds_numbers_as_they_are_shown_and_says_when_there_is_none(hand: Hand) -> None:
    field, grid = hand.view.bar.search, hand.view.grid
    width = hand.texts("width")[20]
    QTest.keyClicks(field, width)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert grid.currentIndex().row() == 20
    QTest.keyClicks(field, "xyz")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.property("invalid") is True
    assert "No cell has" in hand.view.bar.count.text()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert hand.view.bar.count.text() == "40 rows"


def test_the_menu_does_what_the_keys_do(hand: Hand, heard: Ear) -> None:
    edits = heard(hand.view.edit_requested)
    hand.click(3, hand.column("width"))
    hand.view.grid.menu_requested.emit(hand.view.mapToGlobal(hand.view.rect().center()))
    menu = hand.view.grid.findChild(QMenu)
    assert menu is not None
    actions = {action.text(): action for action in menu.actions()}
    actions["Sort by width, largest first"].trigger()
    assert hand.view.grid.header.isVisible()
    assert hand.rows()[-2:] == [4, 9]
    actions["Remove row"].trigger()
    assert edits[0][0].removed.tolist() == [3]
    assert edits[0][1] == "Remove 1 row"
    menu.close()


def test_hidden_it_only_remembers(hand: Hand, table: Table, dataset: Dataset) -> None:
    hand.view.hide()
    before = hand.view.model.judge
    other = flowers(12)
    data = Dataset.from_table(other, "kind", ["length", "width"])
    hand.view.set_data(other, data)
    hand.view.set_model(SOFTMAX, weights(data, SOFTMAX))
    hand.view.set_selection(np.array([11]))
    assert (hand.view.model.judge, hand.view.model.rowCount()) == (before, 40)
    hand.view.show()
    assert hand.view.model.rowCount() == 12
    assert hand.texts("Prediction")[0] != "–"
    assert hand.view.grid.picks.rows().tolist() == [11]


def test_cells_follow_training_calmly(hand: Hand, dataset: Dataset, qtbot: QtBot) -> None:
    before = hand.texts("Loss")
    for seed in range(1, 6):
        hand.view.set_model(SOFTMAX, weights(dataset, SOFTMAX, seed))
    assert hand.texts("Loss") == before
    last = Judge(dataset, SOFTMAX, weights(dataset, SOFTMAX, 5)).judged(np.array([0]))
    row = int(dataset.row_index[0])
    expected = pytest.approx(float(last.losses[0]), rel=1e-3)
    qtbot.waitUntil(lambda: float(hand.texts("Loss")[row]) == expected)


def test_a_sort_by_loss_follows_training(hand: Hand, dataset: Dataset, qtbot: QtBot) -> None:
    hand.head("Loss")
    hand.view.set_model(SOFTMAX, weights(dataset, SOFTMAX, 3))
    judged = Judge(dataset, SOFTMAX, weights(dataset, SOFTMAX, 3)).judged(slice(None))
    first = int(dataset.row_index[judged.losses.argmin()])
    qtbot.waitUntil(lambda: hand.rows()[0] == first)


def test_an_edit_keeps_sorting_place_and_weights(
    hand: Hand, table: Table, dataset: Dataset
) -> None:
    hand.head("length")
    hand.head("length")
    hand.click(5)
    row = hand.rows()[5]
    applied = apply_edit(table, Edit(removed=np.array([0])))
    data = revised(dataset, applied.table, applied.kept)
    hand.view.set_data(applied.table, data)
    assert hand.view.model.rowCount() == 39
    assert hand.texts("length")[:2] == ["39", "38"]
    assert hand.view.grid.currentIndex().row() == 5
    assert hand.texts("length")[5] == str(row)
    assert "–" not in hand.texts("Loss")[:5]


def test_other_data_forget_the_weights(hand: Hand) -> None:
    other = flowers(30)
    hand.view.set_data(other, Dataset.from_table(other, "kind", ["length"]))
    assert set(hand.texts("Prediction")) == {"–"}
    hand.view.set_data(None, None)
    assert hand.view.model.rowCount() == 0
    assert hand.view.nothing.text() == "No data yet. Open a file or a sample."


def test_every_theme_can_be_painted(hand: Hand, qapp: QApplication) -> None:
    hand.click(2)
    pictures: set[int] = set()
    for theme in THEMES.values():
        hand.view.set_theme(theme)
        image = hand.view.grid.viewport().grab().toImage()
        cell = hand.view.grid.visualRect(hand.view.model.index(2, 0))
        pictures.add(image.pixelColor(cell.right() - 3, cell.top() + 3).rgb())
        assert image.pixelColor(cell.right() - 3, cell.top() + 3) != theme.surface
    assert len(pictures) == 3
