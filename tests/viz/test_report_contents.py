"""What a report to a board says, against answers worked out by hand.

`tests.knockon.council`: two months' slip of A.1 takes A.2 to 15 May 2027 (15 days late) or, if its
gap is work, to 28 June (59 days). `tests.queries.board_plan`: T.1 is ready 11 days before papers
for 12 January are due, so a slip of 12 days misses it, and the next meeting held is on 11 May.
"""

from __future__ import annotations

from datetime import date, datetime

from graphmodel.items import HistoryEntry, Item, Planned
from graphmodel.plan import Plan
from graphmodel.scenario import CancelItem, Scenario, Slip
from graphmodel.spans import parse_span
from queries.compare import compare_plans
from queries.report import gather_report
from tests.knockon.council import COUNCIL, council
from tests.viz.papers import (
    blocks,
    board_paper,
    chain,
    heat,
    month,
    pictures,
    plain_paper,
    since_paper,
    table,
    whatif_paper,
)
from viz.paper.blocks import Bullets, Course, Loud, Named, Spread, Table, Text
from viz.paper.contents import lay_out_report

A = Named("A", "Bring in the new model across every team, locality and function we run")
A1 = Named("A.1", "Consult staff “properly”")
A2 = Named("A.2", "Start the integrated teams")
DUE, SPARE, WORK = date(2027, 4, 30), date(2027, 5, 15), date(2027, 6, 28)
A_DAY = Scenario(changes=(Slip(item="A.4", by=parse_span("1d")),))
DIRECTOR = "Director of Adult Social Care"


def told(plan: Plan) -> str:
    """Everything that a report says in sentences."""
    paper = lay_out_report(gather_report(plan))
    said = [paper.headline, *paper.summary]
    for block in blocks(paper):
        said += [block.text] if isinstance(block, Text) else []
        said += block.entries if isinstance(block, Bullets) else ()
    return "\n".join(said)


def test_sections_come_in_the_order_of_a_boards_questions() -> None:
    assert [one.key for one in board_paper().sections] == [
        "late", "chains", "owners", "decisions", "timeline", "health", "method",
    ]  # fmt: skip
    assert [one.key for one in since_paper().sections] == [
        "late", "chains", "owners", "decisions", "timeline", "load", "trend", "health", "method",
    ]  # fmt: skip


def test_the_answer_comes_first() -> None:
    paper = whatif_paper()
    assert paper.title == "What if: Consultation slips"
    assert paper.headline.startswith("If A.1 “Consult staff “properly”” slips 2 months (59 days):")
    assert paper.summary[1] == (
        "Everything with a due date is forecast in time for it (1 open item has one). "
        "The plan ends on 30 Apr 2027."
    )
    assert (paper.report_of, paper.data_date) == ("Wexcombe", "31 May 2026")
    assert [(one.value, one.label) for one in paper.figures.figures[:4]] == [
        ("1", "newly late by the change"),
        ("1", "other item that it moves"),
        ("0", "late as things stand"),
        ("1 of 6", "items complete"),
    ]
    assert [one.alarm for one in paper.figures.figures[:3]] == [True, False, False]


def test_what_a_change_makes_late() -> None:
    assert table(whatif_paper(), "Newly late by the change").rows == (
        (A, DIRECTOR, DUE, Spread(DUE, DUE), Spread(SPARE, WORK), Spread(15, 59),
         Loud("either way")),
    )  # fmt: skip


def test_what_a_change_moves_and_how_it_gets_there() -> None:
    rows = table(whatif_paper(), "Moved by the change").rows
    assert {row[0]: row[-1] for row in rows} == {
        A1: Spread(59, 59), A: Spread(15, 59), A2: Spread(15, 59),
    }  # fmt: skip
    steps = chain(whatif_paper(), "How the change gets there").steps
    assert [(one.depth, one.item.id, one.by, one.late) for one in steps] == [
        (0, "A.1", "59 days", ""),
        (1, "A.2", "15 to 59 days", ""),
        (2, "A", "15 to 59 days", "becomes late"),
    ]
    assert steps[1].because == "waits for A.1 to finish, then 45 days: The outcome takes weeks"


def test_a_change_that_harms_nothing_says_so() -> None:
    paper = lay_out_report(gather_report(month("2026-05-31"), scenario=A_DAY))
    assert Text(
        "The change makes nothing late that is in time for its due date without it."
    ) in blocks(paper)


