"""A canary for the binding that loses references (PySide6 6.12.0 on Python 3.11 and older)."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 500


def test_calls_that_return_nothing_keep_the_references_of_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("canary")
    # A lost (or leaked) reference per call moves the count by CALLS; where None is immortal
    # (Python 3.12 and later) it does not move at all.
    assert abs(sys.getrefcount(None) - before) < CALLS / 10
