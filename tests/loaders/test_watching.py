"""Readers tell how far they are; nobody has to listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from loaders.load import load
from loaders.watching import listening, tell, watched
from tests.loaders.test_load import text_file

if TYPE_CHECKING:
    from pathlib import Path


def test_nobody_listens() -> None:
    tell(1, 2)
    assert list(watched(["a", "b"])) == ["a", "b"]


def test_what_is_told() -> None:
    heard: list[tuple[int, int]] = []
    with listening(lambda done, steps: heard.append((done, steps))):
        assert list(watched(range(5), every=2)) == [0, 1, 2, 3, 4]
        tell(7, 8)
    tell(9, 9)
    assert heard == [(0, 5), (2, 5), (4, 5), (7, 8)]


def test_spreadsheets_tell_how_far_they_are(tmp_path: Path) -> None:
    rows = [f"A{number},Step {number},30/09/2026" for number in range(1_200)]
    heard: list[tuple[int, int]] = []
    with listening(lambda done, steps: heard.append((done, steps))):
        load([text_file(tmp_path, "t.csv", "Ref,Action,Due date", *rows)])
    assert heard == [(0, 1_200), (500, 1_200), (1_000, 1_200)]


def test_workbooks_tell_how_many_megabytes_are_read(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Ref", "Action", "Due date"])
    for number in range(30_000):
        sheet.append([f"A{number}", f"Step {number}", "30/09/2026"])
    book.save(tmp_path / "t.xlsx")
    heard: list[tuple[int, int]] = []
    with listening(lambda done, steps: heard.append((done, steps))):
        load([tmp_path / "t.xlsx"])
    megabytes = [done for done, steps in heard if steps < 100]
    assert megabytes == sorted(megabytes)
    assert megabytes[-1] >= 1
