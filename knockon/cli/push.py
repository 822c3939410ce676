"""``knockon push``: a plan becomes the next version in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from knockon.cli.console import say_json, say_wrapped
from knockon.cli.options import json_option, plan_argument, with_option
from knockon.cli.reading import open_plan
from knockon.cli.stores import (
    author_option,
    find_author,
    opened,
    pack_version,
    store_option,
    tell_size,
    tell_when,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.stores.store import Store, StoredVersion

__all__ = ["command"]


@click.command("push")
@plan_argument
@with_option
@store_option
@click.option("--note", metavar="TEXT", help="What is new in this version.")
@author_option
@click.option(
    "--after",
    type=click.IntRange(min=0),
    metavar="N",
    help="Save only if version N is still the newest (0: none), so that nobody's work is missed.",
)
@click.option(
    "--scenario",
    "scenarios",
    multiple=True,
    metavar="FILE",
    help="Keep this scenario with the plan, under its name; may be repeated.",
)
@json_option
def command(
    plan: str,
    registers: tuple[str, ...],
    store: str | None,
    note: str | None,
    author: str | None,
    after: int | None,
    scenarios: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Save PLAN as the next version in a store.

    The store is a file, made where it is missing, or a Neo4j server. Every version stays as it was
    saved. A plan that equals its newest version is not saved again.
    """
    from graphmodel.planfile import read_scenario  # noqa: PLC0415 - heavy

    changes = [read_scenario(file) for file in scenarios]
    with open_plan(plan, registers) as given, opened(store, create=True) as kept:
        before = kept.versions(given.id)
        newest = before[-1] if before else None
        if after is None:  # who saves between here and there must not go unseen
            after = 0 if newest is None else newest.number
        who = find_author(author)
        saved = kept.save(given, note=note, author=who, after=after)
        replaced = _save_scenarios(kept, given, changes, who)
    if as_json:
        answer = {
            "saved": newest is None or newest.number != saved.number,
            **pack_version(saved),
            "scenarios": [one.name for one in changes],
        }
        say_json(answer)
        return
    _say_version(saved, newest, note)
    for one in changes:
        again = ", in the place of the one of that name" if one.name in replaced else ""
        say_wrapped(f"Scenario “{one.name}” saved with it{again}.")


def _save_scenarios(
    kept: Store, plan: Plan, changes: Sequence[Scenario], author: str | None
) -> set[str | None]:
    """Keep scenarios; return the names under which others were kept."""
    names = {one.scenario.name for one in kept.scenarios(plan.id)} if changes else set()
    for one in changes:
        kept.save_scenario(plan.id, one, author=author)
    return names


def _say_version(saved: StoredVersion, before: StoredVersion | None, note: str | None) -> None:
    named = f"{saved.plan}, version {saved.number}"
    if before is not None and before.number == saved.number:
        lost = " The note was not kept." if note and note != saved.note else ""
        say_wrapped(
            f"Nothing is new: the plan equals {named}, {tell_when(saved)}. It was not saved "
            f"again.{lost}"
        )
        return
    say_wrapped(f"Saved: {named} ({tell_size(saved)}).")
    if before is not None:
        said = f": {before.note}" if before.note else ""
        say_wrapped(
            f"Before it: version {before.number} ({tell_size(before)}), {tell_when(before)}{said}"
        )
        if before.title != saved.title:
            say_wrapped(f"Its title was “{before.title}”, now it is “{saved.title}”.")
