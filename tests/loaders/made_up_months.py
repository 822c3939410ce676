"""Made-up plans of one council over the months: lists of actions with milestones.

Every milestone and action is a *content*, known by a number; what it is called may change, what it
is may not. So whatever ids a program gives, this bookkeeping knows what they name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from graphmodel.items import Item, Planned, Source, SourceFile
from graphmodel.plan import Plan


@cache
def title_of(content: int, wording: int) -> str:
    """Return five words of a content, unlike those of any other; each wording replaces one more."""
    words = _words(content, 0)
    for number in range(1, wording + 1):
        words[number % len(words)] = _words(content, number)[0]
    return " ".join(words)


def _words(content: int, wording: int) -> list[str]:
    letters = random.Random(f"{content}/{wording}")
    return ["".join(letters.choices("abcdefghiklmnoprstuw", k=7)) for _ in range(5)]


@dataclass
class Paper:
    """What the paper of a month says: the contents of each action by its printed number, in order.

    ``wordings`` and ``months`` say how often a content was reworded, and in which month it is due.
    """

    actions: dict[str, list[int]]
    names: dict[str, int]
    wordings: dict[int, int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)
    sha: str = "a"

    def copy(self, sha: str) -> Paper:
        """Return the same paper, to be edited into the next one."""
        actions = {number: list(contents) for number, contents in self.actions.items()}
        return Paper(actions, dict(self.names), dict(self.wordings), dict(self.months), sha)

    def title(self, content: int) -> str:
        """Return what a content is called in this paper."""
        return title_of(content, self.wordings.get(content, 0))

    def read(self) -> Plan:
        """Return the plan as a reader makes it: milestones numbered in the paper's order."""
        items: list[Item] = []
        for number, contents in self.actions.items():
            name = self.title(self.names[number])
            quote = f"{number} {name}"
            items.append(_item(number, "action", name, None, quote, self._planned(0)))
            for place, content in enumerate(contents, start=1):
                planned = self._planned(self.months.get(content, 0))
                title = self.title(content)
                quote = f"{title} ({planned.text})"
                items.append(_item(f"{number}.{place}", "milestone", title, number, quote, planned))
        source = SourceFile(id="s1", title="Paper", file="paper.txt", sha256=self.sha)
        return Plan(id="made-up", sources=(source,), items=tuple(items))

    def contents(self) -> list[tuple[str, int]]:
        """Return the number of the action and the content of every milestone, in order."""
        return [(number, one) for number, contents in self.actions.items() for one in contents]

    @staticmethod
    def _planned(month: int) -> Planned:
        day = date(2026 + month // 12, month % 12 + 1, 28)
        return Planned(finish=day, precision="day", text=day.isoformat())


def _item(
    name: str, kind: str, title: str, parent: str | None, quote: str, planned: Planned
) -> Item:
    return Item.model_validate(
        {
            "id": name,
            "kind": kind,
            "title": title,
            "parent": parent,
            "planned": planned,
            "source": Source(source="s1", line=1, quote=quote),
        }
    )
