"""A plan in a notebook: what IPython shows of it, and its answers as DataFrames."""

from __future__ import annotations

from datetime import date, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

import knockon
from graphmodel.plan import Plan
from knockon.notebook.frames import list_tables
from knockon.notebook.shown import ROWS
from tests.knockon.council import COUNCIL, council
from tests.viz.hostile import PAYLOADS, build_hostile_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from knockon.notebook.shown import Shown


def build_gated() -> Plan:
    """Return the council with a decision, meetings, a blackout and a risk in it."""
    delay = {"distribution": "uniform", "low": "1d", "high": "9d"}
    more: dict[str, Any] = {
        "status_date": "2026-10-01",
        "gates": [{"id": "g", "item": "A.2", "board": "ib"}],
        "blackouts": [{"start": "2027-03-22", "finish": "2027-05-06", "tags": ["consultation"]}],
        "risks": [
            {
                "id": "r", "title": "A union objects", "probability": 0.5,
                "impacts": [{"item": "A.1", "delay": delay}],
            }
        ],
    }  # fmt: skip
    boards = COUNCIL["boards"]
    meetings = {"dates": ["2027-01-20", "2027-05-12", "2027-06-16"]}
    return council(**more, boards=[{**boards[0], "meetings": meetings}, *boards[1:]])


def ask_everything(plan: knockon.OpenPlan) -> dict[str, Shown[Any]]:
    dated = [one.id for one in plan.plan.items if one.planned.finish and one.status != "complete"]
    item = dated[0] if dated else None
    answers: dict[str, Shown[Any]] = {
        "schedule": plan.schedule(),
        "boards": plan.boards(),
        "check": plan.check(),
        "compare": plan.compare(plan),
        "links": plan.links(),
        "owners": plan.owners(),
        "reach": plan.reach(),
    }
    if item is not None:
        answers |= {
            "whatif": plan.whatif(f"{item}=1w"),
            "trace": plan.trace(item),
            "risk": plan.risk(iterations=50),
        }
    return answers


@pytest.fixture(scope="module")
def answers() -> dict[str, Shown[Any]]:
    return ask_everything(knockon.OpenPlan(build_gated()))


def shown_by_ipython(value: object) -> dict[str, str]:
    formatter: Any = DisplayFormatter()
    shown: dict[str, str] = formatter.format(value)[0]
    return shown


# -- what is shown


def test_a_whatif_says_its_sentence_and_shows_what_moves() -> None:
    answer = knockon.OpenPlan(council()).whatif("A.1=2m")
    shown = shown_by_ipython(answer)
    assert shown["text/plain"].startswith("If A.1 “Consult staff “properly””")
    html = shown["text/html"]
    assert "<strong>If A.1 " in html
    assert '<th scope="col"' in html
    assert '<th scope="row"' in html
    assert "<caption" in html
    # By hand, as tests.knockon.council works it out: 15 days late, or 59 if its 44 days are work.
    assert "15 to 59 days" in html
    assert "15 May 2027 to 28 Jun 2027" in html
    assert "newly late" in html
    assert "<script" not in html
    assert " id=" not in html


def test_every_answer_shows_itself(answers: dict[str, Shown[Any]]) -> None:
    for name, answer in answers.items():
        shown = shown_by_ipython(answer)
        assert answer.sentences, name
        assert shown["text/plain"] == "\n".join(answer.sentences)
        assert shown["text/html"].count("<strong>") == 1
        assert ".to_frame(" in shown["text/html"], name
        assert answer.tables == list_tables(answer.result)


def test_a_plan_says_what_it_holds() -> None:
    plan = knockon.OpenPlan(council())
    assert repr(plan) == "Improvement plan: 6 items, 1 accepted link and 1 proposed one."
    assert list(plan.to_frame().id) == [item.id for item in plan.plan.items]


def test_a_long_table_is_cut_and_says_so() -> None:
    items = [{"id": f"M{n}", "kind": "milestone", "title": "x", "planned": {"finish": "2027-01-31"}}
             for n in range(ROWS + 3)]  # fmt: skip
    plan = Plan.model_validate({"id": "p", "start": "2026-04-01", "items": items})
    html = shown_by_ipython(knockon.OpenPlan(plan).reach())["text/html"]
    assert html.count('<th scope="row"') == ROWS
    assert "3 more rows not shown." in html


