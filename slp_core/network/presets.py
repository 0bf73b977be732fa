"""The classics: well-known methods as settings of the one network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Classic:
    """One classic: ``settings`` are fields of `TrainingConfig`, ``tasks`` what it is for."""

    key: str
    label: str
    year: int
    source: str
    summary: str
    tasks: tuple[str, ...]
    settings: Mapping[str, object]


_CLASSES = ("binary", "multiclass")
_WHOLE_BATCH: Mapping[str, object] = MappingProxyType(
    {
        "optimizer": "gd",
        "learning_rate": None,
        "batch_size": "full",
        "schedule": "constant",
        "l1": 0.0,
        "l2": 0.0,
        "bias": True,
        "initializer": "zeros",
    }
)
_SAMPLE_BY_SAMPLE: Mapping[str, object] = MappingProxyType({**_WHOLE_BATCH, "batch_size": 1})


def _settings(activation: str, loss: str, **changes: object) -> Mapping[str, object]:
    base = _WHOLE_BATCH if "batch_size" not in changes else _SAMPLE_BY_SAMPLE
    return MappingProxyType({"activation": activation, "loss": loss, **base, **changes})


_ROWS = (
    Classic(
        key="rosenblatt",
        label="Rosenblatt's perceptron",
        year=1958,
        source="F. Rosenblatt, The perceptron, Psychological Review 65(6), 1958",
        summary="Sample by sample, a mistake adds its input or takes it away: the first to learn.",
        tasks=_CLASSES,
        settings=_settings("step", "perceptron", batch_size=1, learning_rate=1.0),
    ),
    Classic(
        key="adaline",
        label="Adaline",
        year=1960,
        source="B. Widrow & M. E. Hoff, Adaptive switching circuits, IRE WESCON, 1960",
        summary="Sample by sample, the plain score is drawn towards -1 or 1: the LMS rule.",
        tasks=_CLASSES,
        settings=_settings("identity", "quadratic", batch_size=1, learning_rate=0.01),
    ),
    Classic(
        key="logistic",
        label="Logistic regression",
        year=1958,
        source="D. R. Cox, The regression analysis of binary sequences, JRSS B 20(2), 1958",
        summary="The probability of a class is a sigmoid of the score; the most likely weights.",
        tasks=_CLASSES,
        settings=_settings("sigmoid", "cross_entropy"),
    ),
    Classic(
        key="softmax",
        label="Softmax regression",
        year=1966,
        source=(
            "D. R. Cox, Some procedures connected with the logistic qualitative response curve,"
            " 1966; the name: J. S. Bridle, 1990"
        ),
        summary="The probabilities of many classes at once, by the most likely weights.",
        tasks=_CLASSES,
        settings=_settings("softmax", "cross_entropy"),
    ),
    Classic(
        key="linear_svm",
        label="Linear support vector machine",
        year=1995,
        source="C. Cortes & V. Vapnik, Support-vector networks, Machine Learning 20, 1995",
        summary="The widest margin: hinge loss, a penalty on the weights, a rate that shrinks.",
        tasks=_CLASSES,
        settings=_settings("identity", "hinge", l2=0.01, learning_rate=0.1, schedule="inverse"),
    ),
    Classic(
        key="probit",
        label="Probit regression",
        year=1934,
        source="C. I. Bliss, The method of probits, Science 79, 1934",
        summary="As logistic regression, with the normal distribution in the sigmoid's place.",
        tasks=_CLASSES,
        settings=_settings("probit", "cross_entropy"),
    ),
    Classic(
        key="linear_regression",
        label="Linear regression",
        year=1805,
        source=(
            "A.-M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes,"
            " 1805; C. F. Gauss, Theoria motus, 1809"
        ),
        summary="Least squares: the line with the smallest sum of squared misses.",
        tasks=("regression",),
        settings=_settings("identity", "quadratic"),
    ),
)

CLASSICS: Mapping[str, Classic] = MappingProxyType({row.key: row for row in _ROWS})
"""Every classic by its key, in the order of menus."""
