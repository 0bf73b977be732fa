"""What the colours of the decision view mean: a choice of the person, for the session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from app.plots.user_text import inline
from app.plots.weights_picker import Choice

Kind: TypeAlias = Literal["shares", "class", "confidence", "one"]
_ONE: Final = "One against the rest"
_KINDS: Final = (
    Choice("shares", "Shares", "Each class in its colour, mixed where several have a share."),
    Choice("class", "Class", "The class that is decided, in its full colour everywhere."),
    Choice(
        "confidence",
        "Confidence",
        "The class that is decided; the colour fades to neutral where the model is unsure.",
    ),
)


@dataclass(frozen=True, slots=True)
class Shading:
    """``one`` is the class that is shown against the rest, -1 with the other kinds."""

    kind: Kind = "shares"
    one: int = -1

    @property
    def key(self) -> str:
        """As a picker's key."""
        return f"one {self.one}" if self.kind == "one" else self.kind

    @classmethod
    def from_key(cls, key: str) -> Shading:
        """The shading of a picker's key; anything unknown is the usual one."""
        if key.startswith("one "):
            return cls("one", int(key.removeprefix("one ")))
        kinds: dict[str, Kind] = {"class": "class", "confidence": "confidence"}
        return cls(kinds.get(key, "shares"))

    def within(self, classes: int) -> Shading:
        """What can be shown of so many classes: two are each other's rest."""
        return self if self.kind != "one" or 2 < classes > self.one else Shading()


def choices(classes: Sequence[str]) -> list[Choice]:
    """What can be chosen with these classes; nothing where a number is predicted."""
    if len(classes) < 2:
        return []
    found = list(_KINDS)
    if len(classes) > 2:
        for k, name in enumerate(classes):
            tip = f"Only the output of {inline(name)}, from none to full, and its own boundary."
            label = f"{inline(name)} against the rest"
            short = f"{inline(name)} / rest"
            found.append(Choice(f"one {k}", label, tip, _ONE, short=short))
    return found
