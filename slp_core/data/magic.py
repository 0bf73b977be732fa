"""Files that are no text tables, recognised by their first bytes and refused by name."""

from __future__ import annotations

import re
from pathlib import Path

from slp_core.errors import DataError

_SHEET = "Open it in the spreadsheet program and save it as CSV UTF-8."
_UNPACK = "Unpack it and open the CSV file inside."
_EXPORT = "Export the table as CSV from the program that wrote it."
_FRAME = (
    "Write it as CSV, in Python: pandas.read_{}(FILE).to_csv('table.csv', index=False); "
    "then open table.csv."
)
_NO_TABLE = "Choose a text file with a table: .csv, .tsv, .txt, .data or .csv.gz."

# (first bytes, what it is, what to do)
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook or Office document", _SHEET),
    (b"\x89PNG", "a PNG picture", _NO_TABLE),
    (b"\xff\xd8\xff", "a JPEG picture", _NO_TABLE),
    (b"GIF8", "a GIF picture", _NO_TABLE),
    (b"RIFF", "a picture, sound or film", _NO_TABLE),
    (b"%PDF", "a PDF document", "Copy the table into a spreadsheet and save it as CSV UTF-8."),
    (b"{\\rtf", "an RTF document", "Copy the table into a spreadsheet and save it as CSV UTF-8."),
    (b"SQLite format 3", "an SQLite database", "Export one of its tables as CSV."),
    (b"PAR1", "a Parquet file", _FRAME.format("parquet")),
    (b"PARE", "an encrypted Parquet file", _EXPORT),
    (b"ARROW1", "an Arrow/Feather file", _FRAME.format("feather")),
    (b"FEA1", "a Feather file", _FRAME.format("feather")),
    (b"\x89HDF", "an HDF5 file", _EXPORT),
    (b"CDF\x01", "a NetCDF file", _EXPORT),
    (b"\x93NUMPY", "a NumPy array file", "Save it with numpy.savetxt(..., delimiter=',')."),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file", "Save it with writematrix or writetable."),
    (b"$FL2", "an SPSS file", _EXPORT),
    (b"<stata_dta>", "a Stata file", _EXPORT),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"\x1f\x8b", "a gzip archive inside a gzip archive", _UNPACK),
    (b"\x7fELF", "a program", _NO_TABLE),
)
_JSON = re.compile(rb'\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:[\[{]|"[^"\n]*"\s*[,\]]))')
_WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_XML = re.compile(rb"\s*<(?:\?xml|svg|!doctype)\b", re.I)
_ARFF = re.compile(rb"(?:\s*%[^\n]*\n)*\s*@relation\b", re.I)


def refuse_foreign(path: Path, head: bytes) -> None:
    """Raise `DataError` if ``head`` belongs to a known format that is not a text table."""
    found = _name_of(head)
    if found is None:
        return
    what, hint = found
    raise DataError(
        f"{path.name} is {what}, not a text table", code="csv.foreign", hint=hint, path=path
    )


def _name_of(head: bytes) -> tuple[str, str] | None:
    for signature, what, hint in _SIGNATURES:
        if head.startswith(signature):
            return what, hint
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_name(head)
    return _markup_name(head.removeprefix(b"\xef\xbb\xbf"))


def _zip_name(head: bytes) -> tuple[str, str]:
    if b"[Content_Types].xml" in head or b"xl/" in head:
        return "an Excel workbook (or another Office document)", _SHEET
    if b"opendocument" in head:
        return "an OpenDocument file", _SHEET
    return "a ZIP archive", _UNPACK


def _markup_name(head: bytes) -> tuple[str, str] | None:
    if _WEB_PAGE.match(head):
        return "a web page", "Download the data file itself, not the page that shows it."
    if _XML.match(head):
        return "an XML document", _EXPORT
    if _JSON.match(head):
        return "a JSON file", "Convert it to CSV first, one record per line."
    if _ARFF.match(head):
        return "a Weka ARFF file", _EXPORT
    return None
