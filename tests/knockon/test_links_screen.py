"""What a review shows, and where its decisions go, without a terminal."""

from __future__ import annotations

import io
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from graphmodel.errors import FileError
from graphmodel.planfile import read_plan, write_plan
from knockon.cli.links import keys as keys_module
from knockon.cli.links.desk import DecisionFile, count_decisions, find_files
from knockon.cli.links.reviewing import Review
from knockon.cli.links.screen import draw
from knockon.cli.main import run
from loaders.load import load
from loaders.review.docket import Docket
from loaders.review.proposals import list_all, list_decided, list_open
from loaders.writers.reviewfile import write_review
from tests.loaders.small_review import ANN, WHEN, gate, link, make_plan, quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from graphmodel.plan import Plan


def show(plan: Plan, keys: str = "") -> str:
    """Return the screen of a review in the order of the plan, after some keys."""
    review = Review(Docket(plan), list_open(plan, order="plan"), "Ann", lambda: WHEN)
    for key in keys:
        review.press(key)
    stream = io.StringIO()
    draw(Console(file=stream, width=80, highlight=False), review)
    return stream.getvalue()


def words(plan: Plan, keys: str = "") -> str:
    return " ".join(show(plan, keys).split())


def owned(**more: Any) -> Plan:
    """Return the plan with an owner of A1."""
    officers = [{"id": "dir", "title": "Director of Care"}]
    roles = [{"officer": "dir", "item": "A1"}]
    return make_plan(officers=officers, assignments=roles, **more)


def test_a_link_shows_both_sides_its_type_and_its_reason() -> None:
    told = words(owned(), "s")
    assert told.startswith("2 of 5 0 decided, 1 skipped")
    assert "First A1 Choose a partner for the new model" in told
    assert "30 Jun 2026 · Director of Care “Partner chosen” (paper.txt, line 4)" in told
    assert "↓ FS: the first must finish first" in told
    assert "Then A2 Consult the staff on new roles 30 Sep 2026 · no owner" in told
    assert "It says so. Confidence 0.8, rule: words" in told
    assert "CLASH" not in told
    assert "a accept r reject v reverse, and accept" in told


def test_a_changed_type_names_the_one_proposed() -> None:
    assert "↓ SS: the first must start first (proposed: FS)" in words(make_plan(), "st")


def test_a_clash_is_told() -> None:
    assert "CLASH: the dates, or other links, say otherwise." in words(make_plan(), "ss")


def test_a_lag_is_told() -> None:
    plan = make_plan(links=[link("A1", "A2", lag="10d")])
    assert "the first must finish first, then 10 days" in words(plan, "s")


def test_a_gate_shows_its_board_and_its_place_in_the_order() -> None:
    plan = make_plan(links=[], gates=[gate(order=2)])
    told = words(plan, "s")
    assert "Gate: Transformation Board is to approve this, number 2 of its approvals" in told
    assert "Item B1 Close the first office in the north" in told
    assert "“agreed by the board” (paper.txt, line 9)" in told


def test_an_event_says_what_hangs_on_it() -> None:
    told = words(make_plan())
    assert "Event EXT-vote Elections to the new council" in told
    assert "6 May 2027 · outside the council · paper.txt, line 12" in told
    assert "“elections on 6 May 2027”" in told
    assert "1 proposal hangs on it; rejecting the event rejects it too." in told
    two = make_plan(links=[link("EXT-vote", "B1"), link("EXT-vote", "A1")])
    assert "2 proposals hang on it, each decided by itself" in words(two)


def test_words_that_a_title_says_are_not_told_twice() -> None:
    evidence = [quote("from", "Choose a partner for", 4)]
    told = words(make_plan(links=[link("A1", "A2", evidence=evidence)]), "s")
    assert "“" not in told


def test_more_quotes_than_fit_are_counted() -> None:
    many = [quote("from", f"Words {number}", number) for number in range(1, 6)]
    told = words(make_plan(links=[link("A1", "A2", evidence=many)]), "s")
    assert "“Words 3”" in told
    assert "“Words 4”" not in told
    assert "and 2 more quotes" in told


def test_evidence_without_words_tells_its_place() -> None:
    bare = {"side": "from", "source": {"source": "s1", "line": 7}}
    assert "(paper.txt, line 7)" in words(make_plan(links=[link("A1", "A2", evidence=[bare])]), "s")


