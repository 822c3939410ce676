"""A plan with what is suggested for it, and the options that choose among the suggestions."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.suggest import Suggestions

__all__ = ["confidence_option", "open_suggested", "rule_options"]

F = TypeVar("F", bound="Callable[..., Any]")

confidence_option: Final = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="NUMBER",
    help="Leave out what is less sure than this, 0 to 1.",
)


def rule_options(command: F) -> F:
    """Add ``--without`` and ``--only``."""
    without = click.option(
        "--without",
        multiple=True,
        metavar="RULE",
        help="Switch a rule off; may be repeated. knockon links suggest --rules lists them.",
    )
    only = click.option(
        "--only", multiple=True, metavar="RULE", help="Use this rule only; may be repeated."
    )
    return without(only(command))


@contextmanager
def open_suggested(
    path: str,
    registers: Sequence[str] = (),
    *,
    without: Sequence[str] = (),
    only: Sequence[str] = (),
) -> Iterator[Suggestions]:
    """Give the plan in a file with what is suggested for it to the commands inside.

    Raises
    ------
    KnockonError
        A file cannot be read, there is no plan in it, or no rule has that name.
    """
    with open_plan(path, registers) as plan:
        yield _suggest(plan, without, only)


def _suggest(plan: Plan, without: Sequence[str], only: Sequence[str]) -> Suggestions:
    from loaders.suggest.suggest import suggest  # noqa: PLC0415 - heavy

    with show_progress() as tell:
        return suggest(plan, without=without, only=only or None, progress=tell)
