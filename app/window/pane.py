"""A pane: one view at a time, chosen in its header, which also enlarges it and takes pictures."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QToolButton, QVBoxLayout

from app.icons import icon
from app.plots.surface import Surface
from app.theme import Theme
from app.view_kinds import VIEW_KINDS
from app.window.adapters import Showing
from app.window.pane_header import PaneHeader

_ICON = QSize(16, 16)
PICTURES = (
    ("copy", "&Copy the picture", "Put a picture of this view on the clipboard."),
    ("png", "Save as &PNG…", "Save a picture of this view, twice as sharp as the screen."),
    ("svg", "Save as &SVG…", "Save a drawing of this view that stays sharp at any size."),
)


class Pane(Surface):
    """Shows one view; says what a person wants of it, the window does it."""

    view_chosen = Signal(str, str)
    """The key of this pane, and of the view that is to be shown in it."""
    enlarge_asked = Signal(str)
    """The key of this pane: it is to fill the window, or to go back to its place."""
    picture_asked = Signal(str, str)
    """The key of this pane, and what picture of its view: "copy", "png" or "svg"."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key, self.view_key = key, ""
        self.showing: Showing | None = None
        self.chooser, self.picture, self.enlarge = QToolButton(), QToolButton(), QToolButton()
        self._header = PaneHeader(self.chooser, (self.picture, self.enlarge))
        self._header.double_clicked.connect(self._enlarged_by_hand)
        self._body = QStackedLayout()
        self._dress()
        self._lay_out()
        self.setAccessibleName("View")

    def set_view(self, key: str, showing: Showing | None) -> None:
        """Show a view, or none."""
        self._take_out()
        self.view_key, self.showing = key, showing
        self.chooser.setText(f"{VIEW_KINDS[key].label if key else 'Choose a view'} ▾")
        self.chooser.setToolTip(_chooser_tip(key))
        if showing is None:
            return
        self._body.addWidget(showing.widget)
        self._body.setCurrentWidget(showing.widget)
        showing.widget.show()
        if showing.header is not None:
            self._header.take(showing.header)
        self.setAccessibleName(f"View: {VIEW_KINDS[key].label}")

    def set_theme(self, theme: Theme) -> None:
        """Recolour the header."""
        self.set_ground(theme.surface)
        self.picture.setIcon(icon("picture", theme, color=theme.muted))
        self._theme = theme
        self.set_enlarged(self._enlarged)

    @property
    def is_enlarged(self) -> bool:
        """Whether this pane fills the window."""
        return self._enlarged

    def set_enlarged(self, enlarged: bool) -> None:
        """Show what the button would do now."""
        self._enlarged = enlarged
        name, text = (
            ("reduce", "Put this view back (Esc).")
            if enlarged
            else (
                "enlarge",
                "Let this view fill the window; a double click on its header does the same.",
            )
        )
        self.enlarge.setToolTip(text)
        self.enlarge.setAccessibleName("Put back" if enlarged else "Enlarge")
        if self._theme is not None:
            self.enlarge.setIcon(icon(name, self._theme, color=self._theme.muted))

    def _take_out(self) -> None:
        if self.showing is None:
            return
        widget, header = self.showing.widget, self.showing.header
        if self._body.indexOf(widget) >= 0:
            self._body.removeWidget(widget)
            widget.hide()
            widget.setParent(None)
        if header is not None:
            self._header.give_back(header)

    def _dress(self) -> None:
        self._theme: Theme | None = None
        self._enlarged = False
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setProperty("role", "pane")
        self.chooser.setAccessibleName("Choose the view")
        menu = QMenu(self.chooser)
        menu.setToolTipsVisible(True)
        for kind in VIEW_KINDS.values():
            action = QAction(kind.label, menu)
            action.setToolTip(kind.summary)
            action.triggered.connect(partial(self._chosen, kind.key))
            menu.addAction(action)
        self.chooser.setMenu(menu)
        pictures = QMenu(self.picture)
        pictures.setToolTipsVisible(True)
        for key, text, tip in PICTURES:
            action = QAction(text, pictures)
            action.setToolTip(tip)
            action.triggered.connect(partial(self._pictured, key))
            pictures.addAction(action)
        self.picture.setMenu(pictures)
        self.picture.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.picture.setToolTip("Copy or save a picture of this view.")
        self.picture.setAccessibleName("Picture of the view")
        self.enlarge.clicked.connect(self._enlarged_by_hand)
        for button in (self.picture, self.enlarge):
            button.setIconSize(_ICON)
            button.setProperty("role", "quiet")
        for button in (self.chooser, self.picture, self.enlarge):
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(self._body, 1)

    def _chosen(self, key: str, _checked: bool = False) -> None:
        self.view_chosen.emit(self.key, key)

    def _pictured(self, key: str, _checked: bool = False) -> None:
        self.picture_asked.emit(self.key, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape that nothing in the view wanted puts an enlarged view back."""
        if self._enlarged and event.key() == Qt.Key.Key_Escape:
            self.enlarge_asked.emit(self.key)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _enlarged_by_hand(self) -> None:
        self.enlarge.setFocus(Qt.FocusReason.MouseFocusReason)  # so that Escape is heard
        self.enlarge_asked.emit(self.key)


def _chooser_tip(key: str) -> str:
    return f"{VIEW_KINDS[key].summary} Click to show another view here." if key else ""
