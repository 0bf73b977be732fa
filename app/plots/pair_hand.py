"""A hand that only clicks: drags pan and the wheel zooms, as on any canvas."""

from __future__ import annotations

from collections.abc import Callable

from app.plots.canvas_mouse import Touch


class ClickHand:
    """Calls a function with the place that was clicked."""

    def __init__(self, clicked: Callable[[Touch], None]) -> None:
        self._clicked = clicked

    def pressed(self, touch: Touch) -> bool:
        """No drag is ours."""
        del touch
        return False

    def dragged(self, touch: Touch) -> None:
        """Never called, as no drag is ours."""

    def released(self, touch: Touch) -> None:
        """Never called, as no drag is ours."""

    def clicked(self, touch: Touch) -> None:
        """Hand on the place."""
        self._clicked(touch)

    def turned(self, touch: Touch, steps: float) -> bool:
        """The wheel zooms."""
        del touch, steps
        return False
