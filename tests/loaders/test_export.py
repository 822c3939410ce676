"""Which file an export writes, what it refuses, and that nothing is ever half written."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import FileError
from graphmodel.planfile import parse_plan, read_plan
from loaders.formats import ZIP_MARK
from loaders.writers.export import FORMS, export_plan, find_form
from tests.knockon.council import council

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

STARTS = {
    "csv": b"\xef\xbb\xbfID,",
    "xlsx": ZIP_MARK,
    "graphml": b"<?xml",
    "json": b'{\n "schema": "knockon/plan@1"',
    "mspdi": b"<?xml",
}
ENDINGS = {form: "xml" if form == "mspdi" else form for form in FORMS}


def small() -> Plan:
    content: dict[str, Any] = {"schema": "knockon/plan@1", "id": "p"}
    content["items"] = [{"id": "A", "kind": "action", "title": "Agree"}]
    return parse_plan(json.dumps(content))


def test_forms() -> None:
    assert set(FORMS) == set(STARTS)


@pytest.mark.parametrize("form", FORMS)
def test_the_ending_says_what_is_written(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{ENDINGS[form].upper()}"
    export_plan(small(), path)
    assert path.read_bytes().startswith(STARTS[form])
    assert find_form(path) == form


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_named_goes_before_the_ending(form: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.out"
    export_plan(small(), path, form=form)
    assert path.read_bytes().startswith(STARTS[form])
    assert list(tmp_path.iterdir()) == [path]  # no temporary file is left


def test_a_plan_file_holds_everything(tmp_path: Path) -> None:
    plan = council()
    assert export_plan(plan, tmp_path / "plan.json") == ()
    assert read_plan(tmp_path / "plan.json") == plan


@pytest.mark.parametrize("name", ["plan.doc", "plan", "plan."])
def test_an_ending_that_says_nothing(name: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"no ending that says what to write: name it ….*\.json"):
        export_plan(small(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_form_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(FileError, match='"pdf" is no form of file to write: choose csv, '):
        export_plan(small(), tmp_path / "plan.csv", form="pdf")


@pytest.mark.parametrize("form", FORMS)
def test_what_the_plan_is_read_from_is_not_written_over(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"plan.{ENDINGS[form]}"
    path.write_bytes(b"the plan")
    other = tmp_path / "." / f"plan.{ENDINGS[form]}"
    with pytest.raises(FileError, match="is what the plan is read from"):
        export_plan(small(), path, inputs=[tmp_path / "links.csv", other])
    assert path.read_bytes() == b"the plan"
    export_plan(small(), path, inputs=[tmp_path / "other.csv"])
    assert path.read_bytes().startswith(STARTS[form])


@pytest.mark.parametrize("form", FORMS)
def test_a_folder_that_there_is_not(form: str, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        export_plan(small(), tmp_path / "none" / f"plan.{ENDINGS[form]}")


@pytest.mark.parametrize("form", FORMS)
def test_a_file_that_another_program_holds(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"plan.{ENDINGS[form]}"
    path.write_bytes(b"old")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(FileError, match="close it in Excel or Word and try again"):
        export_plan(small(), path)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 - Path.iterdir would do as well


@pytest.mark.parametrize("form", ["csv", "xlsx", "graphml"])
def test_a_plan_with_everything_can_be_written(form: str, tmp_path: Path) -> None:
    told = export_plan(council(), tmp_path / f"plan.{ENDINGS[form]}")
    assert told
    assert all(sentence.endswith(".") for sentence in told)


@pytest.mark.parametrize("form", FORMS)
def test_a_plan_without_items(form: str, tmp_path: Path) -> None:
    told = export_plan(
        parse_plan('{"schema": "knockon/plan@1", "id": "p"}'), tmp_path / f"p.{ENDINGS[form]}"
    )
    assert told == ()


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"xlsx"}))  # which holds when it was made
def test_writing_twice_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    one, other = tmp_path / f"a.{ENDINGS[form]}", tmp_path / f"b.{ENDINGS[form]}"
    export_plan(council(), one)
    export_plan(council(), other)
    assert one.read_bytes() == other.read_bytes()


def test_a_file_that_is_not_read_back_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loaders.item_tables.read_item_tables", lambda *_: None)
    with pytest.raises(FileError, match="was written, but is not read as a plan"):
        export_plan(small(), tmp_path / "plan.csv")


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loaders.writers.sheets._MAX_ROWS", 1)
    with pytest.raises(FileError, match="no more than 0 rows; export the plan as CSV"):
        export_plan(small(), tmp_path / "plan.xlsx")
    assert list(tmp_path.iterdir()) == []
