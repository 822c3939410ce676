"""From the flags of ``whatif`` to the changes of a scenario (DESIGN section 4, scenario file)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.errors import ScenarioError
from graphmodel.links import LINK_TYPES
from graphmodel.moments import parse_moment
from graphmodel.scenario import (
    AddLink,
    AddMeeting,
    Away,
    CancelItem,
    CancelMeeting,
    Complete,
    MoveMeeting,
    Reassign,
    RemoveLink,
    Scenario,
    SetDates,
    Slip,
    SlipGroup,
    WaivePapersLead,
)
from graphmodel.spans import ZERO, parse_span
from knockon.cli.roles import role_option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change
    from graphmodel.spans import Span

__all__ = ["build_scenario", "change_options", "parse_slip"]

_LINK: Final = re.compile(
    rf"""\s* (?P<start>\S.*?) \s* (?:>|→) \s* (?P<end>\S.*?)
    (?: \s+ (?P<type>{"|".join(LINK_TYPES)}) (?: \s* (?P<lag>[+-].*))? )? \s*""",
    re.VERBOSE,
)

#: One flag for each kind of change: its name, what stands after it, what it does.
_FLAGS: Final = (
    ("slip", "ID=SPAN", "An item finishes later: SI1.1.3.7=2m (ID:finish=SPAN: a parent alone)."),
    ("slip-officer", "NAME=SPAN", "Everything unfinished of an officer finishes later."),
    ("slip-board", "NAME=SPAN", "Everything unfinished that a board oversees or gates."),
    ("slip-division", "NAME=SPAN", "Everything unfinished of a division."),
    ("slip-tag", "TAG=SPAN", "Everything unfinished with this tag."),
    ("slip-parent", "ID=SPAN", "Everything unfinished below an item."),
    ("set", "ID:FIELD=VALUE", "Replace an item's start, finish (dates) or duration (a span)."),
    ("complete", "ID[=DATE]", "An item is done, on this date or as its own dates say."),
    ("cancel-item", "ID", "An item is dropped."),
    ("add-link", '"A>B TYPE+LAG"', 'Add a dependency, such as "SI1.1>SI1.2 FS+10d".'),
    ("remove-link", '"A>B"', "Take a dependency away."),
    ("cancel-meeting", "BOARD=DATE", "A board does not meet on this date."),
    ("move-meeting", "BOARD=DATE..DATE", "A board meets on the second date instead of the first."),
    ("add-meeting", "BOARD=DATE", "A board meets on this date as well."),
    ("waive-papers-lead", "GATE", "A gate (its id, or its item's) needs no papers in advance."),
    ("away", "OFFICER=DATE..DATE", "An officer is away, both days included (or on one DATE)."),
    ("reassign", "ID=[FROM..]TO", "An item passes to another officer (FROM: whom it passes from)."),
)  # fmt: skip


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add one repeatable flag for each kind of change, ``--roles`` and ``--scenario``."""
    decorators = [
        click.option(f"--{name}", multiple=True, metavar=metavar, help=text)
        for name, metavar, text in _FLAGS
    ]
    decorators.append(role_option("Roles that --slip-officer means; may be repeated."))
    decorators.append(
        click.option("--scenario", metavar="FILE", help="A scenario file; flags are added to it.")
    )
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def build_scenario(plan: Plan, flags: Mapping[str, Any]) -> Scenario:
    """Return the scenario file, if one is named, with the changes of the flags after its own.

    Parameters
    ----------
    flags
        What click made of the options of `change_options`.

    Raises
    ------
    KnockonError
        A flag cannot be read, or names what the plan does not hold.
    """
    base = Scenario()
    if flags["scenario"] is not None:
        from graphmodel.planfile import read_scenario  # noqa: PLC0415 - rarely needed

        base = read_scenario(flags["scenario"])
    changes = (*base.changes, *_changes(plan, flags))
    return base.model_copy(update={"changes": changes})


def _changes(plan: Plan, flags: Mapping[str, Any]) -> Iterator[Change]:
    index = plan.index
    yield from _sets(plan, flags["set"])
    yield from (_add_link(plan, text) for text in flags["add_link"])
    yield from (_remove_link(plan, text) for text in flags["remove_link"])
    yield from (_complete(plan, text) for text in flags["complete"])
    yield from (CancelItem(item=index.item(text).id) for text in flags["cancel_item"])
    yield from _meetings(plan, flags)
    yield from (WaivePapersLead(gate=text) for text in flags["waive_papers_lead"])
    yield from (_reassign(plan, text) for text in flags["reassign"])
    yield from (_away(plan, text) for text in flags["away"])
    yield from (parse_slip(plan, text) for text in flags["slip"])
    yield from _groups(plan, flags)


def parse_slip(plan: Plan, text: str) -> Slip:
    """Read ``ID=SPAN``, or ``ID:finish=SPAN`` for a parent's own finish (DESIGN 5.4).

    Raises
    ------
    KnockonError
        The text is no slip, or the plan has no such item.
    """
    name, span = _split(text, "slip", "SI1.1.3.7=2m")
    item, colon, field = name.rpartition(":")
    own = bool(colon) and field == "finish" and name not in plan.index.items
    wanted = plan.index.item(item if own else name)
    return Slip(item=wanted.id, by=parse_span(span, words=True), own=own)


