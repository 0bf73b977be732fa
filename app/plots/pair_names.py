"""The names of a pair plot's bands, in the room above each."""

from __future__ import annotations

from collections.abc import Sequence

from app.plots.canvas import Canvas
from app.plots.labels import ElidedLabel, small
from app.plots.pair_bands import GAP, Band
from app.theme import Theme

_NAMES = ("error signal dL/dv", "loss L")


class BandNames:
    """Labels on the canvas, where no curve goes."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._labels = [ElidedLabel(canvas) for _ in _NAMES]
        for label, name in zip(self._labels, _NAMES, strict=True):
            label.setText(name)

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        for label in self._labels:
            label.set_look(theme.muted, small(theme))

    def place(self, bands: Sequence[Band]) -> None:
        """Put each above its band; nothing is named where there is one band, or the view moved."""
        shown = len(bands) == len(_NAMES) and not self._canvas.held
        left = round(self._canvas.rect_of_area().left())
        for label, band in zip(self._labels, bands, strict=False):
            top = round(self._canvas.place_of(0.0, band.bottom + 1.0).y())
            label.adjustSize()
            above = self._canvas.place_of(0.0, band.bottom + 1.0 + GAP).y()
            place = top - label.height()
            if band is bands[0]:  # large type is higher than the gap: not into the band above
                place = max(place, round(above) + 2)
            label.move(left + 6, place)
        for label in self._labels:
            label.setVisible(shown)
