"""The kinds of file a model is written to, and reading those that hold all of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from slp_core.errors import ConfigError, DataError
from slp_core.storage import table_csv, weights_json, weights_npz
from slp_core.storage.atomic import write_bytes
from slp_core.storage.model import Model
from slp_core.storage.source_python import encode as encode_python

Encode = Callable[[Model], bytes]
Decode = Callable[[bytes, Path], Model]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: the end of its names, and how a model becomes bytes and back.

    ``decode`` is None where the file does not hold all of a model.
    """

    key: str
    label: str
    summary: str
    encode: Encode
    decode: Decode | None


_ROWS = (
    Format(
        ".json",
        "Weights (JSON)",
        "All of the model as readable text; can be loaded back.",
        weights_json.encode,
        weights_json.decode,
    ),
    Format(
        ".npz",
        "Weights (NumPy)",
        "All of the model as NumPy arrays; can be loaded back.",
        weights_npz.encode,
        weights_npz.decode,
    ),
    Format(
        ".csv",
        "Table of weights (CSV)",
        "One row for each term, for a spreadsheet.",
        table_csv.encode,
        None,
    ),
    Format(
        ".py",
        "Python function",
        "A module that predicts with NumPy alone.",
        encode_python,
        None,
    ),
)

FORMATS: Mapping[str, Format] = MappingProxyType({row.key: row for row in _ROWS})


def format_of(path: Path) -> Format:
    """The format a file name asks for; ConfigError lists the ends that exist."""
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        what = f"files ending in {path.suffix}" if path.suffix else "a file name without an end"
        raise ConfigError(
            f"Weights cannot be written to {what}.",
            field="output",
            value=str(path),
            allowed=tuple(FORMATS),
            hint=f"Use a name that ends in {', '.join(FORMATS)}.",
        )
    return found


def save(model: Model, path: Path) -> None:
    """See :meth:`Model.save`."""
    write_bytes(path, format_of(path).encode(model))


def load_model(path: Path | str) -> Model:
    """Read a model back from a .json or .npz file; its first bytes tell which it is.

    Raises
    ------
    DataError
        The file cannot be read, is not a weights file, or a field of it is wrong.
    """
    path = Path(path)
    known = FORMATS.get(path.suffix.lower())
    if known is not None and known.decode is None:
        raise DataError(
            f"{path.name} does not hold all of a model, so it cannot be loaded back.",
            code="weights.not_loadable",
            path=path,
            hint="Choose the .json or .npz file.",
        )
    data = _bytes_of(path)
    decode = weights_npz.decode if data.startswith(b"PK") else weights_json.decode
    return decode(data, path)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > weights_npz.LARGEST_BYTES:
            raise DataError(
                f"{path.name} is too large for a weights file.", code="weights.too_large", path=path
            )
        return path.read_bytes()
    except OSError as error:
        reason = "it does not exist" if isinstance(error, FileNotFoundError) else error.strerror
        raise DataError(
            f"{path} cannot be read: {reason}.",
            code="file.unreadable",
            path=path,
            hint="Check the name and the permissions.",
        ) from error
    except ValueError as error:  # a NUL character in the name
        raise DataError(f"{path} is no file name.", code="file.unreadable", path=path) from error
