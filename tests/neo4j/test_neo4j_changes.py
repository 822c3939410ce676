"""What a push decides to write: laws that need no server."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from graphmodel.stores.neo4j_changes import Changes, Stored, decide


class One(NamedTuple):
    key: str
    digest: str


VERSIONS = st.lists(
    st.lists(
        st.builds(One, st.sampled_from("abcdefgh"), st.sampled_from("xy")),
        unique_by=lambda one: one.key,
        max_size=8,
    ),
    min_size=1,
    max_size=6,
)


def carry_out(
    states: list[Stored], changes: Changes[One], newest: int, number: int
) -> list[Stored]:
    """Do to plain records what the store does to the server."""
    after = [one for one in states if one not in changes.drop]
    after = [one._replace(to_version=newest) if one in changes.close else one for one in after]
    after = [one._replace(to_version=None) if one in changes.reopen else one for one in after]
    made = [
        Stored(one.key, one.digest, number, None, position, None, f"{one.key}{number}")
        for one, position in changes.create
    ]
    return [*after, *made]


def held(states: list[Stored], version: int) -> list[One]:
    """Return what a version holds, in its order."""
    valid = [
        one for one in states
        if one.from_version <= version and (one.to_version or version) >= version
    ]  # fmt: skip
    return [
        One(str(one.key), one.digest) for one in sorted(valid, key=lambda one: one.position or 0)
    ]


def touched(states: list[Stored], newest: int) -> list[Stored]:
    """Return what a push reads: what is open, or was closed since."""
    return [one for one in states if one.to_version is None or one.to_version >= newest]


@given(VERSIONS)
def test_every_version_stays_what_it_was(versions: list[list[One]]) -> None:
    states: list[Stored] = []
    for number, wanted in enumerate(versions, 1):
        changes = decide(touched(states, number - 1), wanted, number - 1, number)
        states = carry_out(states, changes, number - 1, number)
        for earlier, expected in enumerate(versions[:number], 1):
            assert held(states, earlier) == expected


@given(VERSIONS, st.lists(st.integers(0, 20), max_size=8))
def test_what_was_cut_off_does_no_harm(versions: list[list[One]], done: list[int]) -> None:
    """Part of a push of some other version is carried out, in the order it would be."""
    first, *others = versions
    states = carry_out([], decide([], first, 0, 1), 0, 1)
    for wanted, much in zip(others, done, strict=False):
        changes = decide(touched(states, 1), wanted, 1, 2)
        part: Changes[One] = Changes(
            create=changes.create[:much], drop=changes.drop, close=changes.close[: max(0, much - 4)]
        )
        states = carry_out(states, part, 1, 2)
        states = list({(one.key, one.from_version): one for one in states}.values())  # MERGE
        assert held(states, 1) == first
    last = versions[-1]
    changes = decide(touched(states, 1), last, 1, 2)
    states = carry_out(states, changes, 1, 2)
    assert held(states, 1) == first
    assert held(states, 2) == last
    again = decide(touched(states, 1), last, 1, 2)
    assert (again.create, again.close, again.drop, again.reopen) == ([], [], [], [])


def test_something_new_in_the_middle_changes_nothing_else() -> None:
    states = carry_out([], decide([], [One(key, "x") for key in "abc"], 0, 1), 0, 1)
    changes = decide(states, [One(key, "x") for key in "abnc"], 1, 2)
    assert changes.create == [(One("n", "x"), 2.5)]
    assert not changes.close


def test_where_no_room_is_left_all_are_numbered_anew() -> None:
    states = [
        Stored("a", "x", 1, None, 1.0, None, "a"),
        Stored("b", "x", 1, None, 1.0 + 1e-7, None, "b"),
    ]
    changes = decide(states, [One(key, "x") for key in "anb"], 1, 2)
    assert [position for _, position in changes.create] == [1.0, 2.0, 3.0]
    assert changes.close == states


def test_a_relationship_is_written_anew_where_an_end_is() -> None:
    state = Stored("r", "x", 1, None, None, (1, 1), "r")
    same = decide([state], [One("r", "x")], 1, 2, ends={"r": (1, 1)}, ordered=False)
    assert same.kept == {"r": state}
    moved = decide([state], [One("r", "x")], 1, 2, ends={"r": (2, 1)}, ordered=False)
    assert (moved.create, moved.close) == ([(One("r", "x"), None)], [state])
