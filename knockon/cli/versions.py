"""``knockon versions``: what a store holds; deleting from it, and salvage of a damaged file."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.errors import StoreError
from graphmodel.words import count
from knockon.cli.console import say, say_json, say_table, say_wrapped
from knockon.cli.options import json_option
from knockon.cli.stores import opened, pack_scenario, pack_version, store_option, tell_when
from viz.words import show_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.stores.store import Store, StoredScenario, StoredVersion

__all__ = ["command"]

_NONE: Final = "-"


@click.command("versions")
@click.argument("plan", metavar="[PLAN_ID]", required=False)
@store_option
@json_option
@click.option("--delete", metavar="N|all", help="Delete version N, or the whole plan.")
@click.option("--delete-scenario", metavar="NAME", help="Delete the scenario of this name.")
@click.option("--yes", is_flag=True, help="Do delete.")
@click.option(
    "--salvage",
    metavar="FOLDER",
    help="Write what can still be read of a damaged store file to a new folder.",
)
def command(
    plan: str | None,
    store: str | None,
    delete: str | None,
    delete_scenario: str | None,
    salvage: str | None,
    *,
    as_json: bool,
    yes: bool,
) -> None:
    """List the plans in a store, or the versions and scenarios of one.

    What is deleted cannot be got back: --delete and --delete-scenario only say what would go,
    unless --yes is given too.
    """
    tasks = [delete, delete_scenario, salvage]
    if sum(task is not None for task in tasks) > 1 or (as_json and any(tasks)):
        raise click.UsageError("--delete, --delete-scenario, --salvage and --json go one by one.")
    if salvage is not None:
        _salvage(store, salvage)
        return
    with opened(store) as kept:
        if delete is not None or delete_scenario is not None:
            if plan is None:
                raise click.UsageError("Say of which plan something is to be deleted: PLAN_ID.")
            _delete(kept, plan, delete, delete_scenario, yes=yes)
            return
        versions = kept.versions(plan)
        if plan is not None and not versions:
            kept.load(plan)  # which says that there is none, and what there is
        scenarios = [one for name in _plans(versions) for one in kept.scenarios(name)]
    if as_json:
        say_json(
            {
                "versions": [pack_version(one) for one in versions],
                "scenarios": [pack_scenario(one) for one in scenarios],
            }
        )
    else:
        _say(versions, scenarios)


def _plans(versions: Sequence[StoredVersion]) -> list[str]:
    return list(dict.fromkeys(one.plan for one in versions))


def _say(versions: Sequence[StoredVersion], scenarios: Sequence[StoredScenario]) -> None:
    names = _plans(versions)
    if not names:
        say("The store is empty.")
    elif len(names) == 1:
        _say_versions(versions)
        _say_scenarios(scenarios)
    else:
        rows = [_plan_row(list(group)) for _, group in groupby(versions, key=lambda one: one.plan)]
        heads = ("Plan", "Versions", "Newest of", "Saved (UTC)", "By")
        say_table(count(len(names), "plan"), heads, rows)
        say('"knockon versions PLAN_ID" lists the versions of one.')


def _plan_row(versions: Sequence[StoredVersion]) -> tuple[str, ...]:
    newest = versions[-1]
    title = f"  {newest.title}" if newest.title else ""
    return (
        f"{newest.plan}{title}",
        f"{len(versions):,}",
        show_date(newest.as_of, missing=_NONE),
        show_date(newest.saved_at),
        newest.author or _NONE,
    )


def _say_versions(versions: Sequence[StoredVersion]) -> None:
    newest = versions[-1]
    title = f" “{newest.title}”" if newest.title else ""
    say_wrapped(f"{newest.plan}{title}: {count(len(versions), 'version')}")
    say()
    rows = [
        (
            f"{one.number}  {one.note or ''}".rstrip(),
            show_date(one.as_of, missing=_NONE),
            show_date(one.saved_at),
            one.author or _NONE,
            f"{one.items:,}",
            f"{one.links:,}",
        )
        for one in versions
    ]
    say_table("Versions, the oldest first", _HEADS, rows)


_HEADS: Final = ("Version", "Of", "Saved (UTC)", "By", "Items", "Links")


def _say_scenarios(scenarios: Sequence[StoredScenario]) -> None:
    rows = [
        (
            str(one.scenario.name),
            f"{len(one.scenario.changes):,}",
            show_date(one.saved_at),
            one.author or _NONE,
        )
        for one in scenarios
    ]
    if rows:
        say_table("Scenarios", ("Scenario", "Changes", "Saved (UTC)", "By"), rows)


def _delete(
    kept: Store, plan: str, version: str | None, scenario: str | None, *, yes: bool
) -> None:
    """Delete what is told, or raise what says what would go."""
    if scenario is not None:
        _confirm(f'the scenario "{scenario}" of {plan}', yes=yes)
        kept.delete_scenario(plan, scenario)
        say_wrapped(f"Deleted: scenario “{scenario}” of {plan}.")
        return
    number = _number(version)
    versions = kept.versions(plan)
    if number is None:
        what = f"the whole of {plan}, {count(len(versions), 'version')} and its scenarios"
        _confirm(what, yes=yes or not versions)
        say_wrapped(f"Deleted: {count(kept.delete(plan), 'version')} of {plan}, and its scenarios.")
        return
    chosen = [one for one in versions if one.number == number]
    told = "".join(f", {tell_when(one)}" for one in chosen)
    _confirm(f"version {number} of {plan}{told}", yes=yes or not chosen)
    kept.delete(plan, number)
    say_wrapped(f"Deleted: version {number} of {plan}{told}.")


def _number(version: str | None) -> int | None:
    """Return which version is meant; None for all."""
    if version is None or version.lower() == "all":
        return None
    if not version.isdecimal():
        raise click.UsageError(f'"{version}" is no version to delete: give its number, or all.')
    return int(version)


def _confirm(what: str, *, yes: bool) -> None:
    if not yes:
        raise StoreError(f"This would delete {what}, for good: add --yes to do so.")


def _salvage(store: str | None, folder: str) -> None:
    from graphmodel.stores.opening import find_store  # noqa: PLC0415 - heavy
    from graphmodel.stores.salvage import LIST_NAME, salvage  # noqa: PLC0415

    where = find_store(store)
    if "://" in where:
        raise click.UsageError("Only a store that is a file can be salvaged: name it by --store.")
    saved = salvage(where, folder)
    rows: list[tuple[Any, ...]] = [
        (
            one.file.name,
            one.plan,
            f"version {one.number}" if one.name is None else f"scenario {one.name}",
            "" if one.is_certain else "perhaps: what is said of it was damaged",
        )
        for one in saved
    ]
    say_table(f"Saved to {folder}", ("File", "Plan", "What", ""), rows)
    say_wrapped(
        f"{LIST_NAME} lists them with their notes. A number that is missing was deleted, or cannot "
        "be read. To go on, push them to a new store, the oldest first."
    )
