from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from slp_core.errors import DataError
from slp_core.storage import weights_npz
from slp_core.storage.formats import load_model
from tests.slp_core.storage.models import make_model


def _archive(**changes: object) -> bytes:
    buffer = io.BytesIO()
    with np.load(io.BytesIO(weights_npz.encode(make_model()))) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    for name, value in changes.items():
        kept[name] = np.asarray(value)
        if value is None:
            del kept[name]
    np.savez(buffer, **kept)
    return buffer.getvalue()


def _refused(data: bytes) -> DataError:
    with pytest.raises(DataError) as caught:
        weights_npz.decode(data, Path("w.npz"))
    return caught.value


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"weights": np.zeros((3, 2))}, "weights"),
        ({"weights": np.full((2, 3), np.nan)}, "weights[0][0]"),
        ({"weights": np.full((2, 3), "1")}, "weights"),
        ({"bias": None}, "bias"),
        ({"version": 2}, "version"),
        ({"version": 1.0}, "version"),
        ({"classes": np.arange(3)}, "classes[0]"),
        ({"centers": ["a", "b"]}, "features[0].center"),
        ({"training": "[]"}, "training"),
        ({"task": np.zeros((2, 2))}, "task"),
    ],
)
def test_a_wrong_array_is_named(changes: dict[str, object], place: str) -> None:
    assert _refused(_archive(**changes)).column == place


@pytest.mark.parametrize("changes", [{"centers": [1.0]}, {"scales": None}, {"metrics": "{"}])
def test_arrays_that_do_not_fit_each_other_are_refused(changes: dict[str, object]) -> None:
    assert _refused(_archive(**changes)).code == "weights.unreadable"


def test_pickles_are_not_opened() -> None:
    data = _archive(classes=np.array(["A", {"b": 1}], dtype=object))
    assert "object" in _refused(data).message


def _member(name: str, data: bytes, compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        archive.writestr(name, data)
    return buffer.getvalue()


def test_a_shape_that_is_claimed_but_not_there_allocates_nothing() -> None:
    buffer = io.BytesIO()
    header = {"descr": "<f8", "fortran_order": False, "shape": (10**12,)}
    np.lib.format.write_array_header_1_0(buffer, header)
    error = _refused(_member("weights.npy", buffer.getvalue() + b"\0" * 80))
    assert "says a shape it does not have" in error.message


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(weights_npz, "LARGEST_BYTES", 10_000)
    error = _refused(_member("weights.npy", b"\0" * 100_000, zipfile.ZIP_DEFLATED))
    assert "unpacks to 1 members of 100000 bytes" in error.message


@pytest.mark.parametrize("data", [b"PK", b"PK\5\6" + b"\0" * 18, b"PK\3\4 nonsense"])
def test_bytes_that_only_begin_like_an_archive_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "w.npz").write_bytes(data)
    with pytest.raises(DataError):
        load_model(tmp_path / "w.npz")


def test_a_member_that_is_no_array_is_refused() -> None:
    assert "not a NumPy array" in _refused(_member("weights.npy", b"hello")).message
