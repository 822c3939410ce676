"""From the tables of a delivery plan to its items: themes, objectives, actions, milestones.

1. The theme of an objective is what its id begins with (SI1 for SI1.1). Its title is that of the
   programme with this id, else the heading before its first objective.
2. An objective printed again with the same title ("… (i)", "… (ii)") is one objective.
3. Milestones are numbered in the paper's order: SI1.1.3.1, SI1.1.3.2, …
4. ``due`` of an action is the last day its due-date cell names; a cell that names none ("On-going",
   "From April 2028 onwards") leaves it empty. Milestones have no ``due``.
5. What has no id gets the next free number below its parent, and a problem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graphmodel.items import Item, Planned
from graphmodel.partial import parse_partial
from loaders.action_cells import read_action_cell
from loaders.delivery_labels import ROLE_FACTS
from loaders.ids import make_slug, split_printed_id
from loaders.markup import read_parts, read_words
from loaders.metric_rows import add_metric
from loaders.offices import RoleCell
from loaders.text import shorten

if TYPE_CHECKING:
    from graphmodel.partial import Partial
    from loaders.action_cells import ActionCell, Entry
    from loaders.delivery_labels import Fact
    from loaders.delivery_outline import ActionRow, ObjectiveTable, ProgrammeTable, Stated
    from loaders.draft import Draft

__all__ = ["ItemBuilder"]

_NUMERAL = re.compile(r"\s*\((?:[ivx]{1,4}|continued|cont\.?)\)\s*$", re.IGNORECASE)


class ItemBuilder:
    """Adds the items of one table after the other to a draft, and collects who has which role."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.roles: list[RoleCell] = []
        self.programmes: dict[int, str] = {}

    def add_programme(self, table: ProgrammeTable) -> None:
        """Add a programme as a theme, with its division and roles."""
        words = read_words(table.cell)
        printed, title = split_printed_id(words) or (None, words)
        name = self.draft.claim(printed or make_slug(words) or "theme", table.line)
        section = {"x_section": table.section.text} if table.section is not None else {}
        self._add(name, "theme", title or name, None, table.line, words, **section)
        self.programmes[table.line] = name
        self._state_facts(name, table.facts)

    def add_objective(self, table: ObjectiveTable) -> None:
        """Add an objective with its theme, facts, actions and metrics."""
        name = self._find_printed_before(table) or self._add_new_objective(table)
        self._state_facts(name, table.facts)
        for row in table.actions:
            self._add_action(row, name)
        for metric in table.metrics:
            add_metric(self.draft, metric, name)

    def _find_printed_before(self, table: ObjectiveTable) -> str | None:
        """Return the objective of this id and title if there is one already (rule 2)."""
        words, *notes = [part.text for part in read_parts(table.cell)] or [""]
        printed, title = split_printed_id(words) or ("", words)
        known = self.draft.items.get(printed)
        if known is None or known.kind != "objective" or _bare(known.title) != _bare(title):
            return None
        first = known.source or self.draft.source(table.line, words)
        ends = " ".join(filter(None, (_numeral(first.quote), _numeral(title))))
        message = f"Objective {printed} is printed again {ends}".rstrip()
        message = f"{message}: it is kept once (first on line {first.line})."
        self.draft.report("objective-twice", "warning", message, table.line, (printed,))
        self.draft.change(printed, title=_NUMERAL.sub("", known.title) or known.title)
        for note in notes:
            self.draft.report_loose(table.line, note, f"is said of {printed} a second time")
        self._drop_heading(table)
        return printed

    def _add_new_objective(self, table: ObjectiveTable) -> str:
        parts = [part.text for part in read_parts(table.cell)] or [""]
        printed, title = split_printed_id(parts[0]) or (None, parts[0])
        theme = self._find_theme(table, printed)
        name = self._claim(printed, theme or "objective", table.line, title)
        notes = _note(parts[1:])
        self._add(name, "objective", title or name, theme, table.line, " ".join(parts), **notes)
        return name

    def _find_theme(self, table: ObjectiveTable, printed: str | None) -> str | None:
        """Return the theme of an objective, made from its heading if it is new (rule 1)."""
        programme = self.programmes.get(table.programme.line) if table.programme else None
        wanted = printed.rpartition(".")[0] if printed is not None else ""
        if wanted in self.draft.items:
            self._drop_heading(table)
            return wanted
        if programme is not None and (not wanted or split_printed_id(programme) is None):
            self._drop_heading(table)
            return programme
        heading = table.heading
        if heading is None and not wanted:
            return None
        name = wanted or make_slug(heading.text if heading else "") or "theme"
        if name not in self.draft.items:
            line = heading.line if heading is not None else table.line
            title = heading.text if heading is not None else name
            self._add(name, "theme", title, None, line, title)
            if heading is None:
                message = f"No heading names the theme {name}."
                self.draft.report("theme-untitled", "warning", message, line, (name,))
        return name

    def _drop_heading(self, table: ObjectiveTable) -> None:
        if table.heading is not None:
            where, text = table.heading.line, table.heading.text
            self.draft.report_loose(where, text, "is a heading inside a theme")

    def _add_action(self, row: ActionRow, objective: str) -> None:
        cell = read_action_cell(row.action, _printed(objective))
        name = self._claim(cell.printed_id, objective, row.line, cell.title)
        if cell.printed_id and not _is_below(cell.printed_id, _printed(objective)):
            message = f"{name} stands among the actions of {objective}."
            self.draft.report("id-elsewhere", "warning", message, row.line, (name, objective))
        partial = self._read_due(row, name)
        extras = {f"x_{heading}": read_words(text) for heading, text in row.others.items()}
        self._add(
            name,
            "action",
            cell.title or name,
            objective,
            row.line,
            _quote(row, cell),
            planned=partial.planned,
            due=partial.planned.finish,
            status="complete" if partial.planned.precision == "complete" else "not_started",
            **_note(cell.preamble, "x_preamble"),
            **_note(cell.notes),
            **extras,
        )
        if read_words(row.responsible):
            self.roles.append(RoleCell(name, "responsible", row.line, row.responsible))
        for number, entry in enumerate(cell.entries, start=1):
            self._add_milestone(entry, name, number, row.line)

    def _read_due(self, row: ActionRow, name: str) -> Partial:
        """Read the due date of an action and tell what is wrong with it (rule 4)."""
        partial = parse_partial(read_words(row.due))
        self.draft.report_dates(partial, name, row.line)
        planned = partial.planned
        if planned.text is None:
            message = f"{name} has no due date."
            self.draft.report("due-missing", "warning", message, row.line, (name,))
        elif planned.finish is None and not any(n.severity == "warning" for n in partial.notes):
            message = f'{name}: the due date "{planned.text}" names no last day.'
            self.draft.report("due-open", "info", message, row.line, (name,))
        return partial

    def _add_milestone(self, entry: Entry, action: str, number: int, line: int) -> None:
        name = self.draft.claim(f"{action}.{number}", line)
        planned = Planned() if entry.partial is None else entry.partial.planned
        complete = planned.precision == "complete"
        self._add(
            name,
            "milestone",
            entry.title,
            action,
            line,
            entry.words,
            planned=planned,
            status="complete" if complete else "not_started",
            **_note(entry.notes),
        )
        if entry.partial is None:
            message = f'{name} "{shorten(entry.title)}" has no date.'
            self.draft.report("milestone-without-date", "warning", message, line, (name,))
            return
        self.draft.report_dates(entry.partial, name, line)
        if entry.in_words:
            message = f'{name}: the date "{planned.text}" is taken from the words of its title.'
            self.draft.report("milestone-date-in-words", "info", message, line, (name,))
        if entry.inner:
            message = f"{name} holds a second date in brackets: it may be two milestones."
            self.draft.report("milestone-two-dates", "warning", message, line, (name,))

    def _claim(self, printed: str | None, parent: str, line: int, title: str) -> str:
        if printed is not None:
            return self.draft.claim(printed, line)
        number = 1
        while f"{parent}.{number}" in self.draft.items:
            number += 1
        name = f"{parent}.{number}"
        message = f'"{shorten(title)}" has no id: it is kept as {name}.'
        self.draft.report("id-missing", "warning", message, line, (name,))
        return name

    def _state_facts(self, name: str, facts: dict[Fact, Stated]) -> None:
        division = facts.get("division")
        if division is not None:
            words = read_words(division.cell)
            known = self.draft.items[name].division
            if known is not None and known != words:
                self.draft.report_loose(division.line, words, f"is a second division of {name}")
            else:
                self.draft.change(name, division=words)
        for role in ROLE_FACTS:
            stated = facts.get(role)
            if stated is not None:
                self.roles.append(RoleCell(name, role, stated.line, stated.cell))

    def _add(
        self,
        name: str,
        kind: str,
        title: str,
        parent: str | None,
        line: int,
        quote: str,
        **fields: Any,
    ) -> None:
        values = {
            "id": name,
            "kind": kind,
            "title": title,
            "parent": parent,
            "source": self.draft.source(line, quote),
            **fields,
        }
        self.draft.add(Item.model_validate(values))


def _printed(name: str) -> str:
    """Return an id as the paper prints it, without the mark of a second one."""
    return name.partition("~")[0]


def _is_below(name: str, parent: str) -> bool:
    """Return whether an id continues its parent's, or the parent has none that it could."""
    return name.startswith(f"{parent}.") or split_printed_id(parent) is None


def _bare(title: str) -> str:
    return _NUMERAL.sub("", title).casefold()


def _numeral(text: str | None) -> str:
    match = _NUMERAL.search(text or "")
    return match.group().strip() if match else ""


def _quote(row: ActionRow, cell: ActionCell) -> str:
    """Return the words of an action up to its milestones."""
    words = read_words(row.action)
    if cell.entries:
        place = words.find(cell.entries[0].words)
        words = words[:place].strip() if place > 0 else words
    return words


def _note(texts: tuple[str, ...] | list[str], key: str = "x_note") -> dict[str, str]:
    joined = "\n".join(text for text in texts if text)
    return {key: joined} if joined else {}
