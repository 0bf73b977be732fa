from __future__ import annotations

import numpy as np

from app.launch import WindowOptions
from slp_core.network.parameters import Parameters
from slp_core.training.config import TrainingConfig


def test_a_command_line_that_says_nothing_leaves_the_settings_to_the_data() -> None:
    assert WindowOptions(source="sample:saturated_start").wanted is None


def test_settings_of_the_command_line_are_kept() -> None:
    for asked in (
        TrainingConfig(loss="hinge"),
        TrainingConfig(start=Parameters(np.ones((2, 1)), np.zeros(1))),
    ):
        assert WindowOptions(config=asked).wanted is asked
