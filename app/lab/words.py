"""Verdicts of the gradient lab in words: what was found, and what it does not prove."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.numbers import number_text
from slp_core.insight.gradient.followed import ALIKE, SAME, vanishes
from slp_core.insight.gradient.report import Component, GradientReport, Part

VERDICTS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "right": ("check", "ok", "Right"),
        "suspicious": ("warning", "warning", "Suspicious"),
        "wrong": ("cross", "danger", "Wrong"),
        "refused": ("forbidden", "danger", "Refused"),
    }
)
"""Icon, colour of the theme and word of each verdict."""
_FOREIGN = "Right for this pair, but not the slope of your {name}"
NO_PROOF = "a falling loss is no proof"


def verdict_look(report: GradientReport) -> tuple[str, str, str]:
    """Icon, colour and words of a verdict; what is right with a reservation is no plain right."""
    if report.verdict == "right" and report.foreign_loss:
        return "warning", "warning", _FOREIGN.format(name=report.foreign_loss)
    if report.verdict == "right" and report.far is not None:
        return "check", "ok", f"Right; at large scores: {report.far.what}"
    return VERDICTS[report.verdict]


def moral(report: GradientReport) -> str:
    """What training with this gradient would look like, and what that proves."""
    cosine = report.cosine
    if report.verdict == "right":
        return "Every component was compared, at points near the start and away from it."
    if vanishes(report):
        return (
            f"At {report.points[0].label} it is 0, and the true gradient is not: training from"
            " there stands still, at any rate."
        )
    if report.verdict == "refused" or cosine is None:
        return ""
    if cosine > 1.0 - SAME and report.verdict == "wrong":
        return (
            "It points exactly along the true gradient and only its length is wrong: training"
            f" works with another rate, so {NO_PROOF}."
        )
    if cosine > ALIKE:
        return (
            f"Its cosine to the true gradient is {number_text(cosine, 3)}: at first the loss falls"
            f" along it all the same, so {NO_PROOF}."
        )
    if cosine < -ALIKE:
        return (
            f"Its cosine to the true gradient is {number_text(cosine, 3)}: it points away from it,"
            " and a small step along it makes the loss climb."
        )
    return "It stands across the true gradient: where the loss goes is chance."


def message(report: GradientReport) -> str:
    """The report's own sentence without the word that stands above it."""
    text = report.message
    for _, _, word in VERDICTS.values():
        if text.startswith(f"{word}: "):
            text = text.removeprefix(f"{word}: ")
            break
    for mistake in report.mistakes:  # each has a card of its own
        text = text.replace(mistake.sentence, "").strip()
    return text[:1].upper() + text[1:]


def place(component: Component) -> str:
    """Where a component stands: indices from 1, as samples and columns are counted elsewhere."""
    if component.parameter == "b":
        return f"b[{component.row + 1}]"
    return f"W[{component.row + 1}, {component.column + 1}]"


def optional(value: float | None, digits: int = 4) -> str:
    """A number, or a dash."""
    return "–" if value is None else number_text(value, digits)


def part_cells(part: Part) -> tuple[str, ...]:
    """One row of the table of parts."""
    return (
        part.name,
        VERDICTS[part.verdict][2],
        optional(part.max_relative_error, 2),
        optional(part.cosine, 3),
        optional(part.ratio, 3),
        optional(part.spread, 2),
    )


PART_HEADS = (
    ("Part", "W and b, and of each the data term and the penalty where there is one."),
    ("Verdict", "Right below 1e-7 everywhere, wrong above 1e-2."),
    ("Error", "The largest relative error of a component."),
    ("Cosine", "Between yours and the true gradient: 1 is the same direction."),
    ("Ratio", "Yours divided by the true one, in the middle of the components."),
    ("Spread", "The width of the middle half of these ratios: 0 is one factor for all."),
)
COMPONENT_HEADS = (
    ("Component", "Which weight or bias, counted from 1."),
    ("Error", "Relative error of yours; the worst come first."),
    ("Yours", "The typed gradient."),
    ("True", "The program's own gradient, which the difference confirms."),
    ("Numeric", "The centred difference of the loss; a dash where it was not computed."),
    ("Point", "At which of the points of the check."),
)
