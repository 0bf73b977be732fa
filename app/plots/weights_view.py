"""The weights of the active run: as bars, as numbers, over time, as pictures."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QWidget

from app.moment import Moment, RunMoment
from app.plots.labels import small
from app.plots.surface import Surface
from app.plots.weights_bars import BarsPage
from app.plots.weights_history import HistoryPage
from app.plots.weights_images import ImagesPage
from app.plots.weights_picker import Choice, Picker
from app.plots.weights_pixels import pixel_grid
from app.plots.weights_reading import fits, shown
from app.theme import THEMES, Theme
from slp_core.arrays import Ints
from slp_core.data.preprocessing import Preparation
from slp_core.insight.weight_sheet import Units, changed, why_not_original

_GESTURES = count(1_000_000)
"""Each number typed is an undo step of its own."""
_MODES = (
    Choice("bars", "Bars", "How strongly each term speaks for or against an output."),
    Choice("numbers", "Numbers", "All weights as numbers, which may be typed."),
    Choice("history", "Over time", "How each weight went from the start until now."),
)
_NO_PICTURES = "The features are not the pixels of a picture, going by their names and number."
_PICTURES = "What each output looks for, pixel by pixel: its template."
_UNITS = (
    Choice("scaled", "Scaled", "Weights of the scaled features, which training sees."),
    Choice("original", "Original units", "What one unit of a column of the file adds."),
)
_TIMES = (
    Choice("linear", "Linear time", "Every update is equally wide."),
    Choice("log", "Log time", "The first updates are as wide as all later ones."),
)
_EMPTY = "Nothing to show: no run is open. Open data or a sample first."
_MISFIT = "The weights of the last run do not fit the data that is open; start a new run."


class Page(Protocol):
    """One way to show the weights."""

    def set_theme(self, theme: Theme) -> None: ...

    def show_run(self, run: RunMoment | None, units: Units) -> None: ...


class NumbersPage(Page, Protocol):
    """The page with numbers to type, which is a form and made elsewhere."""

    @property
    def widget(self) -> QWidget: ...

    def listen(self, slot: Callable[[int, int, float, Units], None]) -> None:
        """Be told term (the bias after the last), output, number typed, and its units."""
        ...


class WeightsView(Surface):
    """A view of the workbench. Only the page in front is kept up to date."""

    parameters_edited = Signal(object, str, int)
    """New weights, what was done in words, and the number of the gesture."""

    def __init__(self, numbers: NumbersPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: RunMoment | None = None
        self._of: Preparation | None = None
        self.bars, self.history, self.images = BarsPage(), HistoryPage(), ImagesPage()
        self.numbers = numbers
        self._pages: dict[str, tuple[Page, QWidget]] = {
            "bars": (self.bars, self.bars),
            "numbers": (numbers, numbers.widget),
            "history": (self.history, self.history),
            "images": (self.images, self.images),
        }
        self.empty = QLabel(_EMPTY)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self._stack = QStackedLayout(self)
        for _, widget in self._pages.values():
            self._stack.addWidget(widget)
        self._stack.addWidget(self.empty)
        self._build_header()
        numbers.listen(self.change)
        self.setAccessibleName("Weights")
        self.set_theme(THEMES["light"])
        self.show_moment(None)

    def _build_header(self) -> None:
        self.mode = Picker("How the weights are shown", "Bars, numbers, lines over time, pictures.")
        self.units = Picker("Units of the weights", "What the weights multiply.")
        self.time = Picker("Time", "How updates lie along the axis of time.")
        self.mode.set_value("bars")
        self.units.set_choices(_UNITS)
        self.units.set_value("scaled")
        self.time.set_choices(_TIMES)
        self.time.set_value("linear")
        self.header_widget = QWidget()
        line = QHBoxLayout(self.header_widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        for picker in (self.time, self.units, self.mode):
            line.addWidget(picker)
            picker.value_changed.connect(self._on_picked)
        self._offer()

    # The protocol of a view.

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        self.set_ground(theme.surface)
        for picker in (self.mode, self.units, self.time):
            picker.set_theme(theme)
        for page, _ in self._pages.values():
            page.set_theme(theme)
        self.empty.setStyleSheet(f"color: {theme.muted}; font-size: {small(theme):.2f}pt;")

    def show_moment(self, moment: Moment | None) -> None:
        """Show the active run."""
        self._run = None if moment is None else moment.active
        preparation = None if self._run is None else self._run.dataset.preparation
        if preparation is not self._of:
            self._of = preparation
            self._offer()
        self._show()

    def set_selection(self, rows: Ints) -> None:
        """Weights have no rows."""

    # Inside.

    @property
    def page(self) -> str:
        """Key of the page in front: pictures give way where there are none."""
        mode = self.mode.value()
        return "bars" if mode == "images" and not self._pictures else mode

    def _offer(self) -> None:
        """What can be chosen for these data; what cannot says why."""
        self._pictures = self._of is not None and pixel_grid(self._of) is not None
        refusal = "" if self._pictures else _NO_PICTURES
        self.mode.set_choices((*_MODES, Choice("images", "Pictures", _PICTURES, "", refusal)))
        reason = "" if self._of is None else why_not_original(self._of)
        original = _UNITS[1]._replace(refusal=reason)
        self.units.set_choices((_UNITS[0], original))

    @property
    def _chosen_units(self) -> Units:
        none = self._of is not None and why_not_original(self._of)
        return "original" if self.units.value() == "original" and not none else "scaled"

    def _show(self) -> None:
        run = self._run
        self.time.setVisible(self.page == "history")
        if run is None or not fits(run):
            self.empty.setText(_EMPTY if run is None else _MISFIT)
            self._stack.setCurrentWidget(self.empty)
            return
        page, widget = self._pages[self.page]
        if self._stack.currentWidget() is not widget:
            self._stack.setCurrentWidget(widget)
            self.setFocusProxy(widget)
        page.show_run(run, self._chosen_units)

    @Slot(str)
    def _on_picked(self, _key: str) -> None:
        self.history.set_log(self.time.value() == "log")
        self._show()

    def change(self, term: int, output: int, value: float, units: Units) -> None:
        """Ask for the weights with one number, and only it, changed."""
        run = self._run
        now = shown(run, units)
        if run is None or now is None:
            return
        before, preparation = run.snapshot.parameters, run.dataset.preparation
        place = (term, output)
        after = changed(preparation, before, place, value, units, bias=run.config.bias)
        name = now.name_of(term, output)
        self.parameters_edited.emit(after, f"Change weight {name}", next(_GESTURES))
