from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from slp_core.network.parameters import Parameters
from slp_core.training.history import COLUMNS
from slp_core.training.recorder import MOST_CHECKPOINTS, BinEnd, Recorder, bin_width, thinned
from tests.slp_core.training.examples import same

FEW = Parameters(np.ones((1, 1)), np.zeros(1))


def end(update: int) -> BinEnd:
    return BinEnd(
        update=update,
        epoch=update / 2,
        validation_loss=0.1,
        accuracy=0.2,
        validation_accuracy=0.3,
        gradient_norm_W=0.4,
        gradient_norm_b=0.5,
        step_ratio=0.6,
        learning_rate=0.7,
        weight_norm=0.8,
        turn=-0.9,
        saturated=0.11,
        saturated_wrong=0.12,
        largest_class=0.13,
        weight_step_ratio=0.14,
        step_length=0.15,
    )


def updates_of_points(last: int, least: int = 1) -> list[int]:
    updates, update = [0], 0
    while update < last:
        update += bin_width(update, least)
        updates.append(update)
    return updates


def test_a_point_holds_mean_least_and_largest_of_its_bin() -> None:
    recorder = Recorder()
    for loss, norm in ((3.0, 1.0), (1.0, 4.0), (2.0, 1.0)):
        recorder.add(loss, norm)
    recorder.close(end(6), FEW)
    recorder.add(9.0, 9.0)
    history = recorder.history()
    assert len(history) == 1
    expected = [6, 3, 2, 1, 3, 0.1, 0.2, 0.3, 2, 1, 4, 0.4, 0.5, 0.6, 0.7]
    expected += [0.8, -0.9, 0.11, 0.12, 0.13, 0.14, 0.15]
    for name, value in zip(COLUMNS, expected, strict=True):
        assert same(getattr(history, name)[0], value), name
    assert history.update.dtype == np.int64


def test_the_first_updates_are_all_kept_and_a_million_leave_a_few_thousand() -> None:
    points = updates_of_points(1_000_000)
    assert points[:513] == list(range(513))
    assert 2000 < len(points) < 2600


def test_dear_evaluations_are_spaced_but_the_start_is_seen() -> None:
    points = updates_of_points(100_000, least=1000)
    assert points[:9] == list(range(9))
    assert np.diff(points).max() == 1000
    assert len(points) < 200


def test_points_once_made_never_change_and_are_read_only() -> None:
    recorder = Recorder()
    recorder.add(1.0, 1.0)
    recorder.close(end(0), FEW)
    early = recorder.history()
    for update in range(1, 2000):
        recorder.add(2.0, 2.0)
        recorder.close(end(update), FEW)
    assert len(early) == 1
    assert early.loss.tolist() == [1.0]
    late = recorder.history()
    assert late.update.tolist() == list(range(2000))
    with pytest.raises(ValueError, match="read-only"):
        late.table[0, 0] = 5.0


def test_histories_share_their_points() -> None:
    recorder = Recorder()
    for update in range(100):
        recorder.add(1.0, 1.0)
        recorder.close(end(update), FEW)
    assert np.shares_memory(recorder.history().table, recorder.history().table)


def test_checkpoints_are_bounded_and_lie_closer_at_the_beginning() -> None:
    recorder = Recorder()
    for update in range(5000):
        recorder.add(1.0, 1.0)
        recorder.close(end(update), Parameters(np.full((1, 1), float(update)), np.zeros(1)))
        assert len(recorder.history().checkpoints) <= MOST_CHECKPOINTS
    kept = recorder.history().checkpoints
    assert kept[0].update == 0
    assert len(kept) > MOST_CHECKPOINTS // 2
    updates = np.array([checkpoint.update for checkpoint in kept])
    gaps = np.diff(updates)
    assert gaps[0] <= 2
    assert np.count_nonzero(updates <= 64) >= 8
    assert gaps.max() <= 5000 / 12
    assert updates[-1] > 4900
    for checkpoint in kept:
        assert checkpoint.parameters.W[0, 0] == checkpoint.update
        assert not checkpoint.parameters.W.flags.writeable


@given(st.lists(st.integers(0, 10**7), min_size=65, max_size=65, unique=True))
def test_thinning_keeps_both_ends_in_order(updates: list[int]) -> None:
    found = thinned(np.array(sorted(updates), np.float64))
    assert (found[0], found[-1]) == (0, 64)
    assert found == sorted(set(found))
    assert len(found) < 65
