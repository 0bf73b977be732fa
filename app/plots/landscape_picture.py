"""Everything that is drawn of a landscape, in layers, and its legend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.numbers import number_text
from app.plots.canvas import Canvas
from app.plots.landscape_layers import EDGE, Contours, PathLayer, Spots, edge_color
from app.plots.landscape_scene import Track
from app.plots.landscape_shading import levels_of, painted, tone_of
from app.plots.landscape_survey import Survey
from app.plots.legend import Entry, Legend
from app.plots.marks import marker
from app.plots.points import Style
from app.plots.region import RegionLayer
from app.plots.user_text import isolated
from app.theme import THEMES, Theme
from slp_core.arrays import Float64s

_DARK = "#101418"


class Picture:
    """Colours, contour lines, paths, the lowest place; drawn on a canvas that is given."""

    def __init__(self, canvas: Canvas, parent: QWidget) -> None:
        self._canvas = canvas
        self._theme = THEMES["light"]
        self._region = RegionLayer(canvas, 0)
        self.contours = Contours(canvas)
        self.spots = Spots(canvas)
        self.legend = Legend(parent)
        self.paths: list[PathLayer] = []
        self._tracks: tuple[tuple[str, int], ...] = ()
        self._pens: list[QPen] = []
        self.survey: Survey | None = None

    def set_theme(self, theme: Theme) -> None:
        """Recolour."""
        self._theme = theme
        self.legend.set_theme(theme)
        self.contours.set_theme(theme)
        self._dress()
        if self.survey is not None:
            self.show_survey(self.survey)

    def clear(self) -> None:
        """No losses and no paths."""
        self.survey = None
        self._region.clear()
        self.contours.clear()
        self.spots.show_lowest(None)
        self.show_paths((), ())

    def show_paths(self, tracks: Sequence[Track], places: Sequence[Float64s]) -> None:
        """One path for each run, the active one last and on top."""
        named = tuple((track.name, track.line) for track in tracks)
        if named != self._tracks:
            self._tracks = named
            for layer in self.paths:
                layer.remove()
            self.paths = [PathLayer(self._canvas, n) for n in range(len(named))]
            self._dress()
        for layer, at in zip(self.paths, places, strict=True):
            layer.draw(at)
        self.contours.avoid(places)

    def follow(self) -> None:
        """Another part of the plane is looked at: paths that were cut go on elsewhere."""
        for layer in self.paths:
            if layer.cut:
                layer.follow()

    def show_survey(self, survey: Survey) -> None:
        """Colours, contours and the lowest place of these losses."""
        self.survey = survey
        question, values = survey.question, survey.values
        tone = tone_of(values)
        image = painted(values, tone, self._theme)
        (left, right), (low, high) = question.frame
        rows, columns = image.shape[:2]
        dx, dy = (right - left) / (columns - 1), (high - low) / (rows - 1)
        area = QRectF(left - dx / 2, low - dy / 2, columns * dx, rows * dy)
        self._region.show(image, area)
        shades = np.zeros((2, 2)) if tone is None else tone.share(values)
        levels = [] if tone is None else levels_of(tone)
        self.contours.draw(shades, levels, question.frame)
        lowest = survey.lowest
        self.spots.show_lowest(None if lowest is None or tone is None else lowest[:2])
        self._write_legend()

    def _dress(self) -> None:
        self._pens = [
            layer.set_look(self._theme, line)
            for layer, (_, line) in zip(self.paths, self._tracks, strict=True)
        ]
        self._write_legend()

    def _write_legend(self) -> None:
        runs = sorted(zip(self._tracks, self._pens, strict=True), key=lambda run: run[0][1])
        entries = [
            Entry(
                isolated(name) if len(runs) > 1 else "path",
                partial(_path, pen, edge_color(self._theme)),
            )
            for (name, _), pen in runs
        ]
        edge, ring = _cosmetic(_DARK, 1.4), _cosmetic(self._theme.muted, 2.2)
        white, any_run = QBrush(QColor("#ffffff")), QBrush(QColor(self._theme.muted))
        ground = QBrush(QColor(edge_color(self._theme)))
        if entries:
            entries.append(Entry("start", marker(Style("o", 9.0, ring, ground))))
            entries.append(Entry("now", marker(Style("o", 11.0, ring, any_run))))
        lowest = self.survey.lowest if self.survey is not None else None
        if lowest is not None:
            edge_of_view = self.survey is not None and self.survey.is_lowest_at_edge
            name, value = "lowest in view", f" {number_text(lowest[2])}"
            name += ", at its edge" * edge_of_view
            mark = marker(Style("d", 12.0, edge, white))
            entries.append(Entry(f"{name}{value}", mark, value=value))
        if self.survey is not None and not np.isfinite(self.survey.values).all():
            entries.append(Entry("not a finite number", partial(_hatched, self._theme)))
        self.legend.set_entries(entries)


def _cosmetic(color: str, width: float) -> QPen:
    """A pen as wide on a marker of any size."""
    pen = QPen(QColor(color), width)
    pen.setCosmetic(True)
    return pen


def _path(pen: QPen, ground: str, painter: QPainter, middle: QPointF) -> None:
    """A piece of a path with its edge."""
    edge = QPen(QColor(ground), pen.widthF() + EDGE)
    for one in (edge, pen):
        painter.setPen(one)
        painter.drawLine(middle - QPointF(8, 0), middle + QPointF(8, 0))


def _hatched(theme: Theme, painter: QPainter, middle: QPointF) -> None:
    """A piece of the hatching."""
    area = QRectF(middle.x() - 8, middle.y() - 6, 16, 12)
    painter.fillRect(area, QColor(theme.raised))
    painter.fillRect(area, QBrush(QColor(theme.danger), Qt.BrushStyle.FDiagPattern))