def test_what_became_late_since_last_month() -> None:
    paper = since_paper()
    assert paper.title == "Progress, knock-on and decisions to come"
    assert paper.headline.startswith("Since 30 Apr 2026: 2 items slipped (1 of their own, 1 only")
    assert table(paper, "Newly late since").rows == ((A, DIRECTOR, DUE, DUE, SPARE, 15.0),)
    assert table(paper, "Late").rows == ((A, DIRECTOR, DUE, SPARE, 15.0),)
    assert table(paper, "Moved since").rows == (
        (A1, DIRECTOR, date(2027, 1, 31), date(2027, 3, 31), 59, "59 days its own"),
        (A2, DIRECTOR, DUE, SPARE, 15, "15 days from A.1"),
    )
    assert [(one.depth, one.item, one.by) for one in chain(paper, "How delay was passed on").steps
            ] == [(0, A1, "59 days"), (1, A2, "15 days")]  # fmt: skip


def test_what_is_no_longer_late_is_told_and_what_came_forward() -> None:
    old, new = month("2026-04-30", **{"A.1": "2027-03-31"}), month("2026-05-31")
    paper = lay_out_report(gather_report(new, comparison=compare_plans([old, new])))
    said = [one.text for one in blocks(paper) if isinstance(one, Text)]
    assert "Nothing has become late against a due date since 30 Apr 2026." in said
    assert "No longer late: A." in said
    assert table(paper, "Moved since").rows == (
        (A2, DIRECTOR, SPARE, DUE, -15),
        (A1, DIRECTOR, date(2027, 3, 31), date(2027, 1, 31), -59),
    )


def test_what_could_not_be_matched_is_told() -> None:
    plan = month("2026-05-31")
    compared = compare_plans([plan, plan], doubts=[f"Doubt {n}." for n in range(10)])
    paper = lay_out_report(gather_report(plan, comparison=compared))
    assert Bullets(tuple(f"Doubt {n}." for n in range(8)), 2) in paper.sections[-1].blocks


def test_proposed_links_are_named_where_dates_rest_on_them() -> None:
    paper = lay_out_report(gather_report(council(), links="proposed"))
    method = paper.sections[-1].blocks[0]
    assert isinstance(method, Bullets)
    assert method.entries[1].startswith(
        "Dates follow 1 accepted link and 1 proposed link, which nobody has decided on yet."
    )


def test_an_item_that_a_change_does_not_move_in_time_has_no_picture() -> None:
    cancelled = Scenario(changes=(CancelItem(item="A.4"),))
    paper = lay_out_report(gather_report(month("2026-05-31"), scenario=cancelled))
    assert pictures(paper) == []
    assert paper.headline


def test_errors_of_the_plan_are_among_the_figures() -> None:
    twice = [{**COUNCIL["items"][2], "planned": {"start": "2027-01-31", "finish": "2026-12-01"}}
             if one["id"] == "A.1" else one for one in COUNCIL["items"]]  # fmt: skip
    paper = lay_out_report(gather_report(council(items=twice)))
    assert ("1", "error in the plan", True) in [
        (one.value, one.label, one.alarm) for one in paper.figures.figures
    ]


def test_the_day_of_the_data_is_a_day() -> None:
    plan = council().as_of_date(datetime(2026, 5, 1, 8, 30))
    assert lay_out_report(gather_report(plan)).data_date == "1 May 2026"


def test_the_trend_holds_what_each_report_forecast() -> None:
    (row,) = table(since_paper(), "Trend").rows
    assert row == (A1, Course((date(2027, 1, 31), date(2027, 3, 31))), 1, 59)


def test_a_plan_that_carries_its_history_has_a_trend_by_itself() -> None:
    history = (HistoryEntry(as_of=date(2026, 4, 30), forecast=date(2026, 6, 30)),)
    moved = Item(id="m", kind="milestone", title="M", history=history, forecast=date(2026, 8, 31))
    paper = lay_out_report(gather_report(Plan(id="p", as_of=date(2026, 5, 31), items=(moved,))))
    assert table(paper, "Trend").rows == (
        (Named("m", "M"), Course((date(2026, 6, 30), date(2026, 8, 31))), 1, 62),
    )


def test_pictures_show_before_and_after() -> None:
    (change,) = pictures(whatif_paper())
    assert (change.before, change.after) == ("without the change", "with it")
    assert change.has_ranges
    assert {row.id: row.ends for row in change.timeline.rows}["A.2"] == (DUE, SPARE, WORK)
    (since,) = pictures(since_paper())
    assert since.before == "forecast of 30 Apr 2026"
    assert [(row.id, row.ends[:2]) for row in since.timeline.rows] == [
        ("A.1", (date(2027, 1, 31), date(2027, 3, 31))), ("A.2", (DUE, SPARE)),
    ]  # fmt: skip
    assert not since.has_ranges
    assert pictures(plain_paper()) == []


def test_without_versions_the_forecast_is_held_against_the_plan() -> None:
    paper = lay_out_report(gather_report(month("2026-05-31", **{"A.1": "2027-03-31"})))
    (picture,) = pictures(paper)
    assert (picture.before, picture.after) == ("planned", "forecast")
    assert [(row.id, row.ends[:2]) for row in picture.timeline.rows] == [
        ("A.1", (date(2027, 1, 31), date(2027, 3, 31))), ("A.2", (DUE, SPARE)),
    ]  # fmt: skip


