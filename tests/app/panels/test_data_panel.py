from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.panels.data_panel import DataPanel
from app.sources import DataOptions
from slp_core.data.dataset import Dataset
from slp_core.data.edits import apply_edit, without_rows
from slp_core.data.informative import usual_axes
from slp_core.data.revision import revised
from slp_core.data.table import Column, Problem, Table
from tests.app.conftest import Ear

pytestmark = pytest.mark.qt_log_ignore("does not support")


def plain(text: str) -> str:
    """A text whose spaces may be line breaks."""
    return text.replace("\u00a0", " ")


@pytest.fixture
def panel(qtbot: QtBot, table: Table, dataset: Dataset) -> DataPanel:
    made = DataPanel()
    qtbot.addWidget(made)
    made.set_table(table, dataset)
    made.set_value(DataOptions(target="species"))
    return made


def test_it_says_what_there_is(panel: DataPanel) -> None:
    assert panel.name.text() == "flowers"
    assert plain(panel.counts.text()) == "9 rows · 4 columns → 5 inputs · 3 classes"
    assert panel.features.text() == "4 of 4"
    assert any("colour" in note for note in panel.notes.notes())


@pytest.mark.parametrize(
    "value",
    [
        DataOptions(target="species"),
        DataOptions(target="species", features=("width", "colour"), validation=0.25, seed=7),
        DataOptions(target="height", task="regression", scaling="minmax", degree=3),
        DataOptions(target="species", task="multiclass", scaling="none", validation=0.123),
        DataOptions(target="species", sine=True, missing="median", stratify=False),
        DataOptions(target="species", renames=(("setosa", "bristly"),)),
    ],
)
def test_value_comes_back_and_setting_is_silent(
    panel: DataPanel, heard: Ear, value: DataOptions
) -> None:
    told = heard(panel.value_changed)
    panel.set_value(value)
    assert panel.value() == value
    assert panel.validation.value() == value.validation
    assert panel.folded.scaling.value() == value.scaling
    assert told == []