def test_dates_are_told_as_the_plan_has_them() -> None:
    items = [
        {"id": "A", "kind": "action", "title": "a", "planned": {"text": "To be agreed"}},
        {"id": "B", "kind": "action", "title": "b", "due": "2027-01-31"},
        {"id": "C", "kind": "action", "title": "c"},
        {
            "id": "D",
            "kind": "action",
            "title": "d",
            "planned": {"start": "2026-05-01", "finish": "2026-08-31"},
        },
    ]
    plan = make_plan(items=items, links=[link("A", "B"), link("C", "D")], gates=[])
    assert "To be agreed · no owner" in words(plan)
    assert "due 31 Jan 2027 · no owner" in words(plan)
    assert "no date · no owner" in words(plan, "s")
    assert "1 May 2026 to 31 Aug 2026 · no owner" in words(plan, "s")


def test_a_note_is_shown_while_it_is_written_and_after() -> None:
    assert "Your note: Why▏ Enter keeps the note, Esc drops it" in words(make_plan(), "wWhy")
    assert "Your note: Why a accept" in words(make_plan(), "wWhy\r")


def test_a_message_stands_above_the_keys() -> None:
    assert '"x" does nothing here: ? shows the keys. a accept' in words(make_plan(), "x")


def test_the_help_tells_every_key() -> None:
    told = words(make_plan(), "?")
    assert "a accept: simulations follow it from now on" in told
    assert "Any key goes back." in told


def test_the_end_tells_what_was_skipped() -> None:
    assert "Everything is decided. u undo q quit" in words(make_plan(), "aaaaa")
    told = words(make_plan(), "saaaa")
    assert "That was the last one. 1 proposal is skipped. s the skipped ones again" in told
    assert "2 proposals are skipped" in words(make_plan(), "ssaaa")


def test_no_title_writes_on_the_terminal_what_it_should_not() -> None:
    items = [
        item.model_copy(update={"title": "\x1b[31m[bold]x[/bold]"}) for item in make_plan().items
    ]
    told = show(make_plan(items=items), "s")
    assert "\x1b[31m" not in told
    assert "[bold]x[/bold]" in told  # as it stands, and no markup


def test_no_line_is_wider_than_the_terminal() -> None:
    for keys in ("", "s", "ss", "sss", "ssss", "?", "aaaaa"):
        assert max(map(len, show(make_plan(), keys).splitlines())) <= 80


# Where decisions go


def decide_one(plan: Plan) -> Plan:
    docket = Docket(plan)
    docket.decide(list_all(plan)[1], "reject", ANN)
    return docket.plan()


def test_a_plan_file_takes_its_own_decisions(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)
    assert find_files(str(path), None) == (path, (str(path),))
    kept = DecisionFile.at(path)
    kept.save(decide_one(make_plan()))
    kept.save(decide_one(make_plan()))
    assert read_plan(path) == decide_one(make_plan())


def test_an_older_plan_file_is_gone_on_with_before_the_paper(tmp_path: Path) -> None:
    old = tmp_path / "plan.json"
    write_plan(make_plan(), old)
    paper = tmp_path / "paper.txt"
    assert find_files(str(paper), str(old)) == (old, (str(old), str(paper)))
    new = tmp_path / "new.json"
    assert find_files(str(paper), str(new)) == (new, (str(paper),))


@pytest.mark.parametrize("name", ["links.csv", "links.xlsx"])
def test_a_register_takes_decisions_and_is_gone_on_with(tmp_path: Path, name: str) -> None:
    plan, path = tmp_path / "plan.json", tmp_path / name
    write_plan(make_plan(), plan)
    assert find_files(str(plan), str(path)) == (path, (str(plan),))
    kept = DecisionFile.at(path)
    kept.save(decide_one(make_plan()))
    assert count_decisions(path) == 1
    assert find_files(str(plan), str(path)) == (path, (str(plan), str(path)))
    again = load([plan, path]).plan
    assert len(list_decided(again)) == 1
    kept.save(again)  # what was decided before stays in it
    assert count_decisions(path) == 1


