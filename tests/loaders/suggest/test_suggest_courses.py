"""Courses of work that councils know, and what lists and titles look like: read by eye."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from loaders.suggest.plan_words import PlanWords
from loaders.suggest.siblings import find_steps
from loaders.suggest.step_lists import read_step_list
from loaders.suggest.suggest import suggest
from loaders.suggest.workstream_table import WORKSTREAMS
from loaders.suggest.workstreams import read_courses, stride
from tests.loaders.suggest.small_actions import find_link, make_action, pairs_of

COURSES = {
    "a restructure": (
        "Define future functions and roles",
        "Workforce sizing",
        "New structure charts drawn up",
        "Job descriptions",
        "Consultation with trade unions and staff",
        "Recruitment to vacant posts",
        "Teams in place",
    ),
    "a procurement": (
        "Requirements gathered from services",
        "Tender published",
        "Supplier appointed",
        "Configuration and data migration",
        "User acceptance testing",
        "Training for all users",
        "Go live",
    ),
    "a trial": ("Pilot in two wards", "Evaluation of the pilot", "Wider use across all teams"),
    "a disposal": (
        "Asset register completed",
        "Asset reviews in each area",
        "Disposals list drawn up",
        "Market the first sites",
        "Capital receipts of £6m",
    ),
    "audits": ("Quality assurance framework", "Baseline audits of 60 cases", "Repeat audits"),
}


@pytest.mark.parametrize("name", COURSES)
def test_each_step_of_a_course_goes_on_from_the_one_before(name: str) -> None:
    for first, second in pairwise(COURSES[name]):
        move = stride(first, second)
        assert move.forwards > move.backwards, (first, second)
        assert move.course is not None
        back = stride(second, first)
        assert (back.forwards, back.backwards) == (move.backwards, move.forwards)


def test_titles_of_no_course_go_nowhere() -> None:
    assert stride("Paint the fence", "Buy biscuits") == (0, 0, None, None, 0)


def test_only_the_beginning_of_a_long_title_counts() -> None:
    title = "Join up " + "the work of all of our many partners " * 4 + "before the tender"
    assert all(one is None or one.end <= 110 for one in read_courses(title))


def test_every_form_of_the_table_is_a_pattern_in_small_letters() -> None:
    for course in WORKSTREAMS:
        assert len(course.steps) > 2
        for step in course.steps:
            assert re.compile(step.form)
            assert step.form == step.form.lower()


def test_a_step_waits_for_an_earlier_one_of_its_course_and_says_which() -> None:
    plan = make_action(
        ("Structure charts", "2026-05-31"),
        ("Job descriptions", "2026-06-30"),
        ("Staff newsletter", "2026-06-30"),
    )
    assert pairs_of(plan, "course") == {("A.1", "A.2")}
    link = find_link(suggest(plan, only=["course"]).new, "A.1", "A.2")
    assert link.reason is not None
    assert "In a new staffing structure, the structure comes before job descriptions" in link.reason
    assert [part.source.quote for part in link.evidence] == ["Structure charts", "Job descriptions"]


def test_no_step_waits_for_one_that_is_due_later_or_listed_after_it_at_the_same_time() -> None:
    later = make_action(("Job descriptions", "2026-05-31"), ("Structure charts", "2026-06-30"))
    same = make_action(("Job descriptions", "2026-05-31"), ("Structure charts", "2026-05-31"))
    assert pairs_of(later, "course") == pairs_of(same, "course") == set()
    unordered = make_action(
        ("Job descriptions", "2026-06-30"),
        ("Structure charts", "2026-05-31"),
        ("Staff consultation", "2026-07-31"),
    )
    assert ("A.1", "A.2") not in pairs_of(unordered, "course")


def test_a_list_that_goes_on_is_coherent_and_a_mere_one_is_not() -> None:
    months = ("2026-04-30", "2026-05-31", "2026-06-30")
    work = make_action(*zip(COURSES["a trial"], months, strict=True))
    mere = make_action(*zip(("Bins", "Swimming", "Roads"), months, strict=True))
    told = []
    for plan in (work, mere):
        words = PlanWords(plan)
        (steps,) = find_steps(plan, words)
        told.append(read_step_list(steps, words))
    assert [(one.coherent, one.steep) for one in told] == [(1.0, 1.0), (0.0, 1.0)]
