"""What every store refuses, in the same words whatever it is made of."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from graphmodel.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.scenario import Scenario
    from graphmodel.stores.store import StoredVersion

__all__ = [
    "check_after",
    "name_of",
    "no_plan",
    "no_scenario",
    "no_version",
    "only_version",
    "plain",
]

#: Plans or versions that a message names.
_SHOWN: Final = 5


def check_after(where: str, plan: str, newest: StoredVersion | None, after: int | None) -> None:
    """Refuse a version that was made without knowing the newest one.

    ``where`` is the store as messages name it; so it is below.
    """
    if after is None or after == (newest.number if newest else 0):
        return
    if newest is None:
        raise StoreError(
            f'{where} holds no version of "{plan}", but version {after} was expected: '
            "nothing was saved."
        )
    by = f" by {newest.author}" if newest.author else ""
    raise StoreError(
        f'{where} has version {newest.number} of "{plan}", saved{by} on '
        f"{newest.saved_at:%Y-%m-%d at %H:%M} UTC, where you know of {after}: nothing was "
        "saved; see what is new in it, then push again."
    )


def no_plan(where: str, plan: str, held: Sequence[str]) -> StoreError:
    """Return the error for a plan that is not there; ``held`` are those that are."""
    near = get_close_matches(plan, held, n=3)
    names = ", ".join(f'"{one}"' for one in near or held[:_SHOWN])
    more = ", …" if not near and len(held) > _SHOWN else ""
    hint = f"did you mean {names}?" if near else f"it holds {names or 'none at all'}{more}."
    return StoreError(f'{where} holds no plan "{plan}": {hint}')


def no_version(where: str, plan: str, number: int, kept: Sequence[StoredVersion]) -> StoreError:
    """Return the error for a version that is not there; ``kept`` are those that are."""
    numbers = ", ".join(str(one.number) for one in kept[-_SHOWN:])
    return StoreError(
        f'{where} holds no version {number} of "{plan}"; the newest it holds: {numbers}.'
    )


def only_version(where: str, plan: str, number: int) -> StoreError:
    """Return the error for taking out the only version of a plan."""
    return StoreError(
        f'Version {number} is the only one of "{plan}" in {where}: '
        "delete the whole plan, or keep it."
    )


def no_scenario(where: str, plan: str, name: str) -> StoreError:
    """Return the error for a scenario that is not there."""
    return StoreError(f'"{plan}" has no scenario "{name}" in {where}.')


def name_of(plan: str, scenario: Scenario) -> str:
    """Return the name a scenario is kept under; raises `StoreError` where it has none."""
    if not scenario.name:
        raise StoreError('The scenario has no name to be kept under: give it one in "name".')
    if scenario.plan not in {None, plan}:
        raise StoreError(
            f'Scenario "{scenario.name}" is one of the plan "{scenario.plan}", not of "{plan}".'
        )
    return scenario.name


def plain(text: str | None) -> str | None:
    """Return what a person wrote as it can be kept; None for nothing."""
    kept = (text or "").encode("utf-8", errors="replace").decode("utf-8").strip()
    return kept or None
