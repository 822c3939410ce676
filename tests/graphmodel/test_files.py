"""Files: nothing is ever half written, and what cannot be read is told in one sentence."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel import files
from graphmodel.errors import FileError
from graphmodel.files import read_bytes, read_text, write_bytes, write_text

WORDS = "Żółty “crème” 計画\r\nsecond line\n"


def fail(error: BaseException) -> Any:
    def failing(*_: Any, **__: Any) -> Any:
        raise error

    return failing


# -- Writing ----------------------------------------------------------------------------------


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_text(path, WORDS)
    assert path.read_bytes() == WORDS.encode("utf-8")
    assert read_text(path) == (WORDS, "utf-8")
    write_bytes(str(path), b"\x00\xff")
    assert read_bytes(str(path)) == b"\x00\xff"
    assert list(tmp_path.iterdir()) == [path]


FAILURES: dict[str, tuple[str, str, OSError, str]] = {
    "disk full": ("os", "fsync", OSError(28, "No space left on device"), "No space left"),
    "open in Excel": ("Path", "replace", PermissionError(13, "Permission denied"), "close it in"),
    "torn away": ("Path", "replace", OSError(5, "Input/output error"), "Input/output error"),
}


@pytest.mark.parametrize(("owner", "name", "error", "words"), FAILURES.values(), ids=FAILURES)
def test_a_failure_leaves_the_old_content(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    owner: str,
    name: str,
    error: OSError,
    words: str,
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(getattr(files, owner), name, fail(error))
    with pytest.raises(FileError, match=words):
        write_text(path, "new")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interruption_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", fail(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        write_text(path, "new")
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        write_text(tmp_path / "none" / "plan.json", "new")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write_text(tmp_path / "ours.txt", "x")
    (tmp_path / "theirs.txt").write_text("x", encoding="utf-8")
    ours, theirs = (
        stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("ours.txt", "theirs.txt")
    )
    assert ours == theirs


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 240 + ".json")
    write_text(path, "x")
    assert read_text(path)[0] == "x"


# -- Reading ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    assert read_text(path) == (WORDS, encoding)


def test_windows_papers_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes("“Crème” £5".encode("cp1252"))
    assert read_text(path) == ("“Crème” £5", "windows-1252")


def test_lines_of_two_encodings_are_read_as_what_each_is(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(
        "\ufeffplain\r\n“Crème”\r\n".encode() + "“Crème” £5\r\n".encode("cp1252") + b"end"
    )
    assert read_text(path) == ("plain\r\n“Crème”\r\n“Crème” £5\r\nend", "mixed")


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_any_text_of_ours_reads_back(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("text") / "plan.json"
    write_text(path, "{" + text)
    assert read_text(path) == ("{" + text, "utf-8")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty: there is nothing to read in it."),
        (b" \n\t ", "is empty"),
        (b"PK\x03\x04\x00\x00binary", "is not a text file"),
        (b"\xff\xfeodd", "is not readable text: save it again as UTF-8."),
    ],
)
def test_content_that_is_no_text(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_text(path)
    assert words in str(caught.value)
    assert "paper.txt" in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"There is no file .*gone\.json"):
        read_bytes(tmp_path / "gone.json")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is a folder: name a file in it"):
        read_bytes(tmp_path)


def test_a_name_no_file_can_have() -> None:
    with pytest.raises(FileError):
        read_bytes("a\x00b")


@pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0,
    reason="this user may read everything",
)
def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(FileError, match="close it in other programs or ask for access"):
        read_bytes(path)


def test_a_file_somebody_else_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_text("x", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", fail(PermissionError(13, "Permission denied")))
    with pytest.raises(FileError, match="close it in other programs or ask for access"):
        read_bytes(path)


def test_a_file_larger_than_any_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(files, "MAX_TEXT_BYTES", 9)
    with pytest.raises(FileError, match="is larger than"):
        read_bytes(path)
