"""From the flags of ``whatif`` to the changes of a scenario (DESIGN section 4, scenario file)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

import click

from graphmodel.errors import ScenarioError
from graphmodel.links import LINK_TYPES
from graphmodel.moments import parse_moment
from graphmodel.people import Role
from graphmodel.scenario import (
    AddLink,
    CancelItem,
    Complete,
    RemoveLink,
    Scenario,
    SetDates,
    Slip,
    SlipGroup,
)
from graphmodel.spans import ZERO, parse_span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change

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
    ("add-link", '"A>B TYPE+LAG"', 'Add a dependency, such as "SI1.1>SI1.2 FS+10d".'),
    ("remove-link", '"A>B"', "Take a dependency away."),
    ("complete", "ID[=DATE]", "An item is done, on this date or as its own dates say."),
    ("cancel-item", "ID", "An item is dropped."),
)  # fmt: skip


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add one repeatable flag for each kind of change, ``--roles`` and ``--scenario``."""
    decorators = [
        click.option(f"--{name}", multiple=True, metavar=metavar, help=text)
        for name, metavar, text in _FLAGS
    ]
    decorators.append(
        click.option(
            "--role",
            "roles",
            multiple=True,
            type=click.Choice(get_args(Role)),
            default=("responsible",),
            show_default=True,
            help="Roles that --slip-officer means; may be repeated.",
        )
    )
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
    yield from (_set(plan, text) for text in flags["set"])
    yield from (_add_link(plan, text) for text in flags["add_link"])
    yield from (_remove_link(plan, text) for text in flags["remove_link"])
    yield from (_complete(plan, text) for text in flags["complete"])
    yield from (CancelItem(item=index.item(text).id) for text in flags["cancel_item"])
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


def _set(plan: Plan, text: str) -> SetDates:
    example = "SI1.1.3.7:finish=2027-03-31"
    name, value = _split(text, "date to set", example)
    item, _, field = name.rpartition(":")
    if field in {"start", "finish"} and item:
        return SetDates.model_validate(
            {"item": plan.index.item(item).id, field: parse_moment(value)}
        )
    if field == "duration" and item:
        return SetDates(item=plan.index.item(item).id, duration=parse_span(value, words=True))
    raise ScenarioError(
        f'"{text}" does not say what to set: write start, finish or duration, as in {example}.'
    )


def _complete(plan: Plan, text: str) -> Complete:
    if text in plan.index.items or "=" not in text:
        return Complete(item=plan.index.item(text).id)
    item, day = _split(text, "completed item", "SI1.1.3.7=2027-03-31")
    return Complete(item=plan.index.item(item).id, on=parse_moment(day))


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
