from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.training import batches as module
from slp_core.training.batches import Batches, Orders
from slp_core.training.problem import Part


def part(samples: int, *, weights: bool = False) -> Part:
    X = np.arange(samples, dtype=float)[:, None] * [1.0, 10.0]
    Y = np.arange(samples, dtype=float)[:, None] + 0.5
    return Part(X, Y, np.zeros(0, np.int64), np.arange(samples) + 0.25 if weights else None)


def epoch_of(batches: Batches, most: int = 3) -> list[float]:
    """First inputs of a whole epoch, in the order the updates see them."""
    seen: list[float] = []
    epoch = batches.epoch
    while batches.epoch == epoch:
        ready = batches.ready(most)
        assert 1 <= len(ready) <= most
        seen.extend(float(x) for batch in ready for x in batch.X[:, 0])
        batches.passed(len(ready), sum(len(batch.X) for batch in ready))
    return seen


def test_the_order_is_a_function_of_seed_and_epoch() -> None:
    orders = Orders(50, seed=7)
    third = orders.order(3).tolist()
    assert orders.order(4).tolist() != third
    assert orders.order(3).tolist() == third
    assert Orders(50, seed=7).order(3).tolist() == third
    assert Orders(50, seed=8).order(3).tolist() != third
    assert Orders(50, seed=7 + (1 << 64)).order(3).tolist() != third


def test_the_order_stays_what_it_was_in_earlier_versions() -> None:
    assert Orders(8, seed=0).order(0).tolist() == [5, 0, 6, 1, 7, 2, 4, 3]


@settings(deadline=None, max_examples=60)
@given(
    samples=st.integers(1, 40),
    size=st.integers(1, 45),
    most=st.integers(1, 5),
    chunk=st.integers(1, 2000),
)
def test_every_epoch_sees_every_sample_once(samples: int, size: int, most: int, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CHUNK_BYTES", chunk)
        batches = Batches(part(samples), seed=1)
        batches.use(part(samples), size)
        for epoch in range(3):
            assert epoch_of(batches, most) == Orders(samples, 1).order(epoch).tolist()


def test_rows_stay_together() -> None:
    batches = Batches(part(20, weights=True), seed=2)
    batches.use(part(20, weights=True), 6)
    sizes: list[int] = []
    for batch in batches.ready(10):
        assert batch.weights is not None
        np.testing.assert_array_equal(batch.X[:, 1], 10 * batch.X[:, 0])
        np.testing.assert_array_equal(batch.Y[:, 0], batch.X[:, 0] + 0.5)
        np.testing.assert_array_equal(batch.weights, batch.X[:, 0] + 0.25)
        sizes.append(len(batch.X))
    assert sizes == [6, 6, 6, 2]


def test_another_size_cuts_what_is_left_of_the_epoch() -> None:
    source = part(20)
    batches = Batches(source, seed=3)
    batches.use(source, 4)
    first = batches.ready(2)
    seen = [float(x) for batch in first for x in batch.X[:, 0]]
    batches.passed(2, 8)
    batches.use(source, 7)
    assert [len(batch.X) for batch in batches.ready(9)] == [7, 5]
    assert seen + epoch_of(batches) == Orders(20, 3).order(0).tolist()


def test_going_over_to_all_samples_skips_the_rest_of_the_epoch() -> None:
    source = part(20)
    batches = Batches(source, seed=3)
    batches.use(source, 4)
    batches.ready(1)
    batches.passed(1, 4)
    batches.use(source, 20)
    assert (batches.epoch, batches.row) == (1, 0)


def test_a_row_of_the_next_batch_is_traced_to_its_sample() -> None:
    source = part(20)
    batches = Batches(source, seed=5)
    batches.use(source, 6)
    batches.ready(2)
    batches.passed(1, 6)
    (batch,) = batches.ready(1)
    assert [batches.sample(i) for i in range(6)] == batch.X[:, 0].tolist()
