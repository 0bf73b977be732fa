"""Where editor, shapes and result are: side by side where there is room, else behind tabs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.plots.surface import Surface

FORMULA, SHAPES, RESULT = range(3)
_WIDE = 720
"""Pixels from which editor and result stand side by side."""
_VERY_WIDE = 1100
"""Pixels from which there is room for all three in one row."""
_LONG = 460
"""Pixels from which buttons say all they do, in the usual type."""
_SHORT = 350
"""Pixels below which tabs and buttons stand closer together."""
_LEAST = 290
"""Pixels in which they are still whole."""
_USUAL_LINE = 18
"""Height of a line of the usual type."""
_TALL = 420
"""Pixels from which the shapes fit under the editor."""


class LabFrame(Surface):
    """Tabs or a splitter around three widgets, and the buttons above them."""

    def __init__(self, formula: QWidget, shapes: QWidget, result: QWidget) -> None:
        super().__init__()
        self._pages = (formula, shapes, result)
        self._wide: tuple[bool, bool] | None = None
        self._tight: bool | None = None
        self.tabs = QTabBar()
        self.check, self.cancel = QPushButton("Check"), QPushButton("Cancel")
        self.train = QPushButton("Train")
        self.train.setAccessibleName("Train with mine")
        self.busy = QProgressBar()
        self._dress()
        bar = self._bar = QHBoxLayout()
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        for widget in (self.train, self.cancel, self.check):
            bar.addWidget(widget)
        self._stack = QStackedWidget()
        self._left = QSplitter(Qt.Orientation.Vertical)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self._left)
        for splitter in (self._left, self._split):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 6)
        column.setSpacing(2)
        column.addLayout(bar)
        column.addWidget(self.busy)
        column.addWidget(self._stack, 1)
        column.addWidget(self._split, 1)
        self.tabs.currentChanged.connect(self._turn_to)
        self.setFocusProxy(formula)
        self._dress_tight(False)
        self.set_busy(None)

    def show_page(self, page: int) -> None:
        """Bring a page to the front, where they are behind tabs."""
        self.tabs.setCurrentIndex(page)

    def _turn_to(self, page: int) -> None:
        """The keyboard follows the page: nobody types into an editor that is not seen."""
        within = self._stack.isAncestorOf(QApplication.focusWidget() or self)
        self._stack.setCurrentIndex(page)
        self._pass_focus()
        if within:
            self.setFocus()

    def _pass_focus(self) -> None:
        page = FORMULA if self._wide and self._wide[0] else self.tabs.currentIndex()
        self.setFocusProxy(self._pages[page])

    def set_busy(self, share: float | None) -> None:
        """Show how far a check is; None when none runs."""
        first, second = (
            (self.check, self.cancel) if share is not None else (self.cancel, self.check)
        )
        focused = first.hasFocus()
        first.hide()  # first, so that both together never need room
        second.show()
        if focused:
            second.setFocus()
        self.busy.setValue(round(100 * (share or 0.0)))

    def arrange(self) -> None:
        """Suit the width there is."""
        scale = self.fontMetrics().height() / _USUAL_LINE
        self.train.setText("Train with mine" if self.width() >= _LONG * scale else "Train")
        self._dress_tight(self.width() < _SHORT * scale)
        tall = self.height() >= _TALL
        wide = self.width() >= (_WIDE if tall else _VERY_WIDE), tall
        if wide == self._wide:
            return
        self._wide = wide
        self._pass_focus()
        formula, shapes, result = self._pages
        side_by_side = wide[0]
        self.tabs.setVisible(not side_by_side)
        self._stack.setVisible(not side_by_side)
        self._split.setVisible(side_by_side)
        if not side_by_side:
            for page in self._pages:
                self._stack.addWidget(page)
            self._stack.setCurrentIndex(self.tabs.currentIndex())
            return
        self._left.setOrientation(Qt.Orientation.Vertical if wide[1] else Qt.Orientation.Horizontal)
        self._left.addWidget(formula)
        self._left.addWidget(shapes)
        self._split.addWidget(result)
        for page in self._pages:
            page.show()
        self._left.setSizes([240, 220] if wide[1] else [300, 260])
        self._split.setSizes([self.width() // 2, self.width() // 2])

    def _dress(self) -> None:
        for text, tip in (
            ("Formula", "The gradient as you derived it."),
            ("Shapes", "Every value with its shape; red where it does not fit."),
            ("Result", "What the last check has found."),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(text), tip)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setAccessibleName("Pages of the gradient lab")
        self.check.setProperty("primary", True)
        self.check.setToolTip("Compare the formula with centred differences (Ctrl+Enter).")
        self.cancel.setToolTip("Stop this check; what was found before stays.")
        self.busy.setRange(0, 100)
        self.busy.setTextVisible(False)
        self.busy.setFixedHeight(3)
        self.busy.setStyleSheet("QProgressBar { border: none; background: transparent; }")
        self.busy.setAccessibleName("Progress of the check")
        for button in (self.check, self.cancel, self.train):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def _dress_tight(self, tight: bool) -> None:
        """Stand closer together in a narrow pane."""
        if tight is self._tight:
            return
        self._tight = tight
        self._bar.setSpacing(2 if tight else 6)
        self.tabs.setStyleSheet(f"QTabBar::tab {{ padding: 3px {3 if tight else 6}px; }}")
        for button in (self.check, self.cancel, self.train):
            button.setStyleSheet(f"padding: 2px {4 if tight else 9}px; min-height: 18px;")

    def minimumSizeHint(self) -> QSize:
        """What a narrow pane has, where tabs and buttons stand close together."""
        scale = self.fontMetrics().height() / _USUAL_LINE
        usual = super().minimumSizeHint()
        return QSize(min(usual.width(), round(_LEAST * scale)), usual.height())


def column_of(*widgets: QWidget) -> QWidget:
    """Widgets one above the other; the first one takes the room."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretch(0, 1)
    return holder
