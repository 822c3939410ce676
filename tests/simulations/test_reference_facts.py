"""simulations/reference.json: counted anew from papers and corpora; and as counted by eye."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulations.reffiles import built_in_reference

if TYPE_CHECKING:
    from types import ModuleType

    from simulations.refclasses import ReferenceClass

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "reference_class.py"
WRITTEN = ROOT / "simulations" / "reference.json"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_class_tool", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_file_is_what_papers_and_corpora_say(
    tool: ModuleType, papers: Path, corpora: Path
) -> None:
    assert papers.parent == corpora.parent
    text = WRITTEN.read_text(encoding="utf-8")
    assert tool.write(tool.build(papers.parent)) == text, "run: python tools/reference_class.py"
    assert json.loads(text) == tool.build(papers.parent)


def test_an_absent_paper_is_named(tool: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="holds no paper 004: set KNOCKON_SHARED"):
        tool.build(tmp_path)


def known(name: str) -> ReferenceClass:
    return built_in_reference().find(name)


def test_councils_as_read_by_eye() -> None:
    """Derby: on track 21, some slippage 8. Sandwell: on track 3+2+7+4+3+2, slipping 2+1+6+5+1+3."""
    councils = known("council-improvement")
    assert [(one.items, one.later) for one in councils.sources] == [(21 + 8, 8), (21 + 18, 18)]
    assert (councils.items, councils.later) == (68, 26)
    # Oct to Dec, Sept to Dec, Sept to March twice, April to November.
    assert councils.sizes is not None
    assert councils.sizes.values == (61, 92, 182, 182, 214)
    assert councils.facts["Sandwell sub-actions slipping because of one by-election"] == 1 + 2 + 3


def test_programmes_as_the_corpus_page_counts_them() -> None:
    """988 pairs a year apart: 67 % unchanged, 27 % later, 7 % earlier."""
    facts = known("government-programmes").facts
    pairs = facts["pairs of reports a year apart"]
    shares = [
        round(100 * facts[f"of those {how}"] / pairs) for how in ("unchanged", "later", "earlier")
    ]
    assert (pairs, shares) == (988, [67, 27, 7])


def test_tracked_activities_as_the_corpus_page_counts_them() -> None:
    """6,096 complete activities, 5,891 of them with a planned duration, of 109 projects."""
    tracked = known("tracked-projects")
    left_out = tracked.facts["activities planned for a day or less, left out"]
    assert tracked.items + left_out == 5891


@pytest.mark.parametrize("one", built_in_reference().classes, ids=lambda one: one.id)
def test_groups_and_bands_count_the_same(one: ReferenceClass) -> None:
    assert sum(group.later for group in one.groups) == one.later
    assert sum(group.items for group in one.groups) == sum(band.exposure for band in one.bands)


def test_no_names_of_projects_or_departments_stand_in_the_file() -> None:
    """All words of the file are ours: keys, ids, titles, definitions, sources, names of facts."""

    def words(value: Any) -> list[str]:
        if isinstance(value, dict):
            return [word for key, one in value.items() for word in [key, *words(one)]]
        if isinstance(value, list):
            return [word for one in value for word in words(one)]
        return [value] if isinstance(value, str) else []

    content = json.loads(WRITTEN.read_text(encoding="utf-8"))
    for group in (one for each in content["classes"] for one in each["groups"]):
        assert words(group) == [key for key in ("items", "later", "log_mean") if key in group]
