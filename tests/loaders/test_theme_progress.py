"""A theme progress report of our own, every fact of it, and the ways such a report is broken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.papers import read_paper
from loaders.theme_progress import read, recognise
from tests.loaders.lost_words import find_lost_words
from tests.loaders.small_progress import HEAD, LABELS, LINES, TEXT, read_lines

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem


@pytest.fixture(scope="module")
def both() -> tuple[Plan, tuple[Problem, ...]]:
    return read_lines(LINES)


@pytest.fixture(scope="module")
def plan(both: tuple[Plan, tuple[Problem, ...]]) -> Plan:
    return both[0]


def told(problems: tuple[Problem, ...], code: str) -> list[tuple[int | None, str]]:
    return [
        (one.source.line if one.source else None, one.message)
        for one in problems
        if one.code == code
    ]


def test_it_says_why_it_is_one() -> None:
    why = "it has 3 tables with the columns Theme, Summary and Key Milestones"
    assert recognise(TEXT) == why
    assert recognise("Theme\tOwner\tDate\nQuays\tHarbour master\tMay 2025") is None
    assert recognise("Theme Summary Key Milestones") is None
    one = "Themes\tProgress update\tKey achievements\tMilestones"
    assert recognise(one) == "it has a table with the columns Theme, Summary and Key Milestones"


def test_front(plan: Plan) -> None:
    assert plan.id == "westmere-harbour-renewal-plan"
    assert plan.as_of == date(2025, 3, 31)
    assert plan.model_extra == {"x_period": "Jan-Mar"}
    assert [one.id for one in plan.boards] == ["cabinet"]


ITEMS = [
    # id, kind, parent, status, rag, grade, start, finish, forecast
    ("QUA", "theme", None, "not_started", None, None, None, None, None),
    ("QUA.1", "action", "QUA", "not_started", "amber", None, None, None, None),
    ("QUA.1.1", "milestone", "QUA.1", "not_started", None, "minor", None, "2025-04-30", None),
    ("QUA.1.2", "activity", "QUA.1", "not_started", None, "minor", None, "2025-05-31",
     "2025-06-30"),
    ("QUA.2", "action", "QUA", "not_started", "amber", None, None, None, None),
    ("QUA.2.1", "activity", "QUA.2", "not_started", None, "minor", None, None, None),
    ("QUA.3", "milestone", "QUA", "not_started", None, None, None, "2026-02-28", None),
    ("QUA.4", "milestone", "QUA", "in_progress", None, None, None, None, None),
    ("QUA.5", "milestone", "QUA", "complete", None, None, None, None, None),
    ("QUA.6", "milestone", "QUA", "complete", None, None, None, None, None),
    ("TF", "theme", None, "not_started", None, None, None, None, None),
    ("TF.1", "action", "TF", "not_started", "amber", None, None, None, None),
    ("TF.1.1", "activity", "TF.1", "not_started", None, "significant", None, None, None),
    ("TF.2", "action", "TF", "not_started", "amber", None, None, None, None),
    ("TF.2.1", "activity", "TF.2", "on_hold", None, None, None, None, None),
    ("TF.3", "milestone", "TF", "not_started", None, None, None, "2025-05-31", None),
    ("TF.4", "activity", "TF", "not_started", None, None, None, "2025-06-30", None),
    ("TF.5", "activity", "TF", "not_started", None, None, None, None, None),
    ("TF.6", "activity", "TF", "not_started", None, None, None, None, None),
    ("TF.7", "activity", "TF", "not_started", None, None, None, None, None),
]  # fmt: skip


def test_every_item(plan: Plan) -> None:
    assert [
        (
            one.id,
            one.kind,
            one.parent,
            one.status,
            one.rag,
            one.grade,
            one.planned.start and one.planned.start.isoformat(),
            one.planned.finish and one.planned.finish.isoformat(),
            one.forecast and one.forecast.isoformat(),
        )
        for one in plan.items
    ] == ITEMS


def test_titles(plan: Plan) -> None:
    titles = {one.id: one.title for one in plan.items}
    assert titles["QUA.1.1"] == "Stone contract signed"
    assert titles["QUA.4"] == "Lamp survey"
    assert titles["QUA.6"] == "Rules for visiting and leaving boats"
    assert titles["TF.1"] == "Fish market"
    assert titles["TF.7"] == "New rotas"


def test_a_sub_action_that_is_a_milestone_keeps_what_was_said_of_it(plan: Plan) -> None:
    first, *_ = plan.index.items["QUA.1.1"].history
    assert (first.grade, first.cause) == ("minor", "the great storm")
    assert first.source is not None
    assert first.source.line == 4


def test_causes_and_the_risk_that_they_share(plan: Plan) -> None:
    causes = {one.id: one.cause for one in plan.items if one.cause is not None}
    assert causes == {
        "QUA.1.1": "the great storm",
        "QUA.1.2": "Only one bidder came",
        "TF.1.1": "the great-storm",
        "TF.4": "the great storm",
    }
    (risk,) = plan.risks
    assert (risk.id, risk.title, risk.probability) == ("great-storm", "Great storm", 1.0)
    # TF.1.1 is QUA.1.1 in another theme: it is hit once.
    assert [one.item for one in risk.impacts] == ["QUA.1.1", "TF.4"]
    assert (plan.index.items["TF.1.1"].model_extra or {})["x_same_as"] == "QUA.1.1"
    evidence = (risk.model_extra or {})["x_evidence"]
    assert [one["item"] for one in evidence] == ["QUA.1.1", "TF.1.1", "TF.4"]


def test_stated_links(plan: Plan) -> None:
    links = [(one.from_, one.to, one.type, one.state, one.origin) for one in plan.links]
    assert links == [
        ("QUA.3", "TF.3", "FS", "proposed", "stated"),
        ("TF.5", "TF.6", "FS", "proposed", "stated"),
        ("TF.5", "TF.7", "FS", "proposed", "stated"),
    ]
    clash = plan.links[0]
    assert clash.model_extra == {"x_clash": True}
    assert (clash.reason or "").endswith("QUA.3 finishes 2026-02-28, TF.3 finishes 2025-05-31.")
    assert clash.evidence[0].source.line == 10
    assert plan.links[1].model_extra == {}
    assert (plan.links[1].reason or "").endswith("one of the two has no date to check it by.")


def test_dates_that_agree_make_an_accepted_link() -> None:
    line = LINES[9].replace("following the renewal of Quay 3", "following Quay 4 survey in April")
    plan, _ = read_lines([*LINES[:9], line])
    link = plan.links[0]
    first = plan.index.items[link.from_]
    assert (first.title, first.planned.finish) == ("Quay 4 survey in April", date(2025, 4, 30))
    assert (link.to, link.type, link.state) == ("TF.3", "FS", "accepted")


def test_totals_it_states(plan: Plan) -> None:
    stated = [(one.item, one.measure, one.value) for one in plan.stated]
    assert stated == [
        ("QUA", "actions", 5), ("QUA", "red", 1), ("QUA", "amber", 2), ("QUA", "green", 2),
        ("QUA", "amber again", 2), ("QUA", "sub-actions on track", 4),
        ("QUA", "sub-actions with minor slippage", 3),
        ("TF", "actions", 3), ("TF", "red", 0), ("TF", "amber", 2), ("TF", "green", 2),
        ("TF", "amber again", 3), ("TF", "sub-actions with significant slippage", 1),
        ("TF", "sub-actions complete", 2), ("TF", "sub-actions on hold", 1),
    ]  # fmt: skip
    assert {one.as_of for one in plan.stated} == {"2025-03"}


def test_achievements_have_their_month(plan: Plan) -> None:
    said = [
        (one.text, one.as_of) for one in plan.index.items["QUA"].history
        if (one.model_extra or {}).get("x_month")
    ]  # fmt: skip
    assert said == [
        ("Crane painted", date(2024, 12, 31)),
        ("Lamp survey complete", date(2025, 3, 31)),
        ("Rope bought for and wire sold", date(2025, 3, 31)),
    ]


PROBLEMS = [
    ("ids-given", None), ("date-without-year", 4), ("date-without-year", 4),
    ("outside-period", 4), ("achieved-but-open", 4), ("delay-not-stated", 4),
    ("row-continued", 7), ("row-continued", 7), ("cause-missing", 7),
    ("count-mismatch", 10), ("count-mismatch", 10), ("list-missing", 10),
    ("listed-twice", 10), ("date-without-year", 10),
]  # fmt: skip


def test_problems(both: tuple[Plan, tuple[Problem, ...]]) -> None:
    _, problems = both
    found = [(one.code, one.source.line if one.source else None) for one in problems]
    assert found == PROBLEMS
    assert told(problems, "count-mismatch") == [
        (10, "TF: 3 actions are stated, 0 red, 2 amber, 2 green are 4."),
        (10, "TF: 2 amber actions are stated, and then 3."),
    ]
    (twice,) = told(problems, "listed-twice")
    assert "both are kept, and a cause that hits both hits QUA.1.1 alone" in twice[1]


def test_no_word_is_lost(both: tuple[Plan, tuple[Problem, ...]]) -> None:
    assert find_lost_words(TEXT, *both, LABELS) == []
    plan, problems = both
    assert find_lost_words(TEXT + "\n\tgulls\t\tterns", plan, problems, LABELS) == [
        (11, "gulls"),
        (11, "terns"),
    ]


def test_the_plan_survives_its_file(plan: Plan) -> None:
    assert parse_plan(dump_plan(plan)) == plan


def test_a_milestone_in_both_lists_and_one_twice() -> None:
    cells = LINES[3].replace(
        "<li>• Harbour chart printed</li>", "<li>• Lamp survey</li><li>• A</li><li>• A</li>"
    )
    _, problems = read_lines([*LINES[:3], cells, *LINES[4:]])
    assert told(problems, "status-contradiction") == [
        (4, '"Lamp survey" is listed both as open and as complete.')
    ]
    assert told(problems, "listed-twice")[0] == (4, '"A" is listed twice among the milestones.')


def test_a_slipping_item_that_is_complete_contradicts_itself() -> None:
    line = LINES[3].replace("Harbour chart printed", "Divers hired")
    plan, problems = read_lines([*LINES[:3], line, *LINES[4:]])
    ((where, message),) = told(problems, "status-contradiction")
    assert where == 4
    assert "is listed as slipping (minor) on line 4, and as complete" in message
    assert plan.index.items["QUA.1.2"].status == "complete"
    assert plan.index.items["QUA.1.2"].grade == "minor"


@pytest.mark.parametrize("end", ["-", " of", " and", " \u2013"])
def test_an_entry_that_breaks_off(end: str) -> None:
    line = LINES[3].replace("Harbour chart printed", f"Harbour chart printed{end}")
    _, problems = read_lines([*LINES[:3], line, *LINES[4:]])
    assert [where for where, _ in told(problems, "entry-cut-off")] == [4]


def test_a_list_that_is_longer_than_its_number() -> None:
    line = LINES[3].replace("3 sub-actions have", "2 sub-actions have")
    _, problems = read_lines([*LINES[:3], line, *LINES[4:]])
    assert told(problems, "count-mismatch")[0] == (
        4,
        "QUA: 2 sub-actions with minor slippage are stated, 3 are listed.",
    )


def test_without_a_month_nothing_is_dated_and_that_is_told() -> None:
    plan, problems = read_lines(["## Harbour Plan progress", *LINES[1:]])
    assert (plan.id, plan.as_of) == ("harbour-plan", None)
    assert [line for line, _ in told(problems, "report-month-missing")] == [1]
    assert plan.index.items["QUA.1.1"].planned.finish is None
    assert plan.index.items["QUA.3"].planned.finish == date(2026, 2, 28)


def test_without_a_title() -> None:
    plan, problems = read_lines(LINES[2:])
    assert plan.id == "plan"
    assert plan.title is None
    assert [line for line, _ in told(problems, "report-month-missing")] == [1]


def test_a_theme_that_is_named_again_goes_on() -> None:
    again = "quays\t<p>More of it.</p>\t\t<p>Complete:</p><ul><li>Bell rung</li></ul>"
    plan, problems = read_lines([*LINES, again])
    assert [one.id for one in plan.items if one.kind == "theme"] == ["QUA", "TF"]
    assert told(problems, "listed-twice")[-1] == (
        11,
        'The theme "Quays" is named again: it is kept once.',
    )
    assert "Bell rung" in [one.title for one in plan.items]


@pytest.mark.parametrize(
    ("below", "title"),
    [
        ("<p>and rung</p>", "Bell cast and rung"),
        ("<p>On show</p>", "Bell cast"),  # a sentence of its own
        ("<p><b>and rung</b></p>", "Bell cast"),
        ("<p>no bells:</p>", "Bell cast"),
    ],
)
def test_an_entry_goes_on_inside_a_cell_that_was_put_together(below: str, title: str) -> None:
    cell = f"<ul><li>Bell cast</li></ul>{below}<ul><li>Lamp lit</li></ul>"
    plan, problems = read_lines([*LINES[:3], f"Quays\tGood.\t\t{cell}"])
    assert [one.title for one in plan.items if one.title.startswith("Bell")] == [title]
    assert [line for line, _ in told(problems, "row-continued")] == [4] * (title != "Bell cast")


def test_a_bullet_that_ends_with_a_dash_goes_on_with_its_status() -> None:
    cell = "<ul><li>Bell cast-</li></ul><p>On track for May 2025</p>"
    plan, _ = read_lines([*LINES[:3], f"Quays\tGood.\t\t{cell}"])
    (bell,) = [one for one in plan.items if one.title == "Bell cast"]
    assert bell.planned.finish == date(2025, 5, 31)


def test_rows_without_a_place() -> None:
    lines = ["a\tb", "", HEAD, "\tearly", "Quays\tx\ty\tz\tfurther", "", "A closing word."]
    _, problems = read_lines(lines)
    assert [line for line, _ in told(problems, "not-placed")] == [1, 4, 5, 7]


def test_columns_may_be_fewer_and_others_are_told() -> None:
    head = "Theme\tOwner\tSummary\tKey Milestones"
    plan, problems = read_lines([head, "Quays\tMayor\tGood.\t<ul><li>Bell rung</li></ul>"])
    assert [one.title for one in plan.items] == ["Quays", "Bell rung"]
    assert [line for line, _ in told(problems, "not-placed")] == [1, 2]


def test_no_theme_is_no_report() -> None:
    with pytest.raises(FileError, match=r'"x\.txt" has no row with words under "Theme"'):
        read(f"{HEAD}\n\tnothing", "x.txt")


def test_windows_text_and_line_ends(tmp_path: Path) -> None:
    text = TEXT.replace("Quay 3", "Queen\u2019s Quay").replace("- on track", "\u2013 on track")
    text = text.replace("\u25cb", "").replace("\u25aa", "")  # no sign of Windows-1252
    path = tmp_path / "report.txt"
    plans = []
    for encoding in ("utf-8", "cp1252"):
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        loaded = read_paper(path)
        plans.append(loaded.plan.model_copy(update={"sources": ()}))
        assert ("encoding" in {one.code for one in loaded.problems}) == (encoding == "cp1252")
    assert plans[0] == plans[1]
    assert plans[0].index.items["QUA.3"].title == "Queen\u2019s Quay reopened"
    assert "theme progress report" in loaded.notes[0]


FRAGMENTS = [
    *("<p>", "</p>", "<ul>", "</li>", "<li>", "• ", "○ ", "▪ ", "<b>", "</b>", "Complete:", "May"),
    *("2 sub-actions have medium slippage:", "Of the 3 main actions there are", "- due ", "(delay"),
    *("due to rain", "following ", "Updates", "0", "- ", "This", "on hold", "Quays", "May 2025"),
]
CELLS = sorted({cell for line in LINES for cell in line.split("\t")})
cells = st.sampled_from(CELLS) | st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join)
rows = st.lists(cells, max_size=5).map("\t".join)


@given(st.lists(rows | st.just(HEAD), max_size=12))
def test_any_heap_of_rows_is_a_plan_that_loses_nothing(lines: list[str]) -> None:
    text = "\n".join([HEAD, *lines])
    try:
        plan, problems = read(text, "report.txt")
    except FileError:
        return
    assert parse_plan(dump_plan(plan)) == plan
    assert all(one.source and one.source.file == "report.txt" for one in problems)
    assert find_lost_words(text, plan, problems, LABELS, joined=True) == []


@given(st.text())
def test_any_text_is_a_plan(text: str) -> None:
    plan, _ = read(f"{HEAD}\nQuays\t{text}\t{text}\t{text}", "report.txt")
    assert plan.items[0].title == "Quays"


@given(st.integers(0, len(TEXT)))
def test_a_report_that_breaks_off_anywhere(place: int) -> None:
    text = TEXT[:place]
    if recognise(text) is None:
        return
    try:
        plan, _ = read(text, "report.txt")
    except FileError:
        assert place < TEXT.index("Quays") + len("Quays") + 20
    else:
        assert plan.items
