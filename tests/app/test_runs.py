from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from app.runs import (
    SETTINGS,
    applies,
    check,
    difference_text,
    differing,
    labels,
    setting_text,
)
from app.runs_look import line_color, line_dash
from app.theme import THEMES, Theme, contrast
from slp_core.data.samples import load_sample
from slp_core.errors import ConfigError
from slp_core.training.config import TrainingConfig
from tests.app.plots.run_examples import trained


def test_only_settings_with_an_effect_count_as_different():
    plain, other = TrainingConfig(momentum=0.9), TrainingConfig(momentum=0.5)
    assert differing([plain, other]) == ()
    heavy = TrainingConfig(optimizer="momentum", momentum=0.5)
    assert differing([plain, heavy]) == ("optimizer",)
    light = TrainingConfig(optimizer="momentum", momentum=0.9)
    assert differing([plain, heavy, light]) == ("optimizer", "momentum")
    assert not applies(plain, "momentum")
    assert setting_text(plain, "momentum") == "–"


def test_differences_are_told_in_few_words():
    one = TrainingConfig(activation="sigmoid", loss="quadratic", learning_rate=0.5)
    two = TrainingConfig(activation="sigmoid", loss="cross_entropy", learning_rate=0.25, l2=0.1)
    names = differing([one, two])
    assert names == ("loss", "learning_rate", "l2")
    assert difference_text(one, names) == "Quadratic, rate 0.5"
    assert difference_text(two, names, most=3) == "Cross-entropy, rate 0.25, l2 0.1"


def test_what_most_runs_share_is_not_told():
    base = trained(load_sample("two_gaussians"), learning_rate=0.5, epochs=2)
    heavy = replace(base, run=2, name="Run 2", config=replace(base.config, optimizer="adam"))
    fast = replace(base, run=3, name="fast", config=replace(base.config, learning_rate=1.0))
    assert labels((base, heavy, fast)) == ("Run 1", "Run 2 · Adam", "fast · rate 1")
    assert labels((base, heavy)) == ("Run 1 · GD", "Run 2 · Adam")
    assert labels((base,)) == ("Run 1",)
    usual = replace(heavy, wanted=replace(heavy.config, learning_rate=None))
    assert labels((base, usual)) == ("Run 1 · GD, rate 0.5", "Run 2 · Adam")
    left_open = replace(base, wanted=replace(base.config, learning_rate=None))
    assert labels((left_open, fast)) == ("Run 1 · rate 0.5", "fast · rate 1")


def test_every_setting_can_be_told():
    assert set(SETTINGS) == set(TrainingConfig().as_dict()) - {"start"}
    for name in SETTINGS:
        assert setting_text(TrainingConfig(optimizer="momentum"), name)


def test_a_check_needs_no_learning_rate():
    data = load_sample("two_gaussians")
    check(TrainingConfig(), data)
    with pytest.raises(ConfigError):
        check(TrainingConfig(activation="identity", loss="cross_entropy"), data)


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.key)
def test_lines_differ_in_more_than_colour_and_can_be_seen(theme: Theme):
    look = [(line_color(theme, n), line_dash(n)) for n in range(16)]
    assert len(set(look)) == 16
    for one, other in combinations(look[:4], 2):
        assert one[0] != other[0]
        assert one[1] != other[1]
    assert all(contrast(color, theme.surface) >= 4.5 for color, _ in look)
