"""``knockon links review`` as a person sees it: a real process on a pseudo-terminal.

Only where there are such terminals (not on Windows).
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from graphmodel.planfile import read_plan, write_plan
from knockon.cli.links.keys import reading_keys
from loaders.review.proposals import decision_of, list_decided, list_open, state_of
from loaders.suggest.suggest import suggest
from tests.knockon.test_links_commands import WORDY
from tests.loaders.small_review import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

_PATIENCE = 20.0

#: Proposals of the plan; which ones there are is the business of the rules.
TOTAL = len(list_open(suggest(make_plan(**WORDY)).plan))
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A review that runs on a pseudo-terminal of 80 columns."""

    def __init__(self, *args: str, cwd: Path) -> None:
        self.raw = ""
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.environ |= {"TERM": "xterm", "COLUMNS": "80", "LINES": "40"}
            os.environ.pop("NO_COLOR", None)
            paths = [os.environ.get("PYTHONPATH", ""), *sys.path]
            os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
            os.execv(sys.executable, [sys.executable, "-m", "knockon", "links", "review", *args])

    @property
    def text(self) -> str:
        """What was printed, without colours."""
        return _STYLE.sub("", self.raw).replace("\r", "")

    def wait_for(self, words: str, times: int = 1) -> None:
        """Read until the words have come so often."""
        until = time.monotonic() + _PATIENCE
        while self.text.count(words) < times:
            assert time.monotonic() < until, f"{words!r} did not come:\n{self.text}"
            assert self._read(), f"it ended without {words!r}:\n{self.text}"

    def type(self, keys: str) -> None:
        os.write(self.handle, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self.type("\x03")

    def close(self) -> int:
        """Read the rest, and return the exit code."""
        while self._read():
            pass
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        ready, _, _ = select.select([self.handle], [], [], _PATIENCE)
        try:
            got = os.read(self.handle, 65_536) if ready else b""
        except OSError:  # what a Linux terminal says when the process has gone
            got = b""
        self.raw += got.decode(errors="replace")
        return bool(got)


@pytest.fixture
def started(tmp_path: Path) -> Iterable[list[Terminal]]:
    """Terminals of a test; a process that still runs at its end is ended."""
    running: list[Terminal] = []
    yield running
    for one in running:
        try:
            os.kill(one.pid, signal.SIGKILL)
            os.waitpid(one.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


def start(started: list[Terminal], tmp_path: Path, *args: str) -> Terminal:
    started.append(Terminal(*args, cwd=tmp_path))
    return started[-1]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    write_plan(make_plan(**WORDY), path)
    return path


def test_a_whole_review(started: list[Terminal], plan: Path, tmp_path: Path) -> None:
    run = start(started, tmp_path, "plan.json", "--by", "Ann", "--order", "plan")
    run.wait_for("q quit")
    assert f"1 of {TOTAL}   0 decided" in run.text
    assert "Outside event" in run.text
    assert "\x1b[1;36m" in run.raw  # colours
    run.type("a")
    run.wait_for(f"2 of {TOTAL}")
    saved = read_plan(plan)  # at once, not at the end
    assert state_of(saved.index.items["EXT-lgr-decision"]) == "accepted"
    run.type("?")
    run.wait_for("everything that is decided is saved already")
    run.type("x")
    run.wait_for(f"2 of {TOTAL}", times=3)
    run.type("wThe owner agrees\ra")
    run.wait_for(f"3 of {TOTAL}")
    run.type("r")
    run.wait_for(f"4 of {TOTAL}")
    run.type("u")
    run.wait_for(f"3 of {TOTAL}", times=2)
    run.type("s")
    run.wait_for("1 skipped")
    run.type("q")
    assert run.close() == 0
    assert f"2 decided (2 accepted); {TOTAL - 2} proposals left." in run.text
    assert "Written: plan.json" in run.text
    decided = [one.decided for one in read_plan(plan).links if one.decided is not None]
    assert [(one.by, one.why) for one in decided] == [("Ann", "The owner agrees")]
    assert decided[0].at is not None

    again = start(started, tmp_path, "plan.json", "--by", "Ann")
    again.wait_for(f"1 of {TOTAL - 2}")
    again.type("q")
    assert again.close() == 0


def test_ctrl_c_keeps_everything(started: list[Terminal], plan: Path, tmp_path: Path) -> None:
    run = start(started, tmp_path, "plan.json")
    run.wait_for(f"1 of {TOTAL}")
    run.type("a")
    run.wait_for(f"2 of {TOTAL}")
    run.interrupt()
    assert run.close() == 0
    assert f"1 decided (1 accepted); {TOTAL - 1} proposals left." in run.text
    assert "Traceback" not in run.text
    assert len(list_decided(read_plan(plan))) == 1


def test_no_key_is_lost_however_fast_and_the_terminal_is_as_before(
    started: list[Terminal], plan: Path, tmp_path: Path
) -> None:
    import termios  # noqa: PLC0415 - only where there are such terminals

    run = start(started, tmp_path, "plan.json")
    shown = termios.ECHO | termios.ICANON | termios.ISIG
    run.wait_for("q quit")
    assert not termios.tcgetattr(run.handle)[3] & shown
    for key in "\x1b[A", "r", "r", "r", "u", "w", "caf\u00e9\r", "r", "q":
        run.type(key)
    run.wait_for("proposals left")
    assert termios.tcgetattr(run.handle)[3] & shown == shown
    assert run.close() == 0
    assert "3 decided (3 rejected)" in run.text
    after = read_plan(plan)
    decided = [decision_of(getattr(after, one.group)[one.place]) for one in list_decided(after)]
    assert "caf\u00e9" in [one.why for one in decided if one is not None]


def test_a_paper_is_reviewed_into_a_plan_and_gone_on_with(
    started: list[Terminal], tmp_path: Path
) -> None:
    table = tmp_path / "actions.csv"
    table.write_text(
        "Ref,Parent,Action,Due date\n"
        "A,,Bring in the operating model,2026-12-31\n"
        "A.1,A,Design the operating model,2026-06-30\n"
        "A.2,A,Implement the operating model,2026-12-31\n",
        encoding="utf-8",
    )
    for name in ("plan.json", "links.csv", "links.xlsx"):
        run = start(started, tmp_path, "actions.csv", "-o", name)
        run.wait_for("1 of 1")
        run.type("rq")
        assert run.close() == 0
        assert f"Written: {name}" in run.text
        again = start(started, tmp_path, "actions.csv", "-o", name)
        assert again.close() == 0
        assert "Nothing waits for a decision." in again.text
    (link,) = read_plan(tmp_path / "plan.json").links
    assert link.state == "rejected"


def test_a_file_that_somebody_else_changes_is_not_written_over(
    started: list[Terminal], plan: Path, tmp_path: Path
) -> None:
    run = start(started, tmp_path, "plan.json")
    run.wait_for(f"1 of {TOTAL}")
    changed = make_plan(**WORDY, title="Changed by somebody else")
    write_plan(changed, plan)
    run.type("a")
    run.wait_for("was changed by another program")
    run.type("q")
    assert run.close() == 0
    assert "0 decided" in run.text
    assert read_plan(plan) == changed


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(
    started: list[Terminal], plan: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    run = start(started, tmp_path, "plan.json", "-o", "out/plan.json")
    run.wait_for(f"1 of {TOTAL}")
    folder.rmdir()
    run.type("a")
    run.wait_for("cannot be written")
    folder.mkdir()
    run.type("a")
    run.wait_for("1 decided (1 accepted)")
    run.type("q")
    assert run.close() == 0
    assert (folder / "plan.json").is_file()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("actions.csv",), "is no plan file, so the decisions need one"),
        (("plan.json", "-o", "decisions.txt"), "is no place for decisions"),
        (("plan.json", "-o", "other.json"), "other.json cannot be used"),
        (("plan.json", "-o", "items.csv"), "holds something else than decisions"),
        (("plan.json", "--rule", "magic"), 'There is no rule "magic": choose'),
        (("plan.json", "--only", "magic"), 'rule "magic"'),
        (("nothing.json",), "There is no file"),
    ],
)
def test_what_cannot_be_reviewed_is_told_in_a_sentence(
    started: list[Terminal], plan: Path, tmp_path: Path, args: tuple[str, ...], told: str
) -> None:
    assert plan.is_file()
    items = "Ref,Action,Due date\nA,Do it,2026-12-31\n"
    for name in ("actions.csv", "items.csv"):
        (tmp_path / name).write_text(items, encoding="utf-8")
    (tmp_path / "other.json").write_text("<graphml></graphml>", encoding="utf-8")
    run = start(started, tmp_path, *args)
    assert run.close() == 2
    assert told in " ".join(run.text.split())
    assert "Traceback" not in run.text


def test_a_plan_with_nothing_to_decide_says_so(started: list[Terminal], tmp_path: Path) -> None:
    write_plan(make_plan(items=[], links=[], gates=[]), tmp_path / "plan.json")
    run = start(started, tmp_path, "plan.json")
    assert run.close() == 0
    assert "Nothing waits for a decision." in run.text


def test_keys_come_one_by_one_and_the_end_of_the_terminal_quits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import termios  # noqa: PLC0415 - only where there are such terminals

    person, process = pty.openpty()
    before = termios.tcgetattr(process)
    with os.fdopen(process) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        with reading_keys() as read:
            os.write(person, b"a\x1b[B\x03")
            assert list(read()) == ["a", "\x1b[B", "\x03"]
            letter = "é".encode()
            os.write(person, letter[:1])
            assert list(read()) == []  # half a letter is none
            os.write(person, letter[1:])
            assert list(read()) == ["é"]
            assert termios.tcgetattr(process) != before
        assert termios.tcgetattr(process) == before
        with reading_keys() as read:
            os.close(person)
            assert list(read()) == ["\x04"]
