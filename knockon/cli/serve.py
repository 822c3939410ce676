"""``knockon serve``: the local page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphmodel.errors import MissingExtraError
from knockon.cli.console import say, say_wrapped
from knockon.cli.options import as_of_option

if TYPE_CHECKING:
    from knockon.local.desk import Desk

__all__ = ["command"]


@click.command("serve")
@click.argument("files", metavar="[PLAN]...", nargs=-1)
@as_of_option
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8765, show_default=True, metavar="N",
    help="Port of the page; 0 takes one that is free.",
)  # fmt: skip
@click.option(
    "--token/--no-token", default=True, show_default=True,
    help="Let in only who has the address with the token, or anybody on this machine.",
)  # fmt: skip
@click.option("--open/--no-open", "in_browser", default=True, help="Open a browser, or not.")
def command(
    files: tuple[str, ...], *, as_of: str | None, port: int, token: bool, in_browser: bool
) -> None:
    """Show PLAN as pages in your browser: map, what-if, owners, risk.

    Only this machine can reach the page, and nothing is sent anywhere. Each PLAN is a plan of its
    own; more files of one plan are dropped in on the page.
    """
    desk = _make_desk(files, as_of)
    from knockon.local.serving import serve  # noqa: PLC0415 - heavy

    def greet(address: str) -> None:
        say(address)
        say_wrapped("Open this address in a browser on this machine. Ctrl-C stops the page.")
        if in_browser:
            import webbrowser  # noqa: PLC0415 - only here

            webbrowser.open(address)

    serve(desk, port=port, with_token=token, ready=greet)
    say("Stopped.")


def _make_desk(files: tuple[str, ...], as_of: str | None) -> Desk:
    """Return a desk with these plans on it.

    Raises
    ------
    MissingExtraError
        A package of the extra ``serve`` is not installed.
    """
    for package in ("fastapi", "uvicorn", "python_multipart"):
        try:
            __import__(package)
        except ImportError:
            name = package.replace("_", "-")
            raise MissingExtraError(name, "serve", "The local page") from None
    from graphmodel.moments import parse_moment  # noqa: PLC0415 - heavy
    from knockon.api import load  # noqa: PLC0415
    from knockon.local.desk import Desk  # noqa: PLC0415

    desk = Desk()
    for file in reversed(files):
        loaded = load(file)
        plan = loaded.plan if as_of is None else loaded.plan.as_of_date(parse_moment(as_of))
        desk.lobby.put(plan, files=[Path(file).name], problems=loaded.problems, notes=loaded.notes)
    return desk
