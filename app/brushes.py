"""The painting tools, declared once, and the brush: which tool, how large, of which class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ToolKey = Literal["select", "put", "brush", "erase", "move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One tool; ``sized`` ones have a radius, and ``marked`` ones put points of a class."""

    key: ToolKey
    text: str
    summary: str
    icon: str
    shortcut: str
    sized: bool = False
    marked: bool = False


TOOLS: Mapping[ToolKey, Tool] = MappingProxyType(
    {
        tool.key: tool
        for tool in (
            Tool(
                key="select",
                text="Select",
                summary="Click a point or drag a frame around some; with Shift or Ctrl they join"
                " those that are selected.",
                icon="select",
                shortcut="V",
            ),
            Tool(
                key="put",
                text="Put",
                summary="Put one point with each click; features not on an axis are at their mean.",
                icon="put",
                shortcut="D",
                marked=True,
            ),
            Tool(
                key="brush",
                text="Brush",
                summary="Spray points while dragging; features not on an axis are at their mean.",
                icon="brush",
                shortcut="B",
                sized=True,
                marked=True,
            ),
            Tool(
                key="erase",
                text="Erase",
                summary="Drag over points to take them out of the data.",
                icon="erase",
                shortcut="X",
                sized=True,
            ),
            Tool(
                key="move",
                text="Move",
                summary="Drag a point, or all that are selected, to another place.",
                icon="move",
                shortcut="M",
            ),
        )
    }
)

LEAST_RADIUS, MOST_RADIUS = 4.0, 120.0
LEAST_AMOUNT, MOST_AMOUNT = 1, 20
JITTERS = (0.005, 0.01, 0.02, 0.05, 0.1)
"""How far jitter moves points, as shares of the range of what the axes show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """What the left button does on the decision view.

    ``radius`` is in pixels, ``amount`` the points sprayed while the brush moves by its radius.
    ``label`` is the class that is put, ``index`` its number (colour and symbol); with a numeric
    target ``label`` is empty and ``value`` is put where the target has no axis.
    """

    tool: ToolKey = "select"
    radius: float = 24.0
    amount: int = 4
    label: str = ""
    index: int = 0
    value: float = 0.0
