"""What the reader understood of a file, in words; and whether a person has to be asked."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from slp_core.data.table import Dialect, Table

SIGNS: Mapping[str, str] = MappingProxyType(
    {
        ",": "comma",
        ";": "semicolon",
        "\t": "tab",
        "|": "vertical bar",
        " ": "space",
        "\u00a0": "hard space",
        "\u202f": "narrow space",
        ".": "point",
        "'": "apostrophe",
        "’": "curly apostrophe",
        '"': "double quote",
        ":": "colon",
        "~": "tilde",
        "#": "hash",
    }
)
ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-8-sig": "UTF-8 with mark",
        "utf-16": "UTF-16",
        "utf-16-le": "UTF-16",
        "utf-16-be": "UTF-16 BE",
        "utf-32-le": "UTF-32",
        "utf-32-be": "UTF-32 BE",
        "cp1252": "Windows-1252",
        "iso8859-1": "Latin-1",
        "iso8859-2": "Latin-2",
        "iso8859-15": "Latin-9",
        "cp1250": "Windows-1250",
        "cp1251": "Windows-1251",
        "mac-roman": "Mac Roman",
        "gb18030": "GB 18030",
        "shift_jis": "Shift JIS",
    }
)
_FIELDS: tuple[tuple[str, str], ...] = (
    (r"separated by|separator is|separator right|of the first lines have", "delimiter"),
    (r"quotes", "quote"),
    (r"decimal mark|may be", "decimal"),
    (r"first line|second header", "header"),
)
_DOUBTFUL = ("mixed_column", "sparse_column", "second_table", "no_such_column")
_LEFT_OUT = ("ragged", "quote", "nul")
_MANY = 0.05
_MIXED = 0.1


def sign_word(sign: str) -> str:
    """A sign by its name, where it has one."""
    return SIGNS.get(sign, f"“{sign}”")


def encoding_word(name: str) -> str:
    """An encoding as people know it."""
    try:
        usual = codecs.lookup(name).name
    except LookupError:
        return name
    return ENCODINGS.get(usual, usual)


def size_text(table: Table) -> str:
    """For example "1,234 rows × 5 columns"."""
    rows, columns = table.rows, len(table.columns)
    return f"{_count(rows, 'row')} × {_count(columns, 'column')}"


def form_words(table: Table) -> list[str]:
    """How the file is written: separator, decimal and thousands signs, names, encoding."""
    dialect = table.dialect
    words = [f"{sign_word(dialect.delimiter)}s"] if len(table.columns) > 1 else ["one column"]
    words += _number_words(dialect)
    words.append(_names_word(dialect))
    if dialect.comment:
        words.append(f"comments after {dialect.comment}")
    if table.path is not None and dialect.encoding != "utf-8":
        words.append(encoding_word(dialect.encoding))
    return words


def form_text(table: Table) -> str:
    """`form_words` as one sentence."""
    return sentence(", ".join(form_words(table)))


def problems_text(table: Table) -> str:
    """For example "3 problems"; empty if there is none."""
    count = sum(problem.count for problem in table.problems)
    return _count(count, "problem") if count else ""


def sentence(text: str) -> str:
    """A note of the reader as a sentence: a capital in front, a full stop behind."""
    if not text:
        return ""
    end = "" if text.endswith((".", "?", "!")) else "."
    return f"{text[:1].upper()}{text[1:]}{end}"


def doubt_field(doubt: str) -> str | None:
    """The field of `ReadingOptions` that settles a doubt of the reader."""
    return next((field for words, field in _FIELDS if re.search(words, doubt)), None)


def needs_asking(table: Table) -> bool:
    """Whether a person should look before the table is used.

    So it is if the reader says that it could have decided otherwise, if a column is neither
    clearly numbers nor clearly text, if a row may be shifted, if a second table follows, or if
    more than one row in twenty had to be left out. A table without a file was made here.
    """
    if not table.dialect.sure or any(p.kind in _DOUBTFUL for p in table.problems):
        return True
    left_out = sum(p.count for p in table.problems if p.kind in _LEFT_OUT)
    if left_out > _MANY * (table.rows + left_out):
        return True
    unread: Counter[object] = Counter()
    for problem in table.problems:
        if problem.kind == "not_a_number":
            unread[problem.column] += problem.count
    return any(count > max(1, _MIXED * table.rows) for count in unread.values())


def _number_words(dialect: Dialect) -> list[str]:
    words = ["decimal comma"] if dialect.decimal == "," else []
    if dialect.decimal == "." and dialect.delimiter != ",":
        words = ["decimal point"]
    if dialect.thousands:
        words.append(f"{sign_word(dialect.thousands)}s between thousands")
    return words


def _names_word(dialect: Dialect) -> str:
    lines = dialect.header_lines
    if not dialect.header:
        return "no names"
    if len(lines) > 1:
        return f"names in lines {lines[0]} to {lines[-1]}"
    return f"names in line {lines[0]}" if lines else "names found"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
