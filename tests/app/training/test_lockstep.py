from __future__ import annotations

from dataclasses import replace

import pytest

from app.training.lockstep import Lockstep
from app.training.messages import RunPlan
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.snapshot import Snapshot

BASE = TrainingConfig(batch_size=32, epochs=10**6, learning_rate=0.1)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_sample("two_gaussians")


def runs(dataset: Dataset, *configs: TrainingConfig) -> Lockstep:
    return Lockstep(
        RunPlan(run, dataset, config.resolved(dataset)) for run, config in enumerate(configs, 1)
    )


def weights(found: Lockstep) -> list[tuple[int, list[float]]]:
    return [(snap.update, snap.parameters.flat().tolist()) for _, snap in found.snapshots()]


def first(found: Lockstep) -> Snapshot:
    return found.snapshots()[0][1]


def test_all_runs_go_back_and_forth_together(dataset: Dataset) -> None:
    both = runs(dataset, BASE, replace(BASE, optimizer="adam", batch_size=8))
    both.advance(100)
    middle = weights(both)
    both.advance(100)
    last = weights(both)
    assert both.seek(100)
    assert weights(both) == middle
    assert (both.update, both.reached, both.earliest) == (100, 200, 0)
    both.advance(150)
    assert both.update == 250
    assert both.seek(200)
    assert weights(both) == last


def test_a_run_that_has_ended_stays_at_its_end_while_the_other_goes_on(dataset: Dataset) -> None:
    both = runs(dataset, replace(BASE, epochs=10), BASE)  # 70 updates
    both.advance(300)
    assert (both.update, both.reached) == (300, 300)
    both.seek(200)
    assert [update for update, _ in weights(both)] == [70, 200]
    assert [(run, end.update) for run, end in both.ends()] == [(2, 300)]
    both.seek(50)
    assert [update for update, _ in weights(both)] == [50, 50]
    assert [(run, end.update) for run, end in both.ends()] == [(1, 70), (2, 300)]
    both.advance(250)
    assert [update for update, _ in weights(both)] == [70, 300]


def test_another_way_of_one_run_leaves_its_future_and_the_others_wait_for_it(
    dataset: Dataset,
) -> None:
    both = runs(dataset, BASE, replace(BASE, optimizer="adam"))
    both.advance(100)
    other = dict(both.snapshots())[2]
    future = first(both).parameters.flat().tolist()
    both.seek(40)
    left = both.configure(1, replace(BASE, learning_rate=0.5).resolved(dataset))
    assert left is not None
    assert (left.run, left.snapshot.update) == (1, 100)
    assert left.snapshot.parameters.flat().tolist() == future
    assert both.reached == 40
    both.advance(60)
    assert [update for update, _ in weights(both)] == [100, 100]
    assert both.reached == 100
    again = dict(both.snapshots())[2]
    assert again.parameters.flat().tolist() == other.parameters.flat().tolist()


def test_marks_ahead_stay_until_their_future_is_left(dataset: Dataset) -> None:
    one = runs(dataset, BASE)
    for rate in (0.2, 0.3):
        one.advance(50)
        one.configure(1, replace(BASE, learning_rate=rate).resolved(dataset))
    one.advance(50)
    one.seek(70)
    assert [change.update for change in one.changes] == [50, 100]
    left = one.configure(1, replace(BASE, learning_rate=0.4).resolved(dataset))
    assert left is not None
    assert [change.update for change in left.changes] == [50, 100]
    assert [change.update for change in one.changes] == [50, 70]


def test_going_on_takes_the_latest_settings_along(dataset: Dataset) -> None:
    one = runs(dataset, BASE)
    one.advance(50)
    one.configure(1, replace(BASE, learning_rate=0.3).resolved(dataset))
    one.advance(50)
    one.seek(60)
    assert one.go_on() == ()
    assert one.reached == 100
    one.seek(20)
    assert first(one).learning_rate == 0.1
    (left,) = one.go_on()
    assert left.snapshot.update == 100
    assert first(one).learning_rate == 0.3
    assert one.reached == 20
    assert [(change.update, change.before.learning_rate) for change in one.changes] == [(20, 0.1)]


def test_other_samples_leave_the_future_of_every_run(dataset: Dataset) -> None:
    both = runs(dataset, BASE, replace(BASE, optimizer="adam"))
    both.advance(30)
    both.seek(10)
    other = replace(dataset)
    left = [both.configure(run, first(both).config, other) for run in (1,)]
    left += [both.configure(2, dict(both.snapshots())[2].config, other)]
    assert [row.run for row in left if row] == [1, 2]
    assert both.reached == 10


def test_beginnings_of_epochs_are_those_of_the_slowest(dataset: Dataset) -> None:
    both = runs(dataset, BASE, replace(BASE, batch_size=20))  # 7 and 10 updates an epoch
    both.advance(25)
    assert both.epoch_begin(25) == 20
    assert both.epoch_begin(20) == 10
    assert both.epoch_begin(3) == 0
    assert Lockstep().epoch_begin(3) == 0
    assert (Lockstep().update, Lockstep().reached, Lockstep().earliest) == (0, 0, 0)
    assert Lockstep().seek(5)


def test_a_gesture_is_one_change_and_the_next_one_another(dataset: Dataset) -> None:
    now = 0.0
    plan = RunPlan(1, dataset, BASE.resolved(dataset))
    moved = Lockstep((plan,), clock=lambda: now)
    for now in (0.0, 0.1, 0.2, 30.0, 30.1):  # noqa: B007 - the clock reads it
        moved.advance(5)
        moved.configure(1, plan.config, weights=first(moved).parameters)
    assert [change.update for change in moved.changes] == [15, 25]
