from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.plots.curves import CurvesPlot
from app.plots.toggles import Toggle, Toggles
from app.theme import THEMES
from tests.app.plots.examples import settle, show


def shown(plot: CurvesPlot) -> list[str]:
    return [b.text() for b in plot.toggles.findChildren(QToolButton) if b.isVisible()]


@pytest.mark.parametrize("kind", ["loss", "gradient", "accuracy"])
def test_switches_give_way_to_the_title(qtbot: QtBot, kind: str) -> None:
    plot = show(qtbot, CurvesPlot(kind), 320, 240)
    theme = THEMES["light"]
    plot.set_theme(replace(theme, font_size=theme.font_size * 2))
    settle(qtbot)
    assert plot.title.shown == plot.kind.title
    assert plot.toggles.geometry().right() <= plot.width()
    assert shown(plot)[-1] == "…"
    assert plot.minimumSizeHint().width() < 320, "switches do not widen the window"
    plot.resize(1200, 240)
    settle(qtbot)
    assert shown(plot) == [toggle.text for toggle in plot.kind.toggles]


def test_the_menu_has_what_is_not_shown(qtbot: QtBot) -> None:
    plot = show(qtbot, CurvesPlot("loss"), 190, 240)
    settle(qtbot)
    actions = [action for action in plot.toggles.more.menu().actions() if action.isVisible()]
    named = [action.text() for action in actions]
    assert [*shown(plot)[:-1], *named] == [toggle.text for toggle in plot.kind.toggles]
    epochs = actions[named.index("epochs")]
    epochs.trigger()
    assert plot.toggles.is_on("epochs")
    plot.set_epochs(False)
    assert not epochs.isChecked()


def test_of_exclusive_switches_exactly_one_is_on(qtbot: QtBot) -> None:
    rows = [Toggle(key, key, "") for key in ("a", "b", "c")]
    toggles = show(qtbot, Toggles(rows, exclusive=True), 300, 40)
    toggles.set_theme(THEMES["light"])

    def on() -> list[str]:
        return [row.key for row in rows if toggles.is_on(row.key)]

    assert on() == ["a"]
    toggles.set("b", True)
    assert on() == ["b"]
    toggles.set("b", False)
    assert on() == ["b"]
    toggles.set_room(10)
    toggles.more.menu().actions()[2].trigger()
    assert on() == ["c"]
    toggles.more.menu().actions()[2].trigger()
    assert on() == ["c"]


def test_a_switch_that_means_nothing_now_cannot_be_pressed(qtbot: QtBot) -> None:
    toggles = show(qtbot, Toggles([Toggle("a", "a", "")]), 300, 40)
    told: list[bool] = []
    toggles.changed.connect(lambda: told.append(True))
    toggles.set_available("a", False)
    button = toggles.findChildren(QToolButton)[0]
    button.click()
    assert (toggles.is_on("a"), told) == (False, [])
    toggles.set_available("a", True)
    button.click()
    assert (toggles.is_on("a"), told) == (True, [True])


def test_a_header_without_switches_has_no_menu_of_them(qtbot: QtBot) -> None:
    toggles = show(qtbot, Toggles(()), 300, 40)
    lead = QToolButton()
    lead.setText("A long choice of one of many")
    toggles.lead_with(lead)
    toggles.resize(60, 40)
    assert not toggles.more.isVisible()


def test_what_leads_takes_its_room_from_the_switches(qtbot: QtBot) -> None:
    plot = show(qtbot, CurvesPlot("loss"), 330, 240)
    settle(qtbot)
    before = shown(plot)
    plot.toggles.set("smooth", True)
    settle(qtbot)
    assert plot.strength.isVisible()
    assert len(shown(plot)) < len(before)
    assert plot.toggles.geometry().right() <= plot.width()
    plot.toggles.set("smooth", False)
    settle(qtbot)
    assert shown(plot) == before
