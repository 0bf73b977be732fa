"""Spoilt and hostile files: a table or a sentence, soon, and in bounded memory."""

from __future__ import annotations

import gzip
import random
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slp_core.data.reader import read_csv
from slp_core.errors import DataError
from tests.slp_core.data.test_reader_round_trip import QUICK, read_anything

CSV = Path(__file__).parents[2] / "data" / "csv"
VALID = [
    path.read_bytes()
    for path in sorted((*(CSV / "own").iterdir(), *(CSV / "cases").iterdir()))
    if path.is_file() and path.suffix != ".json" and 0 < path.stat().st_size < 20_000
]
MB = 1 << 20


def _flip(data: bytearray, other: bytes, dice: random.Random) -> None:
    data[dice.randrange(len(data))] = dice.randrange(256)


def _cut(data: bytearray, other: bytes, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.randrange(1, 200)]


def _repeat(data: bytearray, other: bytes, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    data[start:start] = data[start : start + dice.randrange(1, 200)] * dice.randrange(1, 5)


def _insert_sign(data: bytearray, other: bytes, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    data[start:start] = dice.choice([b'"', b"'", b",", b";", b"\r", b"\n", b"\0", b"#", b"\xff"])


def _splice(data: bytearray, other: bytes, dice: random.Random) -> None:
    start = dice.randrange(len(data))
    data[start:start] = other[dice.randrange(len(other)) :][: dice.randrange(1, 400)]


SPOIL: tuple[Callable[[bytearray, bytes, random.Random], None], ...] = (
    _flip, _cut, _repeat, _insert_sign, _splice,
)  # fmt: skip


@given(
    which=st.integers(0, len(VALID) - 1),
    other=st.integers(0, len(VALID) - 1),
    count=st.integers(1, 12),
    dice=st.randoms(use_true_random=False),
)
@settings(QUICK, max_examples=300)
def test_spoilt_files(
    which: int, other: int, count: int, dice: random.Random, tmp_path: Path
) -> None:
    data = bytearray(VALID[which])
    for _ in range(count):
        if data:
            dice.choice(SPOIL)(data, VALID[other], dice)
    read_anything(tmp_path / "data.csv", bytes(data))


# Each costs a careless reader time or memory that grows faster than the file.
HOSTILE = {
    "a quote opened on every line": b"1,2\n" * 3000 + b'a,"b\n' * 6000,
    "a quote opened now and then": (b'a,"b\n' + b"1,2\n" * 250) * 40,
    "nothing but quotes": b'"\n' * 12_000,
    "two quotes in a cell": b'5" pipe,3\n' * 6000,
    "one long quoted cell": b'"' + b'""' * 100_000 + b'",1\n',
    "every text its own": b"a,b\n" + b"".join(b"w%d,%d\n" % (k, k) for k in range(6000)),
    "thousands of columns": (b"1," * 1500 + b"1\n") * 12,
    "one more cell in every line": b"".join(b"1," * k + b"1\n" for k in range(500)),
    "separators": b";" * 200_000,
    "digits": b"1" * 200_000,
    "blank lines": b"1,2\n\n\n\n" * 6000,
    "returns of all kinds": b"1,2\r\n\r3,4\n\r" * 6000,
    "spaces": b"1" + b" " * 100_000 + b"2\n" + b"3 4\n" * 1000,
    "a header for nothing": b"a,b\n" + b"\0" * 100 + b"1,2\n" * 30_000,
    "bytes of no encoding": b"\xff\xfe1,\xd8\n" * 20_000,
    "no numbers among numbers": b"1,2\n1,2\nx,2\n3,4\n" * 4000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_memory_stays_in_proportion(name: str, tmp_path: Path) -> None:
    data = HOSTILE[name]
    tracemalloc.start()
    try:
        read_anything(tmp_path / "data.csv", data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 40 * MB + 60 * len(data)


def packed(folder: Path, data: bytes, spoil: Callable[[bytes], bytes] = bytes) -> Path:
    path = folder / "data.csv.gz"
    path.write_bytes(spoil(gzip.compress(data, 1)))
    return path


ROWS = b"a,b\n" + b"1,2\n" * 1000


LIES: dict[str, Callable[[bytes], bytes]] = {
    "half of it": lambda packed: packed[: len(packed) // 2],
    "one byte short": lambda packed: packed[:-1],
    "another checksum": lambda packed: packed[:-8] + bytes(4) + packed[-4:],
    "another length": lambda packed: packed[:-4] + b"\x07\0\0\0",
    "spoilt inside": lambda packed: packed[:14] + b"\xff" * 6 + packed[20:],
    "more behind it": lambda packed: packed + b"and more",
}


@pytest.mark.parametrize("lie", LIES)
def test_a_gzip_file_that_lies_is_refused(lie: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_csv(packed(tmp_path, ROWS, LIES[lie]))
    assert caught.value.code == "csv.damaged_gzip"
    assert caught.value.hint


def test_several_gzip_members_are_one_file(tmp_path: Path) -> None:
    assert (
        read_csv(packed(tmp_path, ROWS, lambda data: data + gzip.compress(b"3,4\n"))).rows == 1001
    )


def test_a_picture_in_a_gzip_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="PNG") as caught:
        read_csv(packed(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(100)))
    assert caught.value.code == "csv.foreign"


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"1,2\n" * (20 * MB), "csv.unpacks_too_large"), (b"1" * (40 * MB), "csv.line_too_long")],
    ids=["rows", "one line"],
)
def test_a_gzip_bomb_takes_little_memory(data: bytes, code: str, tmp_path: Path) -> None:
    path = packed(tmp_path, data)
    tracemalloc.start()
    try:
        with pytest.raises(DataError) as caught:
            read_csv(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert caught.value.code == code
    assert peak < 100 * MB
