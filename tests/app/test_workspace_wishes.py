"""Orders given while others are carried out: the last one counts, and none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.origins import origin_from
from app.workspace import Workspace
from slp_core.training.config import TrainingConfig
from tests.app.workspace_examples import Listener, opened, settled, snapshot


def test_the_last_wish_wins_also_when_it_is_the_first_again(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, l2=0.5))
    space.configure(current.wanted)
    assert settled(space, qtbot).config.l2 == 0.0
    space.choose_data(replace(current.choice, degree=2))
    space.choose_data(current.choice)
    assert settled(space, qtbot).dataset.preparation.degree == 1


def test_a_rate_chosen_while_settings_are_worked_on_keeps_both(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    wish = replace(current.wanted, l2=0.5)
    space.configure(wish)
    space.configure(replace(wish, learning_rate=0.125))
    config = settled(space, qtbot).config
    assert (config.l2, config.learning_rate) == (0.5, 0.125)


def test_settings_changed_while_data_are_rebuilt_are_kept(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.choose_data(replace(current.choice, validation=0.25))
    space.configure(replace(current.wanted, optimizer="adam", epochs=77))
    after = settled(space, qtbot)
    assert after.choice.validation == 0.25
    assert (after.config.optimizer, after.config.epochs) == ("adam", 77)


def test_an_edit_before_new_weights_is_kept(space: Workspace, listener: Listener, qtbot: QtBot):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, l1=0.25, initializer="normal"))
    space.restart_new()
    config = settled(space, qtbot).config
    assert (config.l1, config.seed) == (0.25, current.config.seed + 1)


@pytest.mark.parametrize("play", [True, False])
def test_play_and_pause_while_data_are_rebuilt_hold(
    space: Workspace, listener: Listener, qtbot: QtBot, play: bool
):
    current = opened(space, qtbot)
    space.player.set_pace(20.0, 30.0)
    if not play:
        space.player.play()
    space.choose_data(replace(current.choice, validation=0.25))
    space.player.toggle()
    settled(space, qtbot)
    assert space.player.playing is play


def test_settings_that_do_not_fit_other_data_go_back_to_their_defaults_and_it_is_said(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    space.open("sample:iris", wanted=TrainingConfig(class_weights="balanced", optimizer="newton"))
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    current = space.current
    assert current is not None
    space.choose_data(replace(current.choice, target="sepal_length", features=None))
    after = settled(space, qtbot)
    assert after.dataset.task == "regression"
    assert after.config.class_weights == "none"
    assert listener.errors == []


def test_other_data_starts_from_the_default_settings(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, l2=0.01, schedule="inverse"))
    assert settled(space, qtbot).config.l2 == 0.01
    opened(space, qtbot, "sample:moons")
    assert settled(space, qtbot).wanted == TrainingConfig()


def test_a_typed_rate_stays_when_only_the_split_changes(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.configure(replace(current.wanted, learning_rate=0.1))
    space.choose_data(replace(current.choice, validation=0.25))
    assert settled(space, qtbot).wanted.learning_rate == 0.1
    space.choose_data(replace(settled(space, qtbot).choice, degree=2))
    assert settled(space, qtbot).wanted.learning_rate is None


def test_the_old_data_stays_as_it_is_while_other_data_is_opened(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    current = opened(space, qtbot)
    space.open("sample:digits")
    space.choose_data(replace(current.choice, degree=2))
    assert settled(space, qtbot).origin == origin_from("sample:digits")
    assert any("being opened" in note for note in listener.notes)


def test_a_number_of_epochs_that_is_chosen_after_going_on_holds(
    space: Workspace, listener: Listener, qtbot: QtBot
):
    space.open("sample:two_gaussians", wanted=TrainingConfig(epochs=5), play=True)
    qtbot.waitUntil(lambda: space.player.snapshot is not None)
    qtbot.waitUntil(lambda: snapshot(space).stop is not None)
    space.player.play()
    qtbot.waitUntil(lambda: snapshot(space).update == 10)
    space.configure(TrainingConfig(epochs=12))
    settled(space, qtbot)
    space.player.play()
    qtbot.waitUntil(lambda: snapshot(space).update == 12)
    qtbot.waitUntil(lambda: not space.player.playing)
    assert snapshot(space).update == 12
