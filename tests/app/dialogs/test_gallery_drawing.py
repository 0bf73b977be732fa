from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.dialogs import gallery_pictures
from app.dialogs.gallery_drawing import draw_sample
from app.dialogs.gallery_pictures import Pictures
from app.origins import SampleOrigin
from app.theme import THEMES
from slp_core.data.samples import SAMPLES

SIZE = QSize(180, 100)


def _share(image: QImage, color: str, tolerance: int = 40) -> float:
    wanted, near = QColor(color), 0
    for y in range(image.height()):
        for x in range(image.width()):
            pixel = image.pixelColor(x, y)
            distance = abs(pixel.red() - wanted.red()) + abs(pixel.green() - wanted.green())
            near += distance + abs(pixel.blue() - wanted.blue()) < tolerance
    return near / (image.width() * image.height())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("key", SAMPLES)
def test_every_set_is_drawn_on_the_ground_of_the_theme(key: str, theme: str) -> None:
    look = THEMES[theme]
    picture = draw_sample(SampleOrigin(key), look, SIZE, 1.0)
    assert picture.size() == SIZE
    ground = _share(picture, look.surface, 6)
    assert 0.3 < ground < 0.98
    corners = [(0, 0), (179, 0), (0, 99), (179, 99)]
    assert {picture.pixelColor(x, y).name() for x, y in corners} == {look.surface}


def test_classes_have_their_colours() -> None:
    look = THEMES["light"]
    picture = draw_sample(SampleOrigin("three_blobs"), look, SIZE, 1.0)
    assert all(_share(picture, color) > 0.004 for color in look.class_colors[:3])
    assert _share(picture, look.class_colors[3], 20) == 0


def test_a_sharp_screen_gets_more_pixels() -> None:
    picture = draw_sample(SampleOrigin("moons"), THEMES["light"], SIZE, 2.0)
    assert picture.size() == SIZE * 2
    assert picture.devicePixelRatio() == 2.0


def test_noise_balance_seed_and_points_are_seen() -> None:
    origin = SampleOrigin("two_gaussians")
    others = (
        SampleOrigin("two_gaussians", noise=0.2),
        SampleOrigin("two_gaussians", balance=0.9),
        SampleOrigin("two_gaussians", seed=1),
        SampleOrigin("two_gaussians", points=20),
    )
    drawn = [draw_sample(one, THEMES["light"], SIZE, 1.0) for one in (origin, *others, origin)]
    assert drawn[0] == drawn[-1]
    assert all(one != drawn[0] for one in drawn[1:-1])


def test_millions_of_points_are_not_drawn_one_by_one() -> None:
    many = SampleOrigin("circles", points=10_000_000)
    assert draw_sample(many, THEMES["light"], SIZE, 1.0).size() == SIZE


def test_the_imbalanced_set_is_mostly_of_the_first_class() -> None:
    look = THEMES["light"]
    picture = draw_sample(SampleOrigin("imbalanced"), look, SIZE, 1.0)
    assert _share(picture, look.class_colors[0]) > 3 * _share(picture, look.class_colors[1])


def test_pictures_come_later_and_are_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery_pictures, "MOST_KEPT", 2)
    gallery_pictures.forget()
    home = QObject()
    pictures = Pictures(home)
    for seed in range(3):
        origin = SampleOrigin("xor", seed=seed)
        with qtbot.waitSignal(pictures.ready):
            assert pictures.picture("here", origin, SIZE, 1.0) is None
            assert pictures.picture("here", origin, SIZE, 1.0) is None
        assert pictures.picture("here", origin, SIZE, 1.0) is not None
    assert pictures.picture("here", SampleOrigin("xor", seed=1), SIZE, 1.0) is not None
    assert pictures.picture("here", SampleOrigin("xor", seed=0), SIZE, 1.0) is None
    pictures.shut_down()
    gallery_pictures.forget()


def test_only_the_newest_wish_of_a_place_is_told(qtbot: QtBot) -> None:
    gallery_pictures.forget()
    home = QObject()
    pictures = Pictures(home)
    told: list[str] = []
    pictures.ready.connect(told.append)
    for seed in range(20):
        pictures.picture("here", SampleOrigin("xor", seed=seed), SIZE, 1.0)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["here"]
    assert pictures.picture("here", SampleOrigin("xor", seed=19), SIZE, 1.0) is not None
    pictures.shut_down()
    gallery_pictures.forget()
