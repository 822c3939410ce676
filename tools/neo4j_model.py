"""The data model of the Neo4j store as a table and a picture, for docs/neo4j.md.

``python tools/neo4j_model.py`` writes both into the page, between their marks; a test holds the
page equal to what this makes of `graphmodel.kinds`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS
from graphmodel.stores.neo4j_schema import WAITS_FOR

PAGE = Path(__file__).resolve().parent.parent / "docs" / "neo4j.md"
_LABELS = {kind.name: kind.label for kind in NODE_KINDS}


def make_tables() -> str:
    """Return the tables of labels and of relationship types."""
    nodes = ["| label | further label | what it is |", "| --- | --- | --- |"]
    for kind in NODE_KINDS:
        further = ", ".join(f"`{one}`" for one in kind.sorts.values())
        nodes.append(f"| `{kind.label}` | {further} | {kind.about} |")
    edges = ["| relationship | from | to | what it says |", "| --- | --- | --- | --- |"]
    for relation in EDGE_KINDS:
        ends = (
            (relation.ends, relation.starts)
            if relation.turned
            else (relation.starts, relation.ends)
        )
        from_, to = (", ".join(_LABELS[one] for one in some) for some in ends)
        types = ", ".join(f"`{one}`" for one in relation.types)
        edges.append(f"| {types} | {from_} | {to} | {relation.about} |")
    edges.append(
        f"| `{WAITS_FOR}` | Item | Item | A parent waits for its parts, and a part for what holds "
        "all parts of its parent. |"
    )
    return "\n".join([*nodes, "", *edges])


def make_picture() -> str:
    """Return the picture in Mermaid; relations between any two kinds are left to the table."""
    lines = ["```mermaid", "graph LR"]
    for relation in EDGE_KINDS:
        if len(relation.starts) > 1:
            continue
        from_, to = _LABELS[relation.starts[0]], _LABELS[relation.ends[0]]
        if relation.turned:
            from_, to = to, from_
        lines.append(f"  {from_} -- {'<br>'.join(relation.types)} --> {to}")
    return "\n".join([*lines, "  Item -- CITES --> Document", "```"])


def fill(page: str) -> str:
    """Return the page with the table and the picture in it."""
    for name, text in (("tables", make_tables()), ("picture", make_picture())):
        page = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, text=text: f"{found[1]}{text}\n{found[2]}",  # type: ignore[misc]
            page,
            flags=re.DOTALL,
        )
    return page


if __name__ == "__main__":
    PAGE.write_text(fill(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name} is up to date\n")
