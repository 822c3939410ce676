"""docs/report.md: every option and every form is told."""

from __future__ import annotations

import re
from pathlib import Path

from knockon.cli.report import command
from knockon.reporting import ENDINGS

PAGE = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")


def test_every_option_is_told() -> None:
    told = set(re.findall(r"`(-{1,2}[a-z-]+)", PAGE))
    options = {
        flag
        for one in command.params
        if one.param_type_name == "option"
        for flag in (*one.opts, *one.secondary_opts)
    }
    assert options == told


def test_every_form_is_told() -> None:
    rows = re.findall(r"^\| `(\.\w+)` \|", PAGE, re.MULTILINE)
    assert set(rows) | {".htm"} == set(ENDINGS)
