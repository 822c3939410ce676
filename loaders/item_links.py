"""Links from the columns of predecessors and successors in sheets of items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.index import close_ids
from graphmodel.items import Source
from graphmodel.links import Evidence, Link
from graphmodel.references import link_fault
from loaders.predecessors import parse_predecessors
from loaders.stamping import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.problems import Severity
    from loaders.exports import Export
    from loaders.faults import CellFaults
    from loaders.item_names import Node, Outline
    from loaders.predecessors import Reference

__all__ = ["make_links"]

#: Unknown references for which close ids are looked for; each look costs a walk through all ids.
_HINTS = 20


def make_links(
    outline: Outline,
    exports: Mapping[int, Export],
    sources: Mapping[int, Source],
    faults: CellFaults,
) -> tuple[Link, ...]:
    """Return the links that the rows state, each once, and tell what names no item.

    Rows without ids may be named by their number among the items of their sheet, as MS Project's
    rows are. The other parameters are those of `loaders.item_owners.assign_owners`.
    """
    return tuple(_Links(outline, exports, sources, faults).make())


class _Links:
    def __init__(
        self,
        outline: Outline,
        exports: Mapping[int, Export],
        sources: Mapping[int, Source],
        faults: CellFaults,
    ) -> None:
        self.outline = outline
        self.exports = exports
        self.sources = sources
        self.faults = faults
        self.parents = {node.id: node.parent.id if node.parent else None for node in outline.nodes}
        self.made: set[tuple[str, str, str]] = set()
        self.numbered: dict[int, dict[str, Node]] = {}
        self.hints = 0
        source = Source(source=next((one.source for one in sources.values()), "-"))
        self.source = Stamp(source)
        self.evidence = Stamp(Evidence(source=source))
        self.pattern = Stamp(Link.model_validate({"from": "-", "to": "--"}))

    def make(self) -> Iterator[Link]:
        self._number_rows()
        for node in self.outline.nodes:
            values = node.row.values if node.row is not None else {}
            for name in ("predecessors", "successors"):
                for column, text in values.get(name, ()):
                    yield from self._read(node, column, text, is_successor=name == "successors")

    def _number_rows(self) -> None:
        """Count the rows of tables that have no column of ids."""
        for node in self.outline.nodes:
            if node.row is not None and not node.row.table.fields & {"id", "wbs"}:
                numbers = self.numbered.setdefault(id(node.row.table), {})
                numbers[str(len(numbers) + 1)] = node

    def _read(self, node: Node, column: int, text: str, *, is_successor: bool) -> Iterator[Link]:
        table = id(node.row.table) if node.row is not None else 0
        known = self.numbered.get(table) or self.outline.by_name
        working = self.exports[table].working
        references, wrong = parse_predecessors(text, known, working=working)
        for sentence in wrong:
            self._tell(node, column, ("unreadable-cell", "warning", sentence))
        for reference in references:
            other = known.get(reference.id) or self.outline.by_name.get(reference.id)
            if other is None:
                self._tell(node, column, self._unknown(reference))
                continue
            ends = (node, other) if is_successor else (other, node)
            fault = link_fault(ends[0].id, ends[1].id, self.parents)
            if fault is not None:
                code = "self-link" if ends[0] is ends[1] else "ancestor-link"
                message = fault.removesuffix(": remove it.")
                self._tell(node, column, (code, "error", f"{message}; the link is not used"))
                continue
            key = (ends[0].id, ends[1].id, reference.type)
            if key not in self.made:
                self.made.add(key)
                yield self._link(node, ends, reference, text, is_successor=is_successor)

    def _link(
        self,
        node: Node,
        ends: tuple[Node, Node],
        reference: Reference,
        text: str,
        *,
        is_successor: bool,
    ) -> Link:
        place = self.sources[id(node)]
        told = {"line": place.line, "cell": place.cell, "quote": text}
        side = "from" if is_successor else "to"
        evidence = self.evidence.make({"side": side, "source": self.source.make(told)})
        return self.pattern.make(
            {
                "from_": ends[0].id,
                "to": ends[1].id,
                "type": reference.type,
                "lag": reference.lag,
                "evidence": (evidence,),
            }
        )

    def _unknown(self, reference: Reference) -> tuple[str, Severity, str]:
        self.hints += 1
        names: Sequence[str] = ()
        if self.hints <= _HINTS:
            names = close_ids(reference.id, self.outline.by_name)
        hint = f" (close ids: {', '.join(names)})" if names else ""
        message = f'There is no item "{reference.id}"{hint}; the link to it is not made'
        return "unknown-item", "error", message

    def _tell(self, node: Node, column: int, fault: tuple[str, Severity, str]) -> None:
        if node.row is not None:
            self.faults.add(node.row.table.sheet, (node.row.row.number, column), fault, node.id)
