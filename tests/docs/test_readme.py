"""README.md: every command stands in it with help, and its examples do what they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

import knockon
from knockon.cli.main import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text(encoding="utf-8")


def invoke(*words: str) -> str:
    answer = CliRunner().invoke(cli, list(words), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def commands_run() -> list[list[str]]:
    """Return the knockon commands of the five-minute tour, in order."""
    tour = PAGE.partition("## Five minutes")[2].partition("## What it reads")[0]
    blocks = re.findall(r"```sh\n(.*?)```", tour, re.DOTALL)
    return [shlex.split(line)[1:] for block in blocks for line in block.splitlines() if line]


@pytest.mark.parametrize("name", sorted(cli.list_commands(None)))  # type: ignore[arg-type]
def test_every_command_is_told_and_has_help(name: str) -> None:
    assert f"`knockon {name}" in PAGE
    assert len(invoke(name, "--help").splitlines()) > 5


def test_the_table_tells_no_command_that_is_not_there() -> None:
    told = set(re.findall(r"^\| `knockon (\w+)", PAGE, re.MULTILINE))
    assert told == set(cli.list_commands(None))  # type: ignore[arg-type]


def test_the_tour_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    commands = commands_run()
    assert len(commands) == 10
    for words in commands:
        assert invoke(*words)
    assert {path.name for path in tmp_path.iterdir()} == {
        "examples",
        "plan.json",
        "report.html",
        "map.html",
    }


def test_the_answer_is_the_one_printed(tmp_path: Path) -> None:
    found = re.search(r"```console\n\$ knockon whatif plan\.json (.*?)\n(.*?)```", PAGE, re.DOTALL)
    assert found
    plan = tmp_path / "plan.json"
    examples = [
        str(ROOT / "examples" / name) for name in ("wexcombe-csip.txt", "wexcombe-links.csv")
    ]
    invoke("load", *examples, "-o", str(plan))
    printed = invoke("whatif", str(plan), *shlex.split(found[1]))
    assert printed.startswith(found[2])


def test_the_python_example_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert found
    monkeypatch.chdir(ROOT)
    scope: dict[str, Any] = {}
    exec(compile(found[1], "README.md", "exec"), scope)
    assert "5 items move by 59 days" in capsys.readouterr().out


def test_the_graph_is_what_the_page_says() -> None:
    found = re.search(r"`(knockon\.PlanGraph[^`]*)` is an ordinary `networkx\.(\w+)`", PAGE)
    assert found
    plan = knockon.load(ROOT / "examples" / "wexcombe-csip.txt").plan
    graph = eval(found[1], {"knockon": knockon, "loaded": SimpleNamespace(plan=plan)})
    assert type(graph).__name__ == found[2]
