from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from slp_core.errors import DataError
from slp_core.storage import weights_json
from tests.slp_core.storage.models import CONTRACT_FIELDS, make_model


def _document() -> dict[str, Any]:
    return json.loads(weights_json.encode(make_model()))


def _load(document: object) -> DataError:
    with pytest.raises(DataError) as caught:
        weights_json.decode(json.dumps(document).encode(), Path("w.json"))
    return caught.value


@pytest.mark.parametrize("name", CONTRACT_FIELDS)
def test_a_missing_field_is_named(name: str) -> None:
    document = _document()
    del document[name]
    error = _load(document)
    assert error.column == name
    assert "is missing" in error.message


WRONG: list[Any] = [True, -1, 1e999, "?", [[]], [{}], {"a": []}, [None], [[1], 2]]
SUITS = {"created_with": (str,), "training": (dict,), "metrics": (dict,)}


@pytest.mark.parametrize("name", CONTRACT_FIELDS)
def test_a_field_of_another_kind_is_named(name: str) -> None:
    for value in WRONG:
        if isinstance(value, SUITS.get(name, ())):
            continue
        error = _load({**_document(), name: value})
        assert str(error.column).startswith(name)
        assert error.message.startswith(f"w.json: {name}")


def _set(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = to

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_set("version", to=2), "version"),
        (_set("activation", to="swish"), "activation"),
        (_set("loss", to="hinge2"), "loss"),
        (_set("task", to="binary"), "classes"),
        (_set("task", to="regression"), "classes"),
        (_set("classes", to=["A", "A", "B"]), "classes"),
        (_set("classes", 1, to=3), "classes[1]"),
        (_set("features", 1, "scale", to=0), "features[1].scale"),
        (_set("features", 1, "scale", to=None), "features[1].scale"),
        (_set("features", 0, "center", to=float("nan")), "features[0].center"),
        (_set("features", 0, "center", to=10**400), "features[0].center"),
        (_set("features", 0, "name", to=5), "features[0].name"),
        (_set("features", 0, "column", to=5), "features[0].column"),
        (_set("features", to=[]), "features"),
        (_set("degree", to=2), "terms"),
        (_set("degree", to=6), "degree"),
        (_set("terms", to=["y", "x"]), "terms"),
        (_set("scaling", to="robust"), "scaling"),
        (_set("weights", 1, 2, to=float("nan")), "weights[1][2]"),
        (_set("weights", 1, 2, to=float("-inf")), "weights[1][2]"),
        (_set("weights", 1, 2, to="1"), "weights[1][2]"),
        (_set("weights", 1, 2, to=True), "weights[1][2]"),
        (_set("weights", 1, to=[1.0, 2.0]), "weights[1]"),
        (_set("bias", to=[0.0]), "bias"),
        (_set("weights_original", 0, 0, to=99.0), "weights_original"),
        (_set("bias_original", 0, to=99.0), "bias_original"),
    ],
)
def test_the_field_that_is_wrong_is_named(
    change: Callable[[dict[str, Any]], None], place: str
) -> None:
    document = _document()
    change(document)
    assert _load(document).column == place


def test_a_pair_that_does_not_exist_is_refused() -> None:
    document = json.loads(weights_json.encode(make_model("tanh", "quadratic")))
    assert _load({**document, "loss": "cross_entropy"}).column == "loss"


def test_too_many_terms_are_refused() -> None:
    document = json.loads(weights_json.encode(make_model(features=tuple("abcdefghijklmnopqrst"))))
    assert _load({**document, "degree": 5}).column == "degree"


def test_original_weights_may_be_left_out_or_rounded() -> None:
    document = _document()
    rounded = np.array(document["weights_original"]) * (1 + 1e-9)
    for value in (None, rounded.tolist()):
        text = json.dumps({**document, "weights_original": value})
        weights_json.decode(text.encode(), Path("w.json"))


def test_fields_of_later_versions_are_ignored_and_optional_ones_may_miss() -> None:
    document = _document()
    del document["scaling"], document["target"], document["features"][0]["column"]
    text = json.dumps({**document, "more": 1})
    model = weights_json.decode(b"\xef\xbb\xbf" + text.encode(), Path("w.json"))
    assert model.preparation.scaling == "standardize"
    assert model.preparation.features[0].column == "x"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Expecting value"),
        (b"[]", "no object"),
        (b"\xff\xfe", "UTF-8"),
        (b"[" * 200_000, "nested"),
        (b'{"version": ' + b"9" * 10_000 + b"}", "digits"),
        (b'{"format": "other"}', "format is 'other'"),
    ],
)
def test_bytes_that_are_no_weights_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        weights_json.decode(data, Path("w.json"))
