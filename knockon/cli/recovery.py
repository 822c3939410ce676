"""What would stop it, for ``knockon whatif --recover``: options, text, and the file of cures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.errors import ScenarioError
from graphmodel.files import write_text
from graphmodel.words import count
from knockon.cli.console import complain, say, say_wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphmodel.scenario import Scenario
    from simulations.recovery.results import Recovery, RuleRecovery
    from simulations.scenarios import Baseline

__all__ = ["find_recovery", "recovery_options", "say_recovery", "write_cures"]

#: Single cures that are printed of one item, and items of which they are printed.
_CURES: Final = 6
_ITEMS: Final = 12


def recovery_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--recover``, ``--cost`` and ``--save-cures``."""
    recover = click.option(
        "--recover",
        is_flag=True,
        help="Say what would stop it: single cures, and the least that mends everything.",
    )
    costs = click.option(
        "--cost",
        "costs",
        multiple=True,
        metavar="ID=NUMBER",
        help="What a day of an item, a board or a link (A>B) costs in a set of cures (1).",
    )
    cures = click.option(
        "--save-cures",
        metavar="cures.json",
        help="Write the scenario with the least that mends everything as a scenario file.",
    )
    return recover(costs(cures(command)))


def find_recovery(
    baseline: Baseline, scenario: Scenario, flags: Mapping[str, Any]
) -> Recovery | None:
    """Return what would stop a scenario, None where no flag asks for it.

    Parameters
    ----------
    flags
        What click made of the options of `recovery_options`.

    Raises
    ------
    KnockonError
        A cost cannot be read, or is for nothing in the plan.
    """
    if not (flags["recover"] or flags["costs"] or flags["save_cures"] is not None):
        return None
    from simulations.recovery.run import recover  # noqa: PLC0415 - heavy

    return recover(baseline, scenario, costs=dict(map(_cost, flags["costs"])))


def _cost(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition("=")
    try:
        cost = float(number) if name.strip() else None
    except ValueError:
        cost = None
    if cost is None:
        raise ScenarioError(f'"{text}" is not what a day costs: write it like SI1.1.3.7=2.5.')
    return name.strip(), cost


def write_cures(recovery: Recovery, path: str) -> None:
    """Write the scenario with the smallest set of cures, of the rule that needs one.

    Raises
    ------
    ScenarioError
        There is none: nothing is late, or nothing mends it.
    """
    from graphmodel.planfile import dump_scenario  # noqa: PLC0415 - rarely needed

    best = recovery.spare.smallest_set or recovery.work.smallest_set
    if best is None:
        raise ScenarioError(f'There are no cures to write to "{path}": {_reason(recovery)}.')
    write_text(path, dump_scenario(best.scenario))
    complain(f"Written: {path}")


def _reason(recovery: Recovery) -> str:
    late = recovery.spare.late or recovery.work.late
    return "no set of cures mends what is late" if late else "nothing becomes late"


def say_recovery(recovery: Recovery) -> None:
    """Print the cures under each rule for gaps, in one where both ask for the same."""
    from simulations.recovery.wording import is_same  # noqa: PLC0415 - heavy

    say("What would stop it")
    say()
    if not (recovery.spare.late or recovery.work.late):
        say("Nothing becomes late, whether the gaps are spare or work: there is nothing to mend.")
        say()
        return
    _say_rule(recovery, recovery.spare)
    if is_same(recovery):
        say("The same holds if the gaps are work.")
        say()
    else:
        _say_rule(recovery, recovery.work)


def _say_rule(recovery: Recovery, found: RuleRecovery) -> None:
    from simulations.recovery.wording import tell_cure  # noqa: PLC0415 - heavy

    for sentence in found.sentences:
        say_wrapped(sentence)
    best = found.smallest_set
    for cure in () if best is None else best.cures:
        say_wrapped(f"- {tell_cure(cure)}", indent=2)
    say()
    _say_singles(recovery, found)


def _say_singles(recovery: Recovery, found: RuleRecovery) -> None:
    from simulations.recovery.wording import pick_cures, tell_cure, tell_late  # noqa: PLC0415

    for item in found.late[:_ITEMS]:
        say_wrapped(tell_late(recovery.plan, item))
        told = pick_cures(item.cures, _CURES)
        for cure in told:
            say_wrapped(f"- {tell_cure(cure)}", indent=2)
        if len(told) < len(item.cures):
            say(f"  - and {len(item.cures) - len(told)} more: --json lists them all.")
        say()
    if len(found.late) > _ITEMS:
        say(f"And {count(len(found.late) - _ITEMS, 'other late item')}: --json lists them all.")
        say()
