from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.origins import origin_from
from app.sources import DataOptions
from app.workspace import Workspace
from slp_core.errors import DataError
from slp_core.training.config import TrainingConfig
from tests.app.workspace_examples import Listener, is_open, opened, snapshot


def test_opening_shows_the_data_and_the_start(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    assert listener.opened == [current]
    assert current.config.activation == "sigmoid"
    assert current.choice.target == current.dataset.target
    assert snapshot(space).update == 0
    assert not space.player.playing


def test_opening_can_start_playing(space: Workspace, listener: Listener, qtbot: QtBot):
    space.open("sample:iris", play=True)
    qtbot.waitUntil(lambda: space.player.snapshot is not None and space.player.snapshot.update > 10)
    assert space.player.playing


def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(
    space: Workspace, listener: Listener, qtbot: QtBot, tmp_path: Path
):
    current = opened(space, qtbot)
    space.player.play()
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    space.open(str(empty))
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert isinstance(listener.errors[0], DataError)
    assert space.current is current
    assert space.player.playing


def test_opening_another_file_while_training_is_safe(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.player.set_pace(None, 30.0)
    space.player.play()
    for source in ("sample:iris", "sample:digits", "sample:noisy_line"):
        space.open(source)
        qtbot.waitUntil(lambda s=source: is_open(space, s))
    qtbot.waitUntil(
        lambda: space.player.snapshot is not None and space.player.snapshot.r2 is not None
    )
    assert space.current is not None
    assert space.current.config.activation == "identity"


def test_the_last_of_several_quick_openings_wins(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    for source in ("sample:iris", "sample:digits", "sample:moons"):
        space.open(source)
    qtbot.waitUntil(lambda: bool(listener.opened))
    qtbot.wait(100)
    assert [p.origin for p in listener.opened] == [origin_from("sample:moons")]


def test_the_rate_acts_without_a_restart(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    space.player.step(5)
    qtbot.waitUntil(lambda: snapshot(space).update == 5)
    space.configure(replace(current.wanted, learning_rate=0.01))
    space.player.step(1)
    qtbot.waitUntil(lambda: snapshot(space).update == 6)
    assert snapshot(space).learning_rate == 0.01


def test_another_optimizer_keeps_the_weights(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    space.player.step(5)
    qtbot.waitUntil(lambda: snapshot(space).update == 5)
    weights = snapshot(space).parameters.W
    space.configure(replace(current.wanted, optimizer="adam"))
    qtbot.waitUntil(lambda: snapshot(space).config.optimizer == "adam")
    np.testing.assert_array_equal(snapshot(space).parameters.W, weights)


def test_another_pair_restarts_with_a_note_and_goes_on_playing(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.player.set_pace(100.0, 30.0)
    space.player.play()
    qtbot.waitUntil(lambda: snapshot(space).update > 20)
    space.configure(replace(current.wanted, activation="tanh", loss="quadratic"))
    qtbot.waitUntil(lambda: snapshot(space).config.activation == "tanh")
    assert space.player.playing
    assert any("starts again" in note for note in listener.notes)


def test_settings_that_cannot_be_are_refused_and_the_panels_are_told_the_truth(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    told = len(listener.prepared)
    space.configure(replace(current.wanted, activation="tanh", loss="cross_entropy"))
    qtbot.waitUntil(lambda: bool(listener.errors))
    assert space.current is current
    assert len(listener.prepared) == told + 1
    assert listener.prepared[-1] is current


def test_restarting_from_the_same_weights(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, initializer="normal", seed=3))
    qtbot.waitUntil(lambda: snapshot(space).config.initializer == "normal")
    start = snapshot(space).parameters.W
    space.player.step(7)
    qtbot.waitUntil(lambda: snapshot(space).update == 7)
    space.runs.restart()
    qtbot.waitUntil(lambda: snapshot(space).update == 0)
    np.testing.assert_array_equal(snapshot(space).parameters.W, start)


def test_restarting_from_new_weights(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, initializer="normal"))
    qtbot.waitUntil(lambda: snapshot(space).config.initializer == "normal")
    start = snapshot(space).parameters.W
    space.restart_new()
    qtbot.waitUntil(lambda: snapshot(space).config.seed == 1)
    assert not np.array_equal(snapshot(space).parameters.W, start)


def test_new_weights_where_there_is_only_one_start_says_so(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    opened(space, qtbot)
    space.restart_new()
    qtbot.waitUntil(lambda: snapshot(space).config.initializer == "normal")
    assert any("only one start" in note for note in listener.notes)


def test_playing_after_the_last_epoch_goes_on(space: Workspace, listener: Listener, qtbot: QtBot):
    space.open("sample:two_gaussians", wanted=TrainingConfig(epochs=5), play=True)
    qtbot.waitUntil(
        lambda: space.player.snapshot is not None and space.player.snapshot.stop is not None
    )
    assert not space.player.playing
    space.player.set_pace(None, 30.0)
    space.player.play()
    qtbot.waitUntil(lambda: snapshot(space).update == 10)
    qtbot.waitUntil(lambda: not space.player.playing)
    assert any("another 5 epochs" in note for note in listener.notes)


def test_choosing_data_rebuilds_from_the_open_table(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot, "sample:iris")
    space.choose_data(replace(current.choice, validation=0.3, degree=2))
    qtbot.waitUntil(lambda: len(listener.opened) == 2)
    assert space.current is not None
    assert space.current.table is current.table
    assert space.current.dataset.preparation.degree == 2
    qtbot.waitUntil(lambda: snapshot(space).validation_loss is not None)


def test_the_model_reproduces_the_screen(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot, "sample:iris")
    space.player.step(50)
    qtbot.waitUntil(lambda: snapshot(space).update == 50)
    model = space.model()
    assert model is not None
    inputs = current.dataset.preparation.inverse_linear(current.dataset.X)
    right = (
        model.predict(inputs) == np.array(current.dataset.classes, object)[current.dataset.labels]
    )
    assert right.mean() == pytest.approx(snapshot(space).accuracy)


def test_closing_while_training_and_reading_is_safe(space: Workspace, qtbot: QtBot):
    space.open("sample:digits", DataOptions(degree=1), play=True)
    space.open("sample:iris")
    space.shut_down()
    space.shut_down()
