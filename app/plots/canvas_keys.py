"""The keys of a plot that has the focus."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

PAN: Final = {
    Qt.Key.Key_Left: (-0.1, 0.0),
    Qt.Key.Key_Right: (0.1, 0.0),
    Qt.Key.Key_Up: (0.0, 0.1),
    Qt.Key.Key_Down: (0.0, -0.1),
}
ZOOM: Final = {
    Qt.Key.Key_Plus: 0.8,
    Qt.Key.Key_Equal: 0.8,
    Qt.Key.Key_Minus: 1.25,
}
FIT: Final = (Qt.Key.Key_0, Qt.Key.Key_Home)
_OWN_KEYS: Final = (*PAN, *ZOOM, *FIT)
_NO_MODIFIER: Final = Qt.KeyboardModifier.NoModifier

BY_KEYBOARD: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""A frame marks the focus only for those who steer by keyboard; framed, the plot has the arrows."""
PASSING: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back as it was."""


def claims(event: QKeyEvent, selects: bool = False) -> bool:
    """Whether a key is the plot's own; ``+`` may need Shift, Shift and an arrow is the window's.

    ``selects`` says that something can be selected, so that Escape is its own, too.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers == Qt.KeyboardModifier.ShiftModifier:
        return event.key() in ZOOM
    own = event.key() in _OWN_KEYS or (selects and event.key() == Qt.Key.Key_Escape)
    return own and modifiers == _NO_MODIFIER
