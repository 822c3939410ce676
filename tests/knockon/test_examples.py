"""Where the example plan is found: in a checkout, in an installed copy, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import FileError
from knockon import examples

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["wexcombe-csip.txt", "wexcombe-links.csv"]


def _fill(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in NAMES:
        (folder / name).write_text("x", encoding="utf-8")


def test_in_this_checkout() -> None:
    files = examples.example_files()
    assert [file.name for file in files] == NAMES
    assert all(file.is_file() for file in files)


def test_in_a_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "_PACKAGE", tmp_path / "knockon")
    _fill(tmp_path / "knockon" / "data")
    assert [file.parent for file in examples.example_files()] == [tmp_path / "knockon" / "data"] * 2


def test_a_strangers_folder_beside_an_installed_copy_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examples, "_PACKAGE", tmp_path / "knockon")
    _fill(tmp_path / "knockon" / "data")
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / NAMES[0]).write_text("not ours", encoding="utf-8")
    assert examples.example_files()[0].parent == tmp_path / "knockon" / "data"


def test_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "_PACKAGE", tmp_path / "knockon")
    with pytest.raises(FileError) as failure:
        examples.example_files()
    assert str(failure.value) == (
        f'The example files are not in "{tmp_path / "knockon" / "data"}": install knockon again, '
        "or name a paper of your own."
    )
