"""Bad input: one sentence on standard error, exit code 2, nothing on standard output or disk."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from knockon.cli.main import COMMANDS, run
from tests.knockon.council import COUNCIL, write_council

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan file ``plan.json`` in an otherwise empty current folder."""
    monkeypatch.chdir(tmp_path)
    board, cabinet = COUNCIL["boards"]
    meetings = {"rule": "FREQ=MONTHLY;BYDAY=3TU"}
    write_council(tmp_path / "plan.json", boards=[{**board, "meetings": meetings}, cabinet])
    return tmp_path


def fail(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    """Run a command that must fail and return its one sentence."""
    before = {path.name for path in Path().iterdir()}
    assert run(args) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.endswith("\n")
    assert captured.err.count("\n") == 1
    assert {path.name for path in Path().iterdir()} == before
    return captured.err.removesuffix("\n")


def cases(table: str) -> list[Any]:
    """Read command lines, each with the sentence it fails with indented below it."""
    found = []
    for case in re.split(r"\n(?=\S)", table.strip()):
        command, *sentence = case.splitlines()
        words = " ".join(line.strip() for line in sentence)
        found.append(pytest.param(shlex.split(command), words, id=command))
    return found


CHANGES = """
--slip A.9=2m
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
--slip A.9:finish=2m
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
--slip A.1
    "A.1" is not a slip: write it like SI1.1.3.7=2m.
--slip A.1=
    "A.1=" is not a slip: write it like SI1.1.3.7=2m.
--slip =2m
    "=2m" is not a slip: write it like SI1.1.3.7=2m.
--slip 'A.1=2 moons'
    "2 moons" is not a span of time: write it like 2m, 8w, 10d or 10wd, or "2 months".
--slip A.1=999y
    "999y" is longer than 300 years: give a shorter span.
--slip A.1=-2m
    A slip of A.1 by -2 months would bring it forward: set its finish instead.
--slip A.1=10wd
    A slip of A.1 by 10 working days is not calendar time: give days, weeks or months.
--slip A.3=2m
    A.3 Find a partner is finished: it cannot be slipped.
--set A.1=1
    "A.1=1" does not say what to set: write start, finish or duration, as in
    SI1.1.3.7:finish=2027-03-31.
--set A.1:end=2027-01-01
    "A.1:end=2027-01-01" does not say what to set: write start, finish or duration, as in
    SI1.1.3.7:finish=2027-03-31.
--set A.1
    "A.1" is not a date to set: write it like SI1.1.3.7:finish=2027-03-31.
--set A.1:finish=soon
    "soon" is not a date: write it like 2026-09-30 or 2026-09-30T17:00.
--set A.1:finish=2027-02-30
    "2027-02-30" is not a day of the calendar: check day and month.
--set A.1:finish=3027-02-01
    3027-02-01 lies outside the years 1900 to 2200: check the year.
--set A.9:finish=2027-01-01
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
--add-link 'A.1 A.2'
    "A.1 A.2" is not a link: write it like "SI1.1.3.7>SI1.1.3.8 FS+10d".
--add-link 'A.1>A.2'
    The link A.1 → A.2 (FS) is in use already.
--add-link 'A.1>A.1'
    The link A.1 → A.1 joins "A.1" to itself: remove it.
--add-link 'A.1>A'
    The link A.1 → A joins "A.1" to "A", which it is part of: remove it.
--add-link 'A.2>A.1'
    These 2 items wait for each other in a circle: A.1 → A.2 (FS + 45 days); A.2 → A.1 (FS). Remove
    or turn round one of these links.
--add-link 'A.1>A.4 FS+x'
    "+x" is not a span of time: write it like 2m, 8w, 10d or 10wd, or "2 months".
--remove-link 'A.2>A.1'
    There is no link A.2 → A.1 in use: there is nothing to remove.
--complete A.9
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
--complete A.3
    A.3 Find a partner is finished: it cannot be completed.
--cancel-item nix
    The plan has no item "nix".
--set A.1:start=2027-01-01 --set A.1:start=2027-01-02
    The start of A.1 is set twice: give it one value.
--cancel-meeting ib=2026-09-01
    Improvement Board does not meet on 2026-09-01: its nearest meetings are 2026-08-18 and
    2026-09-15.
--cancel-meeting Cabinet=2026-09-01
    Cabinet has no known meeting: there is none to cancel or to move.
--cancel-meeting Cabinets=2026-09-01
    The plan has no board "Cabinets". Did you mean Cabinet?
--cancel-meeting ib
    "ib" is not a meeting: write it like Cabinet=2027-01-05.
--cancel-meeting ib=soon
    "soon" is not a date: write it like 2026-09-30 or 2026-09-30T17:00.
--move-meeting ib=2026-09-15
    "ib=2026-09-15" does not say when the board meets instead: write it like
    Cabinet=2027-01-05..2027-01-12.
--move-meeting ib=2026-09-15..
    "ib=2026-09-15.." does not say when the board meets instead: write it like
    Cabinet=2027-01-05..2027-01-12.
--move-meeting ib=2026-09-15..2026-10-20
    Improvement Board meets on 2026-10-20 already.
--add-meeting ib=2026-09-15
    Improvement Board meets on 2026-09-15 already.
--add-meeting ib
    "ib" is not a meeting: write it like Cabinet=2027-01-05.
--waive-papers-lead A.1
    A.1 Consult staff “properly” has no gate to pass.
--waive-papers-lead A.2
    The gate "A.2" is proposed, not accepted: it holds nothing.
--waive-papers-lead nix
    The plan has no gate "nix".
--away cx=2027-01-29..2027-01-04
    Chief Executive cannot be away from 2027-01-29 to 2027-01-04: the second date lies before the
    first.
--away cx=2027-01-04..2027-01-29
    Chief Executive is responsible for nothing unfinished: an absence changes nothing.
--away nobody=2027-01-04
    The plan has no officer "nobody".
--away dasc
    "dasc" is not a time away: write it like dasc=2027-01-04..2027-01-29.
--away dasc=2027-01-04..
    "" is not a date: write it like 2026-09-30 or 2026-09-30T17:00.
--reassign A.1=cx..cx
    A.1 Consult staff “properly” cannot pass from Chief Executive to Chief Executive: name another.
--reassign A=nobody..cx
    The plan has no officer "nobody".
--reassign T=cx
    No officers are responsible for T Adult Social Care: name whom it passes from, as in T=dasc..cx.
--reassign T=dasc..cx
    Director of Adult Social Care holds no role on T Adult Social Care, which nobody is responsible
    for.
--reassign A.3=dasc..cx
    A.3 Find a partner is finished: it cannot be reassigned.
--reassign A.1
    "A.1" is not a new owner: write it like SI1.1.3.7=dasc..cx.
--slip-officer 'Director of Adults Social Care=1m'
    The plan has no officer "Director of Adults Social Care". Did you mean Director of Adult Social
    Care?
--slip-board Cabinets=1m
    The plan has no board "Cabinets". Did you mean Cabinet?
--slip-tag nix=1m
    Nothing unfinished belongs to the tag "nix": there is nothing to slip.
--slip-division nix
    "nix" is not a slip: write it like NAME=2m.
--scenario nix.json
    There is no file "nix.json": check the name and the folder.
--output report.docx
    "report.docx" cannot be written: name it with the ending .html.
--links all
    Invalid value for '--links': 'all' is not one of 'accepted', 'proposed'. (knockon whatif --help
    tells how it is used.)
--min-confidence 2
    Invalid value for '--min-confidence': 2.0 is not in the range 0<=x<=1. (knockon whatif --help
    tells how it is used.)
"""


@pytest.mark.parametrize(("flags", "sentence"), cases(CHANGES))
def test_a_change_that_cannot_be_made(
    here: Path, capsys: pytest.CaptureFixture[str], flags: list[str], sentence: str
) -> None:
    assert fail(capsys, "whatif", "plan.json", *flags) == sentence


def test_a_scenario_for_another_plan(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = {"schema": "knockon/scenario@1", "plan": "other"}
    Path("s.json").write_text(json.dumps(content), encoding="utf-8")
    assert fail(capsys, "whatif", "plan.json", "--scenario", "s.json") == (
        'The scenario is for the plan "other", and this is "wex".'
    )


READERS = [
    ("load", "{}"),
    ("show", "{}"),
    ("schedule", "{}"),
    ("trace", "{} A"),
    ("whatif", "{} --slip A=1d"),
    ("map", "{} -o map.html"),
    ("demo", "{} -o pages"),
]


UNREADABLE = """
nix.json
    There is no file "nix.json": check the name and the folder.
empty.txt
    "empty.txt" is empty: there is nothing to read in it.
bare.json
    "bare.json" is JSON, but no plan file: it names no schema instead of "knockon/plan@1".
list.json
    list.json cannot be used: it is JSON, but not an object with a plan in it.
"""


@pytest.mark.parametrize(("command", "rest"), READERS)
@pytest.mark.parametrize(("name", "sentence"), cases(UNREADABLE))
def test_a_plan_that_cannot_be_read(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    command: str,
    rest: str,
    name: list[str],
    sentence: str,
) -> None:
    Path("empty.txt").write_bytes(b" \n")
    Path("bare.json").write_bytes(b"{}")
    Path("list.json").write_bytes(b"[]")
    assert fail(capsys, command, *rest.format(*name).split()) == sentence


@pytest.mark.parametrize("name", ["paper.txt", "plan2.json", "links.csv", "links.xlsx", "x.pdf"])
def test_binary_rubbish_is_named_whatever_its_ending(
    here: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    Path(name).write_bytes(bytes(range(256)) * 64)
    assert f'"{name}"' in fail(capsys, "load", name)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"colour": "red"},
            'the file: the key "colour" is unknown (keys of your own start with x_).',
        ),
        ({"title": 7}, 'the file, field "title": this must be text.'),
        (
            {"links": [{"from": "A.1", "to": "A.8"}]},
            'The link A.1 → A.8 (FS) names the item "A.8", which the plan does not hold.',
        ),
        (
            {"officers": [*COUNCIL["officers"], {"id": "cx"}]},
            '2 officers have the id "cx": ids must differ.',
        ),
        (
            {"boards": [{"id": "ib", "meetings": {"rule": "3rd Tuesday"}}, {"id": "cab"}]},
            (
                'The meeting rule of the board "ib" is "3rd Tuesday", which is no iCalendar RRULE: '
                "write it like FREQ=MONTHLY;BYDAY=3TU."
            ),
        ),
    ],
)
def test_a_plan_file_that_breaks_the_rules(
    here: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], sentence: str
) -> None:
    write_council(Path("bad.json"), **changes)
    assert fail(capsys, "show", "bad.json") == f"bad.json cannot be used: {sentence}"


