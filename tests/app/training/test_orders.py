from __future__ import annotations

from threading import Thread
from time import monotonic

from app.training.messages import Pause, Play
from app.training.orders import Orders


def test_orders_come_in_the_order_they_were_given():
    orders = Orders()
    orders.give(Play())
    orders.give(Pause())
    assert orders.take() == [Play(), Pause()]
    assert orders.take() == []


def test_waiting_ends_when_an_order_comes():
    orders = Orders()
    giver = Thread(target=lambda: orders.give(Play()))
    giver.start()
    assert orders.wait(None) == [Play()]
    giver.join()


def test_waiting_ends_after_the_time_without_an_order():
    started = monotonic()
    assert Orders().wait(0.01) == []
    assert monotonic() - started >= 0.009


def test_a_paint_that_was_acknowledged_before_is_not_waited_for():
    orders = Orders()
    orders.acknowledge(7)
    assert orders.wait_for_paint(7, 10.0)
    assert not orders.wait_for_paint(8, 0.0)


def test_an_order_ends_the_wait_for_paint_and_stays_in_the_queue():
    orders = Orders()
    orders.give(Pause())
    assert not orders.wait_for_paint(1, 10.0)
    assert orders.take() == [Pause()]


def test_an_old_acknowledgement_cannot_undo_a_newer_one():
    orders = Orders()
    orders.acknowledge(5)
    orders.acknowledge(3)
    assert orders.wait_for_paint(5, 0.0)