def _groups(plan: Plan, flags: Mapping[str, Any]) -> Iterator[SlipGroup]:
    index = plan.index
    known: dict[str, Callable[[str], str]] = {
        "officer": lambda name: index.officer(name).id,
        "board": lambda name: index.board(name).id,
        "division": str,
        "tag": str,
        "parent": lambda name: index.item(name).id,
    }
    for group, find in known.items():
        for text in flags[f"slip_{group}"]:
            name, span = _split(text, "slip", "NAME=2m")
            roles = tuple(flags["roles"])
            yield SlipGroup.model_validate(
                {group: find(name), "by": parse_span(span, words=True), "roles": roles}
            )


def _sets(plan: Plan, texts: Sequence[str]) -> Iterator[SetDates]:
    """Yield one change for each item: the flags for its start, finish and duration go together."""
    together: dict[str, dict[str, Any]] = {}
    for text in texts:
        item, field, value = _set(plan, text)
        fields = together.setdefault(item, {"item": item})
        if field in fields:
            raise ScenarioError(f"The {field} of {item} is set twice: give it one value.")
        fields[field] = value
    yield from (SetDates.model_validate(fields) for fields in together.values())


def _set(plan: Plan, text: str) -> tuple[str, str, date | Span]:
    example = "SI1.1.3.7:finish=2027-03-31"
    name, value = _split(text, "date to set", example)
    item, _, field = name.rpartition(":")
    if field in {"start", "finish"} and item:
        return plan.index.item(item).id, field, parse_moment(value)
    if field == "duration" and item:
        return plan.index.item(item).id, field, parse_span(value, words=True)
    raise ScenarioError(
        f'"{text}" does not say what to set: write start, finish or duration, as in {example}.'
    )


def _complete(plan: Plan, text: str) -> Complete:
    if text in plan.index.items or "=" not in text:
        return Complete(item=plan.index.item(text).id)
    item, day = _split(text, "completed item", "SI1.1.3.7=2027-03-31")
    return Complete(item=plan.index.item(item).id, on=parse_moment(day))


def _meetings(plan: Plan, flags: Mapping[str, Any]) -> Iterator[Change]:
    for text in flags["cancel_meeting"]:
        board, day = _split(text, "meeting", "Cabinet=2027-01-05")
        yield CancelMeeting(board=plan.index.board(board).id, date=parse_moment(day))
    for text in flags["move_meeting"]:
        example = "Cabinet=2027-01-05..2027-01-12"
        board, days = _split(text, "meeting to move", example)
        day, _, to = days.partition("..")
        if not to:
            raise ScenarioError(
                f'"{text}" does not say when the board meets instead: write it like {example}.'
            )
        yield MoveMeeting(
            board=plan.index.board(board).id, date=parse_moment(day), to=parse_moment(to)
        )
    for text in flags["add_meeting"]:
        board, day = _split(text, "meeting", "Cabinet=2027-01-05")
        yield AddMeeting(board=plan.index.board(board).id, date=parse_moment(day))


def _away(plan: Plan, text: str) -> Away:
    name, days = _split(text, "time away", "dasc=2027-01-04..2027-01-29")
    first, dots, last = days.partition("..")
    return Away.model_validate(
        {
            "officer": plan.index.officer(name).id,
            "from": parse_moment(first),
            "to": parse_moment(last if dots else first),
        }
    )


def _reassign(plan: Plan, text: str) -> Reassign:
    """Read ``ID=FROM..TO``, or ``ID=TO`` where one officer is responsible for the item."""
    name, officers = _split(text, "new owner", "SI1.1.3.7=dasc..cx")
    item = plan.index.item(name)
    old, dots, to = officers.rpartition("..")
    if dots:
        officer = plan.index.officer(old.strip())
    else:
        holders = plan.index.officers_of(item.id)
        if len(holders) != 1:
            raise ScenarioError(
                f"{len(holders) or 'No'} officers are responsible for {item.name}: "
                f"name whom it passes from, as in {item.id}=dasc..cx."
            )
        officer = holders[0]
    return Reassign(item=item.id, officer=officer.id, to=plan.index.officer(to.strip()).id)


def _add_link(plan: Plan, text: str) -> AddLink:
    start, end, kind, lag = _link(plan, text)
    span = parse_span(lag, words=True) if lag else ZERO
    return AddLink.model_validate({"from": start, "to": end, "type": kind or "FS", "lag": span})


def _remove_link(plan: Plan, text: str) -> RemoveLink:
    start, end, kind, _ = _link(plan, text)
    return RemoveLink.model_validate({"from": start, "to": end, "type": kind})


def _link(plan: Plan, text: str) -> tuple[str, str, str | None, str | None]:
    match = _LINK.fullmatch(text)
    if match is None:
        raise ScenarioError(f'"{text}" is not a link: write it like "SI1.1.3.7>SI1.1.3.8 FS+10d".')
    lag = match["lag"]
    spoken = lag[0] + lag[1:].strip() if lag else None
    return (
        plan.index.item(match["start"]).id,
        plan.index.item(match["end"]).id,
        match["type"],
        spoken,
    )


def _split(text: str, what: str, example: str) -> tuple[str, str]:
    """Split ``ID=VALUE`` at the last ``=``, because an id may hold one."""
    name, equals, value = text.rpartition("=")
    if not (equals and name.strip() and value.strip()):
        raise ScenarioError(f'"{text}" is not a {what}: write it like {example}.')
    return name.strip(), value.strip()
