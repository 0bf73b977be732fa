"""What spreadsheets and databases of several countries write."""

from __future__ import annotations

import pytest

from slp_core.data.reader import read_text
from slp_core.data.table import Table


def column(rows: list[str], sign: str = ";") -> Table:
    body = "".join(f"n{k}{sign}{row}\n" for k, row in enumerate(rows))
    return read_text(f"item{sign}value\n{body}")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1.234,56", "99,00", "5,10"], [1234.56, 99, 5.1]),
        (["R$ 1.234,56", "R$ 99,00", "R$ 5,10"], [1234.56, 99, 5.1]),
        (["1\u00a0234,56 €", "99,00 €", "5,10 €"], [1234.56, 99, 5.1]),
        (["1\u202f234,56", "99,00", "5,10"], [1234.56, 99, 5.1]),
        (["1 234,56 zł", "99,00 zł", "5,10 zł"], [1234.56, 99, 5.1]),
        (["1 234,56 Kč", "99,00 Kč", "5,10 Kč"], [1234.56, 99, 5.1]),
        (["1'234.56", "99.00", "5.10"], [1234.56, 99, 5.1]),
        (["Fr. 1’234.56", "Fr. 99.00", "Fr. 5.10"], [1234.56, 99, 5.1]),
        (["12,5 %", "-3,25 %", "100 %"], [12.5, -3.25, 100]),
        (["kr 12,50", "kr 3,25", "kr 100"], [12.5, 3.25, 100]),
        (["-1.234,5", "+2,5", "−3,5"], [-1234.5, 2.5, -3.5]),
    ],
)
def test_numbers_between_semicolons(cells: list[str], values: list[float]) -> None:
    table = column(cells)
    assert table.dialect.delimiter == ";"
    assert table.column("value").values.tolist() == values
    assert not table.problems


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["$1,234.56", "$99.00", "-$5.10"], [1234.56, 99, -5.1]),
        (["US$1,234.56", "US$99.00", "US$5.10"], [1234.56, 99, 5.1]),
        (["12,34,567.50", "1,23,456.00", "99,999.25"], [1234567.5, 123456, 99999.25]),
        (["£1,234", "£99", "£5.10"], [1234, 99, 5.1]),
        (["12.5%", "3.25%", "100%"], [12.5, 3.25, 100]),
    ],
)
def test_quoted_numbers_between_commas(cells: list[str], values: list[float]) -> None:
    table = column([f'"{cell}"' for cell in cells], ",")
    assert table.dialect.delimiter == ","
    assert table.column("value").values.tolist() == values
    assert not table.problems


def test_errors_of_a_spreadsheet_are_missing_and_told() -> None:
    cells = ["1,5", "#DIV/0!", "2,5", "#WERT!", "3,5", "#N/A", "4,5", "5,5", "6,5"]
    table = column(cells)
    assert table.column("value").missing == 3
    assert [p.text for p in table.problems] == ["#DIV/0!", "#WERT!"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["WAHR", "FALSCH", "WAHR"], "bool"),
        (["VRAI", "FAUX", "FAUX"], "bool"),
        (["31.12.2024", "01.01.2025", "02.01.2025"], "date"),
        (["2024-12-31 10:00", "2025-01-01 11:30", ""], "date"),
        (["12/31/2024", "1/1/2025", "1/2/2025"], "date"),
        (["10:30", "11:45", "23:59:59"], "date"),
    ],
)
def test_truths_and_dates(words: list[str], kind: str) -> None:
    assert column(words).column("value").kind == kind


def test_a_column_with_words_after_100_000_rows_keeps_its_numbers_and_tells_each() -> None:
    rows = [f"{k},{k}\n" for k in range(100_000)] + [f"{k},late\n" for k in range(100)]
    table = read_text("a,b\n" + "".join(rows))
    assert table.column("b").missing == 100
    told = [problem for problem in table.problems if problem.kind == "not_a_number"]
    assert told[0].line == 100_002
    assert sum(problem.count for problem in told) == 100


def test_a_column_of_words_after_100_000_rows_is_text_as_written() -> None:
    rows = [f"{k},00{k}\n" for k in range(100_000)] + [f"{k},late\n" for k in range(60_000)]
    table = read_text("a,b\n" + "".join(rows))
    assert [each.kind for each in table.columns] == ["number", "text"]
    assert table.column("b").texts()[[5, 100_000]].tolist() == ["005", "late"]
