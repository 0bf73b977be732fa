"""The lab's menus in the header of its pane: formulas to begin with, and how to check."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from app.lab.asked import Options, pair_name
from app.theme import Theme
from slp_core.insight.formula.axes import Convention
from slp_core.insight.gradient.starts import STARTS, Start
from slp_core.network.pairs import Pair, pair

_CONVENTIONS: tuple[tuple[Convention, str, str], ...] = (
    ("rows", "Samples are &rows: X (N, M)", "X @ W, as in NumPy and most libraries."),
    ("columns", "Samples are &columns: X (M, N)", "W X, as in many lecture notes."),
)
RIGHT = "right"
"""Key of the start that is right for the present pair."""


class LabHeader(QWidget):
    """A function of `Options` and of the pair of the model."""

    start_chosen = Signal(str)
    """Key of `STARTS`, or `RIGHT`."""
    options_changed = Signal(object)
    """`Options` as a person has changed them."""

    def __init__(self) -> None:
        super().__init__()
        self._options = Options()
        self._pair: Pair | None = None
        self._bias = True
        self.starts = _button("Starts", "Put in a ready-made formula to begin with.")
        self.choices = _button("Rows", "Where samples are, and where to check.")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.starts)
        layout.addWidget(self.choices)
        self._fill_starts()
        self._fill_choices()

    def value(self) -> Options:
        """What is chosen."""
        return self._options

    def set_value(self, options: Options, judged: Pair, bias: bool) -> None:
        """Show these options, for a model of this pair, with or without a bias."""
        new_pair = judged != self._pair
        if (options, bias) == (self._options, self._bias) and not new_pair:
            return
        self._options, self._pair, self._bias = options, judged, bias
        if new_pair:
            self._fill_starts()
        self._fill_choices()

    def set_theme(self, theme: Theme) -> None:
        """Quiet buttons in the header's type."""
        for button in (self.starts, self.choices):
            button.setStyleSheet(
                f"QToolButton {{ color: {theme.muted}; padding: 0px 5px; border-radius: 4px;"
                f" border: 1px solid transparent; font-size: {theme.font_size * 0.8:.2f}pt; }}"
                f"QToolButton:hover {{ border-color: {theme.border}; }}"
                f"QToolButton:focus {{ border-color: {theme.accent}; }}"
                "QToolButton::menu-indicator { image: none; }"
            )

    def _fill_starts(self) -> None:
        menu = _menu(self.starts)
        name = pair_name(self._pair) if self._pair is not None else "this pair"
        menu.addSection("Right")
        self._add_start(
            menu, RIGHT, name, "The gradient of the pair by the chain rule, line by line."
        )
        menu.addSection("As people asked")
        for start in STARTS.values():
            self._add_start(menu, start.key, start.title, _tip(start))

    def _add_start(self, menu: QMenu, key: str, title: str, tip: str) -> None:
        action = QAction(title.replace("&", "&&"), menu)
        action.setToolTip(tip)
        action.triggered.connect(lambda: self.start_chosen.emit(key))
        menu.addAction(action)

    def _fill_choices(self) -> None:
        options = self._options
        menu = _menu(self.choices)
        group = _group(menu)
        for key, text, tip in _CONVENTIONS:
            change = replace(options, convention=key)
            self._add(menu, group, text, tip, change, on=options.convention == key)
        menu.addSeparator()
        group = _group(menu)
        for on, text, tip in (
            (True, "First at the &weights of now", "And at random points away from them."),
            (False, "At ra&ndom weights only", "Three points, the first near 0."),
        ):
            change = replace(options, at_weights=on)
            self._add(menu, group, text, tip, change, on=options.at_weights == on)
        menu.addSeparator()
        group = _group(menu)
        for only, text, tip in (
            (False, "On &all samples", "On at most 2000, drawn at random where there are more."),
            (True, "On the &selected rows", "On all where nothing is selected."),
        ):
            change = replace(options, selected_only=only)
            self._add(menu, group, text, tip, change, on=options.selected_only == only)
        menu.addSeparator()
        self._add_bias(menu)
        self._add_pairs(menu)
        self.choices.setText(f"{options.convention.capitalize()} ▾")

    def _add_bias(self, menu: QMenu) -> None:
        bias = self._bias if self._options.bias is None else self._options.bias
        change = replace(self._options, bias=not bias)
        tip = "Off: only dW is checked, as for a network without b."
        self._add(menu, None, "With a &bias", tip, change, on=bias)

    def _add_pairs(self, menu: QMenu) -> None:
        """The pair of a question, where it is not the model's."""
        asked, own = self._options.pair, self._pair
        if asked is None or own is None:
            return
        menu.addSeparator()
        group = _group(menu)
        of_question = pair_name(pair(*asked))
        self._add(
            menu, group, f"Against {of_question}", "As in the question.", self._options, on=True
        )
        change = replace(self._options, pair=None)
        self._add(menu, group, f"Against {pair_name(own)}", "As the model is.", change, on=False)

    def _add(
        self,
        menu: QMenu,
        group: QActionGroup | None,
        text: str,
        tip: str,
        change: Options,
        *,
        on: bool,
    ) -> None:
        action = QAction(text, menu)
        action.setToolTip(tip)
        action.setCheckable(True)
        action.setChecked(on)
        if group is not None:
            group.addAction(action)
        action.triggered.connect(lambda: self._changed(change))
        menu.addAction(action)

    def _changed(self, options: Options) -> None:
        if options != self._options:
            self._options = options
            self._fill_choices()
            self.options_changed.emit(options)


def _tip(start: Start) -> str:
    where = "samples as columns" if start.convention == "columns" else "samples as rows"
    return f"{start.note} ({where})"


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(f"{text} ▾")
    button.setToolTip(tip)
    button.setAccessibleName(text)
    button.setAccessibleDescription(tip)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _menu(button: QToolButton) -> QMenu:
    """A new menu in place of the one before, which may still be open and so goes later."""
    before = button.menu()
    menu = QMenu(button)
    menu.setToolTipsVisible(True)
    button.setMenu(menu)
    if before is not None:  # pyright: ignore[reportUnnecessaryComparison] - None at first
        before.deleteLater()
    return menu


def _group(menu: QMenu) -> QActionGroup:
    group = QActionGroup(menu)
    group.setExclusive(True)
    return group
