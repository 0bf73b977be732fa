"""The one thread that trains."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic, sleep
from typing import cast

from PySide6.QtCore import QThread, Signal

from app.training.lockstep import Lockstep
from app.training.mailbox import Mailbox
from app.training.messages import (
    Branch,
    Configure,
    Failure,
    Frame,
    Left,
    Load,
    Order,
    Pace,
    Pause,
    Play,
    Quit,
    Remove,
    Seek,
    Step,
    StepBack,
)
from app.training.orders import Orders
from app.training.pacing import (
    BURST_SECONDS,
    PAINT_TIMEOUT,
    REST_SECONDS,
    BurstSize,
    FrameClock,
    SpeedMeter,
    Throttle,
)

SEEK_PATIENCE = 0.15
"""Seconds after which a newer moment may be sought before the last one is reached."""


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
    branched = Signal(object)
    """A `Branch`."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("training")
        self.mailbox: Mailbox[Frame] = Mailbox()
        self._orders = Orders()
        self._waiting: deque[Order] = deque()
        self._runs = Lockstep()
        self._generation = 0
        self._playing = False
        self._budget: int | None = None  # updates a step still owes; None while playing
        self._aim: int | None = None  # the update that is sought
        self._aimed = 0.0  # when it was first sought
        self._sought = 0
        self._moved = False  # whether anything was trained since the last frame
        self._pace = Pace()
        self._clock = FrameClock()
        self._throttle = Throttle()
        self._burst = BurstSize()
        self._number = 0
        self._speed = SpeedMeter()

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
        while self._obey():
            if self._aim is not None:
                self._guarded(self._approach)
            elif self._playing:
                self._guarded(self._train)

    def _next_orders(self) -> list[Order]:
        if self._aim is not None:
            return self._orders.take()
        if not self._playing and not self._waiting:
            return self._orders.wait(None)
        rest = self._throttle.seconds_to_next() if self._budget is None else 0.0
        if self._moved:
            rest = min(rest, max(0.0, self._clock.next_due - monotonic()))
        return self._orders.wait(rest) if rest > 0.0 else self._orders.take()

    def _obey(self) -> bool:
        """Carry out what is waiting; says whether to go on.

        Another step, or other settings, wait until a step that was begun is done; what a person
        means to happen now ends it. While a moment is sought, all wait that is to happen there.
        """
        self._waiting.extend(self._next_orders())
        while self._waiting:
            if self._wait_their_turn():
                break
            order = self._waiting.popleft()
            if isinstance(order, Quit):
                return False
            self._guarded(partial(self._carry_out, order))
        return True

    def _wait_their_turn(self) -> bool:
        """Whether the orders wait until what was begun is done."""
        orders = self._waiting
        if self._aim is not None:
            if any(isinstance(order, Load | Quit) for order in orders):
                return False
            # Dragging shows the moments passed, unless getting to one of them takes long.
            slow = monotonic() - self._aimed > SEEK_PATIENCE
            return not (slow and isinstance(orders[0], Seek | StepBack))
        stepping = self._playing and self._budget is not None
        return stepping and all(isinstance(order, Step | Configure) for order in orders)

    def _carry_out(self, order: Order) -> None:
        match order:
            case Load(generation, runs):
                self._playing, self._generation, self._runs = False, generation, Lockstep()
                self._aim = None
                self._runs = Lockstep(runs)
                self._burst = BurstSize()
                self._speed.reset()
                self._show()
            case Configure(generation, run, config, dataset, weights):
                if generation == self._generation:
                    self._leave(self._runs.configure(run, config, dataset, weights))
                    self._burst = BurstSize()  # an update may cost a thousand times what it did
                    if not self._playing:
                        self._show()
            case Remove(generation, run):
                if generation == self._generation:
                    self._runs.remove(run)
                    if not self._playing:
                        self._show()
            case Play():
                self._leave(*self._runs.go_on())
                self._go(None)
            case Pause():
                self._playing = False
                self._show()
            case Step(updates):
                self._go(updates if updates is not None else self._runs.updates_to_epoch_end())
            case Seek(update):
                self._take_aim(update)
            case StepBack(updates):
                here = self._runs.update if self._aim is None else self._aim
                begin = self._runs.epoch_begin(here) if updates is None else here - updates
                self._take_aim(begin)
            case Pace():
                self._pace = order
                self._throttle.rate = order.updates_per_second
                self._throttle.reset()
                self._clock.reset()
            case Quit():
                pass

    def _go(self, budget: int | None) -> None:
        """Train from here; with a budget of updates at full speed until it is used up."""
        self._playing, self._budget = not self._runs.finished, budget
        self._throttle.reset()
        self._clock.reset()
        self._speed.reset()
        if not self._playing:
            self._show()

    def _leave(self, *left: Left | None) -> None:
        found = tuple([row for row in left if row is not None])
        if found:
            self.branched.emit(Branch(self._generation, self._runs.update, found))

    def _take_aim(self, update: int) -> None:
        """Seek from the next burst on; of many seeks that wait, only the last is carried out."""
        self._playing = False
        self._sought += 1
        while self._waiting and isinstance(self._waiting[0], Seek):
            update = cast(Seek, self._waiting.popleft()).update
            self._sought += 1
        self._aim = min(max(update, self._runs.earliest), self._runs.reached)
        self._aimed = monotonic()

    def _approach(self) -> None:
        """One burst on the way to the moment that is sought."""
        aim = self._aim
        if aim is not None and self._runs.seek(aim, monotonic() + BURST_SECONDS):
            self._aim = None
            self._show()
        else:
            sleep(REST_SECONDS)

    def _train(self) -> None:
        started = monotonic()
        wanted = self._wanted(started)
        if wanted > 0:
            made = self._runs.advance(wanted, started + 2.5 * BURST_SECONDS)
            self._account(made, monotonic() - started)
        if self._runs.finished or self._budget == 0:
            self._playing = False
            self._show()
        elif self._moved and self._clock.due(monotonic()):
            self._show()
        else:
            # A free-running thread starves the window of the interpreter lock.
            sleep(REST_SECONDS)

    def _wanted(self, now: float) -> int:
        limit = self._throttle.allowance(now) if self._budget is None else self._budget
        return self._burst.updates if limit is None else min(limit, self._burst.updates)

    def _account(self, made: int, seconds: float) -> None:
        self._moved = True
        self._burst.learn(made, seconds)
        self._speed.count(made, monotonic())
        if self._budget is None:
            self._throttle.spend(made)
        else:
            self._budget = max(0, self._budget - made) if made else 0

    def _show(self) -> None:
        started = monotonic()
        self._moved = False
        self._number += 1
        frame = Frame(
            generation=self._generation,
            number=self._number,
            playing=self._playing,
            snapshots=self._runs.snapshots(),
            updates_per_second=self._speed.value,
            changes=self._runs.changes,
            reached=self._runs.reached,
            earliest=self._runs.earliest,
            sought=self._sought,
            ends=self._runs.ends(),
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
            self._playing, self._aim = False, None
            self.failed.emit(Failure(self._generation, error))
