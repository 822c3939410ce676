"""Decisions on links and gates whose items a new version dropped: kept until the items come back.

A paper drops a milestone one month and has it again the next. What people decided about it stands
meanwhile in the plan's ``x_waiting_decisions``: ``links`` and ``gates``, as in the plan file, under
the ids of their time. It counts again when every item it names is in the plan again: with the same
words, under its old id (`loaders.retired`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pydantic import ValidationError

from graphmodel.links import Link
from graphmodel.people import Gate
from loaders.decided_links import is_decided
from loaders.likeness import Wording
from loaders.versions import called

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.versions import Versions

__all__ = ["WAITING", "WaitingDecisions"]

J = TypeVar("J", Link, Gate)

#: The key of the decisions that wait, in a plan file.
WAITING: Final = "x_waiting_decisions"


class WaitingDecisions:
    """The decisions that wait after a new version was read: those of before, and new ones."""

    def __init__(self, versions: Versions, items: Iterable[Item]) -> None:
        self._versions = versions
        back = {item.id: item.id for item in items if self._is_back(item)}
        known = versions.before
        self._renaming = replace(known, items={**back, **known.items})
        self._kept: dict[str, list[dict[str, Any]]] = {}

    def carry_links(self) -> list[Link]:
        """Return the links of the old version as they are called now, and those that come back."""
        return self._carry("link", self._versions.old.links, Link)

    def carry_gates(self) -> list[Gate]:
        """Return the gates of the old version as they are called now, and those that come back."""
        return self._carry("gate", self._versions.old.gates, Gate)

    def write(self) -> dict[str, list[dict[str, Any]]]:
        """Return what waits, as it stands in a plan file; empty where nothing does."""
        return {group: entries for group, entries in self._kept.items() if entries}

    def _carry(self, kind: str, these: Iterable[J], of: type[J]) -> list[J]:
        versions = self._versions
        carried: list[J] = []
        lost: list[J] = []
        for one in these:
            found = list(versions.carried(kind, [one], versions.before.carry))
            carried += found
            if not found and is_decided(one, versions.documents):
                lost.append(versions.before.name(one))
        for one in _read(versions.old, f"{kind}s", of):
            again = self._renaming.carry(one)
            if again is None:
                lost.append(self._renaming.name(one))
            else:
                carried.append(again)
                message = f"{called(kind, again)}, is back with what it joins."
                versions.report.tell(f"{kind}-returned", "info", message)
        self._kept[f"{kind}s"] = [
            one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in lost
        ]
        return carried

    def _is_back(self, item: Item) -> bool:
        """Return whether an item was dropped before and has come back under its old id."""
        was = self._versions.was.get(item.id)
        is_new = item.id not in self._versions.before.items.values()
        return was is not None and is_new and was.folded == Wording(item).title


def _read(plan: Plan, group: str, of: type[J]) -> list[J]:
    """Return what waits in a plan; entries that somebody damaged are left out."""
    stored = (plan.model_extra or {}).get(WAITING)
    entries = stored.get(group) if isinstance(stored, dict) else None
    found: list[J] = []
    for entry in entries if isinstance(entries, list) else []:
        try:
            found.append(of.model_validate(entry))
        except ValidationError:
            continue
    return found
