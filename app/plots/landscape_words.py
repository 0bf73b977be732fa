"""What is said below a landscape: of what lies under the mouse, else of the picture."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF

from app.numbers import number_text
from app.plots.landscape_frame import Frame, outside
from app.plots.landscape_scene import Scene
from app.plots.numbers import format_count
from slp_core.insight.landscape import Ground
from slp_core.insight.landscape_plane import Plane

HINT = "Click a place to mark it; a double click or Enter starts there."


def standing(
    scene: Scene, ground: Ground, plane: Plane, frame: Frame | None, *, ready: bool
) -> str:
    """What the picture is of; ``frame`` is what follows the paths, None where a hand has moved."""
    words = [*_strays(scene, plane, frame), *filter(None, [scene.note])]
    if ground.is_part:
        rows, total = format_count(len(ground.X)), format_count(ground.total)
        words.insert(0, f"loss of {rows} of {total} samples, drawn by lot")
    if not ready:
        words.insert(0, "working the losses out…")
    return "; ".join(words) or HINT


def reading(scene: Scene, ground: Ground, loss: float, place: QPointF) -> str:
    """Weights and loss at a place of the view."""
    part = "≈ " if ground.is_part else ""
    text = number_text(loss) if np.isfinite(loss) else "not a finite number"
    x, y = number_text(place.x(), 3), number_text(place.y(), 3)
    return f"loss {part}{text}   {scene.names[0]} {x}   {scene.names[1]} {y}"


def _strays(scene: Scene, plane: Plane, frame: Frame | None) -> list[str]:
    """The runs that have left the view, of several."""
    if frame is None or len(scene.tracks) < 2:
        return []
    gone = [t.name for t in scene.tracks if outside(frame, plane.places(t.flats[-1:])[0])]
    return [f"beyond the edge: {', '.join(gone)}"] if gone else []
