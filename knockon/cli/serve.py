"""``knockon serve``: the local page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.errors import MissingExtraError
from knockon.cli.console import say, say_wrapped
from knockon.cli.options import as_of_option, with_option
from knockon.cli.progress import show_progress
from knockon.cli.stores import fetch_stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knockon.local.desk import Desk
    from loaders.loaded import Loaded

__all__ = ["command"]


@click.command("serve")
@click.argument("files", metavar="[PLAN]...", nargs=-1)
@with_option
@as_of_option
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8765,
    show_default=True,
    metavar="N",
    help="Port of the page; 0 takes one that is free.",
)
@click.option(
    "--token/--no-token",
    default=True,
    show_default=True,
    help="Let in only who has the address with the token, or anybody on this machine.",
)
@click.option(
    "--open/--no-open", "in_browser", default=True, show_default=True, help="Open a browser."
)
def command(
    files: tuple[str, ...],
    *,
    registers: tuple[str, ...],
    as_of: str | None,
    port: int,
    token: bool,
    in_browser: bool,
) -> None:
    """Show PLAN as pages in your browser.

    Map, what-if, owners, boards, risk and health on one local page, and the same as JSON for
    other programs. Only this machine can reach it, and nothing is sent anywhere. Each PLAN is a
    plan of its own; registers given by --with are added to each.
    """
    desk = _make_desk(files, registers, as_of)
    from knockon.local.serving import serve  # noqa: PLC0415 - heavy

    def greet(address: str) -> None:
        say(address)
        say_wrapped("Open this address in a browser on this machine. Ctrl-C stops the page.")
        sys.stdout.flush()
        if in_browser:
            import webbrowser  # noqa: PLC0415 - only here

            webbrowser.open(address)

    serve(desk, port=port, with_token=token, ready=greet)
    say("Stopped.")


def _make_desk(files: Sequence[str], registers: Sequence[str], as_of: str | None) -> Desk:
    """Return a desk with these plans on it.

    Raises
    ------
    MissingExtraError
        A package of the extra ``serve`` is not installed.
    KnockonError
        A file cannot be read, or there is no plan in it.
    """
    for package in ("fastapi", "uvicorn", "python_multipart"):
        try:
            __import__(package)
        except ImportError:
            name = package.replace("_", "-")
            raise MissingExtraError(name, "serve", "The local page") from None
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy
    from knockon.local.desk import Desk  # noqa: PLC0415

    status = None if as_of is None else parse_moment(as_of)
    desk = Desk()
    for file in reversed(files):
        loaded = _load([file, *registers])
        plan = loaded.plan if status is None else loaded.plan.as_of_date(status)
        names = [Path(one).name for one in (file, *registers)]
        desk.lobby.put(plan, files=names, problems=loaded.problems, notes=loaded.notes)
    return desk


def _load(files: Sequence[str]) -> Loaded:
    """Read the files of one plan, out of a store where they are there."""
    from loaders.load import load  # noqa: PLC0415 - heavy
    from loaders.watching import listening  # noqa: PLC0415

    with fetch_stored(files) as fetched, show_progress() as tell, listening(tell):
        return load(fetched)
