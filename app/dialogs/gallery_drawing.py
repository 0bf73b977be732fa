"""Pictures of built-in sets: their real points, drawn without a window and in any thread."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.origins import SampleOrigin
from app.plots.colors import class_color
from app.plots.marks import marker
from app.plots.points import Style, class_styles, plain_style, value_styles
from app.theme import Theme
from slp_core.arrays import Float64s, Ints
from slp_core.data.dataset import Dataset
from slp_core.data.informative import informative_features, usual_axes
from slp_core.data.samples import SAMPLES, sample_table
from slp_core.data.table import Table

MOST_DRAWN = 5000
"""A set with more points is drawn with so many: from the same seed, they look the same."""
_PIXELS_A_POINT = 90.0
_SHARE = 0.62
"""Size of the markers, as a share of those in the plot."""
_RIM = 0.6
_DARK_RIM = 150
"""Opacity of the rim, 0 .. 255, where it is brighter than the marker."""
_PAD = 0.08
_IMAGES = {"digits": 8}
"""Sets whose features are the pixels of a square image, with its side."""
_ACROSS = 5


def draw_sample(origin: SampleOrigin, theme: Theme, size: QSize, ratio: float) -> QImage:
    """The picture of a built-in set, ``size`` pixels on a 1x screen.

    Of several features the two most informative ones are drawn, with the colours and shapes of
    the plot. A numeric target with one feature, or with more than two, is drawn over the most
    informative one. Images are drawn as the mean of each class.
    """
    picture = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(theme.surface))
    table = _table(origin)
    dataset = Dataset.from_table(table, SAMPLES[origin.key].target)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if origin.key in _IMAGES:
        _draw_means(painter, size, table, dataset, theme, _IMAGES[origin.key])
    else:
        _draw_points(painter, size, dataset, theme, SAMPLES[origin.key].generated)
    painter.end()
    return picture


def _table(origin: SampleOrigin) -> Table:
    points = None if origin.points is None else min(origin.points, MOST_DRAWN)
    drawn = replace(origin, points=points)
    return sample_table(
        drawn.key, points=drawn.points, noise=drawn.noise, balance=drawn.balance, seed=drawn.seed
    )


def _draw_points(
    painter: QPainter, size: QSize, dataset: Dataset, theme: Theme, same_scale: bool
) -> None:
    across, up = _axes(dataset)
    x = dataset.inputs(across)
    y = dataset.values if up is None else dataset.inputs(up)
    kinds, kind = _styles(dataset, theme, up is None)
    room = round(size.width() * size.height() / _PIXELS_A_POINT)
    shown = np.random.default_rng(0).permutation(len(x))[:room]
    places = _places(x, y, size, same_scale and up is not None)
    draws = [marker(_small(style, theme)) for style in kinds]
    for row in shown:
        painter.save()
        draws[kind[row]](painter, QPointF(float(places[0][row]), float(places[1][row])))
        painter.restore()


def _axes(dataset: Dataset) -> tuple[int, int | None]:
    """The features to draw; None up is the numeric target."""
    if dataset.task == "regression" and dataset.features > 2:
        return informative_features(dataset, 1)[0], None
    return usual_axes(dataset)


def _styles(dataset: Dataset, theme: Theme, is_line: bool) -> tuple[list[Style], Ints]:
    rows = dataset.samples
    if dataset.task != "regression":
        return class_styles(theme, dataset.labels.astype(np.int64), rows)
    if is_line:
        return [plain_style(theme, class_color(theme, 0), False)], np.zeros(rows, np.int64)
    values = dataset.values
    return value_styles(theme, values, float(values.min()), float(values.max()), rows)


def _small(style: Style, theme: Theme) -> Style:
    """A marker for a small picture: the rim of the plot's would be most of what is seen."""
    thin = style.symbol in ("+", "x", "star")
    rim = QColor(theme.text if theme.dark else theme.surface)
    rim.setAlpha(_DARK_RIM if theme.dark else 255)
    pen = QPen(style.brush.color() if thin else rim, _RIM)
    pen.setCosmetic(True)
    return replace(style, size=style.size * _SHARE, pen=pen)


def _places(x: Float64s, y: Float64s, size: QSize, same_scale: bool) -> tuple[Float64s, Float64s]:
    """Where the points are in the picture; with the same scale across and up a circle is round."""
    pad = _PAD * size.height() + 5.0
    wide, high = size.width() - 2 * pad, size.height() - 2 * pad
    spans = [max(float(np.ptp(values)), 1e-300) for values in (x, y)]
    scales = [wide / spans[0], high / spans[1]]
    if same_scale:
        scales = [min(scales)] * 2
    middles = [float(values.min()) / 2 + float(values.max()) / 2 for values in (x, y)]
    return (
        size.width() / 2 + (x - middles[0]) * scales[0],
        size.height() / 2 - (y - middles[1]) * scales[1],
    )


def _draw_means(
    painter: QPainter, size: QSize, table: Table, dataset: Dataset, theme: Theme, side: int
) -> None:
    """The mean image of each class, in lines of five."""
    pixels = np.asarray(table.matrix()[:, : side * side], np.float64)
    labels = np.array([str(text) for text in table.column(dataset.target).texts()])
    down = -(-len(dataset.classes) // _ACROSS)
    cell = 0.92 * min(size.width() / _ACROSS, size.height() / down)
    left, top = (size.width() - cell * _ACROSS) / 2, (size.height() - cell * down) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    for number, name in enumerate(dataset.classes):
        ink = pixels[labels == name].mean(axis=0).reshape(side, side) / pixels.max()
        row, column = divmod(number, _ACROSS)
        place = QRectF(left + column * cell, top + row * cell, cell, cell)
        painter.drawImage(place.adjusted(2, 2, -2, -2), _ink_image(ink, theme))


def _ink_image(ink: Float64s, theme: Theme) -> QImage:
    """Shares of ink as shades between the theme's surface and its text."""
    ends = [QColor(color) for color in (theme.surface, theme.text)]
    paper, full = ([end.red(), end.green(), end.blue()] for end in ends)
    mixed = np.array(paper) + ink[..., np.newaxis] * (np.array(full) - np.array(paper))
    rgb = np.ascontiguousarray(np.clip(np.round(mixed), 0, 255).astype(np.uint8))
    height, width = ink.shape
    return QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
