"""All three panels together: keys, names, tooltips, width, and every theme."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.commands import MENUS
from app.panels.choice_box import ChoiceBox
from app.panels.data_panel import DataPanel
from app.panels.flat import ARROW, PADDING
from app.panels.model_panel import ModelPanel
from app.panels.training_panel import TrainingPanel
from app.theme import THEMES, Theme, apply

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CONTROLS = (QComboBox, QLineEdit, QPushButton, QToolButton, QSlider, QCheckBox)


@pytest.fixture
def column(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    box = QVBoxLayout(made)
    box.setContentsMargins(16, 8, 16, 16)
    for panel in (DataPanel(), ModelPanel(), TrainingPanel()):
        panel.more.set_open(True)
        box.addWidget(panel)
    return made


def controls(column: QWidget) -> list[QWidget]:
    found = [w for kind in CONTROLS for w in column.findChildren(kind)]
    return [w for w in found if w.objectName() != "qt_scrollarea_viewport"]


def test_mnemonics_differ_from_each_other_and_from_the_menus(column: QWidget) -> None:
    texts = [label.text() for label in column.findChildren(QLabel) if label.buddy()]
    texts += [box.text() for box in column.findChildren(QCheckBox)]
    texts += list(MENUS.values())
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []
    assert len(letters) > 18
    assert not {"1", "2"} & set(letters)  # the tabs of the views have those


def test_every_control_has_a_name_and_a_sentence(column: QWidget) -> None:
    for widget in controls(column):
        if widget.window() is not column.window() or isinstance(widget.parent(), QComboBox):
            continue
        if not widget.isVisibleTo(column):
            continue
        described = f"{type(widget).__name__} {widget.accessibleName()!r}"
        named = widget.accessibleName() or getattr(widget, "text", str)()
        assert named, described
        assert widget.toolTip(), described


def test_labels_lead_to_their_fields(column: QWidget) -> None:
    labels = [label for label in column.findChildren(QLabel) if "&" in label.text()]
    assert labels
    assert all(label.buddy() is not None for label in labels)


def test_three_panels_fit_a_narrow_column(column: QWidget) -> None:
    assert column.minimumSizeHint().width() <= 300


def test_every_choice_is_readable_in_the_narrowest_panel(column: QWidget, qtbot: QtBot) -> None:
    column.resize(278, 1200)
    with qtbot.waitExposed(column):
        column.show()
    for box in column.findChildren(ChoiceBox):
        room = box.width() - ARROW - 2 * PADDING
        for option in box.options():
            metrics = box.fontMetrics()
            shown = min(metrics.horizontalAdvance(t) for t in (option.label, option.short) if t)
            assert shown <= room, option


def test_no_horizontal_scrolling_at_300_pixels(column: QWidget, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    area = QScrollArea(holder)
    area.setWidgetResizable(True)
    area.setWidget(column)
    area.resize(310, 660)
    with qtbot.waitExposed(holder):
        holder.show()
    assert area.horizontalScrollBar().maximum() == 0
    assert area.verticalScrollBar().maximum() > 0
    column.setParent(None)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_every_theme_paints_the_panels(column: QWidget, qapp: QApplication, theme: Theme) -> None:
    apply(qapp, theme)
    column.resize(300, column.sizeHint().height())
    image = column.grab().toImage()
    assert image.pixelColor(2, 2).name() == theme.window
    seen = {image.pixelColor(x, y).name() for x in range(0, 300, 2) for y in range(0, 900, 2)}
    assert {theme.surface, theme.border} <= seen


def test_larger_text_makes_the_fields_higher(column: QWidget, qapp: QApplication) -> None:
    before = column.sizeHint().height()
    apply(qapp, THEMES["light"].sized(1.6))
    column.ensurePolished()
    assert column.sizeHint().height() > before * 1.15
