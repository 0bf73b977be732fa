"""The views of a run in their panes: which is where, and who gets drawn when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.moment import Moment
from app.plots.decision import DecisionPlot
from app.tables.view import TableView
from app.theme import Theme
from app.view_kinds import PANES, VIEW_KINDS
from app.window.adapters import CurvesShowing, DecisionShowing, Showing, TableShowing
from app.window.pane import Pane
from app.window.view_builders import BUILDERS
from slp_core.arrays import Ints

LEAST_WIDTH = 280
"""Pixels the main pane keeps when the window is narrow."""
SIDE = ("first", "second", "third")


class Views(QSplitter):
    """All panes. A view is built when it is first shown, and is in one pane at most.

    Each frame draws the main pane, and one of the others in turn, so that a frame stays short:
    the eye does not notice a curve that is a tenth of a second old. A paused frame draws all.
    """

    built = Signal(str)
    """The key of a view that is there now for the first time."""
    arranged = Signal()
    """Views have changed places."""
    picture_asked = Signal(QWidget, str)
    """A view, and the kind of picture wanted of it."""

    def __init__(self, theme: Theme, arrangement: Mapping[str, str] = PANES) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = theme
        self._showing: dict[str, Showing] = {}
        self._moment: Moment | None = None
        self._selection: Ints = np.empty(0, np.int64)
        self._turn = 0
        self._log = (False, True)
        self._hidden: list[Pane] = []
        """Panes that make room for the one that is enlarged."""
        self.panes = {key: Pane(key) for key in PANES}
        self.painting = QVBoxLayout()
        """Above the main pane: what a person paints with."""
        self._lay_out()
        for pane in self.panes.values():
            pane.view_chosen.connect(self.place)
            pane.enlarge_asked.connect(self.enlarge)
            pane.picture_asked.connect(self._ask_picture)
        for key, view in _whole(arrangement).items():
            self.panes[key].set_view(view, self._view(view))
        self.set_theme(theme)

    # Which view is where.

    @property
    def decision(self) -> DecisionPlot:
        """The decision view."""
        showing = self._view("decision")
        assert isinstance(showing, DecisionShowing)  # noqa: S101 - the row says so
        return showing.widget

    @property
    def table(self) -> TableView:
        """The rows."""
        showing = self._view("table")
        assert isinstance(showing, TableShowing)  # noqa: S101 - the row says so
        return showing.widget

    def there(self) -> tuple[str, ...]:
        """The views that are there."""
        return tuple(self._showing)

    def arrangement(self) -> dict[str, str]:
        """The view of each pane."""
        return {key: pane.view_key for key, pane in self.panes.items()}

    def view(self, key: str) -> QWidget:
        """A view, built now if it is not there yet."""
        return self._view(key).widget

    def header(self, key: str) -> QWidget | None:
        """What a view shows in its pane's header, if anything."""
        return self._view(key).header

    @Slot(str, str)
    def place(self, key: str, view: str) -> None:
        """Show a view in a pane; the view that was there changes places with it."""
        pane = self.panes[key]
        other = next((p for p in self.panes.values() if p.view_key == view), None)
        if other is pane:
            return
        before, before_showing = pane.view_key, pane.showing
        if other is not None:
            pane.set_view("", None)
            other.set_view(before, before_showing)
        pane.set_view(view, self._view(view))
        self._draw(pane for pane in (pane, other) if pane is not None)
        self.arranged.emit()

    def show_view(self, view: str) -> None:
        """Bring a view to the front: where it is, or in the last pane."""
        pane = next((p for p in self.panes.values() if p.view_key == view), None)
        if pane is None:
            self.place(SIDE[-1], view)
            pane = self.panes[SIDE[-1]]
        if self._hidden and pane in self._hidden:
            self._put_back()
        pane.setVisible(True)
        self._draw((pane,))
        self.view(view).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_below(self, on: bool) -> None:
        """Show or hide the pane under the main one."""
        self.panes["below"].setVisible(on)
        if on:
            self._draw((self.panes["below"],))

    @property
    def shows_below(self) -> bool:
        """Whether the pane under the main one is shown, or would be if none were enlarged."""
        below = self.panes["below"]
        return below in self._hidden or not below.isHidden()

    @property
    def enlarged(self) -> str:
        """The pane that fills the window, if one does."""
        return next((key for key, pane in self.panes.items() if pane.is_enlarged), "")

    @Slot(str)
    def enlarge(self, key: str) -> None:
        """Let a pane fill the window, or put it back."""
        pane = self.panes[key]
        if self._hidden:
            self._put_back()
            return
        self._hidden = [other for other in self._visible() if other is not pane]
        for other in self._hidden:
            other.hide()
        pane.set_enlarged(True)
        self._fold()

    def put_back(self) -> None:
        """Show all panes again, if one fills the window."""
        if self._hidden:
            self._put_back()

    def _put_back(self) -> None:
        for pane in self._hidden:
            pane.show()
        self._hidden = []
        for pane in self.panes.values():
            pane.set_enlarged(False)
        self.draw()

    def draw(self) -> None:
        """Draw what is shown again, and fold what is not."""
        self._fold()
        self._draw(self._visible())

    def _fold(self) -> None:
        """Hide the halves in which nothing is shown, and what is left of the main pane."""
        self.stage.setVisible(not self.panes["main"].isHidden())
        inside = [self.panes[key] for key in SIDE]
        self.side.setVisible(any(not pane.isHidden() for pane in inside))
        middle = (self.panes["main"], self.panes["below"])
        self.center.setVisible(any(not pane.isHidden() for pane in middle))

    # What they show.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self._theme = theme
        for pane in self.panes.values():
            pane.set_theme(theme)
        for showing in self._showing.values():
            showing.set_theme(theme)

    def show_moment(self, moment: Moment | None) -> None:
        """Draw one moment of the runs."""
        self._moment = moment
        visible = self._visible()
        if moment is None or not moment.playing:
            self._draw(visible)
            return
        others = [pane for pane in visible if pane.key != "main"]
        self._turn = (self._turn + 1) % max(len(others), 1)
        for pane in visible:
            whole = bool(others) and pane is others[self._turn]
            if pane.showing is not None:
                # In the main pane the decision view alone has frames that are lighter than others.
                heavy = pane.key == "main" and not isinstance(pane.showing, DecisionShowing)
                pane.showing.show_moment(moment, whole=whole or heavy)

    def set_selection(self, rows: Ints) -> None:
        """Mark the selected rows everywhere."""
        self._selection = rows
        for showing in self._showing.values():
            showing.set_selection(rows)

    def set_log(self, time: bool, values: bool) -> None:
        """Choose logarithmic axes; accuracy never has logarithmic values."""
        self._log = time, values
        for key, showing in self._showing.items():
            self._set_log(key, showing)

    def fit(self) -> None:
        """Show all points and all of the curves, in every view that can be moved."""
        for showing in self._showing.values():
            fit = getattr(showing.widget, "fit", None)
            if callable(fit):
                fit()

    def shut_down(self) -> None:
        """End what views do in the background."""
        for showing in self._showing.values():
            end = getattr(showing.widget, "shut_down", None)
            if callable(end):
                end()

    # Inside.

    def _lay_out(self) -> None:
        self.stage = QWidget()
        column = QVBoxLayout(self.stage)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.painting)
        column.addWidget(self.panes["main"], 1)
        self.center = _splitter(
            Qt.Orientation.Vertical, (self.stage, self.panes["below"]), [560, 260]
        )
        side = [self.panes[key] for key in SIDE]
        self.side = _splitter(Qt.Orientation.Vertical, side, [300, 240, 300])
        self.panes["main"].setMinimumWidth(LEAST_WIDTH)
        self.panes["below"].hide()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(8)
        self.addWidget(self.center)
        self.addWidget(self.side)
        self.setSizes([620, 480])
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)

    def _view(self, key: str) -> Showing:
        if key not in self._showing:
            showing = self._showing[key] = BUILDERS[key]()
            showing.set_theme(self._theme)
            showing.set_selection(self._selection)
            self._set_log(key, showing)
            self.built.emit(key)
        return self._showing[key]

    def _set_log(self, key: str, showing: Showing) -> None:
        if isinstance(showing, CurvesShowing):
            time, values = self._log
            showing.widget.set_log(x=time, y=None if key == "accuracy" else values)

    def _visible(self) -> list[Pane]:
        return [pane for pane in self.panes.values() if pane.isVisibleTo(self)]

    def _draw(self, panes: Iterable[Pane]) -> None:
        for pane in panes:
            if pane.showing is not None and pane.isVisibleTo(self):
                pane.showing.show_moment(self._moment, whole=True)

    @Slot(str, str)
    def _ask_picture(self, key: str, kind: str) -> None:
        showing = self.panes[key].showing
        if showing is not None:
            self.picture_asked.emit(showing.widget, kind)


def _splitter(
    orientation: Qt.Orientation, widgets: Iterable[QWidget], sizes: list[int]
) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(8)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setSizes(sizes)
    return splitter


def _whole(arrangement: Mapping[str, str]) -> dict[str, str]:
    """An arrangement in which every pane has a view, and no view is twice."""
    wanted = {key: arrangement.get(key, usual) for key, usual in PANES.items()}
    good = all(view in VIEW_KINDS for view in wanted.values())
    return wanted if good and len(set(wanted.values())) == len(wanted) else dict(PANES)
