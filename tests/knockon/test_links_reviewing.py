"""The review without a terminal: keys in, decisions out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.links import Decision, Link
from graphmodel.planfile import dump_plan, parse_plan
from knockon.cli.links.keys import reading_keys, split_keys
from knockon.cli.links.reviewing import KEYS, Review
from knockon.cli.links.screen import sum_up
from loaders.review.docket import Docket
from loaders.review.proposals import list_open, state_of
from tests.loaders.small_review import WHEN, link, make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan


def begin(plan: Plan | None = None, by: str = "Ann") -> Review:
    """Begin a review in the order of the plan: event, three links, gate; a minute for each."""
    held = make_plan() if plan is None else plan
    minutes = (WHEN + timedelta(minutes=number) for number in range(1_000))
    return Review(Docket(held), list_open(held, order="plan"), by, lambda: next(minutes))


def press(review: Review, keys: Iterable[str]) -> list[bool]:
    """Press keys one after the other; return for each whether there was something to save."""
    return [review.press(key) for key in keys]


def states(review: Review) -> list[str]:
    """Return the states in the order of the plan: event, three links, gate."""
    plan = review.docket.plan()
    event = plan.index.items["EXT-vote"]
    others = [link.state for link in plan.links] + [gate.state for gate in plan.gates]
    return [state_of(event), *others]


def test_one_key_decides_and_shows_the_next() -> None:
    review = begin()
    assert press(review, "aarar") == [True] * 5
    assert states(review) == ["accepted", "accepted", "rejected", "accepted", "rejected"]
    assert review.current is None
    assert review.left == 0
    assert sum_up(review.tally) == "5 decided (3 accepted, 2 rejected)"


def test_a_decision_says_who_and_when() -> None:
    review = begin()
    press(review, "sa")
    assert review.docket.plan().links[0].decided == Decision(by="Ann", at=WHEN, x_number=1)


def test_a_note_goes_with_the_next_decision_only() -> None:
    review = begin()
    press(review, ["s", "w", *"Ask Bex", "\x7f", "n", "\r", "a", "a"])
    first, second, _ = review.docket.plan().links
    assert first.decided is not None
    assert (first.decided.why, second.decided and second.decided.why) == ("Ask Ben", None)


def test_keys_that_decide_are_letters_in_a_note() -> None:
    review = begin()
    press(review, ["s", "w", *"area", "\n"])
    assert (review.note, states(review)[1]) == ("area", "proposed")


def test_escape_drops_a_note() -> None:
    review = begin()
    assert press(review, ["s", "w", *"no", "\x1b", "a"])[-1]
    decided = review.docket.plan().links[0].decided
    assert decided is not None
    assert decided.why is None


def test_a_note_has_an_end() -> None:
    review = begin()
    press(review, ["w", *("x" * 600), "\t"])
    assert review.note == "x" * 500


def test_the_type_changes_with_the_decision_and_not_before() -> None:
    review = begin()
    press(review, "stt")
    assert review.kind == "FF"
    assert states(review)[1] == "proposed"
    press(review, "a")
    assert review.docket.plan().links[0].type == "FF"
    assert review.kind is None


def test_a_type_goes_all_the_way_round() -> None:
    review = begin()
    press(review, "stttt")
    assert review.kind == "FS"


def test_a_reversed_link_is_accepted_the_other_way_round() -> None:
    review = begin()
    press(review, "sv")
    turned = review.docket.plan().links[0]
    assert (turned.from_, turned.to, turned.state) == ("A2", "A1", "accepted")
    assert sum_up(review.tally) == "1 decided (1 reversed)"


def test_what_has_no_direction_and_no_type_says_so() -> None:
    review = begin()
    assert press(review, "v") == [False]
    assert review.message.startswith("An outside event has no direction")
    press(review, "t")
    assert review.message == "Only links have a type."
    assert states(review)[0] == "proposed"


def test_a_circle_is_told_and_the_proposal_stays() -> None:
    plan = make_plan(links=[link("A1", "A2", state="accepted"), link("A2", "A1")], gates=[])
    review = begin(plan)
    assert press(review, "sa") == [False, False]
    assert "would close a circle" in review.message
    assert isinstance(review.shown, Link)
    assert press(review, "r") == [True]
    assert review.message == ""


def test_skipped_proposals_come_again_at_the_end() -> None:
    review = begin()
    press(review, ["s", " ", "a", "s", "a"])
    assert review.current is None
    assert len(review.tally.skipped) == 3
    press(review, "s")
    assert len(review.queue) == 3
    press(review, "aaa")
    assert states(review) == ["accepted"] * 5


def test_undo_takes_back_decisions_and_skips() -> None:
    review = begin()
    press(review, "asra")
    assert press(review, "uu") == [True, True]
    assert states(review) == ["accepted"] + ["proposed"] * 4
    assert press(review, "u") == [False]
    assert review.at == 1
    assert press(review, "u") == [True]
    assert (states(review), review.at) == (["proposed"] * 5, 0)
    assert sum_up(review.tally) == "0 decided"


def test_undo_works_from_the_last_page() -> None:
    review = begin()
    press(review, "aaaaau")
    assert states(review)[4] == "proposed"
    assert review.current is not None


def test_what_goes_with_a_rejected_event_is_not_asked_and_comes_back_with_it() -> None:
    review = begin()
    press(review, "rss")
    assert review.current is not None
    assert review.current.group == "gates"
    assert states(review) == ["rejected", "proposed", "proposed", "rejected", "proposed"]
    press(review, "uuu")
    assert states(review) == ["proposed"] * 5


def test_undo_goes_on_in_the_decisions_of_an_earlier_day() -> None:
    earlier = begin()
    press(earlier, "aar")
    held = parse_plan(dump_plan(earlier.docket.plan()))
    review = begin(held)
    assert press(review, "u") == [True]
    assert review.message == "Taken back: rejected at 20:17 on 30 Nov 2026."
    assert states(review) == ["accepted", "accepted", "proposed", "proposed", "proposed"]
    assert review.shown == make_plan().links[1]
    press(review, "a")
    assert states(review)[2] == "accepted"
    assert press(review, "uuu") == [True, True, True]
    assert review.docket.plan() == make_plan()
    assert press(review, "u") == [False]
    assert review.message == "There is nothing to undo: Ann has decided nothing before this."


def test_what_somebody_else_decided_is_not_undone() -> None:
    earlier = begin()
    press(earlier, "a")
    review = begin(parse_plan(dump_plan(earlier.docket.plan())), by="Ben")
    assert press(review, "u") == [False]
    assert states(review)[0] == "accepted"


def test_decisions_of_one_minute_are_undone_in_their_order() -> None:
    plan = make_plan()
    earlier = Review(Docket(plan), list_open(plan), "Ann", lambda: WHEN)
    press(earlier, "aaa")  # the event, its link, the first link
    review = begin(parse_plan(dump_plan(earlier.docket.plan())))
    press(review, "u")
    assert states(review) == ["accepted", "proposed", "proposed", "accepted", "proposed"]


def test_a_step_that_cannot_be_saved_is_taken_back_and_told() -> None:
    review = begin()
    press(review, "as")
    assert press(review, "a") == [True]
    review.fail("The disk is full.")
    assert (review.message, review.at) == ("The disk is full.", 2)
    assert states(review) == ["accepted"] + ["proposed"] * 4
    assert sum_up(review.tally) == "1 decided (1 accepted)"
    press(review, "u")
    review.fail("The disk is full.")
    assert review.at == 2


def test_help_comes_and_any_key_goes_back() -> None:
    review = begin()
    for key in ("?", "h"):
        press(review, [key])
        assert review.shows_help
        assert press(review, "a") == [False]
        assert not review.shows_help
    assert states(review)[0] == "proposed"


@pytest.mark.parametrize("key", ["q", "Q", "\x03", "\x04"])
def test_quitting_ends_it(key: str) -> None:
    review = begin()
    press(review, key)
    assert review.is_over


@pytest.mark.parametrize(("key", "told"), [("x", True), ("\x1b[A", False), ("\x00H", False)])
def test_other_keys_do_nothing(key: str, told: bool) -> None:
    review = begin()
    assert press(review, [key]) == [False]
    assert bool(review.message) is told
    assert review.at == 0


def test_letters_do_nothing_on_the_last_page() -> None:
    review = begin()
    press(review, "aaaaa")
    press(review, "r")
    assert review.message == '"r" does nothing here: ? shows the keys.'


@given(st.lists(st.sampled_from([*"arvtsuw?", "\r"]), max_size=40))
def test_undoing_everything_gives_the_plan_that_was(keys: list[str]) -> None:
    plan = make_plan()
    review = begin(plan)
    press(review, keys)
    press(review, ["\x1b"] if review.is_writing else [])
    press(review, "x" if review.shows_help else "")
    press(review, "u" * (len(keys) + 1))
    assert review.docket.plan() == plan
    assert list_open(review.docket.plan()) == list_open(plan)


@given(st.lists(st.sampled_from([*KEYS, "\r", "\x1b"]), max_size=40))
def test_what_is_saved_after_each_change_is_the_plan_of_the_end(keys: list[str]) -> None:
    review = begin()
    saved = make_plan()
    for key in keys:
        if review.press(key):
            saved = parse_plan(dump_plan(review.docket.plan()))
    assert saved == review.docket.plan()


def test_a_clock_is_asked_for_each_decision() -> None:
    review = begin()
    press(review, "saa")
    times = [one.decided.at for one in review.docket.plan().links[:2] if one.decided]
    assert times == [WHEN, datetime(2026, 11, 30, 20, 16)]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("ar", ["a", "r"]),
        ("\x1b[Aa\x1bOPr", ["\x1b[A", "a", "\x1bOP", "r"]),
        ("\x1b[1;5Ca", ["\x1b[1;5C", "a"]),
        ("\x1b", ["\x1b"]),
        ("à\r\n", ["à", "\r", "\n"]),
        ("", []),
    ],
)
def test_what_comes_in_one_piece_is_a_key_each(typed: str, keys: list[str]) -> None:
    assert split_keys(typed) == keys


@pytest.mark.parametrize(
    ("sent", "keys"), [("ar", ["a", "r"]), ("\xe0H", ["\xe0H"]), (KeyboardInterrupt(), ["\x03"])]
)
def test_windows_gives_its_keys_through_click(
    monkeypatch: pytest.MonkeyPatch, sent: str | BaseException, keys: list[str]
) -> None:
    def get_char() -> str:
        if isinstance(sent, BaseException):
            raise sent
        return sent

    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("click.getchar", get_char)
    with reading_keys() as read:
        assert list(read()) == keys
