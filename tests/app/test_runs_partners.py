from __future__ import annotations

import pytest

from app.runs import check
from app.runs_partners import completed, partners, rate_changes
from slp_core.data.samples import SAMPLES, load_sample
from slp_core.training.config import TrainingConfig


@pytest.mark.parametrize("sample", ["two_gaussians", "iris", "digits", "noisy_line", "xor"])
def test_everything_that_is_offered_can_be_trained(sample: str):
    assert sample in SAMPLES
    data = load_sample(sample)
    wanted = TrainingConfig()
    offered = partners(wanted, wanted.resolved(data), data)
    assert len(offered) >= 5
    for partner in offered:
        check(completed(wanted, partner.changes, data), data)
        assert completed(wanted, partner.changes, data) != wanted
        assert partner.summary.endswith(".")
    assert len({partner.key for partner in offered}) == len(offered)


def test_a_stuck_pair_is_offered_the_loss_made_for_it():
    data = load_sample("saturated_start")
    wanted = TrainingConfig(activation="sigmoid", loss="quadratic")
    first = partners(wanted, wanted.resolved(data), data)[0]
    assert first.changes == {"loss": "cross_entropy"}
    assert first.label == "Cross-entropy loss"


def test_the_other_half_of_a_pair_that_was_left_open_stays_what_it_was():
    data = load_sample("two_gaussians")
    made = completed(TrainingConfig(), {"loss": "quadratic"}, data)
    assert (made.activation, made.loss) == ("sigmoid", "quadratic")


def test_a_typed_rate_is_not_for_an_optimizer_of_another_kind():
    data = load_sample("two_gaussians")
    wanted = TrainingConfig(learning_rate=5.0)
    assert completed(wanted, {"optimizer": "adam"}, data).learning_rate is None
    assert completed(wanted, {"optimizer": "momentum"}, data).learning_rate == 5.0


def test_rates_have_three_digits():
    assert rate_changes("twice", 0.123456) == {"learning_rate": 0.247}