def test_an_empty_plan_has_answers_too() -> None:
    plan = knockon.OpenPlan(Plan.model_validate({"id": "p"}))
    for answer in ask_everything(plan).values():
        assert repr(answer)
        assert "<table" not in shown_by_ipython(answer)["text/html"]
    assert "0 items" in repr(plan)
    assert "Nothing in the plan has a date" in repr(plan.schedule())


def test_text_of_a_plan_stays_text_in_a_cell() -> None:
    plan = knockon.OpenPlan(build_hostile_plan())
    for answer in ask_everything(plan).values():
        html = shown_by_ipython(answer)["text/html"]
        for payload in PAYLOADS:
            assert "<" not in payload or payload not in html
        assert not {"script", "img", "svg", "iframe"} & {
            one.partition(" ")[0].strip("/>") for one in html.split("<")[1:]
        }


# -- DataFrames


def test_every_table_has_the_same_columns_with_rows_and_without(
    answers: dict[str, Shown[Any]],
) -> None:
    empty = ask_everything(knockon.OpenPlan(Plan.model_validate({"id": "p"})))
    for name, answer in answers.items():
        for table in answer.tables:
            frame = answer.to_frame(table)
            assert len(frame.columns) > 1
            assert not any(column.endswith("_") for column in frame.columns)
            if name in empty:
                other = empty[name].to_frame(table)
                assert list(other.dtypes.items()) == list(frame.dtypes.items())
            for cell in frame.to_numpy().ravel():
                plain = isinstance(cell, str | int | float | bool | pd.Timestamp | date)
                ids = isinstance(cell, tuple) and all(isinstance(one, str) for one in cell)
                assert plain or ids or cell is None or pd.isna(cell) is True, (name, table, cell)


def test_cells_are_those_of_the_records(answers: dict[str, Shown[Any]]) -> None:
    result = answers["schedule"].result
    frame = answers["schedule"].to_frame()
    assert list(frame.id) == [row.id for row in result.items]
    for row, finish, room in zip(result.items, frame.finish, frame.total_float_days, strict=True):
        assert (None if pd.isna(finish) else finish.date()) == row.finish
        assert (None if pd.isna(room) else room) == row.total_float_days


def test_figures_worked_out_by_hand() -> None:
    frame = knockon.OpenPlan(council()).whatif("A.1=2m").to_frame()
    moved = frame.set_index("id").loc["A.2"]
    assert (moved.knock_on_days, moved.knock_on_if_work_days) == (15, 59)
    assert (moved.finish, moved.finish_if_work) == (datetime(2027, 5, 15), datetime(2027, 6, 28))
    assert moved.owners == ("Director of Adult Social Care",)
    buffers = knockon.OpenPlan(council()).whatif("A.1=2m").to_frame("buffers")
    assert list(buffers.columns) == ["from", "to", "before_days", "after_days"]


def test_tables_of_lists_inside_lists(answers: dict[str, Shown[Any]]) -> None:
    meetings = answers["boards"].to_frame("meetings")
    assert set(meetings.board) == {"ib"}
    assert list(meetings.meeting.dt.date)[:2] == [date(2027, 1, 20), date(2027, 5, 12)]
    curve = answers["risk"].to_frame("curve")
    assert curve.groupby("target").share.max().eq(1).all()
    load = answers["owners"].to_frame("load")
    officers = answers["owners"].result.officers
    assert load.finishing.sum() == sum(m.finishing for o in officers for m in o.load.months)
    steps = answers["trace"].to_frame()
    assert set(steps.direction) <= {"upstream", "downstream"}


def test_what_changed_names_the_versions() -> None:
    old = council()
    changed = {"planned": old.items[2].planned.model_copy(update={"finish": date(2027, 2, 28)})}
    items: Sequence[Any] = [
        item.model_copy(update=changed) if item.id == "A.1" else item for item in old.items
    ]
    new = old.model_copy(update={"items": tuple(items), "as_of": date(2026, 12, 1)})
    frame = knockon.OpenPlan(new).compare(old).to_frame()
    row = frame[frame.field == "planned_finish"].iloc[0]
    assert (row.id, row.days, row.until) == ("A.1", 28, datetime(2026, 12, 1))
    assert pd.isna(row.since)


