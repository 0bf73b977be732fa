"""Pictures of built-in sets, drawn off the GUI thread when they are asked for, and kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from app.dialogs.gallery_drawing import draw_sample
from app.jobs import JobControl, Jobs
from app.origins import SampleOrigin
from app.theme import current_theme

MOST_KEPT = 160
"""Pictures kept from one opening of the gallery to the next: a few megabytes."""


@dataclass(frozen=True, slots=True)
class _Wish:
    origin: SampleOrigin
    theme: str
    font_size: float
    size: tuple[int, int]
    ratio: float


_kept: OrderedDict[_Wish, QImage] = OrderedDict()


class Pictures(QObject):
    """Gives the picture of a set at once if there is one, and tells later if it has to be drawn.

    Each ``place`` on the screen waits for one picture only: asking for another forgets the one
    before, so that a slider is never behind its handle.
    """

    ready = Signal(str)
    """The place whose picture is there now."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = Jobs(self)
        self._asked: dict[str, _Wish] = {}

    def picture(self, place: str, origin: SampleOrigin, size: QSize, ratio: float) -> QImage | None:
        """The picture in today's colours; None while it is being drawn."""
        theme = current_theme()
        wish = _Wish(origin, theme.key, theme.font_size, (size.width(), size.height()), ratio)
        if wish in _kept:
            _kept.move_to_end(wish)
            return _kept[wish]
        if self._asked.get(place) != wish:
            self._asked[place] = wish
            self._start(place, wish)
        return None

    def shut_down(self) -> None:
        """Forget what is not drawn yet and wait for the threads."""
        self._asked.clear()
        self._jobs.shut_down()

    def _start(self, place: str, wish: _Wish) -> None:
        theme = current_theme()

        def work(control: JobControl) -> QImage | None:
            if control.cancelled():
                return None
            return draw_sample(wish.origin, theme, QSize(*wish.size), wish.ratio)

        def keep(picture: QImage) -> None:
            self._asked.pop(place, None)
            _kept[wish] = picture
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
            self.ready.emit(place)

        self._jobs.start(place, work, keep, self._fail)

    def _fail(self, error: Exception) -> None:
        raise error


def forget() -> None:
    """Draw everything anew when it is asked for again."""
    _kept.clear()
