"""Files that cannot be read, that change meanwhile, or that nobody wants any more."""

from __future__ import annotations

import gzip
import os
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.data import opening
from slp_core.data.opening import os_error
from slp_core.data.reader import read_csv
from slp_core.errors import ConfigError, DataError

SMALL = "a,b\n1,2\n3,4\n"
LARGE = "a,b\n" + "1.25,2.5\n" * 150_000


def refused(path: Path | str, **options: Any) -> DataError:
    with pytest.raises(DataError) as caught:
        read_csv(path, **options)
    assert caught.value.hint
    assert caught.value.path is not None
    return caught.value


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    error = refused(tmp_path / "nowhere.csv")
    assert error.code == "csv.missing"
    assert "nowhere.csv" in error.message


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(SMALL)
    assert refused(tmp_path / "data.csv" / "more.csv").code == "csv.missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "csv.directory"


def test_an_impossible_name_is_refused() -> None:
    assert refused("data\0.csv").code == "csv.missing"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_a_device_is_refused_without_reading_it() -> None:
    assert refused("/dev/zero").code == "csv.not_a_file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert refused(tmp_path / "pipe.csv").code == "csv.not_a_file"


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(SMALL)
    path.chmod(0)
    try:
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
        assert refused(path).code == "csv.permission"
    finally:
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FileNotFoundError(2, "gone"), "csv.missing"),
        (PermissionError(13, "no"), "csv.permission"),
        (OSError(5, "Input/output error"), "csv.unreadable"),
    ],
)
def test_refusals_of_the_system_are_put_into_words(error: OSError, code: str) -> None:
    told = os_error(Path("data.csv"), error)
    assert told.code == code
    assert "data.csv" in told.message
    assert told.hint


def test_a_file_that_vanishes_between_passes(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(SMALL)

    def remove(_: float) -> None:
        path.unlink(missing_ok=True)

    assert refused(path, progress=remove).code in ("csv.missing", "csv.changed")


def test_a_file_that_changes_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(SMALL)

    def rewrite(_: float) -> None:
        path.write_text("a,b\n5,6\n")

    assert refused(path, progress=rewrite).code == "csv.changed"


def test_what_is_appended_meanwhile_is_not_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(SMALL)
    appended: list[float] = []

    def append(share: float) -> None:
        if not appended:
            appended.append(share)
            with path.open("a") as file:
                file.write("5,6\n")

    table = read_csv(path, progress=append)
    assert table.rows == 2
    assert any("appended" in note for note in table.notes)


def test_progress_grows_from_0_to_1(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(LARGE)
    shares: list[float] = []
    read_csv(tmp_path / "data.csv", progress=shares.append)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 5


@pytest.mark.parametrize("after", [0, 1, 4])
def test_cancelling_stops_between_blocks(tmp_path: Path, after: int) -> None:
    (tmp_path / "data.csv").write_text(LARGE)
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(DataError) as caught:
        read_csv(tmp_path / "data.csv", cancelled=cancelled)
    assert caught.value.code == "cancelled"
    assert len(asked) == after + 1


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "UNPACKED_FREE", 1 << 20)
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"1,2\n" * (2 << 20)))
    assert refused(path).code == "csv.unpacks_too_large"


def test_gzip_by_content_whatever_the_name(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes(gzip.compress(SMALL.encode()))
    assert read_csv(path).rows == 2


def test_a_line_of_many_megabytes_is_no_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slp_core.data.blocks.LONGEST_LINE", 1 << 19)
    (tmp_path / "data.csv").write_text("1" * (1 << 21))
    assert refused(tmp_path / "data.csv").code == "csv.line_too_long"


def test_more_columns_than_can_be_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slp_core.data.layout.WIDEST", 50)
    (tmp_path / "data.csv").write_text(",".join("1" * 60) + "\n")
    assert refused(tmp_path / "data.csv").code == "csv.too_many_columns"


def test_more_than_the_memory_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("slp_core.data.memory._physical_memory", lambda: 16)
    (tmp_path / "data.csv").write_text(SMALL)
    error = refused(tmp_path / "data.csv")
    assert error.code == "csv.too_large"
    assert "rows and 2 columns" in error.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("delimiter", ""),
        ("delimiter", "ab"),
        ("delimiter", "§"),
        ("delimiter", "."),
        ("decimal", ";"),
        ("quote", "x"),
        ("thousands", "00"),
        ("comment", "  "),
        ("skip", -1),
        ("dtype", np.int32),
    ],
)
def test_options_that_cannot_be_are_named(tmp_path: Path, field: str, value: object) -> None:
    (tmp_path / "data.csv").write_text(SMALL)
    with pytest.raises(ConfigError) as caught:
        read_csv(tmp_path / "data.csv", **{field: value})  # pyright: ignore[reportArgumentType] -- that is the test
    assert caught.value.field == field
    assert caught.value.allowed


def test_an_unknown_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text(SMALL)
    assert refused(tmp_path / "data.csv", encoding="klingon").code == "csv.encoding"
    assert refused(tmp_path / "data.csv", encoding="rot13").code == "csv.encoding"


def test_a_wrong_encoding_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_bytes(b"a,b\n1,2\n3,\xff\n")
    error = refused(tmp_path / "data.csv", encoding="utf-8")
    assert (error.code, error.line) == ("csv.undecodable", 3)


def test_told_options_are_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_bytes("x;y\nß;1,5\n!ä;2,5\n".encode("latin-1"))
    table = read_csv(
        path, encoding="latin-1", delimiter="semicolon", decimal=",", header=False, comment="!"
    )
    assert table.names == ("column 1", "column 2")
    assert table.column("column 1").texts().tolist() == ["x", "ß"]
    assert table.dialect.comment == "!"
    assert read_csv(path, skip=1, header=False, encoding="latin-1").rows == 2


def test_told_missing_tokens_replace_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text("a,b\n1,2\n-999,3\nNA,4\n5,6\n7,8\n9,9\n")
    column = read_csv(path, missing=["-999"]).column("a")
    assert column.missing == 2
    assert np.isnan(column.values[1])
    assert read_csv(path).column("a").values[1] == -999
