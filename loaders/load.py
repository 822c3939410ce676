"""The one recipe from files to a plan: papers, spreadsheets, schedules, registers, returns.

1. Each file is told by what is in it (`loaders.formats`, `loaders.sorting`).
2. What holds a plan is read: plan files, papers, schedules, sheets of items.
3. A document that is the next version of a plan keeps its ids and decisions (`loaders.members`);
   plans that stand beside each other become a portfolio (`loaders.portfolio`).
4. The links that the order of a paper speaks for are added; registers, calendars of meetings,
   corrections and status returns are put in; circles are looked for.

What is wrong with the documents is collected; an error is raised only where no plan can be made.
The order in which the files are given makes no difference, but for two plan files of one plan that
do not say which is the later.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from graphmodel.cycles import find_cycle
from graphmodel.errors import PlanError
from graphmodel.files import fingerprint
from graphmodel.items import SourceFile
from graphmodel.moments import finish_instant
from graphmodel.problems import Problem
from graphmodel.storedplan import StoredPlan
from loaders.changing import change_plan
from loaders.formats import find_format
from loaders.loaded import Loaded, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.plan import Plan
    from loaders.calendar_events import CalendarFile
    from loaders.formats import Format
    from loaders.returns import StatusReturn
    from loaders.sorting import Table

__all__ = ["load"]

# Readers are imported where they are used: a question about a plan file needs none of them.


def load(
    paths: Iterable[str | Path],
    *,
    mapping: Mapping[str, str] | None = None,
    in_file: bool = False,
) -> Loaded:
    """Read any mix of papers, spreadsheets, schedules, registers and returns into one plan.

    Parameters
    ----------
    mapping
        Fields by heading, for sheets of items and status returns; they go before the headings that
        are declared (`loaders.item_columns`): ``{"What we will do": "title"}``.
    in_file
        Whether the items and links of a very large plan file that is given alone may stay in it
        (`graphmodel.storedplan`). Nobody has looked for circles in such a plan then.

    Raises
    ------
    FileError
        A file is missing, empty, damaged or of a kind that cannot be read.
    PlanError
        A plan file breaks the rules, the files hold no plan, or the mapping names no field.
    """
    files = list({Path(path).resolve(): Path(path) for path in paths}.values())
    if not files:
        raise PlanError(
            "No file was given: name a paper, a spreadsheet, a schedule or a plan file."
        )
    with collector_paused():
        return _report_circle(_Loading(files, mapping, in_file=in_file).load())


class _Loading:
    """One run of the recipe, and what has been told so far."""

    def __init__(
        self, files: Sequence[Path], mapping: Mapping[str, str] | None, *, in_file: bool
    ) -> None:
        self.mapping = mapping
        self.in_file = in_file and len(files) == 1
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.files: dict[Format, list[Path]] = {}
        for path in files:
            self.files.setdefault(find_format(path), []).append(path)

    def load(self) -> Loaded:
        """Run the recipe."""
        members = [*self._plan_files(), *self._documents()]
        tables, returns = self._tables(members)
        calendars = self._calendars()
        if not members:
            path = (*(table.path for table in tables), *(one.path for one in calendars))[0]
            kind = "registers" if tables else "meetings"
            raise PlanError(
                f'"{path}" holds {kind} only: give the paper or plan file they belong to too.'
            )
        plan = self._join(members)
        books = [table.book for table in tables if table.book.tables]
        if books:
            from loaders.register_sheets import merge_books  # noqa: PLC0415

            plan, ids = _with_sources(plan, [book.path for book in books])
            plan = self._take(*merge_books(plan, list(zip(ids, books, strict=True))))
        if calendars:
            from loaders.calendar_merging import merge_calendars  # noqa: PLC0415

            plan, _ = _with_sources(plan, [one.path for one in calendars])
            plan = self._take(*merge_calendars(plan, calendars))
        if plan.corrections:
            from loaders.corrections import apply_corrections  # noqa: PLC0415

            plan = self._take(*apply_corrections(plan))
        for one in sorted(returns, key=_day):
            from loaders.return_merging import apply_return  # noqa: PLC0415

            plan = self._take(*apply_return(plan, one))
        return Loaded(plan, tuple(self.problems), tuple(self.notes))

    def _take(self, plan: Plan, problems: Iterable[Problem], notes: Iterable[str]) -> Plan:
        """Note what was told on the way to a plan."""
        self.problems += problems
        self.notes += notes
        return plan

    def _noted(self, loaded: Loaded) -> Plan:
        """Note what was told of a document, and return its plan."""
        return self._take(loaded.plan, loaded.problems, loaded.notes)

    def _plan_files(self) -> Iterator[Member]:
        """Yield the plans of plan files and graph files, in the order given."""
        for path in self.files.get("plan", ()):
            from loaders.planfiles import load_plan_file  # noqa: PLC0415

            plan = load_plan_file(path, in_file=self.in_file)
            yield Member(plan, path.name, is_file=True)
        for path in sorted(self.files.get("graph", ())):
            from loaders.graphml import read_graphml  # noqa: PLC0415

            yield Member(self._noted(read_graphml(path)), path.name, is_file=True)

    def _documents(self) -> Iterator[Member]:
        """Yield the plans of papers and schedules."""
        for path in sorted(self.files.get("paper", ())):
            from loaders.papers import read_paper  # noqa: PLC0415

            yield Member(self._noted(read_paper(path)), path.name, is_paper=True)
        for path in sorted(self.files.get("schedule", ())):
            from loaders.schedules.reading import read_schedule  # noqa: PLC0415

            yield Member(self._noted(read_schedule(path)), path.name)

    def _tables(self, members: list[Member]) -> tuple[list[Table], list[StatusReturn]]:
        """Read spreadsheets: plans go to the members, the rest is returned."""
        paths = self.files.get("table", [])
        if not paths:
            return [], []
        from loaders.sorting import sort_table, split_tables  # noqa: PLC0415

        tables = [sort_table(path, self.mapping) for path in sorted(paths)]
        ids = {item.id for member in members for item in member.plan.items}
        plans, returns, problems = split_tables(tables, ids)
        self.problems += problems
        members += [Member(self._noted(loaded), path.name) for path, loaded in plans]
        return tables, returns

    def _calendars(self) -> list[CalendarFile]:
        """Read calendars of meetings."""
        paths = self.files.get("calendar", [])
        if not paths:
            return []
        from loaders.calendar_events import read_calendar  # noqa: PLC0415

        return [read_calendar(path) for path in sorted(paths)]

    def _join(self, members: Sequence[Member]) -> Plan:
        """Return one plan of all: versions in each other's place, others side by side."""
        if len(members) == 1:
            return _with_order(members[0])
        from loaders.members import settle_versions  # noqa: PLC0415
        from loaders.portfolio import join_plans  # noqa: PLC0415

        standing, problems, notes = settle_versions(members)
        self.problems += problems
        self.notes += notes
        plans = [_with_order(member) for member in standing]
        return plans[0] if len(plans) == 1 else self._take(*join_plans(plans))


