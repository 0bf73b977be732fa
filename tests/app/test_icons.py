from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from app.commands import COMMANDS
from app.icons import RATIO, application_icon, icon, icon_names, pixmap
from app.resources import read_text
from app.theme import THEMES, contrast, disabled_text

OWN_COLOURS = {"check-on-dark", "check-on-light", "perceptron-lab"}
pytestmark = pytest.mark.usefixtures("qapp")


def inked(picture: QPixmap) -> set[str]:
    """Colours of the pixels that are fully opaque."""
    image = picture.toImage()
    colors: set[str] = set()
    for y in range(image.height()):
        for x in range(image.width()):
            color = QColor(image.pixelColor(x, y))
            if color.alpha() == 255:
                colors.add(color.name())
    return colors


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_draws_in_the_colour_asked_for(name: str) -> None:
    colors = inked(pixmap(name, "#d55e00", 24))
    assert colors, f"{name} draws nothing"
    if name not in OWN_COLOURS:
        assert all(contrast(color, "#d55e00") < 1.02 for color in colors)


@pytest.mark.parametrize("name", [n for n in icon_names() if n not in OWN_COLOURS])
def test_every_icon_is_of_the_family(name: str) -> None:
    root = ElementTree.fromstring(read_text(f"icons/{name}.svg"))  # noqa: S314 - our own file
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "2"


def test_pixmaps_are_sharp_on_a_double_screen() -> None:
    assert pixmap("play", "#000000", 24).size() == QSize(48, 48)
    assert pixmap("play", "#000000", 24).devicePixelRatio() == RATIO


def test_disabled_is_drawn_weaker() -> None:
    theme = THEMES["dark"]
    made = icon("play", theme)
    assert theme.text in inked(made.pixmap(QSize(24, 24), QIcon.Mode.Normal))
    weak = inked(made.pixmap(QSize(24, 24), QIcon.Mode.Disabled))
    assert disabled_text(theme) in weak
    assert theme.text not in weak


def test_every_command_names_a_shipped_icon() -> None:
    named = {name for row in COMMANDS.values() for name in (row.icon, row.active_icon) if name}
    assert named <= set(icon_names())


def test_application_icon_has_its_colours(qapp: QApplication) -> None:
    assert {"#0b5cad", "#d55e00"} <= inked(application_icon().pixmap(QSize(32, 32)))
