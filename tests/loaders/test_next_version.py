"""Which plans are versions of one plan."""

from __future__ import annotations

import pytest

from graphmodel.items import Item
from graphmodel.plan import Plan
from loaders.next_version import is_next_version


def plan(name: str, titles: str, **fields: str) -> Plan:
    items = tuple(
        Item(id=f"A{number}", kind="action", title=title) for number, title in enumerate(titles)
    )
    return Plan.model_validate({"id": name, "items": items, **fields})


OLD = plan("harbour", "abcdefghij")


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (
            plan("harbour", "jklmnopqrs"),
            'both are the plan "harbour", and 1 of 10 items have the same titles',
        ),
        (plan("harbour", "klmnopqrst"), None),  # an id like "plan" is no proof by itself
        (plan("port", "abcdekmnop"), "5 of 10 items have the same titles"),
        (plan("port", "abcdlkmnop"), None),
        (plan("port", "abcde"), "5 of 10 items have the same titles"),
        (plan("port", "aaaaaaaaaa"), None),
        (plan("port", ""), None),
    ],
)
def test_by_id_or_by_titles(new: Plan, reason: str | None) -> None:
    assert is_next_version(OLD, new) == reason


def test_two_councils_may_have_plans_of_one_name() -> None:
    old, new = (plan("csip", titles, organisation=name) for titles, name in NAMES)
    assert is_next_version(old, new) is None
    assert is_next_version(old, old) is not None


NAMES = (("abcdefghij", "Westmere"), ("abcdxxxxxx", "Eastmere"))


def test_kinds_tell_titles_apart() -> None:
    themes = OLD.model_copy(
        update={"items": tuple(one.model_copy(update={"kind": "theme"}) for one in OLD.items)}
    )
    assert is_next_version(OLD, themes) is None
