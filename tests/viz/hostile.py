"""A plan in which every text that reaches a page tries to be more than text."""

from __future__ import annotations

from datetime import date
from functools import cache

from graphmodel.items import Item, Planned, Source, SourceFile
from graphmodel.links import Decision, Evidence, Link
from graphmodel.measures import Metric, MetricValue
from graphmodel.people import Assignment, Board, Gate, Officer, Relation
from graphmodel.plan import Plan

#: What spreadsheets typed by many people may hold, and what somebody may try.
PAYLOADS = (
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=2</script>",
    "<img src=x onerror=window.pwned=3>",
    '" onmouseover="window.pwned=4" href="#',
    "' onfocus='window.pwned=5' autofocus '",
    "<!--<script>",
    "]]><svg onload=window.pwned=6>",
    "</style></title></textarea><iframe srcdoc='<script>parent.pwned=7</script>'>",
    "{{7*7}} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "javascript:window.pwned=8",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "\u202eright to left override\u202c and \u2067isolate\u2069",
    "שלום עולם مرحبا Grüße 你好 🏛️👩🏽‍⚕️ e\u0301",
    "nul-free control \u0001\u000b\u007f and \ufeff bom \u2028 line",
    "x" * 500,
    "long words " * 46,
    "back\\slash \\u003cscript\\u003e 'single' \"double\" `tick`",
)


@cache
def build_hostile_plan() -> Plan:
    """Return a theme with an action that holds one milestone for each payload, all linked."""
    stones = tuple(
        Item(
            id=f"<b>{n}", kind="milestone", title=text, parent="A&<",
            planned=Planned(finish=date(2026, 5 + n % 7, 28), precision="month", text=text),
            source=Source(source="s", line=n + 1, quote=text),
        )
        for n, text in enumerate(PAYLOADS)
    )  # fmt: skip
    undated = Item(id="u", kind="milestone", title=PAYLOADS[0], planned=Planned(text=PAYLOADS[2]))
    links = tuple(
        Link(
            id=f"k{n}", from_=before.id, to=after.id, state="proposed" if n % 3 else "accepted",
            reason=text, decided=Decision(by=text, why=text, at=date(2026, 5, 1)),
            evidence=(Evidence(source=Source(source="s", cell=text, quote=text)),),
        )
        for n, (before, after, text) in enumerate(zip(stones, stones[1:], PAYLOADS, strict=False))
    )  # fmt: skip
    return Plan(
        id="hostile", title=PAYLOADS[1], organisation=PAYLOADS[2], version=PAYLOADS[3],
        status_date=date(2026, 4, 30),
        sources=(SourceFile(id="s", title=PAYLOADS[4], file=PAYLOADS[7]),),
        items=(
            Item(id="T", kind="theme", title=PAYLOADS[0]),
            Item(
                id="A&<", kind="action", title=PAYLOADS[7], parent="T", due=date(2026, 12, 31),
                label=PAYLOADS[3], division=PAYLOADS[0], cause=PAYLOADS[2], tags=(PAYLOADS[1],),
            ),
            *stones, undated,
        ),
        officers=(
            Officer(id="o", title=PAYLOADS[2], also=(PAYLOADS[4],), directorate=PAYLOADS[0]),
            Officer(id="p", title=PAYLOADS[1]),
        ),
        boards=(
            Board(
                id="b", title=PAYLOADS[7], oversees=("T",), chair=PAYLOADS[0],
                members=PAYLOADS[:3],
            ),
            Board(id="q", title=PAYLOADS[3], reports_to="b"),
        ),
        gates=(Gate(item="<b>3", board="b", state="proposed", reason=PAYLOADS[2]),),
        relations=(Relation(from_="b", to="q", type=PAYLOADS[0], on=PAYLOADS[2]),),
        metrics=(
            Metric(
                id="m", item="A&<", title=PAYLOADS[0], unit=PAYLOADS[2],
                target=MetricValue(text=PAYLOADS[7]),
            ),
        ),
        assignments=(
            Assignment(officer="o", item="A&<"),
            Assignment(officer="p", item="A&<", role="accountable"),
        ),
        links=links,
    )  # fmt: skip
