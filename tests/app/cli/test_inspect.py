"""``perceptron-lab inspect``: what the reader sees."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.conftest import Run, write_csv


def test_json_has_the_public_keys(run: Run, flowers: Path) -> None:
    done = run("inspect", flowers, "--json")
    assert (done.code, done.err) == (0, "")
    seen = done.json
    assert set(seen) >= {
        "encoding",
        "delimiter",
        "decimal",
        "quote",
        "header",
        "skipped_lines",
        "rows",
        "columns",
        "problems",
    }
    assert (seen["delimiter"], seen["decimal"], seen["header"]) == (",", ".", True)
    assert (seen["skipped_lines"], seen["rows"], seen["problems"]) == (0, 60, [])
    kinds = [(column["name"], column["kind"], column["missing"]) for column in seen["columns"]]
    assert kinds == [
        ("width", "number", 0),
        ("height", "number", 0),
        ("colour", "text", 0),
        ("kind", "text", 0),
    ]


def spoilt(folder: Path) -> Path:
    lines = [f"{n};{n},5;a" for n in range(1, 30)] + ["oops;1,5;b", "3;2,5"]
    return write_csv(folder / "spoilt.csv", "x;y;z", lines)


def test_problems_carry_their_line(run: Run, tmp_path: Path) -> None:
    seen = run("inspect", spoilt(tmp_path), "--json").json
    assert (seen["delimiter"], seen["decimal"]) == (";", ",")
    by_line = {problem["line"]: problem for problem in seen["problems"]}
    assert set(by_line[31]) >= {"line", "column", "text", "reason"}
    assert (by_line[31]["column"], by_line[31]["text"]) == ("x", "oops")
    assert 32 in by_line


def test_the_page_shows_format_columns_and_problems(run: Run, tmp_path: Path) -> None:
    done = run("inspect", spoilt(tmp_path))
    assert done.code == 0
    for words in (
        "semicolon",
        "decimal comma",
        "names in the first row",
        "number",
        "line 31",
        "oops",
    ):
        assert words in done.out


def test_a_clean_file_has_no_problems(run: Run, flowers: Path) -> None:
    assert "no problems" in run("inspect", flowers).out


def test_a_sample_can_be_inspected(run: Run) -> None:
    assert "150 rows, 5 columns" in run("inspect", "sample:iris").out


def test_many_problems_are_cut_short_on_the_page_only(run: Run, tmp_path: Path) -> None:
    lines = [f"{n},{'?!' if n % 5 == 0 else n}" for n in range(500)]
    table = write_csv(tmp_path / "many.csv", "x,y", lines)
    assert len(run("inspect", table).out.splitlines()) < 40


def test_columns_have_their_range_or_their_values(run: Run, flowers: Path) -> None:
    columns = {each["name"]: each for each in run("inspect", flowers, "--json").json["columns"]}
    assert columns["width"]["min"] < columns["width"]["max"]
    kinds = columns["kind"]["frequent"]
    assert sum(each["count"] for each in kinds) == 60
    assert columns["kind"]["distinct"] == len(kinds)
    page = run("inspect", flowers).out
    assert all(f"{each['value']} ({each['count']})" in page for each in kinds)
    assert f"{columns['width']['min']:.6g} to {columns['width']['max']:.6g}" in page


def test_notes_and_all_signs_are_told(run: Run, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "money.csv", "a;b", ["1.234,5;x", "2.345,6;y", "7,5;x"])
    seen = run("inspect", table, "--json").json
    assert (seen["thousands"], seen["comment"], seen["quote"]) == (".", None, '"')
    assert any("decimal comma" in note for note in seen["notes"])


def test_roles_and_outcomes_are_told(run: Run, tmp_path: Path) -> None:
    lines = [f"{n},{n % 3},2020-01-0{n},{'pq'[n % 2]}" for n in range(1, 9)] + ["9,x,2020-02-01,p"]
    seen = run("inspect", write_csv(tmp_path / "r.csv", "a,b,day,kind", lines), "--json").json
    roles = {column["name"]: (column["role"], column["role_reason"]) for column in seen["columns"]}
    assert roles == {
        "a": ("feature", ""),
        "b": ("feature", ""),
        "day": ("ignored", "dates are not numbers"),
        "kind": ("target", ""),
    }
    problem = next(problem for problem in seen["problems"] if problem["text"] == "x")
    assert problem["outcome"] == "the cell counts as missing"
    assert problem["reason"].endswith(problem["outcome"])


def test_a_table_without_anything_to_learn_says_why(run: Run, tmp_path: Path) -> None:
    seen = run("inspect", write_csv(tmp_path / "r.csv", "a", ["1", "2", "3"]), "--json").json
    assert seen["columns"][0]["role"] == "ignored"
    assert seen["columns"][0]["role_reason"].startswith("nothing can be learned: ")


def test_one_is_no_plural(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text("a\n1\n\n2\n3\n", encoding="utf-8")
    said = run("inspect", path).out
    assert "1 column" in said
    assert "1 columns" not in said
    assert "1 blank line was skipped" in said


def test_a_missing_file_is_text_on_the_error_stream(run: Run, tmp_path: Path) -> None:
    done = run("inspect", tmp_path / "gone.csv", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("perceptron-lab: error: ")