def test_a_table_of_something_else_is_not_written_over(tmp_path: Path) -> None:
    items = tmp_path / "items.csv"
    items.write_text("Ref,Action,Due date\nA,Do it,2026-12-31\n", encoding="utf-8")
    register = tmp_path / "register.csv"
    register.write_text("From,To\nA1,A2\n", encoding="utf-8")
    for path in (items, register):
        assert count_decisions(path) == 0
        with pytest.raises(FileError, match="holds something else than decisions"):
            find_files("paper.txt", str(path))


def test_a_paper_needs_a_place_for_decisions(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Plan", encoding="utf-8")
    with pytest.raises(FileError, match="is no plan file, so the decisions need one"):
        find_files(str(paper), None)
    with pytest.raises(FileError, match="is no place for decisions"):
        find_files(str(paper), "decisions.docx")


def test_a_file_that_has_changed_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)
    kept = DecisionFile.at(path)
    write_plan(make_plan(title="Other"), path)
    with pytest.raises(FileError, match="was changed by another program"):
        kept.save(make_plan())
    path.unlink()
    with pytest.raises(FileError, match="was changed by another program"):
        kept.save(make_plan())


# The command, with keys that are given


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give keys to a review that thinks it has a terminal."""

    def give(keys: str) -> None:
        waiting = [[key] for key in keys]

        @contextmanager
        def reading_keys() -> Iterator[Callable[[], list[str]]]:
            yield lambda: waiting.pop(0)

        monkeypatch.setattr(keys_module, "reading_keys", reading_keys)
        for stream in ("stdin", "stdout"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)

    return give


def test_the_command_saves_each_decision(
    tmp_path: Path, typing: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)
    typing("arq")
    assert (
        run(["links", "review", str(path), "--by", "Ann", "--rule", "words", "--rule", "order"])
        == 0
    )
    told = capsys.readouterr().out
    assert "2 decided (1 accepted, 1 rejected); 0 proposals left." in told
    assert told.endswith(f"Written: {path}\n")
    first, second, *_ = read_plan(path).links
    assert (first.state, second.state) == ("accepted", "rejected")
    assert first.decided is not None
    assert first.decided.by == "Ann"
    assert isinstance(first.decided.at, datetime)
    assert abs((datetime.now() - first.decided.at).total_seconds()) < 24 * 3600


def test_what_cannot_be_saved_is_told_and_taken_back(
    tmp_path: Path,
    typing: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)

    def fail(*_: object) -> None:
        raise FileError("The disk is full.")

    monkeypatch.setattr("knockon.cli.links.desk.write_plan", fail)
    typing("aq")
    assert run(["links", "review", str(path), "--by", "Ann"]) == 0
    told = capsys.readouterr().out
    assert "The disk is full." in told
    assert "0 decided" in told
    assert "Written" not in told
    assert read_plan(path) == make_plan()


def test_nobody_logged_in_needs_a_name(
    tmp_path: Path,
    typing: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)

    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr("getpass.getuser", nobody)
    typing("q")
    assert run(["links", "review", str(path)]) == 2
    assert "say who decides with  --by NAME" in capsys.readouterr().err


def test_the_name_of_the_login_decides(
    tmp_path: Path,
    typing: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)
    monkeypatch.setattr("getpass.getuser", lambda: "ben")
    typing("aq")
    assert run(["links", "review", str(path), "--rule", "words"]) == 0
    capsys.readouterr()
    decided = read_plan(path).links[0].decided
    assert decided is not None
    assert decided.by == "ben"


def test_nothing_to_decide_and_unknown_rules_are_told(
    tmp_path: Path, typing: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.json"
    write_plan(make_plan(items=[], links=[], gates=[]), path)
    typing("")
    assert run(["links", "review", str(path)]) == 0
    assert capsys.readouterr().out == "Nothing waits for a decision.\n"
    assert run(["links", "review", str(path), "--rule", "magic"]) == 2
    assert 'There is no rule "magic": choose ' in capsys.readouterr().err


def test_a_register_is_reviewed_with_what_the_plan_holds(
    tmp_path: Path, typing: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    plan, path = tmp_path / "plan.json", tmp_path / "links.csv"
    write_plan(make_plan(), plan)
    write_review(make_plan(), path, list_all(make_plan()))
    before = plan.read_bytes()
    typing("aq")
    assert run(["links", "review", str(plan), "-o", str(path), "--rule", "words"]) == 0
    capsys.readouterr()
    assert count_decisions(path) == 1
    assert plan.read_bytes() == before
