"""Class colours: seen on every ground, and apart for every kind of colour vision."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from app.class_palettes import PALETTES, ClassPalette
from app.plots.colors import SEEN, class_color, class_symbol, line_color, rgb
from app.plots.points import class_style
from app.theme import THEMES, Theme, contrast, current_theme

Numbers = NDArray[np.float64]
every_palette = pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
VISIONS = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""Machado et al. 2009, severity 1, on linear RGB."""


def lab(color: str, vision: Numbers) -> Numbers:
    """CIE L*a*b* of a colour as somebody sees it."""
    values = np.array(rgb(color)) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    x = TO_XYZ @ np.clip(vision @ linear, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(x > 216 / 24389, np.cbrt(x), (24389 / 27 * x + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(colors: tuple[str, ...], vision: Numbers) -> float:
    places = [lab(color, vision) for color in colors]
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(places, 2))


def test_the_model_of_vision_knows_what_is_confused() -> None:
    assert nearest(("#ff0000", "#00ff00"), VISIONS["usual"]) > 150
    assert nearest(("#c04000", "#608000"), VISIONS["deutan"]) < 25


@every_palette
@pytest.mark.parametrize("vision", VISIONS)
def test_the_first_three_are_apart_for_every_eye(palette: ClassPalette, vision: str) -> None:
    assert nearest(palette.colors[:3], VISIONS[vision]) > 12


@every_palette
def test_all_are_apart_for_most_eyes(palette: ClassPalette) -> None:
    assert nearest(palette.colors, VISIONS["usual"]) > 22


@every_palette
def test_every_colour_has_a_word_of_its_own(palette: ClassPalette) -> None:
    assert len(set(palette.words)) == len(set(palette.colors)) == len(palette.colors) >= 5
    assert len(palette.words) == len(palette.colors)


@every_palette
@every_theme
def test_lines_of_classes_are_seen(palette: ClassPalette, theme: Theme) -> None:
    theme = theme.colored(palette.key)
    for index in range(len(palette.colors)):
        assert contrast(line_color(theme, index), theme.surface) >= SEEN


@every_palette
@every_theme
@pytest.mark.parametrize("hollow", [False, True])
def test_marks_are_seen_by_their_colour_or_their_rim(
    palette: ClassPalette, theme: Theme, hollow: bool
) -> None:
    theme = theme.colored(palette.key)
    for index in range(len(palette.colors)):
        style = class_style(theme, index, hollow)
        inks = [style.pen.color().name(), *([] if hollow else [class_color(theme, index)])]
        assert max(contrast(ink, theme.surface) for ink in inks) >= SEEN


@every_palette
def test_fifty_classes_never_look_alike_and_ten_have_ten_shapes(palette: ClassPalette) -> None:
    theme = THEMES["light"].colored(palette.key)
    looks = {(class_color(theme, k), class_symbol(theme, k)) for k in range(50)}
    assert len(looks) == 50
    assert len({class_symbol(theme, k) for k in range(10)}) == 10
    assert theme.class_symbols == THEMES["light"].class_symbols


def test_an_unknown_palette_is_the_usual_one() -> None:
    assert current_theme().colored("gone").class_colors == THEMES["light"].class_colors
