"""Commands of the Questions menu: the demonstrations, and where one goes in a lesson."""

from __future__ import annotations

from app.command import Command

QUESTION_ROWS = (
    Command(
        key="question.derivatives",
        text="Are my &derivatives right?",
        summary="A derivative that was derived by hand: checked, its faults named and mended.",
        menu="question",
        shortcuts=("Ctrl+1",),
    ),
    Command(
        key="question.pairs",
        text="&Why does this pair not learn?",
        summary="The same wrong start with two losses: one stands still, the other learns.",
        menu="question",
        shortcuts=("Ctrl+2",),
    ),
    Command(
        key="question.ninety",
        text="My soft&max ends at 90 % error",
        summary="Digits, a lost sign and an overflow: two roads to exactly 90 % error.",
        menu="question",
        shortcuts=("Ctrl+3",),
    ),
    Command(
        key="question.next",
        text="&Next step",
        summary="Go to the next step of the lesson.",
        menu="question",
        shortcuts=("PgDown",),
        section=True,
    ),
    Command(
        key="question.back",
        text="&Previous step",
        summary="Go back to the step of the lesson before.",
        menu="question",
        shortcuts=("PgUp",),
    ),
    Command(
        key="question.again",
        text="&Restart the step",
        summary="Begin this step of the lesson again, whatever has been changed.",
        menu="question",
        icon="restart",
        shortcuts=("Shift+PgUp",),
    ),
    Command(
        key="question.close",
        text="&Close the lesson",
        summary="Put the lesson away; data and runs stay as they are.",
        menu="question",
        shortcuts=("Ctrl+Shift+L",),
    ),
    Command(
        key="question.open",
        text="&Open a lesson…",
        summary="Open a lesson that somebody has written; dropping its file does the same.",
        menu="question",
        icon="open",
        shortcuts=("Ctrl+L",),
        section=True,
    ),
)
