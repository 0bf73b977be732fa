"""How large the last step was: of all parameters, of the weights, of a line search."""

from __future__ import annotations

import numpy as np
import pytest

from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer
from tests.slp_core.training.examples import blobs, line, same
from tests.slp_core.training.runs import CONFIGS


def start_run(name: str) -> Trainer:
    return Trainer(*CONFIGS[name])


def test_the_step_ratio_is_that_of_the_last_update() -> None:
    trainer = start_run("mini")
    assert trainer.snapshot().step_ratio == 0.0
    trainer.advance(6)
    before = trainer.parameters.flat()
    trainer.advance(1)
    after = trainer.parameters.flat()
    expected = np.linalg.norm(after - before) / np.linalg.norm(after)
    assert same(trainer.snapshot().step_ratio, float(expected), 1e-12)


def test_the_step_of_the_weights_leaves_out_the_biases() -> None:
    trainer = Trainer(line(), TrainingConfig(learning_rate=0.1, epochs=50))
    assert np.isnan(trainer.snapshot().weight_step_ratio)
    trainer.advance(6)
    before = trainer.parameters.W
    trainer.advance(1)
    after = trainer.parameters.W
    expected = float(np.linalg.norm(after - before) / np.linalg.norm(after))
    assert same(trainer.snapshot().weight_step_ratio, expected, 1e-12)
    trainer.advance(1)
    snapshot = trainer.snapshot()
    assert snapshot.history.update[7] == 7
    assert same(float(snapshot.history.weight_step_ratio[7]), expected, 1e-12)
    assert snapshot.step_length is None


@pytest.mark.parametrize("optimizer", ["newton", "lbfgs"])
def test_the_length_a_search_has_found_is_recorded(optimizer: str) -> None:
    """From far off a full step goes too far, near the optimum it is taken whole."""
    config = TrainingConfig(optimizer=optimizer, learning_rate=8.0, epochs=30)
    trainer = Trainer(blobs(60, 3), config)
    trainer.advance()
    snapshot = trainer.snapshot()
    lengths = snapshot.history.step_length
    assert np.isnan(lengths[0])
    halvings = np.log2(8.0 / lengths[1:])
    np.testing.assert_array_equal(halvings, np.round(halvings))
    assert halvings.max() > 0
    assert snapshot.step_length == lengths[-1]
    assert np.isnan(Trainer(blobs(60, 3), TrainingConfig()).snapshot().history.step_length).all()


def test_going_back_brings_the_length_of_the_step() -> None:
    trainer = Trainer(blobs(60, 3), TrainingConfig(optimizer="lbfgs", epochs=30))
    trainer.advance(4)
    kept, length = trainer.kept(), trainer.snapshot().step_length
    trainer.advance(3)
    trainer.restore(kept)
    assert trainer.snapshot().step_length == length is not None
