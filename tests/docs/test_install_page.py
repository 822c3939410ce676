"""docs/install.md: names, sizes and extras are those of the bundle and of the project."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tools.bundle.build import PYTHONS, name_bundle

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_every_extra_is_told() -> None:
    told = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(told) == sorted(set(PROJECT["optional-dependencies"]) - {"all"})


def test_the_bundle_has_the_name_that_is_told() -> None:
    assert f"`{name_bundle(PROJECT['version'], '3.13')}.zip`" in PAGE
    assert f"64-bit Python {PYTHONS[0]} to {PYTHONS[-1]}" in PAGE


def test_the_installer_is_as_long_as_is_told() -> None:
    told = re.search(r"in (\d+) lines", PAGE)
    assert told is not None
    text = (ROOT / "tools" / "bundle" / "payload" / "install.py").read_text(encoding="utf-8")
    assert abs(len(text.splitlines()) - int(told[1])) < 25


def test_the_readme_leads_to_sections_that_are_there() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}
    named = re.findall(r"docs/install\.md#([\w-]+)", README)
    assert named
    assert set(named) <= anchors


def test_the_three_ways_come_in_their_order() -> None:
    ways = [PAGE.index(words) for words in ("## With the", "## Without the", "## Somebody sends")]
    assert ways == sorted(ways)
    ways = [README.index(words) for words in ("pipx install", "a bundle]", "Somebody sends you")]
    assert ways == sorted(ways)
