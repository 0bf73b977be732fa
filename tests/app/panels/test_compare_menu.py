"""The menu "Compare with" of fields."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.panels.model_panel import ModelPanel
from app.panels.training_panel import TrainingPanel
from slp_core.training.config import TrainingConfig
from tests.app.conftest import Ear

pytestmark = pytest.mark.qt_log_ignore("does not support")


def open_menu(field: QWidget) -> QMenu:
    place = QPoint(4, 4)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, place, field.mapToGlobal(place), Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(field, event)
    menus = [menu for menu in field.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def entries(menu: QMenu) -> dict[str, str]:
    return {action.data(): action.text().strip() for action in menu.actions() if action.data()}


def pick(menu: QMenu, key: str) -> None:
    next(action for action in menu.actions() if action.data() == key).trigger()
    menu.close()


def test_a_loss_is_compared_with_those_that_can_be_chosen(qtbot: QtBot, heard: Ear):
    panel = ModelPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_value(TrainingConfig(activation="tanh", loss="quadratic"), "binary")
    asked, edited = heard(panel.compare_asked), heard(panel.value_changed)
    menu = open_menu(panel.loss)
    offered = set(entries(menu))
    assert "hinge" in offered
    assert "quadratic" not in offered
    assert "cross_entropy" not in offered, "tanh leaves the range of cross-entropy"
    pick(menu, "hinge")
    assert asked == [{"loss": "hinge"}]
    assert edited == []


def test_a_rate_is_compared_with_others(qtbot: QtBot, heard: Ear):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.set_value(TrainingConfig(learning_rate=0.3), None, 10)
    asked = heard(panel.compare_asked)
    menu = open_menu(panel.rate.slider)
    assert entries(menu)["twice"] == "Twice the rate: 0.6"
    pick(menu, "tenth")
    assert asked == [{"learning_rate": 0.03}]


def test_a_number_field_keeps_its_own_menu_above(qtbot: QtBot, heard: Ear):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.show()
    menu = open_menu(panel.rate.field)
    assert len(menu.actions()) > 6
    assert "ten" in entries(menu)
    menu.close()


def test_an_optimizer_is_compared_by_key(qtbot: QtBot, heard: Ear):
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.show()
    asked = heard(panel.compare_asked)
    menu = open_menu(panel.optimizer)
    pick(menu, "adam")
    assert asked == [{"optimizer": "adam"}]
