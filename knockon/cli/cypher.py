"""``knockon cypher``: a question from the Cypher library, asked of a plan in Neo4j."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from graphmodel.errors import StoreError
from graphmodel.words import count
from knockon.cli.console import say, say_json, say_wrapped
from knockon.cli.options import json_option
from knockon.cli.progress import show_progress
from knockon.cli.reading import open_plan
from knockon.cli.stores import find_author, opened, store_option
from viz.words import show_date

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.stores.neo4j_store import Neo4jStore
    from graphmodel.stores.store import Store
    from queries.cypher_library import Answer, Question

__all__ = ["command"]

_WIDE: Final = 2


@click.command("cypher")
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("plan", metavar="[PLAN]", required=False)
@store_option
@click.option("--version", type=click.IntRange(1), metavar="N", help="Of this version (else last).")
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="KEY=VALUE",
    help="What the question must be told; may be repeated.",
)
@click.option(
    "--scenario",
    metavar="FILE",
    help="First write back what this scenario moves, for newly_late and for display.",
)
@click.option(
    "--risk",
    "iterations",
    type=click.IntRange(1),
    metavar="N",
    help="First run the plan N times as knockon risk does, and write the odds back.",
)
@click.option("--list", "as_list", is_flag=True, help="Name every question, and what it is told.")
@click.option("--show", is_flag=True, help="Print the Cypher of NAME, to run it elsewhere.")
@json_option
def command(  # noqa: PLR0913 - one for each option
    name: str | None,
    plan: str | None,
    store: str | None,
    version: int | None,
    parameters: tuple[str, ...],
    scenario: str | None,
    iterations: int | None,
    *,
    as_list: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Ask a question NAME of the Cypher library about PLAN in Neo4j.

    PLAN is the id of a plan in the store, or a plan file whose id it has. The password is taken
    from NEO4J_PASSWORD.
    """
    from queries.cypher_library import ask, find_question  # noqa: PLC0415 - heavy

    if as_list or name is None:
        _list(as_json=as_json)
        return
    question = find_question(name)
    if show:
        say(question.cypher)
        return
    if plan is None:
        raise click.UsageError("Say of which plan: knockon cypher NAME PLAN.")
    given = dict(map(_split, parameters))
    with opened(store) as kept:
        neo4j = _as_neo4j(kept)
        plan_id, number = _find_version(neo4j, plan, version)
        if scenario is not None:
            written = _write_back(neo4j, plan_id, number, scenario)
            if any(one.name == "scenario" for one in question.parameters):
                given.setdefault("scenario", written)
        if iterations is not None:
            _write_risk(neo4j, plan_id, number, iterations)
        answer = ask(neo4j, question, plan_id, number, given)
    say_json(_pack(answer)) if as_json else _say(answer, question)


def _as_neo4j(store: Store) -> Neo4jStore:
    """Refuse a store that does not speak Cypher."""
    from graphmodel.stores.neo4j_store import Neo4jStore  # noqa: PLC0415 - heavy

    if not isinstance(store, Neo4jStore):
        raise StoreError(
            "Cypher questions are asked of a Neo4j server, and this store is a file: "
            "name the server with --store neo4j://HOST."
        )
    return store


def _find_version(store: Neo4jStore, plan: str, number: int | None) -> tuple[str, int]:
    """Return the id of a plan and the number of the version that is meant."""
    if Path(plan).is_file():
        with open_plan(plan) as given:
            plan = given.id
    kept = {one.number for one in store.versions(plan)}
    wanted = max(kept, default=None) if number is None else number
    if wanted is None or wanted not in kept:
        store.load(plan, number)  # which says what is missing, and what there is
    return plan, wanted or 0


def _write_back(store: Neo4jStore, plan: str, number: int, file: str) -> str:
    """Compute a scenario on the stored version and keep what it moves; return its name."""
    from graphmodel.planfile import read_scenario  # noqa: PLC0415 - heavy
    from queries.scenario_graph import write_back  # noqa: PLC0415
    from simulations.whatif import what_if  # noqa: PLC0415

    answer = what_if(store.load(plan, number), read_scenario(file))
    write_back(store, answer, number)
    return answer.scenario.name or ""


def _write_risk(store: Neo4jStore, plan: str, number: int, iterations: int) -> None:
    """Work out the odds of the stored version and keep them."""
    from datetime import UTC, datetime  # noqa: PLC0415 - only here

    from queries.risk_graph import write_risk  # noqa: PLC0415 - heavy
    from simulations.fitclass import choose_reference  # noqa: PLC0415
    from simulations.risk.simulate import simulate  # noqa: PLC0415
    from simulations.trackrecord import learn  # noqa: PLC0415
    from simulations.unsaid import Unsaid  # noqa: PLC0415

    known = store.load(plan, number)
    reference = Unsaid(known, learn(choose_reference(known), known)).uncertainty
    with show_progress() as progress:
        answer = simulate(known, iterations=iterations, reference=reference, progress=progress)
    now = datetime.now(UTC).replace(microsecond=0)
    write_risk(store, answer, number, saved_at=now, author=find_author(None))


def _split(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise click.UsageError(f'"{text}" is no parameter: write it like  --param item=SI1.1.3')
    return name.strip(), value.strip()


def _list(*, as_json: bool) -> None:
    from knockon.payloads import pack  # noqa: PLC0415 - heavy
    from queries.cypher_library import questions  # noqa: PLC0415

    if as_json:
        say_json({"questions": [pack(one) for one in questions()]})
        return
    say_wrapped("Questions of the Cypher library; each is asked as  knockon cypher NAME PLAN")
    for one in questions():
        say()
        say(one.name)
        say_wrapped(one.about, indent=2)
        for parameter in one.parameters:
            how = "needed" if parameter.needed else f"else {_cell(parameter.default) or 'all'}"
            say_wrapped(f"--param {parameter.name}=…  {parameter.about} ({how})", indent=4)


def _say(answer: Answer, question: Question) -> None:
    """Print an entry for each row: what it is about first, then what is said of it."""
    say_wrapped(question.about)
    found = count(len(answer.rows), "row") if answer.rows else "nothing of the kind"
    say_wrapped(f"{answer.plan}, version {answer.version}: {found}.")
    for row in answer.rows:
        cells = [
            (name.replace("_", " "), _cell(value))
            for name, value in zip(answer.columns, row, strict=True)
        ]
        told = [f"{name}: {text}" for name, text in cells if text]
        say()
        say_wrapped("; ".join(told[:_WIDE]), indent=2)
        if told[_WIDE:]:
            say_wrapped("; ".join(told[_WIDE:]), indent=6)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_cell, value)))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if hasattr(value, "year"):
        day: date = value
        return show_date(day)
    return str(value)


def _pack(answer: Answer) -> dict[str, Any]:
    from knockon.payloads import pack  # noqa: PLC0415 - heavy

    rows = [dict(zip(answer.columns, map(pack, row), strict=True)) for row in answer.rows]
    return {
        "plan": answer.plan,
        "version": answer.version,
        "question": answer.question,
        "parameters": answer.parameters,
        "rows": rows,
    }
