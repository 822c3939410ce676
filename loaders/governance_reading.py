"""One governance paper on its way through the readers: from its text to what it arranges."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item
from graphmodel.stretches import fold
from loaders.bodies import Passage
from loaders.draft import Draft
from loaders.governance_cover import Cover, Meeting, find_meeting, read_cover
from loaders.governance_entities import find_counts, make_document
from loaders.governance_labels import LABELLED, read_board_field
from loaders.governance_lists import find_entry, find_lists
from loaders.governance_mentions import Marker, Mention
from loaders.governance_names import Names, find_names
from loaders.governance_plan import Arrangements
from loaders.governance_rules import Fact, find_cadences, find_facts
from loaders.governance_tables import BoardRow, declare_bodies, read_field, read_row
from loaders.ids import free_id, make_slug
from loaders.statements import Prose, Section, Statement, read_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.measures import Stated
    from loaders.blocks import Row
    from loaders.governance_labels import BoardField
    from loaders.governance_lists import PaperList
    from loaders.governance_mentions import Marked
    from loaders.governance_names import Named
    from loaders.governance_tables import Listed

__all__ = ["Reading", "find_title", "name_paper", "read_names"]

_AIMS: Final = re.compile(r"\b(?:aims?|priorit(?:y|ies)|objectives?|outcomes?|themes?|pillars?)\b")
_PHONE: Final = re.compile(r",?\s*(?P<phone>\(?0\d[\d ()]{8,})$")
#: Headings that say what a part of a paper is, not what the paper is about.
_PARTS: Final = re.compile(
    r"purpose|summary|introduction|background(?: information)?|overview|action required"
    r"|recommendations?|reasons? for recommendations?|context",
    re.IGNORECASE,
)
_RELATIONS: Final = {
    "director": "director_of_paper",
    "author": "author_of_paper",
    "contributor": "contributed_to_paper",
}


def read_names(prose: Prose, cover: Cover) -> Names:
    """Return what a paper names, in its sentences, headings and tables."""
    rows = [row for table in prose.tables for row in table]
    passages = [
        *(Passage(one.line, one.text) for one in _parts(prose)),
        *(Passage(r.line, cell) for r in rows if r.line not in cover.lines for cell in r.cells),
    ]
    front = [Passage(one.line, one.quote) for one in cover.entries]
    return find_names(sorted(passages, key=lambda one: one.line), front)


def name_paper(names: Names, title: str | None) -> str:
    """Return the id of a paper's plan: its title, failing that what it is named most after."""
    first = names.of("document")[:1]
    wanted = make_slug(title or "")[:60].strip("-")
    wanted = wanted or (f"{first[0].id}-governance" if first else "governance")
    return free_id(wanted, {one.id for one in names.named.values()})


def find_title(prose: Prose, cover: Cover, meeting: Meeting | None) -> str | None:
    """Return what a row of the first page, failing that the first heading, calls the paper."""
    entry = cover.get("title")
    if entry is not None:
        return entry.words
    first = next(iter(prose.sections), None)
    at_meeting = first is not None and meeting is not None and first.line == meeting.line
    return None if first is None or at_meeting or _PARTS.fullmatch(first.text) else first.text