def test_without_a_change_the_chain_to_the_plans_end_is_told() -> None:
    steps = chain(plain_paper(), "What leads to the plan's end").steps
    assert [(one.item.id, one.by, one.because) for one in steps[:2]] == [
        ("A.1", "", ""),
        ("A.2", "44 days of room", "waits for A.1 to finish"),
    ]


def test_load_is_counted_by_officer_and_month() -> None:
    found = heat(plain_paper())
    assert (found.months[0], found.months[-1]) == (date(2026, 6, 1), date(2027, 4, 1))
    assert [(row.name, row.values) for row in found.rows] == [
        (DIRECTOR, (1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1))
    ]


def test_decisions_have_their_cliffs_and_what_the_change_does_to_them() -> None:
    paper = board_paper()
    rows = table(paper, "Cliffs").rows
    assert rows[0][:6] == (
        Named("T.2", "Title of T.2"), "Cabinet", date(2027, 1, 12), date(2026, 12, 29), 12, 119,
    )  # fmt: skip
    moved = table(paper, "Decisions moved").rows
    assert moved[0] == (
        Named("T.2", "Title of T.2"), "Cabinet", date(2027, 1, 12),
        Spread(date(2027, 5, 11), date(2027, 5, 11)), Spread(119, 119),
    )  # fmt: skip
    others = {row[0]: row[-1] for row in table(paper, "Other decisions").rows}
    assert others[Named("U.4", "Title of U.4")] == "decided"
    assert others[Named("U.5", "Title of U.5")] == "no known meeting"
    meetings = table(paper, "Meetings").rows
    assert ("Cabinet", date(2027, 1, 12), date(2026, 12, 29), "T.2", "T.1") in meetings


def test_columns_without_anything_are_left_out() -> None:
    heads = [one.heading for one in table(whatif_paper(), "Moved by the change").columns]
    assert "First board to hear" not in heads
    heads = [one.heading for one in table(board_paper(), "Moved by the change").columns]
    assert heads[-1] == "First board to hear"


def test_findings_stand_with_their_place_and_what_to_do() -> None:
    row = table(plain_paper(), "Checks").rows[0]
    assert row[0] == "Activities without predecessor or successor (DCMA 1)"
    assert row[3] == "A.1 Consult staff “properly” has no predecessor. (paper.txt, line 41)"
    every = table(plain_paper(), "Findings")
    assert every.limit == 0
    assert ("Warning", "A.1 Consult staff “properly” has no predecessor.", "A.1",
            "paper.txt, line 41") in [row[:4] for row in every.rows]  # fmt: skip


def test_sources_stand_with_their_fingerprint() -> None:
    plan = council(sources=[{"id": "s1", "file": "paper.txt", "title": "Plan", "sha256": "ab12"}])
    paper = lay_out_report(gather_report(plan))
    assert table(paper, "Sources").rows == (("Plan", "paper.txt", "ab12"),)


def test_names_or_roles_are_told() -> None:
    for names, words in ((False, "Roles only"), (True, "named as in the plan")):
        paper = lay_out_report(gather_report(council()), with_names=names)
        method = paper.sections[-1].blocks[0]
        assert isinstance(method, Bullets)
        assert words in method.entries[-1]


def test_a_plan_of_nothing_still_makes_sense() -> None:
    said = told(Plan(id="empty"))
    assert said.startswith("The plan holds nothing yet.")
    assert "Nothing in the plan has a date, so no chain sets its end." in said


def test_a_plan_without_due_dates_says_so() -> None:
    done = Item(id="a", kind="action", title="A", status="complete")
    open_ = Item(id="b", kind="action", title="B", planned=Planned(finish=date(2027, 1, 31)))
    said = told(Plan(id="p", items=(done, open_)))
    assert said.startswith(
        "1 of 2 items is complete; nothing that is open has a due date, so nothing can be late "
        "against one. The plan ends on 31 Jan 2027."
    )
    assert "Nothing that is open has a due date, so nothing can be late against one." in said
    assert "The plan ends on 31 Jan 2027 with b “B”. No accepted link leads to it" in said


def test_every_table_names_another_sheet_and_all_rows_fit_their_columns() -> None:
    for paper in (whatif_paper(), since_paper(), plain_paper(), board_paper()):
        tables = [one for one in blocks(paper) if isinstance(one, Table)]
        names = [one.name for one in tables]
        assert len({name.casefold() for name in names}) == len(names)
        assert all(0 < len(name) <= 31 for name in names)
        assert all(len(row) == len(one.columns) for one in tables for row in one.rows)
