"""``knockon links review``: one proposal after the other, one key for each decision."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from graphmodel.errors import FileError, KnockonError
from graphmodel.words import count
from knockon.cli.console import say
from knockon.cli.links.opening import confidence_option, open_suggested, rule_options
from knockon.cli.options import plan_argument, with_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.plan import Plan
    from knockon.cli.links.desk import DecisionFile
    from knockon.cli.links.reviewing import Review
    from loaders.review.proposals import Order, Proposal

__all__ = ["command", "hold_review"]


@click.command("review")
@plan_argument
@with_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Where decisions go: a plan file, or a register (.csv, .xlsx). Else PLAN itself.",
)
@click.option("--by", metavar="NAME", help="Who decides; the name you are logged in with.")
@confidence_option
@click.option(
    "--rule", "shown", multiple=True, metavar="RULE", help="Review this rule only; may be repeated."
)
@click.option(
    "--order",
    type=click.Choice(["best", "clashes", "plan"]),
    default="best",
    show_default=True,
    help="The surest first, what clashes first, or as the plan lists them.",
)
@rule_options
def command(  # noqa: PLR0913 - one for each option
    plan: str,
    *,
    registers: tuple[str, ...],
    output: str | None,
    by: str | None,
    min_confidence: float,
    shown: tuple[str, ...],
    order: Order,
    without: tuple[str, ...],
    only: tuple[str, ...],
) -> None:
    """Decide on the proposed links, gates and outside events of PLAN, one key each.

    Suggestions are looked for first. Every decision is saved at once, with who, when and why; end
    at any time and go on another day. On a terminal only: "knockon links export" makes the same
    list for Excel.
    """
    from knockon.cli.links.desk import DecisionFile, find_files  # noqa: PLC0415 - heavy
    from loaders.review.proposals import list_open  # noqa: PLC0415

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError(
            "A review needs a terminal: for Excel use  knockon links export PLAN -o links.xlsx ."
        )
    path, files = find_files(plan, output)
    kept = DecisionFile.at(path)
    who = by or _login()
    first, *others = files
    with open_suggested(first, [*others, *registers], without=without, only=only) as found:
        _check_rules(found.plan, shown)
        queue = list_open(found.plan, min_confidence=min_confidence, rules=shown, order=order)
        if not queue:
            say("Nothing waits for a decision.")
            return
        hold_review(found.plan, queue, kept, who)


def hold_review(
    plan: Plan,
    queue: Sequence[Proposal],
    kept: DecisionFile,
    by: str,
    *,
    clock: Callable[[], datetime] = datetime.now,
) -> None:
    """Show one proposal after the other until the person quits, and save each decision."""
    from rich.console import Console  # noqa: PLC0415 - heavy

    from knockon.cli.links.keys import reading_keys  # noqa: PLC0415
    from knockon.cli.links.reviewing import Review  # noqa: PLC0415
    from knockon.cli.links.screen import draw, sum_up  # noqa: PLC0415
    from loaders.review.docket import Docket  # noqa: PLC0415

    console = Console(highlight=False)
    review = Review(Docket(plan), queue, by, lambda: clock().replace(second=0, microsecond=0))
    with reading_keys() as read:
        while not review.is_over:
            draw(console, review)
            for key in read():
                if review.press(key):
                    _save(review, kept)
                if review.is_over:
                    break
    console.clear()
    say(f"{sum_up(review.tally)}; {count(review.left, 'proposal')} left.")
    if review.tally.decided:
        say(f"Written: {kept.path}")


def _save(review: Review, kept: DecisionFile) -> None:
    try:
        kept.save(review.docket.plan())
    except KnockonError as error:
        review.fail(str(error))


def _login() -> str:
    import getpass  # noqa: PLC0415 - asked for here only

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        raise FileError("Nobody is logged in by name: say who decides with  --by NAME .") from None


def _check_rules(plan: Plan, shown: Sequence[str]) -> None:
    """Refuse a rule that there is not, and none of the plan's proposals names."""
    from loaders.review.proposals import list_all, rule_of  # noqa: PLC0415 - heavy
    from loaders.suggest.registry import RULES  # noqa: PLC0415

    these = (getattr(plan, one.group)[one.place] for one in list_all(plan))
    known = dict.fromkeys([*RULES, *filter(None, map(rule_of, these))])
    for rule in shown:
        if rule not in known:
            raise click.UsageError(f'There is no rule "{rule}": choose {", ".join(known)}.')
