"""The one thread that trains."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic, sleep

from PySide6.QtCore import QThread, Signal

from app.training.lockstep import Lockstep
from app.training.mailbox import Mailbox
from app.training.messages import (
    Configure,
    Failure,
    Frame,
    Load,
    Order,
    Pace,
    Pause,
    Play,
    Quit,
    Step,
)
from app.training.orders import Orders
from app.training.pacing import PAINT_TIMEOUT, REST_SECONDS, BurstSize, FrameClock, Throttle

RATE_WINDOW = 1.0
"""Seconds over which updates per second are measured."""


class Worker(QThread):
    """Trains all live runs in lock step and paces the frames.

    Orders are obeyed between bursts. When a frame is due the worker leaves it in ``mailbox``,
    emits ``announced`` once, and goes on when the window has painted it and acknowledged it, or
    after a quarter of a second. See the README of this package for the measurements behind it.
    """

    announced = Signal()
    """A frame is in the mailbox. Connect only to a slot method of a QObject of the GUI thread."""
    failed = Signal(object)
    """A `Failure`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training")
        self.mailbox: Mailbox[Frame] = Mailbox()
        self._orders = Orders()
        self._runs = Lockstep()
        self._generation = 0
        self._playing = False
        self._pace = Pace()
        self._clock = FrameClock()
        self._throttle = Throttle()
        self._burst = BurstSize()
        self._number = 0
        self._speed = _SpeedMeter()

    # Called from the GUI thread.

    def give(self, order: Order) -> None:
        """Give an order from any thread."""
        self._orders.give(order)

    def acknowledge(self, number: int) -> None:
        """Say from the GUI thread that frame ``number`` is on the screen."""
        self._orders.acknowledge(number)

    def shut_down(self) -> None:
        """End the thread and wait for it; safe to call more than once."""
        self._orders.give(Quit())
        self.wait()

    # The thread itself.

    def run(self) -> None:
        """Obey and train until told to quit."""
        while self._obey(self._next_orders()):
            if self._playing:
                self._guarded(self._train)

    def _next_orders(self) -> list[Order]:
        if not self._playing:
            return self._orders.wait(None)
        pause = min(self._throttle.seconds_to_next(), max(0.0, self._clock.next_due - monotonic()))
        return self._orders.wait(pause) if pause > 0.0 else self._orders.take()

    def _obey(self, orders: list[Order]) -> bool:
        for order in orders:
            if isinstance(order, Quit):
                return False
            self._guarded(lambda order=order: self._carry_out(order))
        return True

    def _carry_out(self, order: Order) -> None:
        match order:
            case Load(generation, runs):
                self._playing, self._generation, self._runs = False, generation, Lockstep()
                self._runs = Lockstep(runs)
                self._speed.reset()
                self._show()
            case Configure(generation, run, config):
                if generation == self._generation:
                    self._runs.configure(run, config)
                    if not self._playing:
                        self._show()
            case Play():
                self._play()
            case Pause():
                self._playing = False
                self._show()
            case Step(updates):
                self._step(updates)
            case Pace():
                self._pace = order
                self._throttle.rate = order.updates_per_second
                self._throttle.reset()
                self._clock.reset()
            case Quit():
                pass

    def _play(self) -> None:
        self._playing = not self._runs.finished
        self._throttle.reset()
        self._clock.reset()
        self._speed.reset()
        if not self._playing:
            self._show()

    def _step(self, updates: int | None) -> None:
        self._playing = False
        owed = updates if updates is not None else self._runs.updates_to_epoch_end()
        while owed > 0 and not self._runs.finished:
            owed -= self._runs.advance(owed) or owed
        self._show()

    def _train(self) -> None:
        started = monotonic()
        allowance = self._throttle.allowance(started)
        wanted = self._burst.updates if allowance is None else min(allowance, self._burst.updates)
        if wanted > 0:
            made = self._runs.advance(wanted)
            now = monotonic()
            self._burst.learn(made, now - started)
            self._throttle.spend(made)
            self._speed.count(made, now)
        if self._runs.finished:
            self._playing = False
            self._show()
        elif self._clock.due(monotonic()):
            self._show()
        else:
            # A free-running thread starves the window of the interpreter lock.
            sleep(REST_SECONDS)

    def _show(self) -> None:
        started = monotonic()
        self._number += 1
        frame = Frame(
            generation=self._generation,
            number=self._number,
            playing=self._playing,
            snapshots=self._runs.snapshots(),
            updates_per_second=self._speed.value,
            changes=self._runs.changes,
        )
        announced = monotonic()
        self.mailbox.put(frame)
        self.announced.emit()
        if self._playing:
            self._orders.wait_for_paint(self._number, PAINT_TIMEOUT)
            self._clock.painted(started, announced, monotonic(), self._pace.frames_per_second)

    def _guarded(self, action: Callable[[], None]) -> None:
        # PySide only prints what is raised in run(); a run that fails must say so in the window.
        try:
            action()
        except Exception as error:  # noqa: BLE001 - reported through the signal, never swallowed
            self._playing = False
            self.failed.emit(Failure(self._generation, error))


class _SpeedMeter:
    """Updates per second over about the last second."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.value = 0.0
        self._since: float | None = None
        self._made = 0

    def count(self, updates: int, now: float) -> None:
        if self._since is None:
            self._since = now
            return
        self._made += updates
        if now - self._since >= RATE_WINDOW:
            self.value = self._made / (now - self._since)
            self._since, self._made = now, 0
