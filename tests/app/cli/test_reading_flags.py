"""Options that say how a file is written: the same for every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.parser import parse
from app.cli.reading_flags import told_origin
from app.cli.window import window_options
from app.origins import FileOrigin
from slp_core.data.reading_options import ReadingOptions
from tests.app.cli.conftest import Run, write_csv

WORDS = [
    *("--encoding", "latin-1", "--delimiter", ";", "--decimal", ",", "--thousands", "."),
    *("--quote", "'", "--comment", "#", "--skip", "2", "--no-header", "--missing-words", "x,?"),
    *("--kind", "a=text", "--kind", "b=c=number"),
]
TOLD = ReadingOptions(
    "latin-1", ";", ",", ".", "'", "#", header=False, skip=2, missing=("x", "?"),
    kinds=(("a", "text"), ("b=c", "number")),
)  # fmt: skip


@pytest.mark.parametrize(
    "words", [["inspect", "d.csv"], ["train", "d.csv"], ["predict", "w.json", "d.csv"], ["d.csv"]]
)
def test_every_command_takes_them(words: list[str]) -> None:
    assert told_origin(parse([*words, *WORDS])) == FileOrigin("d.csv", TOLD)
    assert told_origin(parse(words)) == FileOrigin("d.csv")


def test_the_window_opens_the_file_as_told(flowers: Path) -> None:
    launch = window_options(parse([str(flowers), "--delimiter", ";", "--header"]))
    assert launch.origin == FileOrigin(str(flowers), ReadingOptions(delimiter=";", header=True))


def test_no_sign_at_all_is_an_empty_word() -> None:
    origin = told_origin(parse(["inspect", "d.csv", "--quote", "", "--thousands", ""]))
    assert origin == FileOrigin("d.csv", ReadingOptions(quote="", thousands=""))


def test_what_is_told_is_obeyed(run: Run, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", "a,b", ["1,2", "3,4"])
    seen = run("inspect", table, "--no-header", "--json").json
    assert (seen["header"], seen["rows"]) == (False, 3)
    seen = run("inspect", table, "--delimiter", "semicolon", "--json").json
    assert len(seen["columns"]) == 1
    seen = run("inspect", table, "--kind", "a=text", "--skip", "0", "--json").json
    assert [column["kind"] for column in seen["columns"]] == ["text", "number"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--decimal", "x"), "--decimal"),
        (("--delimiter", "ab"), "--delimiter"),
        (("--kind", "a=date"), "--kind"),
        (("--kind", "a"), "size=number"),
        (("--skip", "-1"), "--skip"),
        (("--skip", "many"), "number of lines"),
        (("--encoding", "klingon"), "klingon"),
    ],
)
def test_what_cannot_be_is_named(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run("inspect", write_csv(tmp_path / "t.csv", "a,b", ["1,2", "3,4"]), *words)
    assert done.code == 2
    assert said in done.err


@pytest.mark.parametrize("words", [["inspect", "sample:iris"], ["sample:iris"]])
def test_a_built_in_set_is_not_read_from_a_file(run: Run, words: list[str]) -> None:
    done = run(*words, "--delimiter", ";")
    assert done.code == 2
    assert "--delimiter" in done.err
