from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.dialogs.import_choices import LABELS
from app.origins import FileOrigin
from app.settings import Settings
from app.theme import THEMES, apply
from tests.app.dialogs.import_examples import CSV, opened

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|grabbing the keyboard|raise()")

KEY = Qt.Key


def test_the_size_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "s.ini")
    dialog = opened(qtbot, "01_simple.csv", settings=settings)
    dialog.resize(740, 520)
    QTest.keyClick(dialog, KEY.Key_Escape)
    again = opened(qtbot, "01_simple.csv", settings=settings)
    assert (again.width(), again.height()) == (740, 520)


def test_every_control_has_a_name_a_tip_and_a_key(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "two_tables.csv")
    stops: list[QWidget] = []
    widget: QWidget | None = dialog.nextInFocusChain()
    while widget is not None and widget is not dialog:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(widget)
        widget = widget.nextInFocusChain()
    wanted = [dialog.choices.field(name) for name in ("encoding", "header", "skip", "missing")]
    wanted += [dialog.views.preview, dialog.views.bar.kind, dialog.views.bar.role]
    wanted += [dialog.views.problems.view, dialog.open_button]
    assert [each for each in wanted if each not in stops] == []
    bar = dialog.views.bar
    for field in (*map(dialog.choices.field, LABELS), bar.kind, bar.role):
        assert field.accessibleName()
        assert field.toolTip()
    for button in dialog.findChildren(QPushButton):
        assert button.toolTip() or button.text().replace("&", "") == "Cancel"


def test_mnemonics_are_unique(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "01_simple.csv")
    texts = [label.text() for label in dialog.findChildren(QLabel) if "&" in label.text()]
    texts += [button.text() for button in dialog.findChildren(QPushButton)]
    texts += [dialog.views.tabs.tabText(k) for k in range(3)]
    keys = [text[text.index("&") + 1].upper() for text in texts if "&" in text]
    assert len(keys) > 10
    assert len(keys) == len(set(keys)), sorted(keys)


@pytest.mark.parametrize("key", ["dark", "projector"])
def test_it_fits_a_small_screen_in_large_type(qtbot: QtBot, qapp: QApplication, key: str) -> None:
    apply(qapp, THEMES[key])
    dialog = opened(qtbot, "two_tables.csv")
    least = dialog.minimumSizeHint()
    assert least.width() <= 1000
    assert least.height() <= 700
    apply(qapp, THEMES["light"])


def test_awkward_files_are_shown_or_refused_in_place(qtbot: QtBot) -> None:
    shown = refused = 0
    files = sorted(path for path in CSV.glob("*/*") if path.suffix != ".json" and path.is_file())
    for path in files[::3]:  # test_import_reading takes all of them
        dialog = opened(qtbot, FileOrigin(str(path)))
        views = dialog.views
        views.tabs.setCurrentIndex(1 if views.tabs.isTabEnabled(1) else 0)
        if dialog.table() is None:
            refused += 1
            assert views.stack.currentWidget() is views.refusal, path.name
            assert views.refusal.text.text(), path.name
            assert views.refusal.hint.text(), path.name
            assert not dialog.open_button.isEnabled(), path.name
        else:
            shown += 1
            table = dialog.table()
            assert table is not None
            assert views.bar.contents.text(), path.name
            assert dialog.verdict.text(), path.name
            assert (dialog.views.problems.isHidden()) == (not table.problems), path.name
        dialog.close()
    assert shown > 20
    assert refused > 2
