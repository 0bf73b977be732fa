"""The data card in its window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.panels.data_card import DataCardDialog
from app.panels.data_panel import DataPanel
from app.theme import THEMES, apply
from slp_core.data.card import data_card
from slp_core.data.dataset import Dataset
from slp_core.data.table import Table

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def panel(qtbot: QtBot, table: Table, dataset: Dataset) -> DataPanel:
    made = DataPanel()
    qtbot.addWidget(made)
    made.set_table(table, dataset)
    with qtbot.waitExposed(made):
        made.show()
    return made


def opened(panel: DataPanel) -> DataCardDialog:
    QTest.mouseClick(panel.card, Qt.MouseButton.LeftButton)
    found = panel.findChild(DataCardDialog)
    assert isinstance(found, DataCardDialog)
    assert found.isVisible()
    assert not found.isModal()
    return found


def test_it_shows_all_lines_and_copies_them(
    panel: DataPanel, table: Table, dataset: Dataset
) -> None:
    dialog, card = opened(panel), data_card(dataset, table)
    shown = dialog.view.toPlainText()
    for label, value in card.lines:
        assert label.strip() in shown
        assert value in shown
    QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == card.as_text()
    QTest.keyClick(dialog.view, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_follows_the_data_while_it_is_open(panel: DataPanel, table: Table) -> None:
    dialog = opened(panel)
    other = Dataset.from_table(table, "species", ["length"], scaling="minmax")
    panel.set_table(table, other)
    assert dialog.view.card() == data_card(other, table)
    assert "Min–max" in dialog.view.toPlainText()
    assert opened(panel) is dialog


def test_names_from_files_stay_texts(qtbot: QtBot) -> None:
    name = "<b>bold</b> & <img src='x'>"
    made = Table.from_columns("t", {name: [1.0, 2.0, 3.0, 4.5], "kind": ["a", "b", "a", "b"]})
    panel = DataPanel()
    qtbot.addWidget(panel)
    dialog = DataCardDialog(panel)
    dialog.set_card(data_card(Dataset.from_table(made, "kind"), made))
    assert name in dialog.view.toPlainText()


def test_the_page_is_written_in_the_colours_of_the_theme(
    panel: DataPanel, qapp: QApplication
) -> None:
    dialog = opened(panel)
    for theme in THEMES.values():
        apply(qapp, theme)
        assert theme.muted in dialog.view.toHtml()


def test_without_data_there_is_no_card(qtbot: QtBot) -> None:
    panel = DataPanel()
    qtbot.addWidget(panel)
    QTest.mouseClick(panel.card, Qt.MouseButton.LeftButton)
    assert panel.findChild(DataCardDialog) is None
