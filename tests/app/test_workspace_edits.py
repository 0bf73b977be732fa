"""Edits of data and settings: undone, redone, refused, and made while training goes on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from pytestqt.qtbot import QtBot

from app.origins import SampleOrigin
from app.preparation import Prepared
from app.workspace import Workspace
from slp_core.data.edits import CellChange, Edit, new_rows, without_rows
from tests.app.workspace_examples import Listener, opened, snapshot


def current(space: Workspace) -> Prepared:
    assert space.current is not None
    return space.current


def rows(space: Workspace) -> int:
    """Rows of the data set that is trained on."""
    return len(current(space).dataset.prepared)


def edited(space: Workspace, qtbot: QtBot, edit: Edit, count: int) -> None:
    space.edit(edit, "edit")
    qtbot.waitUntil(lambda: rows(space) == count)


def points(space: Workspace, *cells: tuple[float, float, str]) -> Edit:
    assert space.editing.table is not None
    return new_rows(space.editing.table, cells)


def test_points_are_added_while_training_goes_on(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    before = opened(space, qtbot)
    space.player.step(50)
    qtbot.waitUntil(lambda: snapshot(space).update == 50)
    weights = snapshot(space).parameters.W.copy()
    loss = snapshot(space).loss
    edited(space, qtbot, points(space, (3.0, 3.0, "A"), (2.0, 2.5, "A")), 202)
    qtbot.waitUntil(lambda: snapshot(space).loss != loss)
    np.testing.assert_array_equal(snapshot(space).parameters.W, weights)
    assert snapshot(space).update == 50
    assert current(space).dataset.preparation == before.dataset.preparation
    assert len(listener.opened) == 1


def test_undo_and_redo_bring_the_very_same_points(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    before = opened(space, qtbot)
    edited(space, qtbot, points(space, (3.0, 3.0, "A")), 201)
    after = current(space).dataset
    space.history.stack.undo()
    qtbot.waitUntil(lambda: rows(space) == 200)
    np.testing.assert_array_equal(current(space).dataset.prepared, before.dataset.prepared)
    space.history.stack.redo()
    qtbot.waitUntil(lambda: rows(space) == 201)
    np.testing.assert_array_equal(current(space).dataset.prepared, after.prepared)


def test_the_pieces_of_a_stroke_are_one_step(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    for place in range(30):
        space.edit(points(space, (3.0, place / 10, "B")), "paint", gesture=7)
    qtbot.waitUntil(lambda: rows(space) == 230)
    assert space.history.stack.count() == 1
    space.history.stack.undo()
    qtbot.waitUntil(lambda: rows(space) == 200)


def test_a_class_more_starts_again_and_says_so(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.player.step(5)
    qtbot.waitUntil(lambda: snapshot(space).update == 5)
    edited(space, qtbot, points(space, (0.0, 4.0, "new"), (0.1, 4.0, "new")), 202)
    qtbot.waitUntil(lambda: snapshot(space).update == 0)
    assert current(space).dataset.classes == ("A", "B", "new")
    assert "New class “new”: training starts again, with an output for it." in listener.notes
    space.history.stack.undo()
    qtbot.waitUntil(lambda: current(space).dataset.classes == ("A", "B"))
    assert "No points are left of class “new”: training starts again without." in listener.notes


def test_an_edit_that_leaves_nothing_to_learn_is_taken_back(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    before = opened(space, qtbot)
    first = np.flatnonzero(before.table.column("class").texts() == "A")
    space.edit(without_rows(first), "erase")
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert rows(space) == 200
    assert space.editing.table is before.table
    assert space.history.stack.count() == 0
    edited(space, qtbot, without_rows(first[1:]), 200 - len(first) + 1)


def test_back_to_the_file_is_one_step_too(space: Workspace, listener: Listener, qtbot: QtBot):
    before = opened(space, qtbot)
    edited(space, qtbot, points(space, (3.0, 3.0, "A")), 201)
    edited(space, qtbot, without_rows([0, 1, 2]), 198)
    assert space.editing.unsaved
    space.back_to_the_file()
    qtbot.waitUntil(lambda: rows(space) == 200)
    assert current(space).table is before.table
    assert not space.editing.unsaved
    space.history.stack.undo()
    qtbot.waitUntil(lambda: rows(space) == 198)


def test_the_selection_follows_its_rows(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.selection.set(np.array([5, 10]))
    edited(space, qtbot, without_rows([0, 5, 7]), 197)
    assert space.selection.rows.tolist() == [7]


def test_settings_and_choices_are_undone_in_turn(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    first = opened(space, qtbot)
    space.configure(replace(first.wanted, optimizer="adam"))
    qtbot.waitUntil(lambda: current(space).config.optimizer == "adam")
    space.choose_data(replace(first.choice, degree=2))
    qtbot.waitUntil(lambda: current(space).dataset.degree == 2)
    stack = space.history.stack
    assert stack.undoText() == "Change degree"
    stack.undo()
    qtbot.waitUntil(lambda: current(space).dataset.degree == 1)
    assert current(space).config.optimizer == "adam"
    assert stack.undoText() == "Change optimizer gd → adam"
    stack.undo()
    qtbot.waitUntil(lambda: current(space).wanted == first.wanted)
    stack.redo()
    stack.redo()
    qtbot.waitUntil(lambda: current(space).dataset.degree == 2)
    qtbot.waitUntil(lambda: current(space).config.optimizer == "adam")


def test_a_dragged_rate_is_one_step(space: Workspace, listener: Listener, qtbot: QtBot):
    first = opened(space, qtbot)
    for rate in (0.1, 0.2, 0.3):
        space.configure(replace(first.wanted, learning_rate=rate))
    assert space.history.stack.count() == 1
    space.history.stack.undo()
    qtbot.waitUntil(lambda: current(space).wanted == first.wanted)
    assert current(space).config.learning_rate == first.config.learning_rate


def test_refused_settings_leave_no_step(space: Workspace, listener: Listener, qtbot: QtBot):
    first = opened(space, qtbot)
    space.configure(replace(first.wanted, optimizer="newton", batch_size=32))
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert space.history.stack.count() == 0
    assert current(space).wanted == first.wanted


def test_new_classes_names_keep_the_weights(space: Workspace, listener: Listener, qtbot: QtBot):
    first = opened(space, qtbot)
    space.player.step(20)
    qtbot.waitUntil(lambda: snapshot(space).update == 20)
    space.choose_data(replace(first.choice, renames=(("A", "good"),)))
    qtbot.waitUntil(lambda: "good" in current(space).dataset.classes)
    assert snapshot(space).update == 20
    assert not listener.notes


def test_other_names_of_painted_classes_keep_points_and_weights(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    first = opened(space, qtbot)
    edited(space, qtbot, points(space, (30.0, 30.0, "A")), 201)
    space.player.step(20)
    qtbot.waitUntil(lambda: snapshot(space).update == 20)
    before = current(space).dataset
    space.choose_data(replace(first.choice, renames=(("A", "good"),)))
    qtbot.waitUntil(lambda: "good" in current(space).dataset.classes)
    assert current(space).dataset.preparation == before.preparation
    assert snapshot(space).update == 20


def test_generated_again_keeps_the_settings(space: Workspace, listener: Listener, qtbot: QtBot):
    first = opened(space, qtbot)
    space.configure(replace(first.wanted, optimizer="adam", epochs=77))
    qtbot.waitUntil(lambda: current(space).config.epochs == 77)
    space.regenerate(SampleOrigin("two_gaussians", points=50, seed=3))
    qtbot.waitUntil(lambda: rows(space) == 50)
    assert current(space).config.optimizer == "adam"
    space.history.stack.undo()
    qtbot.waitUntil(lambda: rows(space) == 200)
    assert current(space).table is first.table


def test_settings_changed_while_points_are_added_hold(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    first = opened(space, qtbot)
    space.edit(points(space, (3.0, 3.0, "A")), "paint")
    space.configure(replace(first.wanted, learning_rate=0.123))
    space.edit(points(space, (3.0, 2.0, "A")), "paint")
    space.configure(replace(first.wanted, learning_rate=0.321))
    qtbot.waitUntil(lambda: rows(space) == 202)
    qtbot.waitUntil(lambda: snapshot(space).learning_rate == 0.321)
    qtbot.waitUntil(lambda: current(space).config.learning_rate == 0.321)


def test_opening_other_data_ends_the_history(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    edited(space, qtbot, points(space, (3.0, 3.0, "A")), 201)
    opened(space, qtbot, "sample:iris")
    assert not space.history.stack.canUndo()
    assert not space.editing.unsaved


def test_a_cell_is_changed(space: Workspace, listener: Listener, qtbot: QtBot):
    opened(space, qtbot)
    space.edit(Edit(changed=(CellChange(0, "class", "B"),)), "class")
    qtbot.waitUntil(lambda: current(space).table.column("class").cell(0) == "B")
    labels = current(space).dataset.all_labels[current(space).dataset.row_index == 0]
    assert labels.tolist() == [1]
