"""Typed errors of the core.

An error carries a sentence for people who use the library from Python, and the facts behind it as
data. The window and the command line read the facts; `app.problems` alone adds titles and hints.
"""

from __future__ import annotations

from pathlib import Path


class SlpError(Exception):
    """Base of every error the core raises on purpose.

    Parameters
    ----------
    message
        One sentence: what is wrong.
    code
        Stable key of the kind of error, for example ``"csv.empty"``.
    hint
        One sentence: what to do about it, or an empty string.
    """

    def __init__(self, message: str, *, code: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint


class DataError(SlpError):
    """A file, table or data set cannot be used.

    ``line`` and ``column`` count from 1 and are None where they make no sense; ``column`` may
    be a name.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str,
        hint: str = "",
        path: Path | None = None,
        line: int | None = None,
        column: int | str | None = None,
        text: str = "",
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.path = path
        self.line = line
        self.column = column
        self.text = text


class ConfigError(SlpError):
    """A setting, or a combination of settings, cannot be used.

    ``field`` is the public name of the setting; ``value`` what was given; ``allowed`` what
    would do.
    """

    def __init__(
        self,
        message: str,
        *,
        field: str,
        value: object = None,
        allowed: tuple[str, ...] = (),
        code: str = "config",
        hint: str = "",
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.field = field
        self.value = value
        self.allowed = allowed


class Diverged(SlpError):
    """A computation left the finite numbers.

    ``quantity`` names the first array that was not finite ("score", "loss", "gradient",
    "weights"), ``where`` the indices of its first bad element, ``count`` how many were bad, and
    ``update`` the number of updates made before it.
    """

    def __init__(
        self, message: str, *, quantity: str, where: tuple[int, ...], count: int, update: int
    ) -> None:
        super().__init__(message, code="not_finite")
        self.quantity = quantity
        self.where = where
        self.count = count
        self.update = update


class FormulaError(SlpError):
    """A typed formula cannot be read or run; ``line`` and ``column`` count from 1.

    ``code`` is "formula" where it cannot be read, "formula.shape" where shapes do not meet,
    "formula.limit" where it is too large, and "formula.cancelled".
    """

    def __init__(
        self, message: str, *, line: int, column: int, hint: str = "", code: str = "formula"
    ) -> None:
        super().__init__(message, code=code, hint=hint)
        self.line = line
        self.column = column
