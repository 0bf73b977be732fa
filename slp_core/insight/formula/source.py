"""A formula that has been read: its text, its lines, and the names of its results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from slp_core.errors import FormulaError
from slp_core.insight.formula.limits import LIMITS, Limits
from slp_core.insight.formula.parser import Parser
from slp_core.insight.formula.tree import Assignment, Name, walk

WEIGHT_RESULTS: Final = (
    *("dW", "gW", "grad_W", "gradW", "W_grad", "dw", "grad_w", "dL_dw", "dLdw"),
    *("dL_dW", "dLdW", "dJ_dW", "dJdW", "dC_dW", "dCdW", "dE_dW", "dEdW"),
)
"""Names of the gradient in W; the one assigned last counts."""
BIAS_RESULTS: Final = tuple(
    dict.fromkeys(name.replace("W", "b").replace("w", "b") for name in WEIGHT_RESULTS)
)
"""Names of the gradient in b."""
LOSS_RESULTS: Final = ("L", "C", "J", "loss", "cost", "Loss", "Cost")
"""Names under which the loss itself may be written, to be checked as well."""
_MOST_ERRORS: Final = 20


@dataclass(frozen=True, slots=True)
class Formula:
    """The lines of a formula, in order."""

    source: str
    lines: tuple[Assignment, ...]

    @property
    def weights(self) -> str | None:
        """The name that holds the gradient in W."""
        return self._last(WEIGHT_RESULTS)

    @property
    def bias(self) -> str | None:
        """The name that holds the gradient in b."""
        return self._last(BIAS_RESULTS)

    @property
    def loss(self) -> str | None:
        """The name that holds a loss the user has typed."""
        return self._last(LOSS_RESULTS)

    @property
    def used(self) -> frozenset[str]:
        """Every name that is read somewhere."""
        return frozenset(
            node.name
            for line in self.lines
            for node in walk(line.expression)
            if isinstance(node, Name)
        )

    def text(self, line: Assignment) -> str:
        """A line as typed."""
        return self.source[line.span.start : line.span.end]

    def _last(self, names: tuple[str, ...]) -> str | None:
        return next((line.name for line in reversed(self.lines) if line.name in names), None)


def read_formula(source: str, limits: Limits = LIMITS) -> Formula:
    """Read a formula.

    Parameters
    ----------
    source
        Assignments, one a line; ``#`` begins a remark; a line goes on while a bracket is open.

    Raises
    ------
    FormulaError
        At the first thing that is not part of the language, with line, column and advice.
    """
    _check_length(source, limits)
    parser = Parser(source, limits)
    lines: list[Assignment] = []
    while (line := parser.next_line()) is not None:
        lines.append(line)
    if len(lines) > limits.lines:
        raise _limit(f"The formula has more than {limits.lines} lines.")
    return Formula(source, tuple(lines))


def read_lines(source: str, limits: Limits = LIMITS) -> tuple[Formula, tuple[FormulaError, ...]]:
    """The lines that can be read, and an error for each of the others: for an editor.

    At most 20 errors; behind the last one nothing is read.
    """
    errors: list[FormulaError] = []
    lines: list[Assignment] = []
    try:
        _check_length(source, limits)
        parser = _parser_without_bad_lines(source, limits, errors)
        while len(errors) < _MOST_ERRORS and _read_next(parser, lines, errors):
            pass
    except FormulaError as error:
        errors.append(error)
    errors.sort(key=lambda error: error.line)
    return Formula(source, tuple(lines[: limits.lines])), tuple(errors)


def _read_next(parser: Parser, lines: list[Assignment], errors: list[FormulaError]) -> bool:
    try:
        line = parser.next_line()
    except FormulaError as error:
        errors.append(error)
        parser.skip_line()
        return True
    if line is not None:
        lines.append(line)
    return line is not None


def _parser_without_bad_lines(source: str, limits: Limits, errors: list[FormulaError]) -> Parser:
    """Blank the lines that hold a character nobody knows, keeping every offset."""
    lines = source.split("\n")
    for _ in range(_MOST_ERRORS):
        try:
            return Parser("\n".join(lines), limits)
        except FormulaError as error:
            errors.append(error)
            lines[error.line - 1] = " " * len(lines[error.line - 1])
    return Parser("", limits)


def _check_length(source: str, limits: Limits) -> None:
    if len(source) > limits.characters:
        raise _limit(f"The formula has more than {limits.characters} characters.")


def _limit(message: str) -> FormulaError:
    return FormulaError(message, line=1, column=1, code="formula.limit")
