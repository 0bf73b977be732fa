"""What is said of a run that follows a typed gradient: the cause is named, and nothing else."""

from __future__ import annotations

import pytest

import slp_core as slp
from slp_core.insight.diagnosis import Diagnosis, diagnose
from slp_core.insight.gradient.followed import followed
from slp_core.insight.gradient.starts import STARTS
from slp_core.insight.gradient.typed_gradient import TypedGradient
from slp_core.training.config import TrainingConfig
from slp_core.training.trainer import Trainer

RIGHT = "E = Z - Y\ndW = X.T @ E / N\ndb = sum(E, axis=0) / N"
UPHILL = RIGHT.replace("Z - Y", "Y - Z")
SUMMED = "E = Z - Y\ndW = X.T @ E\ndb = sum(E, axis=0)"
HALF = "E = (Z - Y) / 2\ndW = X.T @ E / N\ndb = sum(E, axis=0) / N"
SLOPED = "E = (Z - Y) * dsigmoid(V)\ndW = X.T @ E / N\ndb = sum(E, axis=0) / N"


def told(source: str, updates: int, convention: str = "rows", **settings: object) -> Diagnosis:
    """What is said of a run on two clouds that follows a formula."""
    data = slp.load_sample("two_gaussians")
    typed = TypedGradient(source, "columns" if convention == "columns" else "rows")
    config = TrainingConfig(epochs=5000, **settings)  # pyright: ignore[reportArgumentType] - fields of the test's choice
    trainer = Trainer(data, config, own_gradient=typed)
    trainer.advance(updates)
    snapshot = trainer.snapshot()
    known = followed(typed, data, snapshot.config, trainer.start)
    return diagnose(data, snapshot, followed=known, seconds=None)


def test_a_right_formula_is_judged_like_any_run() -> None:
    found = told(RIGHT, 500)
    assert found.verdict.kind == "converged"
    assert found.findings == ()
    assert "follow your formula, which is right" in found.verdict.evidence[0]


@pytest.mark.parametrize(
    ("source", "updates", "words"),
    [
        (UPHILL, 20, ("climbs instead of descending", "sign flipped", "The loss climbed from")),
        (SUMMED, 20, ("200 times as long", "1/N forgotten", "mend the factor")),
        (HALF, 200, ("0.5 times as long", "The loss fell from")),
        (SLOPED, 100, ("points aside", "slope", "a falling loss is no proof")),
        ("dW = 0 * W\ndb = 0 * b", 20, ("nothing moves", "The loss stays at 0.6931")),
    ],
)
def test_the_cause_is_named_and_no_rate_is_blamed(
    source: str, updates: int, words: tuple[str, ...]
) -> None:
    found = told(source, updates)
    assert found.verdict.kind == "gradient_suspect"
    text = found.verdict.text
    assert text.startswith("This run follows your formula, which ")
    assert all(word in text for word in words), text
    assert "ower the learning rate" not in text
    (cause,) = (row for row in found.during if row.id == "L5")
    assert cause.level == "fault"
    assert cause.fix is not None
    assert (cause.fix.scope, cause.fix.changes["source"]) == ("gradient", source)
    blamed = {row.id for row in found.during} & {"L2", "L3", "L4", "L8", "L10"}
    assert not blamed
    assert not any("rate" in row.fix.changes for row in found.during if row.fix is not None)


def test_the_askers_gradient_leaves_the_finite_numbers_and_the_formula_is_to_blame() -> None:
    found = told(STARTS["q1_elementwise"].source, 5000, "columns", learning_rate=0.5)
    assert found.verdict.kind == "not_finite"
    assert "your formula, which descends the wrong way (cosine -0." in found.verdict.text
    (first, cause) = (row for row in found.during if row.id in ("L1", "L5"))
    assert (first.id, cause.id) == ("L1", "L5")
    assert first.fix is None
    assert "Mend the formula" in first.advice
    assert "lower the rate" not in first.advice


def test_before_the_first_update_it_is_said_as_well() -> None:
    found = told(UPHILL, 0)
    assert found.verdict.text == (
        "This run follows your formula, which climbs instead of descending: sign flipped."
        " Mend the formula: no learning rate does it."
    )


def test_a_rate_free_optimizer_does_not_hear_of_rates() -> None:
    assert told(HALF, 50, optimizer="adam").verdict.text.endswith("Mend the factor.")


def test_what_could_not_be_checked_is_judged_by_what_it_did() -> None:
    data = slp.load_sample("two_gaussians")
    typed = TypedGradient(RIGHT)
    snapshot = Trainer(data, TrainingConfig(), own_gradient=typed).snapshot()
    cut = followed(typed, data, snapshot.config, cancelled=lambda: True)
    assert (cut.course, cut.misleads) == ("unknown", False)
    assert "could not be checked" in diagnose(data, snapshot, followed=cut).verdict.evidence[0]


def test_a_formula_that_is_right_on_paper_and_overflows_is_told_where() -> None:
    source = STARTS["q3_overflow"].source
    data = slp.load_sample("digits", scaling="none")
    config = TrainingConfig(activation="softmax", learning_rate=1.0, batch_size=1)
    trainer = Trainer(data, config, own_gradient=TypedGradient(source))
    trainer.advance(500)
    snapshot = trainer.snapshot()
    assert snapshot.stop is not None
    assert snapshot.stop.kind == "not_finite"
    typed = TypedGradient(source)
    known = followed(typed, data, snapshot.config, trainer.start, snapshot.parameters)
    assert known.course == "overflows"
    found = diagnose(data, snapshot, followed=known, seconds=1.0)
    assert "right on paper, but whose numbers leave the finite range: exp overflows in line 1" in (
        found.verdict.text
    )
    assert "softmax(V)" in found.verdict.text
    (first, cause) = (row for row in found.during if row.id in ("L1", "L5"))
    assert cause.title == "Your formula overflows"
    assert "lower learning rate" not in first.text
    early = followed(typed, data, snapshot.config, trainer.start)
    assert early.course == "right"
