"""What a person moves in the decision view: the slice, and the boundary itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.brushes import Brush
from app.plots.boundary_hand import BoundaryHand, Grasp
from app.plots.canvas import Canvas
from app.plots.line import LineView
from app.plots.paint_surface import PaintSurface
from app.plots.plane import PlaneView
from app.plots.plane_sheet import FeatureSheet, PrincipalSheet
from app.plots.plane_words import OFF, TIP, Misled, plane_axes, plane_note, refusal
from app.plots.reading import Reading
from app.plots.scene import Axes, slice_note
from app.theme import Theme
from slp_core.arrays import Float64s
from slp_core.data.dataset import Dataset
from slp_core.data.informative import usual_axes
from slp_core.data.principal import PrincipalPlane, principal_plane
from slp_core.network.pairs import Pair
from slp_core.network.parameters import Parameters

View = PlaneView | LineView
Projection: TypeAlias = Literal["slice", "principal"]


def make_view(
    canvas: Canvas,
    dataset: Dataset | None,
    pair: Pair | None,
    theme: Theme,
    axes: Axes,
    plane: PrincipalPlane | None = None,
) -> View | None:
    """What draws these data on a canvas, with the features that are not shown at their means."""
    if dataset is None:
        return None
    reading = None if pair is None else Reading(pair, len(dataset.classes))
    if plane is not None:
        return PlaneView(canvas, dataset, reading, theme, PrincipalSheet(dataset, plane))
    if axes.j is None:
        return LineView(canvas, dataset, reading, theme, axes)
    return PlaneView(canvas, dataset, reading, theme, FeatureSheet(dataset, axes.i, axes.j))


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
        self._asked: Axes | None = None
        self._held: Float64s | None = None
        self._held_at = ""
        self._plane: PrincipalPlane | None = None
        self._misled: Misled | None = None
        self._brush: Brush | None = None

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

    @property
    def projection(self) -> Projection:
        """ "slice" along the features on the axes, or the "principal" plane of all."""
        return "principal" if plane_axes(self._axes, self._dataset) else "slice"

    def set_axes(self, i: int, j: int | None) -> None:
        """Show feature ``i`` against feature ``j``, or against the output when ``j`` is None.

        Asked for others than before, the plot leaves the principal plane.
        """
        axes = Axes(i, j if j != i else None)
        asked, self._asked = self._asked, axes
        if replace(axes, principal=asked == axes and self._axes.principal) != self._axes:
            self._take_axes(axes)

    @property
    def no_plane(self) -> str:
        """Why the data of now have no principal plane; empty if they have one."""
        return "" if self._dataset is None else refusal(self._dataset)

    def set_projection(self, projection: Projection) -> None:
        """Show two features, or the plane that all of them vary along most."""
        axes = replace(self._axes, principal=projection == "principal")
        if axes != self._axes:
            self._held, self._held_at = None, ""
            self._take_axes(axes)

    def set_painting(self, brush: Brush | None) -> None:
        """Paint with this brush, where a place is a row of features."""
        self._brush = brush
        off = brush is not None and self.projection == "principal"
        super().set_painting(None if off else brush)
        self.canvas.setToolTip(OFF if off else "")

    def jitter(self, share: float) -> None:
        """Not where the features on the axes are not seen."""
        if self.projection == "principal":
            self.noted.emit(OFF)
        else:
            super().jitter(share)

    def _start_axes(self, before: Dataset | None, dataset: Dataset | None) -> None:
        """Other data: their usual features, and the principal plane as long as there is one."""
        usual = (0, None) if dataset is None else usual_axes(dataset)
        names = [None if data is None else data.feature_names for data in (before, dataset)]
        self._axes = Axes(*usual, principal=names[0] == names[1] and self._axes.principal)
        self._stage.axes = self.axes
        self.set_painting(self._brush)

    def _take_axes(self, axes: Axes) -> None:
        """Show something else than before."""
        self._axes, self._misled = axes, None
        self._stage.axes = self.axes
        self.set_painting(self._brush)
        self._show_axes()
        self.axes_changed.emit()

    def _show_axes(self) -> None:
        """Draw what is on the axes now."""

    def _find_plane(self) -> PrincipalPlane | None:
        """The principal plane of the data of now, if it is shown; found once."""
        dataset = self._dataset
        if dataset is None or not plane_axes(self._axes, dataset):
            return None
        if self._plane is None:
            self._plane = principal_plane(dataset.X[:, : dataset.features])
        return self._plane

    def _move_slice(self) -> None:
        """Draw the slice of now."""

    def _warn(self, not_finite: bool) -> None:
        """Write what the picture is a slice of, or that it is not of the weights of now."""
        at = self._held_at if self._held is not None else ""
        plane = self._find_plane()
        text = "" if self._dataset is None else slice_note(self._dataset, self._axes, at)
        if plane is not None:
            text = plane_note(plane, at, self._misled)
        self.note.set_tip("" if plane is None else TIP)
        self.write_note(text, not_finite=not_finite)
