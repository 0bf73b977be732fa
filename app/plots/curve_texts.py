"""What is written around the curves."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from app.numbers import number_text
from app.plots.curve_data import Record
from app.plots.curve_items import Look
from app.plots.curve_kinds import CurveKind, Series
from app.plots.legend import Entry
from app.plots.marks import line as line_mark
from app.plots.numbers import format_count
from app.theme import Theme
from slp_core.training.snapshot import Snapshot


def is_regression(live: Snapshot | None) -> bool:
    """Whether the run predicts numbers: then "accuracy" is R²."""
    return live is not None and live.accuracy is None


_MANY_EPOCHS = 1000
"""From here on the part of an epoch is not told."""


@dataclass(frozen=True, slots=True)
class Words:
    """How numbers of a plot are said; ``short`` beside the long names of several runs."""

    kind: CurveKind
    regression: bool
    short: bool

    def said(self, record: Record, number: int, index: int) -> str:
        """The value of a series at a point of the record, and what its smoothed line says."""
        series = self.kind.series[number]
        raw = series.text(float(record.lines[number].value[index]), self.kind, self.regression)
        smooth = float(record.smooth[number][index]) if record.smooth else nan
        if isnan(smooth):
            return raw
        text = series.text(smooth, self.kind, self.regression)
        return f"{raw} ~ {text}" if self.short else f"{raw}, smoothed {text}"


def entries(
    kind: CurveKind,
    record: Record,
    index: int,
    theme: Theme,
    live: Snapshot | None,
    among: tuple[str, Look] | None = None,
    parts: bool = False,
) -> list[Entry]:
    """One entry for each series that is known, with its value at a point of the record.

    ``among`` other runs the first series goes by the run's name and look; ``parts`` says whether
    the series that are parts of the first are shown.
    """
    if index < 0:
        return []
    result: list[Entry] = []
    words = Words(kind, is_regression(live), among is not None)
    for number, (series, line) in enumerate(zip(kind.series, record.lines, strict=True)):
        if not line.known or (series.part and not parts):
            continue
        first = among is not None and series is kind.series[0]
        label = among[0] if among is not None and first else series.label
        pen = among[1].sample_pen() if among is not None and first else _sample_pen(theme, series)
        said = words.said(record, number, index)
        if first and len(record.lost):
            said += " ✕"
        result.append(Entry(f"{label} {said}", line_mark(pen), value=said))
    return result


def moment_text(record: Record, index: int, named: str) -> str:
    """When a point of the record was, and what is ``named`` there."""
    update, epoch = int(record.update[index]), float(record.epoch[index])
    passes = number_text(epoch) if epoch < _MANY_EPOCHS else format_count(int(epoch))
    text = f"update {format_count(update)}, epoch {passes}"
    if index in record.lost:
        text += " · ✕ not finite after this"
    if named.startswith("update "):
        return named
    return f"{text} · {named}" if named else text


def detail(kind: CurveKind, record: Record, live: Snapshot | None, alone: bool) -> tuple[str, str]:
    """The text at the right: nothing is known yet, a broken end, or the best so far.

    The latter two are told of a run that is ``alone`` only.

    The second part must be read even where there is little room.
    """
    if kind.unknown and not any(line.known for line in record.lines):
        return kind.unknown, ""
    if alone and len(record.lost) and record.lost[-1] >= _last_finite(record):
        last = format_count(int(record.update[record.lost[-1]]))
        return "✕ not finite after", f" update {last}"
    if kind.best and alone and live is not None:
        return f"best {number_text(live.best_loss)}", ""
    return "", ""


def _last_finite(record: Record) -> int:
    known = np.flatnonzero(np.isfinite(record.lines[0].value))
    return int(known[-1]) if len(known) else 0


def _sample_pen(theme: Theme, series: Series) -> QPen:
    style = Qt.PenStyle.DashLine if series.dashed else Qt.PenStyle.SolidLine
    pen = QPen(QColor(series.color(theme)), theme.line_width + 0.5, style)
    if series.dashed:
        pen.setDashPattern([2.5, 1.8])
    return pen