@dataclass(slots=True)
class Reading:
    """The state of reading one paper; `read` fills it, once."""

    draft: Draft
    prose: Prose
    cover: Cover
    names: Names
    made: Arrangements
    rows: list[BoardRow]
    lists: list[PaperList]
    heads: list[Row]
    meeting: Meeting | None
    title: str | None
    stated: list[Stated] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    _topic: dict[int | None, Named] = field(default_factory=dict)
    _bodies: list[Named] = field(default_factory=list)
    _about: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, name: str) -> Reading:
        """Return a paper with its names, before its sentences are read."""
        draft = Draft(name)
        prose = read_prose(text)
        cover = read_cover(draft, prose.tables)
        names = read_names(prose, cover)
        meeting = find_meeting(prose.sections)
        used = set(cover.lines)
        rest = [[row for row in rows if row.line not in used] for rows in prose.tables]
        rows = declare_bodies(draft, names, [rows for rows in rest if rows], used)
        for row in (row for table in rest for row in table if row.line not in used):
            draft.report_loose(row.line, " ".join(row.cells), "is a row of no known table")
        listed = {row.line for row in rows} | cover.lines
        heads = [row for table in rest for row in table if row.line in used - listed]
        title = find_title(prose, cover, meeting)
        made = Arrangements(draft, name_paper(names, title))
        lists = find_lists(prose)
        return cls(draft, prose, cover, names, made, rows, lists, heads, meeting, title)

    def read(self) -> None:
        """Read the first page, the tables and every sentence, in this order."""
        for document in self.names.of("document"):
            make_document(self.draft, document)
        self._read_cover()
        for row in self.rows:
            source = self.draft.source(row.line, row.quote)
            self.made.say(row.body.id, source, "x_row")
            if row.further:
                self.made.extras[row.body.id]["x_columns"] = dict(row.further)
            for name, listed in read_row(self.names, row):
                self._keep(row.body, name, listed, row.line, row.quote)
        marker = Marker(self.names)
        entries = {one.line: each for each in self.lists for one in each.entries}
        for one in _parts(self.prose):
            if isinstance(one, Section):
                self._read_section(marker, one)
            else:
                self._read_statement(marker.mark(one), entries.get(one.line))

    def _read_section(self, marker: Marker, section: Section) -> None:
        heading = Statement(section.line, section.text, -1, section)
        marked = marker.mark(heading)
        self._bodies += marked.named("body")
        counted = [one for each in self.lists if each.counted for one in each.entries]
        entry = find_entry(section, counted)
        if entry is not None and entry.line in self._about:
            self._about[section.line] = self._about[entry.line]

    def _read_statement(self, marked: Marked, of: PaperList | None) -> None:
        statement = marked.statement
        self.marked.append(marked)
        section = statement.section.line if statement.section is not None else None
        documents = marked.named("document")
        if of is not None and self._read_entry(marked, of, section):
            return
        if documents:
            self._topic[section] = documents[-1]
        self._bodies += marked.named("body")
        if self._read_label(marked):
            return
        topic = self._topic.get(section)
        counts = list(find_counts(self.draft, marked, topic.id if topic is not None else None))
        self.stated += counts
        facts, cadences = find_facts(marked), find_cadences(marked)
        self.made.add(marked, facts, cadences)
        if marked.mentions or facts or counts:
            return
        source = self.draft.source(statement.line, statement.quote)
        if section is not None and section in self._about:
            self.made.say(self._about[section], source)
        else:
            self.draft.report_loose(statement.line, statement.quote, "names nothing of the plan")

    def _read_entry(self, marked: Marked, of: PaperList, section: int | None) -> bool:
        """Keep an entry of a list with what its leading sentence is about, if that is known."""
        lead = next(one for one in self.marked if one.statement == of.lead)
        found = [*lead.named("document")[-1:], *lead.named("body")[-1:]]
        aims = _AIMS.search(of.lead.text.casefold()) is not None
        about = found[0] if found else self._topic.get(section) if aims else None
        statement = marked.statement
        source = self.draft.source(statement.line, statement.quote)
        if about is None or find_facts(marked):
            return False
        if not of.counted or about.kind != "document":
            self.made.say(about.id, source, "x_contents")
            return True
        name = self.draft.claim(f"{about.id}.{statement.mark}", statement.line)
        kind = "objective" if aims else "action"
        values = {"id": name, "kind": kind, "title": statement.text, "parent": about.id}
        self.draft.add(Item.model_validate({**values, "source": source}))
        self._about[statement.line] = name
        return True

    def _read_label(self, marked: Marked) -> bool:
        """Keep what a line such as "Chair: Mayor" says of a body; return whether it is one.

        It is about the body that its heading names, failing that the one named last before it.
        """
        statement = marked.statement
        match = LABELLED.fullmatch(statement.text)
        name = read_board_field(match["label"]) if match is not None else None
        if match is None or name is None or not self._bodies:
            return False
        words = fold(statement.section.text) if statement.section is not None else ""
        headed = (b for b in self.names.of("body") if any(fold(s) in words for s in b.spellings))
        body = next(headed, self._bodies[-1])
        row = BoardRow(body, (), (), statement.line, statement.quote)
        listed = read_field(self.names, body, name, match["value"].rstrip(" ."), row)
        self._keep(body, name, listed, statement.line, statement.quote)
        return True

    def _keep(self, body: Named, name: BoardField, listed: Listed, line: int, quote: str) -> None:
        source = self.draft.source(line, quote)
        for fact in listed.facts:
            self.made.relate(fact, source)
        for cadence in listed.cadences:
            self.made.add_cadence(cadence, source)
        if listed.purpose is not None and name == "cadence":  # "as needed"
            self.made.extras.setdefault(body.id, {}).setdefault("x_cadence", listed.purpose)
            self.made.say(body.id, source, "x_meets")
        elif listed.purpose is not None or not (listed.facts or listed.cadences):
            self.made.say(body.id, source, f"x_{name}")
        if listed.open:
            shown = name.replace("_", " ")
            message = f'"{body.title}": nothing is said for "{shown}".'
            self.draft.report("board-open", "warning", message, line)

    def _read_cover(self) -> None:
        """Relate the officers that the first page names to the paper."""
        for entry in self.cover.entries:
            relation = _RELATIONS.get(entry.field)
            if relation is None:
                continue
            words = _PHONE.sub("", entry.words)
            holder, _, title = words.partition(",")
            office = self.names.declare_office(title.strip(" ,") or words, entry.line, entry.quote)
            if title:
                self.made.extras.setdefault(office.id, {}).setdefault("x_holder", holder.strip())
            fact = Fact(relation, (Mention(office, 0, 0),), (), entry.field)
            self.made.relate(fact, self.draft.source(entry.line, entry.quote))

    def describe(self) -> Iterator[tuple[str, Any]]:
        """Yield what the plan has no field for: the first page's entries, and the headings."""
        cover = [
            {"field": one.field, "text": one.words, **self._place(one.line, one.quote)}
            for one in self.cover.entries
        ]
        headings = [
            {"title": one.text, **({"mark": one.mark} if one.mark else {}),
             **self._place(one.line, one.quote)}
            for one in self.prose.sections
        ]  # fmt: skip
        if self.heads:
            yield "x_tables", [self._place(row.line, " ".join(row.cells)) for row in self.heads]
        if cover:
            yield "x_cover", cover
        if headings:
            yield "x_sections", headings

    def _place(self, line: int, quote: str) -> dict[str, Any]:
        return {"source": self.draft.source(line, quote).model_dump(exclude_none=True)}


def _parts(prose: Prose) -> list[Section | Statement]:
    """Return headings and sentences in the paper's order."""
    parts: list[Section | Statement] = [*prose.sections, *prose.statements]
    return sorted(parts, key=lambda one: one.line)