def test_a_table_that_is_not_there_is_a_sentence(answers: dict[str, Shown[Any]]) -> None:
    with pytest.raises(knockon.KnockonError, match=r'no table "x" .* "items", "buffers" or'):
        answers["whatif"].to_frame("x")
    with pytest.raises(knockon.KnockonError, match="int is no result that has tables"):
        knockon.to_frame(3)


def test_what_is_loaded_has_its_problems(tmp_path: Path) -> None:
    paper = tmp_path / "plan.csv"
    paper.write_text("action,due\nMend the roof,soon\n", encoding="utf-8")
    loaded = knockon.load(paper)
    frame = knockon.to_frame(loaded)
    assert list(frame.message) == [problem.message for problem in loaded.problems]
    assert frame.source.str.startswith("plan.csv").all()
    opened = knockon.open_plan(paper, as_of="2026-11-30")
    assert opened.problems == loaded.problems
    assert opened.plan.status_date == date(2026, 11, 30)


def test_changes_and_scenarios_go_together() -> None:
    plan = knockon.OpenPlan(council())
    slip = knockon.Slip(item="A.1", by=knockon.parse_span("2m"))
    one = plan.whatif(slip).to_frame()
    two = plan.whatif("A.1=1m", scenario=knockon.Scenario(changes=(slip,))).result
    assert len(two.scenario.changes) == 2
    assert one.equals(plan.whatif("A.1=2m").to_frame())


# -- the map in a frame


def test_the_map_draws_in_a_frame_and_touches_nothing_around_it(
    browser: Browser, tmp_path: Path
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    plan = knockon.OpenPlan(build_gated())
    shown = plan.map(height=600)
    assert repr(shown).startswith("<Dependency map of Improvement plan: a page of ")
    shown.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == shown.html
    answer = plan.whatif("A.1=2m")
    cells = [shown_by_ipython(one)["text/html"] for one in (shown, answer, plan.report(answer))]
    notebook = tmp_path / "notebook.html"
    notebook.write_text(
        "<!DOCTYPE html><html lang='en'><title>Notebook</title><main><h1>Notebook</h1>"
        + "".join(f"<div class='output'>{cell}</div>" for cell in cells)
        + "</main></html>",
        encoding="utf-8",
    )
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe").first
    # The map's script has run: the bar for scripts is there, and the canvas is not blank.
    frame.locator("canvas").first.wait_for()
    inked = frame.locator("canvas").first.evaluate(
        """(canvas) => new Promise((done) => setTimeout(() => {
          const { width, height } = canvas;
          const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          const seen = new Set();
          for (let at = 0; at < pixels.length; at += 4) seen.add(pixels.slice(at, at + 3).join());
          done(seen.size);
        }, 500))"""
    )
    assert inked > 20
    # What the map would tell in an address, it keeps to itself where it has none.
    frame.locator("#level").select_option("lanes")
    frame.locator("#find").fill("A.2")
    frame.locator("#find").press("Enter")
    frame.locator("#panel").get_by_text("Start the integrated teams").first.wait_for()
    ask = frame.locator("#w-open")
    ask.click()
    assert ask.get_attribute("aria-expanded") == "true"
    inner = page.frames[1]
    assert (
        inner.evaluate("() => { try { return parent.document.title } catch { return 'shut' } }")
        == "shut"
    )
    assert inner.evaluate("window.origin") == "null"
    assert heard == [notebook.as_uri()]
    found = Axe().run(page, options={"iframes": False})
    assert found.violations_count == 0, found.generate_report()
    page.close()


def test_a_frame_is_one_attribute_whatever_the_page_holds() -> None:
    page = knockon.OpenPlan(build_hostile_plan()).map(title='"></iframe><script>1</script>')
    html = shown_by_ipython(page)["text/html"]
    parser = _Frames()
    parser.feed(html)
    ((tag, held),) = parser.found
    assert tag == "iframe"
    assert held["srcdoc"] == page.html
    assert held["sandbox"] == "allow-scripts allow-downloads"
    assert held["title"]


class _Frames(HTMLParser):
    """The start tags of a piece of HTML with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
