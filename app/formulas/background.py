"""Typesetting without holding up the window: the newest formulas win."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from app.formulas.typeset import Typeset, typeset
from app.jobs import JobControl, Jobs

Drawings = Mapping[str, Typeset]
"""Drawings by their LaTeX."""
_TOPIC: Final = "typesetting"


class Typesetter(QObject):
    """Typesets for one view, in the background."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut_down)

    def ask(self, formulas: Sequence[str], then: Callable[[Drawings], None]) -> None:
        """Typeset these and hand them to ``then``, unless others are asked for meanwhile."""
        wanted = tuple(dict.fromkeys(formulas))

        def work(control: JobControl) -> Drawings:
            return {each: typeset(each) for each in wanted if not control.cancelled()}

        self._jobs.start(_TOPIC, work, then, _complain)

    def shut_down(self) -> None:
        """Stop, and wait for what is under way."""
        self._jobs.shut_down()


def _complain(error: Exception) -> None:
    raise error
