"""The weights file in JSON: for people, and for any language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np

from slp_core.errors import DataError
from slp_core.storage.document import document_of, model_from
from slp_core.storage.model import Model


def encode(model: Model) -> bytes:
    """One field a line, lists of objects and rows of weights one entry a line."""
    fields = document_of(model).items()
    text = "{\n" + ",\n".join(f'  "{name}": {_value(value)}' for name, value in fields) + "\n}\n"
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair in a name: JSON can escape it
        return text.encode("utf-8", errors="backslashreplace")


def _value(value: object) -> str:
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if not isinstance(value, list) or not value or not isinstance(value[0], list | dict):
        return _line(cast("object", value))
    entries = cast("list[object]", value)
    return "[\n" + ",\n".join("    " + _line(entry) for entry in entries) + "\n  ]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def decode(data: bytes, path: Path) -> Model:
    """The model in a file's bytes.

    Raises
    ------
    DataError
        The bytes are not JSON, or a field is wrong.
    """
    try:
        document: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _unreadable(path, "it is not text in UTF-8") from error
    except json.JSONDecodeError as error:
        reason = f"{error.msg} in line {error.lineno}, column {error.colno}"
        raise _unreadable(path, reason, error.lineno, error.colno) from error
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise _unreadable(path, str(error).partition(";")[0]) from error
    if not isinstance(document, dict):
        raise _unreadable(path, "it holds no object")
    return model_from(cast("dict[str, Any]", document), path)


def _unreadable(
    path: Path, reason: str, line: int | None = None, column: int | None = None
) -> DataError:
    return DataError(
        f"{path.name} is not a weights file: {reason}.",
        code="weights.unreadable",
        path=path,
        line=line,
        column=column,
        hint="Choose a .json or .npz file exported by Perceptron Lab.",
    )
