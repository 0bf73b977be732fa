"""Separator, quote, comment sign and header, judged by a few lines."""

from __future__ import annotations

import pytest

from slp_core.data.dialect import Choice, choose
from slp_core.data.header import Heading, find_heading
from slp_core.data.numerals import Numerals


def judged(text: str, **told: str) -> Choice:
    choice = choose(
        text.split("\n"), 1, told.get("delimiter"), told.get("quote"), told.get("comment")
    )
    assert choice is not None
    return choice


def heading(text: str, header: bool | None = None) -> Heading:
    found = find_heading(judged(text).best, text.split("\n"), 1, Numerals(), header)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "delimiter", "width"),
    [
        ("a,b\n1,2\n3,4", ",", 2),
        ("a;b\n1,5;2,5\n3,5;4,5", ";", 2),
        ("a\tb c\n1\t2 x\n3\t4 y", "\t", 2),
        ("a|b\n1|2,0\n3|4,0", "|", 2),
        ("a  b\n1  2\n3   4", " ", 2),
        ("name\nann\nbob\ncid", ",", 1),
        ("city,state\nNew York,NY\nLos Angeles,CA", ",", 2),
        ("a;b\nx, y;1\nz, w;2", ";", 2),
        ('t,n\n"a;b;c",1\n"d;e;f",2', ",", 2),
        ("2024-01-01 10:00,1.5\n2024-01-02 11:00,2.5", ",", 2),
    ],
)
def test_the_separator_is_found(text: str, delimiter: str, width: int) -> None:
    best = judged(text).best
    assert (best.signs.delimiter, best.width) == (delimiter, width)


def test_a_close_rival_leaves_a_doubt() -> None:
    doubts = judged("5,62;0,59\n2,47;0,49\n4,52;8,28").doubts
    assert any("comma" in doubt and "semicolon" in doubt for doubt in doubts)
    assert not judged("a,b\n1.5,2.5\n3.5,4.5").doubts


def test_prose_is_doubtful() -> None:
    text = "Dear all, please note\nthat, as you know, the, list\nis empty, sorry\n\nyours, me, x, y"
    assert any("only 50 %" in doubt for doubt in judged(text).doubts)


def test_lines_that_never_agree_are_no_table() -> None:
    texts = ["a" + ",b" * k for k in range(1, 30)]
    assert choose(texts, 1, None, None, None) is None


def test_what_is_told_is_obeyed() -> None:
    best = judged("a;b,c\n1;2,3", delimiter=",", quote="", comment="").best
    assert (best.signs.delimiter, best.signs.quote, best.signs.comment) == (",", "", "")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("# made by us\na,b\n1,2\n3,4", "#"),
        ("a,b\n% note\n1,2\n3,4\n5,6", "%"),
        ("// note\na,b\n1,2\n3,4", "//"),
        ("c,n\n#ff0000,1\n#00ff00,2\n#0000ff,3", ""),
        ("c,n\n#1,1\n2,2\n3,3\n#4,4\n5,5\n6,6", ""),
    ],
)
def test_the_comment_sign(text: str, sign: str) -> None:
    assert judged(text).best.signs.comment == sign


@pytest.mark.parametrize(
    ("text", "names", "sure"),
    [
        ("a,b\n1,2\n3,4", ("a", "b"), True),
        ("1,2\n3,4\n5,6", None, True),
        ("5,6,x\n1,2,y\n3,4,x\n1,1,y", None, True),
        ("2019,2020,r\n1.5,2.5,x\n3.5,4.5,y\n1.1,1.2,x\n2.1,2.2,y", ("2019", "2020", "r"), False),
        ("first,last\nann,b\ncid,d", ("first", "last"), False),
        ("kind,size\ns,m\nm,s\ns,m\nm,s", ("kind", "size"), True),
        ("s,m\nm,s\ns,m\nm,s\ns,m", None, True),
        (",a\n0,1\n1,2", ("", "a"), True),
    ],
)
def test_names_or_data(text: str, names: tuple[str, ...] | None, sure: bool) -> None:
    found = heading(text)
    assert found.names == names
    assert (not found.doubts) == sure


def test_the_user_decides_about_the_header() -> None:
    assert heading("1,2\n3,4", header=True).names == ("1", "2")
    assert heading("a,b\n3,4", header=False).names is None
    assert not heading("1,2\n3,4", header=True).doubts


def test_lines_above_the_table_are_no_header() -> None:
    found = heading("Report, of the year\n\na,b,c\n1,2,3\n4,5,6")
    assert (found.names, found.header_lines, found.data_line) == (("a", "b", "c"), (3,), 4)
