from __future__ import annotations

from app.training.mailbox import Mailbox


def test_latest_wins_and_the_slot_is_left_empty():
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.put(2)
    assert box.take() == 2
    assert box.take() is None