def test_each_field_edits_its_part(panel: DataPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    start = panel.value()
    for field, key in (
        (panel.folded.scaling, "minmax"),
        (panel.folded.degree, "3"),
        (panel.folded.task, "multiclass"),
    ):
        field.activated.emit([o.key for o in field.options()].index(key))
    QTest.keyClick(panel.validation.slider, Qt.Key.Key_Right)
    QTest.keyClick(panel.folded.seed, Qt.Key.Key_Up)
    assert told[-1] == replace(
        start, scaling="minmax", degree=3, task="multiclass", validation=0.05, seed=1
    )
    assert len(told) == 5
    assert panel.value() == told[-1]


def test_another_target_opens_features_and_task_again(panel: DataPanel, heard: Ear) -> None:
    panel.set_value(DataOptions(target="species", features=("width",), task="multiclass"))
    told = heard(panel.value_changed)
    QTest.keyClick(panel.target, Qt.Key.Key_Up)
    assert told == [DataOptions(target="colour")]


def test_features_are_chosen_in_the_list(panel: DataPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    panel.features.open_list()
    item = panel.features.popup.list.item(2)
    assert item.text() == "height"
    item.setCheckState(Qt.CheckState.Unchecked)
    panel.features.popup.close()
    assert told == [DataOptions(target="species", features=("length", "width", "colour"))]


def test_axes_start_with_the_features_that_tell_most(
    panel: DataPanel, dataset: Dataset, heard: Ear
) -> None:
    told = heard(panel.axes_changed)
    assert panel.axes() == usual_axes(dataset)
    panel.set_axes(0, 1)
    QTest.keyClick(panel.x_axis, Qt.Key.Key_Down)
    assert told == [(1, 1)]
    QTest.keyClick(panel.y_axis, Qt.Key.Key_End)
    assert told[-1] == (1, None)


def test_axes_go_with_their_names_and_a_curve_is_not_kept_that_nobody_chose(
    qtbot: QtBot, table: Table
) -> None:
    panel = DataPanel()
    qtbot.addWidget(panel)
    three = Dataset.from_table(table, "species", ["length", "width", "height"])
    two = Dataset.from_table(table, "species", ["width", "height"])
    one = Dataset.from_table(table, "species", ["width"])
    panel.set_table(table, three)
    panel.set_axes(2, 1)
    panel.set_table(table, two)
    assert panel.axes() == (1, 0), "height across, width up"
    panel.set_table(table, one)
    assert panel.axes() == (0, None)
    panel.set_table(table, two)
    assert panel.axes() == usual_axes(two)
    panel.set_table(table, three)
    panel.set_axes(1, None)
    panel.set_table(table, two)
    assert panel.axes() == (0, None), "it was chosen"


def test_axes_stay_while_rows_are_edited(qtbot: QtBot, table: Table, dataset: Dataset) -> None:
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.set_table(table, dataset, table)
    panel.set_axes(2, 0)
    applied = apply_edit(table, without_rows([1]))
    panel.set_table(applied.table, revised(dataset, applied.table, applied.kept), table)
    assert panel.axes() == (2, 0)
    panel.set_table(applied.table, dataset, applied.table)
    assert panel.axes() == usual_axes(dataset), "a table of its own"


def test_axes_stay_while_the_table_stays(
    panel: DataPanel, table: Table, dataset: Dataset, heard: Ear
) -> None:
    told = heard(panel.axes_changed)
    panel.set_axes(2, 0)
    panel.set_table(table, dataset)
    assert panel.axes() == (2, 0)
    fewer = Dataset.from_table(table, "species", ["length", "width"])
    panel.set_table(table, fewer)
    assert panel.axes() == (0, 1)
    assert told == []


def test_one_feature_is_a_curve(panel: DataPanel, table: Table) -> None:
    panel.set_table(table, Dataset.from_table(table, "species", ["length"]))
    assert panel.axes() == (0, None)
    assert panel.y_axis.isHidden()
    assert panel.axes() == (0, None)


def test_columns_that_cannot_serve_are_greyed_with_the_reason(
    panel: DataPanel, table: Table
) -> None:
    more = (
        Column.of_texts("day", ["2024-01-01"] * 9, "date"),
        Column.of_texts("nothing", [""] * 9, "empty"),
    )
    wider = replace(table, columns=(*table.columns, *more))
    panel.set_table(wider, Dataset.from_table(wider, "species"))
    assert panel.target.is_refused("nothing")
    assert "nothing to predict" in panel.target.tip_of("nothing")
    assert not panel.target.is_refused("species")
    assert panel.features.text() == "4 of 4"


def test_regression_is_said(panel: DataPanel, table: Table) -> None:
    panel.set_table(table, Dataset.from_table(table, "width", ["length"], task="regression"))
    assert plain(panel.counts.text()) == "9 rows · 1 feature · regression"


def test_rows_that_are_left_out_are_said_first(panel: DataPanel) -> None:
    holes = Table.from_columns(
        "holes",
        {
            "x": np.array([1.0, np.nan, 3.0, 4.0, np.nan, 6.0]),
            "y": np.array([1.0, 2.0, 3.0, np.nan, np.nan, 2.0]),
            "class": np.array([0, 1, 0, 1, 0, 1]),
        },
    )
    panel.set_table(holes, Dataset.from_table(holes, "class", ["x", "y"]))
    assert plain(panel.counts.text()) == "3 of 6 rows used · 2 features · 2 classes"
    assert panel.notes.notes()[0].startswith("3 of 6 rows are used")


def test_powers_are_counted_as_inputs(panel: DataPanel, table: Table) -> None:
    made = Dataset.from_table(table, "species", ["length", "width"], degree=2)
    panel.set_table(table, made)
    assert panel.features.text() == "2 of 4"
    assert plain(panel.counts.text()) == "9 rows · 2 columns → 5 inputs · 3 classes"


def test_requests(panel: DataPanel, table: Table, dataset: Dataset, heard: Ear) -> None:
    opened, problems = heard(panel.open_requested), heard(panel.problems_requested)
    panel.open.click()
    panel.invite.click()
    assert len(opened) == 2
    bad = Problem(3, "width", "?", "not a number", "missing", "cell", count=2)
    panel.set_table(replace(table, problems=(bad,)), dataset)
    panel.notes.problems_requested.emit()
    assert len(problems) == 1


def test_the_invitation_goes_when_a_file_is_open(
    panel: DataPanel, table: Table, dataset: Dataset, tmp_path: Path
) -> None:
    assert not panel.invite.isHidden()
    panel.set_table(replace(table, path=tmp_path / "own.csv"), dataset)
    assert panel.invite.isHidden()


def test_a_wide_table_does_not_widen_the_panel(panel: DataPanel) -> None:
    rng = np.random.default_rng(0)
    names = [f"a very long name of a column, number {n}" for n in range(60)]
    table = Table.from_columns(
        "x" * 200, {**{n: rng.normal(size=20) for n in names}, "class": np.arange(20) % 2}
    )
    panel.set_table(table, Dataset.from_table(table, "class"))
    assert panel.minimumSizeHint().width() <= 268
    assert panel.features.text() == "60 of 60"


def test_a_text_cannot_be_learned_as_a_number(panel: DataPanel, table: Table) -> None:
    assert panel.folded.task.is_refused("regression")
    assert "only numbers" in panel.folded.task.tip_of("regression")
    panel.set_table(table, Dataset.from_table(table, "height", ["length"]))
    assert not panel.folded.task.is_refused("regression")


def test_the_fold_says_what_is_not_as_usual(panel: DataPanel) -> None:
    assert panel.more.text() == "More"
    panel.set_value(DataOptions(target="species", degree=3, seed=5))
    assert panel.more.text() == "More •"
    assert panel.more.tip().endswith("Not as usual: degree, split seed.")
    panel.folded.degree.activated.emit(0)
    assert panel.more.tip().endswith("Not as usual: split seed.")


def test_terms_missing_cells_and_split_are_chosen_in_the_fold(panel: DataPanel, heard: Ear) -> None:
    told = heard(panel.value_changed)
    panel.more.set_open(True)
    QTest.keyClick(panel.folded.sine, Qt.Key.Key_Space)
    QTest.keyClick(panel.folded.stratify, Qt.Key.Key_Space)
    QTest.keyClick(panel.folded.missing, Qt.Key.Key_Down)
    assert told[-1] == DataOptions(target="species", sine=True, stratify=False, missing="mean")
    assert len(told) == 3
    assert "sine terms, missing cells, split of classes" in panel.more.tip()


def test_filled_cells_are_counted(panel: DataPanel) -> None:
    holes = Table.from_columns(
        "holes", {"x": [1.0, float("nan"), 3.0, 4.5, float("nan")], "kind": list("ababa")}
    )
    panel.set_table(holes, Dataset.from_table(holes, "kind", missing="median"))
    assert plain(panel.counts.text()) == "5 rows · 2 cells filled · 1 feature · 2 classes"
