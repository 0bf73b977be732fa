"""Names of classes: as the table writes them, and as they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from slp_core.errors import ConfigError


def shown_names(written: Sequence[str], renames: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the classes ``written`` in a table, as they are shown.

    Names of classes that do not occur are kept for the day they do.

    Raises
    ------
    ConfigError
        A name is empty, or two classes would have the same.
    """
    shown = tuple(renames.get(name, name) for name in written)
    for name, before in zip(shown, written, strict=True):
        if name != before and not name.strip():
            raise ConfigError(
                f"The class {before!r} needs a name.",
                field="renames",
                value=name,
                hint="Type a word.",
            )
    name, count = Counter(shown).most_common(1)[0] if shown else ("", 0)
    if count > 1:
        both = [repr(old) for old, new in zip(written, shown, strict=True) if new == name]
        raise ConfigError(
            f"Two classes cannot both be called {name!r} ({' and '.join(both[:2])} in the table).",
            field="renames",
            value=name,
            hint="Choose another name.",
        )
    return shown
