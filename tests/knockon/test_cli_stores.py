"""``knockon push``, ``pull`` and ``versions``, and plans named by their place in a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.planfile import read_plan, read_scenario
from graphmodel.stores.local import LocalStore
from knockon.cli.main import run
from knockon.cli.stores import find_author
from tests.knockon.council import council, write_council

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.stores.store import StoredVersion

    Say = Callable[..., str]

SLIP = {
    "schema": "knockon/scenario@1",
    "name": "Consultation slips",
    "note": "As feared",
    "changes": [{"op": "slip", "item": "A.1", "by": "2m"}],
}


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Run a command where ``old.json``, ``new.json`` and ``slip.json`` are; return what it says.

    Lines are joined, so that no test depends on where they break.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KNOCKON_STORE", raising=False)
    monkeypatch.setenv("KNOCKON_AUTHOR", "Ann")
    write_council(Path("old.json"))
    write_council(Path("new.json"), title="New plan", as_of="2026-09-30", links=[])
    Path("slip.json").write_text(json.dumps(SLIP), encoding="utf-8")

    def command(*words: str, code: int = 0) -> str:
        assert run(list(words)) == code
        printed = capsys.readouterr()
        return " ".join((printed.out if code == 0 else printed.err).split())

    return command


def listed(say: Say, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(say("versions", "--json", *words))
    return found


def test_a_plan_goes_in_and_comes_out(say: Say) -> None:
    assert (
        say("push", "old.json", "--note", "As agreed")
        == "Saved: wex, version 1 (6 items, 3 links)."
    )
    said = say("push", "new.json", "--author", "Bob")
    assert said.startswith(
        "Saved: wex, version 2 (6 items, 0 links). Before it: version 1 (6 items, 3 links), saved "
        "by Ann on "
    )
    assert said.endswith(" UTC: As agreed Its title was “Improvement plan”, now it is “New plan”.")
    told = say("pull", "wex", "-o", "out.json")
    assert told.startswith("wex, version 2 (6 items, 0 links), saved by Bob on ")
    assert told.endswith(" UTC. Written: out.json")
    assert read_plan("out.json") == read_plan("new.json")
    assert say("pull", "wex", "--version", "1", "-o", "out.json").endswith(
        "UTC: As agreed Written: out.json"
    )
    assert read_plan("out.json") == council()


def test_a_plan_that_is_not_new_is_not_saved_again(say: Say) -> None:
    say("push", "old.json")
    told = say("push", "old.json", "--note", "Again")
    assert told.startswith("Nothing is new: the plan equals wex, version 1, saved by Ann on ")
    assert told.endswith("It was not saved again. The note was not kept.")
    assert [one["version"] for one in listed(say)["versions"]] == [1]
    answer = json.loads(say("push", "old.json", "--json"))
    assert (answer["saved"], answer["version"], answer["scenarios"]) == (False, 1, [])


def test_registers_are_merged_before_it_is_saved(say: Say) -> None:
    Path("links.csv").write_text("from,to\nA.3,A.1\n", encoding="utf-8")
    answer = json.loads(say("push", "new.json", "--with", "links.csv", "--json"))
    assert (answer["saved"], answer["links"]) == (True, 1)


def test_after_saves_only_over_what_one_knows(say: Say) -> None:
    say("push", "old.json", "--after", "0")
    refused = say("push", "new.json", "--after", "0", code=2)
    assert "nothing was saved; see what is new in it, then push again." in refused
    assert len(listed(say)["versions"]) == 1
    say("push", "new.json", "--after", "1")


def test_of_two_pushes_at_once_one_is_told(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob saves after Ann's push has looked at the store and before it saves."""
    say("push", "old.json")
    look = LocalStore.versions

    def look_too_early(store: LocalStore, plan: str | None = None) -> tuple[StoredVersion, ...]:
        found = look(store, plan)
        monkeypatch.setattr(LocalStore, "versions", look)
        with LocalStore("knockon.store") as other:
            other.save(council(title="Bob's"), author="Bob")
        return found

    monkeypatch.setattr(LocalStore, "versions", look_too_early)
    refused = say("push", "new.json", code=2)
    assert 'has version 2 of "wex", saved by Bob' in refused
    assert [one["title"] for one in listed(say)["versions"]] == ["Improvement plan", "Bob's"]
    say("push", "new.json")


