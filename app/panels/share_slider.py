"""A slider for a share between 0 and 50 per cent."""

from __future__ import annotations

from typing import Final

from app.panels.ladder_slider import LadderSlider

STEP: Final = 5
"""Per cent between two rungs."""


class ShareSlider(LadderSlider):
    """A function of one share (0 to 0.5), in steps of 5 per cent for a person."""

    def __init__(self, tip: str) -> None:
        super().__init__([percent / 100 for percent in range(0, 51, STEP)], _text, tip)


def _text(share: float) -> str:
    return f"{100 * share:.0f} %" if share else "none"
