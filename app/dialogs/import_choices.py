"""Everything that can be settled about how a file is written; each starts as "Automatic"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.dialogs.import_fields import NONE, SignBox, WordsField
from app.panels.choice_box import Option
from app.panels.form import Form, Heading
from app.panels.number_field import NumberField
from app.panels.number_text import Limits
from app.panels.understood_words import doubt_field, encoding_word, sign_word
from app.theme import GRID
from slp_core.data.reading_options import ReadingOptions
from slp_core.data.table import Dialect

FIRST, NO_NAMES = "first", "no"
MOST_SKIPPED = 1_000_000_000
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "encoding": "&Encoding",
        "delimiter": "&Separator",
        "decimal": "&Decimal sign",
        "thousands": "&Thousands",
        "quote": "&Quotes",
        "comment": "Co&mments",
        "header": "Column &names",
        "skip": "Skip &lines",
        "missing": "M&issing",
    }
)
"""The fields of `ReadingOptions` in words, in their order on the screen."""
_ENCODINGS = (
    "utf-8",
    "utf-16",
    "cp1252",
    "iso8859-1",
    "iso8859-15",
    "cp1250",
    "iso8859-2",
    "cp1251",
    "mac-roman",
    "gb18030",
    "shift_jis",
)
_TIPS = {
    "encoding": "Which characters the bytes of the file stand for: look at the accents.",
    "delimiter": "The sign between two cells of a line.",
    "decimal": "The sign before the decimals of a number.",
    "thousands": "The sign that groups the digits of large numbers.",
    "quote": "The sign around cells that hold the separator or a new line.",
    "comment": "Lines that begin with this are passed over.",
    "header": "Whether a line of names stands above the rows.",
}
_NO_SIGN = Option(NONE, "None", "The file has no such sign.")


def _signs(text: str, none: bool = False) -> tuple[Option, ...]:
    options = tuple(Option(s, _label(s), f"The {sign_word(s)}.") for s in text)
    return (*options, _NO_SIGN) if none else options


def _label(sign: str) -> str:
    word = sign_word(sign)
    named = f"{word[:1].upper()}{word[1:]}"
    return named if sign.isspace() or word.startswith("“") else f"{named}  {sign}"


_OPTIONS: Mapping[str, tuple[Option, ...]] = MappingProxyType(
    {
        "encoding": tuple(Option(e, encoding_word(e), f"Read as {e}.") for e in _ENCODINGS),
        "delimiter": _signs(",;\t| :~"),
        "decimal": _signs(".,"),
        "thousands": _signs(",.'’ \u00a0\u202f", none=True),
        "quote": _signs("\"'", none=True),
        "comment": (
            *(Option(s, s, f"Lines that begin with {s}.") for s in ("#", "%", "//", ";", "!")),
            Option(NONE, "None", "Every line is part of the table."),
        ),
        "header": (
            Option(FIRST, "In the first line", "The first line of the table gives the names."),
            Option(NO_NAMES, "None", "The first line is data; columns are numbered."),
        ),
    }
)


class ReadingChoices(QWidget):
    """A function of one `ReadingOptions`; kinds of columns are settled elsewhere and kept."""

    value_changed = Signal(object)
    """The new `ReadingOptions`, after an edit by a person."""
    reset_asked = Signal()
    """Everything is to be left to the reader again, kinds and roles of columns too."""

    def __init__(self) -> None:
        super().__init__()
        self._value = ReadingOptions()
        self._roles_chosen = False
        self.boxes = {
            name: SignBox(_TIPS[name], options, other=name == "delimiter")
            for name, options in _OPTIONS.items()
        }
        self.skip = NumberField(_skip_limits(""), "Lines to pass over at the top of the file.")
        self.missing = WordsField(
            "Words that mean “no value”, separated by commas; the empty cell always does.",
            "auto: NA, ?, -, null …",
        )
        self.reset = QPushButton("Reset to a&utomatic")
        self.reset.setToolTip(
            "Leave everything to the reader again, kinds and roles of columns too."
        )
        self._lay_out()
        for box in self.boxes.values():
            box.value_changed.connect(self._edited)
        self.skip.value_changed.connect(self._edited)
        self.missing.value_changed.connect(self._edited)
        self.reset.clicked.connect(self.reset_asked)
        self.set_value(self._value)

    def value(self) -> ReadingOptions:
        """What is settled."""
        return self._value

    def set_value(self, value: ReadingOptions) -> None:
        """Show decisions; says nothing."""
        self._value = value
        for name, box in self.boxes.items():
            if name == "header":
                names = {True: FIRST, False: NO_NAMES}
                box.set_value(None if value.header is None else names[value.header])
            else:
                box.set_value(getattr(value, name))
        self.skip.set_value(value.skip)
        self.missing.set_value(value.missing)
        self._allow_reset()

    def set_roles_chosen(self, chosen: bool) -> None:
        """Whether a person has chosen roles of columns, which "Reset" gives up too."""
        self._roles_chosen = chosen
        self._allow_reset()

    def set_found(self, dialect: Dialect | None, pasted: bool) -> None:
        """Say beside "Automatic" what the reader found, and mark what it doubts."""
        doubts = dialect.doubts if dialect is not None else ()
        for name, box in self.boxes.items():
            settled = box.value() is not None
            box.set_found("" if dialect is None or settled else _found(dialect, name))
            reasons = [doubt for doubt in doubts if doubt_field(doubt) == name]
            box.set_doubt(". ".join(reasons))
        skipped = dialect.skip if dialect is not None and self._value.skip is None else 0
        self.skip.set_limits(_skip_limits(f" ({skipped:,})" if skipped else ""))
        self.boxes["encoding"].setEnabled(not pasted)

    def field(self, name: str) -> QWidget:
        """The field that settles a decision."""
        if name in self.boxes:
            return self.boxes[name].box
        return self.skip if name == "skip" else self.missing

    def _lay_out(self) -> None:
        form = Form()
        for name, label in LABELS.items():
            if name in self.boxes:
                form.row(label, self.boxes[name], self.boxes[name].box)
            else:
                form.row(label, self.field(name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(Heading("data", "How the file is written"))
        column.addWidget(form)
        self.reset.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addWidget(self.reset)
        column.addStretch(1)

    @Slot()
    def _edited(self) -> None:
        signs = {name: box.value() for name, box in self.boxes.items() if name != "header"}
        header = {None: None, FIRST: True, NO_NAMES: False}[self.boxes["header"].value()]
        skip = self.skip.value()
        self._value = replace(
            self._value,
            **signs,  # type: ignore[arg-type]  # names of fields, all of them texts
            header=header,
            skip=None if skip is None else int(skip),
            missing=self.missing.value(),
        )
        self._allow_reset()
        self.value_changed.emit(self._value)

    def _allow_reset(self) -> None:
        self.reset.setEnabled(self._roles_chosen or self._value != ReadingOptions())


def _skip_limits(found: str) -> Limits:
    return Limits(low=0, high=MOST_SKIPPED, whole=True, empty=f"auto{found}", ladder="one")


def _found(dialect: Dialect, name: str) -> str:
    """What the reader found, in a word or two."""
    if name == "encoding":
        return encoding_word(dialect.encoding)
    if name == "header":
        lines = dialect.header_lines
        return f"line {lines[0]}" if lines else "above" if dialect.header else "none"
    sign: str | None = getattr(dialect, name)
    if name in ("quote", "comment"):
        return sign or "none"
    return sign_word(sign) if sign else "none"
