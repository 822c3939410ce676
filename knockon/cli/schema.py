"""``knockon schema``: the JSON Schema of the plan file."""

from __future__ import annotations

import json

import click

from graphmodel.files import write_text
from knockon.cli.console import say, say_json
from knockon.cli.options import check_ending

__all__ = ["command"]


@click.command("schema")
@click.option("-o", "--output", metavar="FILE.json", help="Write it to this file instead.")
def command(output: str | None) -> None:
    """Print the JSON Schema of the plan file, knockon/plan@1."""
    from graphmodel.planfile import plan_schema  # noqa: PLC0415 - heavy

    check_ending(output, [".json"])
    schema = plan_schema()
    if output is None:
        say_json(schema)
        return
    write_text(output, json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
    say(f"Written: {output}")
