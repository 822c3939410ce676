"""Arguments and options that several commands share, worded once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from graphmodel.errors import FileError
from graphmodel.words import join_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "as_of_option",
    "check_ending",
    "gaps_option",
    "json_option",
    "link_options",
    "plan_argument",
    "with_option",
]

F = TypeVar("F", bound="Callable[..., Any]")

#: PLAN: any file that ``load`` reads.
plan_argument: Final = click.argument("plan", metavar="PLAN")

with_option: Final = click.option(
    "--with",
    "registers",
    multiple=True,
    metavar="FILE",
    help="Add another file to the plan, such as a register of links; may be repeated.",
)

as_of_option: Final = click.option(
    "--as-of",
    metavar="DATE",
    help="Status date, such as 2026-11-30: what is not done by then lies after it.",
)

json_option: Final = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

gaps_option: Final = click.option(
    "--gaps",
    type=click.Choice(["spare", "work"]),
    default="spare",
    show_default=True,
    help="Read the gap before a date with no start as spare time or as work.",
)


def link_options(command: F) -> F:
    """Add ``--links`` and ``--min-confidence``."""
    links = click.option(
        "--links",
        type=click.Choice(["accepted", "proposed"]),
        default="accepted",
        show_default=True,
        help="Follow accepted links only, or proposed ones too.",
    )
    confidence = click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        metavar="NUMBER",
        help="Follow proposed links from this confidence on.",
    )
    return links(confidence(command))


def check_ending(path: str | None, endings: Sequence[str]) -> None:
    """Refuse, before any work is done, a file name whose ending says another format.

    Raises
    ------
    FileError
        The name does not end as it should.
    """
    if path is not None and not path.lower().endswith(tuple(endings)):
        told = join_words([one for one in endings if one != ".htm"], last="or")
        raise FileError(f'"{path}" cannot be written: name it with the ending {told}.')
