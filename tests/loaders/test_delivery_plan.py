"""The family of delivery plans, on a small paper of our own."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders.delivery_plan import read, recognise
from tests.loaders.small_paper import LINES, TEXT, find_lost, read_lines, with_line


def test_recognise_says_why() -> None:
    why = 'it has 4 rows "Objective" and 4 tables of actions with due dates'
    assert recognise(TEXT) == why


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Prose alone.",
        "Objective\tA1.1 Dig",
        "Delivery Actions\tDue Date\tOwner",
        "Objective\t \nA\tB",
    ],
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert recognise(text) is None


def test_items_of_the_small_paper() -> None:
    plan, _ = read_lines(LINES)
    assert (plan.id, plan.title, plan.organisation, plan.start) == (
        "hrp", "Harbour Recovery Plan (HRP)", "Westmere Borough Council", None,
    )  # fmt: skip
    (source,) = plan.sources
    assert (source.title, source.file) == ("Appendix B: Harbour Recovery Plan (HRP)", "paper.txt")
    found = [
        (one.id, one.kind, one.title, one.parent, one.source and one.source.line)
        for one in plan.items
    ]
    assert found == [
        ("HA1", "theme", "Dredging", None, 11),
        ("HA1.1", "objective", "Keep the harbour deep: clear silt from every berth", "HA1", 13),
        ("HA1.1.1", "action", "Hire a dredger", "HA1.1", 20),
        ("HA1.1.1.1", "milestone", "Tender drawn up (two lots)", "HA1.1.1", 20),
        ("HA1.1.1.2", "milestone", "Crew trained (by 1 May 2026), and housed", "HA1.1.1", 20),
        ("HA1.1.1.3", "milestone", "Silt moved", "HA1.1.1", 20),
        ("HA1.1.2", "action", "Mend the wall", "HA1.1", 21),
        ("HA1.1.2.1", "milestone", "Plan agreed by the Harbour Recovery Board", "HA1.1.2", 21),
        ("HA1.1.2.2", "milestone", "Stone laid", "HA1.1.2", 21),
        ("HA1.1.2.3", "milestone", "Wall closed", "HA1.1.2", 21),
        ("HA1.1.3", "action", "Watch the tide", "HA1.1", 22),
        ("HA2", "theme", "Housing", None, 28),
        ("HA2.1", "objective", "House the crews", "HA2", 30),
        ("HA2.1.1", "action", "Build the quarters", "HA2.1", 36),
        ("HP1", "theme", "Money", None, 43),
        ("HP1.1", "objective", "Know what the harbour costs", "HP1", 48),
        ("HP1.1.1", "action", "Count the boats", "HP1.1", 51),
        ("HP1.1.2", "action", "Count the ropes", "HP1.1", 55),
    ]  # fmt: skip


def test_dates_dues_and_status() -> None:
    items = read_lines(LINES)[0].index.items
    dates = {
        one.id: (one.planned.start, one.planned.finish, one.planned.precision, one.due)
        for one in items.values()
        if one.kind in {"action", "milestone"}
    }
    assert dates == {
        "HA1.1.1": (None, date(2027, 3, 31), "month", date(2027, 3, 31)),
        "HA1.1.1.1": (None, date(2026, 6, 30), "month", None),
        "HA1.1.1.2": (None, date(2026, 9, 30), "month", None),
        "HA1.1.1.3": (None, None, "ongoing", None),
        "HA1.1.2": (None, date(2026, 11, 30), "month", date(2026, 11, 30)),
        "HA1.1.2.1": (None, date(2026, 3, 31), "month", None),
        "HA1.1.2.2": (date(2026, 10, 1), date(2026, 12, 31), "range", None),
        "HA1.1.2.3": (None, None, "complete", None),
        "HA1.1.3": (None, None, "ongoing", None),
        "HA2.1.1": (date(2028, 4, 1), None, "from", None),
        "HP1.1.1": (date(2027, 5, 1), date(2028, 4, 1), "range", date(2028, 4, 1)),
        "HP1.1.2": (None, None, "none", None),
    }
    assert [one.id for one in items.values() if one.status == "complete"] == ["HA1.1.2.3"]


def test_roles_stand_on_objectives_programmes_and_actions() -> None:
    plan, _ = read_lines(LINES)
    roles: dict[str, dict[str, list[str]]] = {}
    for one in plan.assignments:
        roles.setdefault(one.item, {}).setdefault(one.role, []).append(one.officer)
    human = "corporate-director-for-hr-and-ports"
    assert roles == {
        "HA1.1": {
            "delivery_lead": ["director-of-docks", "director-of-quays"],
            "accountable": [human],
            "portfolio": ["ports-and-trade", "housing"],
        },
        "HA1.1.1": {"responsible": ["director-of-docks"]},
        "HA1.1.2": {"responsible": ["director-of-quays", "head-of-tides"]},
        "HA1.1.3": {"responsible": ["head-of-tides-moon-and-weather"]},
        "HA2.1": {
            "delivery_lead": ["director-of-quays"],
            "accountable": [human],
            "portfolio": ["housing"],
        },
        "HA2.1.1": {"responsible": ["director-of-quays", "all-directors"]},
        "HP1": {"delivery_lead": ["director-of-finance"], "portfolio": ["ports-and-trade"]},
        "HP1.1.1": {"responsible": ["director-of-finance"]},
    }
    assert {one.id: one.division for one in plan.items if one.division} == {
        "HA1.1": "Marine Works", "HA2.1": "Housing", "HP1": "Finance",
    }  # fmt: skip


def test_what_is_beside_the_tables_is_kept_or_told() -> None:
    plan, problems = read_lines(LINES)
    assert plan.index.items["HA1.1.2"].model_extra == {"x_preamble": "Storms come first."}
    assert plan.index.items["HP1"].model_extra == {"x_section": "Crossing Programmes"}
    assert plan.model_extra == {"x_period": "2026 - 2028"}
    assert [(one.id, one.source and one.source.line) for one in plan.boards] == [
        ("hrb", 9), ("dock-panel", 9), ("quay-panel", 9),
    ]  # fmt: skip
    assert [one.id for one in plan.metrics] == ["HA1.1/M1", "HA1.1/M2"]
    assert find_lost(LINES, plan, problems) == []


def test_problems_in_the_order_of_the_paper() -> None:
    _, problems = read_lines(LINES)
    found = [(one.source and one.source.line, one.code) for one in problems]
    assert found == [
        (9, "not-placed"),
        (15, "role-split"),
        (16, "offices-merged"),
        (17, "role-split"),
        (20, "milestone-two-dates"),
        (21, "milestone-after-due"),
        (21, "before-plan-period"),
        (22, "date-wording"),
        (22, "due-open"),
        (22, "offices-alike"),
        (22, "action-without-milestones"),
        (36, "due-open"),
        (36, "role-group"),
        (36, "action-without-milestones"),
        (39, "no-metrics"),
        (51, "date-with-words"),
        (51, "action-without-milestones"),
        (53, "objective-twice"),
        (55, "due-open"),
        (55, "role-open"),
        (55, "action-without-milestones"),
        (55, "role-missing"),
    ]
    assert {one.source.file for one in problems if one.source} == {"paper.txt"}


def test_the_plan_survives_its_file() -> None:
    plan, _ = read_lines(LINES)
    assert parse_plan(dump_plan(plan)) == plan


def problems_at(lines: list[str], line: int) -> list[str]:
    return [one.code for one in read_lines(lines)[1] if one.source and one.source.line == line]


def test_the_second_of_two_equal_ids() -> None:
    lines = with_line(21, LINES[20].replace("HA1.1.2", "HA1.1.1"))
    plan, _ = read_lines(lines)
    assert "id-twice" in problems_at(lines, 21)
    assert plan.index.children["HA1.1.1~2"] == ("HA1.1.1~2.1", "HA1.1.1~2.2", "HA1.1.1~2.3")


def test_an_objective_of_the_same_id_and_another_title_is_another() -> None:
    lines = with_line(53, "Objective\tHP1.1 Know the sea")
    plan, _ = read_lines(lines)
    assert problems_at(lines, 53) == ["id-twice"]
    assert plan.index.parents["HP1.1.2"] == "HP1.1~2"


def test_items_without_or_with_strange_ids() -> None:
    lines = with_line(22, "Watch the tide\tOn-going\tHead of Tides")
    plan, _ = read_lines(lines)
    assert plan.index.items["HA1.1.3"].title == "Watch the tide"
    assert "id-missing" in problems_at(lines, 22)
    unnumbered = with_line(13, "Objective\tKeep the harbour deep")
    assert "id-elsewhere" not in problems_at(unnumbered, 20)
    elsewhere = with_line(22, "HX1.1.3 Watch the tide\tOn-going\tHead of Tides")
    assert "id-elsewhere" in problems_at(elsewhere, 22)
    nameless = with_line(30, "Objective\tHouse the crews")
    assert read_lines(nameless)[0].index.parents["housing.1"] == "housing"


def test_a_programme_without_an_id_holds_what_comes_after_it() -> None:
    lines = with_line(43, "Improvement Programme\tMoney matters")
    plan, _ = read_lines(lines)
    assert plan.index.items["money-matters"].kind == "theme"
    assert plan.index.parents["HP1.1"] == "money-matters"


def test_an_objective_with_neither_heading_nor_id_stands_alone() -> None:
    head = "Delivery Actions\tDelivery Due Date\tResponsible Officer"
    plan, _ = read_lines(["Objective\tDig", head, "Hole\tMay 2026\tHead of Spades"])
    assert plan.index.parents == {"objective.1": None, "objective.1.1": "objective.1"}


def test_themes_without_a_heading() -> None:
    lines = with_line(28, "")
    plan, _ = read_lines(lines)
    assert plan.index.items["HA2"].title == "HA2"
    assert "theme-untitled" in problems_at(lines, 30)
    inside = with_line(52, "Extra Heading")
    assert problems_at(inside, 52) == ["not-placed"]


def test_due_dates_that_are_missing_or_unreadable() -> None:
    for due, code in (
        ("", "due-missing"),
        ("soon", "date-unread"),
        ("31/02/2027", "date-impossible"),
    ):
        lines = with_line(22, f"HA1.1.3 Watch the tide\t{due}\tHead of Tides")
        assert code in problems_at(lines, 22)
        assert "due-open" not in problems_at(lines, 22)
        assert read_lines(lines)[0].index.items["HA1.1.3"].due is None
    done = with_line(22, "HA1.1.3 Watch the tide\tCompleted May 2026\tHead of Tides")
    item = read_lines(done)[0].index.items["HA1.1.3"]
    assert (item.status, item.due) == ("complete", date(2026, 5, 31))


def test_milestones_without_a_date_and_with_one_in_words() -> None:
    cell = "HA1.1.3 Watch Delivery milestones: <ul> • Look • See by May 2026"
    lines = with_line(22, f"{cell}\tMay 2027\tHead of Tides")
    assert problems_at(lines, 22)[:2] == ["milestone-without-date", "milestone-date-in-words"]


def test_columns_of_a_councils_own_are_kept() -> None:
    head = "Delivery Actions\tDelivery Due Date\tResponsible Officer\tProgress"
    lines = with_line(35, head)
    lines[35] += "\tHalf done"
    plan, _ = read_lines(lines)
    assert plan.index.items["HA2.1.1"].model_extra == {"x_Progress": "Half done"}
    assert parse_plan(dump_plan(plan)) == plan


def test_an_objective_said_again_with_other_facts() -> None:
    lines = [*LINES[:53], "Division\tTreasury", *LINES[53:]]
    plan, _ = read_lines(lines)
    assert plan.index.items["HP1.1"].division == "Treasury"
    cell = "<p>HP1.1 Know what the harbour costs</p><p>To the penny.</p>"
    again = [*lines, "", f"Objective\t{cell}", "Division\tMint"]
    plan, problems = read_lines(again)
    assert plan.index.items["HP1.1"].division == "Treasury"
    loose = [one.message for one in problems if one.code == "not-placed"]
    assert loose[1:] == [
        '"To the penny." is said of HP1.1 a second time.',
        '"Mint" is a second division of HP1.1.',
    ]


def test_a_text_without_objectives_is_refused() -> None:
    with pytest.raises(FileError, match=r'^"other.txt" has no row that begins with "Objective"'):
        read("Prose.", "other.txt")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_mark_and_hard_blanks_make_no_difference(end: str) -> None:
    text = "\ufeff" + TEXT.replace(" ", "\u00a0").replace("\n", end)
    assert [one.title for one in read(text, "paper.txt")[0].items] == [
        one.title for one in read_lines(LINES)[0].items
    ]