def test_versions_of_one_plan_are_listed_with_its_scenarios(say: Say) -> None:
    say("push", "old.json", "--note", "As agreed", "--scenario", "slip.json")
    say("push", "new.json", "--author", "")
    told = say("versions")
    assert told == say("versions", "wex")
    assert told.startswith("wex “New plan”: 2 versions Versions, the oldest first Version Of Saved")
    assert "1 As agreed - " in told
    assert " Ann 6 3 2 30 Sep 2026 " in told
    assert " - 6 0 Scenarios Scenario Changes Saved (UTC) By Consultation slips 1 " in told
    answer = listed(say)
    assert [
        (one["plan"], one["version"], one["note"], one["author"], one["as_of"], one["links"])
        for one in answer["versions"]
    ] == [("wex", 1, "As agreed", "Ann", None, 3), ("wex", 2, None, None, "2026-09-30", 0)]
    (scenario,) = answer["scenarios"]
    saved_at = scenario.pop("saved_at")
    assert saved_at[-1] == "Z"
    assert len(saved_at) == len("2026-11-30T20:45:12Z")
    assert scenario == {
        "plan": "wex", "scenario": "Consultation slips", "note": "As feared", "changes": 1,
        "author": "Ann",
    }  # fmt: skip


def test_several_plans_are_listed_by_plan(say: Say) -> None:
    write_council(Path("other.json"), id="other", title=None, relations=[])
    for name in ("old.json", "new.json", "other.json"):
        say("push", name)
    told = say("versions")
    assert told.startswith("2 plans Plan Versions Newest of Saved (UTC) By other 1 - ")
    assert " wex New plan 2 30 Sep 2026 " in told
    assert told.endswith('"knockon versions PLAN_ID" lists the versions of one.')
    assert [one["plan"] for one in listed(say, "other")["versions"]] == ["other"]


def test_a_scenario_goes_in_and_comes_out(say: Say) -> None:
    assert say("push", "old.json", "--scenario", "slip.json").endswith(
        "Scenario “Consultation slips” saved with it."
    )
    assert say("push", "old.json", "--scenario", "slip.json").endswith(
        "Scenario “Consultation slips” saved with it, in the place of the one of that name."
    )
    say("pull", "wex", "--scenario", "Consultation slips", "-o", "out.json")
    assert read_scenario("out.json") == read_scenario("slip.json")
    assert 'it has "Consultation slips".' in say(
        "pull", "wex", "--scenario", "x", "-o", "out.json", code=2
    )
    assert "leave --version or --scenario out" in say(
        "pull", "wex", "--scenario", "x", "--version", "1", "-o", "out.json", code=2
    )
    assert say("versions", "wex", "--delete-scenario", "x", "--yes", code=2).startswith(
        '"wex" has no scenario "x"'
    )
    gone = ("versions", "wex", "--delete-scenario", "Consultation slips")
    assert "for good: add --yes to do so." in say(*gone, code=2)
    say(*gone, "--yes")
    assert "it has none." in say("pull", "wex", "--scenario", "x", "-o", "out.json", code=2)


def test_deleting_needs_a_yes(say: Say) -> None:
    for name in ("old.json", "new.json"):
        say("push", name)
    refused = say("versions", "wex", "--delete", "1", code=2)
    assert refused.startswith("This would delete version 1 of wex, saved by Ann on ")
    assert refused.endswith(", for good: add --yes to do so.")
    assert "the whole of wex, 2 versions and its scenarios, for good" in say(
        "versions", "wex", "--delete", "all", code=2
    )
    assert len(listed(say)["versions"]) == 2
    assert say("versions", "wex", "--delete", "1", "--yes").startswith("Deleted: version 1 of wex,")
    assert "is the only one" in say("versions", "wex", "--delete", "2", "--yes", code=2)
    assert "holds no version 1" in say("versions", "wex", "--delete", "1", code=2)
    assert say("versions", "wex", "--delete", "all", "--yes") == (
        "Deleted: 1 version of wex, and its scenarios."
    )
    assert say("versions") == "The store is empty."
    assert listed(say) == {"versions": [], "scenarios": []}
    assert "holds no plan" in say("versions", "wex", "--delete", "all", code=2)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--delete", "1"], "Say of which plan"),
        (["wex", "--delete", "two"], '"two" is no version to delete: give its number, or all.'),
        (["wex", "--delete", "1", "--json"], "go one by one"),
        (["wex", "--delete", "1", "--delete-scenario", "x"], "go one by one"),
        (["nix"], '"knockon.store" holds no plan "nix": it holds "wex".'),
        (["--store", "no.store"], 'There is no store "no.store"'),
        (["--store", "neo4j://a:b@host"], "NEO4J_PASSWORD"),
        (["--store", "neo4j://host", "--salvage", "out"], "Only a store that is a file"),
    ],
)
def test_wrong_use_is_told(say: Say, words: list[str], reason: str) -> None:
    say("push", "old.json")
    assert reason in say("versions", *words, code=2)


