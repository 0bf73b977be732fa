"""From words to an exit code: 0 done, 2 unusable input, 3 not finite, 130 interrupted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.cli import check, inspect, predict, reading_flags, train, window
from app.cli.console import complain, plain_streams
from app.cli.parser import UsageError, parse
from app.cli.run_options import FLAGS
from app.problems import problem_from
from slp_core.errors import ConfigError

DEBUG = "PERCEPTRON_LAB_DEBUG"
DONE, FAULT, UNUSABLE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141

_RUN: Mapping[str, Callable[[Mapping[str, Any]], int]] = MappingProxyType(
    {
        "window": window.run,
        "train": train.run,
        "predict": predict.run,
        "inspect": inspect.run,
        "check": check.run,
    }
)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line ``words`` (default: those of the process) and return its exit code."""
    plain_streams()
    try:
        code = _run(sys.argv[1:] if words is None else words)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    return code


def _run(words: Sequence[str]) -> int:
    try:
        options = parse(words)
        return _RUN[options["command"]](options)
    except SystemExit as leave:  # argparse has printed help or the version
        return leave.code if isinstance(leave.code, int) else DONE
    except UsageError as error:
        complain(error.message, *error.usage.splitlines())
        return UNUSABLE
    except KeyboardInterrupt:
        complain("interrupted; no file is left half-written")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  # the last line of defence: never a traceback
        return _explain(error)


def _explain(error: Exception) -> int:
    """Say what is wrong; a fault of the program is told from unusable input by its exit code."""
    problem = problem_from(error)
    flag = _flag(error.field) if isinstance(error, ConfigError) else None
    text = f"{flag}: {problem.text}" if flag and flag not in problem.text else problem.text
    complain(text, problem.hint)
    if os.environ.get(DEBUG):
        sys.stderr.write(problem.details + "\n")
    elif not problem.expected:
        sys.stderr.write(f"  For the details, run it again with {DEBUG}=1\n")
    return UNUSABLE if problem.expected else FAULT


def _flag(field: str) -> str | None:
    return FLAGS.get(field) or reading_flags.FLAGS.get(field)


def _reader_left() -> int:
    """The reader of our output has gone; keep Python from complaining about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE
