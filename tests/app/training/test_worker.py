from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QObject, QThread, Slot
from pytestqt.qtbot import QtBot

from app.training.messages import Configure, Failure, Frame, Load, Pace, Pause, Play, RunPlan, Step
from app.training.worker import Worker
from slp_core.data.dataset import Dataset
from slp_core.data.samples import load_sample
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer


class Window(QObject):
    """Stands for the window: collects frames and acknowledges them, or not."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.worker, self.paints = worker, True
        self.frames: list[Frame] = []
        self.failures: list[Failure] = []
        self.announcements = 0
        worker.announced.connect(self.collect)
        worker.failed.connect(self.fail)

    @Slot()
    def collect(self) -> None:
        self.announcements += 1
        assert QThread.currentThread() is self.thread()
        frame = self.worker.mailbox.take()
        if frame is not None:
            self.frames.append(frame)
            if self.paints:
                self.worker.acknowledge(frame.number)

    @Slot(object)
    def fail(self, failure: Failure) -> None:
        self.failures.append(failure)

    def has_stopped(self) -> bool:
        return bool(self.frames) and self.frames[-1].snapshots[0][1].stop is not None

    @property
    def update(self) -> int:
        return self.frames[-1].snapshots[0][1].update if self.frames else -1


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    made.start()
    yield made
    made.shut_down()


@pytest.fixture
def window(worker: Worker) -> Window:
    return Window(worker)


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load_sample("two_gaussians")


def plan(dataset: Dataset, run: int = 1, **settings: object) -> RunPlan:
    config = TrainingConfig(**{"batch_size": 32, "epochs": 10**6, **settings})  # pyright: ignore[reportArgumentType] - settings of the tests' own
    return RunPlan(run, dataset, config.resolved(dataset))


def test_loading_shows_the_start_and_does_not_train(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    qtbot.waitUntil(lambda: len(window.frames) == 1)
    qtbot.wait(30)
    assert window.update == 0
    assert len(window.frames) == 1


def test_play_trains_and_pause_stops(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Play())
    qtbot.waitUntil(lambda: window.update > 100)
    worker.give(Pause())
    qtbot.waitUntil(lambda: not window.frames[-1].playing)
    stopped = window.update
    qtbot.wait(50)
    assert window.update == stopped


@pytest.mark.parametrize(("order", "expected"), [(Step(1), 1), (Step(10), 10), (Step(None), 7)])
def test_steps_are_exact(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot, order: Step, expected: int
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(order)
    qtbot.waitUntil(lambda: window.update == expected)
    assert not window.frames[-1].playing
    assert dataset.samples == 200


def test_a_step_to_the_end_of_the_epoch_completes_a_begun_one(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    for order in (Step(3), Step(None)):
        worker.give(order)
    qtbot.waitUntil(lambda: window.update == 7)


def test_one_announcement_a_frame_and_no_flood(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Play())
    qtbot.waitUntil(lambda: window.update > 3000, timeout=20_000)
    assert window.announcements * 10 < window.update


def test_a_window_that_does_not_paint_does_not_stop_training(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    window.paints = False
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Play())
    qtbot.waitUntil(lambda: len(window.frames) >= 4, timeout=20_000)
    assert window.update > 0


def test_pausing_while_waiting_for_a_paint_is_obeyed_at_once(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    window.paints = False
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Play())
    qtbot.waitUntil(lambda: len(window.frames) >= 2)
    worker.give(Pause())
    qtbot.waitUntil(lambda: not window.frames[-1].playing, timeout=2000)


def test_a_run_that_stops_pauses_the_worker_and_says_why(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset, epochs=3),)))
    worker.give(Play())
    qtbot.waitUntil(window.has_stopped)
    snapshot = window.frames[-1].snapshots[0][1]
    assert snapshot.stop is not None
    assert snapshot.stop.kind == "epochs"
    assert snapshot.update == 21
    assert not window.frames[-1].playing


def test_settings_act_on_the_next_update_and_keep_the_weights(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    first = plan(dataset)
    worker.give(Load(1, (first,)))
    worker.give(Step(5))
    slow = TrainingConfig(batch_size=32, epochs=10**6, learning_rate=1e-12).resolved(dataset)
    worker.give(Configure(1, 1, slow))
    worker.give(Step(1))
    qtbot.waitUntil(lambda: window.update == 6)
    assert [(c.update, c.after.learning_rate) for c in window.frames[-1].changes] == [(5, 1e-12)]
    expected = Trainer(dataset, first.config)
    expected.advance(5)
    expected.reconfigure(slow)
    expected.advance(1)
    np.testing.assert_array_equal(
        window.frames[-1].snapshots[0][1].parameters.W, expected.parameters.W
    )


def test_settings_for_a_run_that_is_gone_are_ignored(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Load(2, (plan(dataset, run=2),)))
    worker.give(Configure(1, 1, plan(dataset).config))
    worker.give(Step(1))
    qtbot.waitUntil(lambda: window.update == 1)
    assert window.failures == []
    assert window.frames[-1].generation == 2


def test_several_runs_stay_in_lock_step(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    fast, slow = plan(dataset, 1), plan(dataset, 2, learning_rate=1e-3)
    worker.give(Load(1, (fast, slow)))
    worker.give(Play())
    qtbot.waitUntil(lambda: window.update > 500)
    assert all(len({s.update for _, s in frame.snapshots}) == 1 for frame in window.frames)


def test_the_result_does_not_depend_on_frames_and_bursts(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    wanted = plan(dataset, epochs=60)
    worker.give(Load(1, (wanted,)))
    worker.give(Play())
    qtbot.waitUntil(window.has_stopped)
    alone = Trainer(dataset, wanted.config)
    alone.advance()
    shown = window.frames[-1].snapshots[0][1]
    np.testing.assert_array_equal(shown.parameters.W, alone.parameters.W)
    np.testing.assert_array_equal(shown.history.loss, alone.snapshot().history.loss)


def test_a_pace_is_kept(worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Pace(updates_per_second=20.0))
    worker.give(Play())
    qtbot.waitUntil(lambda: window.update >= 1)
    qtbot.wait(500)
    worker.give(Pause())
    qtbot.waitUntil(lambda: not window.frames[-1].playing)
    assert 2 <= window.update <= 40


def test_what_goes_wrong_in_the_thread_is_told_and_the_thread_lives_on(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    broken = RunPlan(1, dataset, TrainingConfig(activation="tanh", loss="cross_entropy"))
    worker.give(Load(1, (broken,)))
    qtbot.waitUntil(lambda: bool(window.failures))
    worker.give(Load(2, (plan(dataset),)))
    worker.give(Step(1))
    qtbot.waitUntil(lambda: window.update == 1)


def test_shutting_down_twice_while_training_is_safe(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Play())
    qtbot.waitUntil(lambda: window.update > 0)
    worker.shut_down()
    worker.shut_down()
    assert worker.isFinished()


def test_a_long_step_obeys_orders_on_its_way(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset, batch_size=1),)))
    worker.give(Step(10**8))
    qtbot.waitUntil(lambda: window.update > 0)
    worker.give(Pause())
    qtbot.waitUntil(lambda: not window.frames[-1].playing)
    assert window.update < 10**8


def test_a_run_that_stands_still_is_not_drawn_again(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    worker.give(Pace(updates_per_second=2.0))
    worker.give(Play())
    qtbot.wait(700)
    shown = [frame.snapshots[0][1].update for frame in window.frames]
    assert len(shown) <= len(set(shown)) + 1  # the start is shown when it is loaded


def test_steps_asked_for_in_a_hurry_are_all_made(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset),)))
    for _ in range(25):
        worker.give(Step(1))
    qtbot.waitUntil(lambda: window.update == 25)


def test_a_step_ends_with_the_epoch_after_a_change_of_the_batch_size(
    worker: Worker, window: Window, dataset: Dataset, qtbot: QtBot
):
    worker.give(Load(1, (plan(dataset, batch_size="full"),)))
    worker.give(Step(1))
    worker.give(Configure(1, 1, plan(dataset, batch_size=50).config))
    worker.give(Step(None))
    qtbot.waitUntil(lambda: window.update == 5)
    qtbot.wait(20)
    assert window.frames[-1].snapshots[0][1].epoch == 2.0
