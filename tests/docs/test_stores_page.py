"""docs/stores.md: its commands and its Python run, every option is told, its message is the one."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knockon.cli import pull, push, versions
from knockon.cli.main import run

if TYPE_CHECKING:
    import click

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KNOCKON_STORE", raising=False)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


def test_the_page_runs_from_top_to_bottom(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language, block in BLOCKS:
        if language == "python":
            names: dict[str, object] = {}
            exec(block, names)
            assert names["earlier"] != names["newest"]
        elif language == "sh":
            if "damaged.store" in block:
                content = (folder / "knockon.store").read_bytes()
                (folder / "damaged.store").write_bytes(bytes(100) + content[100:])
            for line in block.splitlines():
                assert run(shlex.split(line)[1:]) == 0, line
    assert "csip-2.json" in capsys.readouterr().out
    assert {one.name for one in folder.iterdir()} == {
        "examples", "knockon.store", "damaged.store", "plan.json", "next.json", "rescued",
    }  # fmt: skip


def test_the_refusal_is_the_one_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(4):
        Path("plan.json").write_text(
            f'{{"schema": "knockon/plan@1", "id": "csip", "version": "{number}"}}', encoding="utf-8"
        )
        assert run(["push", "plan.json", "--author", "Ann"]) == 0
    Path("plan.json").write_text('{"schema": "knockon/plan@1", "id": "csip"}', encoding="utf-8")
    capsys.readouterr()
    assert run(["push", "plan.json", "--after", "3"]) == 2
    said = re.sub(r"\d{4}-\d\d-\d\d at \d\d:\d\d", "2026-11-30 at 20:45", capsys.readouterr().err)
    (shown,) = (block for language, block in BLOCKS if language == "console")
    assert shown == f"$ knockon push plan.json --after 3\n{said}"


@pytest.mark.parametrize("command", [push.command, pull.command, versions.command])
def test_every_option_is_told(command: click.Command) -> None:
    told = set(re.findall(r"--[a-z-]+", PAGE)) | {"--output", "--version"}  # -o, store:ID@N
    options = {name for one in command.params for name in one.opts if name.startswith("--")}
    assert options <= told
