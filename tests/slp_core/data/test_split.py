from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.split import split_rows
from slp_core.errors import ConfigError


@settings(deadline=None)
@given(
    counts=st.lists(st.integers(1, 30), min_size=2, max_size=6),
    share=st.floats(0.0, 0.9),
    seed=st.integers(0, 2**32),
)
def test_stratified_split_is_a_partition_that_keeps_every_class_in_training(
    counts: list[int], share: float, seed: int
) -> None:
    labels = np.random.default_rng(seed).permutation(np.repeat(np.arange(len(counts)), counts))
    train, held = split_rows(labels.size, share, seed, labels)
    assert sorted([*train, *held]) == list(range(labels.size))
    assert set(labels[train]) == set(range(len(counts)))
    assert np.all(np.diff(train) > 0)
    assert np.all(np.diff(held) > 0)
    assert held.size <= round(share * labels.size)
    taken = np.bincount(labels[held], minlength=len(counts))
    exact = np.array(counts) * share
    assert np.all(taken <= np.ceil(exact) + len(counts))


def test_stratified_split_gives_every_class_its_share() -> None:
    labels = np.repeat([0, 1, 2], [100, 50, 10])
    _, held = split_rows(160, 0.2, 7, labels)
    assert np.bincount(labels[held]).tolist() == [20, 10, 2]


def test_split_repeats_with_its_seed_and_changes_with_another() -> None:
    first, again, other = (split_rows(100, 0.3, seed)[1] for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()
    assert first.size == 30


def test_no_share_holds_nothing_out() -> None:
    train, held = split_rows(5, 0.0, 0)
    assert (train.tolist(), held.tolist()) == ([0, 1, 2, 3, 4], [])


def test_one_row_stays_for_training() -> None:
    train, held = split_rows(1, 0.9, 0)
    assert (train.size, held.size) == (1, 0)


@pytest.mark.parametrize("share", [-0.1, 0.91, 1.0, float("nan"), float("inf")])
def test_share_outside_its_range_is_refused(share: float) -> None:
    with pytest.raises(ConfigError) as caught:
        split_rows(10, share, 0)
    assert caught.value.field == "validation"
