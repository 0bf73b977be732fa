"""Reads a lesson from its file: JSON that a teacher can write.

How, is in ``resources/demonstrations/README.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from app.lessons.fields import Place
from app.lessons.lesson import Compared, Lesson, LessonStep
from app.lessons.parts import (
    read_changes,
    read_data,
    read_formula,
    read_origin,
    read_settings,
    read_views,
)
from app.resources import folder
from app.view_kinds import PANES
from slp_core.errors import DataError
from slp_core.training.config import TrainingConfig

FORMAT: Final = "perceptron-lab-lesson"
VERSION: Final = 1
SUFFIX: Final = ".json"
MOST_BYTES: Final = 1_000_000
MOST_STEPS: Final = 100
MOST_COMPARED: Final = 3
MOST_EPOCHS: Final = 100_000
WEIGHTS_SHOWN: Final = ("bars", "numbers", "history", "images")

DEMONSTRATIONS: Mapping[str, str] = MappingProxyType(
    {
        "question.derivatives": "derivatives.json",
        "question.pairs": "pairs.json",
        "question.ninety": "ninety.json",
    }
)
"""The file in ``resources/demonstrations`` that each command of the menu opens."""
_LESSON: Final = ("format", "version", "title", "question", "source", "steps")
_STEP: Final = (
    "text",
    "open",
    "data",
    "settings",
    "name",
    "compare",
    "turn_to",
    "views",
    "enlarge",
    "weights",
    "formula",
    "epochs",
    "play",
    "select",
)


def demonstration(key: str) -> Lesson:
    """A lesson that is shipped with the program."""
    return read_lesson(folder() / "demonstrations" / DEMONSTRATIONS[key])


def is_lesson(path: str | Path) -> bool:
    """Whether a file says of itself that it is a lesson; never fails."""
    path = Path(path)
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        with path.open("rb") as file:
            return f'"{FORMAT}"'.encode() in file.read(MOST_BYTES)
    except OSError:
        return False


def read_lesson(path: Path) -> Lesson:
    """Read a lesson and check every field of it.

    Raises
    ------
    DataError
        Something in it cannot be used: says where (``steps[2].settings.loss``) and what would do.
    OSError
        The file cannot be read.
    """
    return lesson_from(_parsed(path), path.parent)


def lesson_from(value: object, beside: Path) -> Lesson:
    """The lesson that parsed JSON says; the files it names are looked for ``beside`` it.

    Raises
    ------
    DataError
        As `read_lesson`.
    """
    top = Place("")
    fields = top.known(value, _LESSON)
    (top / "format").one_of(fields.get("format"), (FORMAT,))
    (top / "version").whole(fields.get("version"), VERSION, VERSION)
    rows = (top / "steps").rows(fields.get("steps"), MOST_STEPS)
    if not rows:
        raise (top / "steps").wrong("at least one step is needed")
    steps: list[LessonStep] = []
    before: Mapping[str, Any] = {}
    for number, row in enumerate(rows):
        place = (top / "steps")[number]
        before = _with_the_step_before(place.known(row, _STEP), before)
        steps.append(_step(place, before, beside))
    return Lesson(
        title=(top / "title").text(fields.get("title")),
        question=(top / "question").text(fields.get("question")),
        source=(top / "source").text(fields.get("source", ""), empty=True),
        steps=tuple(steps),
    )


def _with_the_step_before(own: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a step says, and where it says nothing what the step before has; other data begin anew.

    Runs beside the first, formula, epochs and rows are of one step alone.
    """
    names = ("views",) if "open" in own else ("open", "data", "settings", "views")
    return {**{name: before[name] for name in names if name in before}, **own}


def _step(place: Place, fields: Mapping[str, Any], beside: Path) -> LessonStep:
    if "open" not in fields:
        raise (place / "open").wrong("the first step has to say what is opened")
    origin = read_origin(place / "open", fields["open"], beside)
    settings = read_settings(place / "settings", fields.get("settings", {}), origin)
    compare = _compare(place / "compare", fields.get("compare", []), settings)
    turn, formula = fields.get("turn_to", ""), fields.get("formula")
    if turn:
        (place / "turn_to").one_of(turn, [row.name for row in compare if row.name] or ["nothing"])
    return LessonStep(
        text=(place / "text").text(fields.get("text")),
        origin=origin,
        data=read_data(place / "data", fields.get("data", {})),
        settings=settings,
        name=(place / "name").text(fields.get("name", ""), empty=True),
        compare=compare,
        turn_to=(place / "turn_to").text(turn, empty=True),
        views=read_views(place / "views", fields.get("views", {})),
        enlarge=(place / "enlarge").one_of(fields.get("enlarge", ""), ("", *PANES)),
        weights=(place / "weights").one_of(fields.get("weights", ""), ("", *WEIGHTS_SHOWN)),
        formula=None if formula is None else read_formula(place / "formula", formula),
        epochs=(place / "epochs").whole(fields.get("epochs", 0), 0, MOST_EPOCHS),
        play=(place / "play").switch(fields.get("play", False)),
        select=(place / "select").selected(fields.get("select", "")),
    )


def _compare(place: Place, value: object, settings: TrainingConfig) -> tuple[Compared, ...]:
    found: list[Compared] = []
    for number, row in enumerate(place.rows(value, MOST_COMPARED)):
        own = place[number]
        fields = own.known(row, ("name", "changes", "formula"))
        name = (own / "name").text(fields.get("name", ""), empty=True)
        formula = fields.get("formula")
        if name and name in {other.name for other in found}:
            raise (own / "name").wrong("another run is called that already")
        changes = read_changes(own / "changes", fields.get("changes", {}), settings)
        typed = None if formula is None else read_formula(own / "formula", formula)
        found.append(Compared(name=name, changes=changes, formula=typed))
    return tuple(found)


def _parsed(path: Path) -> object:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise DataError(
            f"{path.name} is too large for a lesson.",
            code="lesson.large",
            hint="A lesson has at most 1 MB; put its data into a file beside it.",
            path=path,
        )
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        code, hint = "lesson.encoding", "Save it as UTF-8."
        raise DataError(f"{path.name} is not UTF-8.", code=code, hint=hint, path=path) from error
    except RecursionError as error:
        message = f"{path.name} is nested too deeply."
        raise DataError(message, code="lesson.json", path=path) from error
    except json.JSONDecodeError as error:
        message = f"{path.name} is not JSON: {error.msg} in line {error.lineno}"
        hint = "Often a comma is missing, or there is one too many."
        code = "lesson.json"
        raise DataError(
            f"{message}.", code=code, hint=hint, path=path, line=error.lineno
        ) from error
    except ValueError as error:  # a number of too many digits
        message = f"{path.name} cannot be read: {error}."
        raise DataError(message, code="lesson.json", path=path) from error