@pytest.mark.parametrize("command", ["schedule bad.json", "whatif bad.json", "trace bad.json A"])
def test_a_circle_names_every_item_on_it(
    here: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    links = [{"from": "A.1", "to": "A.2"}, {"from": "A.2", "to": "A.1"}]
    write_council(Path("bad.json"), links=links)
    assert fail(capsys, *command.split()) == (
        "These 2 items wait for each other in a circle: A.1 → A.2 (FS); A.2 → A.1 (FS). Remove or "
        "turn round one of these links."
    )


WRONG_USE = """
foo
    No such command 'foo'. (knockon --help tells how it is used.)
--foo
    There is no option "--foo". (knockon --help tells how it is used.)
whatif plan.json --slips A=1d
    There is no option "--slips". Did you mean --slip? (knockon whatif --help tells how it is used.)
whatif
    Missing argument 'PLAN'. (knockon whatif --help tells how it is used.)
load
    Missing argument 'FILE...'. (knockon load --help tells how it is used.)
map plan.json
    Missing option '-o' / '--output'. (knockon map --help tells how it is used.)
trace plan.json Nobody
    The plan has no item, officer, board or metric "Nobody".
trace plan.json A --depth 0
    Invalid value for '--depth': 0 is not in the range x>=1. (knockon trace --help tells how it is
    used.)
trace plan.json A.1 A.9
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
show plan.json A.9
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
schedule plan.json --to A.9
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
schedule plan.json --gaps all
    Invalid value for '--gaps': 'all' is not one of 'spare', 'work'. (knockon schedule --help tells
    how it is used.)
load plan.json -o plan.txt
    "plan.txt" cannot be written: name it with the ending .json.
map plan.json -o map.png
    "map.png" cannot be written: name it with the ending .html.
schema -o schema.txt
    "schema.txt" cannot be written: name it with the ending .json.
map plan.json -o no/map.html
    "no/map.html" cannot be written: No such file or directory.
load plan.json -o no/p.json
    "no/p.json" cannot be written: No such file or directory.
demo plan.json --slip A.9=1m
    The plan has no item "A.9". Did you mean A.4, A.3 or A.2?
demo plan.json --slip A=1m -o plan.json
    The folder "plan.json" cannot be made: File exists. Name another with -o.
"""


@pytest.mark.parametrize(("args", "sentence"), cases(WRONG_USE))
def test_wrong_use(
    here: Path, capsys: pytest.CaptureFixture[str], args: list[str], sentence: str
) -> None:
    assert fail(capsys, *args) == sentence


def test_a_page_that_cannot_be_written_leaves_the_old_one(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("map.html").write_text("old", encoding="utf-8")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    assert fail(capsys, "map", "plan.json", "-o", "map.html") == (
        '"map.html" cannot be replaced: close it in Excel or Word and try again.'
    )
    assert Path("map.html").read_text(encoding="utf-8") == "old"


def test_a_surprise_is_one_sentence_too(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("one\ntwo")

    monkeypatch.setattr("simulations.schedule.schedule", break_down)
    assert fail(capsys, "schedule", "plan.json") == (
        "knockon met something it does not know how to handle (ZeroDivisionError: one two): please "
        "report it, with what KNOCKON_TRACEBACK=1 in the environment prints."
    )
    monkeypatch.setenv("KNOCKON_TRACEBACK", "1")
    assert run(["schedule", "plan.json"]) == 2
    assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")


def test_an_interrupt_is_quiet(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulations.schedule.schedule", interrupt)
    assert run(["schedule", "plan.json"]) == 130
    assert capsys.readouterr().err.strip() == ""


def knockon(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "knockon", *args],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )


def test_the_process_leaves_with_the_exit_code(here: Path) -> None:
    done = knockon("whatif", "plan.json", "--slip", "A.9=2m", PYTHONIOENCODING="utf-8")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == [
        'The plan has no item "A.9". Did you mean A.4, A.3 or A.2?'
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_a_console_without_curly_quotes_or_arrows(here: Path, encoding: str) -> None:
    done = knockon("whatif", "plan.json", "--slip", "A.1=2m", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Consult staff " in done.stdout
    assert "-> A.2" in done.stdout.decode(encoding)
    as_json = knockon("show", "plan.json", "A.1", "--json", PYTHONIOENCODING=encoding)
    assert json.loads(as_json.stdout.decode("ascii"))["title"] == "Consult staff “properly”"


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently on Windows")
@pytest.mark.parametrize("command", ["show plan.json", "schema", "schedule plan.json --json"])
def test_a_reader_that_leaves_early_is_no_error(here: Path, command: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "knockon", *command.split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run([command, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"Usage: knockon {command} ")
