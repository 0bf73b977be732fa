from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.panels import paste
from app.panels.paste import clipboard_text
from slp_core.data.reader import read_text
from slp_core.errors import DataError

CELLS = "x\ty\tclass\r\n1,5\t2\ta\r\n2,5\t3\tb\r\n"


def mime(text: str | None = None, csv: bytes | None = None) -> QMimeData:
    data = QMimeData()
    if text is not None:
        data.setText(text)
    if csv is not None:
        data.setData("text/csv", QByteArray(csv))
    return data


def refusal(data: QMimeData) -> DataError:
    with pytest.raises(DataError) as caught:
        clipboard_text(data)
    assert caught.value.hint
    return caught.value


def test_cells_of_a_spreadsheet_come_as_they_are(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(CELLS)
    text = clipboard_text()
    assert text == CELLS
    table = read_text(text)
    assert table.names == ("x", "y", "class")
    assert table.columns[0].cell(0) == 1.5


@pytest.mark.parametrize(
    "raw", [b"a,b\n1,2\n", b"\xef\xbb\xbfa,b\n1,2\n", "a,b\n1,2\n".encode("utf-16")]
)
def test_csv_is_taken_where_the_text_is_no_table(qtbot: QtBot, raw: bytes) -> None:
    assert clipboard_text(mime(None, raw)) == "a,b\n1,2\n"
    assert clipboard_text(mime("Sheet1", raw)) == "a,b\n1,2\n"
    assert clipboard_text(mime(CELLS, raw)) == CELLS


@pytest.mark.parametrize("text", ["", " \n ", None])
def test_nothing_to_paste(qtbot: QtBot, text: str | None) -> None:
    assert refusal(mime(text)).code == "paste.nothing"


@pytest.mark.parametrize("text", ["hello", "1\t2\t3\n", "\n\n1\n\n"])
def test_a_single_line_is_no_table(qtbot: QtBot, text: str) -> None:
    assert refusal(mime(text)).code == "paste.no_table"


def test_files_and_pictures_are_named(qtbot: QtBot) -> None:
    files = mime("file:///a.csv\nfile:///b.csv\n")
    files.setUrls([QUrl.fromLocalFile("/a.csv"), QUrl.fromLocalFile("/b.csv")])
    assert "file" in refusal(files).message
    picture = QMimeData()
    picture.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    assert "picture" in refusal(picture).message


def test_the_size_is_bounded(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paste, "LARGEST", 10)
    assert refusal(mime(CELLS)).code == "paste.too_large"


def test_the_end_that_windows_adds_is_taken_off(qtbot: QtBot) -> None:
    assert clipboard_text(mime("a\tb\n1\t2\n\0")) == "a\tb\n1\t2\n"
