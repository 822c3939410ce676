"""Rows of a register of decisions, put into a plan.

1. A row without a decision changes nothing.
2. A row with one decides on the link, gate or outside event that it names, which is made from the
   row where the plan has it not: a paper that is read again has no suggestions in it.
3. Of two decisions on one thing the later one stands; where a row has no day, it stands.
4. What cannot be decided so (a circle, a link that is there already) is told, and not used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.moments import finish_instant
from graphmodel.people import Gate
from graphmodel.references import link_fault
from graphmodel.spans import ZERO
from loaders.changing import change_plan
from loaders.item_finder import ItemFault
from loaders.register_desk import decision_of as said_of
from loaders.review.deciding import is_turned
from loaders.review.docket import Docket
from loaders.review.evidence_cells import read_evidence
from loaders.review.named import NamedItems
from loaders.review.proposals import Proposal, decision_of, state_of
from loaders.suggest.settled import GATE_RULE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from graphmodel.links import Decision, Evidence, Origin
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow
    from loaders.review.deciding import Verdict
    from loaders.review.proposals import Group, Proposed

__all__ = ["merge_decisions"]

#: How sure a proposal is whose row does not say: as likely as not.
_CONFIDENCE: Final = 0.5

#: What rows call a row that they name twice.
_NOUN: Final = "decision"

J = TypeVar("J", Link, Gate)


def merge_decisions(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    """Put the decisions of rows into the plan on a desk."""
    decided = [row for row in rows if row.get("decision") not in {None, "open"}]
    if decided:
        _Merging(desk, rows).merge(decided)


class _Merging:
    """One run over the rows of all registers of decisions."""

    def __init__(self, desk: Desk, rows: Sequence[RegisterRow]) -> None:
        self.desk = desk
        self.links = list(desk.links)
        self.gates = list(desk.gates)
        self.items = list(desk.items)
        self.named = NamedItems(desk.plan)
        self.events = {
            row.values["tail"]: row for row in rows if row.values["candidate"] == "outside event"
        }
        self.made: set[Proposal] = set()
        self.tails: dict[int, str] = {}

    def merge(self, rows: Sequence[RegisterRow]) -> None:
        found = [(row, self._find(row)) for row in rows]
        lists = {
            "links": tuple(self.links),
            "gates": tuple(self.gates),
            "items": tuple(self.items),
            "boards": tuple(self.desk.boards),
        }
        plan = change_plan(self.desk.plan, lists)
        docket = Docket(plan)
        for row, proposal in sorted(found, key=lambda pair: pair[0].values["decision"] == "accept"):
            if proposal is not None:
                self._decide(docket, row, proposal)
        after = docket.plan()
        unused = {one for one in self.made if docket.is_open(one)}
        self.desk.items = after.items
        self.desk.links = tuple(_used(after.links, "links", unused))
        self.desk.gates = list(_used(after.gates, "gates", unused))

    def _find(self, row: RegisterRow) -> Proposal | None:
        """Return what a row is about, made from it where the plan has it not (rule 2)."""
        finders = {"link": self._link, "gate": self._gate, "outside event": self._event}
        return finders[row.values["candidate"]](row)

    def _link(self, row: RegisterRow) -> Proposal | None:
        if row.get("head") is None:
            self.desk.refuse(row, "head", "missing-cell", 'The link has nothing under "To"')
            return None
        tail, head = self._item(row, "tail"), self._item(row, "head")
        if tail is None or head is None:
            return None
        fault = link_fault(tail, head, self.desk.plan.index.parents)
        if fault is not None:
            code = "self-link" if tail == head else "ancestor-link"
            self.desk.refuse(row, "tail", code, fault.removesuffix(": remove it."), tail, head)
            return None
        if self.desk.is_repeated(_NOUN, ("link", tail, head, row.get("type")), row):
            return None
        self.tails[id(row)] = tail
        place = self._known_link(row, tail, head)
        if place is None:
            place = len(self.links)
            self.links.append(self._make_link(row, tail, head))
            self.made.add(Proposal("links", place))
        return Proposal("links", place)

    def _known_link(self, row: RegisterRow, tail: str, head: str) -> int | None:
        """Return the place of the link a row is about: of its type, else any of these two items.

        One that was reversed since the row was written is found by its ends of then.
        """
        kind = row.get("type") or "FS"
        ranked = []
        for place, link in enumerate(self.links):
            if (link.from_, link.to) == (tail, head):
                ranked.append((link.type != kind, place))
            elif (link.to, link.from_) == (tail, head) and is_turned(link):
                ranked.append((False, place))
        return min(ranked)[1] if ranked else None

    def _make_link(self, row: RegisterRow, tail: str, head: str) -> Link:
        rule = row.get("rule")
        values: dict[str, Any] = {
            "from": tail,
            "to": head,
            "type": row.get("type") or "FS",
            "lag": row.get("lag") or ZERO,
            "origin": _origin(rule),
            "state": "proposed",
            "confidence": _sure(row),
            "reason": row.get("reason"),
            "rule": rule,
            "evidence": self._evidence(row),
        }
        if row.get("clash"):
            values["x_clash"] = True
        return Link.model_validate(values)

    def _gate(self, row: RegisterRow) -> Proposal | None:
        if row.get("head") is None:
            self.desk.refuse(row, "head", "missing-cell", 'The gate has nothing under "To"')
            return None
        item, board = self._item(row, "tail"), self.desk.board(row, "head")
        if item is None or board is None:
            return None
        order = row.get("order")
        if self.desk.is_repeated(_NOUN, ("gate", item, board.id, order), row):
            return None
        for place, gate in enumerate(self.gates):
            if (gate.item, gate.board) == (item, board.id) and order in {None, gate.order}:
                return Proposal("gates", place)
        values: dict[str, Any] = {
            "item": item,
            "board": board.id,
            "order": order or 1,
            "origin": "inferred",
            "state": "proposed",
            "confidence": _sure(row),
            "reason": row.get("reason"),
            "evidence": self._evidence(row),
            GATE_RULE: row.get("rule"),
        }
        self.gates.append(Gate.model_validate(values))
        self.made.add(Proposal("gates", len(self.gates) - 1))
        return Proposal("gates", len(self.gates) - 1)

    def _event(self, row: RegisterRow) -> Proposal | None:
        wanted = self._item(row, "tail")
        if wanted is None or self.desk.is_repeated(_NOUN, ("event", wanted), row):
            return None
        return Proposal("items", next(n for n, one in enumerate(self.items) if one.id == wanted))

    def _item(self, row: RegisterRow, name: str) -> str | None:
        """Return the item that a row names; None, and a problem, where there is none."""
        wanted, title = row.values[name], row.get(f"{name}_title")
        if wanted in self.events and wanted not in self.desk.plan.index.items:
            return self._make_event(self.events[wanted], wanted)
        meant = self.named.find(wanted, title)
        if isinstance(meant, ItemFault):
            message = f"{meant.message}: the decision waits in this row"
            self.desk.refuse(row, name, meant.code, message, *meant.items)
            return None
        if meant.is_moved:
            item = self.desk.plan.index.items[meant.id]
            message = f'"{item.title[:60]}" is {meant.id} now, and not {wanted}: the title counts'
            self.desk.tell(row.place(name), "matched-by-title", "info", message, meant.id)
        return meant.id

    def _make_event(self, row: RegisterRow, wanted: str) -> str:
        """Add an outside event that the plan has not: as its paper tells it, else from the row."""
        from loaders.suggest.outside_events import find_events  # noqa: PLC0415 - rarely needed

        if all(item.id != wanted for item in self.items):
            known = (one for one in find_events(self.desk.plan).items if one.id == wanted)
            self.items.append(next(known, None) or self._event_of(row, wanted))
            self.desk.count("outside event", new=True)
        return wanted

    def _event_of(self, row: RegisterRow, wanted: str) -> Item:
        day = row.get("tail_date")
        quoted = (part.source for part in self._evidence(row) if part.source.quote is not None)
        values: dict[str, Any] = {
            "id": wanted,
            "kind": "milestone",
            "title": row.get("tail_title") or wanted,
            "external": True,
            "source": next(quoted, None),
        }
        if day is not None:
            values["planned"] = {"finish": day, "precision": "day"}
        return Item.model_validate(values)

    def _evidence(self, row: RegisterRow) -> tuple[Evidence, ...]:
        cells = (row.get("evidence_from") or "", row.get("evidence_to") or "")
        return (*read_evidence(self.desk.plan, *cells), self.desk.evidence_of(row))

    def _decide(self, docket: Docket, row: RegisterRow, proposal: Proposal) -> None:
        said = said_of(row)
        if self._stands(row, docket.get(proposal), said):
            return
        before = {} if docket.is_open(proposal) else docket.take_back(proposal)
        one = docket.get(proposal)
        verdict: Verdict = row.values["decision"]
        if self._is_other_way(row, one) and verdict != "reject":
            verdict = "reverse" if verdict == "accept" else "accept"
        kind = row.get("type") if isinstance(one, Link) and row.get("type") != one.type else None
        fault = docket.decide(proposal, verdict, said, kind)
        if isinstance(fault, str):
            docket.put(before)
            code = "cycle" if "circle" in fault else "not-decided"
            self.desk.refuse(row, "decision", code, fault.removesuffix("."))
            return
        now = docket.get(proposal)
        if isinstance(now, Link) and row.get("lag") is not None:
            now = now.model_copy(update={"lag": row.values["lag"]})
        if not isinstance(now, Item) and proposal not in self.made:
            source = self.desk.source_id(row)
            others = (part for part in now.evidence if part.source.source != source)
            now = now.model_copy(update={"evidence": (*others, self.desk.evidence_of(row))})
        docket.put({proposal: now})
        self.desk.count(_NOUN, new=True)

    def _stands(self, row: RegisterRow, one: Proposed, said: Decision | None) -> bool:
        """Return whether what the plan has stays: the same decision, or a later one (rule 3)."""
        standing = decision_of(one)
        if self._verdict_on(row, one) == row.values["decision"] and _says_no_more(said, standing):
            return True
        if standing is None or said is None or said.at is None or standing.at is None:
            return False
        if finish_instant(standing.at) <= finish_instant(said.at):
            return False
        message = f"The plan has a later decision, {state_of(one)} by {standing.by or 'somebody'}"
        self.desk.tell(row.place("decision"), "older-decision", "info", message)
        return True

    def _verdict_on(self, row: RegisterRow, one: Proposed) -> Verdict | None:
        """Return what was decided, in the words of a row; None where nothing was."""
        state = state_of(one)
        if state == "proposed":
            return None
        if state == "rejected":
            return "reject"
        return "reverse" if self._is_other_way(row, one) else "accept"

    def _is_other_way(self, row: RegisterRow, one: Proposed) -> bool:
        """Return whether a link runs against what a row says of it."""
        return isinstance(one, Link) and one.from_ != self.tails[id(row)]


def _says_no_more(said: Decision | None, standing: Decision | None) -> bool:
    """Return whether a row tells no more of a decision than is known."""
    if said is None or standing is None:
        return said is None
    return (said.by, said.at, said.why) == (standing.by, standing.at, standing.why)


def _sure(row: RegisterRow) -> float:
    confidence: float | None = row.get("confidence")
    return _CONFIDENCE if confidence is None else confidence


def _origin(rule: str | None) -> Origin:
    """Return where a link comes from that a rule of this name proposed."""
    from loaders.suggest.registry import RULES  # noqa: PLC0415 - rarely needed

    if rule is None:
        return "register"
    known = RULES.get(rule)
    return "inferred" if known is None else known.origin


def _used(these: Sequence[J], group: Group, unused: Container[Proposal]) -> Iterator[J]:
    """Yield what is left without these proposals."""
    for place, one in enumerate(these):
        if Proposal(group, place) not in unused:
            yield one
