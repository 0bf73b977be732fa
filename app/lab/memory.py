"""Formulas that were typed, kept between two sessions: one for each pair. No Qt."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from app.lab.asked import Options
from slp_core.network.activations import ACTIVATIONS
from slp_core.network.losses import LOSSES
from slp_core.network.pairs import Pair

MOST: Final = 12
"""Pairs that are remembered; the oldest goes."""
LONGEST: Final = 20_000
"""Letters of a formula; the language itself takes no longer one."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One formula, the pair of the model it was typed for, and how it is read and checked."""

    pair: tuple[str, str]
    source: str
    options: Options


def with_formula(kept: Sequence[Kept], model: Pair, source: str, options: Options) -> list[Kept]:
    """The same with a formula for this pair, the newest first; too long a one is not kept."""
    key = (model.activation, model.loss)
    others = [row for row in kept if row.pair != key]
    new = [Kept(key, source, options)] if source.strip() and len(source) <= LONGEST else []
    return [*new, *others][:MOST]


def formula_for(kept: Sequence[Kept], model: Pair) -> Kept | None:
    """The formula typed for this pair, if there is one."""
    key = (model.activation, model.loss)
    return next((row for row in kept if row.pair == key), None)


def as_texts(kept: Sequence[Kept]) -> list[str]:
    """One text for each, as the settings hold them."""
    return [
        json.dumps(
            {
                "model": row.pair,
                "source": row.source,
                "convention": row.options.convention,
                "at_weights": row.options.at_weights,
                "pair": row.options.pair,
                "bias": row.options.bias,
            }
        )
        for row in kept
    ]


def from_texts(texts: Sequence[str]) -> list[Kept]:
    """What can be read of them; whatever cannot counts as never kept."""
    found = (_read(text) for text in texts[:MOST] if len(text) <= 2 * LONGEST)
    return [row for row in found if row is not None]


def _read(text: str) -> Kept | None:
    try:
        raw: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    row = cast("Mapping[str, Any]", raw)
    model, source = _pair(row.get("model")), row.get("source")
    if model is None or not isinstance(source, str) or not 0 < len(source) <= LONGEST:
        return None
    options = Options(pair=_pair(row.get("pair")))
    if row.get("convention") in ("rows", "columns"):
        options = replace(options, convention=row["convention"])
    for name in ("at_weights", "bias"):
        if isinstance(row.get(name), bool):
            options = replace(options, **{name: row[name]})
    return Kept(model, source, options)


def _pair(value: object) -> tuple[str, str] | None:
    """A pair by its keys, if there is such a one."""
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    if len(items) != 2 or not all(isinstance(item, str) for item in items):
        return None
    activation, loss = str(items[0]), str(items[1])
    return (activation, loss) if activation in ACTIVATIONS and loss in LOSSES else None
