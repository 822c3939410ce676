"""Names of people left out of plans: which go, and that offices stay."""

from __future__ import annotations

from datetime import date

from graphmodel.items import Item
from graphmodel.links import Decision, Link
from graphmodel.names import hide_names
from graphmodel.people import Assignment, Board, Gate, Officer
from graphmodel.plan import Plan


def plan(*officers: Officer) -> Plan:
    decided = Decision(by="Jo Bloggs", at=date(2026, 5, 1), why="It waits")
    return Plan(
        id="p",
        items=(
            Item(id="a", kind="action", title="A"),
            Item(id="b", kind="action", title="B"),
        ),
        officers=officers,
        boards=(Board(id="cab", title="Cabinet", chair="Cllr Smith", members=("Cllr Jones",)),),
        assignments=tuple(Assignment(officer=one.id, item="a") for one in officers),
        links=(Link(from_="a", to="b", decided=decided), Link(from_="b", to="a", state="rejected")),
        gates=(Gate(item="b", board="cab", decided=decided),),
    )


OFFICE = Officer(id="cx", title="Chief Executive", also=("CX",))
SMITH = Officer(id="smith", title="Cllr Smith", kind="member", also=("Smith",))
JONES = Officer(id="j", title="Cllr Jones", kind="member")


def test_members_go_by_a_number_and_offices_stay() -> None:
    (shown,) = hide_names([plan(SMITH, OFFICE, JONES)])
    assert [(one.id, one.title, one.also) for one in shown.officers] == [
        ("smith", "Elected member 1", ()),
        ("cx", "Chief Executive", ("CX",)),
        ("j", "Elected member 2", ()),
    ]
    assert shown.index.officers_of("a")[0].name == "Elected member 1"


def test_chairs_members_and_deciders_go_and_reasons_stay() -> None:
    (shown,) = hide_names([plan(OFFICE)])
    assert (shown.boards[0].chair, shown.boards[0].members) == (None, ())
    for decided in (shown.links[0].decided, shown.gates[0].decided):
        assert decided == Decision(by=None, at=date(2026, 5, 1), why="It waits")
    assert shown.links[1].decided is None


def test_one_member_has_one_number_in_every_version() -> None:
    renamed = SMITH.model_copy(update={"id": "s2", "title": "CLLR SMITH"})
    old, new = hide_names([plan(JONES, SMITH), plan(renamed)])
    assert [one.title for one in old.officers] == ["Elected member 1", "Elected member 2"]
    assert [one.title for one in new.officers] == ["Elected member 2"]


def test_a_member_without_a_title_is_not_known_by_the_id() -> None:
    (shown,) = hide_names([plan(Officer(id="cllr-smith", kind="member"))])
    assert shown.officers[0].name == "Elected member 1"


def test_the_plan_itself_is_not_changed() -> None:
    before = plan(SMITH)
    hide_names([before])
    assert before.officers == (SMITH,)
    assert before.boards[0].chair == "Cllr Smith"