def _with_order(member: Member) -> Plan:
    """Return a plan; one that a paper holds with the links that its order speaks for."""
    if not member.is_paper:
        return member.plan
    from loaders.sequences import propose_links  # noqa: PLC0415

    plan = member.plan
    return change_plan(plan, {"links": plan.links + propose_links(plan)})


def _with_sources(plan: Plan, paths: Sequence[Path]) -> tuple[Plan, list[str]]:
    """Return a plan with files among its sources, each in its old place if it had one, and ids."""
    sources = list(plan.sources)
    taken: list[str] = []
    for path in paths:
        digest = fingerprint(path)
        known = (one for one in sources if one.file == path.name and one.id not in taken)
        old = next(known, None)
        if old is None:
            ids = {one.id for one in sources}
            free = (f"s{number}" for number in range(1, len(ids) + 2))
            taken.append(next(one for one in free if one not in ids))
            sources.append(SourceFile(id=taken[-1], title=path.stem, file=path.name, sha256=digest))
        else:
            taken.append(old.id)
            sources[sources.index(old)] = old.model_copy(update={"sha256": digest})
    return change_plan(plan, {"sources": tuple(sources)}), taken


def _day(one: StatusReturn) -> tuple[int, str]:
    return (0 if one.as_of is None else finish_instant(one.as_of)), str(one.path)


def _report_circle(loaded: Loaded) -> Loaded:
    if isinstance(loaded.plan, StoredPlan):  # it is read through once, when it is used
        return loaded
    error = find_cycle(loaded.plan, loaded.plan.accepted_links)
    if error is None:
        return loaded
    problem = Problem("cycle", "error", str(error), error.items)
    return Loaded(loaded.plan, (*loaded.problems, problem), loaded.notes)
