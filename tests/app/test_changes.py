from __future__ import annotations

from dataclasses import replace

from app.changes import change_text, choice_text, marks
from app.sources import DataOptions
from app.training.messages import Change
from slp_core.training.config import TrainingConfig


def test_every_difference_is_named():
    text = change_text(
        TrainingConfig(learning_rate=0.5), TrainingConfig(learning_rate=0.1, clip_norm=2)
    )
    assert text == "learning rate 0.5 → 0.1, clip norm off → 2"


def test_changes_at_one_update_are_one_mark():
    a, b, c = (TrainingConfig(learning_rate=rate) for rate in (0.1, 0.2, 0.3))
    changes = [Change(1, 7, a, b), Change(1, 7, b, c), Change(1, 9, c, a)]
    assert marks(changes) == [(7, "learning rate 0.1 → 0.3"), (9, "learning rate 0.3 → 0.1")]


def test_a_change_that_was_taken_back_leaves_no_mark():
    a, b = TrainingConfig(l2=0.0), TrainingConfig(l2=1.0)
    assert marks([Change(1, 7, a, b), Change(1, 7, b, a)]) == []


def test_undoing_a_choice_says_which():
    usual = DataOptions(target="kind")
    renamed = replace(usual, renames=(("a", "b"),))
    assert choice_text(usual, renamed) == choice_text(renamed, usual) == "Rename classes"
    assert choice_text(usual, DataOptions(target="size", features=("x",))) == "Choose target size"
    assert choice_text(usual, replace(usual, validation=0.2)) == "Change validation share"
    assert choice_text(usual, replace(usual, seed=3, stratify=False)) == "Choose data"
    assert choice_text(usual, replace(usual, seed=3)) == "Choose data"
