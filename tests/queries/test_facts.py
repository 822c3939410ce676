"""Everything a plan says of one item."""

from __future__ import annotations

import pytest

from graphmodel.errors import UnknownIdError
from graphmodel.problems import Place
from queries.facts import describe
from tests.knockon.council import council


def test_roles_are_inherited_and_say_from_where() -> None:
    held = {role.role: role for role in describe(council(), "A.1").roles}
    assert list(held) == ["responsible", "accountable"]
    assert [officer.id for officer in held["responsible"].officers] == ["dasc"]
    assert held["responsible"].inherited == "A"
    assert held["accountable"].inherited == "T"


def test_a_role_held_on_the_item_itself_is_not_inherited() -> None:
    (held, above) = describe(council(), "A").roles
    assert (held.role, held.inherited) == ("responsible", None)
    assert (above.role, above.inherited) == ("accountable", "T")


def test_surroundings() -> None:
    facts = describe(council(), "A.1")
    assert [item.id for item in facts.ancestors] == ["A", "T"]
    assert [(link.from_, link.state) for link in facts.links_in] == [("A.4", "proposed")]
    assert [(link.to, link.state) for link in facts.links_out] == [("A.2", "accepted")]
    assert facts.place == Place("paper.txt", 41)
    assert facts.children == ()


def test_parts_metrics_and_gates() -> None:
    action, gated = describe(council(), "A"), describe(council(), "A.2")
    assert [item.id for item in action.children] == ["A.1", "A.2", "A.3", "A.4"]
    assert [metric.id for metric in action.metrics] == ["m1"]
    assert [(gate.state, board.id) for gate, board in gated.gates] == [("proposed", "cab")]
    assert action.gates == ()


def test_rejected_links_are_shown_too() -> None:
    assert [link.state for link in describe(council(), "A.3").links_out] == ["rejected"]


def test_an_unknown_item_is_an_error() -> None:
    with pytest.raises(UnknownIdError):
        describe(council(), "nix")
