"""docs/accessibility.md: every criterion is there, the tests it names exist, its figures hold."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
CSS = (ROOT / "viz" / "static" / "page.css").read_text(encoding="utf-8")
TEMPLATES = sorted((ROOT / "viz" / "templates").rglob("*.j2"))
SCRIPTS = sorted((ROOT / "viz" / "static" / "js").glob("*.js"))

#: How many criteria of levels A and AA each guideline of WCAG 2.2 has: its highest number in the
#: recommendation, less those of level AAA and the obsolete 4.1.1.
CRITERIA = {
    "1.1": "1", "1.2": "1 2 3 4 5", "1.3": "1 2 3 4 5", "1.4": "1 2 3 4 5 10 11 12 13",
    "2.1": "1 2 4", "2.2": "1 2", "2.3": "1", "2.4": "1 2 3 4 5 6 7 11", "2.5": "1 2 3 4 7 8",
    "3.1": "1 2", "3.2": "1 2 3 4 6", "3.3": "1 2 3 4 7 8", "4.1": "2 3",
}  # fmt: skip


def rows() -> list[tuple[str, str, str]]:
    found = re.findall(r"^\| (\d\.\d\.\S+) [^|]+\| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
    return [(number, how.strip(), test.strip()) for number, how, test in found]


def test_every_criterion_of_level_a_and_aa_stands_in_the_record() -> None:
    told: list[str] = []
    for number, _, _ in rows():
        first, _, last = number.partition("\u2013")
        guideline, _, start = first.rpartition(".")
        end = int((last or first).rpartition(".")[2])
        told += [f"{guideline}.{n}" for n in range(int(start), end + 1)]
    wanted = [f"{guideline}.{n}" for guideline, ns in CRITERIA.items() for n in ns.split()]
    assert told == wanted
    assert len(wanted) == 55
    assert "All 55 success criteria" in PAGE


def test_the_tests_it_names_are_there() -> None:
    named = set(re.findall(r"`(test_\w+\.py)::(test_\w+)`", PAGE))
    assert len(named) > 20
    for file, test in sorted(named):
        (path,) = (ROOT / "tests").rglob(file)
        assert f"def {test}(" in path.read_text(encoding="utf-8"), f"{file}::{test}"


def test_every_row_says_how_it_was_tested() -> None:
    for number, how, test in rows():
        assert how, number
        assert re.search(r"`test_|by hand|axe on|does not apply|not met|not tested", test), number


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2."""
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(one * 2 for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_have_the_contrast_that_is_stated() -> None:
    assert round(contrast("#000", "#fff"), 1) == 21  # the scale's end, by definition
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", CSS))
    grounds = [colours[name] for name in ("paper", "band", "fill")]
    texts = [colours[name] for name in ("ink", "soft", "link", "late", "good", "main")]
    least = min(contrast(text, ground) for text, ground in product(texts, grounds))
    assert f"{least:.2f}:1 (green on the blue fill)" in PAGE
    assert least == contrast(colours["good"], colours["fill"])
    assert min(contrast(colours["ink"], ground) for ground in grounds) >= 14
    lines = min(contrast(colours["line"], ground) for ground in grounds)
    assert lines >= 3
    assert f"{lines:.2f}:1 or more" in PAGE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_that_the_record_rules_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<\w+[^>]*\s(?:title|accesskey|autofocus)=", text)
    assert not re.search(r'tabindex="[1-9]', text)
    assert not re.search(r"<(?:marquee|blink|audio|video|object|embed)\b", text)
    if "<html" in text:
        assert '<html lang="en-GB"' in text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_listens_to_keys_of_the_whole_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?:document|window|body)\.addEventListener\(\s*.key", text)
    assert not re.search(r"\.title\s*=|accessKey", text)
