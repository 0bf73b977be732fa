"""Garbage collection in the GUI thread only, as Qt needs it.

Python collects in whichever thread happens to allocate. A cycle that holds a widget was thereby
destroyed in a job's thread, half a second after its dialog had closed, and the process ended inside
``~QAbstractItemView``: Qt allows widgets to die in the GUI thread alone.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

PERIOD = 50
"""Milliseconds between two looks at how much has been allocated."""
SETTLED = 2_000
"""Milliseconds after which what is there counts as staying: a collection of all generations costs
65 ms with the window's 116,000 objects, and nearly nothing once those are set aside."""


class Collector(QObject):
    """Takes the collection of cycles over from the interpreter until it is stopped.

    It lives in the GUI thread and follows the interpreter's own thresholds
    (`gc.get_threshold`): what differs is the thread alone.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        self._timer = QTimer(self, interval=PERIOD)
        self._timer.timeout.connect(self.look)
        self._settling = QTimer(self, interval=SETTLED, singleShot=True)
        self._settling.timeout.connect(self.set_aside)

    def start(self) -> None:
        """Collect here from now on, and nowhere else."""
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer.start()
        self._settling.start()

    def stop(self) -> None:
        """Leave the collection to whom it was left before."""
        self._timer.stop()
        self._settling.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()

    @Slot()
    def look(self) -> None:
        """Collect the oldest generation that is due, if any."""
        collect_due()

    @Slot()
    def set_aside(self) -> None:
        """Collect everything once, and no longer look at what is left: it is the program itself."""
        gc.collect()
        gc.freeze()


def collect_due() -> int | None:
    """Collect as the interpreter would have; returns the generation, None if nothing was due."""
    due = [
        generation
        for generation, (count, threshold) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if 0 < threshold < count
    ]
    if not due:
        return None
    gc.collect(due[-1])
    return due[-1]
