"""Checks of single settings: each returns the value as the configuration keeps it."""

from __future__ import annotations

import math
from collections.abc import Collection
from numbers import Integral, Real

from slp_core.errors import ConfigError


def number(
    field: str, value: object, *, low: float, below: float = math.inf, open_low: bool = False
) -> float:
    """A finite float of at least ``low`` (above it when ``open_low``) and less than ``below``.

    Raises
    ------
    ConfigError
        For anything else; True and False are no numbers here.
    """
    allowed = _interval(low, below, open_low)
    if isinstance(value, bool) or not isinstance(value, Real):
        raise _refusal(field, value, allowed, f"{field} must be a number, not {value!r}.")
    result = float(value)
    if not math.isfinite(result):
        raise _refusal(field, value, allowed, f"{field} must be a finite number, not {value!r}.")
    if result < low or result >= below or (open_low and result == low):
        raise _refusal(field, value, allowed, f"{field} must be {allowed}, not {result:g}.")
    return result


def optional_number(
    field: str, value: object, *, low: float, open_low: bool = False
) -> float | None:
    """``None``, or what `number` returns."""
    return None if value is None else number(field, value, low=low, open_low=open_low)


def whole(field: str, value: object, *, low: int) -> int:
    """An integer of at least ``low``; 3.0 and True are refused."""
    allowed = f"a whole number of at least {low}"
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < low:
        raise _refusal(field, value, allowed, f"{field} must be {allowed}, not {value!r}.")
    return int(value)


def choice(field: str, value: object, keys: Collection[str]) -> str:
    """One of ``keys``."""
    if isinstance(value, str) and value in keys:
        return value
    names = tuple(keys)
    raise ConfigError(
        f"{field} {value!r} is not known.",
        field=field,
        value=value,
        allowed=names,
        hint="Choose one of " + ", ".join(names) + ".",
    )


def switch(field: str, value: object) -> bool:
    """True or False, nothing that merely counts as such."""
    if isinstance(value, bool):
        return value
    raise _refusal(field, value, "true or false", f"{field} must be true or false, not {value!r}.")


def _interval(low: float, below: float, open_low: bool) -> str:
    if low == -math.inf:
        return "a finite number"
    above = f"above {low:g}" if open_low else f"at least {low:g}"
    return above if below == math.inf else f"{above} and below {below:g}"


def _refusal(field: str, value: object, allowed: str, message: str) -> ConfigError:
    return ConfigError(
        message, field=field, value=value, allowed=(allowed,), hint=f"Give {field} {allowed}."
    )
