from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.theme import (
    CLASS_COLORS,
    CLASS_SYMBOLS,
    THEMES,
    Theme,
    apply,
    contrast,
    current_theme,
    disabled_text,
    mix,
    palette,
    style_sheet,
    system_theme,
)

every_theme = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
COLOR_FIELDS = [name for name in Theme.__slots__ if isinstance(getattr(THEMES["light"], name), str)]


def test_contrast_of_known_colours() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_mix_ends_and_middle() -> None:
    assert mix("#000000", "#ffffff", 0.0) == "#000000"
    assert mix("#000000", "#ff8000", 1.0) == "#ff8000"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@every_theme
@pytest.mark.parametrize("ground", ["window", "surface", "raised"])
def test_body_text_contrast(theme: Theme, ground: str) -> None:
    least = 13.0 if theme.key == "projector" else 7.0
    assert contrast(theme.text, getattr(theme, ground)) >= least


@every_theme
@pytest.mark.parametrize("name", ["muted", "danger", "warning", "ok", "accent"])
def test_coloured_text_is_readable(theme: Theme, name: str) -> None:
    color = getattr(theme, name)
    assert contrast(color, theme.window) >= 4.5
    assert contrast(color, theme.surface) >= 4.5


@every_theme
def test_accent_carries_text(theme: Theme) -> None:
    assert contrast(theme.accent_text, theme.accent) >= 4.5


@every_theme
def test_disabled_text_is_visible_but_weaker(theme: Theme) -> None:
    assert contrast(disabled_text(theme), theme.window) >= 3.0
    assert contrast(disabled_text(theme), theme.window) < contrast(theme.text, theme.window) / 1.5


@every_theme
@pytest.mark.parametrize("name", ["train", "validation", "gradient", "activation"])
def test_curves_stand_out_from_the_surface(theme: Theme, name: str) -> None:
    assert contrast(getattr(theme, f"{name}_color"), theme.surface) >= 3.0


@every_theme
def test_colours_are_hex(theme: Theme) -> None:
    colors = [getattr(theme, name) for name in COLOR_FIELDS if name not in ("key", "label")]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in (*colors, *theme.class_colors))


def test_ten_classes_have_ten_colours_and_shapes() -> None:
    assert len(set(CLASS_COLORS)) == len(set(CLASS_SYMBOLS)) == 10


@every_theme
def test_style_sheet_is_filled_and_leaves_combos_alone(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert f"font-size: {theme.font_size:g}pt" in sheet
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S))
    plain = [s.strip() for group in selectors for s in group.split(",")]
    assert not [s for s in plain if re.fullmatch(r"Q(ComboBox|\w*SpinBox)(::?[\w-]+)*", s)]


@every_theme
def test_palette_has_no_role_of_another_theme(theme: Theme) -> None:
    result = palette(theme)
    assert result.color(QPalette.ColorRole.Window).name() == theme.window
    assert result.color(QPalette.ColorRole.Text).name() == theme.text
    disabled = result.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name()
    assert disabled == disabled_text(theme)


def test_apply_reaches_a_widget_that_exists(qtbot: QtBot, qapp: QApplication) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    apply(qapp, THEMES["dark"])
    label.ensurePolished()
    assert current_theme() is THEMES["dark"]
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == THEMES["dark"].text
    apply(qapp, THEMES["projector"])
    assert label.font().pointSizeF() == pytest.approx(14.0)
    apply(qapp, THEMES["light"])
    assert label.font().pointSizeF() == pytest.approx(11.0)


def test_system_theme_is_one_of_two(qapp: QApplication) -> None:
    assert system_theme().key in ("light", "dark")


def test_sized_changes_only_the_size() -> None:
    larger = THEMES["light"].sized(1.5)
    assert larger.font_size == pytest.approx(16.5)
    assert larger.sized(1 / 1.5) == THEMES["light"]
