from __future__ import annotations

import numpy as np
import pytest

from app.plots.colors import rgb
from app.plots.region import ClassColors
from app.theme import THEMES


@pytest.mark.parametrize("classes", [2, 3, 10])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_where_all_classes_are_even_there_is_no_color(classes: int, theme: str) -> None:
    shares = np.full((classes, 1, 2), 1 / classes, dtype=np.float32)
    shares[0, 0, 1] += 0.01
    shares[1, 0, 1] -= 0.01
    image = np.empty((1, 2, 4), dtype=np.uint8)
    ClassColors(THEMES[theme], classes).paint(shares, image)
    neutral = rgb(THEMES[theme].surface)
    assert tuple(image[0, 0, :3]) == neutral
    assert tuple(image[0, 1, :3]) != neutral
