"""Made-up improvement plans with the dependencies that a planner would see in them.

They stand in ``tests/loaders/suggest/made_up`` as plain text, one entry a line, so that people can
read and correct them::

    == H3 | Housing                                                  a theme
    -- H3.2 | Improve housing repairs | Mar27                        an action and its date
    May26 | Repairs end-to-end process review |                      its first milestone
    Jul26 | New repairs operating model designed | 1                 waits for the first
    Sep26 | Repairs scheduling system procured | 2 1? X8.1.3         also for one of another action
    == K9 | Culture
    K9.a | done | Culture survey report |                            listed under the theme itself

A milestone's id is its action's and its number. A date is a month (``May26``), ``done``, or ``-``
for none. What an entry waits for stands behind the last bar; ``?`` says that a planner may see it
or not.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from graphmodel.stretches import MONTHS
from tools.link_gold import GoldRow

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["MadeUp", "read_made_up"]

_MONTH = re.compile(r"([A-Z][a-z]{2})(\d\d)")


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A plan, and what its entries wait for as gold rows."""

    plan: Plan
    rows: tuple[GoldRow, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    kind: str
    title: str
    parent: str | None
    when: str
    waits: tuple[str, ...]
    line: int


def read_made_up(path: Path) -> MadeUp:
    """Read a made-up plan.

    Raises
    ------
    ValueError
        An entry has too few bars, no such date, or waits for something that the plan does not hold.
    """
    entries = _read_entries(path)
    by_id = {entry.id: entry for entry in entries}
    plan = Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": path.stem,
            "sources": [{"id": "made-up", "title": path.stem}],
            "items": [_as_item(entry) for entry in entries],
        }
    )
    rows = []
    for entry in entries:
        for wait in entry.waits:
            before = wait.removesuffix("?")
            if before not in by_id:
                message = f"line {entry.line}: there is no {before}"
                raise ValueError(message)
            verdict = "maybe" if wait.endswith("?") else "yes"
            lines = by_id[before].line, entry.line
            rows.append(GoldRow(before, entry.id, "FS", *lines, 0.5, "made-up", verdict))
    return MadeUp(plan, tuple(rows))


def _read_entries(path: Path) -> list[_Entry]:
    entries: list[_Entry] = []
    theme: str | None = None
    action: str | None = None
    number = 0
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        parts = [part.strip() for part in text.removeprefix("== ").removeprefix("-- ").split("|")]
        if text.startswith("== "):
            theme, action = parts[0], None
            entries.append(_Entry(parts[0], "theme", parts[1], None, "-", (), line))
        elif text.startswith("-- "):
            action, number = parts[0], 0
            waits = tuple(parts[3].split()) if parts[3:] else ()
            entries.append(_Entry(action, "action", parts[1], theme, parts[2], waits, line))
        elif action is None:
            name, when, title, waits_for = parts
            waits = tuple(waits_for.split())
            entries.append(_Entry(name, "milestone", title, theme, when, waits, line))
        else:
            when, title, waits_for = parts
            number += 1
            waits = tuple(
                f"{action}.{one}" if one[0].isdigit() else one for one in waits_for.split()
            )
            name = f"{action}.{number}"
            entries.append(_Entry(name, "milestone", title, action, when, waits, line))
    return entries


def _as_item(entry: _Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "parent": entry.parent,
        "status": "complete" if entry.when == "done" else "not_started",
        "planned": _read_when(entry),
        "source": {"source": "made-up", "line": entry.line},
    }


def _read_when(entry: _Entry) -> dict[str, Any]:
    if entry.when in {"done", "-"}:
        return {"precision": "complete" if entry.when == "done" else "none"}
    match = _MONTH.fullmatch(entry.when)
    if match is None:
        message = f"line {entry.line}: {entry.when!r} is no month such as May26"
        raise ValueError(message)
    year, month = 2000 + int(match[2]), MONTHS.index(match[1].lower()) + 1
    return {"finish": date(year, month, monthrange(year, month)[1]), "precision": "month"}
