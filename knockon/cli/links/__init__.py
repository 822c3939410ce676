"""``knockon links``: dependencies that nobody wrote down, proposed, reviewed, decided."""

from __future__ import annotations

import click

from knockon.cli.main import LazyGroup

__all__ = ["command"]

_COMMANDS = {
    "suggest": "knockon.cli.links.suggest",
    "review": "knockon.cli.links.review",
    "export": "knockon.cli.links.export",
}


@click.command("links", cls=LazyGroup, modules=_COMMANDS)
def command() -> None:
    """Propose links that nobody wrote down, and have them reviewed.

    suggest shows candidates with the words that speak for them; review decides on them, one key
    each; export writes them to Excel, from where "knockon load" takes the decisions back.
    """
