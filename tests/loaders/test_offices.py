from __future__ import annotations

from loaders.draft import Draft
from loaders.offices import RoleCell, assign_roles


def test_one_officer_for_all_spellings_the_printed_one_first() -> None:
    draft = Draft("paper.txt")
    cells = [
        RoleCell("A1", "delivery_lead", 3, "Directors of Docks and Quays & Piers"),
        RoleCell("A1.1", "responsible", 5, "Director of Quays and Piers"),
        RoleCell("A1.2", "responsible", 6, "<p>Director of Quays and Piers</p>"),
        RoleCell("A1", "portfolio", 7, "Quays"),
    ]
    people = assign_roles(draft, cells, {}, ["director-of-docks"])
    docks, quays, portfolio = people.officers
    assert (docks.id, docks.title, docks.kind) == (
        "director-of-docks-2", "Director of Docks", "office",
    )  # fmt: skip
    assert (quays.id, quays.title) == ("director-of-quays-and-piers", "Director of Quays and Piers")
    assert quays.also == ("Director of Quays & Piers",)
    assert quays.source is not None
    assert (quays.source.line, quays.source.quote) == (3, "Directors of Docks and Quays & Piers")
    assert (portfolio.id, portfolio.kind) == ("quays", "member")
    made = [(one.officer, one.item, one.role) for one in people.assignments]
    assert made == [
        (docks.id, "A1", "delivery_lead"),
        (quays.id, "A1", "delivery_lead"),
        (quays.id, "A1.1", "responsible"),
        (quays.id, "A1.2", "responsible"),
        ("quays", "A1", "portfolio"),
    ]
    assert [(one.code, one.source and one.source.line) for one in draft.problems] == [
        ("role-split", 3),
        ("offices-merged", 3),
    ]


def test_an_office_and_a_portfolio_of_one_name_are_two() -> None:
    draft = Draft("paper.txt")
    cells = [
        RoleCell("A1", "portfolio", 1, "Lead Officer"),
        RoleCell("A1", "responsible", 2, "Lead Officer"),
    ]
    people = assign_roles(draft, cells, {}, ())
    assert [(one.id, one.kind) for one in people.officers] == [
        ("lead-officer", "member"),
        ("lead-officer-2", "office"),
    ]


def test_nobody_groups_and_likeness_are_told() -> None:
    draft = Draft("paper.txt")
    cells = [
        RoleCell("A1.1", "responsible", 1, "TBC"),
        RoleCell("A1.2", "responsible", 2, "All Directors"),
        RoleCell("A1.3", "responsible", 3, "Head of Docks"),
        RoleCell("A1.4", "responsible", 4, "Head of Docks and Quays"),
    ]
    people = assign_roles(draft, cells, {}, ())
    assert [one.kind for one in people.officers] == ["group", "office", "office"]
    assert [(one.code, one.severity, one.items) for one in draft.problems] == [
        ("role-open", "warning", ("A1.1",)),
        ("role-group", "info", ("A1.2",)),
        ("offices-alike", "info", ()),
    ]


def test_the_same_role_twice_is_one_assignment_with_its_first_place() -> None:
    cells = [RoleCell("A1", "responsible", line, "Chief Diver") for line in (4, 9)]
    (made,) = assign_roles(Draft("paper.txt"), cells, {}, ()).assignments
    assert made.source is not None
    assert made.source.line == 4
