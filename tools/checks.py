"""Write the rules of docs/checks.md from the registry of checks: ``python tools/checks.py``.

A test fails when the page and the registry differ (`tests/docs/test_checks_page.py`).
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from queries.checks.registry import CHECKS  # noqa: E402 - the line above finds it
from queries.checks.rule import FAMILIES, Check, tell_limit  # noqa: E402

PAGE = ROOT / "docs" / "checks.md"
BEGIN, END = "<!-- checks: begin -->", "<!-- checks: end -->"


def write_checks() -> str:
    """Return a section for each family, in it a short list of facts for each check."""
    families = groupby(CHECKS, key=lambda one: one.family)
    return "\n".join(
        f"## {FAMILIES[family].capitalize()}\n\n" + "\n".join(map(_entry, checks))
        for family, checks in families
    )


def update(page: str) -> str:
    """Return the page with its rules made anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{write_checks()}\n{END}{after}"


def _entry(check: Check) -> str:
    lines = [
        f"### {check.name}",
        "",
        f"`{check.code}`, {_SEVERITIES[check.severity]}. {_escape(check.definition)}",
        "",
        f"* Share of: {_escape(check.denominator)}. Allowed: {tell_limit(check.limit)}.",
        f"* What to do: {_escape(check.advice)}",
    ]
    if check.reference is not None:
        lines.append(f"* Published in: {_escape(check.reference)}")
    return "\n".join(lines) + "\n"


_SEVERITIES = {"error": "an error", "warning": "a warning", "info": "a remark"}


def _escape(text: str) -> str:
    return text.replace("~", "\\~").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    PAGE.write_text(update(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