def test_looking_makes_no_store(say: Say) -> None:
    for words in (["versions"], ["pull", "wex", "-o", "x.json"], ["show", "store:wex"]):
        assert 'There is no store "knockon.store"' in say(*words, code=2)
    assert "There is no file" in say("push", "nix.json", code=2)
    assert not Path("knockon.store").exists()


def test_the_store_may_be_named(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("push", "old.json", "--store", "team.store")
    monkeypatch.setenv("KNOCKON_STORE", "team.store")
    assert len(listed(say)["versions"]) == 1
    assert say("show", "store:wex").startswith("Wexcombe: Improvement plan")


def test_commands_read_versions_where_they_are(say: Say) -> None:
    say("push", "old.json", "--scenario", "slip.json")
    say("push", "new.json")
    assert say("compare", "store:wex@1", "store:wex") == say("compare", "old.json", "new.json")
    assert say("load", "store:wex@1") == say("load", "old.json")
    assert say("show", "store:wex", "A.1") == say("show", "new.json", "A.1")
    assert 'holds no version 7 of "wex"' in say("show", "store:wex@7", code=2)
    say("push", "store:wex@1")  # back to what it was
    assert [one["links"] for one in listed(say)["versions"]] == [3, 0, 3]


def test_problems_of_a_stored_plan_are_told_by_its_place(
    say: Say, capsys: pytest.CaptureFixture[str]
) -> None:
    circle = [{"from": "A.1", "to": "A.3"}, {"from": "A.3", "to": "A.1"}]
    write_council(Path("round.json"), links=circle)
    say("push", "round.json")
    assert run(["show", "store:wex"]) == 0
    assert "knockon load store:wex  lists it." in capsys.readouterr().err


def test_a_store_given_as_a_plan_is_told(say: Say) -> None:
    say("push", "old.json")
    assert 'take a plan out of a store with "knockon pull"' in say("show", "knockon.store", code=2)


def test_what_is_left_of_a_damaged_store_is_saved(say: Say) -> None:
    say("push", "old.json", "--note", "As agreed", "--scenario", "slip.json")
    say("push", "new.json")
    content = Path("knockon.store").read_bytes()
    Path("knockon.store").write_bytes(bytes(4096) + content[4096:])
    refused = say("versions", code=2)
    assert 'knockon versions --store "knockon.store" --salvage FOLDER' in refused
    told = say("versions", "--salvage", "out")
    assert told.startswith("Saved to out File Plan What wex-1.json wex version 1")
    assert "wex-scenario-Consultation_slips.json wex scenario Consultation slips" in told
    assert read_plan("out/wex-2.json") == read_plan("new.json")
    assert "no empty folder: name a new one" in say("versions", "--salvage", "out", code=2)


def test_what_salvage_is_not_sure_of_is_said(say: Say) -> None:
    say("push", "old.json", "--note", "As agreed")
    path = Path("knockon.store")
    path.write_bytes(path.read_bytes().replace(b"As agreed", b"As agreeD"))
    assert "version 1 perhaps: what is said of it was damaged" in say(
        "versions", "--salvage", "out"
    )


def test_the_author_is_told_or_that_of_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KNOCKON_AUTHOR", "Ann")
    assert (find_author("Bob"), find_author(None), find_author("")) == ("Bob", "Ann", None)
    monkeypatch.delenv("KNOCKON_AUTHOR")
    monkeypatch.setenv("LOGNAME", "cy")  # which the standard library asks first
    assert find_author(None) == "cy"

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert find_author(None) is None
