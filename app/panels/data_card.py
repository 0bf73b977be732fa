"""The data card on the screen: what became of every row and column, to read and to copy."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from app.theme import GRID, current_theme
from slp_core.data.card import DataCard, Section


class DataCardView(QTextBrowser):
    """A card as one long table; its text can be selected."""

    def __init__(self) -> None:
        super().__init__()
        self._card: DataCard | None = None
        self.setOpenLinks(False)
        self.setAccessibleName("Data card")
        self.setAccessibleDescription("What became of every row and column of the table.")
        self.document().setDocumentMargin(GRID)

    def card(self) -> DataCard | None:
        """What is shown."""
        return self._card

    def set_card(self, card: DataCard) -> None:
        """Show a card; the place that is read stays where it can."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self._card = card
        self._render()
        bar.setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        """Write the page again in the colours and the type of another theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._render()

    def _render(self) -> None:
        if self._card is not None:
            rows = "".join(map(_section, self._card.sections))
            self.setHtml(f'<table cellspacing="0" cellpadding="2">{rows}</table>')


def _section(section: Section) -> str:
    rows = "".join(_row(label, value) for label, value in section.lines)
    title = escape(section.title)
    return f'<tr><td colspan="2" style="padding-top:{GRID}px"><b>{title}</b></td></tr>{rows}'


def _row(label: str, value: str) -> str:
    """A line; what is indented in the card is indented here."""
    inset = 2 * GRID if label.startswith(" ") else 0
    return (
        f'<tr><td style="padding-left:{inset}px; padding-right:{2 * GRID}px;'
        f' color:{current_theme().muted}">{escape(label.strip())}</td>'
        f"<td>{escape(value)}</td></tr>"
    )


class DataCardDialog(QDialog):
    """The card in a window of its own that never stops the main one, and follows the data."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.view = DataCardView()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton("&Copy", QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setToolTip("Copy the whole card as text.")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + 4)
        column.addWidget(self.view, 1)
        column.addWidget(buttons)
        scale = current_theme().font_size / 11.0
        self.resize(round(76 * GRID * scale), round(70 * GRID * scale))

    def set_card(self, card: DataCard) -> None:
        """Show a card."""
        self.setWindowTitle(card.title)
        self.view.set_card(card)

    def copy(self) -> None:
        """Put the card on the clipboard as text."""
        card = self.view.card()
        if card is not None:
            QGuiApplication.clipboard().setText(card.as_text())

    def appear(self) -> None:
        """Show it before everything else, inside the screen."""
        room = self.screen().availableGeometry().size()
        self.resize(self.size().boundedTo(room * 0.9))
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
