"""The command ``knockon``: finds the sub-command, and turns every failure into one sentence."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.errors import KnockonError
from knockon.cli.console import complain, drop_output, prepare_streams, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COMMANDS", "LazyGroup", "cli", "main", "run"]

#: Each command and the module whose ``command`` it is, in the order of the help page.
COMMANDS: Final = {
    "load": "knockon.cli.load",
    "show": "knockon.cli.show",
    "whatif": "knockon.cli.whatif",
    "reach": "knockon.cli.reach",
    "schedule": "knockon.cli.schedule",
    "trace": "knockon.cli.trace",
    "owners": "knockon.cli.owners",
    "boards": "knockon.cli.boards",
    "risk": "knockon.cli.risk",
    "check": "knockon.cli.check",
    "links": "knockon.cli.links",
    "compare": "knockon.cli.compare",
    "map": "knockon.cli.map",
    "report": "knockon.cli.report",
    "serve": "knockon.cli.serve",
    "push": "knockon.cli.push",
    "pull": "knockon.cli.pull",
    "versions": "knockon.cli.versions",
    "cypher": "knockon.cli.cypher",
    "template": "knockon.cli.template",
    "export": "knockon.cli.export",
    "schema": "knockon.cli.schema",
    "demo": "knockon.cli.demo",
}

_USED_WRONGLY: Final = 2
_INTERRUPTED: Final = 130


class _ReaderGoneError(Exception):
    """Whoever read our output has closed the pipe; click would leave with exit code 1."""


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command is asked for."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = dict(modules)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order they are declared."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command's module, or return None where there is no such command."""
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        command: click.Command = import_module(module).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _ReaderGoneError from None


@click.command(
    cls=LazyGroup,
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="knockon COMMAND --help tells more about each.",
    invoke_without_command=True,
)
@click.option("--version", is_flag=True, help="Print the version.")
@click.pass_context
def cli(ctx: click.Context, *, version: bool) -> None:
    """Say what else slips if this slips, by how much, and who owns it."""
    if version:
        say(f"knockon {_version()}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        say(ctx.get_help())


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run())


def run(args: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code (DESIGN section 6).

    0 done, 1 a check failed that was asked to fail, 2 wrong use or unusable input, 130
    interrupted. ``args`` are those of the process unless given.
    """
    prepare_streams()
    try:
        code = cli.main(args=args, prog_name="knockon", standalone_mode=False)
        sys.stdout.flush()
    except (_ReaderGoneError, BrokenPipeError):
        drop_output()
        return 0
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except KnockonError as error:
        complain(str(error))
        return _USED_WRONGLY
    except click.ClickException as error:
        complain(_usage_sentence(error))
        return _USED_WRONGLY
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        complain(_surprise(error))
        return _USED_WRONGLY
    return code if isinstance(code, int) else 0


def _version() -> str:
    from importlib import metadata  # noqa: PLC0415 - slow, and only asked for here

    try:
        return metadata.version("knockon")
    except metadata.PackageNotFoundError:
        return "from a checkout that is not installed"


def _usage_sentence(error: click.ClickException) -> str:
    message = error.format_message()
    if isinstance(error, click.NoSuchOption):  # click's own wording changes with its version
        hint = f" Did you mean {error.possibilities[0]}?" if error.possibilities else ""
        message = f'There is no option "{error.option_name}".{hint}'
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "knockon"
    return f"{message} ({command} --help tells how it is used.)"


def _surprise(error: Exception) -> str:
    if os.environ.get("KNOCKON_TRACEBACK"):
        import traceback  # noqa: PLC0415 - only here

        return "".join(traceback.format_exception(error)).rstrip()
    detail = " ".join(f"{type(error).__name__}: {error}".split())
    return (
        f"knockon met something it does not know how to handle ({detail}): please report it, "
        "with what KNOCKON_TRACEBACK=1 in the environment prints."
    )
