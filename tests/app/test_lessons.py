"""Reading lessons: what is taken, and how everything else is refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lessons.reading import (
    DEMONSTRATIONS,
    FORMAT,
    demonstration,
    is_lesson,
    lesson_from,
    read_lesson,
)
from app.origins import FileOrigin, SampleOrigin
from slp_core.errors import DataError

HERE = Path(__file__).parent


def lesson(*steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    first = {"text": "Look.", "open": "sample:two_gaussians"}
    return {
        "format": FORMAT,
        "version": 1,
        "title": "A title",
        "question": "Why?",
        "steps": [first, *steps] if not steps or "open" not in steps[0] else list(steps),
        **fields,
    }


def step(**fields: Any) -> dict[str, Any]:
    return {"text": "Look.", "open": "sample:two_gaussians", **fields}


def refusal(value: object) -> DataError:
    with pytest.raises(DataError) as caught:
        lesson_from(value, HERE)
    return caught.value


def test_a_whole_step_is_read() -> None:
    found = lesson_from(
        lesson(
            step(
                open={"sample": "moons", "points": 50, "noise": 0.2, "balance": 0.3, "seed": 4},
                data={
                    "degree": 3,
                    "scaling": "minmax",
                    "features": ["x1"],
                    "renames": {"A": "no"},
                },
                settings={"loss": "quadratic", "start": {"W": [[-8], [-8]], "b": [0]}},
                name="First",
                compare=[{"name": "Two", "changes": {"learning_rate": 0.1}}, {"changes": {}}],
                turn_to="Two",
                views={"main": "loss", "third": "decision"},
                enlarge="main",
                weights="bars",
                formula={"text": "dW = X.T @ (Z - Y) / N", "convention": "rows", "check": False},
                epochs=7,
                play=True,
                select=[3, 1],
            )
        ),
        HERE,
    )
    (one,) = found.steps
    assert one.origin == SampleOrigin("moons", 50, 0.2, 0.3, 4)
    assert (one.data.degree, one.data.features, one.data.renames) == (3, ("x1",), (("A", "no"),))
    assert one.settings.start is not None
    np.testing.assert_array_equal(one.settings.start.W, [[-8.0], [-8.0]])
    assert [row.name for row in one.compare] == ["Two", ""]
    assert one.compare[0].changes == {"learning_rate": 0.1}
    assert (one.views, one.enlarge) == ({"main": "loss", "third": "decision"}, "main")
    assert one.formula is not None
    assert not one.formula.check
    assert (one.epochs, one.play, one.select, one.turn_to) == (7, True, (3, 1), "Two")


def test_what_a_step_leaves_out_is_as_in_the_step_before() -> None:
    first = step(
        settings={"loss": "quadratic"}, data={"degree": 2}, epochs=5, views={"main": "roc"}
    )
    other = {"text": "Now.", "open": "sample:xor"}
    found = lesson_from(lesson(first, {"text": "And?"}, other), HERE).steps
    assert found[1].settings == found[0].settings
    assert (found[1].data, found[1].origin, found[1].views) == (
        found[0].data,
        found[0].origin,
        found[0].views,
    )
    assert found[1].epochs == 0
    assert found[2].data.degree == 1
    assert found[2].settings.loss is None
    assert found[2].views == found[0].views


def test_settings_start_from_those_usual_for_the_set() -> None:
    found = lesson_from(lesson(step(open="sample:saturated_start", settings={"seed": 3})), HERE)
    assert found.steps[0].settings.initializer == "saturated"
    assert found.steps[0].settings.seed == 3


def test_a_file_is_found_beside_the_lesson(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("a,b\n1,x\n2,y\n", encoding="utf-8")
    found = lesson_from(lesson(step(open="own.csv")), tmp_path)
    assert found.steps[0].origin == FileOrigin(str(tmp_path / "own.csv"))


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"colour": 1}, "steps[0].colour: no such field; allowed are text, open"),
    ({"text": " "}, "steps[0].text: must be a text"),
    ({"text": "x" * 3000}, "steps[0].text: at most 2,000 letters"),
    ({"open": "sample:cats"}, "steps[0].open: must be one of two_gaussians"),
    ({"open": "gone.csv"}, 'steps[0].open: there is no file "gone.csv" beside the lesson'),
    ({"open": str(Path(__file__).resolve())}, "steps[0].open: a file is named as"),
    ({"open": {"sample": "moons", "points": 2}}, "steps[0].open.points: must be a whole"),
    ({"open": {"sample": "iris", "seed": 2}}, "steps[0].open.seed: Iris has none to choose"),
    ({"open": {"sample": "moons", "noise": float("nan")}}, "steps[0].open.noise: must be a"),
    ({"data": {"scaling": "log"}}, "steps[0].data.scaling: must be one of none, standardize"),
    ({"data": {"features": "x1"}}, "steps[0].data.features: must be a list"),
    ({"data": {"features": ["x1", 2]}}, "steps[0].data.features[1]: must be a text"),
    ({"data": {"validation": True}}, "steps[0].data.validation: must be a number"),
    ({"data": {"renames": {"A": 1}}}, "steps[0].data.renames.A: must be a text"),
    ({"settings": {"loss": "huh"}}, "steps[0].settings.loss: loss 'huh' is not known"),
    ({"settings": {"epochs": 1.5}}, "steps[0].settings.epochs: epochs must be"),
    ({"settings": {"rate": 1}}, "steps[0].settings.rate: no such field"),
    ({"settings": {"start": {"W": [[1], [2, 3]], "b": [0]}}}, "steps[0].settings.start: W"),
    ({"settings": {"start": {"W": [["a"]], "b": [0]}}}, "settings.start.W[0][0]: must be a"),
    ({"compare": [{"changes": {"loss": 3}}]}, "steps[0].compare[0].changes.loss: loss 3"),
    ({"compare": [{"changes": {"seed": 3}}]}, "steps[0].compare[0].changes.seed: no such"),
    ({"compare": [{"changes": {}}] * 4}, "steps[0].compare: at most 3 are allowed"),
    ({"compare": [{"name": "a"}, {"name": "a"}]}, "steps[0].compare[1].name: another run"),
    ({"turn_to": "b", "compare": [{"name": "a"}]}, "steps[0].turn_to: must be one of a"),
    ({"views": {"main": "moon"}}, "steps[0].views.main: must be one of decision"),
    ({"views": {"left": "loss"}}, "steps[0].views.left: no such field; allowed are main"),
    ({"views": {"main": "loss", "third": "loss"}}, "steps[0].views.third: loss is in another"),
    ({"enlarge": "all"}, "steps[0].enlarge: must be one of"),
    ({"formula": {}}, 'steps[0].formula: either "start" or "text" is needed'),
    ({"formula": {"start": "q9"}}, "steps[0].formula.start: must be one of q1_printed"),
    ({"formula": {"text": "dW = import os"}}, "steps[0].formula.text: line 1, column"),
    ({"formula": {"start": "q1_right", "convention": "x"}}, "formula.convention: must be one"),
    ({"epochs": -1}, "steps[0].epochs: must be a whole number from 0"),
    ({"play": "yes"}, "steps[0].play: must be true or false, not 'yes'"),
    ({"select": "best"}, 'steps[0].select: must be "worst" or a list of rows'),
    ({"select": [1, -1]}, "steps[0].select[1]: must be a whole number"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_a_wrong_field_is_told_with_its_place(fields: dict[str, Any], said: str) -> None:
    error = refusal(lesson(step(**fields)))
    assert said in error.message
    assert error.code.startswith("lesson.")


def test_the_second_step_is_counted_from_0_too() -> None:
    error = refusal(lesson(step(), {"text": "x", "settings": {"loss": "huh"}}))
    assert error.message.startswith("steps[1].settings.loss:")
    assert "quadratic" in error.hint


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([], "lesson: must be an object in braces"),
        ({}, "format: must be one of perceptron-lab-lesson"),
        (lesson(version=2), "version: must be a whole number from 1 to 1, not 2"),
        (lesson(version=True), "version: must be"),
        (lesson(steps=[]), "steps: at least one step is needed"),
        (lesson(steps=[{"text": "x"}]), "steps[0].open: the first step has to say"),
        (lesson(title=""), "title: must be a text"),
        (lesson(author="me"), "author: no such field"),
    ],
)
def test_a_wrong_head_is_told(value: object, said: str) -> None:
    assert said in refusal(value).message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1,}', "is not JSON"),
        (b"\xff\xfe\x00", "is not UTF-8"),
        (b"[" * 100_000, "l.json"),
        (b"1" * 10_000, "l.json"),
        (b" " * 1_000_001, "too large"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "l.json"
    path.write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_lesson(path)


def test_a_lesson_is_known_by_what_it_says_of_itself(tmp_path: Path) -> None:
    yes, no, other = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c.csv"
    yes.write_text(json.dumps(lesson()), encoding="utf-8")
    no.write_text('{"format": "perceptron-lab-weights"}', encoding="utf-8")
    other.write_text(json.dumps(lesson()), encoding="utf-8")
    assert [is_lesson(p) for p in (yes, no, other, tmp_path, tmp_path / "gone.json")] == [
        True,
        False,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("key", DEMONSTRATIONS)
def test_what_is_shipped_can_be_read(key: str) -> None:
    found = demonstration(key)
    assert len(found.steps) >= 5
    for one in found.steps:
        assert len(one.text) <= 300, "a step is read while one looks at something else"
        assert one.text.endswith(".")


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("text", "open", "W", "b", "x", "")), inner, max_size=3)
    ),
    max_leaves=8,
)
_FIELDS = (
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


@given(st.sampled_from(_FIELDS), _ANY)
@settings(deadline=None, max_examples=300)
def test_anything_in_a_field_is_read_or_refused_with_its_place(field: str, value: Any) -> None:
    said = _refusal_of(lesson(step(**{field: copy.deepcopy(value)})))
    assert said is None or said.startswith(f"steps[0].{field}")


def _refusal_of(value: dict[str, Any]) -> str | None:
    try:
        lesson_from(value, HERE)
    except DataError as error:
        return error.message
    return None
