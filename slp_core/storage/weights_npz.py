"""The weights file in NPZ: the fields of the JSON file as NumPy arrays, without pickles.

The list of features becomes the arrays ``feature_names``, ``feature_columns``,
``feature_categories`` ("" = none), ``centers``, ``scales`` and ``fills`` (NaN = none; may be
missing, as in files of earlier versions); ``training`` and ``metrics`` are
JSON texts; a field that is null is left out.

Members are read by hand and not by ``numpy.load``: that believes the shape in a header and
allocates it, however short the file is.
"""

from __future__ import annotations

import io
import json
import math
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from slp_core.errors import DataError
from slp_core.storage.document import document_of, model_from
from slp_core.storage.model import Model

LARGEST_BYTES = 256 * 2**20
"""Of all members together, unpacked: a million weights need 8 MiB."""
_MOST_MEMBERS = 100
_ARRAYS = ("weights", "bias", "weights_original", "bias_original")
_JSON_TEXTS = ("training", "metrics")


def encode(model: Model) -> bytes:
    """The archive's bytes.

    Raises
    ------
    DataError
        A name ends with a NUL character, which arrays of text cannot hold.
    """
    fields = document_of(model)
    features: list[dict[str, Any]] = fields.pop("features")
    fields["feature_names"] = [row["name"] for row in features]
    fields["feature_columns"] = [row["column"] for row in features]
    fields["feature_categories"] = [row["category"] or "" for row in features]
    fields["centers"] = np.array([row["center"] for row in features])
    fields["scales"] = np.array([row["scale"] for row in features])
    fields["fills"] = np.array([np.nan if row["fill"] is None else row["fill"] for row in features])
    for name in _JSON_TEXTS:
        fields[name] = json.dumps(fields[name], allow_nan=False)
    buffer = io.BytesIO()
    arrays = {name: _array(value) for name, value in fields.items() if value is not None}
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _array(value: Any) -> NDArray[Any]:
    if isinstance(value, list):
        texts = cast("list[str]", value)
        array = np.array(texts, dtype=np.str_)
        if array.tolist() != texts:
            raise DataError(
                "A name ends with a NUL character, which an NPZ file cannot hold.",
                code="weights.text",
                hint="Export to .json instead.",
            )
        return array
    return np.asarray(value)


def decode(data: bytes, path: Path) -> Model:
    """The model in a file's bytes.

    Raises
    ------
    DataError
        The bytes are no archive of plain arrays, or a field is wrong.
    """
    arrays = _members(data, path)
    document: dict[str, Any] = {name: _value(array) for name, array in arrays.items()}
    for name in _JSON_TEXTS:
        document[name] = _json(document.get(name), name, path)
    document["features"] = _features(document, path)
    for name in ("weights_original", "bias_original"):
        document.setdefault(name, None)
    for name in _ARRAYS:
        if name in arrays:
            document[name] = arrays[name]
    return model_from(document, path)


def _value(array: NDArray[Any]) -> Any:
    return array.tolist()


def _json(text: object, name: str, path: Path) -> Any:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError) as error:
        raise _damaged(path, f"{name} is not JSON") from error


def _features(document: dict[str, Any], path: Path) -> list[dict[str, Any]]:
    """The features as JSON holds them; what each of them is, is checked with all other fields."""
    names = ("feature_names", "centers", "scales", "feature_columns", "feature_categories", "fills")
    document.setdefault("fills", [math.nan] * len(_list(document, names[0], path)))
    columns = [_list(document, name, path) for name in names]
    if len({len(column) for column in columns}) > 1:
        raise _damaged(path, f"{', '.join(names)} differ in length")
    keys = ("name", "center", "scale", "column", "category", "fill")
    rows = [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]
    return [
        row | {"category": row["category"] or None, "fill": _known(row["fill"])} for row in rows
    ]


def _list(document: dict[str, Any], name: str, path: Path) -> list[Any]:
    values = document.get(name)
    if not isinstance(values, list):
        raise _damaged(path, f"{name} is missing or no list")
    return cast("list[Any]", values)


def _known(fill: object) -> object:
    """A fill as JSON holds it: NaN stands for none; what is no number is told later."""
    return None if isinstance(fill, float) and math.isnan(fill) else fill


_ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,  # a damaged directory makes zipfile seek to a negative place
)
"""What reading a damaged archive may raise."""


def _members(data: bytes, path: Path) -> dict[str, NDArray[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if len(members) > _MOST_MEMBERS or size > LARGEST_BYTES:
                raise _damaged(path, f"it unpacks to {len(members)} members of {size} bytes")
            return {
                member.filename.removesuffix(".npy"): _read_array(archive.read(member), path)
                for member in members
            }
    except _ARCHIVE_ERRORS as error:
        raise _damaged(path, "it is cut off or is no NPZ archive") from error


def _read_array(data: bytes, path: Path) -> NDArray[Any]:
    """One member; its header must fit its length exactly, and it may not hold objects."""
    stream = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(stream)
        read = np.lib.format.read_array_header_1_0
        if version != (1, 0):
            read = np.lib.format.read_array_header_2_0
        shape, fortran, dtype = read(stream)
    except (ValueError, SyntaxError, RecursionError, MemoryError) as error:
        raise _damaged(path, "a member is not a NumPy array") from error
    if dtype.hasobject or dtype.kind not in "fiuUb":
        raise _damaged(path, f"a member holds {dtype}, not plain numbers or texts")
    count = 1
    for length in shape:
        count *= length
    rest = data[stream.tell() :]
    if min(shape, default=1) < 0 or count * dtype.itemsize != len(rest):
        raise _damaged(path, "a member is cut off or says a shape it does not have")
    if not rest:
        return np.empty(shape, dtype) if count == 0 else np.zeros(shape, dtype)
    return np.frombuffer(rest, dtype).reshape(shape, order="F" if fortran else "C")


def _damaged(path: Path, reason: str) -> DataError:
    return DataError(
        f"{path.name} is not a weights file: {reason}.",
        code="weights.unreadable",
        path=path,
        hint="Choose a .json or .npz file exported by Perceptron Lab.",
    )
