"""The option ``--role`` of the commands that ask for what is an officer's.

Apart from the other options, because the roles are those of the plan model, which takes a moment to
load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

import click

from graphmodel.people import Role

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["role_option"]

#: What the option says where a command is about officers.
_THEIRS: Final = "Roles that make an item an officer's; may be repeated."


def role_option(text: str = _THEIRS) -> Callable[[Any], Any]:
    """Return the option ``--role``, which gives ``roles``; ``text``: its help."""
    return click.option(
        "--role",
        "roles",
        multiple=True,
        type=click.Choice(get_args(Role)),
        default=("responsible",),
        show_default=True,
        help=text,
    )
