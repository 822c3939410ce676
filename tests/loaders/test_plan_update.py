"""A plan update of our own, every fact of it, and the ways such a report is broken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.papers import read_paper
from loaders.plan_update import read, recognise
from tests.loaders.lost_words import find_lost_words
from tests.loaders.small_update import LABELS, LINES, TEXT, read_lines

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


def with_line(number: int, line: str) -> list[str]:
    return [*LINES[: number - 1], line, *LINES[number:]]


def found(problems: tuple[Problem, ...], code: str) -> list[tuple[int | None, str]]:
    return [
        (one.source.line if one.source else None, one.message)
        for one in problems
        if one.code == code
    ]


def test_it_says_why_it_is_one() -> None:
    why = "it counts actions by status for March 2024 and July 2024 and tells their slippage"
    assert recognise(TEXT) == why
    assert recognise(TEXT.replace("slippage", "delay")) is None
    assert recognise("There is slippage.\nStatus\tOwner\nOpen\tMayor") is None


def test_front(plan: Plan) -> None:
    assert (plan.id, plan.title) == ("hrp", "Harbour Renewal Plan - July 2024 Update")
    assert plan.as_of == date(2024, 7, 31)
    boards = [(one.id, one.chair) for one in plan.boards]
    assert boards == [("harbour-board", "Mayor"), ("tide-panel", None)]


SLIPPING = [
    # id, parent, what held before, what holds now, what is proposed
    ("1.2", "safe-water", [], "2024-05-31", "2024-10-31"),
    ("2.1", "fair-trade", [], "2024-03-31", "2024-09-30"),
    ("2.1~2", "fair-trade", ["2023-11-30"], "2024-05-31", "2024-08-31"),
    ("name-the-ferry", None, [], None, None),
]


def test_slipping_actions_keep_their_dates_apart(plan: Plan) -> None:
    slipping = [one for one in plan.items if one.grade is not None]
    assert [
        (
            one.id,
            one.parent,
            [entry.due.isoformat() for entry in one.history if entry.due],
            one.planned.finish and one.planned.finish.isoformat(),
            one.forecast and one.forecast.isoformat(),
        )
        for one in slipping
    ] == SLIPPING
    assert {one.grade for one in slipping} == {"minor slippage"}
    assert {one.status for one in slipping} == {"in_progress"}
    assert all(one.due == one.planned.finish for one in slipping)


def test_causes(plan: Plan) -> None:
    causes = {one.id: one.cause for one in plan.items if one.grade is not None}
    assert causes == {
        "1.2": "a strike at the foundry",
        "2.1": "moved from March to September 2024, pending new scales",
        "2.1~2": None,
        "name-the-ferry": None,
    }


def test_other_items(plan: Plan) -> None:
    others = [(one.id, one.kind, one.label, one.title) for one in plan.items if not one.grade]
    assert others == [
        ("safe-water", "theme", "1", "Safe water"),
        ("fair-trade", "theme", "2", "Fair trade"),
        ("3.4", "action", None, "count of the gulls"),
    ]
    assert plan.index.items["3.4"].status == "not_started"
    (said,) = plan.index.items["fair-trade"].history
    assert said.text == "the market opened and stayed open."


def test_the_table_and_what_sentences_state(plan: Plan) -> None:
    stated = {
        (one.measure, one.as_of): one.value
        for one in plan.stated
        if one.source and 10 <= (one.source.line or 0) <= 15
    }
    assert stated == {
        ("completed", "2024-03"): 1, ("completed", "2024-07"): 2,
        ("on track", "2024-03"): 7, ("on track", "2024-07"): 6,
        ("minor slippage", "2024-03"): 1, ("minor slippage", "2024-07"): 4,
        ("not started", "2024-03"): 2, ("not started", "2024-07"): 1,
        ("total", "2024-03"): 11, ("total", "2024-07"): 12,
    }  # fmt: skip
    said = [(one.measure, one.value) for one in plan.stated][10:]
    assert said == [
        ("actions", 12), ("themes", 3), ("completed", 2), ("slippage", 4), ("not started", 1),
    ]  # fmt: skip


def test_problems(both: tuple[Plan, tuple[Problem, ...]]) -> None:
    _, problems = both
    codes = [
        (one.code, one.source.line if one.source else None)
        for one in problems
        if one.code != "not-placed"
    ]
    assert codes == [
        ("theme-not-said", None), ("ids-given", None), ("count-mismatch", 5), ("list-missing", 6),
        ("status-total", 15), ("row-continued", 21), ("date-without-year", 25),
        ("date-without-year", 26), ("id-twice", 27), ("cause-missing", 27), ("id-missing", 28),
        ("original-missing", 28), ("proposed-missing", 28), ("cause-missing", 28),
    ]  # fmt: skip
    assert found(problems, "status-total") == [
        (15, "The statuses of July 2024 add up to 13, the total says 12.")
    ]
    ((_, message),) = found(problems, "theme-not-said")
    assert message == "The paper does not say to which themes name-the-ferry, 3.4 belong."
    prose = [line for line, _ in found(problems, "not-placed")]
    assert prose == [3, 5, 6, 8, 17, 23, 30]


def test_no_word_is_lost(both: tuple[Plan, tuple[Problem, ...]]) -> None:
    assert find_lost_words(TEXT, *both, LABELS) == []
    assert find_lost_words(TEXT + "\n- terns", *both, LABELS) == [(31, "terns")]


def test_the_plan_survives_its_file(plan: Plan) -> None:
    assert parse_plan(dump_plan(plan)) == plan


def test_cells_and_totals_that_cannot_be_read() -> None:
    _, problems = read_lines(with_line(12, "On track\t7\tsix\tthree"))
    assert [line for line, _ in found(problems, "status-unread")] == [12, 12]
    _, problems = read_lines(with_line(15, ""))
    assert found(problems, "status-total") == [
        (10, "The status table has no total, so it cannot be checked.")
    ]
    _, problems = read_lines(with_line(15, "Total\t11\t13"))
    assert found(problems, "status-total") == []
    # Now the sentence on line 5 is wrong instead.
    assert (5, "12 are stated (actions), and the status table has 13.") in found(
        problems, "count-mismatch"
    )


def test_a_second_table_and_other_rows_are_told() -> None:
    plan, problems = read_lines(
        [*LINES, "", "Status\tMay 2024", "Completed\t3", "", "Signed\tMayor"]
    )
    assert len(plan.stated) == 15
    assert [line for line, _ in found(problems, "not-placed")][-3:] == [32, 33, 35]


def test_the_month_may_stand_in_the_table_alone() -> None:
    plan, _ = read_lines(with_line(1, "Harbour Renewal Plan Update"))
    assert plan.as_of == date(2024, 7, 31)


def test_slippage_of_two_grades_is_just_slippage() -> None:
    lines = with_line(13, "Minor slippage\t1\t3")
    plan, problems = read_lines([*lines[:13], "Major slippage\t0\t1", *lines[13:]])
    assert {one.grade for one in plan.items if one.grade} == {"slippage"}
    assert [line for line, _ in found(problems, "count-mismatch")] == [5]  # the themes


def test_without_table_and_actions_there_is_no_update() -> None:
    with pytest.raises(FileError, match=r'"x\.txt" has neither a table that counts'):
        read("Nothing here.\n\n- at all", "x.txt")


def test_without_a_table_the_actions_are_read() -> None:
    plan, problems = read_lines([*LINES[:9], *LINES[15:]])
    assert plan.as_of == date(2024, 7, 31)
    assert [one.id for one in plan.items if one.grade == "slippage"] == [row[0] for row in SLIPPING]
    assert found(problems, "status-total") == []


def test_windows_text_and_line_ends(tmp_path: Path) -> None:
    text = TEXT.replace("action which", "action that\u2019s said which").replace(" - ", " \u2013 ")
    path = tmp_path / "update.txt"
    plans = []
    for encoding in ("utf-8", "cp1252"):
        path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
        loaded = read_paper(path)
        plans.append(loaded.plan.model_copy(update={"sources": ()}))
        assert ("encoding" in {one.code for one in loaded.problems}) == (encoding == "cp1252")
    assert plans[0] == plans[1]
    assert [one.id for one in plans[0].items if one.grade] == [row[0] for row in SLIPPING]


FRAGMENTS = [
    *("- ", "2.1 ", "(1.2)", "slippage", "achievements", "original date of May", "to June 2024"),
    *(
        "moved",
        "from",
        "not started",
        "**Safe**",
        "due to rain",
        "Status",
        "Total",
        "7",
        "May 2024",
    ),
]
words = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map(" ".join)
cells = st.lists(words, max_size=4).map("\t".join)


@st.composite
def damaged(draw: st.DrawFn) -> list[str]:
    """The small update with lines dropped, doubled, swapped or replaced."""
    paper = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        place, other = (draw(st.integers(0, len(paper) - 1)) for _ in range(2))
        change = draw(st.sampled_from(["drop", "double", "swap", "line"]))
        if change == "drop" and len(paper) > 1:
            del paper[place]
        elif change == "double":
            paper.insert(other, paper[place])
        elif change == "swap":
            paper[place], paper[other] = paper[other], paper[place]
        else:
            paper[place] = draw(words | cells)
    return paper


@given(damaged())
def test_a_damaged_update_loses_nothing_silently(paper: list[str]) -> None:
    text = "\n".join(paper)
    try:
        plan, problems = read(text, "update.txt")
    except FileError:
        return
    assert parse_plan(dump_plan(plan)) == plan
    assert find_lost_words(text, plan, problems, LABELS) == []


@given(st.text())
def test_any_text_is_an_update_or_refused(text: str) -> None:
    plan, _ = read(f"{TEXT}\n{text}", "update.txt")
    assert plan.id


@given(st.integers(0, len(TEXT)))
def test_an_update_that_breaks_off_anywhere(place: int) -> None:
    try:
        plan, problems = read(TEXT[:place], "update.txt")
    except FileError:
        assert place < TEXT.index("Completed")
    else:
        lost = find_lost_words(TEXT[:place], plan, problems, LABELS)
        assert [one for one in lost if one[0] != 10] == []  # half a month heads the table
