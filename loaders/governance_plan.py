"""From what the sentences of a governance paper say to the entities of a plan.

1. Bodies are boards, offices are officers, documents are items of the kind ``plan``. What a body's
   record has a field for is kept there (chair, members, oversees, reports to) and, with its line
   and quote, as a relation; the chair and the members are titles of offices.
2. A relation keeps the verb of the paper (``x_verb``), the edition of a document (``x_edition``),
   and the words that stood for a name (``x_stand_in``); ``x_intended`` says that it is not so yet.
   Without a subject it is the work the paper is about: the plan itself is its end.
3. ``on`` is a day as ``2024-08-05``, a month as ``2021-01``, else the words of the paper.
4. A refresh with a date is a milestone below its document. A cadence is kept as ``x_cadence``:
   "monthly" names no day, so no rule of meetings is made of it.
5. A sentence of which no relation holds a body or office that it names is kept with that body or
   office as ``x_said``; failing that with its document, or the entry that its section is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item, Planned
from graphmodel.people import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Source
    from loaders.draft import Draft
    from loaders.governance_mentions import Marked, Mention
    from loaders.governance_names import Named
    from loaders.governance_rules import Cadence, Fact

__all__ = ["Arrangements", "Held", "write_date"]

_UNDER_WAY: Final = re.compile(r"\b(?:is|are)\s+(?:currently\s+)?being\b")
_DATED: Final = frozenset({"approves", "confirms"})


@dataclass(frozen=True, slots=True)
class Held:
    """How often something is done, or who chairs, as one line of the paper says."""

    words: str
    line: int


@dataclass(slots=True)
class Arrangements:
    """What a paper arranges, statement by statement."""

    draft: Draft
    plan: str
    relations: list[Relation] = field(default_factory=list)
    extras: dict[str, dict[str, Any]] = field(default_factory=dict)
    cadences: dict[str, list[Held]] = field(default_factory=dict)

    def add(self, marked: Marked, facts: Iterable[Fact], cadences: Iterable[Cadence]) -> None:
        """Keep what a sentence states, and the sentence with whom nothing of it is kept."""
        source = self.draft.source(marked.statement.line, marked.statement.quote)
        kept = {one for fact in facts for one in self.relate(fact, source, marked)}
        for cadence in cadences:
            kept.update(one.named.id for one in cadence.of)
            self.add_cadence(cadence, source)
        left = [one.id for one in marked.named() if one.id not in kept and one.kind != "document"]
        if not left and not kept:
            left = [one.id for one in marked.named("document")][:1]
        for name in left:
            self.say(name, source)

    def say(self, name: str, source: Source, key: str = "x_said") -> None:
        """Keep a sentence with what it is said of."""
        entry = source.model_dump(mode="json", exclude_none=True)
        told = self.extras.setdefault(name, {}).setdefault(key, [])
        if {"source": entry} not in told:
            told.append({"source": entry})

    def add_cadence(self, cadence: Cadence, source: Source) -> None:
        """Keep how often something takes place (rule 4)."""
        for mention in cadence.of:
            name = mention.named.id
            self.extras.setdefault(name, {}).setdefault("x_cadence", cadence.cadence)
            held = self.cadences.setdefault(name, [])
            held.append(Held(cadence.cadence, source.line or 0))
            self.say(name, source, "x_meets" if mention.named.kind == "body" else "x_refreshed")

    def relate(self, fact: Fact, source: Source, marked: Marked | None = None) -> set[str]:
        """Keep a fact; return the ids it is kept with."""
        if fact.type == "published":
            return self._publish(fact, source)
        if fact.type in {"refreshed", "refresh"}:
            return {self._refresh(one, fact, source, marked) for one in fact.targets}
        if fact.type == "evolves_into" and not fact.sources:
            return self._succeed(fact, source)
        if not fact.sources and fact.type in {*_DATED, "holds_to_account"}:
            return self._leave_open(fact, source)
        ends = [one.named.id for one in fact.sources] or [self.plan]
        others = [one.named.id for one in fact.targets] or [self.plan]
        pairs = [(end, other) for end in ends for other in others if end != other]
        for end, other in pairs:
            self._relate(fact, end, other, source)
        if fact.type in _DATED and fact.on is None:
            titles = " and ".join(f'"{one.named.title}"' for one in fact.targets)
            message = f"The paper gives no date for when {titles} was {fact.verb}."
            self._report("approval-without-date", "info", message, source, fact.targets)
        return {name for pair in pairs for name in pair}

    def _relate(self, fact: Fact, end: str, other: str, source: Source) -> None:
        self.relations.append(
            Relation.model_validate(
                {
                    "from": end,
                    "to": other,
                    "type": fact.type,
                    "on": write_date(fact.on),
                    "cadence": fact.cadence,
                    "source": source,
                    **_describe(fact, {end, other}),
                }
            )
        )

    def _publish(self, fact: Fact, source: Source) -> set[str]:
        for mention in fact.targets:
            extras = self.extras.setdefault(mention.named.id, {})
            extras.setdefault("x_published", write_date(fact.on))
            self.say(mention.named.id, source)
        return {one.named.id for one in fact.targets}

    def _refresh(self, target: Mention, fact: Fact, source: Source, marked: Marked | None) -> str:
        """Keep the refresh of a document as a milestone below it (rule 4)."""
        document = target.named
        planned = fact.on or Planned()
        same = [one for one in self.draft.items.values() if one.parent == document.id]
        past = fact.type == "refreshed"
        for item in same:
            if item.kind != "milestone" or past != (item.status == "complete"):
                continue
            if item.planned.finish != planned.finish:
                message = (
                    f'The refresh of "{document.title}" is dated {item.planned.text} on line '
                    f"{item.source.line if item.source else 0} and {planned.text} here."
                )
                self._report("refresh-dates-differ", "warning", message, source, (target,))
            self.say(item.id, source)
            return document.id
        under_way = marked is not None and _UNDER_WAY.search(marked.text)
        name = f"{document.id}.refresh"
        self.draft.add(
            Item(
                id=name if name not in self.draft.items else f"{name}-2",
                kind="milestone",
                title=f"Refresh of {document.title}",
                parent=document.id,
                planned=planned,
                status="complete" if past else "in_progress" if under_way else "not_started",
                source=source,
            )
        )
        return document.id

    def _succeed(self, fact: Fact, source: Source) -> set[str]:
        """Relate a successor to the document that others evolved into before it, if one did."""
        (target,) = fact.targets
        earlier = [one.to for one in self.relations if one.type == "evolves_into"]
        if not earlier or earlier[-1] == target.named.id:
            message = f'The paper does not say what "{target.named.title}" is the successor of.'
            self._report("predecessor-open", "info", message, source, (target,))
            self.say(target.named.id, source)
            return {target.named.id}
        self._relate(fact, earlier[-1], target.named.id, source)
        return {earlier[-1], target.named.id}

    def _leave_open(self, fact: Fact, source: Source) -> set[str]:
        """Keep a fact that does not say who does it with those it is done to, and tell."""
        titles = " and ".join(f'"{one.named.title}"' for one in fact.targets)
        if fact.type == "holds_to_account":
            message = f"The paper does not say who holds {titles} to account here."
            self._report("actor-open", "warning", message, source, fact.targets)
        else:
            when = f" ({fact.on.text})" if fact.on is not None and fact.on.text else ""
            missing = "by which body" if fact.on is not None else "when, and by which body,"
            message = f"The paper does not say {missing} {titles} is {fact.verb}{when}."
            self._report("approval-open", "warning", message, source, fact.targets)
        for mention in fact.targets:
            self.say(mention.named.id, source)
            if fact.on is not None:
                self.extras[mention.named.id].setdefault("x_approved", write_date(fact.on))
            if fact.cadence is not None:
                self.extras[mention.named.id].setdefault("x_held_to_account", fact.cadence)
        return {one.named.id for one in fact.targets}

    def _report(
        self,
        code: str,
        severity: Any,
        message: str,
        source: Source,
        about: Iterable[Mention] = (),
    ) -> None:
        items = tuple(one.named.id for one in about if one.named.kind == "document")
        self.draft.report(code, severity, message, source.line, items)

    def ends(self, relation: str, named: Named) -> list[Relation]:
        """Return the relations of a type that begin with something."""
        return [one for one in self.relations if one.type == relation and one.from_ == named.id]

    def beginnings(self, relation: str, named: Named) -> list[Relation]:
        """Return the relations of a type that end with something."""
        return [one for one in self.relations if one.type == relation and one.to == named.id]


def write_date(planned: Planned | None) -> str | None:
    """Return a date as a relation keeps it: a day, a month, or the words of the paper (rule 3)."""
    if planned is None or planned.finish is None:
        return None if planned is None else planned.text
    if planned.precision == "day":
        return planned.finish.isoformat()
    return f"{planned.finish:%Y-%m}" if planned.precision == "month" else planned.text


def _describe(fact: Fact, ends: set[str]) -> dict[str, Any]:
    """Return what the model has no field for (rule 2)."""
    mentions = [one for one in (*fact.sources, *fact.targets) if one.named.id in ends]
    editions = {one.named.id: one.edition for one in mentions if one.edition is not None}
    stand_ins = {one.named.id: one.words for one in mentions if one.words is not None}
    extra: dict[str, Any] = {"x_verb": fact.verb} if fact.verb else {}
    if editions:
        extra["x_edition"] = editions
    if stand_ins:
        extra["x_stand_in"] = stand_ins
    if fact.intended:
        extra["x_intended"] = True
    return extra
