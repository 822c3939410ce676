"""What holds for every page: one file, nothing from outside, a policy that proves it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import KnockonError
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from tests.viz.reading import read_page, sha256
from tests.viz.samples import build_plan, build_schedule, build_still_whatif, build_whatif, slip
from viz import page
from viz.network import draw_map
from viz.page import MAP_SCRIPTS, gather_assets, make_environment, read_static
from viz.report import draw_whatif

if TYPE_CHECKING:
    from tests.viz.reading import PageParts


@pytest.fixture(scope="module", params=["map", "report", "still", "hostile map", "hostile report"])
def html(request: pytest.FixtureRequest) -> str:
    plan, hostile = build_plan(), build_hostile_plan()
    match request.param:
        case "map":
            return draw_map(plan, build_schedule(), links=plan.links)
        case "report":
            return draw_whatif(build_whatif(), baseline=build_schedule())
        case "still":
            return draw_whatif(build_still_whatif())
        case "hostile map":
            return draw_map(hostile, schedule(hostile), links=hostile.links, title=PAYLOADS[0])
        case _:
            answer = what_if(hostile, slip("<b>0", "2m"), links="proposed")
            return draw_whatif(answer, title=PAYLOADS[1])


@pytest.fixture(scope="module")
def parts(html: str) -> PageParts:
    return read_page(html)


def test_nothing_is_asked_for(parts: PageParts) -> None:
    assert parts.outside() == []


def test_the_policy_lets_only_the_pages_own_scripts_run(parts: PageParts) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in parts.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    run = [text for kind, text in parts.scripts if kind is None]
    assert sorted(rules["script-src"].split()) == sorted({sha256(text) for text in run})
    assert {kind for kind, _ in parts.scripts} == {None, "application/json"}


def test_the_policy_comes_before_everything_it_rules(html: str) -> None:
    policy = html.index("Content-Security-Policy")
    assert policy < html.index("<style")
    assert policy < html.index("<script")


def test_scripts_and_styles_name_no_address(parts: PageParts) -> None:
    ours = [text for kind, text in parts.scripts if kind is None and "vis-network" not in text[:40]]
    for text in (*ours, *parts.styles):
        assert not re.search(r"https?:|//\w+\.|\bimport\s*\(|\bfetch\b|XMLHttp|sendBeacon", text)


def test_the_page_says_what_it_is(parts: PageParts, html: str) -> None:
    assert html.startswith("<!doctype html>")
    assert ("html", {"lang": "en-GB"}) in parts.tags
    assert sum(tag == "h1" for tag, _ in parts.tags) == 1
    assert sum(tag == "title" for tag, _ in parts.tags) == 1


def test_the_same_records_give_the_same_page() -> None:
    plan = build_plan()
    first, second = (draw_map(plan, build_schedule(), links=plan.links) for _ in range(2))
    assert first == second


def test_ids_on_a_page_are_its_own(parts: PageParts) -> None:
    ids = [attrs["id"] for _, attrs in parts.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {
        (attrs.get("href") or "").removeprefix("#") for tag, attrs in parts.tags if tag == "a"
    }
    assert targets <= set(ids)


@pytest.mark.parametrize(
    "call", ["eval(", "new Function(", "XMLHttpRequest", "fetch(", "importScripts", "WebSocket"]
)
def test_the_vendored_script_cannot_ask_for_anything(call: str) -> None:
    assert call not in read_static("vendor/vis-network-10.1.5/vis-network.min.js")


def test_the_vendored_script_names_addresses_in_its_comments_only() -> None:
    text = read_static("vendor/vis-network-10.1.5/vis-network.min.js")
    code = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found = set(re.findall(r"https?://[\w./-]+", code))
    # The licence note of a polyfill, a string that nothing reads.
    assert all(one.startswith("https://github.com/zloirock/core-js") for one in found)


def test_scripts_are_in_the_package_and_have_unix_line_ends() -> None:
    static = files("viz").joinpath("static")
    for name in MAP_SCRIPTS:
        content = static.joinpath(*name.split("/")).read_bytes()
        assert b"\r" not in content
        assert content.decode("utf-8")


def test_no_pointer_to_a_source_map_stays() -> None:
    assert not any("sourceMappingURL" in text for text in gather_assets(MAP_SCRIPTS).scripts)


def test_a_page_without_scripts_lets_none_run() -> None:
    assert "script-src 'none'" in gather_assets().policy


def test_a_script_that_would_end_its_tag_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "read_static", lambda _: "'</SCRIPT>'")
    with pytest.raises(KnockonError, match=r"js/odd\.js cannot stand inside a page"):
        gather_assets.__wrapped__(("js/odd.js",))


def test_templates_escape_every_value() -> None:
    template = make_environment().from_string("{{ a }}|{{ b|shorten(30) }}|{{ [a]|join_words }}")
    assert template.render(a="<b>&\"'", b="<i>") == (
        "&lt;b&gt;&amp;&#34;&#39;|&lt;i&gt;|&lt;b&gt;&amp;&#34;&#39;"
    )
