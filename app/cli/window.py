"""``perceptron-lab [DATA.csv]``: opens the window. Qt is imported here, and only when it can be."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.cli.display import check_display
from app.cli.files import check_writable
from app.cli.parser import COMMANDS
from app.cli.reading_flags import reading_options, told_origin
from app.cli.run_options import data_options, training_config
from app.launch import WindowOptions
from app.sources import check_source
from slp_core.errors import ConfigError, SlpError


def run(options: Mapping[str, Any]) -> int:
    """Open the window as ``options`` say and return the exit code it ends with."""
    launch = window_options(options)
    check_display(os.environ)
    from app.application import open_window  # Qt: only once a window can be opened

    return open_window(launch)


def window_options(options: Mapping[str, Any]) -> WindowOptions:
    """The checked wishes of the command line; raises before anything is opened."""
    source = options["source"]
    if source is not None:
        _check_word(source)
        check_source(source)
        told_origin(options)
    if options["screenshot"] is not None:
        check_writable(options["screenshot"], ".png")
    elif options["after"] is not None:
        raise ConfigError("--after needs --screenshot FILE.png", field="after")
    return WindowOptions(
        source=source,
        data=data_options(options),
        play=options["play"],
        config=training_config(options),
        screenshot=options["screenshot"],
        after=options["after"] or 0.0,
        size=options["size"],
        reading=reading_options(options),
    )


def _check_word(source: str) -> None:
    """A bare word that is no file is more likely a misspelt command than a forgotten file."""
    path = Path(source)
    if path.exists() or path.suffix or path.name != source or ":" in source:
        return
    close = difflib.get_close_matches(source, COMMANDS, n=1)
    raise SlpError(
        f'there is neither a command nor a file called "{source}"',
        code="usage.word",
        hint=f"Did you mean {close[0]}?" if close else f"Commands: {', '.join(COMMANDS)}.",
    )
