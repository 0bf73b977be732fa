"""The queue of orders and the bell that wakes the training thread."""

from __future__ import annotations

from collections import deque
from threading import Condition
from time import monotonic

from app.training.messages import Order


class Orders:
    """Orders to the training thread and acknowledgements of its frames, under one condition.

    Waiting costs nothing: neither side polls.
    """

    def __init__(self) -> None:
        self._bell = Condition()
        self._queue: deque[Order] = deque()
        self._acknowledged = -1

    def give(self, order: Order) -> None:
        """Add an order; obeyed at the next pause between two bursts."""
        with self._bell:
            self._queue.append(order)
            self._bell.notify()

    def acknowledge(self, number: int) -> None:
        """Say that frame ``number`` is on the screen."""
        with self._bell:
            self._acknowledged = max(self._acknowledged, number)
            self._bell.notify()

    def take(self) -> list[Order]:
        """All waiting orders, oldest first, without waiting."""
        with self._bell:
            return self._drain()

    def wait(self, seconds: float | None) -> list[Order]:
        """Wait for orders, at most ``seconds`` (None: for ever), and take them all."""
        with self._bell:
            self._bell.wait_for(lambda: bool(self._queue), seconds)
            return self._drain()

    def wait_for_paint(self, number: int, seconds: float) -> bool:
        """Wait until frame ``number`` is acknowledged, an order comes, or time is up.

        Returns whether the frame was acknowledged.
        """
        deadline = monotonic() + seconds
        with self._bell:
            self._bell.wait_for(
                lambda: self._acknowledged >= number or bool(self._queue),
                max(0.0, deadline - monotonic()),
            )
            return self._acknowledged >= number

    def _drain(self) -> list[Order]:
        orders = list(self._queue)
        self._queue.clear()
        return orders
