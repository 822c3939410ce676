from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import FileError
from graphmodel.plan import Plan
from loaders.delivery_plan import FAMILY
from loaders.family import Family
from loaders.papers import FAMILIES, read_paper
from tests.loaders.small_paper import TEXT

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.problems import Problem


def read_nothing(text: str, name: str) -> tuple[Plan, tuple[Problem, ...]]:
    return Plan(id=f"{name}-{len(text)}"), ()


EVERYTHING = Family("heap", lambda _: "it takes everything", read_nothing)
NOTHING = Family("void", lambda _: None, read_nothing)


def save(folder: Path, content: bytes, name: str = "paper.txt") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_paper_is_read_by_the_family_that_knows_it(tmp_path: Path) -> None:
    content = TEXT.encode()
    loaded = read_paper(save(tmp_path, content))
    assert loaded.plan.id == "hrp"
    assert loaded.plan.sources[0].sha256 == hashlib.sha256(content).hexdigest()
    why = 'it has 4 rows "Objective" and 4 tables of actions with due dates'
    assert loaded.notes == (f"paper.txt was read as a delivery plan: {why}.",)
    assert [one.code for one in loaded.problems][:2] == ["not-placed", "role-split"]


def test_a_family_is_one_more_entry(tmp_path: Path) -> None:
    loaded = read_paper(save(tmp_path, b"any"), families=(NOTHING, EVERYTHING))
    assert (loaded.plan.id, loaded.problems) == ("paper.txt-3", ())
    assert loaded.notes == ("paper.txt was read as a heap: it takes everything.",)


def test_a_paper_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        read_paper(save(tmp_path, b"Prose alone."))
    known = ", ".join(family.name for family in FAMILIES)
    assert str(caught.value) == (
        f'"paper.txt" is no paper of a known form ({known}): give a plan file, a table, or '
        "the paper's text with its tables as tab-separated lines."
    )


def test_a_paper_that_two_families_claim(tmp_path: Path) -> None:
    with pytest.raises(
        FileError, match=r"could be a delivery plan .* and a heap .*: keep only one"
    ):
        read_paper(save(tmp_path, TEXT.encode()), families=(FAMILY, EVERYTHING))


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\x00\x01\x02"])
def test_files_without_text_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileError, match=r"paper\.txt"):
        read_paper(save(tmp_path, content))


def test_other_encodings(tmp_path: Path) -> None:
    text = TEXT.replace("Dredging", "Men\u2019s Dredging")
    titles = {}
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        loaded = read_paper(save(tmp_path, text.replace("\n", "\r\n").encode(encoding)))
        titles[encoding] = loaded.plan.index.items["HA1"].title
        assert ("encoding" in {one.code for one in loaded.problems}) == (encoding == "cp1252")
    assert set(titles.values()) == {"Men\u2019s Dredging"}


def test_families_have_names_of_their_own() -> None:
    assert len({family.name for family in FAMILIES}) == len(FAMILIES)
