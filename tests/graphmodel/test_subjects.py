"""What an id or title stands for when a question is asked of it."""

from __future__ import annotations

import pytest

from graphmodel.errors import UnknownIdError
from graphmodel.subjects import find_subject
from tests.knockon.council import council

PLAN = council()


@pytest.mark.parametrize("wanted", ["dasc", "director of adult social care"])
def test_an_officer_stands_for_the_leaves_they_are_responsible_for(wanted: str) -> None:
    subject = find_subject(PLAN, wanted)
    owned = [officer.name for officer in PLAN.index.officers_of("A.1")]
    assert (subject.kind, subject.id, [subject.name]) == ("officer", "dasc", owned)
    assert subject.items == ("A.1", "A.2", "A.3", "A.4")


def test_a_board_stands_for_what_it_approves_and_oversees() -> None:
    plan = council(gates=[{"board": "cab", "item": "A.2"}])
    assert find_subject(plan, "cab").items == ("A.2",)
    assert find_subject(PLAN, "cab").items == ()  # only proposed
    assert find_subject(PLAN, "ib").items == ("T",)


def test_a_metric_stands_for_its_item() -> None:
    subject = find_subject(PLAN, "m1")
    assert (subject.kind, subject.items) == ("metric", ("A",))
    assert find_subject(PLAN, PLAN.metrics[0].title.upper()) == subject


def test_an_item_goes_before_whatever_else_has_its_id() -> None:
    plan = council(officers=[{"id": "A", "title": "Somebody"}], assignments=[])
    subject = find_subject(plan, "A")
    assert (subject.kind, subject.items) == ("item", ("A",))


def test_other_spellings_are_known() -> None:
    plan = council(
        officers=[{"id": "x", "title": "Monitoring Officer", "also": ["City Solicitor"]}],
        assignments=[{"officer": "x", "item": "A"}],
    )
    subject = find_subject(plan, "city solicitor")
    assert (subject.kind, subject.id, len(subject.items)) == ("officer", "x", 4)


def test_what_is_unknown_is_told_with_close_names() -> None:
    with pytest.raises(UnknownIdError, match=r'no item, officer, board or metric "dasd".*dasc'):
        find_subject(PLAN, "dasd")
