"""The menu of a run in the table of runs, and which orders it can be given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.moment import RunMoment
from app.runs_partners import Partner

Say = Callable[[str, int, object], None]
AGAIN = Partner("again", "No change", "Train the same settings once more, beside the others.", {})


def run_menu(
    parent: QWidget,
    run: RunMoment,
    state: str,
    partners: Sequence[Partner],
    say: Say,
    *,
    alone: bool = False,
) -> QMenu:
    """What can be done with a run; ``say`` is called with an order, the run and a value.

    ``alone`` is whether no other run is live.
    """
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)

    def add(text: str, tip: str, order: str, value: object = None) -> QAction:
        return _add(menu, text, tip, partial(say, order, run.run, value))

    if state == "live":
        add("&Turn to it\tEnter", "Let the panels show the settings of this run.", "activate")
    if not run.live:
        add(
            "&Go on from here\tEnter",
            "Start the active run again with these settings and weights.",
            "continue",
        )
        text, tip = (
            ("Un&pin", "Draw it in the curves no longer.")
            if run.pinned
            else ("&Pin", "Draw it in the curves beside the live runs, and keep it.")
        )
        add(text, tip, "pin", not run.pinned)
    add("&Rename\tF2", "Give the run another name.", "edit")
    menu.addMenu(duplicate_menu(menu, run, partners, say))
    menu.addSeparator()
    if run.live:
        for action in (
            add(
                "Keep &only this one", "End the other live runs, and keep them as they are.", "only"
            ),
            add("&End it\tDel", "Keep it as it is now; the other live runs go on.", "end"),
        ):
            action.setEnabled(not alone)
            action.setToolTip("There is no other live run." if alone else action.toolTip())
    else:
        add("&Delete\tDel", "Take the run out of the book; undo brings it back.", "forget")
    menu.addSeparator()
    add("Cop&y the table\tCtrl+C", "Put all runs on the clipboard for a spreadsheet.", "copy")
    return menu


def duplicate_menu(parent: QWidget, run: RunMoment, partners: Sequence[Partner], say: Say) -> QMenu:
    """Train a run again beside the others, with one change: a menu for each setting."""
    menu = QMenu("Duplicate &with a change", parent)
    menu.setToolTipsVisible(True)
    inner: dict[str, QMenu] = {}
    for partner in (*partners, AGAIN):
        into = menu
        if partner.group:
            if partner.group not in inner:
                inner[partner.group] = QMenu(f"Another {partner.group.lower()}", menu)
                inner[partner.group].setToolTipsVisible(True)
                menu.addMenu(inner[partner.group])
            into = inner[partner.group]
        _add(into, partner.label, partner.summary, partial(say, "compare", run.run, partner))
    return menu


def _add(menu: QMenu, text: str, tip: str, do: Callable[[], None]) -> QAction:
    action = QAction(text, menu)
    action.setToolTip(tip)
    action.triggered.connect(lambda _checked=False: do())
    menu.addAction(action)
    return action
