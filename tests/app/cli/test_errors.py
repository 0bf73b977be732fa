"""Whatever is wrong with the words or the files ends in a sentence and exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.cli.conftest import Run, write_csv

WORDS: tuple[tuple[str, str], ...] = (
    ("train", "DATA.csv"),
    ("predict", "WEIGHTS"),
    ("predict only.json", "DATA.csv"),
    ("inspect", "DATA.csv"),
    ("inspect sample:iris more.csv", "more.csv"),
    ("train sample:iris --learning-rat 1", "did you mean --learning-rate?"),
    ("train sample:iris --verbose", "--verbose"),
    ("train sample:iris --epochs", "--epochs"),
    ("train sample:iris --epoch 5", "did you mean --epochs?"),
    ("train sample:none", 'no built-in set called "none"'),
    ("inspect sample:", "no built-in set"),
    ("inspect sample:../iris", "no built-in set"),
    ("chek formula.txt sample:iris", "formula.txt"),
    ("chek", 'neither a command nor a file called "chek"'),
    ("trian", "Did you mean train?"),
    ("--after 3", "--screenshot"),
    ("--screenshot x.jpg", ".png"),
    ("--screenshot missing/x.png", "missing"),
    ("--screenshot x.png --after soon", "--after"),
    ("--screenshot x.png --after -1", "--after"),
    ("--screenshot x.png --after nan", "--after"),
    ("--size 1440", "--size"),
    ("--size 1440x9", "--size"),
    ("--size 99999x99999", "--size"),
    ("session.slp", "not supported yet"),
    ("missing.csv", "missing.csv"),
    ("train missing.csv --target x", "missing.csv: there is no such file"),
    ("inspect missing.csv", "missing.csv"),
    ("predict missing.json sample:iris", "missing.json"),
)


@pytest.mark.parametrize(("words", "said"), WORDS, ids=[words for words, _ in WORDS])
def test_words_that_do_not_fit(
    run: Run, words: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in run(*words.split()).error


OPTIONS: tuple[tuple[str, str], ...] = (
    ("--epochs", "ten"),
    ("--epochs", "1.5"),
    ("--epochs", "-1"),
    ("--learning-rate", "0"),
    ("--learning-rate", "-1"),
    ("--learning-rate", "nan"),
    ("--learning-rate", "inf"),
    ("--learning-rate", "fast"),
    ("--momentum", "1"),
    ("--batch-size", "0"),
    ("--batch-size", "half"),
    ("--batch-size", "2.5"),
    ("--l1", "-0.1"),
    ("--l2", "much"),
    ("--seed", "-1"),
    ("--seed", "x"),
    ("--clip-norm", "0"),
    ("--stop-loss", "nan"),
    ("--stop-gradient", "-1"),
    ("--stop-seconds", "0"),
    ("--patience", "0"),
    ("--activation", "odd"),
    ("--loss", "odd"),
    ("--optimizer", "odd"),
    ("--schedule", "odd"),
    ("--initializer", "odd"),
    ("--class-weights", "odd"),
    ("--scaling", "odd"),
    ("--degree", "0"),
    ("--degree", "99"),
    ("--validation", "1"),
    ("--validation", "-0.2"),
    ("--validation", "nan"),
    ("--task", "odd"),
    ("--missing", "odd"),
    ("--features", "a,,b"),
    ("--features", ""),
)


@pytest.mark.parametrize(("option", "value"), OPTIONS)
def test_a_bad_value_names_its_option(run: Run, option: str, value: str) -> None:
    error = run("train", "sample:iris", option, value).error
    assert option in error.splitlines()[0]


@pytest.mark.parametrize("command", ["train", "window"])
def test_the_window_checks_the_same_options(run: Run, command: str) -> None:
    words = ["train", "sample:iris"] if command == "train" else ["sample:iris"]
    assert "--epochs" in run(*words, "--epochs", "-1").error


COMBINATIONS: tuple[tuple[str, str], ...] = (
    ("sample:two_gaussians --activation tanh --loss cross_entropy", "tanh"),
    ("sample:two_gaussians --optimizer newton --batch-size 8", "Newton"),
    ("sample:noisy_line --activation softmax --loss cross_entropy", "Softmax"),
    ("sample:iris --task binary", "3 classes"),
    ("sample:iris --task regression", "species"),
    ("sample:iris --target flower", "flower"),
    ("sample:iris --features petal", "petal"),
    ("sample:iris --features species", "species"),
)


@pytest.mark.parametrize(("words", "said"), COMBINATIONS, ids=[words for words, _ in COMBINATIONS])
def test_a_choice_that_does_not_suit_the_data(run: Run, words: str, said: str) -> None:
    assert said in run("train", *words.split()).error


def test_a_file_needs_a_target_and_hears_its_columns(run: Run, flowers: Path) -> None:
    error = run("train", flowers).error
    assert "--target" in error
    assert "width, height, colour, kind" in error


FILES: tuple[tuple[str, bytes, str], ...] = (
    ("empty.csv", b"", "empty"),
    ("blank.csv", b"\n\n  \n", "blank"),
    ("picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(50), "picture"),
    ("book.csv", b"PK\x03\x04" + bytes(60), "book.csv"),
    ("page.csv", b"<!DOCTYPE html><html><body>1,2</body></html>", "web page"),
    ("names.csv", b"a,b,y\n", "row"),
    ("one_class.csv", b"a,y\n1,red\n2,red\n3,red\n", "class"),
    ("all_classes.csv", b"a,y\n1,p\n2,q\n3,r\n4,s\n", "class"),
    ("no_number.csv", b"d,y\n2020-01-01,p\n2020-01-02,q\n2020-01-03,p\n", "no column"),
    ("holes.csv", b"a,b,y\n1,,p\n,2,q\n3,,p\n,4,q\n", "row"),
)


@pytest.mark.parametrize(("name", "content", "said"), FILES, ids=[case[0] for case in FILES])
def test_a_file_that_cannot_be_learned_from(
    run: Run, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    error = run("train", tmp_path / name, "--target", "y").error
    assert said in error
    assert name.partition(".")[0] in error


def test_an_empty_target_is_not_the_usual_one(run: Run) -> None:
    assert "''" in run("train", "sample:iris", "--target", "").error


def test_a_folder_is_not_a_file(run: Run, tmp_path: Path) -> None:
    for words in (["train", tmp_path, "--target", "y"], ["inspect", tmp_path], [tmp_path]):
        assert "folder" in run(*words).error
    assert "folder" in run("predict", tmp_path, "sample:iris").error


OUTPUTS: tuple[tuple[str, str], ...] = (
    ("--output missing/w.json", "missing"),
    ("--output w.pickle", ".npz"),
    ("--output w", ".npz"),
    ("--output w.onnx", "onnx"),
    ("--output folder.json", "folder"),
    ("--output file.txt/w.json", "file.txt"),
    ("--history h.json", ".csv"),
    ("--history missing/h.csv", "missing"),
    ("--picture p.gif", ".png"),
    ("--picture missing/p.png", "missing"),
)


@pytest.mark.parametrize(("words", "said"), OUTPUTS, ids=[words for words, _ in OUTPUTS])
def test_what_cannot_be_written_is_refused_before_training(
    run: Run, words: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.json").mkdir()
    Path("file.txt").write_text("text", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    # So many epochs would outlast the test.
    assert said in run("train", "sample:iris", "--epochs", "2000000000", *words.split()).error
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_read_is_not_written_over(run: Run, flowers: Path, tmp_path: Path) -> None:
    before = flowers.read_bytes()
    words = ("train", flowers, "--target", "kind", "--epochs", 1)
    assert "already" in run(*words, "--history", flowers).error
    assert "already" in run(*words, "--output", tmp_path / "." / flowers.name).error
    both = tmp_path / "both.csv"
    assert "already" in run(*words, "--history", both, "--output", both).error
    weights = tmp_path / "w.json"
    run(*words, "--output", weights)
    assert "already" in run("predict", weights, flowers, "--output", flowers).error
    assert flowers.read_bytes() == before
    assert not both.exists()


WEIGHTS: tuple[tuple[str, bytes], ...] = (
    ("empty.json", b""),
    ("text.json", b"weights"),
    ("list.json", b"[1, 2]"),
    ("other.json", b'{"format": "other"}'),
    ("bare.json", b'{"format": "perceptron-lab-weights", "version": 1}'),
    ("binary.json", bytes(range(256))),
    ("empty.npz", b""),
    ("text.npz", b"weights"),
    ("zip.npz", b"PK\x05\x06" + bytes(18)),
    ("odd.txt", b"{}"),
)


@pytest.mark.parametrize(("name", "content"), WEIGHTS, ids=[case[0] for case in WEIGHTS])
def test_weights_that_cannot_be_loaded(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert name in run("predict", tmp_path / name, "sample:iris").error


def test_a_file_without_the_columns_of_the_weights(run: Run, tmp_path: Path, flowers: Path) -> None:
    weights = tmp_path / "w.json"
    words = ("train", flowers, "--target", "kind", "--features", "width,height", "--epochs", 3)
    assert run(*words, "--output", weights).code == 0
    other = write_csv(tmp_path / "other.csv", "width,depth", ["1,2", "3,4"])
    assert "height" in run("predict", weights, other).error


def test_a_fault_of_the_program_is_one_line_and_says_how_to_learn_more(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("app.cli.train.train", fail)
    done = run("train", "sample:iris")
    assert done.code == 1
    assert done.err.splitlines()[0] == "perceptron-lab: error: ZeroDivisionError: a fault"
    assert "PERCEPTRON_LAB_DEBUG=1" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("PERCEPTRON_LAB_DEBUG", "1")
    assert "Traceback" in run("train", "sample:iris").err


def test_ctrl_c_is_no_fault_and_leaves_no_file(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.train.train", interrupt)
    done = run("train", "sample:iris", "--output", tmp_path / "w.json")
    assert (done.code, done.out) == (130, "")
    assert done.err.startswith("perceptron-lab: error: interrupted")
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("app.cli.train.read_source", fail)
    assert "memory" in run("train", "sample:iris").error
