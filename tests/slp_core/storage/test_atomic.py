from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from slp_core.errors import DataError
from slp_core.storage.atomic import write_bytes, write_text, writing

as_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)


def test_text_is_written_with_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "ä\n\u2028b\r\n")
    assert path.read_bytes() == "ä\n\u2028b\r\n".encode()


def test_half_a_surrogate_pair_is_escaped(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "x\udc81")
    assert (tmp_path / "a.txt").read_bytes() == b"x\\udc81"


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_bytes(tmp_path / "new", b"")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), writing(path) as file:
        file.writelines([b"half of it", "not bytes"])  # type: ignore[list-item] - wrong on purpose
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]  # noqa: PTH208 - names are compared


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(DataError, match="disk is full") as caught, writing(path):
        raise OSError(28, "No space left on device")
    assert caught.value.code == "file.unwritable"
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no/such/folder/a.json", "folder does not exist"),
        ("file/a.json", "part of the path is a file"),
        ("folder", "it is a folder"),
        ("x" * 300, "name is too long"),
    ],
)
def test_places_that_cannot_be_written_are_refused_in_words(
    tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(DataError, match=reason) as caught:
        write_bytes(tmp_path / name, b"x")
    assert caught.value.path == tmp_path / name


@as_root
def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o400)
    with pytest.raises(DataError, match="permission"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"


@as_root
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DataError, match="permission"):
            write_bytes(tmp_path / "a", b"new")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    target = tmp_path / "folder" / "target"
    target.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(target)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no such device")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_bytes("/dev/null", b"x")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_name_with_nul_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        write_bytes(tmp_path / "a\0b", b"x")
