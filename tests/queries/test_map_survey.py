"""The map of a plan as a whole."""

from __future__ import annotations

from queries.mapsurvey import count_pairs, survey_map
from tests.knockon.council import council


def test_a_map_in_numbers() -> None:
    survey = survey_map(council())  # one accepted link: A.1 → A.2
    assert (survey.links, survey.parts) == (1, (2,))
    assert survey.loose_ends == ("A.2", "A.4")
    assert survey.unlinked == ("A.4",)
    assert survey.splitting == ()
    assert survey.cross_theme == ()
    assert survey.cross_directorate == ()
    (said,) = survey.sentences
    assert said == (
        "1 link in 1 separate part. Of 3 unfinished items without parts of their own, nothing "
        "waits for 2; 1 of these waits for nothing either."
    )


def test_proposed_links_join_the_map() -> None:
    survey = survey_map(council(), links="proposed")
    assert (survey.links, survey.parts) == (2, (3,))
    assert survey.loose_ends == ("A.2",)


def test_a_plan_without_links_says_what_to_do() -> None:
    (said,) = survey_map(council(links=[])).sentences
    assert said.startswith("No link is followed, so none of 3 unfinished items waits for another")


def test_a_finished_plan() -> None:
    items = [{"id": "a", "kind": "milestone", "title": "a", "status": "complete"}]
    bare = dict.fromkeys(
        ("boards", "officers", "assignments", "gates", "metrics", "relations", "risks", "links")
    )
    survey = survey_map(council(**{**bare, "items": items}))
    assert survey.sentences == ("Nothing in the plan is unfinished.",)
    assert survey.loose_ends == ()


def test_borders_are_counted_most_first() -> None:
    items = [
        {"id": one, "kind": kind, "title": one, "parent": parent}
        for one, kind, parent in (
            ("X", "theme", None), ("Y", "theme", None), ("a", "milestone", "X"),
            ("b", "milestone", "X"), ("c", "milestone", "Y"),
        )
    ]  # fmt: skip
    links = [{"from": a, "to": b} for a, b in ("ac", "ca", "bc")]
    links[1]["state"] = "rejected"
    bare = dict.fromkeys(
        ("boards", "officers", "assignments", "gates", "metrics", "relations", "risks")
    )
    survey = survey_map(council(**{**bare, "items": items, "links": links}))
    assert count_pairs(survey.cross_theme) == [(("X", "Y"), 2)]
