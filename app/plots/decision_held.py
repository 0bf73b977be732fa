"""What a person moves in the decision view: the slice, and the boundary itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.plots.boundary_hand import BoundaryHand, Grasp
from app.plots.canvas import Canvas
from app.plots.line import LineView
from app.plots.paint_surface import PaintSurface
from app.plots.plane import PlaneView
from app.plots.reading import Reading
from app.plots.scene import Axes, slice_note
from app.theme import Theme
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

View = PlaneView | LineView


def make_view(
    canvas: Canvas, dataset: Dataset | None, pair: Pair | None, theme: Theme, axes: Axes
) -> View | None:
    """What draws these data on a canvas, with the features that are not shown at their means."""
    if dataset is None:
        return None
    reading = None if pair is None else Reading(pair, len(dataset.classes))
    kind = LineView if axes.j is None else PlaneView
    return kind(canvas, dataset, reading, theme, axes)


class HeldSurface(PaintSurface):
    """What a person moves: the values of the features that are held, and the boundary."""

    axes_changed = Signal()
    """Other features are on the axes: others are held."""
    parameters_edited = Signal(object, str, int)
    """Weights that a person has dragged, what was done, and the number of the gesture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boundary_hand = BoundaryHand(self.canvas, self._hand, self._graspable)
        self._boundary_hand.edited.connect(self._on_dragged)
        self.canvas.set_hand(self._boundary_hand)
        self._dataset: Dataset | None = None
        self._pair: Pair | None = None
        self._axes = Axes(0, None)
        self._held: Float64s | None = None
        self._held_at = ""

    def grasp(self) -> Grasp | None:
        """The boundary, where it can be dragged."""
        return None

    def _graspable(self) -> Grasp | None:
        """Nothing while painting, or in one of several small pictures."""
        return None if self.compact or self._stage.brush is not None else self.grasp()

    def show_parameters(self, parameters: Parameters) -> None:
        """Draw the model with these weights."""
        raise NotImplementedError

    def _on_dragged(self, parameters: Parameters, text: str, gesture: int) -> None:
        """Show it at once; the run follows."""
        self.show_parameters(parameters)
        self.parameters_edited.emit(parameters, text, gesture)

    @property
    def axes(self) -> tuple[int, int | None]:
        """Features on the axes."""
        return self._axes.i, self._axes.j

    @property
    def held(self) -> Float64s | None:
        """(p,) values in original units; None: the means."""
        return self._held

    def set_held(self, values: Float64s | None, words: str = "") -> None:
        """Hold the features that are not shown at these values (p,), in original units.

        Parameters
        ----------
        values
            None: their means. Those of the features on the axes are not read.
        words
            What the values are: "the values below", "row 12".
        """
        self._held, self._held_at = values, words
        self._move_slice()

    def _move_slice(self) -> None:
        """Draw the slice of now."""

    def _warn(self, not_finite: bool) -> None:
        """Write what the picture is a slice of, or that it is not of the weights of now."""
        at = self._held_at if self._held is not None else ""
        text = "" if self._dataset is None else slice_note(self._dataset, self._axes, at)
        self.write_note(text, not_finite=not_finite)
