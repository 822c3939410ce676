"""Small sheets of items for tests, written as files and read as plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from loaders.item_tables import read_item_tables
from loaders.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from graphmodel.items import Item
    from loaders.loaded import Loaded


def write_csv(folder: Path, text: str, name: str = "plan.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def write_book(
    folder: Path, sheets: Mapping[str, Sequence[Sequence[object]]], name: str = "plan.xlsx"
) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def load_items(path: Path, mapping: Mapping[str, str] | None = None) -> Loaded:
    loaded = read_item_tables(path, read_sheets(path), mapping=mapping)
    assert loaded is not None
    return loaded


def load_text(folder: Path, text: str, mapping: Mapping[str, str] | None = None) -> Loaded:
    return load_items(write_csv(folder, text), mapping)


def items(loaded: Loaded) -> dict[str, Item]:
    return {item.id: item for item in loaded.plan.items}


def parents(loaded: Loaded) -> dict[str, str | None]:
    return {item.id: item.parent for item in loaded.plan.items}


def codes(loaded: Loaded) -> list[str]:
    return [problem.code for problem in loaded.problems]
