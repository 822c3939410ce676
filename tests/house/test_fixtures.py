"""The fixtures of tests/conftest.py: what is absent skips with a notice, or fails if required."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CONFTEST = Path(__file__).resolve().parent.parent / "conftest.py"
ASKING = "def test_it({fixture}): assert {fixture}.exists()"


@pytest.fixture
def ask(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Make a test session of its own, beside empty shared material and without a browser."""
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers =\n    browser\n    papers\n")
    monkeypatch.setenv("KNOCKON_SHARED", str(pytester.mkdir("shared")))
    monkeypatch.setenv("KNOCKON_CHROMIUM", str(pytester.path / "no-such-chromium"))
    for name in ("KNOCKON_REQUIRE_CORPORA", "KNOCKON_REQUIRE_BROWSER"):
        monkeypatch.delenv(name, raising=False)
    return pytester


@pytest.mark.parametrize("fixture", ["papers", "csip_paper", "corpora", "chromium", "browser"])
def test_absent_material_skips_with_a_notice(ask: pytest.Pytester, fixture: str) -> None:
    ask.makepyfile(ASKING.format(fixture=fixture))
    result = ask.runpytest_inprocess("-rs")
    result.assert_outcomes(skipped=1)
    result.stdout.re_match_lines([r"SKIPPED .*(is absent|no browser \(.*no-such-chromium\))"])


@pytest.mark.parametrize(
    ("fixture", "variable"),
    [
        ("papers", "KNOCKON_REQUIRE_CORPORA"),
        ("corpora", "KNOCKON_REQUIRE_CORPORA"),
        ("chromium", "KNOCKON_REQUIRE_BROWSER"),
    ],
)
def test_absent_material_fails_where_it_is_required(
    ask: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, fixture: str, variable: str
) -> None:
    monkeypatch.setenv(variable, "1")
    ask.makepyfile(ASKING.format(fixture=fixture))
    result = ask.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{variable}=1 asks for it*"])


def test_present_material_is_found(ask: pytest.Pytester) -> None:
    papers = ask.mkdir("shared/papers")
    (papers / "002_plan.txt").write_text("a plan", encoding="utf-8")
    (papers / "001_other.txt").write_text("another", encoding="utf-8")
    ask.makepyfile("def test_it(csip_paper): assert csip_paper.read_text() == 'a plan'")
    ask.runpytest_inprocess().assert_outcomes(passed=1)


def test_tests_are_marked_by_what_they_ask_for(ask: pytest.Pytester) -> None:
    ask.makepyfile(
        "def test_plain(): pass\ndef test_page(browser): pass\ndef test_paper(papers): pass"
    )
    ask.runpytest_inprocess("-m", "not browser and not papers").assert_outcomes(
        passed=1, deselected=2
    )


def test_browser_opens_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<title>knock-on</title>")
    assert page.title() == "knock-on"
    page.close()
